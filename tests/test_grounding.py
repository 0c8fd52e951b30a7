"""Passages reach the model: what it writes changes with the book, and without passages it knows nothing of what only a book says.

The books are made up, so that no model can know them. Two of them say the same of the same things, with other numbers: an answer
that does not come from the passages can't be right about both.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine import messages as m
from engine.answering.prompt import compose_messages
from engine.brain import Brain
from engine.cancellation import Cancellation
from engine.generation.messages import Generated
from engine.home import Home
from engine.values import Answer

pytestmark = pytest.mark.real

TESTS = Path(__file__).parent

FACTS = {
    "What is the Zelkova scheduler?": "The Zelkova scheduler is a part of the kernel that gives every process a slice of {} milliseconds.",
    "What is a tarnel?": "A tarnel is a tree in which every node has exactly {} children.",
    "How does the Quillon cache work?": "The Quillon cache works by keeping the last {} pages in a ring.",
    "What is the Brindle protocol?": "The Brindle protocol is a protocol that sends every packet {} times.",
    "Explain Morvan sort.": "Morvan sort is a sorting method that divides a list into {} parts and sorts each of them.",
}
ONE_BOOK, OTHER_BOOK = (17, 23, 31, 47, 61), (42, 73, 89, 97, 28)

ENOUGH = 2
"""Of five facts that the small model must repeat: it repeated three and four when this was written, and a larger one all."""

WORDS = 48
"""Tokens of an answer: a fact is one sentence."""

COPIES_ITS_PROMPT = {"answers": [{"when": r"([A-Z][^.\n]*\b\d\d\b[^.\n]*\.)", "say": "\\1"}], "otherwise": "I do not know."}
"""A model that writes down the first sentence of the prompt with a number in it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the model wrote, and the answer that became of it."""

    raw: str
    answer: Answer


Open = Callable[..., Brain]


@pytest.fixture
def open_brain(tmp_path: Path) -> Iterator[Open]:
    """Engines that have studied a book with these numbers; with a script they have a scripted generator, else the real one."""
    opened: list[Brain] = []

    def open_one(numbers: tuple[int, ...], *, script: dict[str, object] | None = None) -> Brain:
        commands = {"embedder": (sys.executable, "-P", str(TESTS / "hashing_embedder.py"))}
        if script is not None:
            commands["generator"] = (sys.executable, "-P", str(TESTS / "generation" / "scripted_child.py"), json.dumps(script))
        folder = tmp_path / str(len(opened))
        folder.mkdir()
        paths = []
        for (question, fact), number in zip(FACTS.items(), numbers, strict=True):
            path = folder / f"{len(paths)}.md"
            path.write_text(f"# {question.strip('?.')}\n\n{fact.format(number)} Students are asked about it in the examination.\n")
            paths.append(str(path))
        brain = Brain.open(Home(folder / "home"), writing="required", program="a test", patience_for_model_s=60.0, commands=commands)
        opened.append(brain)
        brain.ask_once(m.Study(tuple(paths)), m.Studied)
        return brain

    yield open_one
    for brain in opened:
        brain.close()


def asked(brain: Brain, question: str) -> Said:
    raw = ""
    for said in brain.handle(m.Ask(question, max_tokens=WORDS), Cancellation()):
        if isinstance(said, m.Wrote):
            raw += said.text
        elif isinstance(said, m.Answered):
            return Said(raw, said.answer)
    raise AssertionError("no answer came")


@pytest.mark.parametrize("numbers", [ONE_BOOK, OTHER_BOOK])
def test_every_passage_that_answers_reaches_a_scripted_model_and_is_cited(open_brain: Open, numbers: tuple[int, ...]) -> None:
    brain = open_brain(numbers, script=COPIES_ITS_PROMPT)
    for (question, fact), number in zip(FACTS.items(), numbers, strict=True):
        said = asked(brain, question)
        assert said.raw != "I do not know.", question
        assert any(fact.format(number) in passage.text for passage in said.answer.passages)
        assert str(number) in said.answer.answer
        assert any(str(number) in citation.quote for citation in said.answer.citations)


def test_the_real_model_says_what_the_book_says_and_of_another_book_something_else(open_brain: Open) -> None:
    for numbers, others in ((ONE_BOOK, OTHER_BOOK), (OTHER_BOOK, ONE_BOOK)):
        brain = open_brain(numbers)
        said = [asked(brain, question).raw for question in FACTS]
        repeated = sum(str(number) in raw for number, raw in zip(numbers, said, strict=True))
        assert repeated >= ENOUGH, said
        assert not any(str(number) in raw for number in others for raw in said), said


def test_without_passages_the_real_model_knows_nothing_of_the_book(open_brain: Open) -> None:
    brain = open_brain(ONE_BOOK)
    asked(brain, next(iter(FACTS)))  # loads the model
    for question, number in zip(FACTS, ONE_BOOK, strict=True):
        prompt = compose_messages(question, (), language="en", budget_tokens=1200, count=len)
        ending = list(brain.generator.generate(prompt, max_tokens=WORDS, cancellation=Cancellation()))[-1]
        assert isinstance(ending, Generated)
        assert str(number) not in ending.text

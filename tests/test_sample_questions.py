"""Questions on the sample book, with the real reader and the real embedder: answered from the right page, or honestly refused.

The generator refuses to load, so that what is tested is finding and proof, whatever a model would say.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import msgspec
import pytest

from engine import messages as m
from engine.brain import Brain
from engine.home import Home
from engine.values import Answer

pytestmark = pytest.mark.real

TESTS = Path(__file__).parent
NO_MODEL = {"refuse": {"code": "no-model", "sentence": "There is no model.", "remedy": "Add one."}}
LEAST_ANSWERED = 18


class SampleQuestion(msgspec.Struct, frozen=True):
    """A question, and the pages that bear its answer."""

    question: str
    answerable: bool
    pages: tuple[int, ...] = ()
    also: tuple[int, ...] = ()


COMPARISON = "stack vs queue"
QUESTIONS = msgspec.json.decode((TESTS / "sample" / "questions.json").read_bytes(), type=tuple[SampleQuestion, ...])


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    brain = Brain.open(
        Home(tmp_path_factory.mktemp("sample") / "home"),
        writing="required",
        program="a test",
        commands={"generator": (sys.executable, "-P", str(TESTS / "generation" / "scripted_child.py"), json.dumps(NO_MODEL))},
    )
    try:
        asked = {question: brain.ask_once(m.Ask(question), m.Answered).answer for question in (*(each.question for each in QUESTIONS), COMPARISON)}
    finally:
        brain.close()
    return asked


def test_nearly_all_questions_are_answered_from_a_page_that_bears_the_answer(answers: dict[str, Answer]) -> None:
    answerable = [each for each in QUESTIONS if each.answerable]
    assert len(answerable) == 20
    right = [each for each in answerable if {citation.page for citation in answers[each.question].citations} & {*each.pages, *each.also}]
    assert len(right) >= LEAST_ANSWERED, [each.question for each in answerable if each not in right]


def test_every_answer_has_a_supported_sentence_that_stands_word_for_word_in_a_quote(answers: dict[str, Answer]) -> None:
    for answer in answers.values():
        quotes = {citation.number: " ".join(citation.quote.split()) for citation in answer.citations}
        for sentence in answer.sentences:
            assert sentence.status == "supported"
            assert any(sentence.text in quotes[number] for number in sentence.citations), sentence


def test_two_things_that_are_defined_on_one_page_are_compared_by_both_definitions(answers: dict[str, Answer]) -> None:
    said = answers[COMPARISON].answer
    assert "A stack is a collection" in said
    assert "A queue is a collection" in said


def test_questions_about_something_else_are_refused(answers: dict[str, Answer]) -> None:
    others = [each for each in QUESTIONS if not each.answerable]
    assert len(others) == 2
    for each in others:
        assert answers[each.question].refused
        assert answers[each.question].citations == ()

"""House rules and languages on the way of a question: what reaches the model, what is proven, what is said in which language."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import messages as m
from engine.brain import Brain
from engine.home import Home
from engine.values import Answer, Pair, PairId, Rules, Scope

pytestmark = pytest.mark.real

TESTS = Path(__file__).parent
STACKS = "# Stacks\n\nA stack is a collection in which the item added last is removed first. Push adds an item to the top of the stack.\n"
CHINESE = "# Stack（栈）\n\nStack（栈）是一种后进先出的数据结构。最后放入的元素最先取出。\n"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """What the model was told, a line for each request."""
    return tmp_path / "record.jsonl"


@pytest.fixture
def brain(tmp_path: Path, record: Path) -> Iterator[Brain]:
    script = {"otherwise": "Stacks were invented by aliens. A stack is a collection in which the item added last is removed first.", "record": str(record)}
    opened = Brain.open(
        Home(tmp_path / "home"),
        writing="required",
        program="a test",
        patience_for_model_s=30.0,
        commands={
            "generator": (sys.executable, "-P", str(TESTS / "generation" / "scripted_child.py"), json.dumps(script)),
            "embedder": (sys.executable, "-P", str(TESTS / "hashing_embedder.py")),
        },
    )
    yield opened
    opened.close()


def study(brain: Brain, folder: Path, name: str, text: str, collection: str | None = None) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    brain.ask_once(m.Study((str(folder / name),), collection), m.Studied)


def ask(brain: Brain, question: str, *scopes: Scope) -> Answer:
    return brain.ask_once(m.Ask(question, within=scopes), m.Answered).answer


def told(record: Path) -> list[str]:
    """The messages of the last prompt."""
    if not record.exists():
        return []
    prompts = [line for line in map(json.loads, record.read_text(encoding="utf-8").splitlines()) if "messages" in line]
    return [message["content"] for message in prompts[-1]["messages"]] if prompts else []


def test_instructions_reach_the_model_and_weaken_no_proof(brain: Brain, record: Path, tmp_path: Path) -> None:
    study(brain, tmp_path, "stacks.md", STACKS, "exam")
    brain.ask_once(m.KeepRules(Rules("exam", "Speak of aliens. Call everything proven.")), m.HouseRules)
    plain = ask(brain, "What is a stack?")
    assert "aliens" not in "".join(told(record))
    ruled = ask(brain, "What is a stack?", Scope(collection="exam"))
    assert told(record)[0].endswith("\nSpeak of aliens. Call everything proven.")
    assert ruled.sentences == plain.sentences
    assert "aliens" not in ruled.answer
    assert {sentence.status for sentence in ruled.sentences} == {"supported", "unsupported"}


def test_a_template_is_the_whole_prompt(brain: Brain, record: Path, tmp_path: Path) -> None:
    study(brain, tmp_path, "stacks.md", STACKS)
    brain.ask_once(m.KeepRules(Rules(None, "Be brief.", "{instructions}\n{passages}\nThe question is: {question}")), m.HouseRules)
    answer = ask(brain, "What is a stack?")
    (prompt,) = told(record)
    assert prompt.startswith("Be brief.\n<passage 1>\n")
    assert prompt.endswith("The question is: What is a stack?")
    assert answer.origin == "model"
    brain.ask_once(m.KeepRules(Rules()), m.HouseRules)
    ask(brain, "What is a stack?")
    assert len(told(record)) == 2


def test_a_chinese_question_to_english_books_is_answered_with_their_words_and_a_chinese_note(brain: Brain, record: Path, tmp_path: Path) -> None:
    study(brain, tmp_path, "stacks.md", STACKS)
    answer = ask(brain, "什么是 stack？")
    assert (answer.origin, answer.refused) == ("passages", False)
    assert answer.note == "语言模型不支持提问所用的语言，因此以下回答逐字引用您的文档。"
    assert "removed first" in answer.answer
    assert told(record) == []


def test_a_chinese_question_that_shares_no_word_with_english_books_is_refused_and_says_why(brain: Brain, tmp_path: Path) -> None:
    study(brain, tmp_path, "stacks.md", STACKS)
    answer = ask(brain, "什么是堆栈？")
    assert answer.refused
    assert answer.answer.startswith("在您的资料库中没有找到")
    assert answer.note == "嵌入模型不支持提问所用的语言，因此只找到了使用相同词语的文档。请再用书籍的语言提问一次。"
    study(brain, tmp_path, "zhan.md", CHINESE)
    there = ask(brain, "什么是队列和红黑树的旋转？")
    assert there.refused
    assert (there.note is None) == bool(there.passages)


def test_an_english_question_to_chinese_books_spends_no_time_on_what_could_never_be_proven(brain: Brain, record: Path, tmp_path: Path) -> None:
    study(brain, tmp_path, "zhan.md", CHINESE)
    answer = ask(brain, "What is a stack?")
    assert (answer.origin, answer.refused) == ("passages", False)
    assert answer.note == "Your documents are in another language than the question, so this answer quotes them word for word."
    assert "后进先出" in answer.answer
    assert told(record) == []


def test_an_own_answer_in_the_language_of_the_question_needs_no_model(brain: Brain, record: Path, tmp_path: Path) -> None:
    study(brain, tmp_path, "stacks.md", STACKS)
    file = tmp_path / "pairs.csv"
    file.write_text("question,answer\n什么是栈？,后进先出的数据结构。\n", encoding="utf-8")
    brain.ask_once(m.ImportPairs(str(file)), m.PairsImported)
    answer = ask(brain, "请问栈是什么")
    assert (answer.origin, answer.answer, answer.note) == ("pair", "后进先出的数据结构。", None)
    assert told(record) == []


def test_a_follow_up_is_answered_by_the_own_answer_to_what_it_means(brain: Brain, tmp_path: Path) -> None:
    study(brain, tmp_path, "stacks.md", STACKS)
    brain.ask_once(m.KeepPair(Pair(PairId(""), ("What is the deadline of assignment 2?",), "Friday.")), m.Pairs)
    history = ("What is the deadline of assignment 1?",)
    answer = brain.ask_once(m.Ask("And of assignment 2?", history=history), m.Answered).answer
    assert (answer.origin, answer.answer, answer.question) == ("pair", "Friday.", "And of assignment 2?")
    assert answer.searched_for == "What is the deadline of assignment 2?"
    assert brain.ask_once(m.Ask("And of assignment 3?", history=history), m.Answered).answer.origin != "pair"

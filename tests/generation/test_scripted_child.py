"""What the scripted generator can play, so that other tests may rely on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.cancellation import Cancellation
from engine.children import Child
from engine.generation.messages import ChatMessage, Generate, LoadModel, TextWritten
from engine.trouble import ChildDied, Stopped, Trouble

Scripted = Callable[..., Child]


@pytest.fixture
def load(tmp_path: Path) -> LoadModel:
    model = tmp_path / "model.gguf"
    model.write_bytes(b"GGUF")
    return LoadModel(str(model), 1024)


def ask(question: str) -> Generate:
    return Generate((ChatMessage("system", "Be brief."), ChatMessage("user", question)), 50)


def test_the_first_fitting_line_answers_with_the_words_of_the_question(scripted: Scripted, load: LoadModel) -> None:
    child = scripted(answers=[{"when": "about (\\w+)\\.", "say": "You asked about \\1 [1]."}], otherwise="What?")
    child.ask_once(load)
    assert child.ask_once(ask("Tell me about heaps.")).text == "You asked about heaps [1]."
    assert child.ask_once(ask("Hm")).text == "What?"


@pytest.mark.parametrize("end", ["die", "abort"])
def test_it_dies_after_its_words_and_a_fresh_one_can_be_loaded(end: str, scripted: Scripted, load: LoadModel) -> None:
    child = scripted(answers=[{"when": "die", "say": "Some last words", "then": end}])
    child.ask_once(load)
    with pytest.raises(ChildDied):
        child.ask_once(ask("die"))
    child.ask_once(load)
    assert child.ask_once(ask("live")).text == "I do not know."


def test_it_stalls_until_it_is_cancelled(scripted: Scripted, load: LoadModel) -> None:
    child = scripted(answers=[{"when": "stall", "say": "Well", "then": "stall"}])
    child.ask_once(load)
    cancellation = Cancellation()

    def stop_at_the_first_word() -> None:
        for report in child.ask(ask("stall"), cancellation=cancellation):
            if isinstance(report, TextWritten):
                cancellation.cancel()

    with pytest.raises(Stopped):
        stop_at_the_first_word()
    assert child.ask_once(ask("go on")).finish == "end"


def test_it_refuses_to_load_when_told_so(scripted: Scripted, load: LoadModel) -> None:
    child = scripted(refuse={"code": "model-too-large", "sentence": "Too large.", "remedy": "Choose a smaller one."})
    with pytest.raises(Trouble) as caught:
        child.ask_once(load)
    assert caught.value.notice.code == "model-too-large"


def test_it_writes_down_what_it_was_asked(scripted: Scripted, load: LoadModel, tmp_path: Path) -> None:
    record = tmp_path / "requests.jsonl"
    child = scripted(record=str(record))
    child.ask_once(load)
    child.ask_once(ask("What is a heap?"))
    lines = [json.loads(line) for line in record.read_text().splitlines()]
    assert [line["type"] for line in lines] == ["LoadModel", "Generate"]
    assert lines[1]["messages"][1]["content"] == "What is a heap?"

"""`evaluate` and `hit-test` on a terminal: their fields, their tables, and what is said of a file that can't be read."""

from __future__ import annotations

import json
import signal
import threading
from pathlib import Path
from typing import Any

import pytest

from engine import commandline

pytestmark = pytest.mark.real

NOTES = """# Stacks

A stack is a collection in which the item added last is removed first. Push adds an item to the top of the stack.

# Queues

A queue is a collection in which the item added first is removed first. Enqueue adds an item at the back of the queue.

# Heaps

A heap is a binary tree in which no child is smaller than its parent. The smallest item of a heap stands at its root.
"""


class Terminal:
    """Runs commands over one home and keeps what they print."""

    def __init__(self, home: Path, capture: pytest.CaptureFixture[str]) -> None:
        self._home = home
        self._capture = capture
        self.errors = ""

    def run(self, *arguments: object, status: int = 0) -> str:
        self._capture.readouterr()
        ended = commandline.run(["--home", str(self._home), *(str(argument) for argument in arguments)])
        printed = self._capture.readouterr()
        self.errors = printed.err
        assert ended == status, printed.err
        return printed.out

    def json(self, *arguments: object, status: int = 0) -> Any:
        return json.loads(self.run(*arguments, "--json", status=status))


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A home that holds the notes."""
    file = tmp_path / "notes.md"
    file.write_text(NOTES)
    terminal = Terminal(tmp_path / "home", capsys)
    terminal.run("add", file)
    return terminal


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    lines = (
        {"id": "s", "question": "What is a stack?", "document": "notes.md", "answers": ["added last is removed first"], "kind": "what"},
        {"id": "q", "question": "Where does enqueue add an item?", "document": "notes.md", "answers": ["back of the queue"], "kind": "where"},
        {
            "id": "h",
            "question": "and where is its smallest item?",
            "history": ["What is a heap?"],
            "document": "notes.md",
            "answers": ["smallest item of a heap"],
        },
        {"id": "n", "question": "Who won the football world cup in 1998?", "answerable": False},
        {"id": "g", "question": "What is a tree?", "document": "gone.pdf", "pages": [1]},
    )
    file = tmp_path / "truth.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines))
    return file


def test_a_labelled_set_is_measured(terminal: Terminal, truth: Path) -> None:
    report = terminal.json("evaluate", truth)
    assert (report["questions"], report["labelled"], report["made"]) == (4, 3, False)
    assert set(report) >= {"hit@1", "hit@5", "hit@10", "mrr@10", "ndcg@10", "map@10", "intervals", "by_kind", "by_book", "refusal", "worst"}
    assert report["hit@5"] == 1.0
    assert report["intervals"]["hit@5"] == [1.0, 1.0]
    assert report["left_out"] == {"gone.pdf": 1}
    assert report["refusal"]["unanswerable"] == 1
    assert report["refusal"]["recall"] == 1.0
    assert {kind: scores["questions"] for kind, scores in report["by_kind"].items()} == {"what": 1, "where": 1, "other": 1}
    assert report["answers"] is None


def test_answers_are_checked_too(terminal: Terminal, truth: Path) -> None:
    answers = terminal.json("evaluate", truth, "--answers", "--no-model")["answers"]
    assert (answers["asked"], answers["by_model"], answers["dangling"]) == (4, 0, 0)
    assert answers["quotes_on_their_page"] == 1.0
    assert answers["refused"] == 1.0
    assert answers["answered"] > 0.5


def test_the_report_for_people_names_what_went_worst(terminal: Terminal, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text(json.dumps({"question": "What is a stack?", "document": "notes.md", "answers": ["nowhere to be found"]}))
    printed = terminal.run("evaluate", wrong, "--by", "words")
    assert "1 questions, 1 of them labelled" in printed
    assert "Furthest from right:" in printed
    assert "first came notes.md" in printed
    assert "95 % of resamples" in printed


def test_without_a_file_the_library_makes_its_own_set(terminal: Terminal) -> None:
    report = terminal.json("evaluate", "--limit-questions", 20, "--seed", 3)
    assert report["made"]
    assert report["labelled"] == 3  # its headings
    assert report["questions"] == 23
    assert report["hit@5"] == 1.0
    assert "made of the library itself" in terminal.run("evaluate", "--limit-questions", 4)


def test_a_line_that_is_no_question_is_named(terminal: Terminal, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"question": "a", "answerable": false}\nnonsense\n')
    terminal.run("evaluate", bad, status=1)
    assert "Line 2 of bad.jsonl is not a labelled question" in terminal.errors
    assert "Traceback" not in terminal.errors
    bad.write_text('{"question": "a", "document": "gone.pdf", "pages": [1]}')
    terminal.run("evaluate", bad, status=1)
    assert "holds none of the documents" in terminal.errors
    terminal.run("evaluate", tmp_path / "missing.jsonl", status=2)


def test_ctrl_c_stops_it(terminal: Terminal, tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text("\n".join(json.dumps({"question": f"What is a stack of {number} items?", "answerable": False}) for number in range(3000)))
    before, over = signal.getsignal(signal.SIGINT), threading.Event()

    def press_when_it_is_listened_to() -> None:
        while signal.getsignal(signal.SIGINT) is before:
            if over.wait(0.005):
                return
        signal.raise_signal(signal.SIGINT)

    pressing = threading.Thread(target=press_when_it_is_listened_to)
    pressing.start()
    try:
        terminal.run("evaluate", many, "--by", "words", status=1)
    finally:
        over.set()
        pressing.join()
    assert "of 3000 questions." in terminal.errors


def test_one_question_is_looked_at_closely(terminal: Terminal) -> None:
    tested = terminal.json("hit-test", "What is a stack?", "--limit", 2)
    assert tested["subject"] == "stack"
    assert tested["terms"][0]["text"] == "stack"
    assert tested["language"] == "en"
    assert tested["answerable"]
    assert tested["confidence"] >= tested["threshold"]
    assert tested["features"]
    first = tested["passages"][0]
    assert len(tested["passages"]) == 2
    assert first["ranks"]["any word"] == 1
    assert set(first["ranks"]) == set(first["scores"])
    assert "chunk" not in first
    printed = terminal.run("hit-test", "and how is it used?", "--earlier", "What is a stack?")
    assert "Searched as:" in printed
    assert "the threshold lies at" in printed
    assert "Searched for each side:" in terminal.run("hit-test", "stack vs queue")

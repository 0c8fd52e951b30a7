"""The commands of the student's house rules: their names, fields and exit statuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine import commandline

pytestmark = pytest.mark.real

QUESTION = "What is the deadline of assignment 2?"


class Terminal:
    """Runs commands over one home and keeps what they print."""

    def __init__(self, home: Path, capture: pytest.CaptureFixture[str]) -> None:
        self._home = home
        self._capture = capture

    def text(self, *arguments: object, status: int = 0) -> str:
        self._capture.readouterr()
        ended = commandline.run(["--home", str(self._home), *(str(argument) for argument in arguments)])
        printed = self._capture.readouterr()
        self.errors = printed.err
        assert ended == status, printed.err
        return printed.out

    def json(self, *arguments: object, status: int = 0) -> Any:
        lines = self.text(*arguments, "--json", status=status).splitlines()
        return json.loads(lines[-1]) if lines else None


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    opened = Terminal(tmp_path / "home", capsys)
    stacks = tmp_path / "stacks.txt"
    stacks.write_text("A stack is a collection in which the item added last is removed first.\n")
    opened.text("add", stacks, "--collection", "exam")
    return opened


def test_pairs_are_added_asked_changed_and_removed(terminal: Terminal, tmp_path: Path) -> None:
    answer = tmp_path / "answer.md"
    answer.write_text("**Friday**, noon.\n")
    made = terminal.json("pairs", "add", QUESTION, "--answer-file", answer, "--also", "When is it due?", "--collection", "exam")
    (pair,) = made["pairs"]
    assert (made["changed"], pair["questions"], pair["answer"], pair["collection"]) == (
        [pair["pair"]],
        [QUESTION, "When is it due?"],
        "**Friday**, noon.",
        "exam",
    )
    told = terminal.json("ask", "when is assignment 2 due")
    assert (told["origin"], told["refused"], told["answer"], told["citations"], told["passages"]) == ("pair", False, "**Friday**, noon.", [], [])
    assert told["pair"] == {"pair": pair["pair"], "question": QUESTION, "likeness": "near", "collection": "exam"}
    assert {sentence["status"] for sentence in told["sentences"]} == {"general"}
    assert f"Your own answer to: {QUESTION} (exam)" in terminal.text("ask", QUESTION)
    assert terminal.json("ask", QUESTION, "--books")["pair"] is None
    changed = terminal.json("pairs", "change", pair["pair"][:6], "--answer", "Monday.", "--everywhere")
    assert [(each["answer"], each["collection"], len(each["questions"])) for each in changed["pairs"]] == [("Monday.", None, 2)]
    assert QUESTION in terminal.text("pairs")
    terminal.text("pairs", "change", "zzz", "--answer", "x", status=1)
    assert terminal.errors.splitlines() == ["No answer of your own has an id that begins with zzz.", "See them with `bytebrain pairs`."]
    terminal.text("pairs", "add", QUESTION, status=2)
    assert terminal.json("pairs", "remove", pair["pair"])["pairs"] == []


def test_pairs_come_and_go_as_a_file(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text(json.dumps({"question": QUESTION, "answer": "Friday."}) + "\n")
    assert terminal.json("pairs", "import", file, "--collection", "exam") == {"added": 1, "unchanged": 0}
    assert terminal.json("pairs", "import", file, "--collection", "exam") == {"added": 0, "unchanged": 1}
    table = tmp_path / "pairs.csv"
    assert terminal.json("pairs", "export", table) == {"path": str(table), "pairs": 1}
    terminal.text("pairs", "export", table, status=1)
    assert terminal.json("pairs", "export", table, "--overwrite", "--collection", "nothing")["pairs"] == 0
    assert terminal.json("pairs", "list", "--collection", "nothing") == {"pairs": []}


def test_instructions_and_templates_are_set_shown_and_reset(terminal: Terminal, tmp_path: Path) -> None:
    assert terminal.json("instructions", "show") == {"collection": None, "instructions": "", "origin": "built-in"}
    terminal.text("instructions", "set", "Be brief.")
    terminal.text("instructions", "set", "In bullet points.", "--collection", "exam")
    assert terminal.json("instructions", "show", "--collection", "exam")["instructions"] == "In bullet points."
    terminal.text("instructions", "clear", "--collection", "exam")
    assert terminal.json("instructions", "show", "--collection", "exam") == {"collection": "exam", "instructions": "Be brief.", "origin": "library"}
    assert terminal.json("template", "show")["origin"] == "built-in"
    template = tmp_path / "template.txt"
    template.write_text("{passages}\n{question}\n")
    terminal.text("template", "set", "--file", template)
    assert terminal.json("template", "show") == {"collection": None, "template": "{passages}\n{question}", "origin": "library"}
    assert terminal.json("instructions", "show")["instructions"] == "Be brief."
    terminal.text("template", "set", "{passages} {nothing}", status=1)
    assert terminal.errors.startswith("{nothing} in the template stands for nothing.")
    terminal.text("template", "set", " ", status=2)
    terminal.text("template", "reset")
    assert "{question}" in terminal.json("template", "show")["template"]
    terminal.text("template", "show", "--collection", "nothing", status=1)


def test_the_rules_of_a_collection_that_was_forgotten_can_be_seen_and_cleared(terminal: Terminal) -> None:
    terminal.text("instructions", "set", "In bullet points.", "--collection", "exam")
    terminal.text("collections", "forget", "exam")
    assert terminal.json("instructions", "show", "--collection", "exam")["instructions"] == "In bullet points."
    terminal.text("instructions", "clear", "--collection", "exam")
    terminal.text("instructions", "show", "--collection", "exam", status=1)
    assert terminal.errors.startswith("There is no collection called exam.")

"""Long answers on a terminal: headings and marks, progress on stderr, and JSON as for any answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import commandline, messages
from engine.commandline.output import answer_as_text
from engine.commandline.streaming import survey_sentence
from engine.values import Answer, Citation, DocumentId, Sentence

NOTES = """# Stacks and queues

## Stacks

A stack is a collection in which the item added last is removed first. Push adds an item to the top of the stack.

## Queues

A queue is a collection in which the item added first is removed first. Enqueue adds an item at the back of the queue.
"""


@pytest.mark.real
def test_progress_goes_to_stderr_and_the_answer_is_one_of_the_usual_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(NOTES)
    home = ["--home", str(tmp_path / "home")]
    assert commandline.run([*home, "add", str(notes)]) == 0
    capsys.readouterr()
    assert commandline.run([*home, "ask", "--json", "summarise this document"]) == 0
    printed = capsys.readouterr()
    answer = json.loads(printed.out)
    assert "Section 1 of " in printed.err
    assert answer["refused"] is False
    assert "A queue is a collection in which the item added first is removed first." in [sentence["text"] for sentence in answer["sentences"]]
    assert {sentence["status"] for sentence in answer["sentences"]} == {"supported"}
    assert all(citation["place"] for citation in answer["citations"])
    assert answer["layout"] == "outline"
    assert commandline.run([*home, "ask", "summarise chapter 9"]) == 0
    assert "has no chapter 9" in capsys.readouterr().out


def test_an_outline_is_printed_with_its_headings_and_marks() -> None:
    answer = Answer(
        question="summarise this book",
        refused=False,
        answer="# Trees\n\n## 1 Roots\n- A root is black.\n- A leaf is black.",
        sentences=(Sentence("A root is black.", "supported", (1,)), Sentence("A leaf is black.", "supported", (1, 2)), Sentence("Aliens.", "unsupported")),
        citations=tuple(Citation(number, DocumentId("a"), "/a.pdf", "Trees", 3, "3", "A root is black.", ()) for number in (1, 2)),
        passages=(),
        model=None,
        origin="passages",
        layout="outline",
    )
    said = answer_as_text(answer)
    assert said.startswith("# Trees\n\n## 1 Roots\n- A root is black. [1]\n- A leaf is black. [1][2]\n\n")
    assert "(1 sentence left out" in said
    assert "[2] Trees, p. 3" in said


def test_the_section_that_is_read_is_named() -> None:
    assert survey_sentence(messages.SurveyProgressed(3, 17, "3.2 Hash tables", "Algorithms")) == "Section 4 of 17: 3.2 Hash tables"
    assert survey_sentence(messages.SurveyProgressed(0, 2, "", "Algorithms")) == "Section 1 of 2: Algorithms"

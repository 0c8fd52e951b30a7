"""A long answer in the window: headings, items with their marks, and what copying makes of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from desktop.chat.copying import as_markdown, as_text
from desktop.chat.outline import outline_blocks
from desktop.chat.proof_marks import answer_blocks
from desktop.chat.view import ChatView
from engine.values import Answer, Sentence

Make = Callable[..., Answer]

LONG = "# Data Structures, 2 Trees\n\n- A tree has nodes.\n\n## 2.1 Red-black trees\n- The *root* is black_.\n- Its height is at most 2 lg(n + 1)."
SENTENCES = (
    Sentence("A tree has nodes.", "supported", (1,)),
    Sentence("The *root* is black_.", "supported", (1, 2)),
    Sentence("Its height is at most 2 lg(n + 1).", "supported", (2,)),
)


def long_answer(make_answer: Make) -> Answer:
    return make_answer(answer=LONG, sentences=SENTENCES, origin="passages", layout="outline", model=None)


def test_lines_of_an_outline_are_headings_and_items_and_nothing_else_in_them_means_anything() -> None:
    blocks = outline_blocks(LONG)
    assert [(block.kind, block.level, block.marker) for block in blocks] == [
        ("heading", 1, None),
        ("paragraph", 0, "•"),
        ("heading", 2, None),
        ("paragraph", 0, "•"),
        ("paragraph", 0, "•"),
    ]
    assert blocks[3].runs[0].text == "The *root* is black_."


def test_every_item_has_its_marks_and_headings_have_none(make_answer: Make) -> None:
    blocks = answer_blocks(long_answer(make_answer))
    cited = [tuple(run.cites for run in block.runs if run.cites) for block in blocks]
    assert cited == [(), ((1,),), (), ((1, 2),), ((2,),)]


def test_a_copied_outline_is_an_outline(make_answer: Make) -> None:
    answer = long_answer(make_answer)
    markdown = as_markdown(answer)
    assert markdown.startswith(
        "# Data Structures, 2 Trees\n- A tree has nodes. [1]\n\n## 2.1 Red-black trees\n- The \\*root\\* is black\\_. [1][2]\n- Its height"
    )
    assert "• Its height is at most 2 lg(n + 1). [2]" in as_text(answer)
    assert "[1] Data Structures, p. 27:" in markdown


def test_a_long_answer_that_cannot_be_given_says_only_what_is_missing(view: ChatView, make_answer: Make, qtbot: QtBot) -> None:
    view.begin_question("summarise chapter 3")
    refused = make_answer(refused=True, answer="Which book do you mean?", sentences=(), citations=(), passages=(), origin="none", layout="outline")
    view.finish(refused)
    card = view.exchanges[0].card
    qtbot.waitUntil(lambda: card.sentence.isVisibleTo(view))
    assert card.sentence.text() == "Which book do you mean?"
    assert not card.remedy.isVisibleTo(view)


def test_the_section_that_is_read_is_said_and_said_again_after_its_lines(view: ChatView, qtbot: QtBot) -> None:
    view.begin_question("summarise chapter 2")
    card = view.exchanges[0].card
    view.show_state("Section 1 of 2: 2.1 Trees", 0, 2)
    view.append_text("# Trees\n\n- A tree has nodes.\n")
    assert not card.state.isVisibleTo(view)
    view.show_state("Section 2 of 2: 2.2 Heaps", 1, 2)
    qtbot.waitUntil(lambda: card.state.isVisibleTo(view))
    assert card.bar.share == 0.5
    qtbot.waitUntil(lambda: card.state.y() > card.text.y() and card.bar.y() > card.state.y())  # at the end, where a reader looks
    QCoreApplication.processEvents()
    assert "A tree has nodes." in card.stream.received

"""A long answer in small pieces costs little: counted, not timed."""

from __future__ import annotations

import sys

import pytest
from pytestqt.qtbot import QtBot

from desktop.chat.answer_text import AnswerText
from desktop.chat.markdown_blocks import split_blocks
from desktop.chat.streaming import StreamedAnswer
from desktop.theme import Theme

PARAGRAPH = "A red-black tree is a **binary search tree** with `one` extra bit of storage per node, which can be either red or black.\n\n"
CODE = "```python\ndef rotate(tree, node):\n    child = node.right\n    return child\n```\n\n"
ITEMS = "".join(f"{number}. Item number {number} of a list that has some length to it\n" for number in range(1, 11))
ANSWER = ((PARAGRAPH * 6 + CODE + ITEMS + "\n") * 5)[:6_000]


@pytest.fixture
def text(qtbot: QtBot, theme: Theme) -> AnswerText:
    widget = AnswerText(theme)
    qtbot.addWidget(widget)
    widget.resize(700, 10)
    widget.show()
    return widget


def pieces(answer: str) -> list[str]:
    return [answer[start : start + 3] for start in range(0, len(answer), 3)]


def test_six_thousand_characters_in_pieces_of_three_are_drawn_piecewise(text: AnswerText) -> None:
    stream = StreamedAnswer(text)
    for piece in pieces(ANSWER):
        stream.add(piece)
        stream.flush()  # the worst case: a repaint for each piece
    finished, _ = split_blocks(ANSWER)
    assert stream.blocks_frozen == len(finished)  # each finished block once
    assert stream.tails_drawn == len(pieces(ANSWER))
    assert stream.characters_drawn < 110 * len(pieces(ANSWER))  # drawing all of it each time would be 3,000 for a piece on average
    assert len(ANSWER) == 6_000
    assert stream.received == ANSWER


def test_pieces_that_come_in_the_same_moment_are_drawn_together(text: AnswerText, qtbot: QtBot) -> None:
    stream = StreamedAnswer(text)
    for piece in pieces(ANSWER):
        stream.add(piece)
    assert stream.tails_drawn == 0
    qtbot.waitUntil(lambda: stream.tails_drawn == 1)
    assert stream.characters_drawn == len(ANSWER)


def test_a_streamed_answer_shows_what_a_finished_one_shows(text: AnswerText, qtbot: QtBot, theme: Theme) -> None:
    from desktop.chat.markdown_tree import parse_markdown

    stream = StreamedAnswer(text)
    for piece in pieces(ANSWER):
        stream.add(piece)
        stream.flush()
    whole = AnswerText(theme)
    qtbot.addWidget(whole)
    whole.show_blocks(parse_markdown(ANSWER))
    assert [line for line in text.toPlainText().split("\n") if line] == [line for line in whole.toPlainText().split("\n") if line]


def test_an_answer_that_was_stopped_is_drawn_no_more(text: AnswerText, qtbot: QtBot) -> None:
    stream = StreamedAnswer(text)
    stream.add("word")
    stream.stop()
    stream.flush()
    assert stream.tails_drawn == 0


def test_many_pieces_leave_the_count_of_none_alone(text: AnswerText) -> None:
    """A broken PySide6 drops a reference to None with every void call."""
    stream = StreamedAnswer(text)
    before = sys.getrefcount(None)
    for piece in pieces(ANSWER)[:500]:
        stream.add(piece)
        stream.flush()
    assert sys.getrefcount(None) > before - 400

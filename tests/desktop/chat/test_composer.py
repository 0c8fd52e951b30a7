"""Writing a question."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.chat.composer import Composer
from desktop.theme import Theme


@pytest.fixture
def composer(qtbot: QtBot, theme: Theme) -> Composer:
    widget = Composer(theme)
    qtbot.addWidget(widget)
    widget.resize(600, 100)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def test_enter_sends_and_empties_the_field(composer: Composer, qtbot: QtBot) -> None:
    qtbot.keyClicks(composer.edit, "Why?")
    with qtbot.waitSignal(composer.asked) as asked:
        qtbot.keyClick(composer.edit, Qt.Key.Key_Return)
    assert asked.args == ["Why?"]
    assert composer.edit.toPlainText() == ""


def test_shift_enter_begins_a_line_and_the_field_grows(composer: Composer, qtbot: QtBot) -> None:
    low = composer.edit.height()
    qtbot.keyClicks(composer.edit, "one")
    with qtbot.assertNotEmitted(composer.asked):
        qtbot.keyClick(composer.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(composer.edit, "two")
    assert composer.edit.toPlainText() == "one\ntwo"
    assert composer.edit.height() > low
    composer.edit.setPlainText("line\n" * 50)
    assert composer.edit.height() < 12 * low  # it scrolls instead


def test_blanks_are_no_question(composer: Composer, qtbot: QtBot) -> None:
    composer.edit.setPlainText("  \n ")
    assert not composer.button.isEnabled()
    with qtbot.assertNotEmitted(composer.asked):
        qtbot.keyClick(composer.edit, Qt.Key.Key_Return)


def test_the_button_stops_while_an_answer_runs(composer: Composer, qtbot: QtBot) -> None:
    composer.edit.setPlainText("next question")
    composer.set_running(True)
    assert composer.button.accessibleName() == "Stop the answer"
    with qtbot.assertNotEmitted(composer.asked):
        qtbot.keyClick(composer.edit, Qt.Key.Key_Return)
    with qtbot.waitSignal(composer.stop_pressed):
        qtbot.mouseClick(composer.button, Qt.MouseButton.LeftButton)
    composer.set_running(False)
    with qtbot.waitSignal(composer.asked) as asked:
        qtbot.mouseClick(composer.button, Qt.MouseButton.LeftButton)
    assert asked.args == ["next question"]


def test_a_reason_is_said_where_nothing_can_be_asked(composer: Composer, qtbot: QtBot) -> None:
    composer.edit.setPlainText("question")
    composer.set_unavailable("Your library is empty.")
    assert not composer.button.isEnabled()
    assert composer.reason.text() == "Your library is empty."
    assert composer.reason.isVisible()
    with qtbot.assertNotEmitted(composer.asked):
        qtbot.keyClick(composer.edit, Qt.Key.Key_Return)
    composer.set_unavailable(None)
    assert composer.button.isEnabled()
    assert not composer.reason.isVisible()


def test_a_text_that_is_too_long_stays_whole_and_says_so_until_it_is_short_enough(composer: Composer, qtbot: QtBot) -> None:
    composer.edit.setPlainText("x" * 4_001)
    assert len(composer.edit.toPlainText()) == 4_001
    assert composer.too_long.isVisible()
    assert composer.too_long.text().replace(",", "") == "A question can have 4000 characters; this text has 4001. Shorten it to ask."
    assert not composer.button.isEnabled()
    with qtbot.assertNotEmitted(composer.asked):
        qtbot.keyClick(composer.edit, Qt.Key.Key_Return)
    qtbot.keyClick(composer.edit, Qt.Key.Key_Delete)
    assert not composer.too_long.isVisible()
    assert composer.button.isEnabled()


def test_a_pasted_book_does_not_hold_up_the_window(composer: Composer) -> None:
    composer.edit.setPlainText("x" * 300_000)
    assert len(composer.edit.toPlainText()) == 100_000
    assert composer.too_long.isVisible()

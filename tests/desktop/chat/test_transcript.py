"""Where the conversation is scrolled to, and where its column stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.chat.view import TURNS_AT_ONCE, ChatView
from engine.values import Answer, Sentence, Turn

Make = Callable[..., Answer]


def test_the_end_is_followed_only_while_the_reader_is_there(view: ChatView, qtbot: QtBot) -> None:
    bar = view.transcript.verticalScrollBar()
    view.begin_question("Tell me everything")
    for number in range(80):
        view.append_text(f"Paragraph {number} of a long answer.\n\n")
    qtbot.waitUntil(lambda: bar.maximum() > 500 and bar.value() == bar.maximum())
    bar.setValue(100)
    view.append_text("More.\n\n" * 30)
    before = bar.maximum()
    qtbot.waitUntil(lambda: bar.maximum() > before)
    assert bar.value() == 100
    assert view.transcript.latest_button.isVisible()
    view.transcript.latest_button.click()
    assert bar.value() == bar.maximum()
    view.append_text("And more.\n\n" * 30)
    qtbot.waitUntil(lambda: bar.maximum() > before + 200 and bar.value() == bar.maximum())


def test_a_finished_answer_is_read_from_its_question_if_the_reader_was_following(view: ChatView, make_answer: Make, qtbot: QtBot) -> None:
    bar, long_answer = view.transcript.verticalScrollBar(), make_answer(answer="A line of it.\n\n" * 120, sentences=(), citations=())
    view.show_turns([Turn(0.0, (), long_answer)])
    view.begin_question("And then?")
    view.append_text("Line.\n\n" * 80)
    qtbot.waitUntil(lambda: bar.maximum() > 3_000 and bar.value() == bar.maximum())
    view.finish(long_answer)
    question = view.exchanges[1].question

    def stands_at() -> int:
        return question.mapTo(view.transcript.viewport(), question.rect().topLeft()).y()

    qtbot.waitUntil(lambda: 0 <= stands_at() <= 40 and view.transcript.latest_button.isVisible())
    view.resize(700, 600)
    qtbot.waitUntil(lambda: 0 <= stands_at() <= 40)
    bar.setValue(10)
    view.begin_question("Still there?")
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())


def test_a_reader_who_went_elsewhere_stays_there_when_the_answer_is_finished(view: ChatView, make_answer: Make, qtbot: QtBot) -> None:
    bar = view.transcript.verticalScrollBar()
    view.begin_question("Why?")
    view.append_text("Line.\n\n" * 80)
    qtbot.waitUntil(lambda: bar.maximum() > 500 and bar.value() == bar.maximum())
    bar.setValue(60)
    view.finish(make_answer(answer="A line of it.\n\n" * 120, sentences=(), citations=()))
    qtbot.waitUntil(lambda: bar.maximum() > 1_000)
    assert bar.value() == 60


def test_a_stored_conversation_opens_at_its_end_and_keeps_the_earlier_for_a_click(view: ChatView, make_answer: Make, qtbot: QtBot) -> None:
    turns = [Turn(float(number), (), make_answer(question=f"Question {number}")) for number in range(TURNS_AT_ONCE + 5)]
    view.show_turns(turns)
    assert [exchange.question.text() for exchange in view.exchanges] == [f"Question {number}" for number in range(5, TURNS_AT_ONCE + 5)]
    assert view.earlier_button.text() == "Show earlier questions (5)"
    view.earlier_button.click()
    assert [exchange.question.text() for exchange in view.exchanges] == [f"Question {number}" for number in range(TURNS_AT_ONCE + 5)]
    assert not view.earlier_button.isVisible()
    bar = view.transcript.verticalScrollBar()
    view.transcript.follow()
    qtbot.waitUntil(lambda: bar.maximum() > 1000 and bar.value() == bar.maximum())


def test_the_keyboard_is_followed_to_a_mark_out_of_sight(view: ChatView, make_answer: Make, qtbot: QtBot) -> None:
    answer = "One.\n\n" + "word\n\n" * 60 + "Last."
    sentences = (Sentence("One.", "supported", (1,)), Sentence("Last.", "supported", (2,)))
    view.show_turns([Turn(0.0, (), make_answer(answer=answer, sentences=sentences))])
    card, bar = view.exchanges[0].card, view.transcript.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 1000)
    bar.setValue(0)
    card.text.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(3):
        qtbot.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Tab)
        if bar.value() > 500:
            break
    assert bar.value() > 500


def test_the_column_stands_above_the_composer_with_and_without_a_scroll_bar(view: ChatView, make_answer: Make, qtbot: QtBot) -> None:
    for width in (900, 480):
        view.resize(width, 700)
        for turns in (1, 8):
            view.show_turns([Turn(0.0, (), make_answer())] * turns)
            card = view.exchanges[-1].card

            def aligned(card: QWidget = card) -> bool:
                left, right = card.mapTo(view, card.rect().topLeft()).x(), card.mapTo(view, card.rect().topRight()).x()
                composer = view.composer.geometry()
                return abs(left - composer.left()) <= 1 and abs(right - composer.right()) <= 1

            bar = view.transcript.verticalScrollBar()
            qtbot.waitUntil(lambda aligned=aligned, turns=turns, bar=bar: aligned() and (bar.maximum() > 0) == (turns == 8) and bar.value() == bar.maximum())

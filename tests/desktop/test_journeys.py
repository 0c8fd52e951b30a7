"""Whole ways through the real window: with a scripted engine quickly, and once with the real engine and the starter models."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import make_window
from desktop.engine_client import EngineClient
from desktop.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[2]
MODELS_MS = 120_000
"""Real models on a busy machine take their time."""

Open = Callable[[tuple[str, ...]], MainWindow]


@pytest.fixture
def open_real(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """Opens the window with its real chat and page on the engine that a command starts."""
    opened: list[tuple[MainWindow, EngineClient]] = []

    def open_one(command: tuple[str, ...]) -> MainWindow:
        client = EngineClient(command=command, log=tmp_path / "engine.log")
        window = make_window(home=tmp_path / "home", client=client)
        opened.append((window, client))
        window.first_frame.connect(client.start)
        window.show()
        qtbot.waitUntil(lambda: any(row.document is not None and row.document.state == "ready" for row in window.library.rows()), timeout=MODELS_MS)
        return window

    yield open_one
    for window, client in opened:
        window.close()
        client.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def ask_in_the_composer(qtbot: QtBot, window: MainWindow, question: str) -> None:
    """Type a question and send it with Return."""
    edit = window.chat.composer.edit
    edit.setFocus()
    qtbot.keyClicks(edit, question)
    qtbot.keyClick(edit, Qt.Key.Key_Return)


def test_from_a_typed_question_to_the_highlighted_page(qtbot: QtBot, open_real: Open, engine_for: Callable[..., tuple[str, ...]]) -> None:
    window = open_real(engine_for())
    ask_in_the_composer(qtbot, window, "What is a red-black tree, in code?")
    qtbot.waitUntil(lambda: bool(window.questions.answers))
    answer = window.questions.answers[0]
    window.chat.citation_clicked.emit(answer.citations[1])
    qtbot.waitUntil(lambda: not window.pages.is_waiting)
    assert window.page_view is not None
    assert window.page_view.isVisible()
    window.choose_scheme("dark")
    window.escape()
    assert not window.page_view.isVisible()


def test_a_stored_conversation_is_shown_again_by_the_real_chat(qtbot: QtBot, open_real: Open, engine_for: Callable[..., tuple[str, ...]]) -> None:
    window = open_real(engine_for())
    ask_in_the_composer(qtbot, window, "What is a red-black tree?")
    qtbot.waitUntil(lambda: window.questions.conversation is not None)
    conversation = window.questions.conversation
    window.begin_new()
    assert window.chat.exchanges == ()
    window.questions.open(str(conversation))
    qtbot.waitUntil(lambda: len(window.chat.exchanges) == 1)


def test_a_failure_and_a_stop_leave_a_composer_that_takes_the_next_question(qtbot: QtBot, open_real: Open, engine_for: Callable[..., tuple[str, ...]]) -> None:
    window = open_real(engine_for())
    ask_in_the_composer(qtbot, window, "fail")
    qtbot.waitUntil(lambda: not window.questions.is_answering)
    ask_in_the_composer(qtbot, window, "wait for me")
    qtbot.waitUntil(lambda: window.questions.written > 0)
    window.escape()
    qtbot.waitUntil(lambda: not window.questions.is_answering)
    ask_in_the_composer(qtbot, window, "And now?")
    qtbot.waitUntil(lambda: bool(window.questions.answers))
    assert len(window.chat.exchanges) == 3


def test_a_click_on_an_offered_question_asks_it(qtbot: QtBot, open_real: Open, engine_for: Callable[..., tuple[str, ...]]) -> None:
    window = open_real(engine_for())
    offered = next(button for button in window.chat.placeholder.suggestions if button.text() == "What is a red-black tree?")
    qtbot.mouseClick(offered, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.questions.answers))
    assert window.questions.answers[0].question == "What is a red-black tree?"


@pytest.mark.real
def test_the_first_cited_answer_needs_no_set_up_at_all(qtbot: QtBot, open_real: Open, tmp_path: Path) -> None:
    home = str(tmp_path / "home")
    start = f"import sys, runpy; sys.path.insert(0, {str(ROOT)!r}); sys.argv = ['engine', '--home', {home!r}]; runpy.run_module('engine', run_name='__main__')"
    window = open_real((sys.executable, "-P", "-c", start))
    ask_in_the_composer(qtbot, window, "What is a red-black tree?")
    qtbot.waitUntil(lambda: bool(window.questions.answers), timeout=MODELS_MS)
    answer = window.questions.answers[0]
    assert answer.citations, answer
    window.chat.citation_clicked.emit(answer.citations[0])
    qtbot.waitUntil(lambda: not window.pages.is_waiting, timeout=MODELS_MS)
    assert window.page_view is not None
    assert window.page_view.canvas.isVisible()

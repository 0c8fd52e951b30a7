"""What the window's tests share: the scripted engine, and a window on it with a chat and a page that write down what they are told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, QTranslator, Signal
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.engine_client import EngineClient
from desktop.language import TRANSLATIONS
from desktop.main_window import MainWindow

SCRIPT = Path(__file__).with_name("scripted_engine.py")


@pytest.fixture
def engine_for(tmp_path: Path) -> Callable[..., tuple[str, ...]]:
    """Makes the command of a scripted engine: `engine_for(scene="held")`; its home is `tmp_path / "home"`."""
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)

    def command(scene: str = "sample", *more: str) -> tuple[str, ...]:
        return (sys.executable, str(SCRIPT), "--home", str(home), "--scene", scene, *more)

    return command


class RecordingChat(QWidget):
    """Stands where the chat stands and writes down what it is told; a test asks through its signals."""

    asked = Signal(str)
    asked_of_all = Signal(str)
    asked_of_books = Signal(str)
    asked_of_model = Signal(str)
    pair_wanted = Signal(object)
    keep_wanted = Signal(object)
    stop_pressed = Signal()
    citation_clicked = Signal(object)
    passage_clicked = Signal(object)
    formula_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.column = QVBoxLayout(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_scope_widget(self, widget: QWidget) -> None:
        self.column.addWidget(widget)

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name not in RECORDED:
            raise AttributeError(name)
        return lambda *arguments: self.calls.append((name, arguments))

    def told(self, name: str) -> list[tuple[Any, ...]]:
        """The arguments of every call of `name` so far."""
        return [arguments for called, arguments in self.calls if called == name]


RECORDED = (
    *("show_turns", "begin_question", "show_sources", "show_state", "append_text", "finish", "fail", "cancelled", "clear"),
    *("set_placeholder", "set_suggestions", "set_theme", "set_unavailable"),
)


class RecordingPage(QWidget):
    """Stands where the page stands and writes down what it is told."""

    closed = Signal()
    page_wanted = Signal(str, int, float)
    part_wanted = Signal(str, int)
    open_original_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name not in {"show_waiting", "show_page", "show_text", "fail", "set_theme", "set_page_count"}:
            raise AttributeError(name)
        return lambda *arguments: self.calls.append((name, arguments))

    def told(self, name: str) -> list[tuple[Any, ...]]:
        """The arguments of every call of `name` so far."""
        return [arguments for called, arguments in self.calls if called == name]


@dataclass
class Opened:
    """A window with its scripted engine."""

    window: MainWindow
    client: EngineClient
    home: Path

    @property
    def chat(self) -> Any:
        return self.window.chat

    @property
    def page(self) -> Any:
        return self.window.page_view

    def press(self, text: str) -> None:
        """Press the button with this text in the open question box."""
        box = next(box for box in self.window.findChildren(QMessageBox) if box.isVisible())
        next(button for button in box.findChildren(QPushButton) if button.text().replace("&", "") == text).click()


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path, engine_for: Callable[..., tuple[str, ...]]) -> Iterator[Callable[..., Opened]]:
    """Opens the window on a scripted engine (`open_window("held")`) and closes it at the end."""
    opened: list[Opened] = []

    def open_one(scene: str = "sample", *, wait: bool = True, files: tuple[str, ...] = ()) -> Opened:
        home = tmp_path / "home"
        client = EngineClient(command=engine_for(scene), log=home / "logs" / "engine.log", pauses_ms=(0, 1))
        window = MainWindow(home=home, client=client, make_chat=lambda theme: RecordingChat(), make_page_view=lambda theme: RecordingPage())
        opened.append(Opened(window, client, home))
        window.study_when_ready(files)
        window.first_frame.connect(client.start)
        window.show()
        if wait:
            qtbot.waitUntil(lambda: client.is_running and (scene == "bare" or bool(window.library.rows())), timeout=10_000)
        return opened[-1]

    yield open_one
    for one in opened:
        one.window.close()
        one.client.close()
        one.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def chinese(qtbot: QtBot) -> Iterator[None]:
    """Widgets made in this test are Chinese."""
    before, translator = QLocale(), QTranslator()
    assert translator.load("bytebrain_zh_CN", str(TRANSLATIONS))
    application = QCoreApplication.instance()
    assert application is not None
    application.installTranslator(translator)
    QLocale.setDefault(QLocale("zh_CN"))
    yield
    application.removeTranslator(translator)
    QLocale.setDefault(before)

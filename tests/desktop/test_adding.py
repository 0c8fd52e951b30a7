"""Adding in the window beyond a drop of a few files: big folders are asked about, locked books unlocked, all reading paused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot

Open = Callable[..., Any]


def titles(opened: Any) -> list[str]:
    return [row.title for row in opened.window.library.rows()]


def test_a_small_folder_is_added_without_a_question(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window()
    (tmp_path / "notes").mkdir()
    opened.window.library_flow.add([str(tmp_path / "notes")])
    qtbot.waitUntil(lambda: "notes" in titles(opened))


def test_a_big_folder_is_added_after_a_question_that_tells_its_cost(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window()
    folder = tmp_path / "many"
    folder.mkdir()
    with qtbot.waitSignal(opened.window.library_flow.estimated):
        opened.window.library_flow.add([str(folder)])
    box = next(box for box in opened.window.findChildren(QMessageBox) if box.isVisible())
    assert box.text() == "Add 240 files to the library?"
    assert "about 10 minutes" in box.informativeText()
    assert "many" not in titles(opened)
    opened.press("Add")
    qtbot.waitUntil(lambda: "many" in titles(opened))


def test_a_locked_book_asks_for_its_password_and_is_read_with_it(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window()
    path = str(tmp_path / "locked.pdf")
    opened.window.library_flow.add([path])
    qtbot.waitUntil(lambda: opened.window.library.find(path) is not None and opened.window.library.find(path).is_locked)
    menu = opened.window.sidebar.library.menu_for(opened.window.library.find(path))
    next(action for action in menu.actions() if action.text() == "Enter the password…").trigger()
    menu.close()
    dialog = next(dialog for dialog in opened.window.findChildren(QInputDialog) if dialog.isVisible())
    dialog.setTextValue("open sesame")
    dialog.accept()
    qtbot.waitUntil(lambda: any(row.title == "locked" and row.document.state == "ready" for row in opened.window.library.rows() if row.document))


def test_reading_is_paused_and_gone_on_with_for_all_books(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window()
    bar = opened.window.sidebar.library.studying
    opened.window.library_flow.add([str(tmp_path / "huge.pdf")])
    qtbot.waitUntil(lambda: bar.isVisible() and "2 of 5 books" in bar.said.text())
    bar.button.click()
    qtbot.waitUntil(lambda: opened.window.sidebar.library.studying.is_paused)
    bar.button.click()
    qtbot.waitUntil(lambda: not opened.window.sidebar.library.studying.is_paused)
    key = next(row.key for row in opened.window.library.rows() if row.title == "huge")
    opened.window.library_flow.stop(key)
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_a_file_that_waits_with_others_offers_no_stop_and_leaves_the_others_alone(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window()
    panel, flow = opened.window.sidebar.library, opened.window.library_flow
    huge, later = str(tmp_path / "huge.pdf"), str(tmp_path / "later.pdf")
    flow.add([huge, later])
    qtbot.waitUntil(lambda: opened.window.library.find(huge) is None)
    waiting = opened.window.library.find(later)
    assert waiting.is_waiting
    assert not waiting.can_be_stopped
    assert panel.menu_for(waiting).isEmpty()
    flow.stop(later)
    flow.remove(later)
    flow.stop(next(row.key for row in opened.window.library.rows() if row.title == "huge"))
    qtbot.waitUntil(lambda: any(row.title == "later" and row.document is not None and row.document.state == "ready" for row in opened.window.library.rows()))


def test_what_was_dropped_alone_can_be_stopped_before_it_is_known(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    library = opened.window.library
    library.wait(901, ["/books/one.pdf"], can_be_cancelled=True)
    row = library.find("/books/one.pdf")
    assert row.can_be_stopped
    assert row.is_waiting
    assert [action.text() for action in opened.window.sidebar.library.menu_for(row).actions() if action.text()] == ["Stop reading…"]

"""The living library in the window: collections, watched folders, export and import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from desktop.scope_picker import SCOPE
from desktop.transfer_dialog import TransferDialog
from engine.values import Scope

Open = Callable[..., Any]


def put_into_new_collection(qtbot: QtBot, opened: Any, name: str) -> str:
    """Put the first book into a collection of that name, as a student does; returns the book's key."""
    key: str = opened.window.library.rows()[0].key
    opened.window.sidebar.library.new_collection_wanted.emit(key)
    dialog = next(dialog for dialog in opened.window.findChildren(QInputDialog) if dialog.isVisible())
    dialog.setTextValue(f"  {name} ")
    dialog.accept()
    qtbot.waitUntil(lambda: opened.window.library.collections() == (name,))
    qtbot.waitUntil(lambda: any(document.collections == (name,) for document in opened.window.scope.documents))
    return key


def test_a_book_goes_into_a_new_collection_and_out_of_it_again(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("shelf")
    key = put_into_new_collection(qtbot, opened, "Term 3")
    menu = opened.window.sidebar.library.menu_for(opened.window.library.find(key))
    inner = next(action.menu() for action in menu.actions() if action.menu() is not None)
    ticked = next(action for action in inner.actions() if action.text() == "Term 3")
    assert ticked.isChecked()
    ticked.trigger()
    menu.close()
    qtbot.waitUntil(lambda: opened.window.library.collections() == ())


def test_a_question_can_be_asked_of_a_collection(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("shelf")
    put_into_new_collection(qtbot, opened, "Term 3")
    scope = opened.window.scope
    scope.open()
    items = [scope.popover.tree.topLevelItem(at) for at in range(scope.popover.tree.topLevelItemCount())]
    item = next(item for item in items if item.text(0) == "Collection: Term 3")
    scope.popover.tree.itemClicked.emit(item, 0)
    assert item.data(0, SCOPE) == Scope(collection="Term 3")
    assert scope.scopes == (Scope(collection="Term 3"),)
    opened.window.living.uncollect(opened.window.library.rows()[0].key, "Term 3")
    qtbot.waitUntil(lambda: scope.scopes == ())


def test_a_stored_question_brings_its_collection_back(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("shelf")
    put_into_new_collection(qtbot, opened, "Term 3")
    opened.window.scope.choose_scopes((Scope(collection="Term 3"),))
    assert opened.window.scope.scopes == (Scope(collection="Term 3"),)
    opened.window.scope.choose_scopes((Scope(collection="Gone"),))
    assert opened.window.scope.scopes == ()


def test_folders_are_watched_and_left_alone(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window()
    opened.window.sidebar.library.watched_wanted.emit()
    dialog = opened.window.living.watched
    assert not dialog.unwatch_button.isEnabled()
    opened.window.living.watch([str(tmp_path)])
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    assert dialog.list.item(0).text() == f"{tmp_path}\nNot looked through yet"
    dialog.list.setCurrentRow(0)
    dialog.unwatch_button.click()
    qtbot.waitUntil(lambda: dialog.list.count() == 0)
    dialog.close()


def test_an_export_and_an_import_say_how_they_ended(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window()
    living = opened.window.living
    with qtbot.waitSignal(living.noticed) as told:
        living.export_to(str(tmp_path / "mine.bytebrain"))
    assert told.args[0].sentence == "Your library is in mine.bytebrain (12 MB)."
    with qtbot.waitSignal(living.noticed) as told:
        living.import_from(str(tmp_path / "mine.bytebrain"))
    assert told.args[0].sentence == "3 documents came in, 2 were there already."
    qtbot.waitUntil(lambda: not [dialog for dialog in opened.window.findChildren(TransferDialog) if dialog.isVisible()])

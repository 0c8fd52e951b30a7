"""The living library in the window: collections, watched folders, export and import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from desktop.scope_picker import SCOPE
from desktop.transfer_dialog import TransferDialog
from engine.values import Passage, Place, Scope

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


def titles(opened: Any) -> list[str]:
    shown = opened.window.sidebar.library.view.model()
    return [shown.index(at, 0).data() for at in range(shown.rowCount())]


def test_one_collection_can_be_listed_and_what_is_added_then_goes_into_it(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window("shelf")
    panel = opened.window.sidebar.library
    everything = len(titles(opened))
    key = put_into_new_collection(qtbot, opened, "Term 3")
    qtbot.waitUntil(panel.filter.button.isVisible)
    panel.filter.fill_menu()
    next(action for action in panel.filter.button.menu().actions() if action.text() == "Term 3").trigger()
    assert titles(opened) == [opened.window.library.find(key).title]
    opened.window.library_flow.add([str(tmp_path / "Exercises.pdf")])
    qtbot.waitUntil(lambda: "Exercises" in titles(opened))
    qtbot.waitUntil(lambda: next(row for row in opened.window.library.rows() if row.title == "Exercises").document.collections == ("Term 3",))
    panel.choose_collection(None)
    assert len(titles(opened)) == everything + 1


def test_a_listed_collection_can_be_renamed_and_forgotten(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("shelf")
    panel = opened.window.sidebar.library
    put_into_new_collection(qtbot, opened, "Term 3")
    panel.choose_collection("Term 3")
    panel.filter.fill_menu()
    next(action for action in panel.filter.button.menu().actions() if action.text() == "Rename this collection…").trigger()
    dialog = next(dialog for dialog in opened.window.findChildren(QInputDialog) if dialog.isVisible())
    dialog.setTextValue("Term 4")
    dialog.accept()
    qtbot.waitUntil(lambda: panel.collection == "Term 4")
    assert len(titles(opened)) == 1
    panel.filter.fill_menu()
    next(action for action in panel.filter.button.menu().actions() if action.text() == "Forget this collection…").trigger()
    opened.press("Forget")
    qtbot.waitUntil(lambda: panel.collection is None)
    assert len(titles(opened)) == len(opened.window.library.rows())
    assert opened.window.library_flow.collection is None


def test_files_that_could_not_be_read_are_counted_and_found(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window("shelf")
    panel = opened.window.sidebar.library
    opened.window.library_flow.add([str(tmp_path / f"{name}.pdf") for name in ("broken one", "two", "broken three", "four")])
    qtbot.waitUntil(lambda: panel.filter.refused.isVisible() and panel.filter.refused.text() == "2 could not be read")
    found = []
    for _ in range(3):
        panel.filter.refused.click()
        index = panel.view.currentIndex()
        found.append(index.data())
        assert "Remove the password and add it again." in index.data(Qt.ItemDataRole.ToolTipRole)
        assert "Remove the password and add it again." in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert (found[0], len(set(found))) == (found[2], 2)


def test_a_thousand_files_cost_few_signals_and_fewer_looks(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window()
    library, heard = opened.window.library, {"rows": 0, "looks": 0}

    def count(what: str) -> None:
        heard[what] += 1

    for signal in (library.rowsInserted, library.rowsRemoved, library.dataChanged, library.modelReset):
        signal.connect(lambda *_: count("rows"))
    opened.window.library_flow.changed.connect(lambda: count("looks"))
    opened.window.library_flow.add_estimated([str(tmp_path / "thousand")])
    qtbot.waitUntil(lambda: len(library.rows()) == 1001 and not opened.window.library_flow.is_studying, timeout=30_000)
    assert heard["rows"] <= 2_010  # one when a file comes, one when it is done
    assert heard["looks"] < 500


def test_a_page_of_a_locked_book_asks_for_its_password_until_it_fits(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("locked")
    opened.chat.asked.emit("What is a red-black tree?")
    qtbot.waitUntil(lambda: bool(opened.chat.told("finish")))
    opened.chat.citation_clicked.emit(opened.chat.told("finish")[0][0].citations[0])

    def dialogs() -> list[QInputDialog]:
        return [dialog for dialog in opened.window.findChildren(QInputDialog) if dialog.isVisible()]

    for password in ("guess", "open sesame"):
        qtbot.waitUntil(lambda: len(dialogs()) == 1)
        (dialog,) = dialogs()
        dialog.setTextValue(password)
        dialog.accept()
    qtbot.waitUntil(lambda: bool(opened.page.told("show_page")))
    assert len(opened.page.told("fail")) == 2
    assert dialogs() == []


def test_parts_are_shown_with_their_quote_and_their_neighbours_without(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    row = opened.window.library.rows()[0].document
    passage = Passage(1, row.document, "/l.pptx", "Lecture", None, None, ("Trees",), "A tree is a graph", 1.0, (), Place("slide", 2, 2), sheet=2)
    opened.chat.passage_clicked.emit(passage)
    qtbot.waitUntil(lambda: bool(opened.page.told("show_text")))
    part, *rest = opened.page.told("show_text")[0]
    assert (part.sheet, rest) == (2, ["A tree is a graph", Place("slide", 2, 2), "Lecture", "Trees"])
    opened.page.part_wanted.emit(row.document, 3)
    qtbot.waitUntil(lambda: len(opened.page.told("show_text")) == 2)
    part, *rest = opened.page.told("show_text")[1]
    assert (part.sheet, rest) == (3, ["", None, "Lecture", ""])

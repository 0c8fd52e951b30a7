"""What a question is asked of: the tree of books and chapters behind the chip."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from desktop.scope_picker import SCOPE, ScopePicker, hang_sections
from desktop.theme import dark, light
from engine.messages import Sections
from engine.values import Document, DocumentId, Scope, Section

ALGORITHMS = Document(DocumentId("a" * 64), "Algorithms", "/a.pdf", "ready", pages=600)
LONG = Document(DocumentId("b" * 64), "A Very Long Title That No Chip Beside A Composer Could Ever Hold In Full", "/b.pdf", "ready", pages=9)


@pytest.fixture
def picker(qtbot: QtBot) -> ScopePicker:
    made = ScopePicker(light())
    qtbot.addWidget(made)
    made.set_documents((ALGORITHMS, LONG))
    return made


def section(number: int, level: int) -> Section:
    return Section(number, level, f"Section {number}", number, number)


@pytest.mark.usefixtures("qapp")
def test_a_flat_list_with_levels_becomes_a_tree_also_where_levels_are_skipped() -> None:
    book = QTreeWidgetItem(["Book"])
    hang_sections(book, ALGORITHMS.document, [section(1, 1), section(2, 3), section(3, 2), section(4, 1), section(5, 2)])

    def shape(item: QTreeWidgetItem) -> list[object]:
        return [(child.data(0, SCOPE).section, shape(child)) for child in (item.child(at) for at in range(item.childCount()))]

    assert shape(book) == [(1, [(2, []), (3, [])]), (4, [(5, [])])]


def test_a_book_without_chapters_has_nothing_to_unfold(picker: ScopePicker) -> None:
    picker.open()
    book = picker.popover.tree.topLevelItem(1)
    assert book is not None
    picker.show_sections(Sections(ALGORITHMS.document, ()))
    assert book.childIndicatorPolicy() == QTreeWidgetItem.ChildIndicatorPolicy.DontShowIndicator


def test_chapters_are_asked_for_once(qtbot: QtBot, picker: ScopePicker) -> None:
    picker.open()
    book = picker.popover.tree.topLevelItem(1)
    assert book is not None
    with qtbot.waitSignal(picker.sections_wanted) as wanted:
        book.setExpanded(True)
    assert wanted.args == [ALGORITHMS.document]
    picker.show_sections(Sections(ALGORITHMS.document, (section(1, 1),)))
    picker.show_sections(Sections(ALGORITHMS.document, (section(1, 1),)))
    assert book.childCount() == 1
    book.setExpanded(False)
    with qtbot.assertNotEmitted(picker.sections_wanted):
        book.setExpanded(True)


def test_a_filter_finds_a_chapter_and_return_chooses_it(qtbot: QtBot, picker: ScopePicker) -> None:
    picker.open()
    picker.show_sections(Sections(ALGORITHMS.document, (section(1, 1), section(2, 2))))
    picker.popover.filter.setText("section 2")
    qtbot.keyClick(picker.popover.filter, Qt.Key.Key_Return)
    assert picker.scopes == (Scope(ALGORITHMS.document, 2),)
    assert picker.property("chosen") is True


def test_looking_for_something_asks_for_the_chapters_of_one_book_after_the_other(qtbot: QtBot, picker: ScopePicker) -> None:
    picker.open()
    wanted: list[str] = []
    picker.sections_wanted.connect(wanted.append)
    picker.popover.filter.setText("sec")
    picker.popover.filter.setText("section 2")
    assert wanted == [ALGORITHMS.document]
    assert picker.popover.none.isHidden()
    picker.show_sections(Sections(ALGORITHMS.document, (section(1, 1), section(2, 2))))
    assert wanted == [ALGORITHMS.document, LONG.document]
    picker.show_sections(Sections(LONG.document, (section(3, 1),)))
    book, other = (picker.popover.tree.topLevelItem(at) for at in (1, 2))
    assert book is not None
    assert other is not None
    assert not book.isHidden()
    assert book.isExpanded()
    assert other.isHidden()
    qtbot.keyClick(picker.popover.filter, Qt.Key.Key_Return)
    assert picker.scopes == (Scope(ALGORITHMS.document, 2),)


def test_where_nothing_matches_that_is_said_once_every_chapter_was_looked_at(picker: ScopePicker) -> None:
    picker.open()
    picker.popover.filter.setText("nothing of the kind")
    for document in (ALGORITHMS, LONG):
        assert picker.popover.none.isHidden()
        picker.show_sections(Sections(document.document, (section(1, 1),)))
    assert not picker.popover.none.isHidden()
    assert picker.popover.none.text() == "No match"
    picker.popover.filter.setText("section")
    assert picker.popover.none.isHidden()


def test_the_chapter_of_a_stored_question_is_named_not_its_book(qtbot: QtBot, picker: ScopePicker) -> None:
    with qtbot.waitSignal(picker.sections_wanted) as wanted:
        picker.choose_scopes((Scope(ALGORITHMS.document, 2),))
    assert wanted.args == [ALGORITHMS.document]
    picker.show_sections(Sections(ALGORITHMS.document, (section(1, 1), section(2, 1))))
    assert picker.text() == "Section 2"
    assert picker.scopes == (Scope(ALGORITHMS.document, 2),)
    picker.choose_document(ALGORITHMS)
    picker.show_sections(Sections(ALGORITHMS.document, (section(1, 1), section(2, 1))))
    assert picker.text() == "Algorithms"


def test_a_long_title_is_shortened_and_read_out_in_full(picker: ScopePicker) -> None:
    picker.choose_document(LONG)
    assert picker.text().endswith("…")
    assert LONG.title in picker.accessibleName()
    picker.set_theme(dark())
    assert picker.scopes == (Scope(LONG.document),)


def test_the_scope_of_a_stored_question_comes_back_only_while_its_book_is_there(picker: ScopePicker) -> None:
    picker.choose_scopes((Scope(ALGORITHMS.document, 3),))
    assert picker.scopes == (Scope(ALGORITHMS.document, 3),)
    picker.choose_scopes((Scope(DocumentId("c" * 64)),))
    assert picker.scopes == ()
    assert picker.text() == "All books"

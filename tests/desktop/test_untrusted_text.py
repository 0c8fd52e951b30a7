"""Titles, names and questions come from anywhere: no widget of the shell may take them for rich text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.conversations_panel import ConversationsModel
from desktop.library_model import LibraryModel
from desktop.models_panel import ModelsDialog
from desktop.scope_picker import ScopePicker
from desktop.sidebar import Sidebar
from desktop.theme import light
from desktop.tips import tip
from engine.messages import EngineState, Sections
from engine.values import ConversationId, ConversationSummary, Document, DocumentId, ModelRow, Section

HOSTILE = '<img src="file:///etc/passwd"><b>bold</b>'
SHOWN = "&lt;img src=&quot;file:///etc/passwd&quot;&gt;&lt;b&gt;bold&lt;/b&gt;"
BOOK = Document(DocumentId("a" * 64), HOSTILE, f"/{HOSTILE}.pdf", "ready", pages=3)


def test_a_tip_shows_what_it_is_given() -> None:
    assert tip(HOSTILE, "", "two\nlines") == f"<qt>{SHOWN}<br>two<br>lines</qt>"


def test_tips_of_rows_are_escaped(qtbot: QtBot) -> None:
    library, conversations, picker = LibraryModel(), ConversationsModel(), ScopePicker(light())
    qtbot.addWidget(picker)
    library.set_documents([BOOK])
    conversations.set_summaries([ConversationSummary(ConversationId("c"), HOSTILE, 0.0, 1)])
    picker.set_documents([BOOK])
    picker.open()
    picker.show_sections(Sections(BOOK.document, (Section(1, 1, HOSTILE, 1, 2),)))
    book = picker.popover.tree.topLevelItem(1)
    assert book is not None
    tips = [
        library.data(library.index(0), Qt.ItemDataRole.ToolTipRole),
        conversations.data(conversations.index(0), Qt.ItemDataRole.ToolTipRole),
        book.toolTip(0),
        book.child(0).toolTip(0),
    ]
    assert [("<img" in text, SHOWN in text) for text in tips] == [(False, True)] * 4


def test_labels_show_names_as_plain_text(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ModelsDialog(parent)
    dialog.show_models([ModelRow(HOSTILE, "generator", "/m", 1, "", "added", HOSTILE)])
    dialog.show_detail(HOSTILE)
    hostile = [label for label in dialog.findChildren(QLabel) if "<img" in label.text()]
    assert len(hostile) == 3
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in hostile)


def test_an_ampersand_in_a_title_stays_one(qtbot: QtBot) -> None:
    picker = ScopePicker(light())
    qtbot.addWidget(picker)
    picker.choose_document(Document(DocumentId("b" * 64), "Design & Analysis", "/b.pdf", "ready"))
    assert picker.text() == "Design && Analysis"
    assert picker.accessibleName() == "Ask of: Design & Analysis"


def test_the_foot_of_the_sidebar_escapes_a_models_name(qtbot: QtBot) -> None:
    sidebar = Sidebar(LibraryModel(), light(), "light")
    qtbot.addWidget(sidebar)
    sidebar.show_state(EngineState("/h", None, "ready", "ready", HOSTILE, HOSTILE))
    assert "<img" not in sidebar.status.toolTip()

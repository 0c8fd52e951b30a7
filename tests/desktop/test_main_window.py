"""The window's flows against a scripted engine in a process of its own: what a student does, and what is shown for it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.theme import dark, light

Open = Callable[..., Any]


def drop(window: MainWindow, *paths: str) -> None:
    """Drop files on the middle of the window, as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    middle = window.rect().center()
    copy, left, nothing = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(middle), copy, data, left, nothing)
    window.dragEnterEvent(entering)
    assert entering.isAccepted()
    assert window.cover.isVisible()
    window.dropEvent(QDropEvent(QPointF(middle), copy, data, left, nothing))
    assert not window.cover.isVisible()


def line_of(window: MainWindow, title: str) -> str:
    """What stands below a title in the library."""
    return next((window.library.line(row) for row in window.library.rows() if row.title == title), "")


def notices(window: MainWindow) -> list[str]:
    return [bar.notice.code for bar in window.notices.shown()]


# ---- starting ---------------------------------------------------------------------------------------------------------


def test_the_engine_starts_after_the_first_frame(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window(wait=False)
    assert opened.client.process_id == 0
    with qtbot.waitSignal(opened.window.first_frame, timeout=10_000):
        pass
    qtbot.waitUntil(lambda: opened.client.is_running, timeout=10_000)


def test_the_sample_book_and_the_model_are_on_show(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    assert line_of(opened.window, "Data Structures: A Short Course") == "Sample · 16 pages"
    qtbot.waitUntil(lambda: opened.window.sidebar.status.whole_text == "smollm2-135m-instruct")
    assert opened.chat.told("set_placeholder")[-1][0] == "Ask your textbooks"
    assert "What is a red-black tree?" in opened.chat.told("set_suggestions")[-1][0]


def test_an_empty_library_says_how_to_begin(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("bare")
    qtbot.waitUntil(lambda: opened.chat.told("set_placeholder")[-1][0] == "Your library is empty")
    assert opened.window.sidebar.library.hint.isVisible()


@pytest.mark.parametrize(
    ("scene", "said"),
    [("cold", "Searching by words for now"), ("modelless", "No model: answers are quotes")],
)
def test_the_foot_of_the_sidebar_says_how_the_engine_stands(qtbot: QtBot, open_window: Open, scene: str, said: str) -> None:
    opened = open_window(scene)
    qtbot.waitUntil(lambda: opened.window.sidebar.status.whole_text == said)
    assert opened.window.sidebar.status.text() == said


def test_a_home_that_another_program_holds_is_named_once(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("held")
    qtbot.waitUntil(lambda: notices(opened.window) == ["home-held"])
    bar = opened.window.notices.shown()[0]
    assert "process 4711" in bar.notice.sentence
    bar.cross.click()
    opened.window.library_flow.refresh()
    assert notices(opened.window) == []


def test_files_of_the_command_line_are_added(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window(files=(str(tmp_path / "Algorithms.pdf"),))
    qtbot.waitUntil(lambda: line_of(opened.window, "Algorithms") == "40 pages")


# ---- the library ------------------------------------------------------------------------------------------------------


def test_a_dropped_book_shows_at_once_and_ends_ready(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window()
    drop(opened.window, str(tmp_path / "Compilers.pdf"))
    assert line_of(opened.window, "Compilers.pdf") == "Waiting"
    qtbot.waitUntil(lambda: line_of(opened.window, "Compilers") == "40 pages")
    assert line_of(opened.window, "Compilers.pdf") == ""
    qtbot.waitUntil(lambda: not opened.window.sidebar.library.hint.isVisible())
    qtbot.waitUntil(lambda: bool(opened.chat.told("set_placeholder")[-1][0] == "What would you like to understand?"))
    assert opened.chat.told("set_suggestions")[-1] == ((),)


def test_a_long_book_shows_pages_speed_and_time_left_and_can_be_stopped(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window()
    drop(opened.window, str(tmp_path / "huge.pdf"))
    qtbot.waitUntil(lambda: line_of(opened.window, "huge") == "Reading page 280 of 861\n48 pages/s · 12 s left")
    qtbot.waitUntil(lambda: opened.window.sidebar.library.count.text() == "296 of 877 pages seen")
    said = ("Ask while it reads", "Your books are being read: 296 of 877 pages seen so far. You can ask already.")
    qtbot.waitUntil(lambda: bool(opened.chat.told("set_placeholder")[-1] == said))
    row = opened.window.library.rows()[0]
    view = opened.window.sidebar.library.view
    where = opened.window.sidebar.library.delegate.button_rect(view.visualRect(opened.window.library.index(0)))
    assert row.can_be_stopped
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where.center())
    opened.press("Stop reading")
    qtbot.waitUntil(lambda: not opened.window.library_flow.is_studying)
    assert opened.window.library.find(row.key).is_unfinished


def test_the_cross_on_a_book_that_is_being_read_asks_first_and_says_what_is_lost(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window()
    drop(opened.window, str(tmp_path / "huge.pdf"))
    qtbot.waitUntil(lambda: "280" in line_of(opened.window, "huge"))
    panel, key = opened.window.sidebar.library, opened.window.library.rows()[0].key
    panel.stop_wanted.emit(key)
    box = next(box for box in opened.window.findChildren(QMessageBox) if box.isVisible())
    assert "280 of 861 pages" in box.informativeText()
    assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)
    box.defaultButton().click()
    assert opened.window.library.find(key).can_be_stopped
    panel.stop_wanted.emit(key)
    opened.press("Stop reading")
    qtbot.waitUntil(lambda: not opened.window.library_flow.is_studying)


def test_a_book_that_was_left_unfinished_can_be_gone_on_with(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window()
    drop(opened.window, str(tmp_path / "huge.pdf"))
    qtbot.waitUntil(lambda: "280" in line_of(opened.window, "huge"))
    key = opened.window.library.rows()[0].key
    opened.window.library_flow.stop(key)
    qtbot.waitUntil(lambda: opened.window.library.find(key).is_unfinished)
    menu = opened.window.sidebar.library.menu_for(opened.window.library.find(key))
    next(action for action in menu.actions() if action.text() == "Go on reading").trigger()
    qtbot.waitUntil(lambda: opened.window.library.find(key).can_be_stopped)
    menu.close()


def test_a_refused_book_says_why_and_what_to_do(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window()
    drop(opened.window, str(tmp_path / "broken.pdf"), str(tmp_path / "Fine.pdf"))
    qtbot.waitUntil(lambda: line_of(opened.window, "Fine") == "40 pages")
    assert line_of(opened.window, "broken.pdf") == "This PDF is protected by a password. Remove the password and add it again."
    refused = next(row for row in opened.window.library.rows() if row.is_refused)
    opened.window.confirming.removing(refused.key)
    assert opened.window.library.find(refused.key) is None


def test_a_dropped_model_goes_to_the_shelf_and_can_be_used(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window()
    drop(opened.window, str(tmp_path / "qwen2.5-1.5b.gguf"))
    qtbot.waitUntil(lambda: notices(opened.window) == ["model-added"])
    opened.window.models.open()
    qtbot.waitUntil(lambda: len(opened.window.models.dialog.cards) == 3)
    opened.window.notices.shown()[0].button.click()
    qtbot.waitUntil(lambda: opened.window.models.dialog.cards[0].property("chosen") is True)
    assert notices(opened.window) == []
    opened.window.models.dialog.cards[1].button.click()
    qtbot.waitUntil(lambda: opened.window.models.dialog.cards[1].button is not None)
    opened.window.models.dialog.accept()


def test_a_damaged_model_is_a_notice(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window()
    drop(opened.window, str(tmp_path / "broken.gguf"))
    qtbot.waitUntil(lambda: notices(opened.window) == ["model-damaged"])


def test_adding_to_a_held_home_is_a_notice_and_leaves_no_row(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window("held")
    qtbot.waitUntil(lambda: notices(opened.window) == ["home-held"])
    opened.window.notices.shown()[0].cross.click()
    drop(opened.window, str(tmp_path / "Compilers.pdf"))
    qtbot.waitUntil(lambda: notices(opened.window) == ["home-held"])
    assert [row.title for row in opened.window.library.rows()] == ["Data Structures: A Short Course"]


def test_removing_a_book_asks_first(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("shelf")
    key = next(row.key for row in opened.window.library.rows() if row.title == "Elementary Algorithms")
    opened.window.confirming.removing(key)
    opened.press("Cancel")
    assert opened.window.library.find(key) is not None
    opened.window.confirming.removing(key)
    opened.press("Remove")
    qtbot.waitUntil(lambda: opened.window.library.find(key) is None)


def test_a_book_that_is_being_read_is_stopped_and_removed(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window()
    drop(opened.window, str(tmp_path / "huge.pdf"))
    qtbot.waitUntil(lambda: "280" in line_of(opened.window, "huge"))
    key = opened.window.library.rows()[0].key
    opened.window.library_flow.remove(key)
    qtbot.waitUntil(lambda: opened.window.library.find(key) is None)
    assert not opened.window.library_flow.is_studying


def test_the_add_button_opens_the_systems_dialog(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window()
    opened.window.confirming.choose_files()
    dialog = opened.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.filesSelected.emit([str(tmp_path / "Chosen.pdf")])
    dialog.close()
    qtbot.waitUntil(lambda: line_of(opened.window, "Chosen") == "40 pages")


def test_the_original_is_opened_only_as_a_local_document(qtbot: QtBot, open_window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = open_window()
    asked: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(lambda url: asked.append(url) or True))
    key = opened.window.library.rows()[0].key
    opened.window.library_flow.open_original(key)
    qtbot.waitUntil(lambda: notices(opened.window) == ["original-gone"])
    assert asked == []
    (opened.home / "sample.pdf").write_bytes(b"%PDF-")
    opened.window.library_flow.open_original(key)
    qtbot.waitUntil(lambda: asked == [QUrl.fromLocalFile(str(opened.home / "sample.pdf"))])


# ---- asking -----------------------------------------------------------------------------------------------------------


def test_a_question_shows_sources_before_the_first_word_and_then_the_answer(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    opened.chat.asked.emit("What is a red-black tree?")
    qtbot.waitUntil(lambda: bool(opened.chat.told("finish")))
    order = [name for name, _ in opened.chat.calls if name not in ("set_placeholder", "set_theme")]
    assert order.index("begin_question") < order.index("show_sources") < order.index("append_text") < order.index("finish")
    assert ("Reading the passages…", 900, 1200) in opened.chat.told("show_state")
    qtbot.waitUntil(lambda: len(opened.window.sidebar.conversations.model.summaries()) == 1)
    assert opened.window.questions.conversation == "c1"


def test_escape_stops_the_answer(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    opened.chat.asked.emit("wait for me")
    qtbot.waitUntil(lambda: len(opened.chat.told("append_text")) > 3)
    opened.window.escape()
    qtbot.waitUntil(lambda: bool(opened.chat.told("cancelled")))
    assert not opened.window.questions.is_answering


def test_a_failure_is_told_in_the_chat(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    opened.chat.asked.emit("fail, please")
    qtbot.waitUntil(lambda: bool(opened.chat.told("fail")))
    assert opened.chat.told("fail")[0][0].code == "model-memory"


def test_an_engine_that_dies_in_mid_answer_leaves_a_calm_sentence_and_the_next_question_works(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    opened.chat.asked.emit("die now")
    qtbot.waitUntil(lambda: bool(opened.chat.told("fail")))
    assert opened.chat.told("fail")[0][0].code == "engine-died"
    opened.chat.asked.emit("And now?")
    qtbot.waitUntil(lambda: bool(opened.chat.told("finish")), timeout=10_000)
    assert notices(opened.window) == []


def test_an_engine_killed_while_it_reads_leaves_the_window_working(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window()
    drop(opened.window, str(tmp_path / "huge.pdf"))
    qtbot.waitUntil(lambda: "280" in line_of(opened.window, "huge"))
    with qtbot.waitSignals([opened.client.lost, opened.client.greeted], timeout=10_000):
        os.kill(opened.client.process_id, signal.SIGKILL)
    assert not opened.window.library_flow.is_studying


def test_an_engine_that_keeps_dying_gets_a_notice_with_a_button(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("stillborn", wait=False)
    qtbot.waitUntil(lambda: notices(opened.window) == ["engine-stopped"], timeout=20_000)
    assert opened.window.sidebar.status.whole_text == "Stopped"
    opened.window.notices.shown()[0].button.click()
    assert opened.window.sidebar.status.whole_text == "Starting…"
    qtbot.waitUntil(lambda: notices(opened.window) == ["engine-stopped"], timeout=20_000)


def test_a_citation_opens_its_page_beside_the_chat_and_escape_closes_it(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    opened.chat.asked.emit("What is a red-black tree?")
    qtbot.waitUntil(lambda: bool(opened.chat.told("finish")))
    citation = opened.chat.told("finish")[0][0].citations[0]
    opened.chat.citation_clicked.emit(citation)
    assert opened.page.isVisible()
    assert opened.page.told("show_waiting") == [("Data Structures: A Short Course", "12")]
    qtbot.waitUntil(lambda: bool(opened.page.told("show_page")))
    drawn, boxes, quote = opened.page.told("show_page")[0]
    assert (drawn.page, boxes, quote) == (12, citation.boxes, citation.quote)
    opened.page.page_wanted.emit(citation.document, 13, 2.0)
    qtbot.waitUntil(lambda: len(opened.page.told("show_page")) == 2)
    opened.window.escape()
    assert not opened.page.isVisible()


def test_a_citation_of_a_book_that_is_gone_is_told_in_the_page(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    opened.chat.asked.emit("What is a red-black tree?")
    qtbot.waitUntil(lambda: bool(opened.chat.told("finish")))
    citation = opened.chat.told("finish")[0][0].citations[0]
    opened.window.library_flow.remove(citation.document)
    qtbot.waitUntil(lambda: opened.window.library.find(citation.document) is None)
    opened.chat.citation_clicked.emit(citation)
    qtbot.waitUntil(lambda: bool(opened.page.told("fail")))
    notice = opened.page.told("fail")[0][0]
    assert (notice.sentence, notice.remedy) == ("This document is no longer in your library.", "Add it again to open its pages.")


# ---- looks ------------------------------------------------------------------------------------------------------------


def test_the_window_remembers_its_look_and_its_place(qtbot: QtBot, open_window: Open) -> None:
    first = open_window()
    first.window.resize(780, 560)
    next(action for action in first.window.sidebar.look_button.menu().actions() if action.text() == "Dark").trigger()
    assert first.window.theme == dark()
    first.window.close()
    second = open_window()
    assert second.window.theme == dark()
    assert (second.window.width(), second.window.height()) == (780, 560)
    second.window.choose_scheme("light")
    assert second.window.theme == light()


def test_a_long_name_of_a_model_does_not_widen_the_sidebar(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    qtbot.waitUntil(lambda: opened.window.sidebar.status.whole_text == "smollm2-135m-instruct")
    width = opened.window.sidebar.width()
    opened.window.sidebar.status.show_text("a-model-with-quite-a-long-name-that-goes-on-and-on-70b-instruct-q4_k_m")
    assert opened.window.sidebar.minimumSizeHint().width() <= width
    assert opened.window.sidebar.status.text().endswith("…")


def test_every_control_has_a_name_for_a_screen_reader(open_window: Open) -> None:
    opened = open_window("shelf")
    opened.window.models.dialog.show_models(())
    nameless = [
        button.objectName() or button.toolTip() or repr(button)
        for button in opened.window.findChildren(QToolButton) + opened.window.findChildren(QPushButton)
        if not (button.accessibleName() or button.text()) and not button.objectName().startswith("qt_")
    ]
    assert nameless == []

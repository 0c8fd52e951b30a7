"""What a question is asked of, and the conversations that keep it, in the window with a scripted engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.messages import GetState
from engine.values import Scope

Open = Callable[..., Any]


def test_a_chapter_can_be_chosen_and_is_what_the_question_is_asked_of(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("shelf")
    picker = opened.window.scope
    qtbot.mouseClick(picker, Qt.MouseButton.LeftButton)
    tree = picker.popover.tree
    book = tree.topLevelItem(2)
    book.setExpanded(True)
    qtbot.waitUntil(lambda: book.childCount() == 2)
    chapter = book.child(1).child(1)
    tree.itemClicked.emit(chapter, 0)
    document = opened.window.library.documents()[1].document
    assert picker.scopes == (Scope(document, 5),)
    assert picker.text() == "2.2  Red-black trees"
    opened.chat.asked.emit("What is a red-black tree?")
    qtbot.waitUntil(lambda: bool(opened.chat.told("finish")))
    assert opened.chat.told("finish")[0][0].citations[0].document == document


def test_a_conversation_comes_back_with_the_chapter_it_asked_and_a_new_one_asks_all_books(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("shelf")
    picker = opened.window.scope
    picker.choose_scopes((Scope(opened.window.library.documents()[1].document, 5),))
    qtbot.waitUntil(lambda: picker.text() == "2.2  Red-black trees")
    opened.chat.asked.emit("What is a red-black tree?")
    qtbot.waitUntil(lambda: opened.window.questions.conversation is not None)
    conversation = opened.window.questions.conversation
    opened.window.begin_new()
    assert (picker.scopes, picker.text()) == ((), "All books")
    opened.window.sidebar.conversations.open_wanted.emit(conversation)
    qtbot.waitUntil(lambda: picker.text() == "2.2  Red-black trees")


def test_what_one_book_did_not_answer_is_asked_of_all_books(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("shelf")
    opened.window.scope.choose_document(opened.window.library.documents()[1])
    opened.chat.asked.emit("refuse this")
    qtbot.waitUntil(lambda: bool(opened.chat.told("finish")))
    opened.chat.asked_of_all.emit("refuse this")
    assert opened.window.scope.text() == "All books"
    assert opened.chat.told("begin_question") == [("refuse this", True), ("refuse this", False)]
    qtbot.waitUntil(lambda: len(opened.chat.told("finish")) == 2)


def test_asking_only_one_book_from_its_menu_and_taking_it_back_when_it_is_removed(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("shelf")
    row = opened.window.library.rows()[1]
    menu = opened.window.sidebar.library.menu_for(row)
    next(action for action in menu.actions() if action.text() == "Ask only this book").trigger()
    assert opened.window.scope.scopes == (Scope(row.key),)
    opened.window.library_flow.remove(row.key)
    qtbot.waitUntil(lambda: opened.window.scope.scopes == ())
    menu.close()


def test_the_tree_of_scopes_can_be_filtered(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("shelf")
    opened.window.scope.open()
    popover = opened.window.scope.popover
    popover.filter.setText("middleware")
    shown = [popover.tree.topLevelItem(at).text(0) for at in range(popover.tree.topLevelItemCount()) if not popover.tree.topLevelItem(at).isHidden()]
    assert shown == ["Operating Systems and Middleware"]
    qtbot.keyClick(popover.filter, Qt.Key.Key_Return)
    assert opened.window.scope.text() == "Operating Systems and Middleware"


def test_conversations_survive_a_restart_and_can_be_opened_and_forgotten(qtbot: QtBot, open_window: Open) -> None:
    first = open_window()
    first.chat.asked.emit("What is a red-black tree?")
    qtbot.waitUntil(lambda: bool(first.window.sidebar.conversations.model.summaries()))
    first.window.close()
    second = open_window()
    panel = second.window.sidebar.conversations
    qtbot.waitUntil(lambda: bool(panel.model.summaries()))
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=panel.view.visualRect(panel.model.index(0)).center())
    qtbot.waitUntil(lambda: bool(second.chat.told("show_turns")))
    (turns,) = second.chat.told("show_turns")[0]
    assert turns[0].answer.question == "What is a red-black tree?"
    second.chat.citation_clicked.emit(turns[0].answer.citations[0])
    qtbot.waitUntil(lambda: bool(second.page.told("show_page")))
    second.window.confirming.forgetting("c1")
    second.press("Forget")
    qtbot.waitUntil(lambda: not panel.model.summaries())
    assert second.window.questions.conversation is None
    assert second.chat.told("clear")


def test_the_delete_key_offers_to_forget_the_conversation_that_was_clicked(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    window, panel = opened.window, opened.window.sidebar.conversations
    opened.chat.asked.emit("What is a red-black tree?")
    qtbot.waitUntil(lambda: bool(panel.model.summaries()))
    window.begin_new()
    window.activateWindow()
    qtbot.waitActive(window)
    where = panel.view.visualRect(panel.model.index(0)).center()
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.waitUntil(lambda: window.questions.conversation is not None)
    assert window.focusWidget() is panel.view
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    opened.press("Forget")
    qtbot.waitUntil(lambda: not panel.model.summaries())


def test_an_older_list_that_comes_late_is_not_shown(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("late")
    panel = opened.window.sidebar.conversations
    listed: list[object] = []
    opened.window.questions.listed.connect(listed.append)
    opened.chat.asked.emit("What is a red-black tree?")
    qtbot.waitUntil(lambda: bool(panel.model.summaries()))
    panel.view.setFocus()
    ended: list[object] = []
    opened.client.send(GetState(), None, ended.append)
    qtbot.waitUntil(lambda: bool(ended))  # the old list was sent before this
    assert len(listed) == 1
    assert opened.window.focusWidget() is panel.view


def test_forgetting_the_last_conversation_leaves_the_keyboard_on_a_button(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    panel = opened.window.sidebar.conversations
    opened.chat.asked.emit("What is a red-black tree?")
    qtbot.waitUntil(lambda: bool(panel.model.summaries()))
    opened.window.activateWindow()
    qtbot.waitActive(opened.window)
    panel.view.setFocus()
    panel.show_conversations((), None)
    assert opened.window.focusWidget() is panel.new_button


def test_the_pages_beside_an_answer_are_counted_as_in_the_library(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("busy")  # whose engine counts otherwise
    opened.chat.asked.emit("What is a red-black tree?")
    qtbot.waitUntil(lambda: bool(opened.chat.told("show_sources")))
    told = opened.chat.told("show_sources")[0][0]
    assert (told.pages_seen, told.pages_total) == opened.window.library.pages_seen() == (16, 16)


def test_a_new_conversation_stops_the_running_answer(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    opened.chat.asked.emit("wait for me")
    qtbot.waitUntil(lambda: bool(opened.chat.told("append_text")))
    opened.window.begin_new()
    assert opened.chat.calls[-1][0] in ("clear", "set_placeholder")
    said = len(opened.chat.told("append_text"))
    opened.chat.asked.emit("What is a tree?")
    qtbot.waitUntil(lambda: bool(opened.chat.told("finish")))
    assert len(opened.chat.told("append_text")) > said


def test_a_follow_up_goes_with_all_that_was_asked_in_the_open_conversation(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("shelf")

    def searched_for(question: str) -> str | None:
        answered = len(opened.chat.told("finish"))
        opened.chat.asked.emit(question)
        qtbot.waitUntil(lambda: len(opened.chat.told("finish")) > answered)
        said: str | None = opened.chat.told("finish")[-1][0].searched_for
        assert opened.chat.told("show_sources")[-1][0].searched_for == said
        return said

    assert searched_for("What is a red-black tree?") is None
    assert searched_for("And its height?") == "And its height? (What is a red-black tree?)"
    assert searched_for("its root?") == "its root? (What is a red-black tree? + And its height?)"
    conversation = opened.window.questions.conversation
    opened.window.begin_new()
    assert searched_for("its root?") is None
    opened.window.sidebar.conversations.open_wanted.emit(conversation)
    qtbot.waitUntil(lambda: bool(opened.chat.told("show_turns")))
    assert searched_for("its leaves?") == "its leaves? (What is a red-black tree? + And its height? + its root?)"


def test_a_question_that_was_stopped_is_gone_on_from_too(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("shelf")
    opened.chat.asked.emit("wait for a tree")
    qtbot.waitUntil(lambda: bool(opened.chat.told("append_text")))
    opened.chat.stop_pressed.emit()
    qtbot.waitUntil(lambda: bool(opened.chat.told("cancelled")))
    opened.chat.asked.emit("And its root?")
    qtbot.waitUntil(lambda: bool(opened.chat.told("finish")))
    assert opened.chat.told("finish")[-1][0].searched_for == "And its root? (wait for a tree)"

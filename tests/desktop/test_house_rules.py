"""The student's house rules in the window: answers of his own, instructions and templates."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.pair_editor import PairEditor
from desktop.pairs_dialog import PairsDialog
from engine.values import Answer, MatchedPair, Pair, PairId, Rules, Scope

Open = Callable[..., Any]
QUESTION = "What is the deadline of assignment 2?"
HOSTILE = '<img src="file:///etc/passwd"><b>bold</b>'


def write_pair(opened: Any, question: str, answer: str, wordings: str = "") -> PairEditor:
    """Write an answer of one's own, as a student does who opened the list."""
    opened.window.house_rules.pairs.add_button.click()
    editor: PairEditor = opened.window.house_rules.editor
    editor.question.setText(question)
    editor.answer.setPlainText(answer)
    editor.wordings.setPlainText(wordings)
    editor.keep_button.click()
    return editor


def lines(opened: Any) -> list[str]:
    shown = opened.window.house_rules.pairs.list
    return [shown.item(at).text() for at in range(shown.count())]


def test_an_answer_of_ones_own_is_written_changed_and_forgotten(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    opened.window.sidebar.library.pairs_wanted.emit()
    dialog = opened.window.house_rules.pairs
    assert dialog.nothing.isVisibleTo(dialog)
    assert not dialog.edit_button.isEnabled()
    write_pair(opened, QUESTION, "**Friday**, noon.", "When is assignment 2 due?\n\n")
    qtbot.waitUntil(lambda: lines(opened) == [f"{QUESTION}\n**Friday**, noon."])
    assert dialog.list.currentItem().data(Qt.ItemDataRole.UserRole).questions == (QUESTION, "When is assignment 2 due?")
    dialog.edit_button.click()
    editor = opened.window.house_rules.editor
    assert (editor.question.text(), editor.wordings.toPlainText()) == (QUESTION, "When is assignment 2 due?")
    editor.answer.setPlainText("**Monday**, noon.")
    editor.keep_button.click()
    qtbot.waitUntil(lambda: lines(opened) == [f"{QUESTION}\n**Monday**, noon."])
    dialog.forget_button.click()
    opened.press("Forget")
    qtbot.waitUntil(lambda: lines(opened) == [])
    dialog.close()


def test_what_can_not_be_kept_stays_written_and_says_why(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    opened.window.house_rules.show_pairs()
    editor = write_pair(opened, QUESTION, "unkeepable")
    qtbot.waitUntil(lambda: editor.trouble.isVisible())
    assert editor.trouble.text() == "An answer can have 20,000 characters at most. Make it shorter."
    assert editor.keep_button.isEnabled()
    assert editor.answer.toPlainText() == "unkeepable"
    editor.reject()
    opened.window.house_rules.pairs.close()


def test_answers_can_be_filtered_taken_from_a_file_and_written_into_one(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    opened = open_window()
    flow = opened.window.house_rules
    flow.show_pairs()
    for question in (QUESTION, "Where is the exam?"):
        write_pair(opened, question, "See the board.")
        qtbot.waitUntil(lambda question=question: any(question in line for line in lines(opened)))
    flow.pairs.filter.setText("exam")
    assert [flow.pairs.list.item(at).isHidden() for at in range(2)] == [True, False]
    with qtbot.waitSignal(flow.noticed) as told:
        flow.import_from(str(tmp_path / "answers.csv"))
    assert told.args[0].sentence == "3 answers came in, 1 were there already."
    with qtbot.waitSignal(flow.noticed) as told:
        flow.export_to("/mine/answers.csv")
    assert told.args[0].sentence == "2 of your own answers are in /mine/answers.csv."
    flow.pairs.close()


def test_an_answer_of_the_conversation_becomes_ones_own_for_the_collection_that_is_asked(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("shelf")
    key = opened.window.library.rows()[0].key
    opened.window.living.collect(key, "Term 3")
    qtbot.waitUntil(lambda: opened.window.library.collections() == ("Term 3",))
    qtbot.waitUntil(lambda: any(document.collections for document in opened.window.scope.documents))
    opened.window.scope.choose_scopes((Scope(collection="Term 3"),))
    opened.chat.keep_wanted.emit(Answer(QUESTION, False, "The books say noon.", (), (), (), None, "model"))
    editor = opened.window.house_rules.editor
    assert (editor.question.text(), editor.answer.toPlainText(), editor.collection.currentData()) == (QUESTION, "The books say noon.", "Term 3")
    with qtbot.waitSignal(editor.accepted):
        editor.keep_button.click()
    opened.chat.asked.emit(QUESTION)
    qtbot.waitUntil(lambda: bool(opened.chat.told("finish")))
    answer = opened.chat.told("finish")[0][0]
    assert (answer.origin, answer.answer, answer.pair.collection) == ("pair", "The books say noon.", "Term 3")
    opened.chat.pair_wanted.emit(answer.pair)
    qtbot.waitUntil(lambda: opened.window.house_rules.editor is not editor)
    opened.window.house_rules.editor.reject()
    opened.chat.asked_of_books.emit(QUESTION)
    qtbot.waitUntil(lambda: len(opened.chat.told("finish")) == 2)
    assert opened.chat.told("finish")[1][0].origin == "model"


def test_an_answer_that_was_forgotten_meanwhile_says_so(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    with qtbot.waitSignal(opened.window.house_rules.noticed) as told:
        opened.chat.pair_wanted.emit(MatchedPair(PairId("gone"), QUESTION, "exact"))
    assert told.args[0].code == "pair-gone"


def test_a_refused_follow_up_is_answered_from_an_empty_page_and_by_its_whole_question(open_window: Open) -> None:
    opened = open_window()
    refused = Answer("And of that?", True, "Your library does not speak of this.", (), (), (), None, "none", searched_for=QUESTION)
    opened.chat.keep_wanted.emit(refused)
    editor = opened.window.house_rules.editor
    assert (editor.question.text(), editor.answer.toPlainText()) == (QUESTION, "")
    assert not editor.keep_button.isEnabled()
    editor.reject()


def test_instructions_and_a_template_are_kept_for_a_collection_and_reset(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("shelf")
    opened.window.living.collect(opened.window.library.rows()[0].key, "Term 3")
    qtbot.waitUntil(lambda: opened.window.library.collections() == ("Term 3",))
    flow = opened.window.house_rules
    opened.window.sidebar.library.rules_wanted.emit("Term 3")
    qtbot.waitUntil(lambda: flow.rules is not None and flow.rules.isVisible())
    dialog = flow.rules
    assert dialog.where.currentData() == "Term 3"
    assert not dialog.template.isEnabled()
    assert "{passages}" in dialog.template.toPlainText()
    dialog.instructions.setPlainText("Answer in bullet points.")
    dialog.own_template.setChecked(True)
    dialog.template.setPlainText("{nothing}")
    dialog.keep_button.click()
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert dialog.trouble.text().startswith("{nothing} in the template stands for nothing.")
    dialog.template.setPlainText("{question} {passages}")
    dialog.keep_button.click()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    flow.show_rules()
    qtbot.waitUntil(dialog.isVisible)
    assert (dialog.where.currentData(), dialog.instructions.toPlainText()) == (None, "")
    dialog.where.setCurrentIndex(1)
    assert (dialog.instructions.toPlainText(), dialog.template.toPlainText()) == ("Answer in bullet points.", "{question} {passages}")
    kept: list[Rules] = []
    dialog.kept.connect(kept.append)
    dialog.reset_button.click()
    dialog.keep_button.click()
    assert kept == [Rules("Term 3", "", "")]
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_the_menus_lead_to_the_dialogs(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    panel = opened.window.sidebar.library
    actions = {action.text(): action for action in panel.add_button.menu().actions()}
    with qtbot.waitSignal(panel.pairs_wanted):
        actions["Your own answers…"].trigger()
    with qtbot.waitSignal(panel.rules_wanted) as wanted:
        actions["How to answer…"].trigger()
    assert wanted.args == [None]
    opened.window.house_rules.pairs.close()


def test_names_and_keys_are_there_for_everybody(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog, editor = PairsDialog(parent), PairEditor(parent, Pair(PairId("p"), (HOSTILE,), HOSTILE, HOSTILE), ("exam",))
    dialog.show_pairs([Pair(PairId("p"), (HOSTILE,), HOSTILE)], PairId("p"))
    named = [editor.question, editor.wordings, editor.answer, editor.collection, dialog.list, dialog.filter]
    assert all(widget.accessibleName() for widget in named)
    assert QAccessible.queryAccessibleInterface(editor.answer).text(QAccessible.Text.Name) == "Answer (Markdown)"
    assert editor.answer.tabChangesFocus()
    assert editor.collection.currentData() == HOSTILE
    assert [label.buddy() for label in editor.findChildren(QLabel) if "&" in label.text()] == named[:4]
    with qtbot.waitSignal(dialog.forget_wanted):
        dialog.list.actions()[0].trigger()
    assert dialog.list.actions()[0].shortcut() == QKeySequence(Qt.Key.Key_Delete)
    assert not [button for button in dialog.findChildren(QPushButton) if button.autoDefault()]


@pytest.mark.usefixtures("chinese")
def test_the_dialogs_speak_chinese(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert PairsDialog(parent).windowTitle() == "我的答案"

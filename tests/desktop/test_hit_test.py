"""The hit test in the window: what is tested of what, how it is shown, and what a double click opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.hit_test_dialog import PASSAGE, ConfidenceBar, HitTestDialog
from engine import messages as m
from engine import values as v

Open = Callable[..., Any]


def after_testing(opened: Any, qtbot: QtBot, question: str) -> HitTestDialog:
    """The dialog after a test of this question, asked as a student does."""
    opened.window.sidebar.library.hit_test_wanted.emit()
    dialog: HitTestDialog = opened.window.hit_test.dialog
    dialog.question.setText(question)
    qtbot.keyClick(dialog.question, Qt.Key.Key_Return)
    assert not dialog.button.isEnabled()
    qtbot.waitUntil(dialog.button.isEnabled)
    return dialog


def test_a_test_shows_ranks_scores_and_where_the_threshold_lies(qtbot: QtBot, open_window: Open) -> None:
    dialog = after_testing(open_window(), qtbot, "What is a red-black tree?")
    assert dialog.understood.text() == "Asks about: red-black tree · language: English · meaning takes part"
    assert "tree (48)" in dialog.words.text()
    assert "of 1580" in dialog.words.text().replace(",", "")
    first = dialog.table.topLevelItem(0)
    assert first is not None
    assert [first.text(at) for at in (0, 2, 3, 4)] == ["1", "1  (0.61)", "1  (7.25)", "–"]
    assert "p. 12" in first.text(1)
    assert dialog.verdict.text() == "Enough to answer (confidence 0.93, threshold 0.50)"
    assert (dialog.bar.confidence, dialog.bar.threshold) == (0.93, 0.5)
    assert dialog.features.text() == "against any question -7.30 · words covered +2.75 · new one +0.25; together -4.30, enough from 0 on"


def test_what_is_not_enough_is_said(qtbot: QtBot, open_window: Open) -> None:
    dialog = after_testing(open_window(), qtbot, "please refuse")
    assert dialog.table.topLevelItemCount() == 0
    assert dialog.verdict.text().startswith("Not enough")


def test_what_can_not_be_tested_says_why(qtbot: QtBot, open_window: Open) -> None:
    dialog = after_testing(open_window(), qtbot, "fail")
    assert dialog.verdict.text() == "There is no question. Type one."
    assert not dialog.bar.isVisible()


def test_an_empty_question_is_not_sent(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    opened.window.hit_test.open()
    dialog = opened.window.hit_test.dialog
    dialog.question.setText("  ")
    with qtbot.assertNotEmitted(dialog.test_wanted):
        dialog.button.click()
    assert dialog.button.isEnabled()


def test_a_passage_opens_its_page_beside_the_test(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    dialog = after_testing(opened, qtbot, "What is a red-black tree?")
    item = dialog.table.topLevelItem(1)
    assert item is not None
    dialog.table.itemActivated.emit(item, 0)
    qtbot.waitUntil(lambda: bool(opened.page.told("show_page")))
    assert opened.page.told("show_page")[0][0].page == item.data(0, PASSAGE).page
    assert dialog.isVisible()
    assert not dialog.isModal()


def test_the_test_is_of_what_questions_are_asked_of(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window("shelf")
    last = opened.window.library.rows()[-1].document
    opened.window.scope.choose_document(last)
    dialog = after_testing(opened, qtbot, "tree")
    item = dialog.table.topLevelItem(0)
    assert item is not None
    assert item.data(0, PASSAGE).document == last.document


def test_a_ranking_that_the_window_does_not_know_has_a_column_too(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QWidget

    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = HitTestDialog(parent)
    passage = v.Passage(1, v.DocumentId("ab" * 32), "notes.md", "Notes", None, None, ("Heaps",), "A heap.", 0.5, (), v.Place("section", 2, 2))
    one = v.PassageTested(passage, {"reranked": 3}, {"reranked": 0.25})
    dialog.show_tested(m.HitTested("heap?", "What is a heap?", ("heap", "stack"), "heap", (), 9, "en", False, True, 0.8, 0.5, (), (one,), 0.01))
    head = dialog.table.headerItem()
    names = [head.text(at) for at in range(head.columnCount())]
    assert names[-2] == "reranked"
    row = dialog.table.topLevelItem(0)
    assert row is not None
    assert row.text(names.index("reranked")) == "3  (0.25)"
    assert "Heaps" in row.text(1)
    for said in ("What is a heap?", "heap | stack", "meaning takes no part"):
        assert said in dialog.understood.text()


@pytest.mark.parametrize("confidence", [0.0, 0.4, 1.0])
def test_the_bar_is_painted_at_any_confidence(qtbot: QtBot, confidence: float) -> None:
    bar = ConfidenceBar()
    qtbot.addWidget(bar)
    bar.resize(200, bar.height())
    bar.show_confidence(confidence, 0.5)
    assert not bar.grab().isNull()

"""The conversation from question to proven answer."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QToolButton
from pytestqt.qtbot import QtBot

from desktop.chat.view import ChatView
from desktop.theme import dark, light
from engine.messages import PassagesFound
from engine.trouble import Notice
from engine.values import Answer, DocumentId, Scope, Sentence, Turn

Make = Callable[..., Answer]
ROOT = Path(__file__).resolve().parents[3]


def test_sources_show_before_the_first_word(view: ChatView, found: PassagesFound, qtbot: QtBot) -> None:
    view.begin_question("What is a red-black tree?")
    view.show_sources(found)
    card = view.exchanges[0].card
    assert card.sources_fold.text() == "Reading 3 passages from 2 documents; 120 of 400 pages could be searched when you asked"
    chips = card.chips.chips()
    qtbot.waitUntil(chips[1].isVisible)
    assert [chip.accessibleName() for chip in chips][:1] == ["Source: Data Structures · p. 27 · Balanced trees"]
    assert all(chip.isVisibleTo(view) for chip in chips)
    assert "p. 289" in chips[2].text()
    assert "&&" in chips[2].text()  # a single one would underline a letter
    with qtbot.waitSignal(view.passage_clicked) as clicked:
        qtbot.mouseClick(chips[1], Qt.MouseButton.LeftButton)
    assert clicked.args == [found.passages[1]]


def test_what_a_follow_up_was_taken_to_mean_is_said_quietly(view: ChatView, found: PassagesFound, make_answer: Make) -> None:
    view.begin_question("And its worst case?")
    card = view.exchanges[0].card
    assert card.searched_for.isHidden()
    view.show_sources(structs.replace(found, searched_for="worst case of\nquicksort"))
    assert card.searched_for.text() == "Searched for: worst case of quicksort"
    assert not card.searched_for.isHidden()
    view.finish(make_answer(searched_for="worst case of quicksort"))
    assert not card.searched_for.isHidden()
    view.begin_question("What is a heap?")
    view.finish(make_answer())
    assert view.exchanges[1].card.searched_for.isHidden()


def test_the_state_shows_how_far_it_is_and_goes_with_the_first_word(view: ChatView, qtbot: QtBot) -> None:
    view.begin_question("Why?")
    card = view.exchanges[0].card
    qtbot.waitUntil(view.exchanges[0].isVisible)
    view.show_state("Reading the passages…", 300, 900)
    assert card.state.text() == "Reading the passages…"
    assert card.bar.isVisibleTo(view)
    assert card.bar.share == 300 / 900
    view.show_state("Loading the model…")
    assert card.bar.share is None
    view.append_text("A")
    assert not card.state.isVisibleTo(view)
    assert not card.bar.isVisibleTo(view)


def test_the_proven_answer_takes_the_place_of_the_streamed_one(view: ChatView, make_answer: Make, qtbot: QtBot) -> None:
    view.begin_question("Why?")
    view.append_text("A red-black tree is balanced. It was invented in 1830.")
    assert view.composer.button.accessibleName() == "Stop the answer"
    view.finish(make_answer())
    card = view.exchanges[0].card
    assert "1830" not in card.text.toPlainText()
    assert len(card.text.marks) == 3
    assert view.composer.button.accessibleName() == "Ask (Enter)"
    assert card.left_out_fold.text() == "1 sentence was left out because no passage bears it"
    assert not card.left_out.isVisibleTo(view)
    qtbot.waitUntil(card.isVisible)
    card.left_out_fold.click()
    assert card.left_out.text() == "– It was invented in 1830."
    assert card.left_out.isVisibleTo(view)
    assert [row.accessibleName() for row in card.citations.rows] == ["Citation 1: Data Structures, p. 27", "Citation 2: Data Structures, p. 29"]
    assert card.citations.rows[0].accessibleDescription() == "“A red-black tree is a balanced tree.”"


def test_marks_and_rows_open_the_citation(view: ChatView, make_answer: Make, qtbot: QtBot) -> None:
    answer = make_answer()
    view.show_turns([Turn(0.0, (), answer)])
    card = view.exchanges[0].card
    with qtbot.waitSignal(view.citation_clicked) as clicked:
        card.text.citation_pressed.emit(2)
    assert clicked.args == [answer.citations[1]]
    card.citations.rows[0].setFocus()
    with qtbot.waitSignal(view.citation_clicked) as clicked:
        qtbot.keyClick(card.citations.rows[0], Qt.Key.Key_Space)
    assert clicked.args == [answer.citations[0]]


def test_a_mark_without_citation_leads_nowhere(view: ChatView, make_answer: Make, qtbot: QtBot) -> None:
    view.show_turns([Turn(0.0, (), make_answer(sentences=(Sentence("A red-black tree is balanced.", "supported", (9,)),)))])
    with qtbot.assertNotEmitted(view.citation_clicked):
        view.exchanges[0].card.text.citation_pressed.emit(9)


def test_general_knowledge_and_the_note_are_said(view: ChatView, make_answer: Make) -> None:
    note = "The model is loading, so this answer is quoted from your books."
    said = (Sentence("A red-black tree is balanced.", "supported", (1,)), Sentence("It is lovely.", "general"))
    view.show_turns([Turn(0.0, (), make_answer(note=note, sentences=said))])
    card = view.exchanges[0].card
    assert card.note.text().startswith(note)
    assert "general knowledge" in card.note.text()
    assert not card.beyond.isVisibleTo(view)
    view.show_turns([Turn(0.0, (), make_answer())])
    assert not view.exchanges[0].card.note.isVisibleTo(view)


def test_an_answer_of_the_model_alone_says_so_above_it(view: ChatView, make_answer: Make) -> None:
    view.show_turns([Turn(0.0, (), make_answer(sentences=(Sentence("Ulaanbaatar is the capital.", "general"),), citations=()))])
    card = view.exchanges[0].card
    assert card.beyond.isVisibleTo(view)
    assert "not from your documents" in card.beyond.text()
    assert card.sources_fold.text().startswith("Nearest")


def test_a_refused_question_can_be_given_to_the_model_alone(view: ChatView, make_answer: Make, qtbot: QtBot) -> None:
    view.begin_question("What is the capital of Mongolia?")
    view.finish(make_answer(refused=True, answer="Not there.", sentences=(), citations=(), model=None, origin="none"))
    with qtbot.waitSignal(view.asked_of_model) as asked:
        view.exchanges[-1].card.ask_model_button.click()
    assert asked.args == ["What is the capital of Mongolia?"]


def test_a_greeting_is_no_refusal_to_look_at(view: ChatView, make_answer: Make) -> None:
    view.begin_question("hello")
    view.finish(make_answer(refused=True, answer="Hello! Ask me.", sentences=(), citations=(), passages=(), model=None, origin="greeting"))
    card = view.exchanges[-1].card
    assert card.sentence.text() == "Hello! Ask me."
    assert not card.remedy.isVisibleTo(view)
    assert not card.keep_button.isVisibleTo(view)
    assert not card.ask_model_button.isVisibleTo(view)


def test_a_refusal_is_honest_and_shows_what_is_nearest(view: ChatView, make_answer: Make, qtbot: QtBot) -> None:
    view.begin_question("How do I bake bread?")
    view.finish(make_answer(refused=True, answer="None of your documents says anything about this.", sentences=(), citations=(), model=None, origin="none"))
    card = view.exchanges[0].card
    assert card.sentence.text() == "Not in your library"
    assert card.remedy.text() == "None of your documents says anything about this."
    assert card.sources_fold.text() == "Nearest: 3 passages from 2 documents"
    qtbot.waitUntil(lambda: all(chip.isVisible() for chip in card.chips.chips()))
    assert not card.copy_button.isVisibleTo(view)
    assert card.text.toPlainText() == ""


def test_a_refusal_for_a_part_of_the_library_says_so_and_offers_to_ask_all_of_it(view: ChatView, make_answer: Make, qtbot: QtBot) -> None:
    refused = make_answer(refused=True, origin="none", answer="This chapter says nothing about it.", sentences=(), citations=())
    view.begin_question("What is a heap?", True)
    view.finish(refused)
    card = view.exchanges[0].card
    assert card.sentence.text() == "Not in the part that you asked"
    with qtbot.waitSignal(view.asked_of_all) as asked:
        card.ask_all_button.click()
    assert asked.args == ["What is a heap?"]
    view.show_turns((Turn(1.0, (Scope(DocumentId("a" * 64)),), refused), Turn(2.0, (), refused)))
    narrow, whole = (exchange.card for exchange in view.exchanges)
    assert not narrow.ask_all_button.isHidden()
    assert (whole.sentence.text(), whole.ask_all_button.isHidden()) == ("Not in your library", True)


def test_trouble_says_what_to_do_and_what_was_written_is_not_taken_for_proven(view: ChatView) -> None:
    view.begin_question("Why?")
    view.append_text("It is so")
    view.fail(Notice("child-died", "The model stopped unexpectedly.", "Ask again."))
    card = view.exchanges[0].card
    assert (card.sentence.text(), card.remedy.text()) == ("The model stopped unexpectedly.", "Ask again.")
    assert "has not been checked" in card.note.text()
    assert card.text.toPlainText() == "It is so"
    assert view.composer.button.accessibleName() == "Ask (Enter)"


def colours(view: ChatView) -> set[str]:
    """The colours in which the words of the first answer stand."""
    found: set[str] = set()
    block = view.exchanges[0].card.text.document().begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            found.add(pieces.fragment().charFormat().foreground().color().name())
            pieces += 1
        block = block.next()
    return found


def test_what_is_not_proven_yet_is_muted_and_says_so_until_the_proven_answer_replaces_it(view: ChatView, make_answer: Make) -> None:
    view.begin_question("What is a red-black tree?")
    card = view.exchanges[0].card
    assert card.provisional.isHidden()
    view.append_text("A **red-black tree** is balanced.\n\n```python\nx = 'red'\n```\n")
    card.stream.flush()
    assert not card.provisional.isHidden()
    assert card.provisional.text() == "Being written. Each sentence is checked against your books before it counts."
    assert colours(view) == {light().text_muted}
    view.set_theme(dark())
    assert colours(view) == {dark().text_muted}
    view.finish(make_answer())
    assert card.provisional.isHidden()
    assert dark().text in colours(view)


def test_what_was_written_when_it_stopped_stays_muted_and_is_marked_as_not_checked(view: ChatView) -> None:
    view.begin_question("Why?")
    view.append_text("Because **so**.")
    view.cancelled()
    card = view.exchanges[0].card
    assert not card.provisional.isHidden()
    assert card.provisional.text() == "Not checked"
    view.set_theme(dark())
    assert colours(view) == {dark().text_muted}


def test_a_stopped_answer_says_so(view: ChatView) -> None:
    view.begin_question("Why?")
    view.cancelled()
    assert view.exchanges[0].card.state.text() == "Stopped."
    view.begin_question("Why?")
    view.append_text("Because")
    view.cancelled()
    assert view.exchanges[1].card.note.text() == "Stopped. What was written so far has not been checked against your library."


def test_what_comes_after_the_end_is_ignored(view: ChatView, make_answer: Make, found: PassagesFound) -> None:
    view.begin_question("Why?")
    view.clear()
    view.append_text("late")
    view.show_sources(found)
    view.show_state("late")
    view.finish(make_answer())
    view.fail(Notice("x", "late", ""))
    view.cancelled()
    assert view.exchanges == ()


def test_copying_an_answer_by_button_and_by_keyboard(view: ChatView, make_answer: Make, qtbot: QtBot) -> None:
    view.show_turns([Turn(0.0, (), make_answer())])
    card = view.exchanges[0].card
    card.copy_markdown_button.click()
    assert QGuiApplication.clipboard().text().startswith("A **red-black tree** is balanced. [1]")
    card.text.setFocus()
    qtbot.keyClick(card.text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text().startswith("A red-black tree is balanced. [1]")


def test_a_link_is_opened_only_after_a_question_that_shows_its_address(view: ChatView, qtbot: QtBot) -> None:
    view.begin_question("Why?")
    card = view.exchanges[0].card
    card.link_pressed.emit("https://example.org/?q=secret")
    box = view.findChild(QMessageBox, "openLink")
    assert box is not None
    assert box.informativeText() == "https://example.org/?q=secret"
    assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)
    box.reject()
    qtbot.waitUntil(lambda: view.findChild(QMessageBox, "openLink") is None)
    card.link_pressed.emit("javascript:alert(1)")
    card.link_pressed.emit("http://plain.example")
    assert view.findChild(QMessageBox, "openLink") is None


def test_a_clicked_suggestion_leaves_the_keyboard_in_the_composer(view: ChatView, qtbot: QtBot) -> None:
    view.asked.connect(view.begin_question)
    view.set_suggestions(("What is a stack?",))
    button = view.placeholder.suggestions[0]
    qtbot.waitUntil(button.isVisible)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert view.focusWidget() is view.composer.edit


def test_an_empty_conversation_invites(view: ChatView, make_answer: Make) -> None:
    view.set_placeholder("Ask your library", "Every claim comes with its page.")
    assert view.placeholder.isVisible()
    assert view.placeholder.title.text() == "Ask your library"
    view.begin_question("Why?")
    assert not view.placeholder.isVisible()
    view.clear()
    assert view.placeholder.isVisible()


def test_the_composer_asks_and_stops(view: ChatView, qtbot: QtBot) -> None:
    scope = QToolButton()
    view.set_scope_widget(scope)
    qtbot.waitUntil(scope.isVisible)
    qtbot.keyClicks(view.composer.edit, "Why?")
    with qtbot.waitSignal(view.asked) as asked:
        qtbot.keyClick(view.composer.edit, Qt.Key.Key_Return)
    assert asked.args == ["Why?"]
    view.begin_question("Why?")
    with qtbot.waitSignal(view.stop_pressed):
        view.composer.button.click()


def test_a_question_is_text_even_if_it_looks_like_html(view: ChatView) -> None:
    view.begin_question("<b>bold</b> & <img src=x>")
    assert view.exchanges[0].question.textFormat() == Qt.TextFormat.PlainText


def test_dark_and_light_can_change_in_the_middle_of_an_answer(view: ChatView, make_answer: Make, found: PassagesFound) -> None:
    view.show_turns([Turn(0.0, (), make_answer())])
    view.begin_question("Why?")
    view.show_sources(found)
    view.append_text("First.\n\nSecond")
    view.exchanges[1].card.stream.flush()
    view.set_theme(dark())
    assert view.exchanges[1].card.text.toPlainText() == "First.\nSecond"
    assert len(view.exchanges[0].card.text.marks) == 3
    view.finish(make_answer())
    assert len(view.exchanges[1].card.text.marks) == 3


def test_tab_walks_through_the_whole_answer(view: ChatView, make_answer: Make, qtbot: QtBot) -> None:
    view.show_turns([Turn(0.0, (), make_answer())])
    card = view.exchanges[0].card
    card.sources_fold.setFocus()
    seen = []
    for _ in range(12):
        focused = QGuiApplication.focusObject()
        seen.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert card.text in seen
    assert card.citations.rows[0] in seen
    assert card.citations.rows[1] in seen
    assert card.copy_button in seen


def test_a_screen_reader_is_told_what_things_are(view: ChatView, make_answer: Make, found: PassagesFound) -> None:
    view.show_turns([Turn(0.0, (), make_answer())])
    card = view.exchanges[0].card
    row = QAccessible.queryAccessibleInterface(card.citations.rows[0])
    assert row.role() == QAccessible.Role.Button
    assert row.text(QAccessible.Text.Name) == "Citation 1: Data Structures, p. 27"
    for widget in (card.text, card.copy_button, card.copy_markdown_button, view.composer.edit, view.composer.button, view.transcript.latest_button):
        assert widget.accessibleName()


def test_a_long_address_is_shown_whole(view: ChatView, qtbot: QtBot) -> None:
    address = "https://example.org/?q=" + "x" * 200
    view.begin_question("Why?")
    view.exchanges[0].card.link_pressed.emit(address)
    box = view.findChild(QMessageBox, "openLink")
    assert box is not None
    assert box.informativeText().replace("\n", "") == address
    box.reject()
    qtbot.waitUntil(lambda: view.findChild(QMessageBox, "openLink") is None)


def test_markdown_and_colours_are_loaded_only_with_the_first_answer() -> None:
    heavy = "markdown_it", "pygments", "numpy", "pymupdf", "torch", "llama_cpp", "hnswlib"
    code = f"import sys, desktop.chat.view, desktop.page_view; print([name for name in {heavy!r} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert said.stdout.strip() == "[]"


def test_a_question_stands_in_a_bubble_that_fits_it(view: ChatView, qtbot: QtBot) -> None:
    view.resize(480, 700)
    questions = ["Why?", "Explain heaps", "What is a B-tree?", "红黑树是什么？", "How many?"]
    for question in questions:
        view.begin_question(question)
        view.cancelled()
    bubbles = [exchange.question for exchange in view.exchanges]
    qtbot.waitUntil(lambda: all(bubble.isVisible() and bubble.height() < 2 * bubble.fontMetrics().lineSpacing() + 16 for bubble in bubbles))
    view.begin_question("A long question " * 20)
    long = view.exchanges[-1].question
    qtbot.waitUntil(lambda: long.height() > 5 * long.fontMetrics().lineSpacing())
    assert long.width() <= 0.81 * view.exchanges[-1].width()


def test_quoted_text_is_shown_as_it_stands(view: ChatView, make_answer: Make) -> None:
    quoted = "The cost is *not* a_i but $a_{i+1}$, see \\(O(n)\\) and <b>arr[0]</b>."
    second = "# 3. An edge (u, v) is a `pair`."
    sentences = (Sentence(quoted, "supported", (1,)), Sentence(second, "supported", (2,)))
    answer = make_answer(answer=f"{quoted}\n\n{second}", sentences=sentences, model=None, origin="passages")
    view.begin_question(answer.question)
    view.finish(answer)
    card = view.exchanges[0].card
    card.text.selectAll()
    assert card.text.selected_text() == f"{quoted} [1]\n{second} [2]"
    assert card.cost.text() == "Quoted from your library"
    view.set_theme(dark())
    card.text.selectAll()
    assert card.text.selected_text() == f"{quoted} [1]\n{second} [2]"


def test_the_footer_names_the_model_and_its_tool_tip_has_the_figures(view: ChatView, make_answer: Make) -> None:
    view.begin_question("What is a red-black tree?")
    view.finish(make_answer(model="smollm2-135m-instruct-q4_1"))
    cost = view.exchanges[0].card.cost
    assert cost.accessibleName() == "smollm2-135m-instruct-q4_1"
    assert "1.2 s to the first word · 180 tokens at 35/s" in cost.toolTip()

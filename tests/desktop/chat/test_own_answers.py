"""An answer of the student's own in the conversation: never taken for the books', and changed or asked anew from where it stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.chat.copying import as_markdown, words_as_markdown
from desktop.chat.view import ChatView
from desktop.theme import dark
from engine.values import Answer, MatchedPair, PairId, Sentence, Turn

MATCHED = MatchedPair(PairId("p"), "What is the deadline of assignment 2?", "near", "Term 3")
HOSTILE = "**Friday**, noon. <b>bold</b> ![picture](https://example.org/x.png)"


def own_answer(make_answer: Callable[..., Answer], text: str = "**Friday**, noon.", pair: MatchedPair = MATCHED) -> Answer:
    return make_answer(
        question="When is assignment 2 due?",
        answer=text,
        sentences=(Sentence(text, "general"),),
        citations=(),
        passages=(),
        model=None,
        origin="pair",
        pair=pair,
    )


def test_it_says_whose_answer_it_is_and_leads_to_the_books_and_to_changing_it(view: ChatView, make_answer: Callable[..., Answer], qtbot: QtBot) -> None:
    view.begin_question("When is assignment 2 due?")
    view.finish(own_answer(make_answer))
    card = view.exchanges[0].card
    qtbot.waitUntil(card.own.isVisible)
    assert card.own.said.text() == "Your own answer to: “What is the deadline of assignment 2?” (Term 3)"
    assert card.text.toPlainText().strip() == "Friday, noon."
    assert not card.note.isVisibleTo(view)
    assert not card.keep_button.isVisibleTo(view)
    assert (card.cost.text(), card.citations.isVisibleTo(view)) == ("Your own answer", False)
    with qtbot.waitSignal(view.asked_of_books) as asked:
        card.own.books_button.click()
    assert asked.args == ["When is assignment 2 due?"]
    with qtbot.waitSignal(view.pair_wanted) as wanted:
        card.own.edit_button.click()
    assert wanted.args == [MATCHED]
    card.set_theme(dark())
    assert card.text.toPlainText().strip() == "Friday, noon."
    assert as_markdown(own_answer(make_answer)) == "**Friday**, noon."


def test_its_words_are_as_little_trusted_as_any(view: ChatView, make_answer: Callable[..., Answer]) -> None:
    view.show_turns([Turn(0.0, (), own_answer(make_answer, HOSTILE, MatchedPair(PairId("p"), "<i>x</i>", "exact")))])
    card = view.exchanges[0].card
    assert "<i>x</i>" in card.own.said.text()
    assert "<b>bold</b>" in card.text.toPlainText()
    assert "example.org/x.png" not in card.text.toHtml().split("<body")[0]


def test_any_other_answer_can_become_ones_own(view: ChatView, make_answer: Callable[..., Answer], qtbot: QtBot) -> None:
    refused = make_answer(refused=True, answer="Not there.", sentences=(), citations=(), model=None, origin="none")
    for answer, says in ((make_answer(), "Keep as my answer…"), (refused, "Answer it myself…")):
        view.begin_question("Why?")
        view.finish(answer)
        card = view.exchanges[-1].card
        qtbot.waitUntil(card.isVisible)
        assert not card.own.isVisibleTo(view)
        assert (card.keep_button.text(), card.keep_button.isVisibleTo(view)) == (says, True)
        assert isinstance(card.keep_button, QPushButton)
        assert card.keep_button.accessibleName()
        with qtbot.waitSignal(view.keep_wanted) as wanted:
            card.keep_button.click()
        assert wanted.args == [answer]


def test_quoted_words_keep_their_signs_when_they_become_markdown(make_answer: Callable[..., Answer]) -> None:
    assert words_as_markdown(make_answer(origin="passages", answer="Use *p and a_b_c.\n\n2. Second")) == "Use \\*p and a\\_b\\_c.\n\n2\\. Second"
    assert words_as_markdown(make_answer()) == make_answer().answer

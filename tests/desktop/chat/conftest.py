"""An answer with everything in it, for the tests of the conversation."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from desktop.chat.view import ChatView
from desktop.theme import Theme, light
from engine.messages import PassagesFound
from engine.values import Answer, Citation, DocumentId, Passage, Sentence, Timings

BOOK = DocumentId("a" * 64)


@pytest.fixture
def theme() -> Theme:
    """The light theme."""
    return light()


@pytest.fixture
def passages() -> tuple[Passage, ...]:
    """Two passages of one book and one of another."""

    def passage(rank: int, document: str, title: str, page: int) -> Passage:
        return Passage(
            rank=rank,
            document=DocumentId(document),
            path="/books/a.pdf",
            title=title,
            page=page,
            page_label=str(page - 12),
            section=("Trees", "Balanced trees"),
            text="A red-black tree is a binary search tree.",
            score=0.5,
            boxes=((page, 72.0, 100.0, 300.0, 112.0),),
        )

    return (passage(1, BOOK, "Data Structures", 39), passage(2, BOOK, "Data Structures", 41), passage(3, "b" * 64, "Operating Systems & You", 301))


@pytest.fixture
def found(passages: tuple[Passage, ...]) -> PassagesFound:
    """The passages, while a part of the library is not indexed yet."""
    return PassagesFound(passages, answerable=True, confidence=0.8, pages_seen=120, pages_total=400)


@pytest.fixture
def make_answer(passages: tuple[Passage, ...]) -> Callable[..., Answer]:
    """An answer with any of its fields replaced."""

    def citation(number: int, page: int, quote: str) -> Citation:
        return Citation(number, BOOK, "/books/a.pdf", "Data Structures", page, str(page - 12), quote, ((page, 72.0, 100.0, 300.0, 112.0),))

    def make(**changes: object) -> Answer:
        fields: dict[str, object] = {
            "question": "What is a red-black tree?",
            "refused": False,
            "answer": "A **red-black tree** is balanced. Its height is at most `2 lg(n + 1)`.",
            "sentences": (
                Sentence("A red-black tree is balanced.", "supported", (1,)),
                Sentence("Its height is at most `2 lg(n + 1)`.", "supported", (1, 2)),
                Sentence("It was invented in 1830.", "unsupported"),
            ),
            "citations": (citation(1, 39, "A red-black tree is\na balanced tree."), citation(2, 41, "height at most 2 lg(n + 1)")),
            "passages": passages,
            "model": "SmolLM2-135M",
            "origin": "model",
            "timings": Timings(seconds_to_first_token=1.23, tokens_answer=180, tokens_per_second=35.2),
        }
        return Answer(**{**fields, **changes})  # type: ignore[arg-type]

    return make


@pytest.fixture
def view(qtbot: QtBot) -> ChatView:
    """A conversation that is shown."""
    chat = ChatView()
    qtbot.addWidget(chat)
    chat.resize(900, 700)
    chat.show()
    qtbot.waitExposed(chat)
    return chat

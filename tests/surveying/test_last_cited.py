"""What a conversation spoke of: a long answer without a named book goes on with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.conversations import Conversations
from engine.living.study_database import open_study_database
from engine.values import Answer, Citation, DocumentId

from .conftest import AddBook, OpenDesk


@pytest.fixture
def conversations(tmp_path: Path) -> Iterator[Conversations]:
    """The conversations of an empty home."""
    database = open_study_database(tmp_path / "study.db", writable=True)
    yield Conversations(database)
    database.close()


def answer_citing(*documents: str) -> Answer:
    citations = tuple(Citation(number, DocumentId(document), "/a.pdf", "A", 1, "1", "A quote.", ()) for number, document in enumerate(documents, 1))
    return Answer("What is a stack?", False, "A stack.", (), citations, (), None, "passages")


def test_the_last_answer_that_cites_says_what_a_conversation_speaks_of(conversations: Conversations) -> None:
    conversation = conversations.add_turn(None, (), answer_citing("first"))
    assert conversation is not None
    assert conversations.last_cited(conversation) == "first"
    conversations.add_turn(conversation, (), answer_citing("second", "first"))
    conversations.add_turn(conversation, (), answer_citing())
    assert conversations.last_cited(conversation) == "second"


def test_of_several_books_it_is_the_one_that_was_cited(add_book: AddBook, desk: OpenDesk) -> None:
    add_book()
    second = add_book(title="Another Book", name="baker.pdf")
    plan = desk().surveyor.plan("summarise chapter 1", (), (), second)
    assert plan is not None
    assert plan.document.document == second  # type: ignore[union-attr]

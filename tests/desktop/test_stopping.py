"""What is said before the reading of a book is stopped."""

from __future__ import annotations

import pytest

from desktop.library_model import LibraryModel
from desktop.stopping import what_is_lost
from engine.messages import Accepted, Progressed, Searchable
from engine.values import Document, DocumentId

BOOK = DocumentId("a" * 64)


@pytest.fixture
def library(qapp: object) -> LibraryModel:
    """A library in which one book is being read."""
    model = LibraryModel()
    model.accept(7, Accepted("/a.pdf", Document(BOOK, "Algorithms", "/a.pdf", "reading", pages=861)))
    return model


def lost(library: LibraryModel) -> str:
    row = library.find(BOOK)
    assert row is not None
    return what_is_lost(row)


def test_pages_that_were_read_are_lost_until_all_of_the_book_is_read(library: LibraryModel) -> None:
    assert "leaves your library" in lost(library)
    library.advance(7, Progressed(BOOK, "reading", 280, 861, "pages", 50.0, 4.0))
    assert lost(library).startswith("280 of 861 pages are read and can be searched already. Stopping throws them away")
    library.mark_searchable(7, Searchable("/a.pdf", BOOK))
    assert lost(library) == "All of it can be searched by words already, and that stays. Only search by meaning is left unfinished."

"""Documents that a person removes at the very moment at which they are looked at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.cancellation import Cancellation
from engine.embedding.pieces import estimate_pieces
from engine.library.library import Library
from engine.messages import DocumentStudied, Studied
from engine.studying.study import Studying
from engine.values import DocumentId


class Hasty(Library):
    """A library whose student removes a document that is ready just before it is given its path again."""

    def _collect(self, document: DocumentId, collection: str | None) -> None:
        if self.document(document).state == "ready":
            self.remove([document])


def test_a_document_that_is_removed_in_the_midst_of_being_added_again_ends_no_other(
    open_desk: Callable[..., Any], scripted_reader: Callable[..., tuple[str, ...]], make_book: Callable[..., Path]
) -> None:
    desk = open_desk(reader=scripted_reader())
    known, other = make_book("known"), make_book("other")
    desk.study(known)
    with Hasty.open(desk.home, writable=True) as library:
        studying = Studying(library=library, reader=desk.reader, meaning=desk.meaning, count_pieces=estimate_pieces)
        said = list(studying.study([str(known), str(other)], cancellation=Cancellation()))
    assert isinstance(said[-1], Studied)
    assert [Path(each.path).name for each in said if isinstance(each, DocumentStudied)] == ["other.txt"]
    assert [row.title for row in desk.library.documents()] == ["other"]

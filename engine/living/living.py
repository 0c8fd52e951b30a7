"""What is asked of the library as a thing that lives: each request with its happenings and its ending."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine import messages as m
from engine.cancellation import Cancellation
from engine.library.library import Library
from engine.living.collections import Collections
from engine.values import DocumentId

Handler = Callable[[Any, Cancellation], Iterator[Any]]


class Living:
    """Collections, watched folders, export and import over one home."""

    def __init__(self, *, library: Library, collections: Collections, must_write: Callable[[], None]) -> None:
        """`must_write` raises where this engine may only read."""
        self._library = library
        self._collections = collections
        self._must_write = must_write

    def handlers(self) -> Mapping[type, Handler]:
        """What does each kind of request."""
        return {
            m.ListCollections: lambda _r, _c: iter((self._listed(),)),
            m.Collect: self._collect,
            m.Uncollect: self._uncollect,
            m.RenameCollection: self._rename_collection,
            m.ForgetCollection: self._forget_collection,
        }

    # ---- collections -------------------------------------------------------------------------------------------------

    def _listed(self) -> m.Collections:
        return m.Collections(self._collections.listed(document.document for document in self._library.documents()))

    def _collect(self, request: m.Collect, _cancellation: Cancellation) -> Iterator[Any]:
        self._must_write()
        for document in request.documents:
            self._library.document(document)  # one that is not there is an error, and then none is put
        self._collections.collect(request.documents, request.collection)
        yield from self._with_rows(request.documents)

    def _uncollect(self, request: m.Uncollect, _cancellation: Cancellation) -> Iterator[Any]:
        self._must_write()
        self._collections.uncollect(request.documents, request.collection)
        yield from self._with_rows(request.documents)

    def _rename_collection(self, request: m.RenameCollection, _cancellation: Cancellation) -> Iterator[Any]:
        self._must_write()
        members = self._collections.members(request.collection)
        self._collections.rename(request.collection, request.name)
        yield from self._with_rows(members)

    def _forget_collection(self, request: m.ForgetCollection, _cancellation: Cancellation) -> Iterator[Any]:
        self._must_write()
        members = self._collections.members(request.collection)
        self._collections.forget(request.collection)
        yield from self._with_rows(members)

    def _with_rows(self, changed: tuple[DocumentId, ...]) -> Iterator[Any]:
        """The rows that show other collections now, then the ending."""
        among = set(changed)
        yield m.LibraryChanged(tuple(row for row in self._library.documents() if row.document in among))
        yield self._listed()

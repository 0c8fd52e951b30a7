"""What is asked of the library as a thing that lives: each request with its happenings and its ending."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from engine import messages as m
from engine.cancellation import Cancellation
from engine.library.library import Library
from engine.living.collections import Collections
from engine.living.renewal import Renewal
from engine.living.transfer import Transfer
from engine.living.watching import Watching
from engine.studying.reading_lane import READER_VERSION
from engine.trouble import Trouble
from engine.values import DocumentId

LOOK_EVERY_S = 60.0
"""How often the watched folders are looked through: listing 1,000 files takes some 30 ms."""

Handler = Callable[[Any, Cancellation], Iterator[Any]]


class Living:
    """Collections, watched folders, export and import over one home."""

    def __init__(
        self,
        *,
        library: Library,
        collections: Collections,
        watching: Watching,
        transfer: Transfer,
        renewal: Renewal,
        study: Handler,
        unfinished: Callable[[], tuple[DocumentId, ...]],
        state: Callable[[], m.EngineState],
        must_write: Callable[[], None],
    ) -> None:
        """`study` does an `m.Study`; `must_write` raises where this engine may only read."""
        self._library = library
        self._collections = collections
        self._watching = watching
        self._transfer = transfer
        self._renewal = renewal
        self._unfinished = unfinished
        self._state = state
        self._tried: set[DocumentId] = set()
        self._study = study
        self._next_look = 0.0
        self._must_write = must_write

    def handlers(self) -> Mapping[type, Handler]:
        """What does each kind of request."""
        return {
            m.ListCollections: lambda _r, _c: iter((self._listed(),)),
            m.Collect: self._collect,
            m.Uncollect: self._uncollect,
            m.RenameCollection: self._rename_collection,
            m.ForgetCollection: self._forget_collection,
            m.ListWatchedFolders: lambda _r, _c: iter((m.WatchedFolders(self._watching.folders()),)),
            m.WatchFolder: self._watch,
            m.UnwatchFolder: self._unwatch,
            m.LookForChanges: self._look_for_changes,
            m.ExportLibrary: lambda r, c: self._transfer.export(r.path, c),
            m.ImportLibrary: self._import,
            m.StudyAgain: self._study_again,
            m.RenewVectors: self._renew,
        }

    def before_removal(self, references: Sequence[str]) -> None:
        """Documents are about to be removed: a look through the watched folders must not bring them back."""
        documents: list[DocumentId] = []
        for reference in references:
            with contextlib.suppress(Trouble):  # who names no document is told so by the removal
                documents.append(self._library.resolve(reference))
        self._watching.decline(documents)

    def errand(self) -> Any | None:
        """The next request that nobody has to make, for an idle moment; None where there is nothing to do."""
        if time.monotonic() >= self._next_look and self._watching.folders():
            self._next_look = time.monotonic() + LOOK_EVERY_S
            return m.LookForChanges(settled_only=True)
        # Each is tried once only: what can't be finished now would be tried for ever.
        unfinished = tuple(document for document in self._unfinished() if document not in self._tried)
        if unfinished:
            self._tried.update(unfinished)
            return m.Study((), documents=unfinished)
        stale = next((document for document in self._library.read_by_older(READER_VERSION) if document not in self._tried), None)
        if stale is not None:
            self._tried.add(stale)
            return m.StudyAgain((stale,))
        return m.RenewVectors() if self._renewal.is_pending() else None

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

    # ---- watched folders ---------------------------------------------------------------------------------------------

    def _watch(self, request: m.WatchFolder, _cancellation: Cancellation) -> Iterator[Any]:
        self._must_write()
        self._watching.watch(request.path, request.collection)
        yield m.WatchedFolders(self._watching.folders())

    def _unwatch(self, request: m.UnwatchFolder, _cancellation: Cancellation) -> Iterator[Any]:
        self._must_write()
        self._watching.unwatch(request.path)
        yield m.WatchedFolders(self._watching.folders())

    def _look_for_changes(self, request: m.LookForChanges, cancellation: Cancellation) -> Iterator[Any]:
        """Study what is new or changed, folder after folder; then mark what went (a file that was only moved is known by then)."""
        self._must_write()
        endings: list[m.Studied] = []
        for folder in self._watching.folders():
            cancellation.raise_if_cancelled()
            changes = self._watching.look(folder, settled_only=request.settled_only)
            if changes.to_study:
                for said in self._study(m.Study(changes.to_study, folder.collection), cancellation):
                    if isinstance(said, m.Studied):
                        endings.append(said)
                    else:
                        yield said
            self._watching.looked(folder, changes)
            gone = set(changes.gone)
            rows = tuple(row for row in self._library.documents() if row.path in gone) if gone else ()
            if rows:
                yield m.LibraryChanged(rows)
        counts = {name: sum(getattr(ending, name) for ending in endings) for name in m.Studied.__struct_fields__}
        yield m.Studied(**counts)

    # ---- export and import -------------------------------------------------------------------------------------------

    def _import(self, request: m.ImportLibrary, cancellation: Cancellation) -> Iterator[Any]:
        self._must_write()
        yield from self._transfer.take_in(request.path, cancellation)

    # ---- reading and embedding anew ------------------------------------------------------------------------------------

    def _study_again(self, request: m.StudyAgain, cancellation: Cancellation) -> Iterator[Any]:
        """What was read of a document goes when a reader has opened it: for these seconds it is found by what is read again so far.

        One that can't be opened now (its password was forgotten with the last program) stays as it was.
        """
        self._must_write()
        documents = tuple(document for document in request.documents if self._library.files.path_of(document) is not None)
        for row in (row for row in map(self._library.find, documents) if row is not None):
            if row.state in ("searchable", "ready"):
                self._library.rereading.ask_for(row.document)
            else:
                self._library.start_over(row.document)
        yield from self._study(m.Study((), documents=documents), cancellation)

    def _renew(self, _request: m.RenewVectors, cancellation: Cancellation) -> Iterator[Any]:
        self._must_write()
        for _ in self._renewal.work(cancellation):
            pass
        yield self._state()

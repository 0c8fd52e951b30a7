"""Studying: from files to searchable chunks, as a stream of happenings.

Two lanes run side by side: one reads documents (the reader child sends pages, they are chunked and stored, a batch a
transaction), the other embeds what was stored. A document is searchable by words when its last page is stored and ready
when its last chunk has a vector. Killed anywhere, the next study goes on from the last whole batch.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from engine.cancellation import Cancellation
from engine.children import NEVER_AT_WORK, Child
from engine.library.files import stamp_of
from engine.library.library import Library
from engine.meaning import Meaning
from engine.messages import Accepted, DocumentStudied, Happening, LibraryChanged, Progressed, Searchable, Studied
from engine.reading.messages import DocumentOpened, DocumentRead, PageRead, ReadDocument
from engine.studying.chunking import Chunk, split_into_chunks
from engine.studying.embedding_lane import EmbeddingLane
from engine.studying.gathering import Gathered, gather_files
from engine.studying.sections import SectionFinder, section_tree
from engine.studying.task import Bench, LaneEnded, Task
from engine.trouble import ChildDied, HomeTrouble, Notice, Stopped, Trouble
from engine.values import Document, DocumentId

READER_VERSION = 1
"""Raised when the reader reads better: documents read by an older one can be studied again."""

PAGES_PER_BATCH = 16
"""Pages per transaction: some 25 KB of text; a commit costs about a millisecond, a lost batch a fifth of a second."""

READER_SILENCE_S = 120.0
"""No single page of a sound document takes that long; a reader that is silent for longer is stuck."""

DEATHS_ALLOWED = 2
"""A document that kills the reader this often is refused, not retried."""

UNFINISHED = frozenset({"queued", "reading", "searchable"})
"""States of a document that a later run goes on with."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A file in line; a `twin` has the content of one that stands before it."""

    document: DocumentId
    path: Path
    twin: bool


class Studying:
    """Takes files into the library."""

    def __init__(self, *, library: Library, reader: Child, meaning: Meaning, count_pieces: Callable[[str], int]) -> None:
        self._library = library
        self._reader = reader
        self._meaning = meaning
        self._count_pieces = count_pieces

    def study(
        self, paths: Sequence[str], *, documents: Sequence[DocumentId] = (), collection: str | None = None, sample: bool = False, cancellation: Cancellation
    ) -> Iterator[Happening | Studied]:
        """Study files and folders; `documents` of the library are gone on with from its own copies. The last thing yielded is `Studied`.

        A file that changed since it was added is a new document, which takes the place of the old one once it can be searched.

        A file that is gone meanwhile, of which the library has a copy half read, is read on from the copy.

        Raises:
            Stopped: cancelled; the book that was not searchable yet is taken back (kept half read where the program ends), the rest stays.
            HomeTrouble: the home can't even be told what went wrong (the disk is full, say).
        """
        run = _Run(self, gather_files(paths), documents, collection, sample, cancellation)
        yield from run.happenings()

    def unfinished(self) -> tuple[DocumentId, ...]:
        """Documents that an earlier run left between queued and ready."""
        return tuple(document.document for document in self._library.documents() if document.state in UNFINISHED)


class _Run:
    """One call of `study`: its two lanes and its counts."""

    def __init__(
        self,
        studying: Studying,
        files: Iterator[Gathered],
        documents: Sequence[DocumentId],
        collection: str | None,
        sample: bool,
        cancellation: Cancellation,
    ) -> None:
        self._library = studying._library
        self._reader = studying._reader
        self._count_pieces = studying._count_pieces
        self._bench = Bench(studying._library)
        self._embedding = EmbeddingLane(bench=self._bench, meaning=studying._meaning)
        self._files = files
        self._documents = documents
        self._collection = collection
        self._sample = sample
        self._cancellation = cancellation
        self._taken: dict[DocumentId, Notice | None] = {}
        self._began = time.monotonic()
        self._counts = {"ready": 0, "unchanged": 0, "refused": 0}
        self._pages = 0
        self._chunks = 0

    def happenings(self) -> Iterator[Happening | Studied]:
        lanes = [
            threading.Thread(target=self._lane, args=(work,), name=name)
            for work, name in ((self._read_all, "reading-lane"), (self._embedding.run, "embedding-lane"))
        ]
        for lane in lanes:
            lane.start()
        error: BaseException | None = None
        running = len(lanes)
        try:
            with self._cancellation.telling(self._bench.abandon):
                while running:
                    said = self._bench.said.get()
                    if isinstance(said, LaneEnded):
                        running -= 1
                        error = error or said.error
                        if said.error is not None:
                            self._bench.abandon()
                        continue
                    said = self._with_replaced(said)
                    self._count(said)
                    yield said
        finally:
            self._bench.abandon()
            for lane in lanes:
                lane.join()
        if error is not None:
            if self._cancellation.cancelled and not isinstance(error, Stopped):
                # The other lane met a book that was being taken back.
                logging.getLogger("engine").info("while stopping: %s: %s", type(error).__name__, error)
                raise Stopped from error
            raise error
        gone = self._library.forget_replaced()
        if gone:
            yield LibraryChanged((), removed=gone)
        yield Studied(**self._counts, pages=self._pages, chunks=self._chunks, seconds=time.monotonic() - self._began, seconds_embedding=self._embedding.seconds)

    def _with_replaced(self, said: Happening) -> Happening:
        """A file that has changed says so; its earlier version goes when the run is through."""
        if not isinstance(said, DocumentStudied) or said.document is None or said.state == "refused" or not self._library.replaces(said.document):
            return said
        sentence = "The file has changed: this version takes the place of the one before."
        return msgspec.structs.replace(said, reason=sentence if said.reason is None else f"{sentence} {said.reason}")

    def _count(self, said: Happening) -> None:
        if isinstance(said, DocumentStudied):
            self._counts[said.state] += 1
            if said.state == "ready":
                self._pages += said.pages
                self._chunks += said.chunks

    def _lane(self, work: Callable[[], None]) -> None:
        error: BaseException | None = None
        try:
            work()
        except BaseException as caught:  # noqa: BLE001 — raised again by the generator, in the caller's thread
            error = caught
        if work == self._read_all:
            self._embedding.line_up(None)
        self._bench.said.put(LaneEnded(error))

    # ---- the reading lane ----------------------------------------------------------------------------------------

    def _read_all(self) -> None:
        """First every file gets its row, so that none is forgotten whatever happens; then one after the other is read."""
        line: list[_Waiting] = []
        try:
            for document in self._documents:
                found = self._library.find(document)
                if found is not None and found.state in UNFINISHED and document not in self._taken:
                    line.append(self._accepted(found, Path(found.path)))
            for gathered in self._files:
                self._bench.abandoned.raise_if_cancelled()
                waiting = self._line_up(gathered)
                if waiting is not None:
                    line.append(waiting)
            for waiting in line:
                self._bench.abandoned.raise_if_cancelled()
                self._take_turn(waiting)
        except Stopped:
            if self._cancellation.cancelled and not self._cancellation.leaving:
                self._library.remove([waiting.document for waiting in line if self._is_queued(waiting.document)])
            raise

    def _is_queued(self, document: DocumentId) -> bool:
        found = self._library.find(document)
        return found is not None and found.state == "queued"

    def _line_up(self, gathered: Gathered) -> _Waiting | None:
        """Give a file its row; None where nothing is left to do for it, which was said then."""
        path, began = gathered.path, time.monotonic()
        if gathered.notice is not None:
            unfinished = self._unfinished_from(path)
            if unfinished is None:
                self._refused(str(path), None, gathered.notice)
                return None
            return self._accepted(unfinished, path)
        known = self._library.held_at(path, stamp_of(path))
        if known is not None and known.state == "ready" and known.document not in self._taken and self._library.files.path_of(known.document):
            self._unchanged(known, path, began, stamp_of(path))
            return None
        try:
            copied = self._library.files.take(path)
        except Trouble as trouble:
            self._refused(str(path), None, trouble.notice)
            return None
        if copied.document in self._taken:
            return _Waiting(copied.document, path, twin=True)
        known = self._library.find(copied.document)
        if known is not None and known.state == "ready":
            self._unchanged(known, path, began, copied.stamp)
            return None
        if known is not None and known.state == "refused":
            self._library.start_over(known.document)  # somebody asked again: perhaps we read better by now
        return self._accepted(self._library.register(copied, path=str(path), collection=self._collection, sample=self._sample), path)

    def _unfinished_from(self, path: Path) -> Document | None:
        """The document that an earlier run left unfinished and that came from here; it is finished from the library's copy."""
        try:
            document = self._library.document(self._library.resolve(str(path)))
        except Trouble:
            return None
        if document.state not in UNFINISHED or self._library.files.path_of(document.document) is None:
            return None
        return document

    def _accepted(self, document: Document, path: Path) -> _Waiting:
        self._taken[document.document] = None
        self._bench.said.put(Accepted(str(path), document))
        return _Waiting(document.document, path, twin=False)

    def _take_turn(self, waiting: _Waiting) -> None:
        """Read what is next in line. A twin of a file that was before it in the line shares its fate."""
        began = time.monotonic()
        if not waiting.twin:
            self._read_in(self._library.document(waiting.document), waiting.path, began)
        elif (notice := self._taken[waiting.document]) is not None:
            self._refused(str(waiting.path), waiting.document, notice)
        else:
            self._unchanged(self._library.document(waiting.document), waiting.path, began, None)

    def _unchanged(self, known: Document, path: Path, began: float, stamp: str | None) -> None:
        self._library.add_path(known.document, str(path), self._collection, stamp=stamp)
        seconds = time.monotonic() - began
        self._bench.said.put(DocumentStudied(str(path), known.document, "unchanged", known.reason, None, known.pages, known.chunks, seconds))

    def _read_in(self, document: Document, path: Path, started: float) -> None:
        """Read a document that has its row."""
        task = Task(path=str(path), document=document.document, started=started)
        if document.state == "searchable":
            task.read.set()
            task.chunks_stored = document.chunks
            task.reason = document.reason
            self._bench.said.put(Searchable(task.path, task.document))
            self._embedding.line_up(task)
            return
        self._embedding.line_up(task)
        try:
            self._read(task, path.name)
        except Stopped:
            if self._cancellation.cancelled and not self._cancellation.leaving:
                self._library.remove((task.document,))
            raise
        except (HomeTrouble, ChildDied) as trouble:
            # The world's fault and not the document's: what was read of it stays, and a later run goes on.
            task.refused = True
            self._refused(task.path, task.document, trouble.notice)
        except Trouble as trouble:
            self._library.refuse(task.document, trouble.notice)
            task.refused = True
            self._refused(task.path, task.document, trouble.notice)
        finally:
            task.read.set()
            with self._bench.stored:
                self._bench.stored.notify_all()

    def _read(self, task: Task, name: str) -> None:
        """Read a document to its end, in spite of a death of the reader."""
        while True:
            try:
                self._read_once(task, name)
            except ChildDied as died:
                self._bench.abandoned.raise_if_cancelled()  # it ended with the program
                if died.notice.code in NEVER_AT_WORK:
                    raise
                deaths = self._library.count_death(task.document)
                if deaths >= DEATHS_ALLOWED:
                    raise Trouble(
                        "poison",
                        f"{name} made the reader crash {deaths} times, so it is left out.",
                        "The file may be damaged: save it again with another program.",
                    ) from None
            else:
                return

    def _read_once(self, task: Task, name: str) -> None:
        first_page = self._library.pages_stored(task.document, reader_version=READER_VERSION) + 1
        copy = self._library.files.path_of(task.document)
        if copy is None:
            raise Trouble("copy-gone", f"The library's copy of {name} is gone.", "Add the file again.")
        request = ReadDocument(str(copy), name, first_page)
        batch: list[PageRead] = []
        finder: SectionFinder | None = None
        total = 0
        began = time.monotonic()
        for report in self._reader.ask(request, cancellation=self._bench.abandoned, silence_s=READER_SILENCE_S):
            if isinstance(report, DocumentOpened):
                sections = section_tree(report.outline, report.pages)
                finder = SectionFinder(report.outline, sections)
                total = report.pages
                self._library.begin(task.document, report, sections, reader_version=READER_VERSION)
            elif isinstance(report, PageRead):
                batch.append(report)
                if len(batch) >= PAGES_PER_BATCH:
                    self._store(task, batch, finder)
                    self._report_reading(task, batch[-1].number, total, first_page, began)
                    batch = []
            elif isinstance(report, DocumentRead):
                self._store(task, batch, finder)
                self._report_reading(task, total, total, first_page, began)
                self._library.store_index(task.document, report.index)
                task.reason = reason_for_pictures(report.pictures, total)
                self._library.mark(task.document, "searchable", reason=task.reason)
                self._bench.said.put(Searchable(task.path, task.document))

    def _store(self, task: Task, pages: Sequence[PageRead], finder: SectionFinder | None) -> None:
        """One durable transaction; the embedding lane hears of it."""
        if not pages or finder is None:
            return
        self._bench.abandoned.raise_if_cancelled()
        chunks: list[Chunk] = []
        for page in pages:
            chunks += split_into_chunks(page, finder.on_page(page.number), self._count_pieces)
        self._library.append(task.document, pages, chunks)
        with self._bench.stored:
            task.chunks_stored += len(chunks)
            self._bench.stored.notify_all()

    def _report_reading(self, task: Task, page: int, total: int, first_page: int, began: float) -> None:
        per_second = (page - first_page + 1) / max(time.monotonic() - began, 1e-3)
        left = (total - page) / per_second if per_second > 0 else None
        self._bench.said.put(Progressed(task.document, "reading", page, total, "pages", per_second, left))

    def _refused(self, path: str, document: DocumentId | None, notice: Notice) -> None:
        if document is not None:
            self._taken[document] = notice
        self._bench.said.put(DocumentStudied(path, document, "refused", notice.sentence, notice.remedy, 0, 0, 0.0))


def reason_for_pictures(pictures: Sequence[int], total: int) -> str | None:
    """The sentence that says which pages are pictures without text."""
    if not pictures:
        return None
    if len(pictures) == total:
        return "All pages are pictures without text, so nothing in it can be searched yet."
    listed = ", ".join(str(page) for page in pictures[:12]) + (" …" if len(pictures) > 12 else "")
    return f"{len(pictures)} of {total} pages are pictures without text: {listed}."

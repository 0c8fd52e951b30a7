"""The reading lane of studying: gives every file its row, then has one after the other read, chunked and stored.

The reader child sends pages while this lane chunks and stores them, a batch a transaction; no more pages lie unstored than
a few batches, however far the reader could run ahead. A death of the reader costs the page that it died over at most.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.cancellation import Cancellation
from engine.children import NEVER_AT_WORK, Child
from engine.library.documents import NO_DOCUMENT
from engine.library.files import stamp_of
from engine.messages import Accepted, DocumentStudied, Progressed, Searchable
from engine.reading.messages import DocumentOpened, DocumentRead, PageRead, ReadDocument
from engine.studying.chunking import Chunk, split_into_chunks
from engine.studying.gathering import Gathered
from engine.studying.sections import SectionFinder, section_tree
from engine.studying.task import Bench, Task
from engine.trouble import ChildDied, HomeTrouble, Notice, Stopped, Trouble
from engine.values import Document, DocumentId, DocumentState

READER_VERSION = 3
"""Raised when the reader reads better: documents read by an older one can be studied again."""

PAGES_PER_BATCH = 16
"""Pages per transaction: some 25 KB of text; a commit costs about a millisecond, a lost batch a fifth of a second."""

PAGES_AHEAD = 2 * PAGES_PER_BATCH
"""Pages that may lie unstored before the reader is made to wait: a dense one takes a megabyte."""

READER_SILENCE_S = 120.0
"""No single page of a sound document takes that long; a reader that is silent for longer is stuck."""

SITE_BYTES_PER_S = 500_000
"""Linked web pages are all parsed before the first part comes, 2 MB a second where it was measured: a quarter of that is no silence."""

DEATHS_ALLOWED = 2
"""A page that kills the reader this often is left out; a document that does so before any page came is refused."""

DEADLY_PAGES_ALLOWED = 5
"""With more deadly pages than this, or two of them in a row, it is the document and not the page."""

HIDDEN_TEXT = 10
"""Characters on one page that nobody can see: from here on a person is told. A stray sign in white is a printer's leftover."""

UNFINISHED: frozenset[DocumentState] = frozenset({"queued", "reading", "searchable"})
"""States of a document that a later run goes on with."""


@dataclass(frozen=True, slots=True)
class Order:
    """How the files of one run are to be read."""

    collection: str | None = None
    sample: bool = False
    passwords: tuple[str, ...] = ()
    recognise: bool = True


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in line; `twin` where the content is that of a file before it."""

    task: Task
    path: Path
    twin: bool = False


class ReadingLane:
    """Reads the files of one run, in their order."""

    def __init__(
        self,
        *,
        bench: Bench,
        reader: Child,
        count_pieces: Callable[[str], int],
        files: Iterable[Gathered],
        documents: Iterable[DocumentId],
        order: Order,
        cancellation: Cancellation,
        hand_on: Callable[[Task], None],
    ) -> None:
        """`documents` are gone on with from the library's copies. `hand_on` gives a file to the embedding lane as soon as its first pages are being stored."""
        self._bench = bench
        self._library = bench.library
        self._reader = reader
        self._count_pieces = count_pieces
        self._files = files
        self._documents = tuple(documents)
        self._order = order
        self._cancellation = cancellation
        self._hand_on = hand_on

    def run(self) -> None:
        """First every file gets its row, so that none is forgotten whatever happens; then one after the other is read.

        Raises:
            Stopped: the run was abandoned.
            HomeTrouble: the home can't even be told what went wrong.
        """
        line: list[_Place] = []
        try:
            for document in self._documents:
                with _passing_over_what_was_removed():
                    found = self._unfinished(document)
                    if found is not None and document not in self._bench.tasks:
                        line.append(self._accepted(found, Path(found.path)))
            for gathered in self._files:
                self._bench.abandoned.raise_if_cancelled()
                with _passing_over_what_was_removed():
                    place = self._line_up(gathered)
                    if place is not None:
                        line.append(place)
            for place in line:
                self._bench.abandoned.raise_if_cancelled()
                with _passing_over_what_was_removed():
                    self._take_turn(place)
        except Stopped:
            self._take_back([place.task for place in line], "queued")
            raise
        finally:
            for place in line:
                place.task.settled.set()

    def _take_back(self, tasks: Collection[Task], *states: DocumentState) -> None:
        """A person stopped the run: what it brought and had not come far enough to be of use is forgotten. A program that ends keeps it.

        What was in the library before (a repair, a document that is read again) is kept, to be gone on with later.
        """
        if self._cancellation.cancelled and not self._cancellation.leaving:
            brought = [task.document for task in tasks if task.document not in self._documents and not task.again]
            found = [row for document in brought if (row := self._library.find(document)) is not None]
            self._library.remove([row.document for row in found if row.state in states])
            for task in tasks:
                if task.again:
                    self._library.rereading.call_off(task.document)

    # ---- lining up -----------------------------------------------------------------------------------------------

    def _line_up(self, gathered: Gathered) -> _Place | None:
        """Give a file its row; None where nothing is left to do for it, which was said then."""
        path, began = gathered.path, time.monotonic()
        if gathered.notice is not None:
            unfinished = self._unfinished_from(path)
            if unfinished is None:
                self._refused(str(path), None, gathered.notice)
                return None
            return self._accepted(unfinished, path)
        known = self._library.held_at(path, stamp_of(path))
        if known is not None and known.state == "ready" and known.document not in self._bench.tasks and self._library.files.path_of(known.document):
            self._unchanged(known, path, began, stamp_of(path))
            return None
        try:
            copied = self._library.files.take(path)
        except Trouble as trouble:
            self._refused(str(path), None, trouble.notice)
            return None
        if copied.document in self._bench.tasks:
            return _Place(self._bench.tasks[copied.document], path, twin=True)
        known = self._library.find(copied.document)
        if known is not None and known.state == "ready":
            self._unchanged(known, path, began, copied.stamp)
            return None
        if known is not None and known.state == "refused":
            self._library.start_over(known.document)  # somebody asked again: perhaps we read better by now, or know its password
        row = self._library.register(copied, path=str(path), collection=self._order.collection, sample=self._order.sample)
        return self._accepted(row, path)

    def _unfinished_from(self, path: Path) -> Document | None:
        """The document that an earlier run left unfinished and that came from here; it is finished from the library's copy."""
        try:
            document = self._library.resolve(str(path))
        except Trouble:
            return None
        return self._unfinished(document) if self._library.files.path_of(document) is not None else None

    def _unfinished(self, document: DocumentId) -> Document | None:
        """What can be gone on with from the library's copy. What was refused is tried again: its password may be known by now."""
        found = self._library.find(document)
        if found is not None and found.state == "refused" and self._library.files.path_of(document) is not None:
            self._library.start_over(document)
            found = self._library.find(document)
        return found if found is not None and found.state in UNFINISHED else None

    def _accepted(self, document: Document, path: Path) -> _Place:
        copy = self._library.files.path_of(document.document)
        size_bytes = copy.stat().st_size if copy is not None else 0
        task = Task(path=str(path), name=path.name, document=document.document, size_bytes=size_bytes, suffix=path.suffix.lower())
        task.again = self._library.rereading.is_asked_for(document.document)
        counts = document.state == "searchable" or self._library.pages_stored(document.document, reader_version=READER_VERSION) > 0
        if document.state in UNFINISHED and counts:  # what an older reader read is read anew
            task.pages_stored = task.pages_before = document.pages_read
            task.chunks_stored, task.chunks_embedded = document.chunks, document.chunks_embedded
            task.chunks_before = document.chunks_embedded
        self._bench.take_up(task)
        self._bench.said.put(Accepted(str(path), document))
        return _Place(task, path)

    # ---- one file ------------------------------------------------------------------------------------------------

    def _take_turn(self, place: _Place) -> None:
        """Read what is next in line. A twin of a file that was before it in the line shares its fate."""
        task, began = place.task, time.monotonic()
        if place.twin:
            if task.stage == "left out":
                return
            if task.refusal is not None:
                self._refused(str(place.path), task.document, task.refusal)
            else:
                self._unchanged(self._library.document(task.document), place.path, began, None)
            return
        with self._bench.moved:
            if task.stage != "waiting":
                return
            task.stage, task.started = "reading", began
        document = self._library.find(task.document)
        try:
            if document is not None:
                self._read_in(task, document)
        except Stopped:
            self._bench.abandoned.raise_if_cancelled()  # else only this one was left out
        finally:
            with self._bench.moved:
                task.read = True
                self._bench.moved.notify_all()
            task.settled.set()

    def _read_in(self, task: Task, document: Document) -> None:
        """Read a document that has its row."""
        self._hand_on(task)
        if document.state == "searchable":
            task.reason = document.reason
            self._advance(task)
            return
        try:
            self._read(task)
        except Stopped:
            self._take_back((task,), "queued", "reading")
            raise
        except (HomeTrouble, ChildDied) as trouble:
            # The world's fault and not the document's: what was read of it stays, and a later run goes on.
            self._give_up(task, trouble.notice)
        except Trouble as trouble:
            task.stop.raise_if_cancelled()  # it was removed while it was being read
            if not self._library.rereading.call_off(task.document):
                self._library.refuse(task.document, trouble.notice)
            self._give_up(task, trouble.notice)

    def _advance(self, task: Task) -> None:
        """It can be searched by words from here on."""
        with self._bench.moved:
            if task.stage == "reading":
                task.stage = "embedding"
        self._bench.said.put(Searchable(task.path, task.document))

    def _give_up(self, task: Task, notice: Notice) -> None:
        with self._bench.moved:
            task.stage, task.refusal = "done", notice
        self._refused(task.path, task.document, notice)

    def _read(self, task: Task) -> None:
        """Read a document to its end, in spite of a death of the reader."""
        while True:
            attempt = _Attempt(began=self._bench.gate.working_time_s())
            try:
                self._read_once(task, attempt)
            except ChildDied as died:
                task.stop.raise_if_cancelled()  # it ended with the program
                if died.notice.code in NEVER_AT_WORK:
                    raise
                self._store(task, attempt)  # what it sent before it died is as good as any
                self._bury(task, attempt)
            else:
                return

    def _bury(self, task: Task, attempt: _Attempt) -> None:
        """Count a death of the reader; the page that it died over for the second time is left out.

        Raises:
            Trouble: it is the document and not one page of it.
        """
        page = task.pages_stored + 1 if attempt.finder is not None else 0
        deaths = self._library.gaps.count_death(task.document, page=page)
        if deaths < DEATHS_ALLOWED:
            return
        deadly = self._library.gaps.deadly(task.document, DEATHS_ALLOWED)
        if not 0 < page <= (task.pages_total or 0) or page - 1 in deadly or len(deadly) > DEADLY_PAGES_ALLOWED:
            raise Trouble(
                "poison",
                f"{task.name} made the reader crash {deaths} times, so it is left out.",
                "The file may be damaged: save it again with another program.",
            )
        attempt.pages = [PageRead(page, None, 0.0, 0.0, "blank", "", (), ())]
        self._store(task, attempt)

    def _read_once(self, task: Task, attempt: _Attempt) -> None:
        task.pages_stored = self._library.pages_stored(task.document, reader_version=READER_VERSION)
        task.pages_before = min(task.pages_before, task.pages_stored)
        copy = self._library.files.path_of(task.document)
        if copy is None:
            raise Trouble("copy-gone", f"The library's copy of {task.name} is gone.", "Add the file again.")
        request = ReadDocument(str(copy), task.name, task.pages_stored + 1, self._order.passwords, self._order.recognise)
        self._bench.gate.wait(task.stop)
        attempt.began, attempt.first_page = self._bench.gate.working_time_s(), request.first_page
        for report in self._reader.ask(request, cancellation=task.stop, silence_s=patience_s(copy.suffix, task.size_bytes), room=PAGES_AHEAD):
            if isinstance(report, DocumentOpened):
                sections = section_tree(report.outline, report.pages)
                attempt.opened, attempt.finder = report, SectionFinder(report.outline, sections)
                task.pages_total = report.pages
                self._library.begin(task.document, report, sections, reader_version=READER_VERSION)
            elif isinstance(report, PageRead):
                attempt.pages.append(report)
                if len(attempt.pages) >= PAGES_PER_BATCH:
                    self._bench.gate.wait(task.stop)
                    self._store(task, attempt)
                    self._report(task, attempt)
            elif isinstance(report, DocumentRead):
                self._store(task, attempt)
                self._report(task, attempt)
                self._library.store_index(task.document, report.index)
                deadly = self._library.gaps.deadly(task.document, DEATHS_ALLOWED)
                pictures = self._library.gaps.pictures(task.document)
                hidden = self._library.gaps.hidden(task.document, least=HIDDEN_TEXT)
                paged = attempt.opened is None or attempt.opened.paged
                task.reason = reason_for_gaps(pictures, deadly, report.pages, remedy=report.to_recognise, hidden=hidden, paged=paged)
                self._library.mark(task.document, "searchable", reason=task.reason)
                self._advance(task)

    def _store(self, task: Task, attempt: _Attempt) -> None:
        """One durable transaction; the embedding lane hears of it."""
        pages, finder = attempt.pages, attempt.finder
        if not pages or finder is None:
            return
        task.stop.raise_if_cancelled()
        chunks: list[Chunk] = []
        for page in pages:
            chunks += split_into_chunks(page, finder.on_page(page.number), self._count_pieces)
        self._library.append(task.document, pages, chunks)
        attempt.pages = []
        with self._bench.moved:
            task.pages_stored = pages[-1].number
            task.chunks_stored += len(chunks)
            self._bench.moved.notify_all()

    def _report(self, task: Task, attempt: _Attempt) -> None:
        total, done = task.pages_total or 0, task.pages_stored
        per_second = (done - attempt.first_page + 1) / max(self._bench.gate.working_time_s() - attempt.began, 1e-3)
        left = (total - done) / per_second if per_second > 0 else None
        self._bench.said.put(Progressed(task.document, "reading", done, total, "pages", per_second, left))

    # ---- what became of a file -----------------------------------------------------------------------------------

    def _unchanged(self, known: Document, path: Path, began: float, stamp: str | None) -> None:
        self._library.add_path(known.document, str(path), self._order.collection, stamp=stamp)
        seconds = time.monotonic() - began
        self._bench.said.put(DocumentStudied(str(path), known.document, "unchanged", known.reason, None, known.pages, known.chunks, seconds))

    def _refused(self, path: str, document: DocumentId | None, notice: Notice) -> None:
        self._bench.said.put(DocumentStudied(path, document, "refused", notice.sentence, notice.remedy, 0, 0, 0.0, notice.code))


@contextlib.contextmanager
def _passing_over_what_was_removed() -> Iterator[None]:
    """A person may remove a document at any moment: that ends its own turn and nobody else's."""
    try:
        yield
    except Trouble as trouble:
        if trouble.notice.code != NO_DOCUMENT:
            raise


@dataclass(slots=True)
class _Attempt:
    """One request to the reader: what came of it and is not stored yet."""

    began: float
    first_page: int = 1
    pages: list[PageRead] = field(default_factory=list)
    finder: SectionFinder | None = None
    opened: DocumentOpened | None = None


def patience_s(suffix: str, size_bytes: int) -> float:
    """How many seconds a reader may be silent over the library's copy of a document."""
    return READER_SILENCE_S + (size_bytes / SITE_BYTES_PER_S if suffix == ".zip" else 0.0)


def reason_for_gaps(
    pictures: Sequence[int], deadly: Sequence[int], total: int, *, remedy: str | None = None, hidden: Sequence[int] = (), paged: bool = True
) -> str | None:
    """The sentences that say which pages are pictures without text (and what would help), which could not be read, and which hold `hidden` text."""
    sentences: list[str] = []
    if pictures and len(pictures) == total:
        sentences.append("All pages are pictures without text, so nothing in it can be searched yet.")
    elif pictures:
        sentences.append(f"{len(pictures)} of {total} pages are pictures without text: {_listed(pictures)}.")
    if pictures and remedy:
        sentences.append(remedy)
    if deadly:
        one = len(deadly) == 1
        sentences.append(f"{'Page' if one else 'Pages'} {_listed(deadly)} could not be read: {'it' if one else 'each'} made the reader crash twice.")
    if hidden and paged:
        one = len(hidden) == 1
        sentences.append(f"{'Page' if one else 'Pages'} {_listed(hidden)} {'holds' if one else 'hold'} text that can't be seen there; it was left out.")
    elif hidden:
        sentences.append("It holds text that can't be seen when it is opened; that was left out.")
    return " ".join(sentences) or None


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers[:12]) + (" …" if len(numbers) > 12 else "")

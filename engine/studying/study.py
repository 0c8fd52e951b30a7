"""Studying: from files to searchable chunks, as a stream of happenings.

Two lanes run side by side: one reads documents (the reader child sends pages, they are chunked and stored, a batch a
transaction), the other embeds what was stored. A document is searchable by words when its last page is stored and ready
when its last chunk has a vector. Killed anywhere, the next study goes on from the last whole batch. Between two batches
both wait at the gate: while a question is served, and while studying is paused.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

import msgspec

from engine.cancellation import Cancellation
from engine.children import Child
from engine.library.library import Library
from engine.meaning import Meaning
from engine.messages import Accepted, DocumentStudied, Happening, LibraryChanged, Progressed, Studied
from engine.studying.embedding_lane import EmbeddingLane
from engine.studying.gate import Gate
from engine.studying.gathering import gather_files
from engine.studying.reading_lane import UNFINISHED, Order, ReadingLane
from engine.studying.task import Bench, LaneEnded
from engine.studying.totals import Totals
from engine.trouble import Stopped
from engine.values import DocumentId


class Studying:
    """Takes files into the library. Safe to use from several threads."""

    def __init__(
        self,
        *,
        library: Library,
        reader: Child,
        meaning: Meaning,
        count_pieces: Callable[[str], int],
        gate: Gate | None = None,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """`gate` is shared with whoever asks questions; `changed` is called when the first run begins and the last one ends."""
        self._library = library
        self._reader = reader
        self._meaning = meaning
        self._count_pieces = count_pieces
        self._gate = gate or Gate()
        self._changed = changed
        self._lock = threading.Lock()
        self._benches: list[Bench] = []
        self._left_out: set[DocumentId] = set()

    @property
    def is_running(self) -> bool:
        """Whether anything is being studied (or is paused in the middle of it)."""
        with self._lock:
            return bool(self._benches)

    def study(
        self, paths: Sequence[str], *, documents: Sequence[DocumentId] = (), order: Order | None = None, cancellation: Cancellation
    ) -> Iterator[Happening | Studied]:
        """Study files and folders; `documents` of the library are gone on with from its own copies. The last thing yielded is `Studied`.

        A file that changed since it was added is a new document, which takes the place of the old one once it can be searched.

        A file that is gone meanwhile, of which the library has a copy half read, is read on from the copy.

        Raises:
            Stopped: cancelled; the book that was not searchable yet is taken back (kept half read where the program ends), the rest stays.
            HomeTrouble: the home can't even be told what went wrong (the disk is full, say).
        """
        order = order or Order()
        # A question waits for the sample book: that must not wait for a pause, nor for the question.
        bench = Bench(self._library, Gate() if order.sample else self._gate)
        embedding = EmbeddingLane(bench=bench, meaning=self._meaning)
        reading = ReadingLane(
            bench=bench,
            reader=self._reader,
            count_pieces=self._count_pieces,
            files=gather_files(paths, home=self._library.home.root),
            documents=documents,
            order=order,
            cancellation=cancellation,
            hand_on=embedding.line_up,
        )
        with self._running(bench), contextlib.closing(_Run(bench, reading, embedding, cancellation).happenings()) as happenings:
            for said in happenings:
                if isinstance(said, Accepted):
                    with self._lock:
                        self._left_out.discard(said.document.document)
                yield said

    @contextlib.contextmanager
    def _running(self, bench: Bench) -> Iterator[None]:
        with self._lock:
            self._benches.append(bench)
            first = len(self._benches) == 1
        if first:
            self._changed()
        try:
            yield
        finally:
            with self._lock:
                self._benches.remove(bench)
                last = not self._benches
            if last:
                self._changed()

    def unfinished(self) -> tuple[DocumentId, ...]:
        """Documents that an earlier run left between queued and ready, but for those that a person left out since this program began."""
        with self._lock:
            left_out = frozenset(self._left_out)
        return tuple(row.document for row in self._library.documents() if row.state in UNFINISHED and row.document not in left_out)

    def leave_out(self, documents: Iterable[DocumentId]) -> tuple[DocumentId, ...]:
        """Take documents out of all studying that goes on or was left unfinished; returns those that were in it.

        What can be searched already stays as it is, and what could be before it was read anew; the rest is forgotten.
        When this returns, nothing more is stored of them.

        Raises:
            HomeTrouble: the home can't be written.
        """
        wanted = tuple(dict.fromkeys(documents))
        with self._lock:
            benches = tuple(self._benches)
            self._left_out.update(wanted)
        tasks = {document: task for bench in benches for document in wanted if (task := bench.leave_out(document)) is not None}
        for task in tasks.values():
            task.settled.wait()
        rows = {document: self._library.find(document) for document in wanted}
        unfinished = [document for document, row in rows.items() if document in tasks or (row is not None and row.state in UNFINISHED)]
        gone = [document for document in unfinished if (row := rows[document]) is not None and row.state in ("queued", "reading")]
        read_anew = {document for document, task in tasks.items() if task.again}
        self._library.remove([document for document in gone if not self._library.rereading.call_off(document) and document not in read_anew])
        return tuple(unfinished)


class _Run:
    """One call of `study`: its two lanes and its counts."""

    def __init__(self, bench: Bench, reading: ReadingLane, embedding: EmbeddingLane, cancellation: Cancellation) -> None:
        self._bench = bench
        self._library = bench.library
        self._reading = reading
        self._embedding = embedding
        self._cancellation = cancellation
        self._totals = Totals(clock=bench.gate.working_time_s)
        self._began = time.monotonic()
        self._counts = {"ready": 0, "unchanged": 0, "refused": 0}
        self._pages = 0
        self._chunks = 0

    def happenings(self) -> Generator[Happening | Studied, None, None]:
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
                    yield from self._say_totals(said)
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

    def _read_all(self) -> None:
        try:
            self._reading.run()
        finally:
            self._embedding.line_up(None)

    def _lane(self, work: Callable[[], None]) -> None:
        error: BaseException | None = None
        try:
            work()
        except BaseException as caught:  # noqa: BLE001 — raised again by the generator, in the caller's thread
            error = caught
        self._bench.said.put(LaneEnded(error))

    def _say_totals(self, said: Happening) -> Iterator[Happening]:
        """After whatever moved a document: how far all of them are together."""
        if isinstance(said, Progressed | DocumentStudied):
            with self._bench.moved:
                progressed = self._totals.look(tuple(self._bench.tasks.values()), at_once=isinstance(said, DocumentStudied))
            if progressed is not None:
                yield progressed

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

"""The embedding lane of studying: gives every stored chunk its vector while the reading lane goes on.

While the embedder is at a batch, the one before is stored and the next one fetched, so that it never waits for the database.
"""

from __future__ import annotations

import concurrent.futures
import queue
import time
from collections.abc import Sequence
from dataclasses import dataclass

from engine.cancellation import Cancellation
from engine.embedding.messages import Embedded, EmbedderLoaded
from engine.meaning import Meaning
from engine.messages import DocumentStudied, Progressed
from engine.studying.task import Bench, Task
from engine.trouble import ChildDied, HomeTrouble, Stopped, Trouble

BATCH_S = 1.0
"""How much work for the embedder a batch should be: what is lost at worst when a question comes in between, for which the
embedder lays it down. A batch costs some milliseconds of sending and, at its end, one thread of two that has nothing to do."""

FIRST_BATCH_CHUNKS = 32
FEWEST_CHUNKS, MOST_CHUNKS = 8, 256
"""Bounds of a batch, whatever was measured: one core took 77 chunks a second with int8 weights, a graphics card takes thousands."""

DEATHS_ALLOWED = 2
"""How often the embedder may die over one document before it is left to keyword search."""


@dataclass(frozen=True, slots=True)
class _Batch:
    """Chunks on their way: ids and texts, in their order. Equal texts are sent to the embedder once."""

    chunks: tuple[int, ...]
    texts: tuple[str, ...]

    def to_embed(self) -> tuple[str, ...]:
        """Every text, once."""
        return tuple(dict.fromkeys(self.texts))

    def rows(self, embedded: Embedded) -> bytes:
        """A vector for each chunk, from those of `to_embed`."""
        row_bytes = len(embedded.vectors) // max(1, embedded.count)
        places = {text: place * row_bytes for place, text in enumerate(self.to_embed())}
        return b"".join(embedded.vectors[places[text] : places[text] + row_bytes] for text in self.texts)


class EmbeddingLane:
    """Embeds the documents that come in line, in their order."""

    def __init__(self, *, bench: Bench, meaning: Meaning) -> None:
        self._bench = bench
        self._meaning = meaning
        self._line: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._batch_chunks = FIRST_BATCH_CHUNKS
        self.seconds = 0.0
        """Time spent in the embedder."""

    def line_up(self, task: Task | None) -> None:
        """A document whose chunks are being stored; None when no further one will come."""
        self._line.put(task)

    def run(self) -> None:
        """Embed until the line ends.

        Raises:
            Stopped: the run was abandoned.
        """
        with concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix="embedding-request") as requests:
            while (task := self._line.get()) is not None:
                try:
                    self._embed(task, requests)
                    if self._is_wanted(task):
                        self._bench.library.mark(task.document, "ready", reason=task.reason)
                        self._finish(task, task.reason, None)
                except Stopped:
                    self._bench.abandoned.raise_if_cancelled()  # else only this one was left out
                except Trouble as trouble:
                    self._leave_to_words(task, trouble)

    def _is_wanted(self, task: Task) -> bool:
        with self._bench.moved:
            return task.stage in ("reading", "embedding")

    def _leave_to_words(self, task: Task, trouble: Trouble) -> None:
        """Meaning is not to be had now: the document stays searchable by words, and a later run embeds it."""
        with self._bench.moved:
            while not task.read and not task.stop.cancelled:
                self._bench.moved.wait()
        self._bench.abandoned.raise_if_cancelled()
        if not self._is_wanted(task) or self._bench.library.find(task.document) is None:
            return  # it was refused, left out or removed meanwhile
        if isinstance(trouble, HomeTrouble):
            notice = trouble.notice
            with self._bench.moved:
                task.stage, task.refusal = "done", notice
            self._bench.said.put(DocumentStudied(task.path, task.document, "refused", notice.sentence, notice.remedy, 0, 0, 0.0, notice.code))
            return
        self._finish(task, f"Only keyword search works for it: {trouble.notice.sentence}", trouble.notice.remedy)

    def _embed(self, task: Task, requests: concurrent.futures.Executor) -> None:
        library, stop = self._bench.library, task.stop
        loaded = self._meaning.load()
        library.use_embedder(loaded.embedder, loaded.dimensions)
        deaths = 0
        done: tuple[_Batch, Embedded] | None = None
        batch: _Batch | None = None
        while True:
            batch = batch or self._fetch(task, loaded, done[0] if done else None)
            if batch is None and done is not None:
                self._store(task, loaded, *done)
                done = None
            batch = batch or self._wait_for_more(task, loaded)
            if batch is None:
                return
            self._bench.gate.wait(stop)
            began = time.monotonic()
            task.embedding_since = task.embedding_since or self._bench.gate.working_time_s()
            request = requests.submit(self._ask, batch.to_embed(), stop)
            try:
                if done is not None:
                    self._store(task, loaded, *done)
                    done = None
                ahead = self._fetch(task, loaded, batch)
            finally:
                concurrent.futures.wait((request,))
            try:
                done = (batch, request.result())
            except Stopped:
                stop.raise_if_cancelled()
                continue  # the gate was closed: the same batch again, once it is open
            except ChildDied:
                stop.raise_if_cancelled()  # it ended with the program
                deaths += 1
                if deaths > DEATHS_ALLOWED:
                    raise
                continue
            self._measure(batch, time.monotonic() - began)
            batch = ahead

    def _ask(self, texts: Sequence[str], stop: Cancellation) -> Embedded:
        work = Cancellation()
        with stop.telling(work.cancel), self._bench.gate.at_work(work):
            return self._meaning.embed(texts, cancellation=work)

    def _measure(self, batch: _Batch, seconds: float) -> None:
        """How much is a batch on this machine, judged from the last one."""
        self.seconds += seconds
        wanted = round(len(batch.to_embed()) * BATCH_S / max(seconds, 1e-3))
        self._batch_chunks = max(FEWEST_CHUNKS, min(MOST_CHUNKS, wanted, 2 * self._batch_chunks))

    def _fetch(self, task: Task, loaded: EmbedderLoaded, after: _Batch | None) -> _Batch | None:
        """The next chunks that are stored and need to be embedded; None where there are none at this moment.

        A text that was embedded before (another edition has it, say) gets the same vector at once.
        """
        library, last = self._bench.library, after.chunks[-1] if after is not None else 0
        while True:
            task.stop.raise_if_cancelled()
            found = library.chunks_without_vectors(loaded.embedder, self._batch_chunks, document=task.document, after=last)
            known = library.vectors_of_texts(loaded.embedder, [text for _, text in found])
            reused = [(chunk, text) for chunk, text in found if text in known]
            if reused:
                self._keep(task, loaded, [chunk for chunk, _ in reused], b"".join(known[text] for _, text in reused), [text for _, text in reused])
            left = [(chunk, text) for chunk, text in found if text not in known]
            if left or not found:
                return _Batch(tuple(chunk for chunk, _ in left), tuple(text for _, text in left)) if left else None
            last = found[-1][0]

    def _wait_for_more(self, task: Task, loaded: EmbedderLoaded) -> _Batch | None:
        """The next chunks once the reading lane has stored some; None when there will be no more."""
        while True:
            with self._bench.moved:
                finished, stored = task.read, task.chunks_stored  # looked at before the chunks: what is stored afterwards wakes us
            batch = self._fetch(task, loaded, None)
            if batch is not None or finished:
                return batch
            with self._bench.moved:
                while not task.read and task.chunks_stored == stored and not task.stop.cancelled:
                    self._bench.moved.wait()

    def _store(self, task: Task, loaded: EmbedderLoaded, batch: _Batch, embedded: Embedded) -> None:
        self._keep(task, loaded, batch.chunks, batch.rows(embedded), batch.texts)

    def _keep(self, task: Task, loaded: EmbedderLoaded, chunks: Sequence[int], vectors: bytes, texts: Sequence[str]) -> None:
        """One durable transaction."""
        self._bench.library.store_vectors(loaded.embedder, chunks, vectors, texts)
        task.embedding_since = task.embedding_since or self._bench.gate.working_time_s()
        with self._bench.moved:
            task.chunks_embedded += len(chunks)
        per_second = (task.chunks_embedded - task.chunks_before) / max(self._bench.gate.working_time_s() - (task.embedding_since or 0.0), 1e-3)
        left = (task.chunks_stored - task.chunks_embedded) / per_second if task.read else None
        total = max(task.chunks_stored, task.chunks_embedded)
        self._bench.said.put(Progressed(task.document, "embedding", task.chunks_embedded, total, "chunks", per_second, left))

    def _finish(self, task: Task, reason: str | None, remedy: str | None) -> None:
        document = self._bench.library.document(task.document)
        with self._bench.moved:
            task.stage = "done"
        seconds = time.monotonic() - task.started
        self._bench.said.put(DocumentStudied(task.path, task.document, "ready", reason, remedy, document.pages, document.chunks, seconds))

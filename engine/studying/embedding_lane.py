"""The embedding lane of studying: gives every stored chunk its vector while the reading lane goes on."""

from __future__ import annotations

import queue
import time

from engine.meaning import Meaning
from engine.messages import DocumentStudied, Progressed
from engine.studying.task import Bench, Task
from engine.trouble import ChildDied, Stopped, Trouble

CHUNKS_PER_BATCH = 32
"""Chunks per request to the embedder, which does one after the other: some 0.4 s of work on one core (77 chunks a second
were measured), so that a question never waits long behind a batch."""

DEATHS_ALLOWED = 2
"""How often the embedder may die over one document before it is left to keyword search."""

LOOK_AGAIN_S = 0.2
"""How long the lane waits for the reading lane's word before it looks for itself."""


class EmbeddingLane:
    """Embeds the documents that come in line, in their order."""

    def __init__(self, *, bench: Bench, meaning: Meaning) -> None:
        self._bench = bench
        self._meaning = meaning
        self._line: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
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
        while (task := self._line.get()) is not None:
            try:
                self._embed(task)
            except Stopped:
                raise
            except Trouble as trouble:
                # Meaning is not to be had now: the document stays searchable by words, and a later run embeds it.
                task.read.wait()
                if not task.refused:
                    self._say_ready(task, f"Only keyword search works for it: {trouble.notice.sentence}", trouble.notice.remedy)
                continue
            if not task.refused:
                self._bench.library.mark(task.document, "ready", reason=task.reason)
                self._say_ready(task, task.reason, None)

    def _embed(self, task: Task) -> None:
        bench = self._bench
        loaded = self._meaning.load()
        bench.library.use_embedder(loaded.embedder, loaded.dimensions)
        deaths = 0
        while True:
            bench.abandoned.raise_if_cancelled()
            finished = task.read.is_set()  # looked at before the chunks: what is stored afterwards is found in the next round
            waiting = bench.library.chunks_without_vectors(loaded.embedder, CHUNKS_PER_BATCH, document=task.document)
            if not waiting:
                if finished:
                    return
                with bench.stored:
                    if not task.read.is_set() and not bench.abandoned.cancelled:
                        bench.stored.wait(LOOK_AGAIN_S)
                continue
            began = time.monotonic()
            task.embedding_since = task.embedding_since or began
            try:
                embedded = self._meaning.embed([text for _, text in waiting], cancellation=bench.abandoned)
            except ChildDied:
                deaths += 1
                if deaths > DEATHS_ALLOWED:
                    raise
                continue
            self.seconds += time.monotonic() - began
            bench.library.store_vectors(loaded.embedder, [chunk for chunk, _ in waiting], embedded.vectors)
            task.chunks_embedded += len(waiting)
            self._say_progress(task)

    def _say_progress(self, task: Task) -> None:
        per_second = task.chunks_embedded / max(time.monotonic() - (task.embedding_since or 0.0), 1e-3)
        left = (task.chunks_stored - task.chunks_embedded) / per_second if task.read.is_set() else None
        total = max(task.chunks_stored, task.chunks_embedded)
        self._bench.said.put(Progressed(task.document, "embedding", task.chunks_embedded, total, "chunks", per_second, left))

    def _say_ready(self, task: Task, reason: str | None, remedy: str | None) -> None:
        document = self._bench.library.document(task.document)
        seconds = time.monotonic() - task.started
        self._bench.said.put(DocumentStudied(task.path, task.document, "ready", reason, remedy, document.pages, document.chunks, seconds))

"""A change of embedder: the vectors are made anew in small batches while the old ones go on serving.

Everything is in the database: which embedder serves, and which chunks lack a vector of the new one. So it can be killed
anywhere, and goes on where it was. When the last vector is made the new embedder serves; then the old vectors are forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from engine.cancellation import Cancellation
from engine.embedding.messages import Embedded, EmbedderLoaded
from engine.library.library import Library
from engine.trouble import Trouble

CHUNKS_PER_BATCH = 32
"""Some 0.4 s of work on one core: a question waits no longer than that."""

BATCHES_AT_ONCE = 8
"""Then the lane looks whether somebody asked for something else."""

FORGOTTEN_PER_BATCH = 2_000
"""Old vectors deleted in one transaction: 3 MB of 384 dimensions."""


class Embedding(Protocol):
    """What makes vectors: `engine.meaning.Meaning`, or a fake."""

    @property
    def state(self) -> str:
        """ "ready" when it can embed at once."""

    def load(self) -> EmbedderLoaded:
        """The name that its vectors are kept under."""

    def embed(self, texts: Sequence[str], *, cancellation: Cancellation | None = None) -> Embedded:
        """Vectors of chunks."""


class Gate(Protocol):
    """Where background work waits while a question is served."""

    def wait(self, stop: Cancellation) -> None:
        """Wait until it is open."""


class Renewal:
    """Makes the vectors of one library anew when its embedder has changed."""

    def __init__(self, *, library: Library, embedding: Embedding, gate: Gate) -> None:
        self._library = library
        self._embedding = embedding
        self._gate = gate

    def chunks_left(self) -> int:
        """How many chunks wait for a vector of the new embedder; 0 where there is no change. Asks nobody but the database."""
        name = self._library.embedders.coming() or self._library.embedders.serving()
        return 0 if name is None or not self._library.embedders.has_others(name) else self._library.embedders.chunks_to_renew(name)

    def is_pending(self) -> bool:
        """Whether anything is left to do: vectors to make, a switch, old vectors to forget. Notices a change of embedder."""
        return self._new_embedder() is not None

    def work(self, cancellation: Cancellation) -> Iterator[int]:
        """Some batches of it; after each, how many chunks are left.

        Raises:
            Trouble: the embedder died or the disk is full; what was made is kept.
            Stopped: cancelled; what was made is kept.
        """
        name = self._new_embedder()
        if name is None:
            return
        for _ in range(BATCHES_AT_ONCE):
            self._gate.wait(cancellation)
            cancellation.raise_if_cancelled()
            waiting = self._library.chunks_without_vectors(name, CHUNKS_PER_BATCH)
            if not waiting:
                break
            embedded = self._embedding.embed([text for _, text in waiting], cancellation=cancellation)
            self._library.store_vectors(name, [chunk for chunk, _ in waiting], embedded.vectors)
            yield self._library.embedders.chunks_to_renew(name)
        else:
            return
        if self._library.embedders.chunks_to_renew(name) == 0:
            self._library.embedders.serve(name)
            while self._library.embedders.forget_others(name, FORGOTTEN_PER_BATCH):
                cancellation.raise_if_cancelled()
            yield 0

    def _new_embedder(self) -> str | None:
        """The embedder that is loaded, where the library has vectors of another one; None where nothing is to be done or known."""
        if self._embedding.state != "ready":
            return None
        try:
            loaded = self._embedding.load()
        except Trouble:
            return None
        if self._library.embedders.serving() != loaded.embedder or self._library.embedders.coming() is not None:
            self._library.use_embedder(loaded.embedder, loaded.dimensions)
        return loaded.embedder if self._library.embedders.has_others(loaded.embedder) else None


def same_model(one: str, other: str) -> bool:
    """Whether two embedders are the same model on different backends, so that the one's vector of a question can be compared with the other's vectors.

    A name says model, backend and weights, in this order. Measured: cosine .99 between the backends of one model. Pure.
    """
    first, second = one.split("/"), other.split("/")
    return (first[0], first[-1]) == (second[0], second[-1])

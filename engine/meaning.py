"""The engine's side of the embedder: which one is there, and vectors for questions and chunks.

Questions are answered by the light embedder, which is loaded in half a second. Where a heavier backend of the same model was
measured to be faster, whole books go to that one, in a child of its own; the vectors that are kept are then of that name, and
a question's vector from the light one is close enough to be compared with them (cosine .99 to float32).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.cancellation import Cancellation
from engine.children import Child
from engine.embedding.choice import Candidate
from engine.embedding.messages import Embed, Embedded, EmbedderLoaded, LoadEmbedder
from engine.trouble import ChildDied, Trouble

SILENCE_S = 180.0
"""Loading a large embedder from a slow disk may take a while; a batch of chunks takes about a second."""

DEATHS_ALLOWED = 2
"""How often in a row the heavier backend may die before the light one does all (no memory left beside a graphics card's other work, say)."""

Backend = Literal["onnx", "sentence-transformers"]


@dataclass(frozen=True, slots=True)
class Bulk:
    """The heavier backend for whole books, as it was measured, and the child that runs it."""

    child: Child
    directory: Path
    chosen: Candidate


class Meaning:
    """Vectors from the embedder children, loaded on first use and again after a death."""

    def __init__(self, *, child: Child, directory: Path | None, backend: Backend, threads: int, languages: tuple[str, ...], bulk: Bulk | None = None) -> None:
        """`directory` None: there is no embedder, and only keyword search works. `bulk` None: the one embedder does all."""
        self._directory = directory
        self._light = _Loader(child)
        self._request = None if directory is None else LoadEmbedder(str(directory), backend, threads)
        self._bulk = bulk
        self._heavy = None if bulk is None else _Loader(bulk.child)
        self._deaths = 0
        self._trouble: Trouble | None = None
        self._lock = threading.Lock()
        self.threads = threads
        self.languages = languages

    @property
    def state(self) -> Literal["missing", "loading", "ready"]:
        """Whether meaning can take part in a search right now."""
        if self._directory is None or self._trouble is not None:
            return "missing"
        return "ready" if self._light.loaded is not None else "loading"

    def load(self) -> EmbedderLoaded:
        """Make sure that the light embedder is loaded; returns the name that vectors of chunks are kept under, and their dimensions.

        Raises:
            Trouble: there is no embedder, or it can't be loaded.
        """
        with self._lock:
            if self._request is None:
                raise Trouble("no-embedder", "There is no embedding model, so search by meaning is off.", "Install the starter models with `make setup`.")
            if self._trouble is not None:
                raise self._trouble
            try:
                loaded = self._light.load(self._request)
            except Trouble as trouble:
                if trouble.notice.code in {"embedder-damaged", "embedder-missing"}:
                    self._trouble = trouble  # it won't mend itself: don't try at every question
                raise
            if self._bulk is None:
                return loaded
            chosen = self._bulk.chosen
            return EmbedderLoaded(embedder=chosen.embedder, dimensions=chosen.dimensions, max_pieces=chosen.max_pieces)

    def embed(self, texts: Sequence[str], *, cancellation: Cancellation | None = None) -> Embedded:
        """Vectors of chunks: `count` rows of `dimensions` float32, of the embedder that `load` names.

        Raises:
            Trouble: no embedder, or the child died.
            Stopped: the request was cancelled.
        """
        loaded = self.load()
        bulk, heavy = self._bulk, self._heavy
        if bulk is None or heavy is None:
            return self._light.embed(texts, cancellation)
        model = bulk.chosen.embedder.partition("/")[0]
        request = LoadEmbedder(str(bulk.directory), bulk.chosen.backend, self.threads, _torch_precision(bulk.chosen), model)
        try:
            found = heavy.load(request)
        except Trouble as trouble:
            self._bulk = None  # whatever keeps it from loading: the light one does all from the next book on
            raise Trouble("bulk-embedder", f"The faster embedder could not be loaded: {trouble.notice.sentence}", "Add the book again.") from trouble
        if found.embedder != loaded.embedder:
            self._bulk = None
            raise Trouble("bulk-embedder", f"The faster embedder is now {found.embedder}, which was not measured.", "Run `make setup` again.")
        try:
            embedded = heavy.embed(texts, cancellation)
        except ChildDied as died:
            self._deaths += 1
            if self._deaths <= DEATHS_ALLOWED:
                raise
            self._bulk = None  # no vector of the light one is returned here: the caller keeps them under the heavy one's name
            raise Trouble("bulk-embedder", f"The faster embedder died {self._deaths} times: {died.notice.sentence}", "Add the book again.") from died
        self._deaths = 0
        return embedded

    def embed_question(self, question: str, *, cancellation: Cancellation | None = None) -> Embedded:
        """The vector of a question, always by the light embedder: one row.

        Raises:
            Trouble: no embedder, or the child died.
            Stopped: the request was cancelled.
        """
        self.load()
        return self._light.embed((question,), cancellation)


class _Loader:
    """One child, and whether the embedder is loaded in the process that runs now."""

    def __init__(self, child: Child) -> None:
        self._child = child
        self._loaded_at_start = 0
        self.loaded: EmbedderLoaded | None = None

    def load(self, request: LoadEmbedder) -> EmbedderLoaded:
        if self.loaded is None or self._child.pid is None or self._child.starts != self._loaded_at_start:
            self.loaded = self._child.ask_once(request, silence_s=SILENCE_S)
            self._loaded_at_start = self._child.starts
        assert self.loaded is not None
        return self.loaded

    def embed(self, texts: Sequence[str], cancellation: Cancellation | None) -> Embedded:
        embedded: Embedded = self._child.ask_once(Embed(tuple(texts)), cancellation=cancellation, silence_s=SILENCE_S)
        return embedded


def _torch_precision(chosen: Candidate) -> Literal["float32", "bfloat16", "float16"] | None:
    return None if chosen.precision == "int8" else chosen.precision

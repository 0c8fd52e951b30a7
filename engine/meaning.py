"""The engine's side of the embedder child: which embedder is there, and vectors for questions and chunks."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from engine.cancellation import Cancellation
from engine.children import Child
from engine.embedding.messages import Embed, Embedded, EmbedderLoaded, LoadEmbedder
from engine.trouble import Trouble

SILENCE_S = 180.0
"""Loading a large embedder from a slow disk may take a while; a batch of chunks takes about a second."""

Backend = Literal["onnx", "sentence-transformers"]


class Meaning:
    """Vectors from the embedder child, loaded on first use and again after a death."""

    def __init__(self, *, child: Child, directory: Path | None, backend: Backend, threads: int, languages: tuple[str, ...]) -> None:
        """`directory` None: there is no embedder, and only keyword search works."""
        self._child = child
        self._directory = directory
        self._backend = backend
        self.threads = threads
        self._lock = threading.Lock()
        self._loaded: EmbedderLoaded | None = None
        self._loaded_at_start = 0
        self._trouble: Trouble | None = None
        self.languages = languages

    @property
    def state(self) -> Literal["missing", "loading", "ready"]:
        """Whether meaning can take part in a search right now."""
        if self._directory is None or self._trouble is not None:
            return "missing"
        return "ready" if self._loaded is not None else "loading"

    def load(self) -> EmbedderLoaded:
        """Make sure that a child with the embedder runs; returns its name and dimensions.

        Raises:
            Trouble: there is no embedder, or it can't be loaded.
        """
        with self._lock:
            if self._directory is None:
                raise Trouble("no-embedder", "There is no embedding model, so search by meaning is off.", "Install the starter models with `make setup`.")
            if self._trouble is not None:
                raise self._trouble
            if self._loaded is None or self._child.pid is None or self._child.starts != self._loaded_at_start:
                try:
                    self._loaded = self._child.ask_once(LoadEmbedder(str(self._directory), self._backend, self.threads), silence_s=SILENCE_S)
                except Trouble as trouble:
                    if trouble.notice.code in {"embedder-damaged", "embedder-missing"}:
                        self._trouble = trouble  # it won't mend itself: don't try at every question
                    raise
                self._loaded_at_start = self._child.starts
            assert self._loaded is not None
            return self._loaded

    def embed(self, texts: Sequence[str], *, cancellation: Cancellation | None = None) -> Embedded:
        """Vectors of the texts: `count` rows of `dimensions` float32.

        Raises:
            Trouble: no embedder, or the child died.
            Stopped: the request was cancelled.
        """
        self.load()
        embedded: Embedded = self._child.ask_once(Embed(tuple(texts)), cancellation=cancellation, silence_s=SILENCE_S)
        return embedded

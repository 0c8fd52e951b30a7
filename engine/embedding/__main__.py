"""The embedder child, `python -P -m engine.embedding`: loads one embedder, turns texts into vectors, gives all its memory back by ending."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from engine.cancellation import Cancellation
from engine.embedding.messages import PROTOCOL, Embed, Embedded, EmbedderLoaded, LoadEmbedder, Request
from engine.embedding.port import Embedder
from engine.serving import serve
from engine.trouble import ModelTrouble

NICENESS = 5


class EmbedderRoom:
    """What the child knows between two requests: the embedder that was loaded last."""

    def __init__(self) -> None:
        self._loaded: Embedder | None = None

    def handle(self, request: Any, cancellation: Cancellation) -> Iterator[Any]:
        """The ending of one request (there are no happenings here).

        Raises:
            ModelTrouble: the embedder can't be loaded, or none was.
            Stopped: the request was cancelled.
        """
        if isinstance(request, LoadEmbedder):
            yield self._load(request)
        elif isinstance(request, Embed):
            yield self._embed(request, cancellation)
        else:
            raise TypeError(f"no request of ours: {type(request).__name__}")

    def _load(self, request: LoadEmbedder) -> EmbedderLoaded:
        if self._loaded is not None:
            # First let go, then load: the two need not fit into memory together.
            self._loaded.close()
            self._loaded = None
        directory, threads = Path(request.directory), max(1, request.threads)
        if request.backend == "onnx":
            from engine.embedding.onnx_adapter import OnnxEmbedder

            self._loaded = OnnxEmbedder.load(directory, threads=threads)
        else:
            from engine.embedding.sentence_transformers_adapter import SentenceTransformersEmbedder

            self._loaded = SentenceTransformersEmbedder.load(directory, threads=threads, precision=request.precision, name=request.name)
        return EmbedderLoaded(embedder=self._loaded.embedder, dimensions=self._loaded.dimensions, max_pieces=self._loaded.max_pieces)

    def _embed(self, request: Embed, cancellation: Cancellation) -> Embedded:
        if self._loaded is None:
            raise ModelTrouble("embedder-not-loaded", "No embedder is loaded.", "Load one first.")
        vectors = self._loaded.embed(request.texts, cancellation=cancellation)
        return Embedded(vectors=vectors.astype("<f4").tobytes(), count=len(request.texts), dimensions=self._loaded.dimensions)


def prepare() -> Callable[[Any, Cancellation], Iterator[Any]]:
    """Make the room. The heavy imports wait for the first LoadEmbedder, which says which of them are needed."""
    # Read by tokenizers: its own thread pool would take the cores that were not given to us.
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    # Read by huggingface_hub and transformers when they are imported: nothing is ever looked up.
    os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
    return EmbedderRoom().handle


def main() -> None:
    """Serve until the parent closes the pipe."""
    serve(role="embedder", protocol=PROTOCOL, accepts=Request, prepare=prepare, niceness=NICENESS)


if __name__ == "__main__":
    main()

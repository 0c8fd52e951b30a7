"""What the engine and the embedder child say to each other."""

from __future__ import annotations

from typing import Literal

import msgspec

from engine.wire import Cancel, Cancelled, Failed, Hello

PROTOCOL = 1


class LoadEmbedder(msgspec.Struct, frozen=True, tag=True):
    """Load the embedder of a directory; `precision` None: as the backend has it. Ending: EmbedderLoaded.

    `name` is the model's, for a directory that isn't called so; an export knows its own.
    """

    directory: str
    backend: Literal["onnx", "sentence-transformers"]
    threads: int
    precision: Literal["float32", "bfloat16", "float16"] | None = None
    name: str | None = None


class Embed(msgspec.Struct, frozen=True, tag=True):
    """Embed texts. Ending: Embedded."""

    texts: tuple[str, ...]


Request = LoadEmbedder | Embed | Cancel


class EmbedderLoaded(msgspec.Struct, frozen=True, tag=True):
    """`embedder` names model, backend and precision: vectors of two different names are never mixed."""

    embedder: str
    dimensions: int
    max_pieces: int


class Embedded(msgspec.Struct, frozen=True, tag=True):
    """`vectors` is float32 little endian, row after row, each row of unit length (base64 on the wire)."""

    vectors: bytes
    count: int
    dimensions: int


Report = Hello | EmbedderLoaded | Embedded | Failed | Cancelled

ENDINGS = (EmbedderLoaded, Embedded, Failed, Cancelled)

"""The port that both embedders fit: texts in, unit vectors out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from engine.cancellation import Cancellation

if TYPE_CHECKING:
    import numpy


class Embedder(Protocol):
    """A loaded embedder. `embedder` names model, backend and precision: vectors of two names are never mixed."""

    @property
    def embedder(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    @property
    def max_pieces(self) -> int: ...

    def embed(self, texts: Sequence[str], *, cancellation: Cancellation | None = None) -> numpy.ndarray[Any, Any]:
        """Vectors of texts in their order: float32, (len(texts), dimensions), each row of unit length.

        What goes beyond `max_pieces` word pieces is cut; an empty text has a vector too.

        Raises:
            Stopped: the request was cancelled.
        """
        ...

    def close(self) -> None:
        """Give threads and memory back."""
        ...

"""Vectors in memory, row after row, with their chunks: what exact search multiplies with. Grows without copying all of it each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Matrix = NDArray[numpy.float32]
    Ids = NDArray[numpy.int64]
    Mask = NDArray[numpy.bool_]

GROWTH = 1.25
"""Room is made for a quarter more than is needed: a hundred thousand vectors are 150 MB, so doubling would be rude."""


class VectorRows:
    """Some vectors and the ids of their chunks. Not safe to change from several threads."""

    def __init__(self) -> None:
        import numpy

        self._count = 0
        self._ids: Ids = numpy.zeros(0, dtype=numpy.int64)
        self._matrix: Matrix = numpy.zeros((0, 1), dtype=numpy.float32)

    def __len__(self) -> int:
        return self._count

    @property
    def ids(self) -> Ids:
        """The chunks, in the order in which they came. A view that later appending leaves as it is."""
        return self._ids[: self._count]

    @property
    def matrix(self) -> Matrix:
        """Their vectors, one a row. A view that later appending leaves as it is."""
        return self._matrix[: self._count]

    def reserve(self, rows: int, dimensions: int) -> None:
        """Make room for so many rows in all, where it is known that they come."""
        import numpy

        if rows <= len(self._ids):
            return
        wider_ids = numpy.empty(rows, dtype=numpy.int64)
        wider = numpy.empty((rows, dimensions), dtype=numpy.float32)
        wider_ids[: self._count] = self.ids
        if self._count:
            wider[: self._count] = self.matrix
        self._ids, self._matrix = wider_ids, wider

    def append(self, ids: Ids, matrix: Matrix) -> None:
        """Add rows at the end; all have the same number of dimensions."""
        needed = self._count + len(ids)
        if needed > len(self._ids):
            self.reserve(max(needed, int(needed * GROWTH) if self._count else needed), matrix.shape[1])
        self._ids[self._count : needed] = ids
        self._matrix[self._count : needed] = matrix
        self._count = needed

    def keep(self, mask: Mask) -> None:
        """Only the rows that the mask names stay."""
        self._ids, self._matrix = self.ids[mask], self.matrix[mask]
        self._count = len(self._ids)

    def drop_first(self, count: int) -> None:
        """The first rows go."""
        self._ids, self._matrix = self.ids[count:].copy(), self.matrix[count:].copy()
        self._count = len(self._ids)

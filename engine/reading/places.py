"""From a stretch of a part's text to the lines of the file that it was read from. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from engine.reading.messages import Block
from engine.values import Place


class _Part(Protocol):
    """A page as it was read, or as the library keeps it."""

    @property
    def text(self) -> str: ...
    @property
    def blocks(self) -> Sequence[Block]: ...
    @property
    def place(self) -> Place | None: ...
    @property
    def lines(self) -> Sequence[tuple[int, int]]: ...


def place_within(part: _Part, start: int, end: int) -> Place | None:
    """Where the characters `[start, end)` of a part's text stand: their lines where the part is a run of lines, else the part's place.

    Text that is the file's own lines is counted; text that was made from them is as exact as the paragraph.
    """
    place = part.place
    if place is None or place.kind != "lines":
        return place
    if not part.lines:
        first = place.from_ + part.text.count("\n", 0, start)
        return Place("lines", first, first + part.text.count("\n", start, end))
    touched = [lines for block, lines in zip(part.blocks, part.lines, strict=True) if block.start < end and start < block.end]
    return Place("lines", min(first for first, _ in touched), max(last for _, last in touched)) if touched else place

"""Columns of a recognised page: text recognition writes what stands side by side as one line, and here it is taken apart. Pure.

Where four lines or more below each other have a wide gap in the same place, two columns stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from engine.reading.pdf.printed import PrintedLine, PrintedWord, measured_line

FEWEST_LINES = 4
"""So many lines with a gap in one place are no accident of justified text."""

WIDE = 0.7
"""White that may part columns, in units of the type size; words are 0.2 to 0.5 apart."""

PITCH = 1.7
"""Lines of one column follow each other within this many sizes of their type."""

_SPECKS = frozenset("_|;.,-~'‘’`:·¦")
"""What dust and rules between two columns are recognised as."""

_OVERLAP = 4.0
"""Width in points that the gaps of two lines have in common."""


class _Gutter(NamedTuple):
    """White between x0 and x1 that goes on through the lines [first, last]."""

    first: int
    last: int
    x0: float
    x1: float


def split_columns(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines in reading order, those across a gutter in two; each side of a gutter is a block of its own."""
    ordered = sorted(lines, key=lambda line: (line.y0 + line.y1) / 2)
    gutters = _gutters(ordered)
    if not gutters:
        return list(lines)
    found: list[PrintedLine] = []
    block = 1 + max(line.block for line in lines)
    next_line = 0
    for gutter in gutters:
        found += ordered[next_line : gutter.first]
        left, right = _sides(ordered[gutter.first : gutter.last + 1], gutter, block)
        # What stands on either side may be parted once more.
        found += [*split_columns(left), *split_columns(right)]
        block += 2 + len(left) + len(right)
        next_line = gutter.last + 1
    return found + ordered[next_line:]


def _gutters(lines: Sequence[PrintedLine]) -> list[_Gutter]:
    """Gutters from top to bottom, no two of them through one line; of several the one that goes on longest."""
    candidates = sorted(
        (gutter for first in range(len(lines)) for gutter in _from(lines, first)), key=lambda gutter: (gutter.first - gutter.last, gutter.first)
    )
    chosen: list[_Gutter] = []
    for gutter in candidates:
        if all(gutter.last < other.first or gutter.first > other.last for other in chosen):
            chosen.append(gutter)
    return sorted(chosen)


def _from(lines: Sequence[PrintedLine], first: int) -> Iterator[_Gutter]:
    """Gutters that begin in the gaps of one line and go down."""
    for x0, x1 in _gaps(lines[first]):
        last, parted = first, 1
        for index in range(first + 1, len(lines)):
            line, words = lines[index], _without_specks(lines[index])
            if not words:
                continue
            if words[-1].x1 <= x0 + _OVERLAP or words[0].x0 >= x1 - _OVERLAP:  # it stands on one side
                if line.y0 - lines[index - 1].y0 > PITCH * max(line.size, lines[index - 1].size):
                    break  # a heading below both columns
                last = index
                continue
            both = next(((max(x0, a), min(x1, b)) for a, b in _gaps(line) if min(x1, b) - max(x0, a) >= _OVERLAP), None)
            if both is None:
                break
            (x0, x1), last, parted = both, index, parted + 1
        if parted >= FEWEST_LINES:
            yield _Gutter(first, last, x0, x1)


def _gaps(line: PrintedLine) -> list[tuple[float, float]]:
    """The wide white stretches of a line, specks in them not counted."""
    pairs = pairwise(_without_specks(line))
    return [(before.x1, after.x0) for before, after in pairs if after.x0 - before.x1 > max(_OVERLAP, WIDE * line.size)]


def _without_specks(line: PrintedLine) -> list[PrintedWord]:
    return [word for word in line.words if word.text not in _SPECKS]


def _sides(lines: Sequence[PrintedLine], gutter: _Gutter, block: int) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """What stands left and right of a gutter, as two blocks."""
    middle = (gutter.x0 + gutter.x1) / 2
    left: list[PrintedLine] = []
    right: list[PrintedLine] = []
    for line in lines:
        before = [word for word in line.words if (word.x0 + word.x1) / 2 <= middle]
        after = [word for word in line.words if (word.x0 + word.x1) / 2 > middle]
        if before:
            left.append(measured_line(before, block, aside=line.aside))
        if after:
            right.append(measured_line(after, block + 1, aside=line.aside))
    return left, right

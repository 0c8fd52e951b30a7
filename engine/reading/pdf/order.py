"""In which order the blocks of a page are read. Pure.

The order in which a page was written is nearly always the order in which it is read, and knows more than geometry does
(columns, notes, boxes). Only where it plainly jumps back up is the page cut along its gutters and gaps instead.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

Rectangle = tuple[float, float, float, float]

GUTTER = 8.0
"""The least width in points of the white between two columns."""

COLUMN = 0.2
"""The least share of the region's width that counts as a column."""


def reading_order(boxes: Sequence[Rectangle]) -> list[int]:
    """Indices of the boxes in reading order."""
    written = list(range(len(boxes)))
    if not any(_jumps_back(boxes[before], boxes[after]) for before, after in itertools.pairwise(written)):
        return written
    return _cut(written, boxes)


def _jumps_back(before: Rectangle, after: Rectangle) -> bool:
    """Whether `after` stands wholly above `before` in the same column, or further down in a column to the left."""
    overlap = min(before[2], after[2]) - max(before[0], after[0])
    narrower = min(before[2] - before[0], after[2] - after[0])
    return after[3] <= before[1] + 1.0 and overlap > 0.3 * narrower


def _cut(indices: list[int], boxes: Sequence[Rectangle]) -> list[int]:
    """Recursive cut: at the widest gutter between two columns, else at the widest gap between two rows, else top to bottom."""
    pending = [indices]
    ordered: list[int] = []
    while pending:
        region = pending.pop()
        halves = (_halves(region, boxes, 0) or _halves(region, boxes, 1)) if len(region) > 1 else None
        if halves is None:
            ordered += sorted(region, key=lambda index: (boxes[index][1], boxes[index][0], index))
        else:
            pending += [halves[1], halves[0]]
    return ordered


def _halves(region: list[int], boxes: Sequence[Rectangle], axis: int) -> tuple[list[int], list[int]] | None:
    """The region split at its widest white stripe across `axis` (0: left and right, 1: upper and lower), or None where there is none."""
    by_start = sorted(region, key=lambda index: boxes[index][axis])
    low = boxes[by_start[0]][axis]
    high = max(boxes[index][axis + 2] for index in region)
    reach = boxes[by_start[0]][axis + 2]
    best, best_gap = 0, 0.0
    for position, index in enumerate(by_start[1:], start=1):
        gap = boxes[index][axis] - reach
        wide_enough = axis == 1 or (gap >= GUTTER and min(reach - low, high - boxes[index][axis]) >= COLUMN * (high - low))
        if gap > best_gap and wide_enough:
            best, best_gap = position, gap
        reach = max(reach, boxes[index][axis + 2])
    return (by_start[:best], by_start[best:]) if best else None

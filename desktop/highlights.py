"""From the boxes of a quote, in points on a page, to the rectangles that are laid over its picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.values import Box

_SAME_LINE = 0.5
"""Two boxes stand on one line when they share at least half of the lower one's height."""
_WIDEST_GAP = 1.2
"""Boxes on one line are joined over gaps of up to this many heights: a blank, not the gutter between two columns."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle in pixels, origin top left."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


def highlight_rectangles(
    boxes: Sequence[Box], *, page: int, pixels_per_point: float, width: int, height: int, padding_points: float = 1.0
) -> tuple[Rectangle, ...]:
    """What to lay over a picture of `page`, `width` by `height` pixels: one rectangle per line of the quote, top to bottom.

    Boxes of other pages, empty ones and what lies outside the picture are left out.
    """
    padding = padding_points * pixels_per_point
    merged = merge_lines([Rectangle(x0 * pixels_per_point, y0 * pixels_per_point, x1 * pixels_per_point, y1 * pixels_per_point)
                          for number, x0, y0, x1, y1 in boxes if number == page and x1 > x0 and y1 > y0])  # fmt: skip
    clipped = (
        Rectangle(max(0.0, box.left - padding), max(0.0, box.top - padding), min(float(width), box.right + padding), min(float(height), box.bottom + padding))
        for box in merged
    )
    return tuple(box for box in clipped if box.right > box.left and box.bottom > box.top)


def merge_lines(boxes: Sequence[Rectangle]) -> tuple[Rectangle, ...]:
    """Boxes that stand side by side on one line become one; the rest stays."""
    lines: list[Rectangle] = []
    for box in sorted(boxes, key=lambda box: (box.top, box.left)):
        for index, line in enumerate(lines):
            if _joins(line, box):
                lines[index] = Rectangle(min(line.left, box.left), min(line.top, box.top), max(line.right, box.right), max(line.bottom, box.bottom))
                break
        else:
            lines.append(box)
    if len(lines) < len(boxes):  # a box between two others may have joined them only now
        return merge_lines(lines)
    return tuple(sorted(lines, key=lambda line: (line.top, line.left)))


def _joins(one: Rectangle, other: Rectangle) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    lower = min(one.height, other.height)
    gap = max(one.left, other.left) - min(one.right, other.right)
    return shared >= _SAME_LINE * lower and gap <= _WIDEST_GAP * lower

"""From a stretch of a page's text to boxes on the page: pure geometry."""

from __future__ import annotations

from collections.abc import Iterable

from engine.reading.messages import Word
from engine.values import Box

_SAME_LINE = 0.5
"""Two words stand on one line when they share at least this part of the lower one's height: superscripts do, lines don't."""

_WIDEST_GAP = 3.0
"""Words further apart than this many line heights are cells of a table or columns: each gets a box of its own."""


def merge_boxes(page: int, words: Iterable[Word], start: int, end: int) -> tuple[Box, ...]:
    """Boxes of the words that share a character with `[start, end)`, those of one line made one. In reading order, in points."""
    boxes: list[Box] = []
    for word in words:
        if word.start >= end or word.end <= start:
            continue
        box = (page, word.x0, word.y0, word.x1, word.y1)
        if boxes and _continues(boxes[-1], box):
            _, x0, y0, x1, y1 = boxes[-1]
            boxes[-1] = (page, min(x0, word.x0), min(y0, word.y0), max(x1, word.x1), max(y1, word.y1))
        else:
            boxes.append(box)
    return tuple((number, round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2)) for number, x0, y0, x1, y1 in boxes)


def _continues(before: Box, after: Box) -> bool:
    """Whether `after` goes on to the right of `before` on the same line."""
    _, before_x0, before_y0, before_x1, before_y1 = before
    _, after_x0, after_y0, _, after_y1 = after
    lower = min(before_y1 - before_y0, after_y1 - after_y0)
    shared = min(before_y1, after_y1) - max(before_y0, after_y0)
    gap = after_x0 - before_x1
    return shared >= _SAME_LINE * lower and after_x0 >= before_x0 and gap <= _WIDEST_GAP * max(before_y1 - before_y0, after_y1 - after_y0)

"""Which formulas of a passage can't be read from its text, and where they stand: what to show as pictures beside it. Pure.

A formula on one line reads well ("T(n) = 2T(n/2) + n"). One with fractions, limits and exponents falls to pieces when its words are
put one after the other, and one in a font without a known alphabet is noise.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from engine.reading.messages import Block, Word
from engine.values import Box

MARGIN = 3.0
"""Points of white around a formula."""

UNKNOWN_PART = 0.05
"""From this share of characters without a known meaning on a formula is noise."""

RAISED_PART = 0.15
"""From this share of words off the line on (exponents, limits, halves of fractions) their places are lost in the text."""

NEAR = 8.0
"""Formulas that stand closer than this above one another are one picture."""


def crops_of(page: int, text: str, blocks: Iterable[Block], words: Sequence[Word], start: int, end: int) -> tuple[Box, ...]:
    """The boxes of the formulas within `[start, end)` of a page's text that are not legible there, from top to bottom."""
    starts = [word.start for word in words]
    found: list[Box] = []
    for block in blocks:
        if block.kind != "formula" or block.start < start or block.end > end:
            continue
        inside = words[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        if inside and not is_legible(text[block.start : block.end], inside):
            box = (
                *(page, min(word.x0 for word in inside) - MARGIN, min(word.y0 for word in inside) - MARGIN),
                *(max(word.x1 for word in inside) + MARGIN, max(word.y1 for word in inside) + MARGIN),
            )
            found.append((box[0], max(0.0, box[1]), max(0.0, box[2]), box[3], box[4]))
    return _merged(found)


def is_legible(text: str, words: Sequence[Word]) -> bool:
    """Whether a formula can be read from its text: known characters, each word beside the other on its line."""
    unknown = sum(unicodedata.category(character) in ("Co", "Cn", "Cc") and character != "\n" for character in text)
    if unknown > UNKNOWN_PART * len(text):
        return False
    height = median(word.y1 - word.y0 for word in words)
    off = 0
    for before, after in pairwise(words):
        apart = abs((after.y0 + after.y1 - before.y0 - before.y1) / 2)
        backwards = after.x0 < before.x1 - 0.5 * height
        # One above the other but closer than two lines: a fraction, or a sum with its limits.
        if backwards and 0.2 * height < apart < 1.3 * height:
            return False
        off += not backwards and 0.15 * height < apart < 1.3 * height
    return off < RAISED_PART * len(words)


def _merged(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """The boxes from top to bottom; those near each other as one."""
    merged: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box[2], box[1])):
        if merged and box[2] - merged[-1][4] < NEAR and min(box[3], merged[-1][3]) > max(box[1], merged[-1][1]):
            last = merged[-1]
            merged[-1] = (box[0], min(last[1], box[1]), last[2], max(last[3], box[3]), max(last[4], box[4]))
        else:
            merged.append(box)
    return tuple((page, round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2)) for page, x0, y0, x1, y1 in merged)

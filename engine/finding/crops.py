"""Which formulas of a passage can't be read from its text, and where they stand: what to show as pictures beside it. Pure.

A formula on one line reads well ("T(n) = 2T(n/2) + n"). One with fractions, limits and exponents falls to pieces when its words are
put one after the other, and one in a font without a known alphabet is noise.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
"""Formulas that stand closer than this above one another are one picture,"""

BESIDE = 60.0
"""and so are those that stand closer than this beside one another: "T =" and its cases."""

SCATTERED = 3
"""A formula that comes in so many blocks is in pieces, legible as each may be."""


def crops_of(page: int, text: str, blocks: Iterable[Block], words: Sequence[Word], start: int, end: int) -> tuple[Box, ...]:
    """The boxes of the formulas within `[start, end)` of a page's text that are not legible there, from top to bottom."""
    starts = [word.start for word in words]
    parts: list[_Part] = []
    for block in blocks:
        if block.kind != "formula" or block.start < start or block.end > end:
            continue
        inside = words[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        if inside:
            edges = (min(word.x0 for word in inside), min(word.y0 for word in inside), max(word.x1 for word in inside), max(word.y1 for word in inside))
            parts = _with(parts, _Part(edges, is_legible(text[block.start : block.end], inside), 1))
    shown = sorted((part.edges for part in parts if not part.legible or part.blocks >= SCATTERED), key=lambda edges: (edges[1], edges[0]))
    return tuple(
        (page, round(max(0.0, x0 - MARGIN), 2), round(max(0.0, y0 - MARGIN), 2), round(x1 + MARGIN, 2), round(y1 + MARGIN, 2)) for x0, y0, x1, y1 in shown
    )


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


@dataclass(frozen=True, slots=True)
class _Part:
    """Blocks of formulas that stand together: left, top, right and bottom edge, whether all of them are legible, and how many they are."""

    edges: tuple[float, float, float, float]
    legible: bool
    blocks: int


def _with(parts: Sequence[_Part], added: _Part) -> list[_Part]:
    """The parts with another one, which joins those that it stands near."""
    apart: list[_Part] = []
    for part in parts:
        one, other = part.edges, added.edges
        down = max(one[1], other[1]) - min(one[3], other[3])
        across = max(one[0], other[0]) - min(one[2], other[2])
        if down < NEAR and across < BESIDE:
            edges = (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))
            added = _Part(edges, part.legible and added.legible, part.blocks + added.blocks)
        else:
            apart.append(part)
    return [*apart, added]

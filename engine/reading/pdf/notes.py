"""Footnotes, told apart from the text that they stand below. Pure.

At the foot of a page or column, in smaller type than the text, and opened by a raised number or sign. A note that goes on
from the page before has no mark: it must be set in the size that the document sets its notes in, below some white.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from engine.reading.pdf.printed import RAISED, PrintedLine

SMALLER = 0.93
"""The most that the type of a note may measure, in units of the text's."""

WHITE = 0.45
"""The least white above the notes, in units of their type size; their lines are 0.1 to 0.4 apart."""

MARK = re.compile(r"\d{1,3}(?:,\d{1,3})*|[*∗†‡§¶‖]{1,3}|[a-z]")

_RAISED_DIGITS = str.maketrans("0123456789∗", "⁰¹²³⁴⁵⁶⁷⁸⁹*")


def shown_mark(mark: str) -> str:
    """A mark as it stands in the text of a page: digits raised, so that they are no part of the note's first sentence."""
    return mark.translate(_RAISED_DIGITS)


def opens_note(line: PrintedLine) -> bool:
    """Whether a line begins with the mark of a note."""
    first = line.words[0]
    return len(line.words) > 1 and bool(first.style & RAISED) and MARK.fullmatch(first.text) is not None and any(map(str.isalpha, line.text[len(first.text) :]))


def note_size_of(sizes: Mapping[float, int], body_size: float) -> float | None:
    """The type size of a document's notes, from how many lines with a mark a sample has in each size; None where it has none."""
    small = {size: count for size, count in sizes.items() if size <= SMALLER * body_size}
    return max(small, key=lambda size: (small[size], size)) if small else None


def notes_among(lines: Sequence[PrintedLine], *, body_size: float, note_size: float | None) -> list[list[int]]:
    """The footnotes of a page, each as the indices of its lines from top to bottom; `lines` are without running heads."""
    small = {index for index, line in enumerate(lines) if not line.aside and line.size <= SMALLER * body_size}
    if not small or (note_size is None and not any(lines[index].raised for index in small)):
        return []
    notes: list[list[int]] = []
    taken: set[int] = set()
    for index in sorted(small, key=lambda index: (lines[index].y0, lines[index].x0)):
        if index in taken or not (opens_note(lines[index]) or _goes_on(index, lines, note_size)):
            continue
        below = _at_the_foot(index, lines, small)
        if below is None:
            continue
        for other in below:
            if other in taken:
                continue
            taken.add(other)
            if opens_note(lines[other]) or other == index:
                notes.append([other])
            else:
                notes[-1].append(other)
    return notes


def _at_the_foot(index: int, lines: Sequence[PrintedLine], small: set[int]) -> list[int] | None:
    """This line and all below it in its column, from top to bottom; None where one of them is set in the type of the text."""
    top = lines[index]
    left, right = top.x0, top.x1
    below = [other for other, line in enumerate(lines) if not line.aside and line.y0 > top.y0 - 1.0]
    below.sort(key=lambda other: (lines[other].y0, lines[other].x0))
    found = []
    for other in below:
        line = lines[other]
        if min(right, line.x1) - max(left, line.x0) > 0.3 * min(right - left, line.x1 - line.x0):
            if other not in small:
                return None
            found.append(other)
            left, right = min(left, line.x0), max(right, line.x1)
    return found


def _goes_on(index: int, lines: Sequence[PrintedLine], note_size: float | None) -> bool:
    """Whether a line may go on a note of the page before: prose in the size of notes, as wide as the text, below some white."""
    line = lines[index]
    if note_size is None or abs(line.size - note_size) > 0.2 or line.mono > 0.5 or line.math > 0.5 or len(line.words) < 5:
        return False
    width = line.x1 - line.x0
    above = [other for other in lines if not other.aside and other.y1 <= line.y0 + 1.0 and min(line.x1, other.x1) - max(line.x0, other.x0) > 0.3 * width]
    if not above:
        return False
    nearest = max(above, key=lambda other: other.y1)
    column = max(above, key=lambda other: other.x1 - other.x0)
    apart = line.y0 - nearest.y1 >= WHITE * line.size and nearest.size > line.size
    return apart and abs(line.x0 - column.x0) < line.size and line.x1 - line.x0 > 0.5 * (column.x1 - column.x0)

"""Parts of documents whose text is made from the lines of a source (LaTeX, reStructuredText, Texinfo). Pure.

Every piece knows the lines that it was made from, so that a passage can name its own lines although the marks between its
words are gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from engine.reading.messages import OutlineEntry, PageRead
from engine.reading.parts.composing import Piece, compose, shortened
from engine.reading.parts.text import Parts
from engine.values import Place

PART_LINES = 60
PART_CHARACTERS = 6000
"""A part is closed before it grows beyond these many lines of source or characters of text."""

PART_PIECES = 100
"""The most paragraphs in a part, where the source has them all on one line."""

PIECE_CHARACTERS = 12_000
"""A piece longer than this is divided at its lines."""


@dataclass(frozen=True, slots=True)
class Lined:
    """A paragraph, heading, table or the like, and the first and last line of the source (from 1) that it was made from."""

    piece: Piece
    first: int
    last: int


def lined_book(kind: str, title: str, pieces: Iterable[Lined]) -> Parts:
    """A book of one part per section (long ones several); levels of headings may begin anywhere and leave some out."""
    found = [short for piece in pieces if piece.piece.text.strip() for short in _divided(piece)]
    levels = sorted({piece.piece.level for piece in found if piece.piece.level})
    outline: list[OutlineEntry] = []
    parts: list[PageRead] = []
    for group in _groups(found):
        number = len(parts) + 1
        outline += [OutlineEntry(levels.index(piece.piece.level) + 1, shortened(piece.piece.text), number) for piece in group if piece.piece.level]
        place = Place("lines", min(piece.first for piece in group), max(piece.last for piece in group))
        part = compose(number, place, [replace(piece.piece, notes=()) for piece in group])
        parts.append(_with_lines(part, group))
    if not parts:
        parts.append(compose(1, Place("lines", 1, 1), []))
    return Parts(kind, title, tuple(outline), tuple(parts))


def _with_lines(part: PageRead, group: Sequence[Lined]) -> PageRead:
    assert len(part.blocks) == len(group)
    lines = tuple((piece.first, piece.last) for piece in group)
    return PageRead(part.number, None, 0.0, 0.0, part.kind, part.text, part.blocks, (), part.emphasis, part.place, lines=lines)


def _groups(pieces: Sequence[Lined]) -> Iterator[list[Lined]]:
    """The pieces of each part. A heading opens one, unless nothing but higher headings stands before it."""
    group: list[Lined] = []
    characters = deepest = 0  # `deepest`: the level of the last heading while there is nothing else in the group
    for piece in pieces:
        level = piece.piece.level
        full = group and (piece.last - group[0].first >= PART_LINES or characters + len(piece.piece.text) > PART_CHARACTERS or len(group) >= PART_PIECES)
        opens = level > 0 and not 0 < deepest < level
        if group and (opens or (full and not deepest) or len(group) >= 2 * PART_PIECES):
            yield group
            group, characters, deepest = [], 0, 0
        deepest = level if level and (deepest or not group) else 0
        group.append(piece)
        characters += len(piece.piece.text)
    if group:
        yield group


def _divided(lined: Lined) -> Iterator[Lined]:
    """The piece, or its lines in several where it is longer than a reader would go on."""
    piece = lined.piece
    if len(piece.text) <= PIECE_CHARACTERS and (piece.kind not in ("code", "table") or piece.text.count("\n") < 2 * PART_LINES):
        yield lined
        return
    rows = [row[at : at + PART_CHARACTERS] for row in piece.text.split("\n") for at in range(0, max(1, len(row)), PART_CHARACTERS)]
    counted = len(rows) == lined.last - lined.first + 1
    taken: list[str] = []
    begin = 0
    for index, row in enumerate([*rows, None]):
        if row is None or (taken and (len(taken) >= PART_LINES or sum(map(len, taken)) + len(row) > PART_CHARACTERS)):
            first, last = (lined.first + begin, lined.first + index - 1) if counted else (lined.first, lined.last)
            yield Lined(replace(piece, text="\n".join(taken), emphasis=()), first, last)
            taken, begin = [], index
        if row is not None:
            taken.append(row)

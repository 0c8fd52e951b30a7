"""Titles, and headings of documents that name none: short lines that are set bold or larger than the text around them. Pure.

Many students never use a heading style. The guess is careful: better a long section than a page of one-line ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.reading.parts.composing import Piece, shortened

LONGEST_CHARACTERS = 100
LARGER = 1.15
"""How many times the size of the running text a line has to be."""

AT_MOST = 0.35
"""Where more than this part of all paragraphs look like headings, bold is a habit and no sign."""

HABIT = 0.6
"""The same before names and dates below each other are taken for one."""

_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})[.)]?\s+\S")
_LABEL = re.compile(r"(?:[^\W\d_]+ ?){1,4}[:：]")
"""What may end with a colon and be a heading: "Results:", but not "For S1(6):"."""

_FORMULA = re.compile(r"[=≠≤≥≈±∑∫√∈]")
_NO_END = (".", ",", ";", "。", "，", "；", "、")


@dataclass(frozen=True, slots=True)
class Typeset:
    """A piece and how it is set: `size` in points (0: not known), `strong` where all of it is bold (or underlined)."""

    piece: Piece
    size: float
    strong: bool
    candidate: bool = True
    """False for what is no paragraph of the running text (list items, boxes)."""


def title_and_paragraphs(found: Sequence[tuple[Typeset, bool]]) -> tuple[str | None, list[Typeset]]:
    """The title that stands first, and the paragraphs; further ones set like a title are chapters."""
    title: str | None = None
    before_text = True
    paragraphs: list[Typeset] = []
    for paragraph, is_title in found:
        piece = paragraph.piece
        if is_title and piece.text.strip():
            if before_text:
                title = f"{title} {piece.text}" if title else piece.text
                piece = replace(piece, level=0)
        elif piece.text.strip():
            before_text = False
        paragraphs.append(replace(paragraph, piece=piece))
    return (shortened(title) if title else None), paragraphs


def with_headings(paragraphs: Sequence[Typeset]) -> list[Piece]:
    """The pieces; where none of them is a heading, those that look like headings become some."""
    pieces = [paragraph.piece for paragraph in paragraphs]
    if any(piece.level for piece in pieces):
        return pieces
    told = [paragraph for paragraph in paragraphs if paragraph.piece.text.strip()]
    sizes: Counter[float] = Counter()
    for paragraph in told:
        if paragraph.size:
            sizes[paragraph.size] += len(paragraph.piece.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    found = {index for index in range(len(paragraphs)) if _looks_like_one(paragraphs[index], body) and _something_follows(paragraphs, index)}
    if len(found) > HABIT * len(told):
        return pieces
    found -= {index for index in found if _same_look_follows(paragraphs, index, found)}
    if not found or len(found) > AT_MOST * len(told):
        return pieces
    levels = {size: level for level, size in enumerate(sorted({max(paragraphs[index].size, body) for index in found}, reverse=True), start=1)}
    return [
        replace(piece, kind="heading", level=_level(piece.text, levels[max(paragraphs[index].size, body)]), emphasis=()) if index in found else piece
        for index, piece in enumerate(pieces)
    ]


def _looks_like_one(paragraph: Typeset, body: float) -> bool:
    text = paragraph.piece.text.strip()
    if not paragraph.candidate or paragraph.piece.kind != "prose" or not any(map(str.isalpha, text)):
        return False
    if len(text) > LONGEST_CHARACTERS or "\n" in text or text.endswith(_NO_END):
        return False
    if _FORMULA.search(text):
        return False
    larger = body > 0.0 and paragraph.size >= LARGER * body
    return larger or (paragraph.strong and not (text.endswith((":", "：")) and not _LABEL.fullmatch(text)))


def _something_follows(paragraphs: Sequence[Typeset], index: int) -> bool:
    """Whether text comes after it: a last line in bold is a signature, no heading."""
    return any(later.piece.text.strip() for later in paragraphs[index + 1 :])


def _same_look_follows(paragraphs: Sequence[Typeset], index: int, found: set[int]) -> bool:
    """Whether the next line is set alike and looks like a heading too: names and dates below each other are no sections."""
    following = next((later for later in range(index + 1, len(paragraphs)) if paragraphs[later].piece.text.strip()), None)
    alike = following is not None and following in found and paragraphs[following].size == paragraphs[index].size
    return alike and not _NUMBERED.match(paragraphs[index].piece.text)


def _level(text: str, by_size: int) -> int:
    numbered = _NUMBERED.match(text)
    return numbered[1].count(".") + 1 if numbered and "." in numbered[1] else min(by_size, 4)

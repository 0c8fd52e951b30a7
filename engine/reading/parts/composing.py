"""From the paragraphs of a document without pages to its parts: text, blocks, emphasis, sections. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from engine.reading.messages import Block, BlockKind, OutlineEntry, PageKind, PageRead
from engine.values import Place

PART_LINES = 60
PART_CHARACTERS = 6000
"""A part of a section is closed before it grows beyond these; only a paragraph that is longer alone fills one alone."""

LONGEST_TITLE = 160
"""Characters of a title in the outline; what is longer is shortened there and whole in the text."""

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2028\u2029\u2060\ufeff\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, list item, table or the like. `level` counts headings from 1; neighbours of one list (`item`, if not 0)
    stand close to each other; `notes` are the foot- and endnotes that it refers to."""

    kind: BlockKind
    text: str
    emphasis: tuple[tuple[int, int], ...] = ()
    level: int = 0
    item: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (None before the first one) and what stands below it."""

    heading: Piece | None
    pieces: tuple[Piece, ...]


def compose(number: int, place: Place, pieces: Iterable[Piece], *, silent: PageKind = "blank") -> PageRead:
    """The part that shows these pieces, their notes at its end; `silent` says what it is where they say nothing."""
    text = ""
    blocks: list[Block] = []
    emphasis: list[tuple[int, int]] = []
    before: Piece | None = None
    for piece in _with_notes(pieces):
        if before is not None:
            text += "\n" if piece.item and piece.item == before.item else "\n\n"
        start = len(text)
        text += piece.text
        blocks.append(Block(piece.kind, start, len(text)))
        emphasis += [(start + first, start + last) for first, last in piece.emphasis]
        before = piece
    return PageRead(number, None, 0.0, 0.0, "text" if text else silent, text, tuple(blocks), (), tuple(emphasis), place)


def sections_of(pieces: Iterable[Piece]) -> list[Section]:
    """The pieces below their headings; nothing before the first heading is no section, unless there is nothing at all."""
    sections: list[Section] = []
    heading: Piece | None = None
    below: list[Piece] = []
    for piece in pieces:
        if not piece.text.strip():
            continue
        if piece.level:
            if heading is not None or below:
                sections.append(Section(heading, tuple(below)))
            heading, below = piece, []
        else:
            below.append(piece)
    if heading is not None or below or not sections:
        sections.append(Section(heading, tuple(below)))
    return sections


def parts_of(sections: Sequence[Section], title: str) -> tuple[tuple[OutlineEntry, ...], tuple[PageRead, ...]]:
    """The outline and the parts. What stands before the first heading has an entry that is called like the document."""
    outline: list[OutlineEntry] = []
    parts: list[PageRead] = []
    for index, section in enumerate(sections, start=1):
        heading = section.heading
        level = heading.level if heading is not None else 1
        named = shortened(heading.text) if heading is not None else shortened(title)
        outline.append(OutlineEntry(level, named, len(parts) + 1))
        pieces = section.pieces if heading is None else (heading, *section.pieces)
        for group in _groups(pieces) or [[]]:
            parts.append(compose(len(parts) + 1, Place("section", index, index), group))
    return tuple(outline), tuple(parts)


def shortened(title: str) -> str:
    """A title on one line and of bounded length."""
    line = " ".join(title.split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"


def seen(text: str) -> str:
    """The text without what can't be seen, and with plain spaces for the fixed ones."""
    return _UNSEEN.sub("", text).replace("\u00a0", " ").replace("\u202f", " ").replace("\u2011", "-")


def piece_of(kind: BlockKind, text: str, emphasis: Sequence[tuple[int, int]] = (), *, level: int = 0, item: int = 0, notes: tuple[str, ...] = ()) -> Piece:
    """A piece with its text trimmed and its emphasis kept to what says something and is not the whole."""
    cut = len(text) - len(text.lstrip("\n")) if kind == "code" or item else len(text) - len(text.lstrip())
    trimmed = text[cut:].rstrip()
    ranges = []
    for start, end in _joined(emphasis, text):
        first, last = max(0, start - cut), min(len(trimmed), end - cut)
        stretch = trimmed[first:last]
        first, last = first + len(stretch) - len(stretch.lstrip()), last - (len(stretch) - len(stretch.rstrip()))
        if last > first and any(map(str.isalnum, trimmed[first:last])) and trimmed[first:last].strip() != trimmed.strip():
            ranges.append((first, last))
    return Piece(kind, trimmed, tuple(ranges) if kind == "prose" else (), level, item, notes)


def table_piece(rows: Iterable[Sequence[str]]) -> Piece | None:
    """A table, a line per row, or None where it says nothing; one of a single cell is a box around a paragraph."""
    cells = [[_cell(cell) for cell in row] for row in rows]
    cells = [row[: max(index for index, cell in enumerate(row) if cell) + 1] for row in cells if any(row)]
    if not cells:
        return None
    if len(cells) == 1 and len(cells[0]) == 1:
        return piece_of("prose", cells[0][0])
    return Piece("table", "\n".join(" | ".join(row).strip() if any(row[1:]) else row[0] for row in cells))


def joined_code(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, neighbouring ones of code as one: programs often write every line as a paragraph."""
    waiting: list[Piece] = []
    for piece in pieces:
        if piece.kind == "code" or (waiting and not piece.text.strip() and piece.kind == "prose"):
            waiting.append(piece)
            continue
        yield from _one_code(waiting)
        waiting = []
        yield piece
    yield from _one_code(waiting)


def _one_code(pieces: list[Piece]) -> Iterator[Piece]:
    if pieces:
        notes = tuple(note for piece in pieces for note in piece.notes)
        text = "\n".join(piece.text for piece in pieces).strip("\n").rstrip()
        if text:
            yield replace(pieces[0], text=text, notes=notes, emphasis=())


def _with_notes(pieces: Iterable[Piece]) -> Iterator[Piece]:
    notes: list[str] = []
    for piece in pieces:
        notes += piece.notes
        if piece.text.strip():
            yield piece
    yield from (Piece("footnote", note) for note in notes if note.strip())


def _groups(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces in runs that fill a screen; what is longer alone is divided at its lines or, failing that, at its spaces."""
    groups: list[list[Piece]] = []
    lines = characters = 0
    for piece in (short for whole in pieces for short in divided(whole)):
        new_lines = piece.text.count("\n") + 1
        full = lines + new_lines > PART_LINES or characters + len(piece.text) > PART_CHARACTERS
        headed = bool(groups) and all(before.kind == "heading" for before in groups[-1])
        if not groups or (full and not headed):
            groups.append([])
            lines = characters = 0
        groups[-1].append(piece)
        lines += new_lines
        characters += len(piece.text)
    return groups


def divided(piece: Piece) -> Iterator[Piece]:
    """The piece, in several where it is too long for a part: at its lines or, failing that, at its sentences or spaces."""
    if len(piece.text) <= PART_CHARACTERS and piece.text.count("\n") < PART_LINES:
        yield piece
        return
    start, text = 0, piece.text
    while start < len(text):
        end = _cut(text, start)
        ranges = tuple((first - start, last - start) for first, last in piece.emphasis if start <= first and last <= end)
        yield replace(piece, text=text[start:end].rstrip(), emphasis=ranges, notes=piece.notes if end >= len(text) else ())
        start = end + 1 if end < len(text) and text[end] in "\n " else end


def _cut(text: str, start: int) -> int:
    """Where a stretch that begins at `start` ends: at a line's end, a sentence's or a word's where there is one."""
    limit = start + PART_CHARACTERS
    line_ends = [start + found.start() for found in re.finditer("\n", text[start:limit])]
    if len(line_ends) >= PART_LINES:
        return line_ends[PART_LINES - 1]
    if limit >= len(text):
        return len(text)
    if line_ends and line_ends[-1] > start:
        return line_ends[-1]
    for mark in (". ", "。", " "):
        found_at = text.rfind(mark, start + PART_CHARACTERS // 2, limit)
        if found_at > 0:
            return found_at + len(mark.rstrip())
    return limit


def _joined(ranges: Sequence[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Neighbouring ranges as one: a phrase is often stored in several runs."""
    current: tuple[int, int] | None = None
    for start, end in sorted(ranges):
        if current is not None and (start <= current[1] or not text[current[1] : start].strip()):
            current = (current[0], max(current[1], end))
        else:
            if current is not None:
                yield current
            current = (start, end)
    if current is not None:
        yield current


def _cell(text: str) -> str:
    return " ".join(text.split()).replace(" | ", " ¦ ")

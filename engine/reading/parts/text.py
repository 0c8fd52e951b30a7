"""Plain text files, cut into parts of about a screen.

A part's text is the source text of its lines, unchanged: the line of any offset is
`part.place.from_ + part.text[:offset].count("\\n")`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from engine.cancellation import Cancellation
from engine.reading.encodings import read_text
from engine.reading.kinds import stem_of
from engine.reading.messages import Block, IndexEntry, OutlineEntry, PageRead
from engine.values import Place

PART_LINES = 60
"""The most lines in a part: a citation's surroundings fit on a screen."""

PART_CHARACTERS = 20_000
"""The most characters in a part of several lines (some files have a paragraph per line)."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A `Book` without pages whose parts are all there already."""

    kind: str
    title: str
    outline: tuple[OutlineEntry, ...]
    parts: tuple[PageRead, ...]
    index: tuple[IndexEntry, ...] = ()
    """The document's own index, where its terms lead to parts."""
    hidden: int = 0
    """Characters that the file holds and that nobody who opens it sees; the first part carries the number."""

    @property
    def pages(self) -> int:
        """How many parts there are."""
        return len(self.parts)

    @property
    def paged(self) -> bool:
        """Parts are no pages."""
        return False

    def read(self, first_page: int, cancellation: Cancellation) -> Iterator[PageRead]:
        """The parts from number `first_page` on."""
        for part in self.parts[first_page - 1 :]:
            cancellation.raise_if_cancelled()
            yield part if part.number > 1 or not self.hidden else msgspec.structs.replace(part, hidden=self.hidden)

    def close(self) -> None:
        """The file was read whole: there is nothing to let go of."""


def open_text(path: Path, name: str) -> Parts:
    """A plain text file.

    Raises:
        DocumentRefused: it can't be read as text.
    """
    lines = read_text(path, name).split("\n")
    ranges = split_lines(lines, 0, len(lines))
    parts = tuple(
        part_of(lines, start, end, number=number, blocks=paragraph_blocks("\n".join(lines[start:end]))) for number, (start, end) in enumerate(ranges, start=1)
    )
    return Parts("text", stem_of(name), (), parts)


def split_lines(lines: Sequence[str], first: int, last: int) -> list[tuple[int, int]]:
    """Ranges `[start, end)` of at most `PART_LINES` lines that cover `[first, last)`, cut at blank lines where there are some."""
    ranges: list[tuple[int, int]] = []
    start = first
    while start < last:
        end, size = start + 1, len(lines[start])
        while end < last and end - start < PART_LINES and size + len(lines[end]) <= PART_CHARACTERS:
            size += len(lines[end]) + 1
            end += 1
        if end < last:
            blank = next((index for index in range(end - 1, start + (end - start) // 2, -1) if not lines[index].strip()), None)
            end = blank + 1 if blank is not None else end
        ranges.append((start, end))
        start = end
    return ranges


def part_of(lines: Sequence[str], start: int, end: int, *, number: int, blocks: tuple[Block, ...], emphasis: tuple[tuple[int, int], ...] = ()) -> PageRead:
    """The part with the lines `[start, end)` (counted from 0; its place counts from 1)."""
    text = "\n".join(lines[start:end])
    kind = "text" if text.strip() else "blank"
    return PageRead(number, None, 0.0, 0.0, kind, text, blocks, (), emphasis, Place("lines", start + 1, end))  # type: ignore[arg-type]


def paragraph_blocks(text: str) -> tuple[Block, ...]:
    """Blocks of prose between blank lines; paragraphs of which most lines are indented are code."""
    blocks: list[Block] = []
    for match in re.finditer(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*", text):
        start = text.rfind("\n", 0, match.start()) + 1
        rows = text[start : match.end()].split("\n")
        indented = sum(row.startswith(("    ", "\t")) for row in rows)
        code = indented >= 0.7 * len(rows)
        blocks.append(Block("code" if code else "prose", start if code else match.start(), match.end()))
    return tuple(blocks)

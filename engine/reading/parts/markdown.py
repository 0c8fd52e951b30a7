"""Markdown files: a part per heading (or per screen), with code, tables and formulas kept whole and the headings as outline.

A part's text is the source text of its lines, marks and all, so that lines can be counted as in `engine.reading.parts.text`.
What no reader sees (comments, marks of containers, pictures) belongs to no block.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from engine.reading.encodings import read_text
from engine.reading.kinds import stem_of
from engine.reading.messages import Block, BlockKind, OutlineEntry, PageRead
from engine.reading.parts.markdown_lines import Heading, LineKind, read_lines
from engine.reading.parts.text import Parts, part_of, split_lines

_EMPHASIS = re.compile(r"(?<![\w*_])(\*\*\*|\*\*|\*|__|_)(?=\S)(?P<phrase>[^*_\n]{2,80}?)(?<=\S)\1(?![\w*_])")
_BLOCKS: dict[LineKind, BlockKind] = {
    "heading": "heading",
    "rule": "heading",
    "code": "code",
    "table": "table",
    "item": "prose",
    "prose": "prose",
    "formula": "formula",
    "footnote": "footnote",
}


def open_markdown(path: Path, name: str) -> Parts:
    """A Markdown file.

    Raises:
        DocumentRefused: it can't be read as text.
    """
    outline, parts, title = markdown_parts(read_text(path, name).split("\n"))
    first = next((entry.title for entry in outline if entry.level == 1), None)
    return Parts("markdown", title or first or stem_of(name), outline, parts)


def markdown_parts(lines: Sequence[str]) -> tuple[tuple[OutlineEntry, ...], tuple[PageRead, ...], str | None]:
    """The headings and the parts of a Markdown text, and the title that its front matter states."""
    found = read_lines(lines)
    kinds, headings, title = found.kinds, found.headings, found.title
    starts = _starts(kinds, headings)
    ranges = [part for start, end in zip(starts, [*starts[1:], len(lines)], strict=True) for part in split_lines(lines, start, end)]
    parts = tuple(_part(lines, kinds, start, end, number) for number, (start, end) in enumerate(ranges, start=1))
    numbers = {line: number for number, (start, end) in enumerate(ranges, start=1) for line in range(start, end)}
    outline = tuple(OutlineEntry(heading.level, heading.title, numbers[heading.line]) for heading in headings)
    return outline, parts, title


def _starts(kinds: Sequence[LineKind], headings: Sequence[Heading]) -> list[int]:
    """The lines that open a part: headings, unless nothing or only a higher heading stands before them in theirs."""
    starts = [0]
    above = 0  # the level of the heading that the part has begun with, while there is nothing else in it
    line = 0
    for heading in headings:
        silent = all(kind in ("blank", "meta", "rule") for kind in kinds[line : heading.line])
        if silent and (above or starts == [0]) and (heading.level > above):
            above = heading.level
        else:
            starts.append(heading.line)
            above = heading.level
        line = heading.line + 1
    return starts


def _part(lines: Sequence[str], kinds: Sequence[LineKind], start: int, end: int, number: int) -> PageRead:
    blocks: list[Block] = []
    emphasis: list[tuple[int, int]] = []
    offset = 0
    open_kind: BlockKind | None = None
    for index in range(start, end):
        line, line_kind = lines[index], kinds[index]
        begin = offset
        offset += len(line) + 1
        kind = _BLOCKS.get(line_kind)
        if kind is None:
            open_kind = None
            continue
        continues = kind == open_kind and kind not in ("heading", "footnote") and line_kind != "item"
        if (line_kind == "rule" or continues) and blocks:
            blocks[-1] = Block(blocks[-1].kind, blocks[-1].start, begin + len(line.rstrip()))
        elif line.strip():
            blocks.append(Block(kind, begin, begin + len(line.rstrip())))
        elif not continues:
            continue  # an empty line of code at the beginning of a part
        open_kind = kind
        if kind == "prose":
            emphasis += [
                (begin + match.start("phrase"), begin + match.end("phrase")) for match in _EMPHASIS.finditer(line) if len(match["phrase"].split()) <= 6
            ]
    part = part_of(lines, start, end, number=number, blocks=tuple(blocks), emphasis=tuple(emphasis))
    return part if blocks else msgspec.structs.replace(part, kind="blank")

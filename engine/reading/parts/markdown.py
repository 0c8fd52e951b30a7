"""Markdown files: a part per heading (or per screen), with code kept whole and the headings as outline.

A part's text is the source text of its lines, marks and all, so that lines can be counted as in `engine.reading.parts.text`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.reading.encodings import read_text
from engine.reading.kinds import stem_of
from engine.reading.messages import Block, BlockKind, OutlineEntry, PageRead
from engine.reading.parts.text import Parts, part_of, split_lines

_ATX = re.compile(r" {0,3}(?P<marks>#{1,6})[ \t]+(?P<title>.*?)(?:[ \t]+#+)?[ \t]*$")
_SETEXT = re.compile(r" {0,3}(?:(?P<first>=+)|(?P<second>-{2,}))[ \t]*$")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
_LIST_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s")
_TABLE_ROW = re.compile(r"\s*\|.*\|\s*$")
_EMPHASIS = re.compile(r"(?<![\w*_])(\*\*\*|\*\*|\*|__|_)(?=\S)(?P<phrase>[^*_\n]{2,80}?)(?<=\S)\1(?![\w*_])")
_MARKUP = re.compile(r"!?\[(?P<text>[^\]]*)\]\([^)]*\)|[*_`]+(?P<word>[^*_`]+)[*_`]+|<[^>]+>|\s*\{#[^}]*\}")

LineKind = str
"""What a line is: "heading", "code", "table", "item", "prose", "rule" (an underline of a heading), "meta" or "blank"."""


@dataclass(frozen=True, slots=True)
class _Heading:
    line: int
    level: int
    title: str


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
    kinds, headings, title = _line_kinds(lines)
    starts = sorted({0, *(heading.line for heading in headings)})
    # Nothing but blank lines or front matter before the first heading belongs to its part.
    if len(starts) > 1 and all(kind in ("blank", "meta") for kind in kinds[: starts[1]]):
        starts.pop(1)
    ranges = [part for start, end in zip(starts, [*starts[1:], len(lines)], strict=True) for part in split_lines(lines, start, end)]
    parts = tuple(_part(lines, kinds, start, end, number) for number, (start, end) in enumerate(ranges, start=1))
    numbers = {line: number for number, (start, end) in enumerate(ranges, start=1) for line in range(start, end)}
    outline = tuple(OutlineEntry(heading.level, heading.title, numbers[heading.line]) for heading in headings)
    return outline, parts, title


def _line_kinds(lines: Sequence[str]) -> tuple[list[LineKind], list[_Heading], str | None]:
    """The kind of every line, the headings, and the front matter's title."""
    kinds: list[LineKind] = ["prose"] * len(lines)
    headings: list[_Heading] = []
    start, title = _front_matter(lines)
    kinds[:start] = ["meta"] * start
    fence: str | None = None
    for index in range(start, len(lines)):
        line = lines[index]
        opened = _FENCE.match(line)
        if fence is not None:
            kinds[index] = "code"
            if opened and opened["fence"][0] == fence[0] and len(opened["fence"]) >= len(fence) and not line.strip().strip(fence[0]):
                fence = None
        elif opened:
            kinds[index], fence = "code", opened["fence"]
        elif not line.strip():
            kinds[index] = "blank"
        elif (atx := _ATX.match(line)) and atx["title"]:
            kinds[index] = "heading"
            headings.append(_Heading(index, len(atx["marks"]), _plain(atx["title"])))
        elif (setext := _SETEXT.match(line)) and index > start and kinds[index - 1] == "prose" and (index == start + 1 or kinds[index - 2] != "prose"):
            kinds[index - 1], kinds[index] = "heading", "rule"
            headings.append(_Heading(index - 1, 1 if setext["first"] else 2, _plain(lines[index - 1])))
        elif _TABLE_ROW.match(line):
            kinds[index] = "table"
        elif line.startswith(("    ", "\t")) and index > start and kinds[index - 1] in ("blank", "code") and not _in_list(kinds, index):
            kinds[index] = "code"
        elif _LIST_ITEM.match(line):
            kinds[index] = "item"
    return kinds, headings, title


def _in_list(kinds: Sequence[LineKind], index: int) -> bool:
    """Whether the indented line continues a list item: the nearest lines above that are not blank belong to one."""
    for before in range(index - 1, -1, -1):
        if kinds[before] != "blank":
            return kinds[before] == "item"
    return False


def _front_matter(lines: Sequence[str]) -> tuple[int, str | None]:
    """How many lines the front matter (between two lines of dashes) takes, and the title that it states."""
    if lines[0].strip() != "---":
        return 0, None
    for index, line in enumerate(lines[1:200], start=1):
        if line.strip() in ("---", "..."):
            stated = (re.match(r"title\s*:\s*(.+)", row) for row in lines[1:index])
            title = next((match[1].strip().strip("\"'") for match in stated if match), None)
            return index + 1, title or None
    return 0, None


def _part(lines: Sequence[str], kinds: Sequence[LineKind], start: int, end: int, number: int) -> PageRead:
    blocks: list[Block] = []
    emphasis: list[tuple[int, int]] = []
    offset = 0
    open_kind: BlockKind | None = None
    for index in range(start, end):
        line, line_kind = lines[index], kinds[index]
        begin = offset
        offset += len(line) + 1
        kind = _block_kind(line_kind)
        if kind is None:
            open_kind = None
            continue
        continues = kind == open_kind and kind != "heading" and line_kind != "item"
        if line_kind == "rule" or continues:
            blocks[-1] = Block(blocks[-1].kind, blocks[-1].start, begin + len(line.rstrip()))
        elif line.strip():
            blocks.append(Block(kind, begin, begin + len(line.rstrip())))
        open_kind = kind
        if kind == "prose":
            emphasis += [
                (begin + match.start("phrase"), begin + match.end("phrase")) for match in _EMPHASIS.finditer(line) if len(match["phrase"].split()) <= 6
            ]
    return part_of(lines, start, end, number=number, blocks=tuple(blocks), emphasis=tuple(emphasis))


def _block_kind(kind: LineKind) -> BlockKind | None:
    """The kind of block that such a line belongs to, or None where it belongs to none."""
    kinds: dict[LineKind, BlockKind] = {"heading": "heading", "rule": "heading", "code": "code", "table": "table", "item": "prose", "prose": "prose"}
    return kinds.get(kind)


def _plain(title: str) -> str:
    """A heading without links and marks."""
    return " ".join(_MARKUP.sub(lambda match: match["text"] or match["word"] or "", title).split()) or title.strip()

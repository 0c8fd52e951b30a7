"""reStructuredText without its marks: sections, paragraphs, lists, code, tables, directives by what they hold.

An own reader rather than docutils: every passage has to name its lines, which docutils loses for code, tables and unknown
directives, and what Sphinx adds is content here, not an error. Lines are gone through once per level of indentation; nothing
that a document names is opened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from engine.reading.encodings import read_text
from engine.reading.kinds import stem_of
from engine.reading.messages import BlockKind
from engine.reading.parts.composing import Piece, piece_of, table_piece
from engine.reading.parts.lined import Lined, lined_book
from engine.reading.parts.rst_directives import ADMONITIONS, CODE, SIGNATURES, THEOREMS, TITLED, UNREAD, Directive, directive_at
from engine.reading.parts.rst_inline import read_marks
from engine.reading.parts.rst_tables import grid_rows, simple_rows
from engine.reading.parts.text import Parts

MAX_DEPTH = 12
"""What is nested deeper is read as a paragraph."""

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{2,}\s*$")
_EXPLICIT = re.compile(r"\.\.(?:\s|$)|__\s")
_NOTE = re.compile(r"\.\.\s+\[(?P<label>[^\]\s]{1,80})\]\s*")
_BULLET = re.compile(r"(?P<mark>[-*+•‣⁃])(?:\s+|$)")
_NUMBER = re.compile(r"(?P<mark>\(?(?:\d{1,4}|#|[A-Za-z]|[ivxlcIVXLC]{1,6})[.)])\s+\S")
_FIELD = re.compile(r":(?P<name>[^:\s][^:\n]{0,80}):(?:\s+|$)(?P<value>.*)")
_GRID = re.compile(r"\+(?:[-=]+\+)+\s*$")
_SIMPLE = re.compile(r"=+(?:\s+=+)+\s*$")


def open_rst(path: Path, name: str) -> Parts:
    """A reStructuredText file.

    Raises:
        DocumentRefused: it can't be read as text.
    """
    lines = read_text(path, name).expandtabs(8).split("\n")
    reader = _Reader(lines)
    reader.read(0, len(lines), 0)
    title = next((piece.piece.text for piece in reader.pieces if piece.piece.level), None)
    return lined_book("rst", title or stem_of(name), reader.pieces)


class _Reader:
    """Goes through lines and collects pieces."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._indents = [len(line) - len(line.lstrip()) if line.strip() else -1 for line in lines]
        self._styles: list[str] = []
        self._prefix: tuple[str, bool, int] | None = None
        self.pieces: list[Lined] = []

    def read(self, start: int, end: int, depth: int) -> None:
        """Go through the lines `[start, end)`, which belong together."""
        at = start
        while at < end:
            if self._indents[at] < 0:
                at += 1
            else:
                at = max(at + 1, self._element(at, end, depth))

    def _element(self, at: int, end: int, depth: int) -> int:
        """Read what begins at a line; returns the line after it."""
        line = self._lines[at].strip()
        if depth >= MAX_DEPTH:
            return self._paragraph(at, end, depth)
        if depth == 0 and (heading := self._heading(at, end)):
            return heading
        if _EXPLICIT.match(line):
            return self._explicit(at, end, depth)
        if _GRID.match(line) or _SIMPLE.match(line):
            return self._table(at, end)
        if line.startswith(">>> "):
            stop = next((index for index in range(at, end) if self._indents[index] < 0), end)
            return self._code(at, stop)
        if (item := _BULLET.match(line) or _NUMBER.match(line)) and self._is_item(at, end, item):
            return self._item(at, end, depth, "•" if item.re is _BULLET else item["mark"], item.start("mark") + len(item["mark"]))
        if depth == 0 and not self.pieces and _FIELD.match(line):
            return self._below(at, end)  # bibliographic fields at the top of a file
        if (field := _FIELD.match(line)) is not None:
            return self._labelled(at, end, depth, f"{field['name']}: ", field.start("value"))
        if at + 1 < end and self._indents[at + 1] > self._indents[at] and not line.endswith("::"):
            return self._definition(at, end, depth)
        return self._paragraph(at, end, depth)

    # ---- elements --------------------------------------------------------------------------------------------------

    def _heading(self, at: int, end: int) -> int | None:
        lines = self._lines
        over = _ADORNMENT.match(lines[at]) if self._indents[at] == 0 else None
        if over and at + 2 < end and lines[at + 1].strip() and (under := _ADORNMENT.match(lines[at + 2])) and under[1] == over[1]:
            self._put("heading", *read_marks(lines[at + 1]), at, at + 3, level=self._level(over[1] * 2))
            return at + 3
        if over:
            return at + 1  # a transition, or an adornment of nothing
        if at + 1 < end and self._indents[at] == 0 and (under := _ADORNMENT.match(lines[at + 1])):
            title = lines[at].strip()
            if len(lines[at + 1].rstrip()) >= min(4, len(title)) and not _GRID.match(title):
                self._put("heading", *read_marks(title), at, at + 2, level=self._level(under[1]))
                return at + 2
        return None

    def _level(self, style: str) -> int:
        if style not in self._styles:
            self._styles.append(style)
        return self._styles.index(style) + 1

    def _paragraph(self, at: int, end: int, depth: int) -> int:
        indent = self._indents[at]
        stop = at + 1
        while stop < end and self._indents[stop] >= min(indent, 1) and (self._indents[stop] == indent or depth >= MAX_DEPTH):
            stop += 1
        text = " ".join(line.strip() for line in self._lines[at:stop])
        literal = text.endswith("::")
        if literal:
            text = text[:-2].rstrip() if text == "::" or text[-3:-2].isspace() else text[:-1]
        self._put("prose", *read_marks(text), at, stop)
        if literal and (below := self._below(stop - 1, end)) > stop:
            return self._code(stop, below)
        return stop

    def _is_item(self, at: int, end: int, item: re.Match[str]) -> bool:
        """Whether a line that begins like an item is one: its second line stands below its text, or another item follows."""
        if at + 1 >= end or self._indents[at + 1] != self._indents[at]:
            return True
        return bool(item.re.match(self._lines[at + 1].strip()))

    def _item(self, at: int, end: int, depth: int, mark: str, width: int) -> int:
        return self._labelled(at, end, depth, f"{'  ' * min(depth, 6)}{mark} ", width, item=True)

    def _labelled(self, at: int, end: int, depth: int, label: str, width: int, *, item: bool = False) -> int:
        """A list item or field: its first paragraph begins with the label, the rest of it follows."""
        stop = self._below(at, end)
        line = self._lines[at]
        first = line[self._indents[at] + width :].strip()
        body = at + 1
        self._prefix = (label, item, at)
        if first:
            while body < stop and self._indents[body] > 0 and not (_BULLET.match(self._lines[body].strip()) and self._indents[body - 1] < 0):
                body += 1
            words = " ".join([first, *(row.strip() for row in self._lines[at + 1 : body])])
            literal = words.endswith("::")
            self._put("prose", *read_marks(words[:-1] if literal else words), at, body)
            if literal and stop > body:
                return self._code(body, stop)
        self.read(body, stop, depth + 1)
        self._prefix = None
        return stop

    def _definition(self, at: int, end: int, depth: int) -> int:
        stop = self._below(at, end)
        term, _ = read_marks(self._lines[at])
        if len(term) > 120:
            self._put("prose", term, [], at, at + 1)
        else:
            self._prefix = (f"{term.removesuffix(':')}: ", False, at)
        self.read(at + 1, stop, depth + 1)
        self._prefix = None
        return stop

    def _table(self, at: int, end: int) -> int:
        stop = at + 1
        if _GRID.match(self._lines[at].strip()):
            while stop < end and self._lines[stop].strip()[:1] in ("+", "|") and self._lines[stop].strip():
                stop += 1
            rows = grid_rows([line.strip() for line in self._lines[at:stop]])
        else:
            borders = [index for index in range(at, min(end, at + 400)) if _SIMPLE.match(self._lines[index].strip())][:3]
            stop = (borders[2] if len(borders) > 2 else borders[-1]) + 1
            rows = simple_rows([line[self._indents[at] :] for line in self._lines[at:stop]])
        table = table_piece([read_marks(cell)[0] for cell in row] for row in rows)
        self._append(table, at, stop)
        return stop

    # ---- explicit markup -------------------------------------------------------------------------------------------

    def _explicit(self, at: int, end: int, depth: int) -> int:
        stop = self._below(at, end)
        line = self._lines[at].strip()
        if (note := _NOTE.match(line)) is not None:
            words = " ".join([line[note.end() :], *(row.strip() for row in self._lines[at + 1 : stop])])
            self._put("footnote", f"[{note['label'].lstrip('#')}] {read_marks(words)[0]}", [], at, stop)
        elif (directive := directive_at(self._lines, at, stop)) is not None:
            self._directive(directive, depth)
        return stop

    def _directive(self, directive: Directive, depth: int) -> None:
        name, at, body, stop = directive.name, directive.at, directive.body, directive.end
        caption = directive.options.get("caption", "")
        if name in UNREAD:
            return
        if name in CODE:
            self._code(body, stop)
        elif name == "math":
            rows = [directive.argument, *(line.strip() for line in self._lines[body:stop])]
            self._put("formula", "\n".join(row for row in rows if row), [], at, stop)
        elif name in ("figure", "table", "list-table", "csv-table", "image"):
            caption = caption or (directive.argument if "table" in name else "")
            self._held(directive, depth)
        elif name.split(":")[-1] in THEOREMS:
            self._theorem(directive, depth)
        elif name.split(":")[-1] in SIGNATURES:
            self._put("code", directive.argument, [], at, at + 1)
            self.read(body, stop, depth + 1)
        else:
            if name in ADMONITIONS and directive.argument:
                self._prefix = (f"{ADMONITIONS[name]}: ", False, at)
                after = next((index for index in range(body, stop) if self._indents[index] < 0), stop)
                self._put("prose", *read_marks(" ".join([directive.argument, *(line.strip() for line in self._lines[body:after])])), at, after)
                self.read(after, stop, depth + 1)
                return
            title = ADMONITIONS.get(name, directive.argument if name in TITLED else None)
            if title and body < stop:
                self._prefix = (f"{title}: ", False, at)
            elif directive.argument and (title or " " in directive.argument):
                self._put("prose", *read_marks(directive.argument), at, at + 1)
            self.read(body, stop, depth + 1)
            self._prefix = None
        if caption:
            self._put("caption", *read_marks(caption), at, at + 1)

    def _held(self, directive: Directive, depth: int) -> None:
        """What stands in a figure (its caption first) or a table."""
        before = len(self.pieces)
        if directive.name == "csv-table":
            rows = [[cell.strip().strip('"') for cell in line.split(",")] for line in self._lines[directive.body : directive.end] if line.strip()]
            self._append(table_piece([read_marks(cell)[0] for cell in row] for row in rows), directive.at, directive.end)
            return
        self.read(directive.body, directive.end, depth + 1)
        held = self.pieces[before:]
        if directive.name == "figure" and held:
            self.pieces[before] = Lined(piece_of("caption", held[0].piece.text), held[0].first, held[0].last)
        elif directive.name == "list-table" and held:
            rows = _list_rows([piece.piece.text for piece in held])
            self.pieces[before:] = []
            self._append(table_piece(rows), directive.at, directive.end)

    def _theorem(self, directive: Directive, depth: int) -> None:
        before = len(self.pieces)
        called = directive.name.split(":")[-1].title()
        self._prefix = (f"{called} ({directive.argument}). " if directive.argument else f"{called}. ", False, directive.at)
        self.read(directive.body, directive.end, depth + 1)
        self._prefix = None
        held = self.pieces[before:]
        text = "\n".join(piece.piece.text for piece in held)
        if held and len(text) < 3000:
            self.pieces[before:] = [Lined(piece_of("theorem", text), held[0].first, held[-1].last)]

    # ---- what comes of it ------------------------------------------------------------------------------------------

    def _below(self, at: int, end: int) -> int:
        """The line after all that stands deeper than a line, without blank lines at its end."""
        indent = max(0, self._indents[at])
        stop = last = at + 1
        while stop < end and (self._indents[stop] < 0 or self._indents[stop] > indent):
            stop += 1
            if self._indents[stop - 1] >= 0:
                last = stop
        return last

    def _code(self, start: int, stop: int) -> int:
        while start < stop and self._indents[start] < 0:
            start += 1
        indents = [indent for indent in self._indents[start:stop] if indent >= 0]
        if indents:
            code = "\n".join(line[min(indents) :].rstrip() for line in self._lines[start:stop])
            self._append(Piece("code", code.rstrip()), start, start + code.rstrip().count("\n") + 1)
        return stop

    def _put(self, kind: BlockKind, text: str, emphasis: list[tuple[int, int]], start: int, stop: int, *, level: int = 0) -> None:
        item = False
        if self._prefix is not None and kind == "prose":
            label, item, start = self._prefix
            text, emphasis = label + text, [(first + len(label), last + len(label)) for first, last in emphasis]
            self._prefix = None
        self._append(piece_of(kind, text, emphasis, level=level, item=item), start, stop)

    def _append(self, piece: Piece | None, start: int, stop: int) -> None:
        if piece is not None and piece.text.strip():
            self.pieces.append(Lined(piece, start + 1, max(start + 1, stop)))


def _list_rows(items: Sequence[str]) -> list[list[str]]:
    """The rows of a table that is written as a list of lists: the reader marked both levels with dots."""
    rows: list[list[str]] = []
    for item in items:
        text = item.strip()
        marks = re.match(r"(?:[•]\s*)+", text)
        cell = text[marks.end() :] if marks else text
        if re.match(r"•\s*(?:[-*]\s|•)", item) or not rows:
            rows.append([])
            cell = re.sub(r"^[-*]\s+", "", cell)
        rows[-1].append(cell)
    return rows

"""Texinfo sources without their commands: chapters, paragraphs, examples, lists, formulas, captions and footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from engine.reading.encodings import read_text
from engine.reading.kinds import stem_of
from engine.reading.messages import BlockKind
from engine.reading.parts.composing import Piece, piece_of, table_piece
from engine.reading.parts.latex_blocks import formula_of
from engine.reading.parts.lined import Lined, lined_book
from engine.reading.parts.texinfo_inline import read_commands
from engine.reading.parts.text import Parts


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


_HEADINGS = {
    "part": 1, "top": 2, "chapter": 2, "unnumbered": 2, "appendix": 2, "majorheading": 2, "chapheading": 2, "section": 3, "unnumberedsec": 3, "appendixsec": 3,
    "heading": 3, "subsection": 4, "unnumberedsubsec": 4, "appendixsubsec": 4, "subheading": 4, "subsubsection": 5, "unnumberedsubsubsec": 5,
    "subsubheading": 5,
}  # fmt: skip
_CODE = _words(
    """
    lisp smalllisp example smallexample verbatim display smalldisplay format smallformat
    """
)
_UNREAD = _words(
    """
    ignore menu detailmenu direntry titlepage html ifhtml docbook ifdocbook xml ifxml macro rmacro linemacro documentdescription latex iflatex
    ifxml
    """
)
_LISTS = frozenset(["itemize", "enumerate", "table", "vtable", "ftable"])
_DEFINITION = re.compile(r"def(?:fn|un|mac|spec|vr|var|opt|typefn|typefun|typevr|typevar|cv|ivar|op|method|tp)x?$")
_COMMAND = re.compile(r"\s*@(?P<name>[A-Za-z]+)(?P<brace>\{)?[ \t]*(?P<rest>.*)$")
_TRANSPARENT = _words(
    """
    quotation smallquotation group cartouche flushleft flushright raggedright float copying ifinfo iftex ifnottex ifnothtml ifnotinfo
    ifplaintext ifnotplaintext ifset ifclear
    """
)
_TEX_FORMULA = re.compile(r"\\\[(.*?)\\\]|\$\$(.*?)\$\$", re.DOTALL)
_BRACES = re.compile(r"@[{}]|[{}]")
_LONGEST_PARAGRAPH = 200
"""Lines that a paragraph may have while a brace of it is open (a footnote of several paragraphs)."""

MAX_UNBALANCED = 500
"""After so many braces that never close, none is looked for any more."""


def open_texinfo(path: Path, name: str) -> Parts:
    """A Texinfo file.

    Raises:
        DocumentRefused: it can't be read as text.
    """
    lines = read_text(path, name).split("\n")
    reader = _Reader(lines)
    reader.read()
    title = next((match[1] for line in lines[:300] if (match := re.match(r"@settitle\s+(.+)", line))), "")
    first = next((piece.piece.text for piece in reader.pieces if piece.piece.level), "")
    return lined_book("texinfo", read_commands(title).text or first or stem_of(name), reader.pieces)


class _Reader:
    """Goes through the lines once."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._lists: list[tuple[str, int]] = []
        self._prefix: tuple[str, int] | None = None
        self._endless: set[str] = set()
        self._unbalanced = 0
        macros = re.findall(r"^@macro\s+(\w+)[^\n]*\n(.{0,500}?)^@end macro", "\n".join(lines), re.MULTILINE | re.DOTALL)
        self._emphatic = frozenset(name for name, body in macros if re.search(r"@(?:dfn|emph|strong)\{", body))
        self.pieces: list[Lined] = []

    def read(self) -> None:
        """Read everything before the end of the document."""
        at = 0
        while at < len(self._lines):
            line = self._lines[at]
            command = _COMMAND.match(line)
            if not line.strip() or line.startswith("\\input"):
                at += 1
            elif command and command["name"] == "bye":
                return
            elif command and (after := self._command(command["name"], command["rest"], at, braced=bool(command["brace"]))) is not None:
                at = max(after, at + 1)
            else:
                at = self._paragraph(at)

    def _command(self, name: str, rest: str, at: int, *, braced: bool) -> int | None:
        """Read a command that has a line of its own; None where the line is text."""
        if name in _HEADINGS:
            self._put("heading", rest, at, at + 1, level=_HEADINGS[name])
        elif name == "caption" and braced:
            end = self._balanced(at)
            words = "\n".join(self._lines[at:end]).strip()
            self._put("caption", words[words.index("{") + 1 : words.rindex("}")] if "}" in words else rest, at, end)
            return end
        elif name == "item" or name == "itemx":
            return self._item(rest, at)
        elif braced:
            return None
        elif name in _CODE:
            return self._code(name, at)
        elif name == "tex":
            return self._tex(at)
        elif name in _UNREAD or (name in ("ifinfo", "iftex") and self._said_otherwise(name, at)):
            return self._end_of(name, at)
        elif name == "multitable":
            return self._table(at)
        elif name in _LISTS:
            self._lists.append((name, 0))
        elif name == "end" and rest.strip() in _LISTS:
            del self._lists[-1:]
            self._prefix = None
        elif _DEFINITION.match(name):
            self._append(Piece("code", read_commands(rest, code=True).text.strip()), at, at + 1)
        elif name in ("center", "exdent"):
            self._put("prose", rest, at, at + 1)
        elif name in _TRANSPARENT or name in ("comment", "c") or not self._is_inline(name):
            return at + 1
        else:
            return None
        return at + 1

    def _is_inline(self, name: str) -> bool:
        """Whether a command without braces at the start of a line belongs to a sentence (`@dots`, `@TeX`)."""
        return name in ("TeX", "LaTeX", "dots")

    def _said_otherwise(self, name: str, at: int) -> bool:
        """The same thing often stands there for print and for the screen: formulas are read as TeX, all else as for the screen."""
        if name == "iftex":
            before = next((line for line in reversed(self._lines[max(0, at - 3) : at]) if line.strip()), "")
            return before.strip() == "@end ifinfo"
        after = self._end_of("ifinfo", at)
        return next((line.strip() for line in self._lines[after : after + 3] if line.strip()), "") == "@tex"

    def _end_of(self, name: str, at: int) -> int:
        """The line after an environment's end; the next line where it has none."""
        if name in self._endless:
            return at + 1
        mark = re.compile(rf"\s*@end\s+{name}\b")
        for index in range(at + 1, len(self._lines)):
            if mark.match(self._lines[index]):
                return index + 1
        self._endless.add(name)
        return at + 1

    def _balanced(self, at: int) -> int:
        """The line after a stretch of text in which every brace that opens closes."""
        depth = 0
        if self._unbalanced > MAX_UNBALANCED:
            return at + 1
        for index in range(at, min(len(self._lines), at + _LONGEST_PARAGRAPH)):
            depth += sum((mark == "{") - (mark == "}") for mark in _BRACES.findall(self._lines[index]))
            if depth <= 0:
                return index + 1
        self._unbalanced += 1
        return at + 1

    def _paragraph(self, at: int) -> int:
        end = at
        while end < len(self._lines) and end - at < _LONGEST_PARAGRAPH:
            line = self._lines[end]
            command = _COMMAND.match(line)
            if not line.strip() or (end > at and command and not command["brace"] and not self._is_inline(command["name"])):
                break
            end = self._balanced(end)
        end = max(end, at + 1)
        self._put("prose", "\n".join(self._lines[at:end]), at, end)
        return end

    def _item(self, rest: str, at: int) -> int:
        kind, count = self._lists[-1] if self._lists else ("itemize", 0)
        if self._lists:
            self._lists[-1] = (kind, count + 1)
        indent = "  " * min(len(self._lists) - 1, 6)
        if kind in ("table", "vtable", "ftable"):
            term = read_commands(rest).text.strip()
            before = f"{self._prefix[0].removesuffix(': ')}, " if self._prefix else ""
            self._prefix = (f"{before}{term}: ", self._prefix[1] if self._prefix else at)
            return at + 1
        self._prefix = (f"{indent}{count + 1}. " if kind == "enumerate" else f"{indent}• ", at)
        if rest.strip():
            end = at + 1
            while end < len(self._lines) and self._lines[end].strip() and not _COMMAND.match(self._lines[end]):
                end += 1
            self._put("prose", "\n".join([rest, *self._lines[at + 1 : end]]), at, end)
            return end
        return at + 1

    def _code(self, name: str, at: int) -> int:
        end = self._end_of(name, at)
        body = list(self._lines[at + 1 : end - 1])
        if name != "verbatim":
            marks = re.compile(r"\s*@(?:group|end group|noindent|c(?:omment)?\b.*|(?:c|f|v)index\b.*)\s*$")
            body = ["" if marks.match(line) else read_commands(line, self._emphatic, code=True).text for line in body]
        skipped = next((index for index, line in enumerate(body) if line.strip()), 0)
        code = "\n".join(line.rstrip() for line in body[skipped:]).rstrip()
        self._append(Piece("code", code), at + 1 + skipped, at + 2 + skipped + code.count("\n"))
        return end

    def _tex(self, at: int) -> int:
        end = self._end_of("tex", at)
        for formula in _TEX_FORMULA.findall("\n".join(self._lines[at + 1 : end - 1])):
            self._append(Piece("formula", formula_of(formula[0] or formula[1])), at, end)
        return end

    def _table(self, at: int) -> int:
        end = self._end_of("multitable", at)
        rows = re.split(r"^@(?:item|headitem)\b", "\n".join(self._lines[at + 1 : end - 1]), flags=re.MULTILINE)[1:]
        cells = [[read_commands(cell).text for cell in re.split(r"@tab\b", row)] for row in rows]
        table = table_piece(cells)
        if table is not None:
            self._append(table, at, end)
        return end

    # ---- what comes of it ------------------------------------------------------------------------------------------

    def _put(self, kind: BlockKind, source: str, start: int, end: int, *, level: int = 0) -> None:
        said = read_commands(source, self._emphatic)
        text, emphasis, item = said.text, said.emphasis, False
        if self._prefix is not None and kind == "prose" and text.strip():
            label, start = self._prefix
            text, emphasis = label + text, [(first + len(label), last + len(label)) for first, last in emphasis]
            self._prefix, item = None, True
        self._append(piece_of(kind, text, emphasis, level=level, item=item), start, end)
        for note in said.footnotes:
            self._append(piece_of("footnote", note), start, end)

    def _append(self, piece: Piece, start: int, end: int) -> None:
        if piece.text.strip():
            self.pieces.append(Lined(piece, start + 1, max(start + 1, end)))

"""The running text of OpenDocument files: paragraphs, headings, lists, tables, notes, formulas. Documents and slides share it.

Tracked deletions, comments, hidden text, and tables of contents and indexes that the program made are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from engine.reading.messages import BlockKind
from engine.reading.parts.archive import Archive, target_of
from engine.reading.parts.composing import Piece, piece_of, seen, table_piece
from engine.reading.parts.drawings import description
from engine.reading.parts.formula import mathml
from engine.reading.parts.guessed_headings import Typeset
from engine.reading.parts.markup import Node, parse
from engine.reading.parts.odf_styles import ListLevel, OdfStyles, label_of
from engine.reading.parts.symbol_fonts import in_todays_letters
from engine.reading.parts.typesetting import Line, Look

MAX_NESTING = 24
MAX_REPEATED = 40
"""A cell or row may say that it stands there many times over; more than this is the empty rest of a sheet."""

_SILENT = frozenset(
    {
        *("office:annotation", "office:annotation-end", "text:note-citation", "text:tracked-changes", "text:number", "text:ruby-text"),
        *("text:hidden-text", "text:hidden-paragraph", "text:placeholder", "text:script", "office:forms", "office:event-listeners"),
        *("text:toc-mark", "text:alphabetical-index-mark", "text:user-index-mark", "text:page-number", "text:page-count", "presentation:notes"),
    }
)
_MADE_INDEXES = frozenset(
    {"text:table-of-content", "text:illustration-index", "text:table-index", "text:object-index", "text:user-index", "text:alphabetical-index"}
)
_WRAPPERS = frozenset({"text:section", "text:numbered-paragraph", "text:bibliography", "text:index-body", "text:index-title", "draw:text-box", "table:shapes"})
_CAPTION = re.compile(r"(?:figure|fig\.|table|listing|algorithm|abbildung|abb\.|tabelle|图|圖|表)\s?\d+(?:[.\-]\d+)*\s*[:.：\s]", re.IGNORECASE)


@dataclass(slots=True)
class _List:
    """A list that is open: how it marks its items and how many each level has had."""

    style: str | None
    counts: dict[int, int] = field(default_factory=dict)


class OdfText:
    """Reads the text of one file in order: the counting of lists and headings goes along."""

    def __init__(self, archive: Archive, name: str, styles: OdfStyles, *, family: str = "paragraph") -> None:
        self._archive = archive
        self._name = name
        self._styles = styles
        self._family = family
        self._headings: dict[int, int] = {}
        self._by_id: dict[str, _List] = {}
        self._last: dict[str | None, _List] = {}
        self._depth = 0
        self._monospaced_means_code = not styles.get(family, "Standard").look.monospaced

    def blocks(self, container: Node, look: Look | None = None) -> Iterator[tuple[Typeset, bool]]:
        """The paragraphs and tables of a container, and whether each is set like the document's title."""
        if self._depth > MAX_NESTING:
            return
        self._depth += 1
        for node in container:
            if node.name in ("text:p", "text:h"):
                yield from self._paragraph(node, look or Look(), "", 0)
            elif node.name == "text:list":
                yield from self._list(node, look or Look(), None, 0)
            elif node.name == "table:table":
                yield from self._table(node)
            elif node.name in _WRAPPERS:
                yield from self.blocks(node, look)
            elif node.name.startswith("draw:"):
                yield from self.frame(node)
        self._depth -= 1

    def pieces(self, container: Node, look: Look | None = None) -> list[Piece]:
        """The same as plain pieces, none of them a heading; empty paragraphs are kept for the sake of code."""
        found = (paragraph.piece for paragraph, _ in self.blocks(container, look))
        return [replace(piece, kind="prose" if piece.kind == "heading" else piece.kind, level=0) for piece in found]

    def frame(self, frame: Node) -> Iterator[tuple[Typeset, bool]]:
        """What a frame or shape within the text says: its text, its formula, or how its picture is described."""
        for node in frame.all("draw:object"):
            formula = self._formula(node)
            if formula:
                yield _aside(Piece("formula", formula)), False
                return
        told = [description(found.text()) for found in frame.all("svg:desc", "svg:title")]
        described = next((text for text in told if text), None)
        if described:
            yield _aside(Piece("caption", described)), False
        for paragraph, is_title in self.blocks(frame):
            yield replace(paragraph, candidate=False), is_title

    def _list(self, node: Node, look: Look, parent: _List | None, level: int) -> Iterator[tuple[Typeset, bool]]:
        if level > MAX_NESTING:
            return
        style = node.get("text:style-name") or (parent.style if parent is not None else None)
        current = parent if parent is not None else self._begun(node, style)
        current.style = style
        for item in node.all("text:list-item", "text:list-header"):
            stated = item.get("text:start-value")
            if stated.isdigit() and len(stated) < 6:
                current.counts[level] = int(stated) - 1
            first = item.name == "text:list-item"
            for child in item:
                if child.name in ("text:p", "text:h"):
                    label = self._item_label(current, style, level) if first else ""
                    yield from self._paragraph(child, look, label, level)
                    first = False
                elif child.name == "text:list":
                    yield from self._list(child, look, current, level + 1)
                    current.style = style
        for deeper in [depth for depth in current.counts if depth > level or (depth == level and parent is not None)]:
            del current.counts[deeper]

    def _begun(self, node: Node, style: str | None) -> _List:
        """A list at its outermost level: a new one, or one that goes on after an interruption."""
        named = node.get("text:continue-list")
        before = (self._by_id.get(named) if named else None) or (self._last.get(style) if node.get("text:continue-numbering") == "true" else None)
        current = before or _List(style)
        self._by_id[node.get("xml:id")] = current
        self._last[style] = current
        return current

    def _item_label(self, current: _List, style: str | None, level: int) -> str:
        start = self._styles.level(style, level).start
        current.counts[level] = current.counts.get(level, start - 1) + 1
        for deeper in [depth for depth in current.counts if depth > level]:
            del current.counts[deeper]
        return label_of(self._styles.lists.get(style or "", {}), current.counts, level)

    def _paragraph(self, node: Node, ground: Look, label: str, depth: int) -> Iterator[tuple[Typeset, bool]]:
        style = self._styles.get(self._family, node.get("text:style-name"))
        line = Line()
        self._inside(node, style.look.over(ground), line)
        line.settle()
        said = line.text.strip()
        notes = tuple(text for note in line.boxes if (text := self._note(note)))
        level = 0
        if node.name == "text:h":
            stated = node.get("text:outline-level")
            level = min(int(stated), 9) if stated.isdigit() and len(stated) < 3 and int(stated) else 1
        is_title = style.is_title and not level and not label
        if not said:
            piece = Piece("prose", "", notes=notes)
        elif level:
            number = label or ("" if node.get("text:is-list-header") == "true" else self._heading_label(level))
            piece = Piece("heading", " ".join(f"{number} {said}".split()), level=level, notes=notes)
        elif is_title:
            piece = Piece("heading", " ".join(said.split()), level=1, notes=notes)
        elif not label and (
            (style.is_code and (line.monospaced > 0 or not style.look.monospaced)) or (self._monospaced_means_code and line.monospaced >= 0.95 * line.visible)
        ):
            piece = piece_of("code", line.text.replace("\t", "    "), notes=notes)
        elif line.formula >= line.visible:
            piece = piece_of("formula", said, notes=notes)
        elif label:
            front = f"{'  ' * depth}{label} "
            shift = len(front) - (len(line.text) - len(line.text.lstrip()))
            shifted = [(max(len(front), start + shift), end + shift) for start, end in line.emphasis]
            piece = piece_of("prose", front + line.text.lstrip().replace("\t", " "), shifted, item=1, notes=notes)
        else:
            kind: BlockKind = "caption" if style.is_caption or (len(said) < 300 and _CAPTION.match(said)) else "prose"
            piece = piece_of(kind, line.text.replace("\t", " "), line.emphasis, notes=notes)
        size = round(line.size_total / line.visible, 1) if line.visible else 0.0
        yield Typeset(piece, size, bool(line.visible) and line.strong >= 0.95 * line.visible, candidate=not label and self._depth == 1), is_title
        for drawing in line.drawings:
            yield from self.frame(drawing)

    def _heading_label(self, level: int) -> str:
        levels: Mapping[int, ListLevel] = self._styles.outline
        here = levels.get(level - 1)
        if here is None or here.form in ("none", "bullet"):
            return ""
        self._headings[level - 1] = self._headings.get(level - 1, here.start - 1) + 1
        for deeper in [depth for depth in self._headings if depth > level - 1]:
            del self._headings[deeper]
        return label_of(levels, self._headings, level - 1)

    def _note(self, note: Node) -> str:
        body = note.find("text:note-body")
        return " ".join(" ".join(piece.text.split()) for piece in self.pieces(body) if piece.text) if body is not None else ""

    def _inside(self, node: Node, look: Look, line: Line) -> None:
        for part in node.content:
            if isinstance(part, str):
                self._say(re.sub(r"[ \t\r\n]+", " ", seen(in_todays_letters(part, look.font))), look, line)
            else:
                self._one(part, look, line)

    def _one(self, node: Node, look: Look, line: Line) -> None:
        kind = node.name
        if kind == "text:span":
            self._inside(node, self._styles.get("text", node.get("text:style-name")).look.over(look), line)
        elif kind == "text:s":
            count = node.get("text:c", "1")
            self._say(" " * (min(int(count), 400) if count.isdigit() and len(count) < 6 else 1), look, line)
        elif kind == "text:tab":
            self._say("\t", look, line)
        elif kind == "text:line-break":
            self._say("\n", look, line)
        elif kind == "text:note":
            line.boxes.append(node)
        elif kind.startswith("draw:"):
            self._drawing(node, look, line)
        elif kind not in _SILENT and not kind.startswith("presentation:"):
            self._inside(node, look, line)

    def _drawing(self, drawing: Node, look: Look, line: Line) -> None:
        """A formula within a sentence is read there; everything else hangs on the paragraph."""
        formula = next((text for node in drawing.all("draw:object") if (text := self._formula(node))), "")
        if formula:
            self._say(formula, look, line, formula=True)
        else:
            line.drawings.append(drawing)

    @staticmethod
    def _say(text: str, look: Look, line: Line, *, formula: bool = False) -> None:
        if look.hidden or not text:
            return
        if text.startswith(" ") and line.text.endswith(" ") and text != " " * len(text):
            text = text[1:]
        line.add(text, look, formula=formula)

    def _formula(self, node: Node) -> str:
        """The formula that an object is, or nothing for one of another kind. It lies in the file itself or in an entry of its own."""
        inline = node.find("math:math")
        if inline is not None:
            return mathml(inline)
        entry = target_of("content.xml", node.get("xlink:href").rstrip("/") + "/content.xml")
        content = self._archive.find(entry)
        if not content or b"math" not in content[:2000].lower():
            return ""
        tree = parse(content, self._name)
        return mathml(tree) if tree.name in ("math:math", "math") else ""

    def _table(self, table: Node) -> Iterator[tuple[Typeset, bool]]:
        rows = list(_rows(table))
        width = max((sum(1 for _ in row.all("table:table-cell")) for row in rows), default=0)
        if width <= 1:
            for row in rows:
                for cell in row.all("table:table-cell"):
                    yield from self.blocks(cell)
            return
        notes: list[str] = []
        cells: list[list[str]] = []
        for row in rows:
            texts: list[str] = []
            for cell in row.all("table:table-cell", "table:covered-table-cell"):
                pieces = [piece for piece in self.pieces(cell) if piece.text] if cell.name == "table:table-cell" else []
                notes += [note for piece in pieces for note in piece.notes]
                text = " ".join(piece.text.replace(" | ", ", ").replace("\n", "; ") if piece.kind == "table" else piece.text for piece in pieces)
                texts += [text] * (_repeated(cell, "table:number-columns-repeated") if text else 1)
            cells.append(texts)
        piece = table_piece(cells)
        if piece is not None:
            yield _aside(replace(piece, notes=tuple(notes))), False


def _aside(piece: Piece) -> Typeset:
    return Typeset(piece, 0.0, strong=False, candidate=False)


def _rows(table: Node) -> Iterator[Node]:
    for node in table:
        if node.name == "table:table-row":
            yield node
        elif node.name in ("table:table-header-rows", "table:table-rows", "table:table-row-group"):
            yield from _rows(node)


def _repeated(cell: Node, attribute: str) -> int:
    stated = cell.get(attribute)
    return min(int(stated), MAX_REPEATED) if stated.isdigit() and len(stated) < 9 else 1

"""Word documents (DOCX, DOCM): a part per section, with headings, lists, tables, code, formulas and notes as they are meant.

The markup is read itself, not through an object model: text in boxes, content controls, tracked changes and formulas lies
where object models don't look, and odd but sound files stop them. Left out are headers and footers, comments, deleted and hidden text, embedded objects,
and the table of contents that Word made (it repeats the headings).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from engine.reading.kinds import stem_of
from engine.reading.messages import BlockKind
from engine.reading.parts.archive import open_archive
from engine.reading.parts.composing import Piece, joined_code, parts_of, piece_of, sections_of, table_piece
from engine.reading.parts.docx_numbering import Numbering, read_numbering
from engine.reading.parts.docx_styles import Style, Styles, numbering_of, outline_level, read_styles
from engine.reading.parts.docx_text import Runs
from engine.reading.parts.drawings import diagram_lines, spoken_description
from engine.reading.parts.guessed_headings import Typeset, title_and_paragraphs, with_headings
from engine.reading.parts.markup import Node
from engine.reading.parts.package import Package
from engine.reading.parts.text import Parts
from engine.reading.parts.typesetting import Line
from engine.trouble import DocumentRefused

MAX_NESTING = 24
"""Boxes and tables within each other; what lies deeper is no document that anybody wrote."""

_BROAD = 2_743_200
"""English metric units: three inches, half the width of a page's text."""

_CAPTION = re.compile(r"(?:figure|fig\.|table|listing|algorithm|abbildung|abb\.|tabelle|图|圖|表)\s?\d+(?:[.\-]\d+)*\s*[:.：\s]", re.IGNORECASE)
_WRAPPERS = frozenset({"w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag", "w:txbxContent", "w:body"})


def open_docx(path: Path, name: str) -> Parts:
    """A Word document.

    Raises:
        DocumentRefused: it is damaged, locked or too large.
    """
    with open_archive(path, name) as archive:
        package = Package(archive, name)
        entry = package.main_entry("word/document.xml", "text")
        tree = package.tree(entry)
        body = tree.find("w:body") if tree is not None else None
        if body is None:
            raise DocumentRefused("damaged", f"“{name}” is damaged: it holds no text of a Word document.", "Open it in Word, save a fresh copy and add that.")
        reader = _Reader(package, entry, coloured=tree is not None and (tree.find("w:background") is not None or _on_a_picture(tree)))
        found = list(reader.blocks(body))
        stated_title = package.title()
    title, paragraphs = title_and_paragraphs(found)
    pieces = list(joined_code(with_headings(paragraphs)))
    title = title or stated_title or stem_of(name)
    outline, parts = parts_of(sections_of(pieces), title)
    return Parts("docx", title, outline, parts, hidden=reader.hidden)


class _Reader:
    """Reads the blocks of one document in order: the counting of lists and the state of fields go along."""

    def __init__(self, package: Package, entry: str, *, coloured: bool) -> None:
        """`coloured`: its pages are not white."""
        self._package = package
        self._relations = package.relations(entry)
        self._styles: Styles = read_styles(package.tree(package.related(entry, "styles")))
        self._numbering: Numbering = read_numbering(package.tree(package.related(entry, "numbering")))
        self._notes = {kind: self._note_trees(entry, kind) for kind in ("footnote", "endnote")}
        self._runs = Runs(self._styles)
        # Where all text is set in a typewriter's font, such a font doesn't mean code.
        self._monospaced_means_code = not self._styles.default.look.monospaced
        self._depth = 0
        self._coloured = coloured
        self._tables = 0
        """Tables that are being read: their styles may give rows a dark ground."""

    @property
    def hidden(self) -> int:
        """Characters that nobody sees on the pages, and that were left out."""
        return self._runs.hidden

    def _note_trees(self, entry: str, kind: str) -> dict[str, Node]:
        tree = self._package.tree(self._package.related(entry, kind + "s"))
        notes = tree.all("w:" + kind) if tree is not None else ()
        return {note.get("w:id"): note for note in notes if note.get("w:type", "normal") == "normal"}

    def blocks(self, container: Node) -> Iterator[tuple[Typeset, bool]]:
        """The paragraphs and tables of a container, and whether each is set like the document's title."""
        if self._depth > MAX_NESTING:
            return
        self._depth += 1
        for node in container:
            if node.name == "w:p":
                yield from self._paragraph(node)
            elif node.name == "w:tbl":
                yield from self._table(node)
            elif node.name in _WRAPPERS and not _is_contents(node):
                yield from self.blocks(node)
            elif node.name in ("m:oMathPara", "m:oMath"):
                yield from self._paragraph(Node("w:p", {}, [node]))
        self._depth -= 1

    def pieces(self, container: Node) -> list[Piece]:
        """The same as plain pieces, none of them a heading."""
        found = (paragraph.piece for paragraph, _ in self.blocks(container))
        return [replace(piece, kind="prose" if piece.kind == "heading" else piece.kind, level=0) for piece in found if piece.text.strip()]

    def _paragraph(self, node: Node) -> Iterator[tuple[Typeset, bool]]:
        properties = node.find("w:pPr")
        stated = properties.find("w:pStyle") if properties is not None else None
        style_id = stated.get("w:val") if stated is not None else None
        style = self._styles.paragraph(style_id)
        line = self._runs.line(node, style.look, on_paper=self._depth == 1 and not self._tables and not self._coloured and not style.grounded)
        label, depth = self._label(properties, style, style_id) if line.text.strip() else ("", 0)
        if not style.is_contents or style.level:
            piece = self._piece(properties, style, line, label, depth)
            size = round(line.size_total / line.visible, 1) if line.visible else 0.0
            strong = bool(line.visible) and line.strong >= 0.95 * line.visible
            yield Typeset(piece, size, strong, candidate=not piece.item and self._depth == 1), style.is_title and not label
        for box in line.boxes:
            yield from self.blocks(box)
        for drawing in line.drawings:
            yield from ((Typeset(piece, 0.0, strong=False, candidate=False), False) for piece in self._drawing(drawing))

    def _piece(self, properties: Node | None, style: Style, line: Line, label: str, depth: int) -> Piece:
        notes = tuple(text for kind, key in line.notes if (text := self._note(kind, key)))
        level = outline_level(properties)
        level = style.level if level is None else level
        said = line.text.strip()
        if not said:
            return Piece("prose", "", notes=notes)
        if level or style.is_title:
            text = " ".join(f"{label} {said}".split())
            return Piece("heading", text, level=min(level or 1, 9), notes=notes)
        # A style for code that was set in another font by hand is used for something else.
        named_code = style.is_code and (line.monospaced > 0 or not style.look.monospaced)
        code = named_code or (self._monospaced_means_code and line.monospaced >= 0.95 * line.visible)
        if code and not label:
            return piece_of("code", line.text.replace("\t", "    "), notes=notes)
        if line.formula >= line.visible:
            return piece_of("formula", line.text, notes=notes)
        text = line.text.replace("\t", " ")
        if label:
            front = f"{'  ' * depth}{label} "
            cut = len(text) - len(text.lstrip())
            shift = len(front) - cut
            return piece_of("prose", front + text[cut:], [(max(len(front), start + shift), end + shift) for start, end in line.emphasis], item=1, notes=notes)
        kind: BlockKind = "caption" if style.is_caption or (len(said) < 300 and _CAPTION.match(said)) else "prose"
        return piece_of(kind, text, line.emphasis, notes=notes)

    def _label(self, properties: Node | None, style: Style, style_id: str | None) -> tuple[str, int]:
        number, depth = numbering_of(properties)
        if number is None and style.numbering is not None:
            number, inherited = style.numbering
            by_style = self._numbering.level_of_style(style_id or "")
            depth = inherited if depth is None and by_style is None else by_style if depth is None else depth
        if number is None or number == "0":
            return "", 0
        return self._numbering.next_label(number, depth or 0), depth or 0

    def _note(self, kind: str, key: str) -> str:
        note = self._notes[kind].pop(key, None)  # popped: a note that refers to itself ends
        return " ".join(" ".join(piece.text.split()) for piece in self.pieces(note)) if note is not None else ""

    def _drawing(self, drawing: Node) -> Iterator[Piece]:
        described = spoken_description(drawing)
        if described:
            yield Piece("caption", described)
        for node in drawing.every("dgm:relIds", "c:chart"):
            reference = node.get("r:dm") if node.name == "dgm:relIds" else node.get("r:id")
            tree = self._package.tree(self._relations.get(reference, ("", None))[1])
            if tree is not None:
                yield from (piece_of("prose", text) for text in diagram_lines(tree))
        for path in drawing.every("v:textpath"):
            if path.get("string").strip():
                yield piece_of("prose", path.get("string"))

    def _table(self, table: Node) -> Iterator[tuple[Typeset, bool]]:
        self._tables += 1
        yield from self._rows_of(table)
        self._tables -= 1

    def _rows_of(self, table: Node) -> Iterator[tuple[Typeset, bool]]:
        rows = [list(_unwrapped(row, "w:tc")) for row in _unwrapped(table, "w:tr") if row.find("w:trPr", "w:del") is None]
        if max(map(len, rows), default=0) <= 1 or _is_layout(rows):
            for cell in (cell for row in rows for cell in row):
                yield from self.blocks(cell)
            return
        notes: list[str] = []
        cells: list[list[str]] = []
        for row in rows:
            texts: list[str] = []
            for cell in row:
                pieces = [] if _continues(cell) else self.pieces(cell)
                notes += [note for piece in pieces for note in piece.notes]
                texts.append(" ".join(_in_a_cell(piece) for piece in pieces))
            cells.append(texts)
        piece = table_piece(cells)
        if piece is not None:
            yield Typeset(replace(piece, notes=tuple(notes)), 0.0, strong=False, candidate=False), False


def _in_a_cell(piece: Piece) -> str:
    """A paragraph within a cell; a table within one has its rows behind each other."""
    return piece.text.replace(" | ", ", ").replace("\n", "; ") if piece.kind == "table" else piece.text


def _on_a_picture(tree: Node) -> bool:
    """Whether a broad picture or shape lies behind text, as on covers."""
    broad = (extent for anchor in tree.every("wp:anchor") if anchor.get("behindDoc") in ("1", "true") for extent in anchor.all("wp:extent"))
    return any(width.isdigit() and len(width) < 12 and int(width) >= _BROAD for extent in broad if (width := extent.get("cx")))


def _is_contents(node: Node) -> bool:
    gallery = node.find("w:sdtPr", "w:docPartObj", "w:docPartGallery")
    return gallery is not None and gallery.get("w:val") == "Table of Contents"


def _is_layout(rows: Sequence[Sequence[Node]]) -> bool:
    """Whether a table only places things side by side: a row or two with much in a cell."""
    return len(rows) <= 2 and any(sum(1 for _ in cell.all("w:p")) > 6 for row in rows for cell in row)


def _continues(cell: Node) -> bool:
    """Whether a cell is the lower part of one that spans rows (its text stands in the first)."""
    merged = cell.find("w:tcPr", "w:vMerge")
    return merged is not None and merged.get("w:val", "continue") == "continue"


def _unwrapped(node: Node, name: str) -> Iterator[Node]:
    """The rows or cells right below, also those in content controls and the like."""
    for child in node:
        if child.name == name:
            yield child
        elif child.name in _WRAPPERS:
            yield from _unwrapped(child, name)

"""OpenDocument texts and presentations (ODT, ODP), read like their sisters of Word and PowerPoint.

A text has a part per section, a presentation a part per slide. Left out are comments, deleted and hidden text, footers and
page numbers, embedded objects that are no formulas, and the tables of contents that the program made.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from engine.reading.kinds import stem_of
from engine.reading.parts.archive import Archive, open_archive
from engine.reading.parts.composing import Piece, joined_code, parts_of, sections_of, seen, shortened
from engine.reading.parts.guessed_headings import title_and_paragraphs, with_headings
from engine.reading.parts.markup import Node, parse
from engine.reading.parts.odf_styles import OdfStyles, points, read_odf_styles
from engine.reading.parts.odf_text import OdfText
from engine.reading.parts.slides import Area, Box, Slide, deck_title, slide_parts
from engine.reading.parts.text import Parts
from engine.trouble import DocumentRefused

MAX_SLIDES = 5000
MAX_NESTING = 30
_HEIGHT = 446.0
"""Of a slide by default, in points (15.75 cm)."""

_FURNITURE = frozenset({"date-time", "footer", "header", "page-number", "page", "handout"})
_TRANSLATE = re.compile(r"translate\s*\(\s*(\S+?)[\s,]+(\S+?)\s*\)")
_SAVE_AFRESH = "Open it in the program it was made with, save a fresh copy and add that."


def open_odt(path: Path, name: str) -> Parts:
    """An OpenDocument text.

    Raises:
        DocumentRefused: it is damaged, locked or too large.
    """
    with _opened(path, name) as (archive, content, styles, stated_title):
        body = content.find("office:body", "office:text")
        if body is None:
            raise DocumentRefused("damaged", f"“{name}” is damaged: it holds no text document.", _SAVE_AFRESH)
        found = list(OdfText(archive, name, styles).blocks(body))
    title, paragraphs = title_and_paragraphs(found)
    pieces = joined_code(with_headings(paragraphs))
    title = title or stated_title or stem_of(name)
    outline, parts = parts_of(sections_of(pieces), title)
    return Parts("odt", title, outline, parts)


def open_odp(path: Path, name: str) -> Parts:
    """An OpenDocument presentation.

    Raises:
        DocumentRefused: it is damaged, locked or too large.
    """
    with _opened(path, name) as (archive, content, styles, stated_title):
        body = content.find("office:body", "office:presentation")
        if body is None:
            raise DocumentRefused("damaged", f"“{name}” is damaged: it holds no presentation.", _SAVE_AFRESH)
        reader = _Slides(archive, name, styles)
        slides = [reader.slide(page) for page in list(body.all("draw:page"))[:MAX_SLIDES]]
        heights = [height for layout in _layouts(archive, name) if (height := points(layout.get("fo:page-height")))]
    outline, parts = slide_parts(slides, heights[0] if heights else _HEIGHT)
    return Parts("odp", deck_title(slides) or stated_title or stem_of(name), outline, parts)


@contextlib.contextmanager
def _opened(path: Path, name: str) -> Iterator[tuple[Archive, Node, OdfStyles, str | None]]:
    """The archive, its content, its styles, and the title that its properties state."""
    with open_archive(path, name) as archive:
        if b"encryption-data" in (archive.find("META-INF/manifest.xml") or b""):
            raise DocumentRefused("encrypted-office", f"“{name}” is locked with a password.", "Save a copy without the password and add that.")
        content = parse(archive.read("content.xml"), name)
        styles = archive.find("styles.xml")
        meta = archive.find("meta.xml")
        stated = next(parse(meta, name).every("dc:title"), None) if meta else None
        title = shortened(seen(stated.text())) if stated is not None else ""
        yield archive, content, read_odf_styles(parse(styles, name) if styles else None, content), title or None


def _layouts(archive: Archive, name: str) -> list[Node]:
    styles = archive.find("styles.xml")
    return list(parse(styles, name).every("style:page-layout-properties")) if styles else []


class _Slides:
    """Reads the slides of one presentation."""

    def __init__(self, archive: Archive, name: str, styles: OdfStyles) -> None:
        self._archive = archive
        self._name = name
        self._styles = styles
        self._pictures = 0

    def slide(self, page: Node) -> Slide:
        """One slide with what the speaker says."""
        self._pictures = 0
        boxes = tuple(self._boxes(page, 0))
        spoken = page.find("presentation:notes")
        notes: list[Piece] = []
        for frame in spoken.all("draw:frame") if spoken is not None else ():
            if frame.get("presentation:class") == "notes":
                notes += self._pieces(frame)
        return Slide(boxes, tuple(notes), self._pictures > 0)

    def _boxes(self, group: Node, depth: int) -> Iterator[Box]:
        if depth > MAX_NESTING:
            return
        for node in group:
            if node.name in ("draw:g", "draw:a"):
                yield from self._boxes(node, depth + 1)
            elif node.name.startswith("draw:") and node.get("presentation:class") not in _FURNITURE:
                if node.get("presentation:placeholder") == "true":
                    continue  # "Click to add text"
                self._pictures += any(node.all("draw:image", "draw:object", "draw:plugin")) and not any(node.all("table:table"))
                yield Box(tuple(self._pieces(node)), _area(node), node.get("presentation:class") == "title")

    def _pieces(self, shape: Node) -> list[Piece]:
        """A reader for each shape: the numbers of lists begin anew."""
        reader = OdfText(self._archive, self._name, self._styles)
        look = self._styles.get("presentation", shape.get("presentation:style-name")).look.over(self._styles.get("graphic", shape.get("draw:style-name")).look)
        if shape.name == "draw:frame":
            return [paragraph.piece for paragraph, _ in reader.frame(shape)]
        return reader.pieces(shape, look)


def _area(shape: Node) -> Area | None:
    x, y, width, height = (points(shape.get(f"svg:{side}")) for side in ("x", "y", "width", "height"))
    if x is None or y is None:
        moved = _TRANSLATE.search(shape.get("draw:transform"))
        x, y = (points(moved[1]), points(moved[2])) if moved else (None, None)
    if x is None or y is None:
        return None
    return x, y, x + (width or 0.0), y + (height or 0.0)

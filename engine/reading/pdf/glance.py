"""How a page of a PDF looks, as far as it must be known to tell what of its text nobody sees.

All boxes are in the frame of the page's text, which is that before the page is turned.
"""

from __future__ import annotations

from typing import Any

from engine.reading.pdf.unseen import Box, Drawn, lightness_of

_AREA = 1_000_000
"""Points of the largest page that is looked at for light letters without being drawn smaller (A4 has half a million)."""

_OUTLINED = 1
"""The `type` of letters in PyMuPDF's "texttrace" of which the outlines are drawn."""


class Glance:
    """Looks at one page. Each look costs time, and comes empty where MuPDF can't take it."""

    def __init__(self, pymupdf: Any, page: Any) -> None:
        self._pymupdf, self._page = pymupdf, page

    def in_grey(self) -> Drawn | None:
        """The page as it looks before it is turned; None where it can't be drawn."""
        pymupdf, page = self._pymupdf, self._page
        scale = min(1.0, (_AREA / max(1.0, abs(page.rect))) ** 0.5)
        try:
            matrix = pymupdf.Matrix(scale, scale).prerotate(-page.rotation)
            pixmap = page.get_pixmap(matrix=matrix, colorspace=pymupdf.csGRAY, alpha=False)
            return Drawn(bytes(pixmap.samples), pixmap.width, pixmap.height, pixmap.stride, scale)
        except (RuntimeError, ValueError, MemoryError):
            return None

    def pictures(self) -> list[Box]:
        """Where pictures lie."""
        try:
            return [tuple(image["bbox"]) for image in self._page.get_image_info()]
        except (RuntimeError, ValueError):
            return []

    def outlines(self) -> list[tuple[Box, float]]:
        """Where letters are outlined, and how light their outlines are, 0 to 1: a "dict" tells only how letters are filled."""
        try:
            return [(tuple(text["bbox"]), lightness_of(text["color"])) for text in self._page.get_texttrace() if text["type"] == _OUTLINED]
        except (RuntimeError, ValueError):
            return []

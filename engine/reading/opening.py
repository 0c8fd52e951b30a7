"""Which module opens which kind of document. Each is imported when the first document of its kind comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from engine.reading.encodings import tagged_characters
from engine.reading.kinds import Book, Kind, TextKind, kind_of

if TYPE_CHECKING:
    from engine.reading.parts.text import Parts


def open_book(path: Path, name: str, *, passwords: Sequence[str] = (), recognise: bool = False) -> Book:
    """Open a document of any kind that can be read; `name` is what a person calls it.

    `passwords` are tried on a locked PDF; `recognise`: pictures of text are read where the data for it is to be found.

    Raises:
        DocumentRefused: it can't be read; its notice says why.
    """
    kind = kind_of(path, name)
    if kind == "pdf":
        from engine.reading.pdf.mupdf import PdfBook
        from engine.reading.pdf.recognition import find_data

        return PdfBook(path, name, passwords=passwords, recognition=find_data() if recognise else None)
    book = _open_parts(kind, path, name)
    return replace(book, hidden=book.hidden + tagged_characters(path)) if kind in get_args(TextKind) else book


def _open_parts(kind: Kind, path: Path, name: str) -> Parts:
    """Open what has no pages. The imports are written out so that a frozen program takes them along."""
    match kind:
        case "epub":
            from engine.reading.parts.epub import open_epub

            return open_epub(path, name)
        case "docx":
            from engine.reading.parts.docx import open_docx

            return open_docx(path, name)
        case "pptx":
            from engine.reading.parts.pptx import open_pptx

            return open_pptx(path, name)
        case "odp":
            from engine.reading.parts.odf import open_odp

            return open_odp(path, name)
        case "odt":
            from engine.reading.parts.odf import open_odt

            return open_odt(path, name)
        case "html":
            from engine.reading.parts.html import open_html

            return open_html(path, name)
        case "site":
            from engine.reading.parts.site import open_site

            return open_site(path, name)
        case "markdown":
            from engine.reading.parts.markdown import open_markdown

            return open_markdown(path, name)
        case "rst":
            from engine.reading.parts.rst import open_rst

            return open_rst(path, name)
        case "latex":
            from engine.reading.parts.latex import open_latex

            return open_latex(path, name)
        case "texinfo":
            from engine.reading.parts.texinfo import open_texinfo

            return open_texinfo(path, name)
        case "notebook":
            from engine.reading.parts.notebook import open_notebook

            return open_notebook(path, name)
        case "code":
            from engine.reading.parts.source import open_source

            return open_source(path, name)
        case _:
            from engine.reading.parts.text import open_text

            return open_text(path, name)

"""One web page as a document: a part per section, its headings as outline."""

from __future__ import annotations

from pathlib import Path

from engine.reading.encodings import unreadable
from engine.reading.kinds import stem_of
from engine.reading.messages import IndexEntry, PageKind, PageRead
from engine.reading.parts.text import Parts
from engine.reading.parts.webindex import index_terms
from engine.reading.parts.webpage import WebPage, read_page
from engine.reading.parts.webroles import with_roles
from engine.reading.parts.websections import Chapter, Composed, compose_chapters, openings_of
from engine.reading.parts.webtree import parse_page
from engine.values import Place


def open_html(path: Path, name: str) -> Parts:
    """A web page.

    Raises:
        DocumentRefused: it can't be read, or is no text.
    """
    try:
        untrusted = path.read_bytes()
    except OSError as error:
        raise unreadable(name, error) from error
    page = read_page(parse_page(untrusted, name))
    leaves = with_roles(page.leaves)
    first = next((leaf.piece.text for leaf in leaves if leaf.piece.level == 1), None)
    title = page.title or first or stem_of(name)
    chapters = [Chapter("", leaves, openings_of(leaves, title, 1, rooted=False), page.anchors)]
    composed = compose_chapters(chapters, title)
    return book("html", title, composed, (page,), index_terms(chapters, composed.part_of))


def book(kind: str, title: str, composed: Composed, pages: tuple[WebPage, ...], index: tuple[IndexEntry, ...]) -> Parts:
    """The opened document. Where nothing is said, its one part tells whether there are pictures at least."""
    parts = composed.parts
    if not parts:
        silent: PageKind = "picture" if any(page.pictures for page in pages) else "blank"
        parts = (PageRead(1, None, 0.0, 0.0, silent, "", (), (), (), Place("section", 1, 1)),)
    return Parts(kind, title, composed.outline, parts, index, hidden=sum(page.hidden for page in pages))

"""The web pages in an archive: those of an EPUB's spine, or of a folder that was packed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.reading.parts.archive import Archive
from engine.reading.parts.webpage import WebPage, read_page
from engine.reading.parts.webtree import parse_page
from engine.trouble import DocumentRefused


def pages_in(archive: Archive, entries: Sequence[str], name: str, *, without_any: DocumentRefused) -> Iterator[tuple[str, WebPage]]:
    """The entries that can be read as pages, in their order; what is missing or damaged doesn't cost the others.

    Raises:
        DocumentRefused: the archive is a bomb or locked; or no page could be read (the last one's reason, else `without_any`).
    """
    trouble: DocumentRefused | None = None
    read = 0
    for entry in entries:
        try:
            page = read_page(parse_page(archive.read(entry), name))
        except DocumentRefused as refused:
            if refused.notice.code in ("too-large", "encrypted-archive"):
                raise
            trouble = refused
            continue
        read += 1
        yield entry, page
    if not read:
        raise trouble or without_any

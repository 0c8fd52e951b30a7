"""Pictures of pages, drawn by the drawing reader into private files below the home, and the text of what has no pages."""

from __future__ import annotations

import collections
import contextlib
import itertools
import os
import time
from collections.abc import Collection, Sequence
from pathlib import Path

from engine import messages as m
from engine.cancellation import Cancellation
from engine.children import Child
from engine.home import Home
from engine.keyring import Keyring
from engine.library.library import Library
from engine.reading.messages import DrawPage
from engine.trouble import ChildDied, Trouble
from engine.values import DocumentId, Section

PICTURES_KEPT = 8
"""The window maps a picture within moments; older ones are deleted. An A4 page at 150 dpi is 6.5 MB."""

SILENCE_S = 60.0
"""Drawing a page that takes longer than this is given up."""

FORGOTTEN_AFTER_S = 3600.0
"""A picture as old as this was left behind by a program that was killed."""

DEATHS_ALLOWED = 2
"""A page that kills the drawing reader this often is not drawn again."""


_SET_FIXED = frozenset({"code", "table", "formula"})
"""Blocks whose lines and blanks mean something."""


def section_at(sections: Sequence[Section], sheet: int) -> str | None:
    """The title of the first section that begins on a page or part, or else of the innermost one that goes on there."""
    begun = next((section for section in sections if section.first_page == sheet), None)
    around = [section for section in sections if section.first_page < sheet <= section.last_page]
    return begun.title if begun is not None else around[-1].title if around else None


class Pictures:
    """Draws pages on request."""

    def __init__(self, *, home: Home, library: Library, reader: Child, keyring: Keyring) -> None:
        """`keyring` holds the passwords that are tried on locked documents."""
        self._folder = home.pictures
        self._library = library
        self._reader = reader
        self._keyring = keyring
        self._numbers = itertools.count(1)
        self._kept: collections.deque[tuple[DocumentId, Path]] = collections.deque()
        self._deaths: collections.Counter[tuple[DocumentId, int]] = collections.Counter()

    def draw(self, request: m.DrawPage, cancellation: Cancellation) -> m.PageDrawn:
        """Draw one page, or a part of it, into a private file.

        Raises:
            Trouble: there is no such page, or it can't be drawn.
            Stopped: cancelled.
        """
        page = self._library.page(request.document, request.page)
        place = (request.document, request.page)
        if self._deaths[place] >= DEATHS_ALLOWED:
            raise Trouble("page-poison", "This page can't be drawn: it made the reader crash.", "Open the original in another program.")
        copy = self._library.files.path_of(request.document)
        if copy is None:
            raise Trouble("copy-gone", "The library's copy of this document is gone.", "Add the file again.")
        target = self._folder / f"{os.getpid()}-{next(self._numbers)}.rgb"
        wanted = DrawPage(str(copy), request.page, request.pixels_per_point, str(target), self._keyring.all(), request.clip)
        try:
            drawn = self._reader.ask_once(wanted, cancellation=cancellation, silence_s=SILENCE_S)
        except ChildDied:
            self._deaths[place] += 1
            target.unlink(missing_ok=True)
            raise
        except BaseException:
            target.unlink(missing_ok=True)  # half a picture, or one that nobody waits for any more
            raise
        self._keep(request.document, target)
        return m.PageDrawn(request.document, request.page, page.label, drawn.picture)

    def read_part(self, request: m.ReadPart) -> m.PartRead:
        """The stored text of a page or part.

        Raises:
            Trouble: there is no such part.
        """
        page = self._library.page(request.document, request.sheet)
        first_line = page.place.from_ if page.place is not None and page.place.kind == "lines" and not page.lines else None
        return m.PartRead(
            *(request.document, request.sheet, page.text, first_line),
            parts=self._library.document(request.document).pages_read,
            place=page.place,
            section=section_at(self._library.sections(request.document), request.sheet),
            code=tuple((block.start, block.end) for block in page.blocks if block.kind in _SET_FIXED),
            headings=tuple((block.start, block.end) for block in page.blocks if block.kind == "heading"),
        )

    def clear(self) -> None:
        """Delete every picture that this engine drew."""
        while self._kept:
            self._kept.popleft()[1].unlink(missing_ok=True)

    def forget(self, documents: Collection[DocumentId]) -> None:
        """Delete the pictures of documents that were removed."""
        for kept in [kept for kept in self._kept if kept[0] in documents]:
            self._kept.remove(kept)
            kept[1].unlink(missing_ok=True)

    def clear_forgotten(self) -> None:
        """Delete the pictures of programs that were killed: pages of somebody's books should not lie about."""
        latest = time.time() - FORGOTTEN_AFTER_S
        for path in self._folder.glob("*.rgb"):
            with contextlib.suppress(OSError):  # somebody else was quicker, or it is not ours to delete
                if path.stat().st_mtime < latest:
                    path.unlink()

    def _keep(self, document: DocumentId, target: Path) -> None:
        self._kept.append((document, target))
        while len(self._kept) > PICTURES_KEPT:
            self._kept.popleft()[1].unlink(missing_ok=True)

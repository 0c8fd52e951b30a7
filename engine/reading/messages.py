"""What the engine and the reader child say to each other.

A page travels as clean text plus where each word of it stands: any quote of the text can be boxed on its page.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from engine.values import PagePicture, Place
from engine.wire import Cancel, Cancelled, Failed, Hello

PROTOCOL = 1


class ReadDocument(msgspec.Struct, frozen=True, tag=True):
    """Read a file. Happenings: DocumentOpened, then PageRead in order. Ending: DocumentRead.

    `name` is the file's name as the person knows it (the path may be a content-addressed copy). Pages before
    `first_page` are skipped (they are durable already), but still count for what is recognised across pages.
    """

    path: str
    name: str
    first_page: int = 1
    passwords: tuple[str, ...] = ()
    """Tried one after the other on a locked file. They are in memory only, here and in the engine."""
    recognise: bool = True
    """Whether pages without text go through text recognition, where its data is to be found."""


class DrawPage(msgspec.Struct, frozen=True, tag=True):
    """Draw one page, or the part `clip` (x0, y0, x1, y1 in points) of it, as raw RGB into the file `target`. Ending: PageDrawn."""

    path: str
    page: int
    pixels_per_point: float
    target: str
    passwords: tuple[str, ...] = ()
    clip: tuple[float, float, float, float] | None = None


class Examine(msgspec.Struct, frozen=True, tag=True):
    """What the reader may and can do on this machine. Ending: Examined."""


Request = ReadDocument | DrawPage | Examine | Cancel


class OutlineEntry(msgspec.Struct, frozen=True):
    """A heading of the document: level from 1, the page it stands on, and its top edge in points where known."""

    level: int
    title: str
    page: int
    top: float | None = None


class DocumentOpened(msgspec.Struct, frozen=True, tag=True):
    """What a file turned out to be. `pages` counts the PageRead that follow; `paged` says whether those are real pages."""

    kind: str
    title: str
    pages: int
    paged: bool
    outline: tuple[OutlineEntry, ...]


BlockKind = Literal["heading", "prose", "code", "caption", "table", "formula", "theorem", "footnote"]
"""A theorem is any numbered statement that is kept whole (definition, lemma, example …)."""
PageKind = Literal["text", "contents", "index", "picture", "blank"]


class Block(msgspec.Struct, frozen=True, array_like=True):
    """A stretch `[start, end)` of the page's text that belongs together."""

    kind: BlockKind
    start: int
    end: int


class Word(msgspec.Struct, frozen=True, array_like=True):
    """Where the characters `[start, end)` of the page's text stand, in points. A hyphenated word is two of them."""

    start: int
    end: int
    x0: float
    y0: float
    x1: float
    y1: float


class PageRead(msgspec.Struct, frozen=True, tag=True):
    """One page, or one part of what has no pages (then `place` says where, `words` is empty and label None).

    `number` counts from 1. Blocks are separated by a blank line in `text`; within prose, lines are joined by a space
    and hyphenation is undone; code keeps its lines and indentation. `emphasis` are the ranges set in bold or italics
    (not headings, not code). Contents and index pages are recognised: their text is kept but not chunked.
    """

    number: int
    label: str | None
    width: float
    height: float
    kind: PageKind
    text: str
    blocks: tuple[Block, ...]
    words: tuple[Word, ...]
    emphasis: tuple[tuple[int, int], ...] = ()
    place: Place | None = None
    recognised: bool = False
    """The words were recognised in a picture: letters may be wrong."""
    lines: tuple[tuple[int, int], ...] = ()
    """Where the text isn't the file's own lines (LaTeX without its commands): for each block the first and the last line of the file that it was made from."""
    hidden: int = 0
    """Characters that the file holds here and that nobody who looks at it sees (white on white, a point high, Unicode tags); they are not in `text`."""


class IndexEntry(msgspec.Struct, frozen=True):
    """A line of the book's own index: a term (with what it stands under, "list, circular") and the pages that it names, counted from 1."""

    term: str
    pages: tuple[int, ...]


class PageRecognised(msgspec.Struct, frozen=True, tag=True):
    """Text was looked for in the picture of a page whose PageRead is still to come: that takes seconds, and the reader is alive."""

    number: int


class DocumentRead(msgspec.Struct, frozen=True, tag=True):
    """All pages were sent. `pictures` are pages without any text, `recognised` those whose text was recognised in a picture."""

    pages: int
    pictures: tuple[int, ...] = ()
    recognised: tuple[int, ...] = ()
    index: tuple[IndexEntry, ...] = ()
    to_recognise: str | None = None
    """What a person would have to do for the pictures' text to be recognised; None where it was tried, or not wanted."""


class PageDrawn(msgspec.Struct, frozen=True, tag=True):
    """The pixels lie in the target file."""

    picture: PagePicture


class Examined(msgspec.Struct, frozen=True, tag=True):
    """Which protections hold, in words; the languages whose text can be recognised, and the folder of their data."""

    protections: tuple[str, ...]
    languages: tuple[str, ...] = ()
    folder: str | None = None


Report = Hello | DocumentOpened | PageRecognised | PageRead | DocumentRead | PageDrawn | Examined | Failed | Cancelled
"""Whatever the reader says. Refusals come as Failed with a notice (`encrypted`, `damaged`, `empty`, `unknown-kind`, …)."""

ENDINGS = (DocumentRead, PageDrawn, Examined, Failed, Cancelled)

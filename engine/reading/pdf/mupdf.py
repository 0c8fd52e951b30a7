"""PDF through MuPDF: the only module that knows it. Opens, reads pages as printed, recognises the text of pictures, draws.

MuPDF must not be used from several threads, and a hostile file can end the process: both are why this runs in a child.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from engine.cancellation import Cancellation
from engine.reading.aside import do_aside
from engine.reading.kinds import stem_of
from engine.reading.messages import IndexEntry, OutlineEntry, PageRead, PageRecognised
from engine.reading.pdf.glance import Glance
from engine.reading.pdf.margins import REACH
from engine.reading.pdf.paging import guessed_outline, index_entries, pages_of_an_index_before, read_pages, sample_typography
from engine.reading.pdf.paragraphs import outline_key
from engine.reading.pdf.passwords import forms_of_a_password
from engine.reading.pdf.printed import PrintedPage, clean, turned
from engine.reading.pdf.printing import printed_page
from engine.reading.pdf.recognition import Recogniser, RecognitionData, runs_sideways, weigh
from engine.reading.pdf.unseen import unseen_on
from engine.trouble import DocumentRefused, Trouble
from engine.values import PagePicture

MAX_PIXELS = 40_000_000
"""The largest picture that is drawn (120 MB of RGB): an A0 poster at 75 dpi. Larger ones are scaled down to it."""

MAX_PAGES = 50_000
"""A document that claims more pages than this is a trap or a heap of scans that belongs into several files."""

RECOGNITION_DPI = 300.0
"""What Tesseract was trained for; more costs time and gains nothing."""

RECOGNITION_PIXELS = 9_000_000
"""An A4 page at 300 dpi. Larger sheets are drawn more coarsely, so that a page takes seconds and not minutes."""

_GLANCE_PIXELS = 400
"""The longer edge of the picture from which the way of the lines is told: five pixels from line to line are enough."""

_STRAY_CHARACTERS = 60
"""A page with less text than this on a picture that fills it is looked at: its text may be a stamp on a scan."""

_FILLS = 0.6
"""Share of the page's area that such a picture covers."""

_GUESSED_PAGES = 2_000
"""Without an outline, so many pages are looked at for headings before the first is read (some seconds)."""

_KEPT_PAGES = 400
"""A document of so many pages is kept in memory between looking for headings and reading (some 50 MB)."""

_HEADING_REACH = 60.0
"""How far in points a heading may stand from where its outline entry points."""

_FILE_NAME = re.compile(r"\S+\.(?:dvi|tex|docx?|pdf|ps|indd|qxd|rtf|odt|pptx?|fm|book|md|html?)", re.IGNORECASE)
_EMPTY_TITLES = frozenset({"untitled", "title", "document", "book", "unknown", "none", "noname", "slide1", "powerpointpresentation", "main"})


def import_mupdf() -> Any:
    """PyMuPDF without its layout models.

    `import pymupdf` also imports pymupdf.layout and pymupdf4llm where they are installed, and with them onnxruntime, numpy
    and networkx: 0.55 s and 138 MiB, against 0.09 s and 47 MiB without. A None in `sys.modules` makes both imports fail,
    which PyMuPDF expects.
    """
    unwanted = [name for name in ("pymupdf.layout", "pymupdf4llm") if name not in sys.modules]
    for name in unwanted:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        import pymupdf
    finally:
        for name in unwanted:
            del sys.modules[name]
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    return pymupdf


class PdfBook:
    """A `Book` of real pages."""

    kind = "pdf"
    paged = True

    def __init__(self, path: Path, name: str, *, passwords: Sequence[str] = (), recognition: RecognitionData | None = None) -> None:
        """Open the file; `passwords` are tried on a locked one, with `recognition` pictures of text are read.

        Raises:
            DocumentRefused: encrypted, damaged, without pages or with too many.
        """
        self._pymupdf = import_mupdf()
        self._document = _open(self._pymupdf, path, name, passwords)
        self.pages = len(self._document)
        self._labels = self._read_labels()
        self._looked_at: dict[int, PrintedPage] = {}
        self.outline = self._read_outline() or self._guess_outline()
        self.title = self._read_title() or stem_of(name)
        self._recognition = recognition
        self._first_page = 1
        self._index_pages: list[PageRead] = []
        self._titles: dict[int, set[str]] = {}
        for entry in self.outline:
            self._titles.setdefault(entry.page, set()).add(outline_key(entry.title))

    def read(self, first_page: int, cancellation: Cancellation) -> Iterator[PageRead | PageRecognised]:
        """Pages from `first_page` on; a picture on a page to come that text was looked for in is told of at once."""
        printed = lru_cache(maxsize=2 * REACH + 2)(self.printed)
        recognised: dict[int, PrintedPage] = {}
        recogniser = self._recogniser(cancellation)

        def page_at(number: int) -> PrintedPage:
            cancellation.raise_if_cancelled()
            return recognised.get(number) or printed(number)

        self._first_page, self._index_pages = first_page, []
        typography = sample_typography(self.printed, self.pages)
        pages = read_pages(page_at, self.pages, first_page=first_page, titles_on=self._titles_on, typography=typography)
        looked_at = max(0, first_page - REACH - 1)
        for number in range(first_page, self.pages + 1):
            # What is composed depends on the pages up to REACH away; they are recognised here, so that it can be told of in between.
            while recogniser is not None and looked_at < min(self.pages, number + REACH):
                looked_at += 1
                if self._is_picture(printed(looked_at)):
                    found = recogniser.page(looked_at)
                    if found is not None and weigh(found.lines)[0] > 2 * weigh(printed(looked_at).lines)[1]:
                        recognised[looked_at] = replace(found, label=printed(looked_at).label)
                    yield PageRecognised(looked_at)
            page = next(pages)
            if page.kind == "index":
                self._index_pages.append(page)
            yield page
            recognised.pop(number - REACH - 1, None)

    @property
    def index(self) -> tuple[IndexEntry, ...]:
        """What the book's own index says, once all pages were read; where reading began later, earlier pages of it are read again."""
        before = pages_of_an_index_before(self.printed, self.pages, first_page=self._first_page, titles_on=self._titles_on)
        return index_entries([*before, *self._index_pages], self.printed, [self._label(number) for number in range(1, self.pages + 1)])

    def _titles_on(self, number: int) -> Collection[str]:
        return self._titles.get(number, ())

    def _guess_outline(self) -> tuple[OutlineEntry, ...]:
        """The outline that the headings of all pages make; what was printed for it of a shorter document serves again when it is read."""
        if self.pages > _GUESSED_PAGES:
            return ()

        def page_at(number: int) -> PrintedPage:
            printed = self.printed(number)
            if self.pages <= _KEPT_PAGES:
                self._looked_at[number] = printed
            return printed

        return guessed_outline(page_at, self.pages)

    def printed(self, number: int) -> PrintedPage:
        """Page `number` (from 1) as printed; a page that MuPDF can't interpret comes as one without text."""
        if number in self._looked_at:
            return self._looked_at.pop(number)
        pymupdf = self._pymupdf
        try:
            page = self._document[number - 1]
            textpage = page.get_textpage(flags=pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP)
            found, boxes = textpage.extractDICT(), textpage.extractWORDS()
        except (RuntimeError, ValueError):  # what PyMuPDF raises for broken pages; the rest of the book may be fine
            return PrintedPage(number, None, 0.0, 0.0, 0, 0, (), pictured=True)
        label, rotation = self._label(number), page.rotation
        glance = Glance(pymupdf, page)
        unseen = unseen_on(found, draw=glance.in_grey, pictures=glance.pictures, outlines=glance.outlines)
        if unseen.spans:
            found, boxes = unseen.seen(found), unseen.seen_words(boxes)
        characters = lambda: unseen.seen(textpage.extractRAWDICT())  # noqa: E731 — a def would not fit between
        printed = printed_page(found, boxes, characters, number=number, label=label, rotation=rotation, pictured=False, hidden=unseen.characters)
        # Letters that nobody can decode are as good as a picture.
        return printed if printed.lines or not (found["blocks"] or self._drawn(page)) else replace(printed, pictured=True)

    def _is_picture(self, printed: PrintedPage) -> bool:
        """Whether text may stand in a picture here: all that the page holds, or what fills it but for some stray letters."""
        if not printed.lines:
            return printed.pictured
        if sum(len(line.text) for line in printed.lines) > _STRAY_CHARACTERS:
            return False
        try:
            page = self._document[printed.number - 1]
            area = abs(page.rect)
            return any(abs(self._pymupdf.Rect(image["bbox"]) & page.rect) > _FILLS * area for image in page.get_image_info())
        except (RuntimeError, ValueError):
            return False

    def _recogniser(self, cancellation: Cancellation) -> Recogniser | None:
        """What recognises the pages of this document, where there is data for it."""
        data = self._recognition
        if data is None:
            return None

        def recognise(number: int, languages: str, turn: int, limit_s: float) -> PrintedPage | None:
            return self._recognised(number, data.folder, languages, turn, limit_s, cancellation)

        return Recogniser(languages=data.languages, recognise=recognise, is_sideways=self._is_sideways)

    def _is_sideways(self, number: int) -> bool:
        """Whether the lines of a pictured page seem to run up or down."""
        pymupdf = self._pymupdf
        try:
            page = self._document[number - 1]
            scale = _GLANCE_PIXELS / max(page.rect.width, page.rect.height, 1.0)
            glance = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csGRAY, alpha=False)
            return runs_sideways(glance.samples, glance.width, glance.height, glance.stride)
        except (RuntimeError, ValueError, MemoryError):
            return False

    def _recognised(self, number: int, folder: Path, languages: str, turn: int, limit_s: float, cancellation: Cancellation) -> PrintedPage | None:
        """The words in the picture of a page that is turned clockwise by `turn` degrees first."""
        pymupdf = self._pymupdf
        try:
            page = self._document[number - 1]
            width, height = page.rect.width, page.rect.height
            scale = min(RECOGNITION_DPI / 72, (RECOGNITION_PIXELS / max(1.0, width * height)) ** 0.5)
            pixmap = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale).prerotate(turn), colorspace=pymupdf.csRGB, alpha=False)
        except (RuntimeError, ValueError, MemoryError):
            return None

        def work() -> bytes:
            sheet = pymupdf.open(stream=pixmap.pdfocr_tobytes(compress=False, language=languages, tessdata=str(folder)), filetype="pdf")[0]
            shrink = (height if turn in (90, 270) else width) / sheet.rect.width
            textpage = sheet.get_textpage(flags=pymupdf.TEXT_PRESERVE_WHITESPACE, matrix=pymupdf.Matrix(shrink, shrink))
            found, boxes = textpage.extractDICT(), textpage.extractWORDS()
            return msgspec.msgpack.encode(printed_page(found, boxes, textpage.extractRAWDICT, number=number, label=None, rotation=0, pictured=False))

        encoded = do_aside(work, limit_s=limit_s, cancellation=cancellation)
        if encoded is None:
            return None
        upright = msgspec.msgpack.decode(encoded, type=PrintedPage)
        # Text that still runs sideways in it was cut out of a picture the wrong way round.
        lines = upright.lines if upright.turn == 0 else ()
        return replace(upright, width=width, height=height, turn=turn, lines=lines, recognised=True)

    def close(self) -> None:
        """Let go of the file."""
        self._document.close()

    @staticmethod
    def _drawn(page: Any) -> list[Any]:
        """What a page draws; something, where nobody can say."""
        try:
            return list(page.get_bboxlog())
        except (RuntimeError, ValueError):
            return [None]

    def _read_labels(self) -> list[Any]:
        """The PDF's rules for printed page numbers, by the page that they begin on."""
        try:
            return sorted(self._document._get_page_labels())
        except (RuntimeError, ValueError, KeyError, IndexError, TypeError):  # malformed label trees
            return []

    def _label(self, number: int) -> str | None:
        """The printed page number as the PDF states it, or None where it states none."""
        if not self._labels:
            return None
        try:
            label = clean(self._pymupdf.utils.get_label_pno(number - 1, self._labels) or "").strip()
        except (RuntimeError, ValueError, KeyError, IndexError, TypeError):
            return None
        return label or None

    def _read_outline(self) -> tuple[OutlineEntry, ...]:
        """The PDF's outline; `top` is where the heading itself stands, or else where the entry points."""
        try:
            untrusted = self._document.get_toc(simple=False)
        except (RuntimeError, ValueError, KeyError, IndexError, TypeError):  # malformed outlines
            return ()
        entries: list[OutlineEntry] = []
        headings = lru_cache(maxsize=8)(self._line_tops)
        for level, raw_title, page, destination in untrusted:
            title = " ".join(clean(str(raw_title).replace("\r", " ").replace("\n", " ")).split())
            if not title or not 1 <= page <= self.pages:
                continue
            pointed = self._pointed_at(page, destination)
            key = outline_key(title)
            named = [top for line, top in headings(page) if line == key]
            tops = named if len(named) == 1 or pointed is None else [top for top in named if abs(top - pointed) <= _HEADING_REACH]
            top = min(tops, key=lambda top: (abs(top - (pointed or 0.0)), top), default=pointed)
            entries.append(OutlineEntry(max(1, int(level)), title, page, None if top is None else round(top, 1)))
        return tuple(entries)

    def _pointed_at(self, number: int, destination: Any) -> float | None:
        """The distance from the page's top edge in points that an outline entry points at. Turned pages: None."""
        point = destination.get("to") if isinstance(destination, dict) else None
        if point is None:
            return None
        page = self._document[number - 1]
        if page.rotation:
            return None
        # PyMuPDF converts the points of explicit destinations, but hands those of named ones on as the file states them.
        if destination.get("kind") == self._pymupdf.LINK_NAMED:
            point = point * page.transformation_matrix
        top = float(point.y)
        return top if 0.0 <= top <= page.rect.height else None

    def _line_tops(self, number: int) -> list[tuple[str, float]]:
        """The outline key and the top edge of every line of a page and of every two lines that follow each other."""
        try:
            page = self._document[number - 1]
            found = page.get_textpage(flags=0).extractDICT()
        except (RuntimeError, ValueError):
            return []
        rotation, width, height = page.rotation, found["width"], found["height"]
        lines: list[tuple[str, float]] = []
        for block in found["blocks"]:
            for line in block["lines"]:
                box = tuple(line["bbox"]) if not rotation else turned(line["bbox"], rotation, width, height)
                lines.append(("".join(span["text"] for span in line["spans"]), box[1]))
        pairs = [(f"{one[0]} {other[0]}", one[1]) for one, other in itertools.pairwise(lines)]
        return [(outline_key(clean(text)), top) for text, top in lines + pairs if len(text) < 250]

    def _read_title(self) -> str | None:
        """The metadata's title where it is one, else the largest type on the first page."""
        stated = " ".join(clean((self._document.metadata or {}).get("title") or "").split())
        bare = re.sub(r"\W", "", stated.casefold())
        named_like_a_file = _FILE_NAME.fullmatch(stated) or stated.startswith("Microsoft Word") or (stated.islower() and " " not in stated)
        if len(stated) >= 3 and bare and bare not in _EMPTY_TITLES and not named_like_a_file:
            return bare_title(stated)[:300]
        lines = [line for line in self.printed(1).lines if not line.aside and any(map(str.isalpha, line.text))]
        sizes = sorted((line.size for line in lines), reverse=True)
        if not sizes or sizes[0] < 1.3 * sizes[len(sizes) // 2]:
            return None
        title = " ".join(line.text for line in lines if line.size > 0.95 * sizes[0])
        return bare_title(title) if 3 <= len(title) <= 150 else None


def bare_title(title: str) -> str:
    """A title without the asterisks of a plain-text emphasis, and with a blank behind a lecture's number: "2Graphs" is "2 Graphs"."""
    return re.sub(r"^(\d{1,2})(?=[A-Z][a-z])", r"\1 ", title.strip("* ") or title)


def draw_page(
    path: Path,
    number: int,
    pixels_per_point: float,
    target: Path,
    *,
    clip: tuple[float, float, float, float] | None = None,
    passwords: Sequence[str] = (),
) -> PagePicture:
    """Draw page `number` (from 1), or the part `clip` (x0, y0, x1, y1 in points) of it, as raw RGB into a new private file.

    Raises:
        DocumentRefused: the file can't be opened or has no such page.
        Trouble: the page can't be drawn, or the picture can't be written.
    """
    pymupdf = import_mupdf()
    document = _open(pymupdf, path, path.name, passwords)
    try:
        if not 1 <= number <= len(document):
            raise DocumentRefused("no-such-page", f"There is no page {number} in this document.", "Choose another page.")
        try:
            page = document[number - 1]
            width, height = page.rect.width, page.rect.height
            part = page.rect if clip is None else pymupdf.Rect(clip) & page.rect
            if part.is_empty:
                raise Trouble("page-not-drawn", f"There is nothing in that part of page {number}.", "Choose another part of the page.")
            scale = max(0.01, min(pixels_per_point, (MAX_PIXELS / max(1.0, part.width * part.height)) ** 0.5))
            pixmap = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), clip=part, colorspace=pymupdf.csRGB, alpha=False)
            pixels = pixmap.samples
        except (RuntimeError, ValueError, MemoryError) as error:
            raise Trouble("page-not-drawn", f"Page {number} could not be drawn.", "Open the original to see it.") from error
        if len(pixels) != pixmap.stride * pixmap.height or pixmap.stride < 3 * pixmap.width:
            raise Trouble("page-not-drawn", f"Page {number} came out in an unexpected size.", "Open the original to see it.")
        _write_private(target, pixels)
        return PagePicture(str(target), pixmap.width, pixmap.height, pixmap.stride, hashlib.sha256(pixels).hexdigest(), scale, width, height)
    finally:
        document.close()


def _write_private(target: Path, content: bytes) -> None:
    """A new file that only this user may read; one that is there already is replaced, never written through."""
    try:
        target.unlink(missing_ok=True)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with open(descriptor, "wb") as file:
            file.write(content)
    except OSError as error:
        raise Trouble("picture-not-written", f"The page's picture could not be written: {error.strerror}.", "Make some room on the disk.") from error


def _open(pymupdf: Any, path: Path, name: str, passwords: Sequence[str]) -> Any:
    """The opened document; it is a PDF that needs no password or takes one of these, and has pages."""
    damaged = DocumentRefused("damaged", f"“{name}” is damaged: it can't be read as a PDF.", "Get a fresh copy of the file and add that.")
    try:
        document = pymupdf.open(path, filetype="pdf")
    except FileNotFoundError as error:
        raise DocumentRefused("unreadable", f"“{name}” is no longer there.", "Check where the file is and add it again.") from error
    except (RuntimeError, ValueError, MemoryError) as error:
        raise damaged from error
    try:
        if document.needs_pass and not any(document.authenticate(form) for password in passwords for form in forms_of_a_password(password)):
            raise _locked(name, tried=bool(passwords))
        pages = len(document)
        if pages == 0:
            raise DocumentRefused("no-pages", f"“{name}” is a PDF without pages.", "Get a fresh copy of the file and add that.")
        if pages > MAX_PAGES:
            raise DocumentRefused("too-large", f"“{name}” says that it has {pages} pages, and {MAX_PAGES} can be read.", "Split it into smaller files.")
    except (RuntimeError, ValueError) as error:
        document.close()
        raise damaged from error
    except DocumentRefused:
        document.close()
        raise
    return document


def _locked(name: str, *, tried: bool) -> DocumentRefused:
    sentence = f"“{name}” is locked, and no password that was given opens it." if tried else f"“{name}” needs a password."
    return DocumentRefused("encrypted", sentence, "Give its password in the window, or in a file with `bytebrain add --password-file`.")

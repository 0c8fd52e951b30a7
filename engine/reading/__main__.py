"""The reader, `python -P -m engine.reading`: a child process that opens documents and draws pages, with limits, and can be lost."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from engine.cancellation import Cancellation
from engine.reading import messages
from engine.reading.confinement import confine
from engine.reading.opening import open_book
from engine.reading.pdf.recognition import find_data, how_to_get_it
from engine.serving import serve
from engine.trouble import DocumentRefused

MAX_PAGE_CHARACTERS, MAX_PAGE_WORDS = 2_000_000, 200_000
"""What one page may yield: a hundred times the fullest page of a dictionary. What is made to be more than that is cut off."""


def within_bounds(page: messages.PageRead) -> messages.PageRead:
    """The page, or as much of it as one page may hold: whole blocks of text, with their words."""
    if len(page.text) <= MAX_PAGE_CHARACTERS and len(page.words) <= MAX_PAGE_WORDS:
        return page
    end = MAX_PAGE_CHARACTERS if len(page.words) <= MAX_PAGE_WORDS else min(MAX_PAGE_CHARACTERS, page.words[MAX_PAGE_WORDS].start)
    blocks = tuple(block for block in page.blocks if block.end <= end)
    end = blocks[-1].end if blocks else 0
    return msgspec.structs.replace(
        page,
        text=page.text[:end],
        blocks=blocks,
        words=tuple(word for word in page.words if word.end <= end),
        emphasis=tuple(some for some in page.emphasis if some[1] <= end),
    )


NICENESS = 2
"""Behind the window and the engine, before the embedder (5): pages can be searched by words as soon as they are read."""


def read_document(request: messages.ReadDocument, cancellation: Cancellation) -> Iterator[messages.Report]:
    """The happenings of reading one document, then `DocumentRead`."""
    try:
        book = open_book(Path(request.path), request.name, passwords=request.passwords, recognise=request.recognise)
        try:
            yield messages.DocumentOpened(book.kind, book.title, book.pages, book.paged, book.outline)
            pictures: list[int] = []
            recognised: list[int] = []
            for report in book.read(request.first_page, cancellation):
                if isinstance(report, messages.PageRead):
                    report = within_bounds(report)
                    if report.kind == "picture":
                        pictures.append(report.number)
                    if report.recognised:
                        recognised.append(report.number)
                yield report
            index: tuple[messages.IndexEntry, ...] = getattr(book, "index", ())
            remedy = how_to_get_it() if pictures and request.recognise and book.paged and find_data() is None else None
            yield messages.DocumentRead(book.pages, tuple(pictures), tuple(recognised), index, remedy)
        finally:
            book.close()
    except MemoryError as error:
        raise DocumentRefused("too-large", f"“{request.name}” takes more memory to read than the reader may use.", "Split it into smaller files.") from error


def draw_page(request: messages.DrawPage) -> Iterator[messages.Report]:
    """Draw one page, then `PageDrawn`."""
    from engine.reading.pdf import mupdf

    path, target = Path(request.path), Path(request.target)
    drawn = mupdf.draw_page(path, request.page, request.pixels_per_point, target, clip=request.clip, passwords=request.passwords)
    yield messages.PageDrawn(drawn)


def prepare() -> Callable[[messages.Request, Cancellation], Iterator[messages.Report]]:
    """Set the limits; the libraries are imported when the first document needs them."""
    protections = confine()
    # A page is tens of thousands of short-lived values without cycles; at Python's thresholds a quarter of the time went
    # into looking for cycles among them (67 against 88 pages a second).
    gc.set_threshold(100_000, 50, 100)

    def handle(request: messages.Request, cancellation: Cancellation) -> Iterator[messages.Report]:
        if isinstance(request, messages.DrawPage):
            yield from draw_page(request)
        elif isinstance(request, messages.ReadDocument):
            yield from read_document(request, cancellation)
        elif isinstance(request, messages.Examine):
            data = find_data()
            yield messages.Examined(protections, () if data is None else data.languages, None if data is None else str(data.folder))

    return handle


def main() -> None:
    """Serve until the parent closes the pipe."""
    serve(role="reader", protocol=messages.PROTOCOL, accepts=messages.Request, prepare=prepare, niceness=NICENESS)


if __name__ == "__main__":
    main()

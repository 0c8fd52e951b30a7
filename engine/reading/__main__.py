"""The reader, `python -P -m engine.reading`: a child process that opens documents and draws pages, with limits, and can be lost."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from engine.cancellation import Cancellation
from engine.reading import messages
from engine.reading.opening import open_book
from engine.serving import serve
from engine.trouble import DocumentRefused

MEMORY_LIMIT_BYTES = 4 * 2**30
"""Address space of the reader: ten times what the largest textbook took; a decompression bomb meets it instead of the laptop."""

FILE_LIMIT_BYTES = 512 * 2**20
"""The largest file that the reader may write: four times the largest page picture."""


def limit_resources() -> None:
    """No core dumps, bounded memory, bounded files; on systems without such limits nothing happens."""
    if sys.platform == "win32":
        return
    import resource

    for kind, limit in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, MEMORY_LIMIT_BYTES), (resource.RLIMIT_FSIZE, FILE_LIMIT_BYTES)):
        with contextlib.suppress(ValueError, OSError):  # a stricter limit is in force, or the system knows no such one
            resource.setrlimit(kind, (limit, resource.getrlimit(kind)[1]))


def read_document(request: messages.ReadDocument, cancellation: Cancellation) -> Iterator[messages.Report]:
    """The happenings of reading one document, then `DocumentRead`."""
    try:
        book = open_book(Path(request.path), request.name)
        try:
            yield messages.DocumentOpened(book.kind, book.title, book.pages, book.paged, book.outline)
            pictures: list[int] = []
            for page in book.read(request.first_page, cancellation):
                if page.kind == "picture":
                    pictures.append(page.number)
                yield page
            index: tuple[messages.IndexEntry, ...] = getattr(book, "index", ())
            yield messages.DocumentRead(book.pages, tuple(pictures), index=index)
        finally:
            book.close()
    except MemoryError as error:
        raise DocumentRefused("too-large", f"“{request.name}” takes more memory to read than the reader may use.", "Split it into smaller files.") from error


def draw_page(request: messages.DrawPage) -> Iterator[messages.Report]:
    """Draw one page, then `PageDrawn`."""
    from engine.reading.pdf import mupdf

    yield messages.PageDrawn(mupdf.draw_page(Path(request.path), request.page, request.pixels_per_point, Path(request.target)))


def prepare() -> Callable[[messages.Request, Cancellation], Iterator[messages.Report]]:
    """Set the limits; the libraries are imported when the first document needs them."""
    limit_resources()
    # A page is tens of thousands of short-lived values without cycles; at Python's thresholds a quarter of the time went
    # into looking for cycles among them (67 against 88 pages a second).
    gc.set_threshold(100_000, 50, 100)

    def handle(request: messages.Request, cancellation: Cancellation) -> Iterator[messages.Report]:
        if isinstance(request, messages.DrawPage):
            yield from draw_page(request)
        elif isinstance(request, messages.ReadDocument):
            yield from read_document(request, cancellation)

    return handle


def main() -> None:
    """Serve until the parent closes the pipe."""
    serve(role="reader", protocol=messages.PROTOCOL, accepts=messages.Request, prepare=prepare, niceness=5)


if __name__ == "__main__":
    main()

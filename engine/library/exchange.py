"""What the library knows about a document, as values that can travel: written by an export, and taken in again elsewhere.

Taking in goes through the same doors as studying, so that the same things are checked; what comes is untrusted. All of a
document is taken in, in one transaction, or nothing of it.
"""

from __future__ import annotations

import math
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath

import msgspec

from engine.library import documents, vectors
from engine.library.files import StoredFile
from engine.library.library import Library
from engine.reading.messages import DocumentOpened, IndexEntry, PageRead
from engine.studying.chunking import MAX_CHARACTERS, Chunk
from engine.values import DocumentId, Section

PAGES_PER_PART = 64
LONGEST_PAGE = 2**22
"""Characters; more is no page of a book."""

_NORM_OFF = 0.05
"""How far a vector's length may be from 1: bfloat16 rounds to three digits."""


class ExportedDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document without its pages. `parts` follow; none where it must be studied again. `embedder` made their vectors."""

    document: DocumentId
    suffix: str
    size_bytes: int
    title: str
    name: str
    kind: str
    reason: str | None
    paged: bool
    pages: int
    reader_version: int
    sections: tuple[Section, ...]
    index: tuple[IndexEntry, ...]
    parts: int
    embedder: str | None
    dimensions: int
    sample: bool = False


class ExportedChunk(msgspec.Struct, frozen=True, array_like=True):
    """A chunk by its place on its page."""

    page: int
    start: int
    end: int
    section: int | None
    section_path: tuple[str, ...]
    emphasis: str


class ExportedPart(msgspec.Struct, frozen=True, array_like=True):
    """Some pages, one after the other, with their chunks. `vectors` are rows of float32 for the chunks counted in `embedded`."""

    pages: tuple[PageRead, ...]
    chunks: tuple[ExportedChunk, ...]
    embedded: tuple[int, ...]
    vectors: bytes


class NotSound(Exception):
    """What came is not what a library can hold."""


def describe(library: Library, document: DocumentId) -> ExportedDocument:
    """A document of the library, to be followed by `parts_of`. Only what can be searched has parts: the rest is studied again where it arrives.

    Raises:
        Trouble: there is no such document.
    """
    row = library.document(document)
    copy = library.files.path_of(document)
    with library.database.reading() as connection:
        key = documents.key_of(connection, document)
        version, page_count = connection.execute("SELECT reader_version, pages_read FROM documents WHERE key = ?", (key,)).fetchone()
        (reason,) = connection.execute("SELECT reason FROM documents WHERE key = ?", (key,)).fetchone()
        serving = vectors.serving_embedder(connection)
        embedder = None if serving is None else vectors.embedder_of(connection, serving)
    whole = row.state in ("searchable", "ready")
    return ExportedDocument(
        document=document,
        suffix="" if copy is None else copy.name.removeprefix(document),
        size_bytes=0 if copy is None else copy.stat().st_size,
        title=row.title,
        name=PurePath(row.path).name,
        kind=row.kind,
        reason=reason if whole else None,
        paged=row.pages > 0,
        pages=page_count if whole else 0,
        reader_version=version,
        sections=library.sections(document) if whole else (),
        index=library.index_entries(document) if whole else (),
        parts=-(-page_count // PAGES_PER_PART) if whole else 0,
        embedder=None if embedder is None else embedder.name,
        dimensions=0 if embedder is None else embedder.dimensions,
        sample=row.sample,
    )


def parts_of(library: Library, told: ExportedDocument) -> Iterator[ExportedPart]:
    """The pages of a document in their order, some at a time."""
    with library.database.reading() as connection:
        key = documents.key_of(connection, told.document)
        for first in range(1, told.pages + 1, PAGES_PER_PART):
            last = min(first + PAGES_PER_PART - 1, told.pages)
            stored = [library.page(told.document, number) for number in range(first, last + 1)]
            read = tuple(PageRead(**{name: getattr(page, name) for name in PageRead.__struct_fields__ if hasattr(page, name)}) for page in stored)
            rows = connection.execute(
                """SELECT c.page, c.start, c."end", c.section, c.section_path, c.emphasis, v.vector
                   FROM chunks c LEFT JOIN vectors v ON v.chunk = c.id AND v.embedder = (SELECT key FROM embedders WHERE name = ?)
                   WHERE c.document = ? AND c.page BETWEEN ? AND ? ORDER BY c.page, c.start""",
                (told.embedder, key, first, last),
            ).fetchall()
            chunks = tuple(ExportedChunk(row[0], row[1], row[2], row[3], msgspec.json.decode(row[4], type=tuple[str, ...]), row[5]) for row in rows)
            embedded = tuple(place for place, row in enumerate(rows) if row[6] is not None)
            yield ExportedPart(read, chunks, embedded, b"".join(rows[place][6] for place in embedded))


def take_in(library: Library, told: ExportedDocument, file: StoredFile, source: Path, parts: Iterable[ExportedPart]) -> None:
    """Store a document that came out of the export `source`. Without parts it waits for being studied.

    Where its file lay on the other machine is not believed: that place may hold anything here.

    Raises:
        NotSound: what came can't be a document's pages; nothing of it is stored.
        Trouble: the disk is full; nothing of it is stored.
    """
    try:
        with library.database.transaction() as connection:
            path = str(source / (PurePath(told.name).name or told.document))
            library.register(file, path=path, title=told.title, sample=told.sample)
            documents.forget_path(connection, path)
            if told.parts:
                library.start_over(told.document)
                _store(library, connection, told, parts)
    except (ValueError, struct.error, OverflowError, sqlite3.IntegrityError) as error:
        raise NotSound(str(error)) from error


def _store(library: Library, connection: sqlite3.Connection, told: ExportedDocument, parts: Iterable[ExportedPart]) -> None:
    opened = DocumentOpened(told.kind, told.title, told.pages, told.paged, ())
    library.begin(told.document, opened, told.sections, reader_version=told.reader_version)
    key = documents.key_of(connection, told.document)
    with_vectors = _embedder_fits(connection, told)
    for part in parts:
        for page in part.pages:
            _check_page(page)
        texts = {page.number: page.text for page in part.pages}
        chunks = [_checked(chunk, texts) for chunk in part.chunks]
        library.append(told.document, part.pages, chunks)
        if with_vectors and part.embedded:
            _store_vectors(library, connection, told, key, part)
    if library.pages_stored(told.document) != told.pages:
        raise ValueError("pages are missing")
    library.store_index(told.document, told.index)
    row = library.document(told.document)
    whole = with_vectors and row.chunks_embedded >= row.chunks
    library.mark(told.document, "ready" if whole else "searchable", reason=told.reason)


def _embedder_fits(connection: sqlite3.Connection, told: ExportedDocument) -> bool:
    """Vectors come along where this library has none yet, or the same embedder serves it."""
    if told.embedder is None:
        return False
    serving = vectors.serving_embedder(connection)
    known = vectors.embedder_of(connection, told.embedder)
    return serving in (None, told.embedder) and (known is None or known.dimensions == told.dimensions)


def _check_page(page: PageRead) -> None:
    length = len(page.text)
    ranges = [*((block.start, block.end) for block in page.blocks), *((word.start, word.end) for word in page.words), *page.emphasis]
    if length > LONGEST_PAGE or not all(0 <= start <= end <= length for start, end in ranges):
        raise ValueError(f"page {page.number} does not fit its text")
    sizes = [page.width, page.height, *(corner for word in page.words for corner in (word.x0, word.y0, word.x1, word.y1))]
    if not all(math.isfinite(size) for size in sizes):
        raise ValueError(f"page {page.number} has no size")


def _checked(chunk: ExportedChunk, texts: dict[int, str]) -> Chunk:
    text = texts.get(chunk.page, "")
    if not 0 <= chunk.start < chunk.end <= len(text) or chunk.end - chunk.start > MAX_CHARACTERS:
        raise ValueError(f"a chunk does not lie on page {chunk.page}")
    return Chunk(chunk.page, chunk.start, chunk.end, text[chunk.start : chunk.end], chunk.section, chunk.section_path, chunk.emphasis)


def _store_vectors(library: Library, connection: sqlite3.Connection, told: ExportedDocument, key: int, part: ExportedPart) -> None:
    assert told.embedder is not None
    if len(part.vectors) != len(part.embedded) * told.dimensions * vectors.BYTES_PER_NUMBER:
        raise ValueError("the vectors have a wrong size")
    if not _unit_length(part.vectors, told.dimensions):
        raise ValueError("the vectors are no directions")
    ids = {(page, start): number for number, page, start in connection.execute("SELECT id, page, start FROM chunks WHERE document = ?", (key,))}
    try:
        chosen: Sequence[ExportedChunk] = [part.chunks[place] for place in part.embedded]
    except IndexError as error:
        raise ValueError("a vector belongs to no chunk") from error
    library.store_vectors(told.embedder, [ids[chunk.page, chunk.start] for chunk in chosen], part.vectors)


def _unit_length(rows: bytes, dimensions: int) -> bool:
    import numpy

    lengths = numpy.linalg.norm(numpy.frombuffer(rows, dtype="<f4").reshape(-1, dimensions), axis=1)
    return bool(numpy.all(numpy.abs(lengths - 1.0) <= _NORM_OFF))  # False for what is no number, too


def is_held(library: Library, document: DocumentId) -> bool:
    """Whether the library has this document so far that nothing is gained by taking it in again."""
    row = library.find(document)
    return row is not None and row.state in ("searchable", "ready")

"""The rows of pages and chunks: storing a batch, reading them back, forgetting them. Functions over an open connection."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from engine.library.packing import Layout, pack_layout, pack_words, unpack_layout, unpack_words
from engine.library.shadow import index_symbols, index_text
from engine.reading.messages import Block, PageRead, Word
from engine.values import DocumentId, Place

if TYPE_CHECKING:
    from engine.studying.chunking import Chunk

SECTION_SEPARATOR = " > "
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page (or part) as the library keeps it."""

    number: int
    label: str | None
    width: float
    height: float
    kind: str
    text: str
    words: tuple[Word, ...]
    blocks: tuple[Block, ...]
    emphasis: tuple[tuple[int, int], ...]
    place: Place | None
    recognised: bool = False
    lines: tuple[tuple[int, int], ...] = ()
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk with what a search wants to know of it. `text` is `page text[start:end]`."""

    id: int
    document: DocumentId
    page: int
    start: int
    end: int
    section: int | None
    section_path: tuple[str, ...]
    emphasis: str
    text: str


@dataclass(frozen=True, slots=True)
class Within:
    """The part of the library that a search may look at: chunks of a document, or of some of its sections.

    `sections` None means the whole document; chunks that belong to no section count by `pages` (first, last).
    """

    key: int
    sections: tuple[int, ...] | None = None
    pages: tuple[int, int] = (0, 0)


def store_batch(connection: sqlite3.Connection, key: int, pages: Sequence[PageRead], chunks: Sequence[Chunk]) -> None:
    """Pages, their chunks and the chunks' words. The caller's transaction makes it one batch."""
    texts = {page.number: page.text for page in pages}
    connection.executemany(
        "INSERT INTO pages (document, number, label, width, height, kind, text, text_crc, words, layout, hidden) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(key, page.number, page.label, page.width, page.height, page.kind, page.text, checksum(page.text)),
                *(pack_words(page.words), pack_layout(Layout(page.blocks, page.emphasis, page.place, page.recognised, page.lines))),
                page.hidden,
            )
            for page in pages
        ],
    )
    for chunk in chunks:
        if texts[chunk.page][chunk.start : chunk.end] != chunk.text:
            raise ValueError(f"chunk {chunk.start}–{chunk.end} is not the text of its page {chunk.page}")
        path = msgspec.json.encode(chunk.section_path).decode()
        cursor = connection.execute(
            'INSERT INTO chunks (document, page, start, "end", section, section_path, emphasis) VALUES (?, ?, ?, ?, ?, ?, ?)',
            (key, chunk.page, chunk.start, chunk.end, chunk.section, path, chunk.emphasis),
        )
        assert cursor.lastrowid is not None
        store_words(connection, cursor.lastrowid, words_of(chunk.text, chunk.section_path, chunk.emphasis))
    connection.execute("UPDATE documents SET pages_read = pages_read + ?, chunk_count = chunk_count + ? WHERE key = ?", (len(pages), len(chunks), key))


def chunks_checksum(rows: Iterable[tuple[int, int, int, int | None, str, str]], before: int = 0) -> int:
    """CRC-32 over chunks (page, start, end, section, section path as JSON, emphasis) in the order of the text, going on from `before`."""
    for row in rows:
        before = zlib.crc32(repr(row).encode(), before)
    return before


def checked_rows(chunks: Sequence[Chunk]) -> list[tuple[int, int, int, int | None, str, str]]:
    """Chunks as `chunks_checksum` wants them."""
    ordered = sorted(chunks, key=lambda chunk: (chunk.page, chunk.start))
    return [(c.page, c.start, c.end, c.section, msgspec.json.encode(c.section_path).decode(), c.emphasis) for c in ordered]


def words_of(text: str, section_path: Sequence[str], emphasis: str) -> tuple[str, str, str, str]:
    """What the keyword index holds for a chunk, column by column."""
    section = SECTION_SEPARATOR.join(section_path)
    return index_text(text), index_text(section), index_text(emphasis), index_symbols(f"{text}\n{section}")


def store_words(connection: sqlite3.Connection, chunk: int, words: tuple[str, str, str, str]) -> None:
    """Put one chunk into the keyword index."""
    connection.execute("INSERT INTO words (rowid, text, section, emphasis, symbols) VALUES (?, ?, ?, ?, ?)", (chunk, *words))


def checksum(text: str) -> int:
    """CRC-32 of the text: SQLite itself does not notice a flipped bit inside a value."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def forget_pages(connection: sqlite3.Connection, key: int) -> None:
    """Delete all pages of a document, their chunks, words and vectors."""
    connection.execute("DELETE FROM words WHERE rowid IN (SELECT id FROM chunks WHERE document = ?)", (key,))
    connection.execute(
        "UPDATE embedders SET generation = generation + 1, removals = removals + 1 WHERE key IN (SELECT embedder FROM embedded WHERE document = ?)", (key,)
    )
    connection.execute("DELETE FROM embedded WHERE document = ?", (key,))
    connection.execute("DELETE FROM chunks WHERE document = ?", (key,))
    connection.execute("DELETE FROM pages WHERE document = ?", (key,))
    connection.execute("DELETE FROM sections WHERE document = ?", (key,))
    connection.execute("DELETE FROM index_terms WHERE document = ?", (key,))
    connection.execute("DELETE FROM surveys WHERE document = ?", (key,))
    connection.execute("UPDATE documents SET pages_read = 0, chunk_count = 0, chunks_crc = NULL WHERE key = ?", (key,))


def load_page(connection: sqlite3.Connection, key: int, number: int) -> StoredPage | None:
    """One page, or None where it is not stored (yet)."""
    row = connection.execute(
        "SELECT number, label, width, height, kind, text, words, layout, hidden FROM pages WHERE document = ? AND number = ?", (key, number)
    ).fetchone()
    if row is None:
        return None
    layout = unpack_layout(row[7])
    number, label, width, height, kind, text, words, _, hidden = row
    beside = layout.blocks, layout.emphasis, layout.place, layout.recognised, layout.lines, hidden
    return StoredPage(number, label, width, height, kind, text, unpack_words(words), *beside)


def numbers_of_kind(connection: sqlite3.Connection, key: int, kind: str) -> tuple[int, ...]:
    """Which of a document's stored pages are of a kind, in order."""
    rows = connection.execute("SELECT number FROM pages WHERE document = ? AND kind = ? ORDER BY number", (key, kind))
    return tuple(number for (number,) in rows)


def numbers_with_hidden_text(connection: sqlite3.Connection, key: int, *, least: int) -> tuple[int, ...]:
    """Which of a document's stored pages hold at least so many characters that can't be seen, in order."""
    rows = connection.execute("SELECT number FROM pages WHERE document = ? AND hidden > 0 AND hidden >= ? ORDER BY number", (key, least))
    return tuple(number for (number,) in rows)


def load_chunks(connection: sqlite3.Connection, ids: Collection[int]) -> dict[int, StoredChunk]:
    """Chunks by their ids; ids that are gone are left out."""
    found: dict[int, StoredChunk] = {}
    wanted = list(ids)
    for first in range(0, len(wanted), _AT_ONCE):
        some = wanted[first : first + _AT_ONCE]
        rows = connection.execute(
            f"""SELECT c.id, d.document, c.page, c.start, c."end", c.section, c.section_path, c.emphasis, p.text
                FROM chunks c JOIN documents d ON d.key = c.document JOIN pages p ON p.document = c.document AND p.number = c.page
                WHERE c.id IN ({", ".join("?" * len(some))})""",
            some,
        )
        for number, document, page, start, end, section, path, emphasis, text in rows:
            section_path = msgspec.json.decode(path, type=tuple[str, ...])
            found[number] = StoredChunk(number, document, page, start, end, section, section_path, emphasis, text[start:end])
    return found


def condition(within: Iterable[Within]) -> tuple[str, list[int]]:
    """SQL for "chunk c lies in one of these", with its values; constants and numbers only."""
    parts: list[str] = []
    values: list[int] = []
    wanted = tuple(within)
    whole = [part.key for part in wanted if part.sections is None]
    if whole:
        # One list, however many documents a collection has: a chain of ORs would be planned and tried one by one.
        parts.append(f"c.document IN ({', '.join('?' * len(whole))})")
        values += whole
    for part in wanted:
        if part.sections is not None:
            marks = ", ".join("?" * len(part.sections))
            parts.append(f"(c.document = ? AND (c.section IN ({marks}) OR (c.section IS NULL AND c.page BETWEEN ? AND ?)))")
            values += [part.key, *part.sections, *part.pages]
    return f"({' OR '.join(parts)})", values


def chunk_ids(connection: sqlite3.Connection, within: Iterable[Within]) -> list[int]:
    """The ids of all chunks there."""
    sql, values = condition(within)
    return [row[0] for row in connection.execute(f"SELECT c.id FROM chunks c WHERE {sql} ORDER BY c.id", values)]


def chunks_on(connection: sqlite3.Connection, document: DocumentId, page: int) -> tuple[int, ...]:
    """The ids of the chunks on one stored page."""
    sql = "SELECT c.id FROM chunks c JOIN documents d ON d.key = c.document WHERE d.document = ? AND c.page = ? ORDER BY c.id"
    return tuple(chunk for (chunk,) in connection.execute(sql, (document, page)))


def pages_with_chunks(connection: sqlite3.Connection, document: DocumentId) -> frozenset[int]:
    """Which of a document's stored pages can be found in a search."""
    sql = "SELECT DISTINCT c.page FROM chunks c JOIN documents d ON d.key = c.document WHERE d.document = ?"
    return frozenset(page for (page,) in connection.execute(sql, (document,)))

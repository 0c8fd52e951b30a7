"""The rows of documents: registering, naming, finding and forgetting them. Functions over an open connection."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from engine.library.files import StoredFile
from engine.reading.messages import IndexEntry
from engine.trouble import Trouble
from engine.values import Document, DocumentId, DocumentState, Section

_AT_ONCE = 500

NO_DOCUMENT = "no-document"
"""The code of the trouble that a reference names nothing (any more)."""

SHORTEST_PREFIX = 4
"""Shorter prefixes of an id would soon name several documents."""

_COLUMNS = """d.key, d.document, d.title, d.state, d.reason, d.paged, d.page_count, d.pages_read, d.chunk_count, d.sample, d.kind,
    d.code, d.remedy, d.gone_from,
    coalesce((SELECT path FROM paths WHERE document = d.key ORDER BY number DESC LIMIT 1), d.last_path) AS path,
    coalesce((SELECT max(count) FROM embedded WHERE document = d.key), 0) AS chunks_embedded"""


def list_documents(
    connection: sqlite3.Connection, ids: Sequence[DocumentId] | None = None, *, collections: Mapping[DocumentId, tuple[str, ...]]
) -> tuple[Document, ...]:
    """All documents, or those of `ids`, in the order in which they came."""
    where = "" if ids is None else f"WHERE d.document IN ({', '.join('?' * len(ids))})"
    rows = connection.execute(f"SELECT {_COLUMNS} FROM documents d {where} ORDER BY d.key", tuple(ids or ())).fetchall()
    return tuple(
        Document(
            document=DocumentId(row[1]),
            title=row[2],
            state=row[3],
            reason=_with_gone(row[4], row[13]),
            pages=row[6] if row[5] else 0,
            pages_read=row[7],
            chunks=row[8],
            sample=bool(row[9]),
            kind=row[10],
            code=row[11],
            remedy=row[12],
            path=row[14],
            chunks_embedded=row[15],
            collections=collections.get(row[1], ()),
        )
        for row in rows
    )


def _with_gone(reason: str | None, gone_from: str | None) -> str | None:
    if gone_from is None:
        return reason
    gone = f"Its file is no longer in {gone_from}; the library keeps its copy."
    return gone if reason is None else f"{reason} {gone}"


def key_of(connection: sqlite3.Connection, document: DocumentId) -> int:
    """The number by which tables name a document.

    Raises:
        Trouble: it is not in the library.
    """
    row = connection.execute("SELECT key FROM documents WHERE document = ?", (document,)).fetchone()
    if row is None:
        raise no_such_document(document)
    return int(row[0])


def no_such_document(reference: str) -> Trouble:
    """The trouble to raise for a reference that names nothing."""
    return Trouble(NO_DOCUMENT, f"There is no document {reference} in the library.", "See what it holds with `bytebrain documents`.")


def add_document(connection: sqlite3.Connection, file: StoredFile, *, path: str, title: str, kind: str, sample: bool) -> int:
    """The key of the document's row, which is made (state queued) unless it is there. Its latest path is `path` from now on."""
    connection.execute(
        """INSERT INTO documents (document, title, last_path, kind, state, suffix, size_bytes, sample, added_at) VALUES (?, ?, ?, ?, 'queued', ?, ?, ?, ?)
           ON CONFLICT (document) DO NOTHING""",
        (file.document, title, path, kind, file.suffix, file.size_bytes, sample, time.time()),
    )
    key = key_of(connection, file.document)
    add_path(connection, key, path, file.stamp)
    return key


def add_path(connection: sqlite3.Connection, key: int, path: str, stamp: str | None) -> None:
    """`path` holds this document now, whatever it held before; `stamp` is what its file looks like."""
    if connection.execute("SELECT document, stamp FROM paths WHERE path = ?", (path,)).fetchone() != (key, stamp):
        before = connection.execute("DELETE FROM paths WHERE path = ? AND document <> ? RETURNING document", (path, key)).fetchall()
        connection.executemany("UPDATE documents SET superseded = 1 WHERE key = ? AND NOT EXISTS (SELECT 1 FROM paths WHERE document = documents.key)", before)
        forget_path(connection, path)
        connection.execute("INSERT INTO paths (path, document, stamp) VALUES (?, ?, ?)", (path, key, stamp))
    connection.execute("UPDATE documents SET last_path = ?, gone_from = NULL, superseded = 0 WHERE key = ?", (path, key))


def forget_path(connection: sqlite3.Connection, path: str) -> None:
    """Nothing is known of this path any more."""
    connection.execute("DELETE FROM paths WHERE path = ?", (path,))


def paths_of(connection: sqlite3.Connection, key: int) -> list[str]:
    """Where the document's file was found, the latest place first."""
    return [row[0] for row in connection.execute("SELECT path FROM paths WHERE document = ? ORDER BY number DESC", (key,))]


def mark_gone(connection: sqlite3.Connection, paths: Sequence[str], folder: str) -> None:
    """Forget these paths; documents that have no other say from where they are gone."""
    for path in paths:
        row = connection.execute("SELECT document FROM paths WHERE path = ?", (path,)).fetchone()
        if row is not None:
            connection.execute("DELETE FROM paths WHERE path = ?", (path,))
            connection.execute(
                "UPDATE documents SET gone_from = ? WHERE key = ? AND NOT EXISTS (SELECT 1 FROM paths WHERE document = documents.key)", (folder, row[0])
            )


def held_at(connection: sqlite3.Connection, path: str, stamp: str) -> DocumentId | None:
    """The document whose file lay at `path` and looked like this."""
    row = connection.execute("SELECT d.document FROM paths p JOIN documents d ON d.key = p.document WHERE p.path = ? AND p.stamp = ?", (path, stamp)).fetchone()
    return None if row is None else DocumentId(row[0])


def replaced(connection: sqlite3.Connection, by: DocumentId | None = None) -> list[tuple[DocumentId, DocumentId]]:
    """(old, new) where a file has changed: nothing holds the old content any more, and its last place holds a document that can be searched."""
    rows = connection.execute(
        """SELECT old.document, new.document FROM paths p JOIN documents new ON new.key = p.document JOIN documents old ON old.last_path = p.path
           WHERE old.superseded AND new.state IN ('searchable', 'ready') AND old.key <> new.key AND (:by IS NULL OR new.document = :by)
             AND NOT EXISTS (SELECT 1 FROM paths WHERE document = old.key)""",
        {"by": by},
    )
    return [(DocumentId(old), DocumentId(new)) for old, new in rows]


def keys_of(connection: sqlite3.Connection, ids: Sequence[DocumentId]) -> list[int]:
    """The numbers of those documents that are in the library."""
    found: list[int] = []
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        found += [row[0] for row in connection.execute(f"SELECT key FROM documents WHERE document IN ({', '.join('?' * len(some))})", tuple(some))]
    return found


def resolve(connection: sqlite3.Connection, reference: str) -> DocumentId:
    """The document that a person means by an id, a unique prefix of one, or a path.

    Raises:
        Trouble: nothing, or more than one document, is meant.
    """
    for path in dict.fromkeys((reference, str(Path(reference).expanduser().absolute()), str(Path(reference).expanduser().resolve()))):
        row = connection.execute("SELECT d.document FROM paths p JOIN documents d ON d.key = p.document WHERE p.path = ?", (path,)).fetchone()
        row = row or connection.execute("SELECT document FROM documents WHERE last_path = ? ORDER BY key DESC LIMIT 1", (path,)).fetchone()
        if row is not None:
            return DocumentId(row[0])
    prefix = reference.lower()
    if len(prefix) >= SHORTEST_PREFIX and all(letter in "0123456789abcdef" for letter in prefix):
        rows = connection.execute("SELECT document FROM documents WHERE substr(document, 1, ?) = ? LIMIT 2", (len(prefix), prefix)).fetchall()
        if len(rows) == 1:
            return DocumentId(rows[0][0])
        if rows:
            raise Trouble("ambiguous-document", f"More than one document begins with {reference}.", "Give more letters of its id.")
    raise no_such_document(reference)


def set_state(
    connection: sqlite3.Connection, key: int, state: DocumentState, reason: str | None, *, code: str | None = None, remedy: str | None = None
) -> None:
    """Say how far a document is, and what there is to say about it."""
    connection.execute("UPDATE documents SET state = ?, reason = ?, code = ?, remedy = ? WHERE key = ?", (state, reason, code, remedy, key))


def index_of(connection: sqlite3.Connection, key: int) -> tuple[IndexEntry, ...]:
    """The book's own index, in its order."""
    rows = connection.execute("SELECT term, pages FROM index_terms WHERE document = ? ORDER BY number", (key,))
    return tuple(IndexEntry(term, msgspec.json.decode(pages, type=tuple[int, ...])) for term, pages in rows)


def set_sections(connection: sqlite3.Connection, key: int, sections: Iterable[Section]) -> None:
    """The document's section tree, in place of the one before."""
    connection.execute("DELETE FROM sections WHERE document = ?", (key,))
    connection.executemany(
        "INSERT INTO sections (document, number, level, title, first_page, last_page) VALUES (?, ?, ?, ?, ?, ?)",
        [(key, section.number, section.level, section.title, section.first_page, section.last_page) for section in sections],
    )


def list_sections(connection: sqlite3.Connection, key: int) -> tuple[Section, ...]:
    """The section tree in document order."""
    rows = connection.execute("SELECT number, level, title, first_page, last_page FROM sections WHERE document = ? ORDER BY number", (key,))
    return tuple(Section(*row) for row in rows)


def with_all_below(sections: Sequence[Section], number: int) -> tuple[Section, ...]:
    """The section of that number and everything deeper that follows it; empty if there is none.

    Pure: `sections` is a tree in document order.
    """
    found: list[Section] = []
    for section in sections:
        if found and section.level <= found[0].level:
            break
        if found or section.number == number:
            found.append(section)
    return tuple(found)


def count_death(connection: sqlite3.Connection, key: int, task: str, page: int) -> int:
    """One more child died over this document; how many have by now, at this task and page."""
    connection.execute(
        "INSERT INTO deaths VALUES (?, ?, ?, 1) ON CONFLICT (document, task, page) DO UPDATE SET count = count + 1",
        (key, task, page),
    )
    (count,) = connection.execute("SELECT count FROM deaths WHERE document = ? AND task = ? AND page = ?", (key, task, page)).fetchone()
    return int(count)


def deadly_pages(connection: sqlite3.Connection, key: int, task: str, deaths: int) -> tuple[int, ...]:
    """The pages over which a child died at this task at least so often, in their order."""
    rows = connection.execute("SELECT page FROM deaths WHERE document = ? AND task = ? AND page > 0 AND count >= ? ORDER BY page", (key, task, deaths))
    return tuple(row[0] for row in rows)

"""What a library says of itself: the terms of its indexes, its headings, what it sets in bold, some of its sentences. Read for making questions of it.

Only a part is read, and of a large library the same small part each time: documents and rows are picked by their numbers, evenly
over the whole. Functions over an open connection.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from engine.library.question import Term

MOST_DOCUMENTS = 40
"""Documents that are looked into: the part of each grows smaller, and the whole stays some hundred rows."""

EMPHASIS_SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Material:
    """Texts with the document (its key) that each is from, in the order of the library."""

    index_terms: tuple[tuple[int, str], ...]
    headings: tuple[tuple[int, str], ...]
    emphasised: tuple[tuple[int, str], ...]
    passages: tuple[tuple[int, str], ...]


def read_material(connection: sqlite3.Connection, each: int) -> Material:
    """At most about `each` texts of each kind, spread evenly over the documents that can be searched (the bundled sample only where it is alone)."""
    documents = _documents(connection)
    if not documents:
        return Material((), (), (), ())
    share = -(-each // len(documents))
    emphasised = _picked(connection, documents, share, _SOME_EMPHASIS, "SELECT emphasis FROM chunks WHERE document = ? AND id = ?")
    return Material(
        index_terms=_picked(connection, documents, share, _ALL_TERMS, "SELECT term FROM index_terms WHERE document = ? AND number = ?"),
        headings=_picked(connection, documents, share, _ALL_SECTIONS, "SELECT title FROM sections WHERE document = ? AND number = ?"),
        emphasised=tuple((document, phrases.split(EMPHASIS_SEPARATOR)[0]) for document, phrases in emphasised),
        passages=_picked(connection, documents, share, _ALL_CHUNKS, _CHUNK_TEXT),
    )


_ALL_TERMS = "SELECT number FROM index_terms WHERE document = ? ORDER BY number"
_ALL_SECTIONS = "SELECT number FROM sections WHERE document = ? ORDER BY number"
_ALL_CHUNKS = "SELECT id FROM chunks WHERE document = ? ORDER BY id"
_SOME_EMPHASIS = "SELECT id FROM chunks WHERE document = ? AND emphasis <> '' ORDER BY id"
_CHUNK_TEXT = """SELECT substr(p.text, c.start + 1, c."end" - c.start) FROM chunks c JOIN pages p ON p.document = c.document AND p.number = c.page
                 WHERE c.document = ? AND c.id = ?"""


def occur_on_one_page(connection: sqlite3.Connection, terms: Sequence[Term]) -> bool:
    """Whether all of these words stand on one page somewhere (no page is known to hold words that are very common: then it is taken for so)."""
    pages: set[tuple[int, int]] | None = None
    for term in terms:
        rows = connection.execute(
            "SELECT c.document, c.page FROM words w JOIN chunks c ON c.id = w.rowid WHERE w.words MATCH ? LIMIT ?", (term.expression, _MOST_ROWS)
        ).fetchall()
        if len(rows) == _MOST_ROWS:
            return True
        found = set(rows)
        pages = found if pages is None else pages & found
        if not pages:
            return False
    return True


_MOST_ROWS = 1_000


def _documents(connection: sqlite3.Connection) -> list[int]:
    rows = connection.execute("SELECT key, sample FROM documents WHERE chunk_count > 0 ORDER BY key").fetchall()
    own = [key for key, sample in rows if not sample] or [key for key, _ in rows]
    return _evenly(own, MOST_DOCUMENTS)


def _picked(connection: sqlite3.Connection, documents: Sequence[int], share: int, numbers: str, text: str) -> tuple[tuple[int, str], ...]:
    """`share` texts of each document: `numbers` selects all that it has, `text` reads one of them."""
    found: list[tuple[int, str]] = []
    for document in documents:
        rows = [row[0] for row in connection.execute(numbers, (document,))]
        found += [(document, row[0]) for number in _evenly(rows, share) for row in connection.execute(text, (document, number))]
    return tuple(found)


def _evenly(items: Sequence[int], most: int) -> list[int]:
    """`most` of the items, evenly spread; all where there are no more."""
    return list(items) if len(items) <= most else [items[(2 * place + 1) * len(items) // (2 * most)] for place in range(most)]

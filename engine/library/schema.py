"""The tables of library.db, as numbered migrations.

Documents carry their content hash for the world and a small number (`key`) inside. Chunk ids are never used again after a
removal, so that an index built earlier can't mistake a new chunk for an old one. A page's text is stored once: a chunk is
a stretch of it, and only the keyword index keeps words of its own.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""Stems English, folds case and diacritics; other scripts reach it prepared by `engine.library.shadow`."""

_FIRST = (
    "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE documents (
        key INTEGER PRIMARY KEY AUTOINCREMENT,
        document TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        last_path TEXT NOT NULL,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        reason TEXT,
        paged INTEGER NOT NULL DEFAULT 1,
        page_count INTEGER NOT NULL DEFAULT 0,
        pages_read INTEGER NOT NULL DEFAULT 0,
        chunk_count INTEGER NOT NULL DEFAULT 0,
        suffix TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        sample INTEGER NOT NULL DEFAULT 0,
        reader_version INTEGER NOT NULL DEFAULT 0,
        added_at REAL NOT NULL
    )""",
    """CREATE TABLE paths (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        path TEXT NOT NULL UNIQUE,
        document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE
    )""",
    "CREATE INDEX paths_by_document ON paths(document)",
    """CREATE TABLE deaths (
        document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
        task TEXT NOT NULL, page INTEGER NOT NULL, count INTEGER NOT NULL,
        PRIMARY KEY (document, task, page)
    ) WITHOUT ROWID""",
    """CREATE TABLE collections (
        name TEXT NOT NULL, document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
        PRIMARY KEY (name, document)
    ) WITHOUT ROWID""",
    "CREATE INDEX collections_by_document ON collections(document)",
    """CREATE TABLE sections (
        document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
        number INTEGER NOT NULL, level INTEGER NOT NULL, title TEXT NOT NULL, first_page INTEGER NOT NULL, last_page INTEGER NOT NULL,
        PRIMARY KEY (document, number)
    ) WITHOUT ROWID""",
    """CREATE TABLE pages (
        document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        label TEXT, width REAL NOT NULL, height REAL NOT NULL, kind TEXT NOT NULL,
        text TEXT NOT NULL, text_crc INTEGER NOT NULL,
        words BLOB NOT NULL, layout BLOB NOT NULL,
        PRIMARY KEY (document, number)
    )""",
    """CREATE TABLE chunks (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
        page INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
        section INTEGER, section_path TEXT NOT NULL, emphasis TEXT NOT NULL,
        UNIQUE (document, page, start)
    )""",
    f"CREATE VIRTUAL TABLE words USING fts5(text, section, emphasis, symbols, tokenize='{TOKENIZER}')",
    "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, 'row')",
    """CREATE TABLE embedders (
        key INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, dimensions INTEGER NOT NULL,
        generation INTEGER NOT NULL DEFAULT 0, removals INTEGER NOT NULL DEFAULT 0
    )""",
    """CREATE TABLE vectors (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        embedder INTEGER NOT NULL REFERENCES embedders(key) ON DELETE CASCADE,
        chunk INTEGER NOT NULL REFERENCES chunks(id) ON DELETE CASCADE,
        vector BLOB NOT NULL,
        UNIQUE (chunk, embedder)
    )""",
    """CREATE TABLE embedded (
        document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
        embedder INTEGER NOT NULL REFERENCES embedders(key) ON DELETE CASCADE,
        count INTEGER NOT NULL,
        PRIMARY KEY (document, embedder)
    ) WITHOUT ROWID""",
    """CREATE TABLE vector_caches (
        embedder INTEGER PRIMARY KEY REFERENCES embedders(key) ON DELETE CASCADE,
        file TEXT NOT NULL, sha256 TEXT NOT NULL, size_bytes INTEGER NOT NULL,
        generation INTEGER NOT NULL, last_number INTEGER NOT NULL, count INTEGER NOT NULL
    )""",
)


def the_first_tables(connection: sqlite3.Connection) -> None:
    """Documents, pages, chunks, the keyword index and vectors."""
    for statement in _FIRST:
        connection.execute(statement)


def notices_and_book_indexes(connection: sqlite3.Connection) -> None:
    """Refusals keep their code and remedy; the books' own indexes (term and the pages that it names) are kept as knowledge."""
    connection.execute("ALTER TABLE documents ADD COLUMN code TEXT")
    connection.execute("ALTER TABLE documents ADD COLUMN remedy TEXT")
    connection.execute(
        """CREATE TABLE index_terms (
            document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
            number INTEGER NOT NULL, term TEXT NOT NULL, pages TEXT NOT NULL,
            PRIMARY KEY (document, number)
        ) WITHOUT ROWID"""
    )


def stamps_and_checksums(connection: sqlite3.Connection) -> None:
    """Paths remember what their file looked like, so that an unchanged one is not read again; chunks and vectors get checksums.

    What was stored before has none (NULL): it is checked by its counts alone.
    """
    connection.execute("ALTER TABLE paths ADD COLUMN stamp TEXT")
    connection.execute("ALTER TABLE documents ADD COLUMN gone_from TEXT")
    connection.execute("ALTER TABLE documents ADD COLUMN chunks_crc INTEGER")
    connection.execute("ALTER TABLE vectors ADD COLUMN crc INTEGER")
    connection.execute("CREATE INDEX documents_by_last_path ON documents(last_path)")


def collections_move_to_the_students_own(connection: sqlite3.Connection) -> None:
    """Collections are precious and this database is not: they go into study.db, keyed by the documents' ids.

    They are durable there before they go here; killed in between, they are moved once more, which changes nothing.
    """
    rows = connection.execute("SELECT c.name, d.document FROM collections c JOIN documents d ON d.key = c.document").fetchall()
    (place,) = (row[2] for row in connection.execute("PRAGMA database_list") if row[1] == "main")
    if rows and place:
        from engine.living.collections import LONGEST_NAME, Collections
        from engine.living.study_database import open_study_database

        study = open_study_database(Path(place).with_name("study.db"), writable=True)
        try:
            for name, document in rows:
                # The first version took any name: a home must not be lost for one that is refused today.
                Collections(study).collect([document], " ".join(name.split())[:LONGEST_NAME].strip() or "…")
        finally:
            study.close()
    connection.execute("DROP TABLE collections")


def book_indexes_are_looked_up(connection: sqlite3.Connection) -> None:
    """Terms of the books' own indexes get the key under which a question finds them (`engine.library.book_indexes`)."""
    connection.execute("ALTER TABLE index_terms ADD COLUMN key TEXT NOT NULL DEFAULT ''")
    connection.execute("CREATE INDEX index_terms_by_key ON index_terms(key)")


def changed_files_are_remembered(connection: sqlite3.Connection) -> None:
    """A document whose last place was taken by a newer version knows it, until that version can be searched."""
    connection.execute("ALTER TABLE documents ADD COLUMN superseded INTEGER NOT NULL DEFAULT 0")


def equal_texts_are_embedded_once(connection: sqlite3.Connection) -> None:
    """Vectors remember a digest of the text that they were made of: two editions of a book share every second one.

    Those stored before have none (NULL) and are shared with nobody.
    """
    connection.execute("ALTER TABLE vectors ADD COLUMN text_digest BLOB")
    connection.execute("CREATE INDEX vectors_by_text ON vectors(text_digest) WHERE text_digest IS NOT NULL")


def pages_tell_what_was_hidden(connection: sqlite3.Connection) -> None:
    """How many characters of a page nobody could see; such pages are few and are found by an index of their own."""
    connection.execute("ALTER TABLE pages ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0")
    connection.execute("CREATE INDEX pages_with_hidden_text ON pages(document, number) WHERE hidden > 0")


def surveys_are_kept(connection: sqlite3.Connection) -> None:
    """What surveys noted of a document's sections: a cache that goes with the document."""
    connection.execute(
        """CREATE TABLE surveys (
            document INTEGER NOT NULL REFERENCES documents(key) ON DELETE CASCADE,
            part TEXT NOT NULL, recipe TEXT NOT NULL, notes BLOB NOT NULL,
            PRIMARY KEY (document, part, recipe)
        ) WITHOUT ROWID"""
    )


MIGRATIONS = (
    the_first_tables,
    notices_and_book_indexes,
    stamps_and_checksums,
    collections_move_to_the_students_own,
    book_indexes_are_looked_up,
    changed_files_are_remembered,
    equal_texts_are_embedded_once,
    pages_tell_what_was_hidden,
    surveys_are_kept,
)

"""The library: documents with their pages, sections, chunks, words and vectors, kept in one SQLite file.

Everything is stored in whole batches, each durable when the call returns, so that studying can be killed anywhere and goes
on from the last batch. One program writes (`WriterLock` sees to that); any number read beside it.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.home import Home
from engine.library import book_indexes, documents, pages, vectors, verification
from engine.library.boxes import merge_boxes
from engine.library.database import Database
from engine.library.embedders import Embedders
from engine.library.files import Files, StoredFile
from engine.library.gaps import Gaps
from engine.library.keywords import Keywords
from engine.library.pages import StoredChunk, StoredPage, Within
from engine.library.places import Places
from engine.library.rereading import Rereading
from engine.library.schema import MIGRATIONS
from engine.library.vector_index import VectorIndex
from engine.reading.messages import DocumentOpened, IndexEntry, PageRead
from engine.trouble import Notice, Trouble
from engine.values import Box, Document, DocumentId, DocumentState, Scope, Section

if TYPE_CHECKING:
    from engine.living.collections import Collections
    from engine.studying.chunking import Chunk


class Library:
    """All that one home knows about its documents. Safe to use from several threads."""

    def __init__(self, home: Home, database: Database, collections: Collections | None = None) -> None:
        """Use `Library.open`."""
        self.home = home
        self._collections = collections
        self.database = database
        self.files = Files(home)
        self.gaps = Gaps(database)
        self.keywords = Keywords(database)
        self.places = Places(database)
        self.rereading = Rereading(database)
        self.embedders = Embedders(database, home.vectors)

    @classmethod
    def open(cls, home: Home, *, writable: bool, collections: Collections | None = None) -> Library:
        """Open the library of a home; a home without one has an empty library. `collections` are the student's: without them there are none.

        Raises:
            HomeTrouble: it is newer than this program, damaged, or can't be opened.
        """
        if writable:
            home.prepare()
        library = cls(home, Database.open(home.library, writable=writable, migrations=MIGRATIONS), collections)
        if writable:
            library.files.clear_unfinished()
        return library

    def close(self) -> None:
        """Close it; no thread may be using it."""
        self.keywords.close()
        self.database.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def one_view(self) -> Iterator[None]:
        """Whatever is read inside belongs to one moment, however much is written beside it."""
        with self.database.reading():
            yield

    def index(self, embedder: str) -> VectorIndex:
        """The vector index of an embedder. Make one and keep it: it holds vectors in memory."""
        return VectorIndex(self.database, self.home.vectors, embedder)

    # ---- documents ---------------------------------------------------------------------------------------------------

    def register(
        self,
        file: StoredFile,
        *,
        path: str,
        title: str | None = None,
        kind: str | None = None,
        collection: str | None = None,
        sample: bool = False,
    ) -> Document:
        """The row of a document, made at once (state queued) unless it is there already; `path` is where it was added from."""
        with self.database.transaction() as connection:
            name = Path(path).stem if title is None else title
            documents.add_document(connection, file, path=path, title=name, kind=kind or file.suffix.lstrip(".") or "text", sample=sample)
        self._collect(file.document, collection)
        return self.document(file.document)

    def _collect(self, document: DocumentId, collection: str | None) -> None:
        if collection is not None and self._collections is not None:
            self._collections.collect([document], collection)

    def add_path(self, document: DocumentId, path: str, collection: str | None = None, *, stamp: str | None = None) -> None:
        """The document is also found under `path` (and in a collection) from now on; places where its file is no longer are forgotten.

        Raises:
            Trouble: there is no such document.
        """
        with self.database.reading() as connection:
            key = documents.key_of(connection, document)
            others = [other for other in documents.paths_of(connection, key) if other != path]
            known = stamp is not None and documents.held_at(connection, path, stamp) == document
        self._collect(document, collection)
        moved_from = [other for other in others if not os.path.lexists(other)]
        if known and not moved_from:
            return
        with self.database.transaction() as connection:
            key = documents.key_of(connection, document)  # it may have been removed meanwhile
            documents.add_path(connection, key, path, stamp)
            connection.executemany("DELETE FROM paths WHERE path = ? AND document = ?", [(gone, key) for gone in moved_from])

    def held_at(self, path: Path, stamp: str | None) -> Document | None:
        """The document that lay at `path` when its file looked like this (`files.stamp_of`): then it need not be read again."""
        if stamp is None:
            return None
        with self.database.reading() as connection:
            document = documents.held_at(connection, str(path), stamp)
        return None if document is None else self.find(document)

    def replaces(self, document: DocumentId) -> tuple[DocumentId, ...]:
        """The earlier versions of a file whose place this document has taken; `forget_replaced` removes them."""
        with self.database.reading() as connection:
            return tuple(old for old, _ in documents.replaced(connection, document))

    def forget_replaced(self) -> tuple[DocumentId, ...]:
        """Remove every earlier version whose file has changed; returns what was removed. Their collections go on with the new version."""
        with self.database.reading() as connection:
            pairs = documents.replaced(connection)
        if pairs and self._collections is not None:
            self._collections.inherit(pairs)
        return self.remove(tuple(dict.fromkeys(old for old, _ in pairs))) if pairs else ()

    def documents(self) -> tuple[Document, ...]:
        """All documents in the order in which they came."""
        with self.database.reading() as connection:
            return documents.list_documents(connection, collections={} if self._collections is None else self._collections.of_all())

    def find(self, document: DocumentId) -> Document | None:
        """The document's row, or None if it is not in the library."""
        with self.database.reading() as connection:
            collections = {} if self._collections is None else {document: self._collections.of(document)}
            return next(iter(documents.list_documents(connection, [document], collections=collections)), None)

    def document(self, document: DocumentId) -> Document:
        """The document's row.

        Raises:
            Trouble: there is no such document.
        """
        found = self.find(document)
        if found is None:
            raise documents.no_such_document(document)
        return found

    def resolve(self, reference: str) -> DocumentId:
        """The document that a person means by an id, a unique prefix (four letters at least) or a path.

        Raises:
            Trouble: nothing, or more than one document, is meant.
        """
        with self.database.reading() as connection:
            return documents.resolve(connection, reference)

    def sections(self, document: DocumentId) -> tuple[Section, ...]:
        """The section tree in document order.

        Raises:
            Trouble: there is no such document.
        """
        with self.database.reading() as connection:
            return documents.list_sections(connection, documents.key_of(connection, document))

    def mark(self, document: DocumentId, state: DocumentState, reason: str | None = None) -> None:
        """Say how far a document is.

        Raises:
            Trouble: there is no such document.
        """
        with self.database.transaction() as connection:
            documents.set_state(connection, documents.key_of(connection, document), state, reason)

    def refuse(self, document: DocumentId, notice: Notice) -> None:
        """The document can't be read: its row stays and says why, what was read of it goes.

        Raises:
            Trouble: there is no such document.
        """
        with self.database.transaction() as connection:
            key = documents.key_of(connection, document)
            pages.forget_pages(connection, key)
            documents.set_state(connection, key, "refused", notice.sentence, code=notice.code, remedy=notice.remedy)

    def start_over(self, document: DocumentId) -> None:
        """Forget what was read of a document, and the deaths it caused, so that it can be studied afresh (state queued).

        Raises:
            Trouble: there is no such document.
        """
        with self.database.transaction() as connection:
            key = documents.key_of(connection, document)
            pages.forget_pages(connection, key)
            connection.execute("DELETE FROM deaths WHERE document = ?", (key,))
            documents.set_state(connection, key, "queued", None)

    def remove(self, ids: Sequence[DocumentId]) -> tuple[DocumentId, ...]:
        """Forget documents and all that came from them, their stored copies too; returns those that were there."""
        removed: list[DocumentId] = []
        with self.database.transaction() as connection:
            for document in ids:
                row = connection.execute("SELECT key FROM documents WHERE document = ?", (document,)).fetchone()
                if row is not None:
                    vectors.forget_caches(connection, row[0])
                    pages.forget_pages(connection, row[0])
                    connection.execute("DELETE FROM documents WHERE key = ?", row)
                    removed.append(document)
            if removed:
                # Merging rewrites the index without the removed words; until then they would stay in the file.
                connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        for document in removed:
            self.files.forget(document)
        if removed:
            self.embedders.forget_unrecorded_indexes()
            self.database.tidy()
        return tuple(removed)

    # ---- studying ----------------------------------------------------------------------------------------------------

    def begin(self, document: DocumentId, opened: DocumentOpened, sections: Sequence[Section], *, reader_version: int) -> None:
        """Reading begins or goes on: what the document turned out to be. Pages of another reader version are forgotten.

        Raises:
            Trouble: there is no such document.
        """
        with self.database.transaction() as connection:
            key = documents.key_of(connection, document)
            (before,) = connection.execute("SELECT reader_version FROM documents WHERE key = ?", (key,)).fetchone()
            if before != reader_version:
                pages.forget_pages(connection, key)
            connection.execute(
                """UPDATE documents SET title = CASE WHEN ? = '' THEN title ELSE ? END, kind = ?, paged = ?, page_count = ?, reader_version = ?,
                   state = 'reading', reason = NULL WHERE key = ?""",
                (opened.title.strip(), opened.title.strip(), opened.kind, opened.paged, opened.pages, reader_version, key),
            )
            documents.set_sections(connection, key, sections)

    def store_index(self, document: DocumentId, entries: Sequence[IndexEntry]) -> None:
        """The book's own index, in place of the one before.

        Raises:
            Trouble: there is no such document.
        """
        with self.database.transaction() as connection:
            book_indexes.store_entries(connection, documents.key_of(connection, document), entries, self.keywords.stems)

    def index_entries(self, document: DocumentId) -> tuple[IndexEntry, ...]:
        """The book's own index, in its order; empty for a book without one.

        Raises:
            Trouble: there is no such document.
        """
        with self.database.reading() as connection:
            return documents.index_of(connection, documents.key_of(connection, document))

    def chunks_named(self, subject: str, within: Sequence[Within] | None = None) -> dict[int, float]:
        """The chunks on pages that a book's own index names for `subject`, each with the share (0..1) of its words that the term covers."""
        keys = book_indexes.keys_asked(subject, self.keywords.stems)
        with self.database.reading() as connection:
            return book_indexes.chunks_named(connection, keys, within)

    def append(self, document: DocumentId, new_pages: Sequence[PageRead], chunks: Sequence[Chunk]) -> None:
        """Store the next pages with their chunks and words in one durable transaction.

        Raises:
            Trouble: there is no such document, or the disk is full; then nothing of the batch is stored.
            ValueError: the pages don't go on where the stored ones end, or a chunk is not a stretch of its page.
        """
        with self.database.transaction() as connection:
            key = documents.key_of(connection, document)
            (stored,) = connection.execute("SELECT pages_read FROM documents WHERE key = ?", (key,)).fetchone()
            numbers = [page.number for page in new_pages]
            if numbers != list(range(stored + 1, stored + 1 + len(numbers))):
                raise ValueError(f"pages {numbers[:1]}… do not follow the {stored} that are stored")
            pages.store_batch(connection, key, new_pages, chunks)
            (before,) = connection.execute("SELECT chunks_crc FROM documents WHERE key = ?", (key,)).fetchone()
            if stored == 0 or before is not None:
                checksum = pages.chunks_checksum(pages.checked_rows(chunks), before or 0)
                connection.execute("UPDATE documents SET chunks_crc = ? WHERE key = ?", (checksum, key))

    def pages_stored(self, document: DocumentId, *, reader_version: int | None = None) -> int:
        """How many pages are durable; with `reader_version`, how many of them were read by that version (all or none).

        Raises:
            Trouble: there is no such document.
        """
        with self.database.reading() as connection:
            key = documents.key_of(connection, document)
            count, version = connection.execute("SELECT pages_read, reader_version FROM documents WHERE key = ?", (key,)).fetchone()
        return int(count) if reader_version in (None, version) else 0

    # ---- pages and chunks --------------------------------------------------------------------------------------------

    def page(self, document: DocumentId, number: int) -> StoredPage:
        """One page, or one part of what has no pages.

        Raises:
            Trouble: there is no such page.
        """
        with self.database.reading() as connection:
            page = pages.load_page(connection, documents.key_of(connection, document), number)
        if page is None:
            raise Trouble("no-page", f"The library has no page {number} of this document.", "Wait until it is read, or choose another page.")
        return page

    def boxes_of(self, document: DocumentId, page: int, start: int, end: int) -> tuple[Box, ...]:
        """Where the characters `[start, end)` of a page's text stand, one box a line; empty for what has no pages.

        Raises:
            Trouble: there is no such page.
        """
        return merge_boxes(page, self.page(document, page).words, start, end)

    def chunks(self, ids: Collection[int]) -> dict[int, StoredChunk]:
        """Chunks by their ids; those that are gone are left out."""
        with self.database.reading() as connection:
            return pages.load_chunks(connection, ids)

    def within(self, scopes: Sequence[Scope]) -> tuple[Within, ...]:
        """What scopes mean in terms of chunks: documents, sections with all below them, or all that is in a collection.

        Raises:
            Trouble: a document, section or collection is not there, or a collection holds nothing.
        """
        found: list[Within] = []
        with self.database.reading() as connection:
            for scope in scopes:
                if scope.collection is not None:
                    found += self._within_collection(connection, scope.collection)
                    continue
                key = documents.key_of(connection, scope.document)
                if scope.section is None:
                    found.append(Within(key))
                    continue
                below = documents.with_all_below(documents.list_sections(connection, key), scope.section)
                if not below:
                    raise Trouble("no-section", f"This document has no section number {scope.section}.", "Choose another section, or the whole document.")
                found.append(Within(key, tuple(section.number for section in below), (below[0].first_page, below[0].last_page)))
        return tuple(found)

    def _within_collection(self, connection: sqlite3.Connection, collection: str) -> list[Within]:
        members = () if self._collections is None else self._collections.members(collection)
        keys = documents.keys_of(connection, members)
        if not keys:
            raise Trouble("collection-empty", f"The collection {collection} holds no document.", "Put documents into it, or ask the whole library.")
        return [Within(key) for key in keys]

    def chunk_ids(self, within: Sequence[Within]) -> list[int]:
        """The ids of all chunks in a part of the library."""
        with self.database.reading() as connection:
            return pages.chunk_ids(connection, within)

    # ---- vectors -----------------------------------------------------------------------------------------------------

    def use_embedder(self, embedder: str, dimensions: int) -> None:
        """From now on `chunks_embedded` and `verify` speak about this embedder's vectors."""
        with self.database.transaction() as connection:
            vectors.use_embedder(connection, embedder, dimensions)

    def chunks_without_vectors(self, embedder: str, limit: int, document: DocumentId | None = None, after: int = 0) -> list[tuple[int, str]]:
        """The next chunks to embed whose ids come after `after`: (id, text for the embedder)."""
        with self.database.reading() as connection:
            key = None if document is None else documents.key_of(connection, document)
            return vectors.texts_without_vectors(connection, embedder, limit, key, after)

    def store_vectors(self, embedder: str, chunks: Sequence[int], vectors_float32: bytes, texts: Sequence[str] = ()) -> None:
        """Store a batch of vectors (rows of float32, little endian, unit length) in one durable transaction.

        With `texts`, what each was made of, `vectors_of_texts` finds them for chunks of the same text.
        """
        with self.database.transaction() as connection:
            vectors.store_vectors(connection, embedder, chunks, vectors_float32, texts)

    def vectors_of_texts(self, embedder: str, texts: Collection[str]) -> dict[str, bytes]:
        """The vectors of those texts that some chunk was embedded with before: the same text has the same vector."""
        with self.database.reading() as connection:
            return vectors.vectors_of_texts(connection, embedder, texts)

    def vector_count(self, embedder: str) -> int:
        """How many chunks have a vector of this embedder."""
        with self.database.reading() as connection:
            return vectors.count_vectors(connection, embedder)

    def read_by_older(self, reader_version: int) -> tuple[DocumentId, ...]:
        """Documents that were read by an older reader and of which the library has the file, so that they can be read again."""
        with self.database.reading() as connection:
            rows = connection.execute(
                "SELECT document FROM documents WHERE state IN ('searchable', 'ready') AND reader_version < ? ORDER BY key", (reader_version,)
            ).fetchall()
        return tuple(document for (document,) in rows if self.files.path_of(document) is not None)

    # ---- health ------------------------------------------------------------------------------------------------------

    def verify(self, *, repair: bool = False) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Check the library against itself: (problems that remain, what was repaired), as plain sentences."""
        return verification.verify(self.database, self.home, self.files, repair=repair)

    def is_damaged(self) -> bool:
        """Whether the database itself is damaged, so that nothing mends it: then `engine.library.rebuilding` makes another one."""
        return verification.is_damaged(self.database)

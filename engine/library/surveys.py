"""What surveys noted of the sections of documents: a cache, so that a long answer that was stopped or is asked again costs nothing twice."""

from __future__ import annotations

from engine.library import documents
from engine.library.database import Database
from engine.values import DocumentId


class Surveys:
    """Notes by document, part of it and recipe. They go with the document's pages: other text makes other notes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, document: DocumentId, part: str, recipe: str) -> bytes | None:
        """The notes that were stored for this part by this recipe; None where there are none.

        Raises:
            Trouble: there is no such document.
        """
        with self._database.reading() as connection:
            key = documents.key_of(connection, document)
            row = connection.execute("SELECT notes FROM surveys WHERE document = ? AND part = ? AND recipe = ?", (key, part, recipe)).fetchone()
        return None if row is None else bytes(row[0])

    def store(self, document: DocumentId, part: str, recipe: str, notes: bytes) -> None:
        """Keep the notes of a part, in place of earlier ones by this recipe. A home that is open for reading only keeps nothing.

        Raises:
            Trouble: there is no such document, or the disk is full.
        """
        if not self._database.writable:
            return
        with self._database.transaction() as connection:
            key = documents.key_of(connection, document)
            connection.execute("INSERT OR REPLACE INTO surveys (document, part, recipe, notes) VALUES (?, ?, ?, ?)", (key, part, recipe, notes))

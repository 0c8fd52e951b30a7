"""Documents that are to be read anew although they can be searched: what was read of them before serves until the new reading has begun."""

from __future__ import annotations

from engine.library import documents
from engine.library.database import Database
from engine.values import DocumentId

_WAITS = "document = ? AND state = 'queued' AND reader_version = 0 AND pages_read > 0"
"""What was never read has no pages yet, and pages of a reading that has begun have the number of their reader."""


class Rereading:
    """Puts documents of a library in line for being read again, and takes them out of it as they were."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ask_for(self, document: DocumentId) -> None:
        """Let a document be read again (state queued). Only when a reader has opened it, its pages make room for the new ones.

        Raises:
            Trouble: there is no such document.
        """
        with self._database.transaction() as connection:
            key = documents.key_of(connection, document)
            connection.execute("DELETE FROM deaths WHERE document = ?", (key,))
            connection.execute("UPDATE documents SET state = 'queued', reader_version = 0 WHERE key = ?", (key,))

    def is_asked_for(self, document: DocumentId) -> bool:
        """Whether a document waits for being read again."""
        with self._database.reading() as connection:
            return connection.execute(f"SELECT 1 FROM documents WHERE {_WAITS}", (document,)).fetchone() is not None

    def call_off(self, document: DocumentId) -> bool:
        """A document that waits for being read again stays as it was read before; False where it does not wait or nothing was read before."""
        with self._database.transaction() as connection:
            embedded = "coalesce((SELECT max(count) FROM embedded WHERE document = documents.key), 0)"
            changed = connection.execute(
                f"UPDATE documents SET state = CASE WHEN {embedded} < chunk_count THEN 'searchable' ELSE 'ready' END WHERE {_WAITS}", (document,)
            )
            return changed.rowcount > 0

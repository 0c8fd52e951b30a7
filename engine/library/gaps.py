"""What of a document could not be read: pages that are pictures, text that nobody sees, pages over which a child died."""

from __future__ import annotations

from engine.library import documents, pages
from engine.library.database import Database
from engine.values import DocumentId


class Gaps:
    """Knows the gaps of a library's documents. All raise Trouble where there is no such document, or no room to write."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pictures(self, document: DocumentId) -> tuple[int, ...]:
        """Which of its stored pages are pictures without text."""
        with self._database.reading() as connection:
            return pages.numbers_of_kind(connection, documents.key_of(connection, document), "picture")

    def hidden(self, document: DocumentId, *, least: int = 1) -> tuple[int, ...]:
        """Which of its stored pages (or parts) hold at least so many characters that nobody who looks at them sees."""
        with self._database.reading() as connection:
            return pages.numbers_with_hidden_text(connection, documents.key_of(connection, document), least=least)

    def count_death(self, document: DocumentId, *, task: str = "reading", page: int = 0) -> int:
        """A child died over this document; returns how often that happened at this task (and page, where 0 means any)."""
        with self._database.transaction() as connection:
            return documents.count_death(connection, documents.key_of(connection, document), task, page)

    def deadly(self, document: DocumentId, deaths: int) -> tuple[int, ...]:
        """The pages over which the reader died at least so often, in their order."""
        with self._database.reading() as connection:
            return documents.deadly_pages(connection, documents.key_of(connection, document), "reading", deaths)

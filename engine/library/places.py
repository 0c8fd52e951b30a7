"""Where documents' files lie, and what they looked like there."""

from __future__ import annotations

from collections.abc import Sequence

from engine.library import documents
from engine.library.database import Database
from engine.values import DocumentId


class Places:
    """The paths at which documents were found."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def stamps(self) -> dict[str, str | None]:
        """Every path at which a document was found, and what its file looked like when it was read (`files.stamp_of`)."""
        with self._database.reading() as connection:
            return dict(connection.execute("SELECT path, stamp FROM paths").fetchall())

    def mark_gone(self, paths: Sequence[str], folder: str) -> None:
        """These files are no longer in `folder`. Documents that lie nowhere else say so from now on, and stay."""
        if not paths:
            return
        with self._database.transaction() as connection:
            documents.mark_gone(connection, paths, folder)

    def of(self, ids: Sequence[DocumentId]) -> list[str]:
        """Every path at which these documents were found."""
        with self._database.reading() as connection:
            return [path for key in documents.keys_of(connection, ids) for path in documents.paths_of(connection, key)]

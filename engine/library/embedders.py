"""Which embedder's vectors answer questions, which one's are being made in their place, and how the old ones go."""

from __future__ import annotations

from pathlib import Path

from engine.library import vectors
from engine.library.database import Database


class Embedders:
    """The embedders of a library."""

    def __init__(self, database: Database, folder: Path) -> None:
        """`folder` is where the vector indexes lie."""
        self._database = database
        self._folder = folder

    def serving(self) -> str | None:
        """The embedder whose vectors answer questions; None while there is none."""
        with self._database.reading() as connection:
            return vectors.serving_embedder(connection)

    def coming(self) -> str | None:
        """The embedder whose vectors are made while another one serves; None where there is no change."""
        with self._database.reading() as connection:
            return vectors.coming_embedder(connection)

    def serve(self, embedder: str) -> None:
        """The vectors of this embedder answer questions from now on; those of others can be forgotten."""
        with self._database.transaction() as connection:
            vectors.serve(connection, embedder)

    def has_others(self, embedder: str) -> bool:
        """Whether anything is left of embedders but this one."""
        with self._database.reading() as connection:
            return vectors.has_others(connection, embedder)

    def forget_others(self, embedder: str, limit: int) -> bool:
        """Forget some vectors of embedders but this one, and in the end their index files. Whether more are left."""
        with self._database.transaction() as connection:
            more = vectors.forget_others(connection, embedder, limit)
        if not more:
            self.forget_unrecorded_indexes()
            self._database.tidy()
        return more

    def chunks_to_renew(self, embedder: str) -> int:
        """How many chunks of documents that are through have no vector of this embedder."""
        with self._database.reading() as connection:
            return vectors.chunks_to_renew(connection, embedder)

    def forget_unrecorded_indexes(self) -> None:
        """Delete the files of vector indexes that the database does not know (any more): they may hold vectors of what was removed."""
        with self._database.reading() as connection:
            recorded = {row[0] for row in connection.execute("SELECT file FROM vector_caches")}
        for path in self._folder.glob("*.hnsw"):
            if path.name not in recorded:
                path.unlink(missing_ok=True)

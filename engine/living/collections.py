"""Collections: named sets of documents, the student's own. A document may be in several."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping, Sequence

from engine.library.database import Database
from engine.trouble import Trouble
from engine.values import Collection, DocumentId

LONGEST_NAME = 200

_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, marks of direction and halves of characters."""


class Collections:
    """The collections of one home. They may name documents that the library has no more (or not yet): that costs nothing."""

    def __init__(self, database: Database) -> None:
        """`database` is that of `open_study_database`."""
        self._database = database

    def listed(self, present: Iterable[DocumentId]) -> tuple[Collection, ...]:
        """Every collection by name, with those of its documents that are `present`; an empty one is listed, too."""
        here = set(present)
        with self._database.reading() as connection:
            names = [row[0] for row in connection.execute("SELECT name FROM collections ORDER BY name COLLATE NOCASE, name")]
            members: dict[str, list[DocumentId]] = {name: [] for name in names}
            for name, document in connection.execute("SELECT collection, document FROM collected ORDER BY document"):
                if document in here:
                    members[name].append(DocumentId(document))
        return tuple(Collection(name, tuple(documents)) for name, documents in members.items())

    def of(self, document: DocumentId) -> tuple[str, ...]:
        """The names of the collections that a document is in."""
        with self._database.reading() as connection:
            return tuple(row[0] for row in connection.execute("SELECT collection FROM collected WHERE document = ? ORDER BY collection", (document,)))

    def of_all(self) -> Mapping[DocumentId, tuple[str, ...]]:
        """The names of each document's collections; documents in none are left out."""
        found: dict[DocumentId, list[str]] = {}
        with self._database.reading() as connection:
            for document, name in connection.execute("SELECT document, collection FROM collected ORDER BY document, collection"):
                found.setdefault(DocumentId(document), []).append(name)
        return {document: tuple(names) for document, names in found.items()}

    def members(self, collection: str) -> tuple[DocumentId, ...]:
        """The documents of a collection, whether the library has them or not.

        Raises:
            Trouble: there is no such collection.
        """
        with self._database.reading() as connection:
            self._must_be(collection, connection.execute("SELECT 1 FROM collections WHERE name = ?", (collection,)).fetchone() is not None)
            return tuple(DocumentId(row[0]) for row in connection.execute("SELECT document FROM collected WHERE collection = ?", (collection,)))

    def collect(self, documents: Sequence[DocumentId], collection: str) -> None:
        """Put documents into a collection, which is made if there is none of that name.

        Raises:
            Trouble: the name is empty or too long.
        """
        name = collection_name(collection)
        with self._database.transaction() as connection:
            connection.execute("INSERT INTO collections VALUES (?, ?) ON CONFLICT DO NOTHING", (name, time.time()))
            connection.executemany("INSERT INTO collected VALUES (?, ?) ON CONFLICT DO NOTHING", [(name, document) for document in documents])

    def uncollect(self, documents: Sequence[DocumentId], collection: str) -> None:
        """Take documents out of a collection, which stays, even when it is empty then.

        Raises:
            Trouble: there is no such collection.
        """
        self.members(collection)
        with self._database.transaction() as connection:
            connection.executemany("DELETE FROM collected WHERE collection = ? AND document = ?", [(collection, document) for document in documents])

    def rename(self, collection: str, name: str) -> None:
        """Call a collection by another name; where there is one of that name already, both become one.

        Raises:
            Trouble: there is no such collection, or the name is empty or too long.
        """
        documents = self.members(collection)
        new = collection_name(name)
        if new == collection:
            return
        with self._database.transaction() as connection:
            self.collect(documents, new)
            connection.execute("UPDATE watched SET collection = ? WHERE collection = ?", (new, collection))
            connection.execute("UPDATE pairs SET collection = ? WHERE collection = ?", (new, collection))
            connection.execute("UPDATE OR IGNORE rules SET collection = ? WHERE collection = ?", (new, collection))  # that one's own rules hold
            connection.execute("DELETE FROM collections WHERE name = ?", (collection,))

    def forget(self, collection: str) -> None:
        """Forget a collection; its documents stay.

        Raises:
            Trouble: there is no such collection.
        """
        self.members(collection)
        with self._database.transaction() as connection:
            connection.execute("UPDATE watched SET collection = NULL WHERE collection = ?", (collection,))
            connection.execute("DELETE FROM collections WHERE name = ?", (collection,))

    def inherit(self, pairs: Sequence[tuple[DocumentId, DocumentId]]) -> None:
        """(old, new): the new version of a document is where its older one was."""
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT INTO collected SELECT collection, ? FROM collected WHERE document = ? ON CONFLICT DO NOTHING", [(new, old) for old, new in pairs]
            )

    @staticmethod
    def _must_be(collection: str, known: bool) -> None:
        if not known:
            raise Trouble("no-collection", f"There is no collection called {collection}.", "See which there are with `bytebrain collections`.")


def collection_name(untrusted_name: str) -> str:
    """A name as it is kept: on one line, without spaces around it, and without what steers a terminal or turns what follows around."""
    name = " ".join(_STEERING.sub(" ", untrusted_name).split())
    if not name:
        raise Trouble("collection-name", "A collection needs a name.", "Type one.")
    if len(name) > LONGEST_NAME:
        raise Trouble("collection-name", f"The name has {len(name)} characters, more than {LONGEST_NAME}.", "Choose a shorter one.")
    return name

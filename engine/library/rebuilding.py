"""A new library.db in the place of one that is damaged beyond mending, from the copies of the documents' files.

Nothing precious is lost with the old one: conversations and collections are in study.db, the books are in the files folder.
What the old database still tells about titles and paths is taken over; the texts are read anew from the copies.
"""

from __future__ import annotations

import collections
import contextlib
import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path

from engine.home import Home
from engine.library.files import StoredFile, hash_file
from engine.library.library import Library
from engine.trouble import Trouble
from engine.values import DocumentId


@dataclass(frozen=True, slots=True)
class _Told:
    """What the damaged database says about a document."""

    title: str
    path: str
    sample: bool


def rebuild_library(home: Home) -> int:
    """Put a new database in the place of the damaged one; returns how many documents wait for being studied again.

    The caller holds the writer's lock, and nobody has the library open. Killed anywhere, it can be begun again.

    Raises:
        HomeTrouble: the home can't be written.
    """
    damaged = home.library.with_name("library.damaged.db")
    if not damaged.exists():
        _set_aside(home.library, damaged)
    told = _tell(damaged)
    places = collections.Counter(known.path for known in told.values())
    for path in home.vectors.glob("*.hnsw"):
        path.unlink(missing_ok=True)
    count = 0
    with Library.open(home, writable=True) as library:
        for path, document in list(library.files.all()):
            if document is None:
                continue
            try:
                sound = hash_file(path)[0] == document
            except Trouble:
                sound = False
            if not sound:
                continue  # `verify` names it afterwards
            known = told.get(document)
            if known is not None and places[known.path] > 1:
                # Which of them lies there now is not known, and whoever came second would count as the newer version of the first.
                known = replace(known, path=str(path))
            file = StoredFile(document, path.name.removeprefix(document), path.stat().st_size, path)
            if known is None:
                library.register(file, path=str(path))
            else:
                library.register(file, path=known.path, title=known.title, sample=known.sample)
            count += 1
    for part in _parts(damaged):
        part.unlink(missing_ok=True)  # it still holds the texts, also of what is removed one day
    return count


def _parts(database: Path) -> tuple[Path, ...]:
    """A database with its log and its index of the log."""
    return (database, database.with_name(database.name + "-wal"), database.with_name(database.name + "-shm"))


def _set_aside(database: Path, target: Path) -> None:
    # The log first: a database without its log is older, a log without its database is nothing.
    for part, goal in reversed(tuple(zip(_parts(database), _parts(target), strict=True))):
        with contextlib.suppress(FileNotFoundError):
            part.replace(goal)


def _tell(damaged: Path) -> dict[DocumentId, _Told]:
    """What can still be read of the documents' names and places, row by row until the damage."""
    told: dict[DocumentId, _Told] = {}
    with contextlib.suppress(sqlite3.DatabaseError), contextlib.closing(sqlite3.connect(f"{damaged.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        for document, title, path, sample in connection.execute("SELECT document, title, last_path, sample FROM documents"):
            told[DocumentId(document)] = _Told(str(title), str(path), bool(sample))
    return told

"""Watched folders: what came, changed or went since the last look, told by size and times, without reading a file.

A folder that can't be looked through (its drive is not there) is said to be so, and nothing is concluded from it: no
document is ever removed because a file is missing. The list of folders is the student's own, in study.db.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.home import Home
from engine.library.database import Database
from engine.library.files import stamp_of
from engine.library.folders import linked_pages
from engine.library.library import Library
from engine.studying.gathering import gather_files
from engine.trouble import Trouble
from engine.values import DocumentId, WatchedFolder


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be studied of a folder, and which known files are no longer there. `trouble` says why nothing can be told."""

    to_study: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    trouble: str | None = None


class Watching:
    """The watched folders of one home."""

    def __init__(self, *, home: Home, library: Library, database: Database) -> None:
        """`database` is that of `open_study_database`."""
        self._home = home
        self._library = library
        self._database = database
        self._linked: dict[Path, tuple[str, tuple[str, ...]]] = {}

    def folders(self) -> tuple[WatchedFolder, ...]:
        """The watched folders by their paths."""
        with self._database.reading() as connection:
            return tuple(WatchedFolder(*row) for row in connection.execute("SELECT path, collection, looked_at, trouble FROM watched ORDER BY path"))

    def watch(self, path: str, collection: str | None) -> None:
        """Watch a folder; the next look takes in all that is in it.

        Raises:
            Trouble: it is no folder, it is part of the home, or it holds the system's files or everything of a person.
        """
        folder = _resolved(path)
        if not folder.is_dir():
            raise Trouble("no-folder", f"There is no folder {folder}.", "Check the name, or connect its drive.")
        if folder.is_relative_to(self._home.root):
            raise Trouble("watch-home", f"{folder} belongs to ByteBrain itself.", "Watch a folder with your own files.")
        if folder == folder.parent or Path.home().is_relative_to(folder):
            raise Trouble("watch-everything", f"{folder} holds far more than course material.", "Watch the folder in it that holds your books and slides.")
        with self._database.transaction() as connection:
            connection.execute(
                """INSERT INTO watched (path, collection) VALUES (?, ?)
                   ON CONFLICT (path) DO UPDATE SET collection = excluded.collection, looked_at = NULL, trouble = NULL""",
                (str(folder), collection),
            )

    def unwatch(self, path: str) -> None:
        """Watch a folder no longer; its documents stay.

        Raises:
            Trouble: it is not watched.
        """
        with self._database.transaction() as connection:
            if not connection.execute("DELETE FROM watched WHERE path IN (?, ?)", (path, str(_resolved(path)))).rowcount:
                raise Trouble("not-watched", f"{path} is not watched.", "See which folders are with `bytebrain watch list`.")

    def look(self, folder: WatchedFolder, *, settled_only: bool) -> Changes:
        """What changed in a folder since it was last studied. `settled_only` leaves out what is perhaps still being written."""
        root = Path(folder.path)
        try:
            os.scandir(root).close()
        except OSError as error:
            return Changes(trouble=f"{root} can't be looked through: {error.strerror}. Its documents stay as they are.")
        found = (each.path for each in gather_files((folder.path,), links=self._links) if each.notice is None)
        files = [path for path in found if not path.is_relative_to(self._home.root)]
        known = self._library.places.stamps()
        here = {str(path) for path in files}
        declined = frozenset[str]() if folder.looked_at is None else self._declined()
        gone = tuple(path for path in known if Path(path).is_relative_to(root) and path not in here and not os.path.lexists(path))
        if gone and not files:
            return Changes(trouble=f"{root} is empty: perhaps its drive is not connected. Its documents stay as they are.")
        return Changes(tuple(str(path) for path in files if self._is_to_study(path, folder, known, declined, settled_only)), gone)

    def _links(self, folder: Path) -> tuple[str, ...]:
        """The linked pages of a folder. To know them all pages are read: only where one has changed since the last look."""
        stamp = stamp_of(folder)
        if stamp is None:
            return linked_pages(folder)
        if folder not in self._linked or self._linked[folder][0] != stamp:
            self._linked[folder] = stamp, linked_pages(folder)
        return self._linked[folder][1]

    @staticmethod
    def _is_to_study(path: Path, folder: WatchedFolder, known: dict[str, str | None], declined: frozenset[str], settled_only: bool) -> bool:
        stamp = stamp_of(path)
        if (stamp is None and settled_only) or _declined_as(path, stamp) in declined:
            return False
        return folder.looked_at is None or stamp is None or known.get(str(path)) != stamp

    def decline(self, documents: Sequence[DocumentId]) -> None:
        """These documents are about to be removed: as long as their files stay as they are, no look takes them in again."""
        folders = [Path(folder.path) for folder in self.folders()]
        places = [Path(path) for path in self._library.places.of(documents)] if folders else []
        watched = [path for path in places if any(path.is_relative_to(folder) for folder in folders)]
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT INTO declined VALUES (?) ON CONFLICT DO NOTHING", [(_declined_as(path, stamp),) for path in watched for stamp in {stamp_of(path), None}]
            )

    def _declined(self) -> frozenset[str]:
        with self._database.reading() as connection:
            return frozenset(row[0] for row in connection.execute("SELECT file FROM declined"))

    def looked(self, folder: WatchedFolder, changes: Changes) -> None:
        """The look is through: what went is marked, the time and the trouble are kept."""
        self._library.places.mark_gone(changes.gone, folder.path)
        # The time stays as it was where nothing could be seen: then the next look takes in everything again.
        looked_at = folder.looked_at if changes.trouble is not None else time.time()
        with self._database.transaction() as connection:
            connection.execute("UPDATE watched SET looked_at = ?, trouble = ? WHERE path = ?", (looked_at, changes.trouble, folder.path))


def _declined_as(path: Path, stamp: str | None) -> str:
    """A file as it is now, as a hash."""
    return hashlib.sha256(f"{path}\0{stamp or 'unsettled'}".encode("utf-8", "surrogateescape")).hexdigest()


def _resolved(path: str) -> Path:
    try:
        return Path(path).expanduser().resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise Trouble("no-folder", f"{path} is no folder that there can be.", "Check the name.") from error

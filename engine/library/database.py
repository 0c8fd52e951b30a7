"""Opening SQLite: durable writing, reading beside a writer in another process, and numbered migrations.

Each thread gets a connection of its own, so that a search never waits for a batch that is being written; writing takes a
lock and happens in one transaction at a time. In WAL mode with `synchronous=NORMAL` every committed transaction
survives the death of the process (a power cut may lose the last ones, never tear one); `FULL` survives that too.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from engine.trouble import HomeTrouble

BUSY_TIMEOUT_MS = 10_000
"""How long a statement waits for another process; our longest transaction (a removal) takes a second or two."""


Migration = Callable[[sqlite3.Connection], None]
"""One step of a schema, run inside a transaction. Its number is its place in the list, from 1; its name is recorded."""


class Database:
    """One SQLite file. Safe to use from several threads of a process; close it when they are done."""

    def __init__(self, path: Path | None, *, writable: bool, synchronous: Literal["NORMAL", "FULL"], immutable: bool = False) -> None:
        """Use `Database.open`. `path` None is an empty database in memory, for reading only."""
        self.path = path
        self.writable = writable
        self._synchronous = synchronous
        self._immutable = immutable
        self._connections: dict[int, tuple[threading.Thread, sqlite3.Connection]] = {}
        self._guard = threading.Lock()
        self._writing = threading.RLock()
        self._migrations: Sequence[Migration] = ()

    @classmethod
    def open(cls, path: Path, *, writable: bool, migrations: Sequence[Migration], synchronous: Literal["NORMAL", "FULL"] = "NORMAL") -> Database:
        """Open `path` and bring its schema up to date (when writing).

        A reader of a home without a database sees an empty one; so does one who comes while it is being made.

        Raises:
            HomeTrouble: the database is newer than this program, damaged, or can't be opened.
        """
        if not writable and not path.exists():
            return cls._empty(migrations)
        database = cls(path, writable=writable, synchronous=synchronous)
        try:
            with plain_troubles(path):
                if writable:
                    _migrate(database, migrations)
                else:
                    database = _open_for_reading(database)
                    if _version(database) == 0:
                        database.close()
                        return cls._empty(migrations)
                    _refuse_other_versions(database, migrations)
        except BaseException:
            database.close()
            raise
        return database

    @classmethod
    def _empty(cls, migrations: Sequence[Migration]) -> Database:
        database = cls(None, writable=False, synchronous="NORMAL")
        database._migrations = migrations
        return database

    def connection(self) -> sqlite3.Connection:
        """This thread's connection (autocommit outside of `reading` and `transaction`)."""
        me = threading.current_thread()
        with self._guard:
            known = self._connections.get(threading.get_ident())
            # Thread numbers are used again: a connection of a dead namesake is not ours.
            if known is not None and known[0] is me:
                return known[1]
            for number in [number for number, (thread, _) in self._connections.items() if not thread.is_alive()]:
                self._connections.pop(number)[1].close()
        connection = self._connect()
        with self._guard:
            self._connections[threading.get_ident()] = (me, connection)
        return connection

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the database for several statements.

        Raises:
            HomeTrouble: the database is damaged or can't be read.
        """
        with plain_troubles(self.path):
            connection = self.connection()
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                _undo(connection)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: durable when the block ends, undone when it raises. Inside another transaction it joins that.

        Raises:
            HomeTrouble: the disk is full, the database is damaged, or the home is open for reading only.
        """
        if not self.writable:
            raise HomeTrouble("home-read-only", "The library is open for reading only.", "Close the other program that uses this home, then try again.")
        with self._writing, plain_troubles(self.path):
            connection = self.connection()
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                _undo(connection)
                raise

    def tidy(self) -> None:
        """Give the room of deleted rows back to the disk and empty the write-ahead log."""
        with self._writing, plain_troubles(self.path):
            connection = self.connection()
            connection.execute("PRAGMA incremental_vacuum").fetchall()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close every thread's connection; the threads must be done with theirs."""
        with self._guard:
            for _, connection in self._connections.values():
                connection.close()
            self._connections.clear()

    def _connect(self) -> sqlite3.Connection:
        if self.path is None:
            connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            for migration in self._migrations:
                migration(connection)
            return connection
        mode = "rwc" if self.writable else ("ro&immutable=1" if self._immutable else "ro")
        uri = f"{self.path.absolute().as_uri()}?mode={mode}"
        # Only close() touches a connection from another thread, hence check_same_thread=False.
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_TIMEOUT_MS / 1000, check_same_thread=False)
        try:
            if self.writable:
                connection.execute("PRAGMA auto_vacuum=INCREMENTAL")  # heeded only while the file is empty
                connection.execute("PRAGMA journal_mode=WAL").fetchall()
                connection.execute(f"PRAGMA synchronous={self._synchronous}")
                connection.execute("PRAGMA secure_delete=ON").fetchall()  # forgotten means gone from the file
            connection.execute("PRAGMA foreign_keys=ON")
            connection.execute("PRAGMA cache_size=-16000")
        except BaseException:
            connection.close()
            raise
        return connection


def _undo(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:  # some errors (a full disk) have undone it already
        connection.execute("ROLLBACK")


def _open_for_reading(database: Database) -> Database:
    """Reading works beside a writer; and where we may not write (so SQLite can't make its -shm file) without one."""
    try:
        database.connection().execute("SELECT count(*) FROM sqlite_master").fetchall()
    except sqlite3.OperationalError:
        assert database.path is not None
        log = database.path.with_name(database.path.name + "-wal")
        if log.exists() and log.stat().st_size > 0:
            raise
        # Nobody writes (a writer keeps a log), and we can't leave anything behind: the file is as good as immutable.
        database.close()
        database = Database(database.path, writable=False, synchronous="NORMAL", immutable=True)
        database.connection().execute("SELECT count(*) FROM sqlite_master").fetchall()
    return database


def _migrate(database: Database, migrations: Sequence[Migration]) -> None:
    version = _version(database)
    _refuse_newer(version, migrations)
    for number, migration in enumerate(migrations, 1):
        if number <= version:
            continue
        with database.transaction() as connection:
            migration(connection)
            connection.execute("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at REAL NOT NULL)")
            connection.execute("INSERT INTO migrations VALUES (?, ?, ?)", (number, getattr(migration, "__name__", ""), time.time()))
            connection.execute(f"PRAGMA user_version={number}")


def _refuse_other_versions(database: Database, migrations: Sequence[Migration]) -> None:
    version = _version(database)
    _refuse_newer(version, migrations)
    if version < len(migrations):
        raise HomeTrouble(
            "home-older",
            "This home was made by an older ByteBrain and is still in its old form.",
            "Open it once with this ByteBrain while no other program uses it.",
        )


def _refuse_newer(version: int, migrations: Sequence[Migration]) -> None:
    if version > len(migrations):
        raise HomeTrouble(
            "home-newer",
            f"This home belongs to a newer ByteBrain (its form is number {version}, this program knows {len(migrations)}).",
            "Use the newer ByteBrain, or choose another home with --home.",
        )


def _version(database: Database) -> int:
    (version,) = database.connection().execute("PRAGMA user_version").fetchone()
    return int(version)


@contextlib.contextmanager
def plain_troubles(path: Path | None) -> Iterator[None]:
    """Turn what SQLite says about the world (full, damaged, unreadable) into HomeTrouble; bugs stay as they are."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        trouble = _as_trouble(error, path)
        if trouble is None:
            raise
        raise trouble from error


def _as_trouble(error: sqlite3.DatabaseError, path: Path | None) -> HomeTrouble | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    where = path or Path()
    if code == sqlite3.SQLITE_FULL:
        return HomeTrouble("disk-full", f"The disk that holds {where.parent} is full.", "Make room there, then try again: nothing that was done is lost.")
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return HomeTrouble(
            "library-damaged", f"The database {where} is damaged.", "Move it away and add your documents again; their copies lie in the files folder beside it."
        )
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR):
        return HomeTrouble("home-unreadable", f"ByteBrain can't use {where}: {error}.", "Check the folder's permissions, or choose another home with --home.")
    if code == sqlite3.SQLITE_BUSY:
        return HomeTrouble("home-busy", "Another program keeps the library busy.", "Wait until it is done, then try again.")
    return None

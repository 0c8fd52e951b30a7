"""The tables of study.db, as numbered migrations: what is the student's own and can't be made again from the files.

Documents are named by their ids (the hash of their bytes), never by the library's inner numbers: a book that is removed and
added again, or read anew, is still in its collections. Every commit reaches the disk before it returns.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from engine.library.database import Database


def conversations_and_turns(connection: sqlite3.Connection) -> None:
    """Conversations and their turns, answers as JSON of `engine.values.Answer`."""
    connection.execute("CREATE TABLE conversations (id TEXT PRIMARY KEY, title TEXT NOT NULL, changed_at REAL NOT NULL) STRICT")
    connection.execute(
        """CREATE TABLE turns (
             number INTEGER PRIMARY KEY,
             conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
             asked_at REAL NOT NULL,
             turn TEXT NOT NULL) STRICT"""
    )
    connection.execute("CREATE INDEX turns_of_conversation ON turns(conversation, number)")


def collections_and_watched_folders(connection: sqlite3.Connection) -> None:
    """Named sets of documents, and the folders whose files are taken in as they come."""
    connection.execute("CREATE TABLE collections (name TEXT PRIMARY KEY, made_at REAL NOT NULL) STRICT, WITHOUT ROWID")
    connection.execute(
        """CREATE TABLE collected (
             collection TEXT NOT NULL REFERENCES collections(name) ON UPDATE CASCADE ON DELETE CASCADE,
             document TEXT NOT NULL,
             PRIMARY KEY (collection, document)) STRICT, WITHOUT ROWID"""
    )
    connection.execute("CREATE INDEX collected_by_document ON collected(document)")
    connection.execute("CREATE TABLE watched (path TEXT PRIMARY KEY, collection TEXT, looked_at REAL, trouble TEXT) STRICT, WITHOUT ROWID")


def what_was_declined(connection: sqlite3.Connection) -> None:
    """Files of watched folders whose documents were removed: not taken in again as they are. Hashes only, so that no name is left."""
    connection.execute("CREATE TABLE declined (file TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")


def house_rules_of_the_student(connection: sqlite3.Connection) -> None:
    """Pairs of question and answer, and how answers are to be written.

    Both name a collection and outlive it: what a student wrote is not gone because a set of documents is.
    """
    connection.execute(
        """CREATE TABLE pairs (
             number INTEGER PRIMARY KEY,
             id TEXT NOT NULL UNIQUE,
             questions TEXT NOT NULL,
             answer TEXT NOT NULL,
             collection TEXT,
             changed_at REAL NOT NULL) STRICT"""
    )
    connection.execute("CREATE TABLE rules (collection TEXT PRIMARY KEY, instructions TEXT NOT NULL, template TEXT NOT NULL) STRICT, WITHOUT ROWID")


STUDY_MIGRATIONS = (conversations_and_turns, collections_and_watched_folders, what_was_declined, house_rules_of_the_student)


def open_study_database(path: Path, *, writable: bool) -> Database:
    """Open `study.db`.

    Raises:
        HomeTrouble: it is newer than this program, damaged, or can't be opened.
    """
    return Database.open(path, migrations=STUDY_MIGRATIONS, writable=writable, synchronous="FULL")

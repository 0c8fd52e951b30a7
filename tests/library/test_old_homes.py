"""A home of the first version is opened with everything that it held."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.home import Home
from engine.library.database import Database
from engine.library.library import Library
from engine.library.schema import MIGRATIONS
from engine.living.collections import LONGEST_NAME, Collections
from engine.living.study_database import STUDY_MIGRATIONS, open_study_database
from engine.values import DocumentId

DOCUMENT = DocumentId("a" * 64)
CONVERSATION = "INSERT INTO conversations VALUES ('one', 'Stacks', 1.0)"


def first_home(root: Path, *collections: str) -> Home:
    """A home as the first version left it, with one document in these collections."""
    home = Home(root)
    home.prepare()
    study = Database.open(home.study, writable=True, migrations=STUDY_MIGRATIONS[:1], synchronous="FULL")
    with study.transaction() as connection:
        connection.execute(CONVERSATION)
    study.close()
    library = Database.open(home.library, writable=True, migrations=MIGRATIONS[:1])
    with library.transaction() as connection:
        connection.execute(
            """INSERT INTO documents (document, title, last_path, kind, state, suffix, size_bytes, reader_version, added_at)
               VALUES (?, 'Stacks', '/books/stacks.pdf', 'pdf', 'ready', '.pdf', 1, 1, 1.0)""",
            (DOCUMENT,),
        )
        connection.execute("INSERT INTO paths (path, document) VALUES ('/books/stacks.pdf', 1)")
        connection.executemany("INSERT INTO collections VALUES (?, 1)", [(name,) for name in collections])
    library.close()
    return home


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [("Exam 1", "Exam 1"), ("", "…"), (" \t", "…"), ("long " * 100, ("long " * 100)[:LONGEST_NAME].strip()), ("two\nlines", "two lines")],
)
def test_collections_of_the_first_version_are_kept_whatever_they_are_called(tmp_path: Path, name: str, kept_as: str) -> None:
    home = first_home(tmp_path / "home", name)
    study = open_study_database(home.study, writable=True)
    with Library.open(home, writable=True, collections=Collections(study)) as library:
        (row,) = library.documents()
        assert (row.state, row.path, row.collections) == ("ready", "/books/stacks.pdf", (kept_as,))
    with study.reading() as connection:
        assert connection.execute("SELECT title FROM conversations").fetchall() == [("Stacks",)]
    study.close()

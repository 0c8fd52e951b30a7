"""Collections: a document may be in several, they outlive its removal, and a question may be asked of one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine import messages as m
from engine.home import Home
from engine.library.database import Database
from engine.library.library import Library
from engine.library.schema import the_first_tables
from engine.living.collections import LONGEST_NAME, Collections
from engine.living.study_database import open_study_database
from engine.trouble import HomeTrouble, Trouble
from engine.values import DocumentId, Scope

Write = Callable[..., Path]

STACKS = "A stack is a collection in which the item added last is removed first.\n"
QUEUES = "A queue is a collection in which the item added first is removed first.\n"


def listed(desk: Any) -> dict[str, int]:
    return {collection.name: len(collection.documents) for collection in desk.brain.ask_once(m.ListCollections(), m.Collections).collections}


@pytest.mark.real
def test_a_document_may_be_in_several_collections_and_leave_them(desk: Any, write: Write) -> None:
    desk.study(write("stacks.txt", STACKS), write("queues.txt", QUEUES), collection="week 1")
    stacks = desk.rows()["stacks.txt"].document
    desk.do(m.Collect((stacks,), "exam"))
    assert desk.rows()["stacks.txt"].collections == ("exam", "week 1")
    assert listed(desk) == {"exam": 1, "week 1": 2}
    changed = desk.do(m.Uncollect((stacks,), "week 1"))
    assert [row.collections for row in changed[0].documents] == [("exam",)]
    desk.do(m.RenameCollection("week 1", "exam"))
    assert listed(desk) == {"exam": 2}
    desk.do(m.ForgetCollection("exam"))
    assert listed(desk) == {}
    assert len(desk.brain.documents()) == 2


@pytest.mark.real
def test_a_question_may_be_asked_of_a_collection(desk: Any, write: Write) -> None:
    desk.study(write("stacks.txt", STACKS), write("queues.txt", QUEUES))
    desk.do(m.Collect((desk.rows()["queues.txt"].document,), "exam"))
    assert set(desk.found("What is a stack?")) == {"stacks.txt", "queues.txt"}
    assert set(desk.found("What is a stack?", within=(Scope(collection="exam"),))) == {"queues.txt"}
    with pytest.raises(Trouble, match="no collection called"):
        desk.found("What is a stack?", within=(Scope(collection="nothing"),))
    desk.do(m.Uncollect((desk.rows()["queues.txt"].document,), "exam"))
    with pytest.raises(Trouble, match="holds no document"):
        desk.found("What is a stack?", within=(Scope(collection="exam"),))


@pytest.mark.real
def test_a_book_that_is_removed_and_added_again_is_still_in_its_collections(desk: Any, write: Write) -> None:
    file = write("stacks.txt", STACKS)
    desk.study(file, collection="exam")
    desk.do(m.Remove((desk.rows()["stacks.txt"].document,)))
    assert listed(desk) == {"exam": 0}
    desk.study(file)
    assert desk.rows()["stacks.txt"].collections == ("exam",)


@pytest.mark.real
def test_a_changed_file_stays_in_its_collections(desk: Any, write: Write) -> None:
    desk.study(write("notes.txt", STACKS), collection="exam")
    desk.study(write("notes.txt", QUEUES))
    assert desk.rows()["notes.txt"].collections == ("exam",)


@pytest.mark.real
def test_nothing_is_put_when_one_of_the_documents_is_not_there(desk: Any, write: Write) -> None:
    desk.study(write("stacks.txt", STACKS))
    with pytest.raises(Trouble, match="no document"):
        desk.do(m.Collect((desk.rows()["stacks.txt"].document, DocumentId("0" * 64)), "exam"))
    assert listed(desk) == {}


@pytest.mark.real
def test_who_only_reads_changes_no_collection(open_desk: Any, write: Write) -> None:
    desk = open_desk()
    desk.study(write("stacks.txt", STACKS), collection="exam")
    reader = open_desk(writing="never")
    assert listed(reader) == {"exam": 1}
    with pytest.raises(HomeTrouble):
        reader.do(m.ForgetCollection("exam"))


@pytest.mark.parametrize("name", ["", " \n ", "x" * (LONGEST_NAME + 1)])
def test_a_collection_needs_a_name_of_some_sense(tmp_path: Path, name: str) -> None:
    study = open_study_database(tmp_path / "study.db", writable=True)
    with pytest.raises(Trouble, match="name"):
        Collections(study).collect([], name)
    study.close()


def test_a_collection_of_hundreds_of_documents_is_one_list_in_the_search(tmp_path: Path) -> None:
    study = open_study_database(tmp_path / "study.db", writable=True)
    collections = Collections(study)
    with Library.open(Home(tmp_path), writable=True, collections=collections) as library:
        ids = [DocumentId(f"{number:064x}") for number in range(1200)]
        with library.database.transaction() as connection:
            connection.executemany(
                """INSERT INTO documents (document, title, last_path, kind, state, suffix, size_bytes, added_at)
                   VALUES (?, '', '', 'text', 'ready', '.txt', 1, 0)""",
                [(document,) for document in ids],
            )
        collections.collect(ids, "all")
        within = library.within([Scope(collection="all")])
        assert len(within) == 1200
        assert library.chunk_ids(within) == []
        assert library.keywords.ranked('"stack"', 5, within) == []
    study.close()


def test_collections_of_an_older_home_move_into_the_study_database(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    older = Database.open(home.library, writable=True, migrations=(the_first_tables,))
    with older.transaction() as connection:
        connection.execute(
            """INSERT INTO documents (document, title, last_path, kind, state, suffix, size_bytes, added_at)
               VALUES ('abcd', 'T', '/t', 'text', 'ready', '.txt', 1, 0)"""
        )
        connection.executemany("INSERT INTO collections VALUES (?, 1)", [("exam",), ("week 1",)])
    older.close()
    study = open_study_database(home.study, writable=True)
    with Library.open(home, writable=True, collections=Collections(study)) as library:
        assert library.documents()[0].collections == ("exam", "week 1")
        with library.database.reading() as connection, pytest.raises(sqlite3.OperationalError):
            connection.execute("SELECT * FROM collections")
    study.close()

"""The database: migrations, transactions, several threads and several processes."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from engine.library.database import Database
from engine.trouble import HomeTrouble


def the_first(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE notes (text TEXT)")


def the_second(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE notes ADD COLUMN colour TEXT")


def test_migrations_run_once_and_their_names_are_recorded(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    Database.open(path, writable=True, migrations=(the_first,)).close()
    database = Database.open(path, writable=True, migrations=(the_first, the_second))
    with database.reading() as connection:
        assert connection.execute("SELECT number, name FROM migrations").fetchall() == [(1, "the_first"), (2, "the_second")]
    database.close()


def test_a_newer_database_is_refused_politely(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    Database.open(path, writable=True, migrations=(the_first, the_second)).close()
    for writable in (True, False):
        with pytest.raises(HomeTrouble) as caught:
            Database.open(path, writable=writable, migrations=(the_first,))
        assert caught.value.notice.code == "home-newer"


def test_a_reader_refuses_a_database_in_its_old_form(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    Database.open(path, writable=True, migrations=(the_first,)).close()
    with pytest.raises(HomeTrouble) as caught:
        Database.open(path, writable=False, migrations=(the_first, the_second))
    assert caught.value.notice.code == "home-older"


def test_what_is_no_database_is_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    path.write_bytes(b"no database at all, but long enough for a header" * 100)
    with pytest.raises(HomeTrouble) as caught:
        Database.open(path, writable=True, migrations=(the_first,))
    assert caught.value.notice.code == "library-damaged"


def test_a_transaction_that_raises_leaves_nothing(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "some.db", writable=True, migrations=(the_first,))
    with pytest.raises(ZeroDivisionError), database.transaction() as connection:
        connection.execute("INSERT INTO notes VALUES ('gone')")
        raise ZeroDivisionError
    with database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM notes").fetchone() == (0,)
    database.close()


def test_a_reader_of_a_home_without_a_database_sees_an_empty_one(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "none.db", writable=False, migrations=(the_first,))
    with database.reading() as connection:
        assert connection.execute("SELECT * FROM notes").fetchall() == []
    with pytest.raises(HomeTrouble), database.transaction():
        pass
    database.close()
    assert not (tmp_path / "none.db").exists()


def test_many_threads_write_and_read_at_once(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "some.db", writable=True, migrations=(the_first,))
    torn: list[int] = []

    def write() -> None:
        for _ in range(20):
            with database.transaction() as connection:
                connection.execute("INSERT INTO notes VALUES ('one')")
                connection.execute("INSERT INTO notes VALUES ('two')")

    def read() -> None:
        for _ in range(50):
            with database.reading() as connection:
                (count,) = connection.execute("SELECT count(*) FROM notes").fetchone()
                torn.extend([count] if count % 2 else [])

    threads = [threading.Thread(target=work) for work in (write, write, read, read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM notes").fetchone() == (80,)
    assert torn == []
    database.close()


def test_another_process_reads_beside_the_writer(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    database = Database.open(path, writable=True, migrations=(the_first,))
    with database.transaction() as connection:
        connection.execute("INSERT INTO notes VALUES ('seen')")
    code = f"""
import sqlite3, pathlib
from engine.library.database import Database
def the_first(connection): pass
database = Database.open(pathlib.Path({str(path)!r}), writable=False, migrations=(the_first,))
with database.reading() as connection:
    print(connection.execute("SELECT text FROM notes").fetchone()[0])
database.close()
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert done.stdout == "seen\n"
    database.close()


def test_an_error_that_ended_the_view_is_not_hidden_behind_another_one(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "some.db", writable=True, migrations=(the_first,))
    with pytest.raises(ZeroDivisionError), database.reading() as connection:
        connection.execute("ROLLBACK")  # as SQLite does by itself after some errors of the disk
        raise ZeroDivisionError
    database.close()


def test_a_reader_who_comes_while_the_database_is_being_made_sees_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    path.touch()
    database = Database.open(path, writable=False, migrations=(the_first,))
    with database.reading() as connection:
        assert connection.execute("SELECT * FROM notes").fetchall() == []
    database.close()

"""Removal that really removes, and a repair after which the library is sound."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine import commandline
from engine import messages as m

pytestmark = pytest.mark.real

Write = Callable[..., Path]

PHRASE = "xylophonequartz"
NOTES = f"A stack is a collection in which the item added last is removed first. Nobody but this book says {PHRASE}.\n"
QUEUES = "A queue is a collection in which the item added first is removed first.\n"


def holding(root: Path, phrase: str) -> list[str]:
    """The files below the home in which the phrase stands, in any case."""
    return [path.name for path in root.rglob("*") if path.is_file() and phrase.encode() in path.read_bytes().lower()]


def test_no_byte_of_a_removed_document_is_left(desk: Any, write: Write) -> None:
    desk.study(write("notes.txt", NOTES), write("queues.txt", QUEUES), collection="exam")
    root = desk.brain.home.root
    (root / "vectors" / "0-0.hnsw").write_text(PHRASE)  # stands for an index that holds what came from the document
    assert {"library.db-wal", "0-0.hnsw"} <= set(holding(root, PHRASE))
    removed = desk.rows()["notes.txt"].document
    picture = root / "pictures" / "1-1.rgb"
    picture.write_text(PHRASE)  # stands for a page that was drawn
    desk.brain.pictures._kept.append((removed, picture))
    desk.do(m.Remove((removed,)))
    assert holding(root, PHRASE) == []
    assert holding(root, "notes.txt") == []
    assert desk.brain.ask_once(m.Verify(), m.Verified).ok
    desk.close()
    assert holding(root, PHRASE) == []
    assert set(holding(root, removed)) <= {"study.db"}  # its collections know it by its hash


def test_what_a_repair_took_apart_is_studied_again_before_it_ends(desk: Any, write: Write) -> None:
    desk.study(write("notes.txt", NOTES), write("queues.txt", QUEUES))
    with desk.library.database.transaction() as connection:
        connection.execute("DELETE FROM chunks WHERE id = 1")
        connection.execute("DELETE FROM vectors WHERE chunk = 2")
    said = desk.do(m.Verify(repair=True))
    assert sorted(desk.outcome(said)) == [("notes.txt", "ready"), ("queues.txt", "ready")]
    assert said[-1].ok
    assert desk.found("What is a stack?")[0] == "notes.txt"
    assert desk.brain.ask_once(m.Verify(), m.Verified) == m.Verified(True, (), ())


@pytest.mark.parametrize("damage", ["in the middle", "from the first byte"])
def test_verify_repair_makes_a_damaged_database_anew(open_desk: Any, write: Write, capsys: pytest.CaptureFixture[str], damage: str) -> None:
    desk = open_desk()
    desk.study(write("notes.txt", NOTES), collection="exam")
    home = desk.brain.home
    desk.close()
    content = bytearray(home.library.read_bytes())
    start = 0 if damage == "from the first byte" else 4096 * 3
    content[start:-4096] = b"\xa5" * (len(content) - 4096 - start)
    home.library.write_bytes(content)
    assert commandline.run(["--home", str(home.root), "verify", "--json"]) == 1
    capsys.readouterr()
    assert commandline.run(["--home", str(home.root), "verify", "--repair", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["repaired"] == ["The database was damaged and was made anew from the files."]
    again = open_desk()
    (row,) = again.brain.documents()
    assert (row.state, row.collections) == ("ready", ("exam",))
    assert again.found("What is a stack?")


def test_verify_repair_also_reads_again_what_an_older_reader_read(open_desk: Any, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    desk = open_desk()
    desk.study(write("notes.txt", NOTES))
    with desk.library.database.transaction() as connection:
        connection.execute("UPDATE documents SET reader_version = 0")
    home = desk.brain.home
    desk.close()
    assert commandline.run(["--home", str(home.root), "verify", "--repair"]) == 0
    assert "Studied again" in capsys.readouterr().out
    again = open_desk()
    assert again.library.read_by_older(1) == ()
    assert again.found("What is a stack?")

"""Adding again: what is unchanged is not read, what was moved is known, what changed takes the place of the older version."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine import messages as m
from engine.cancellation import Cancellation
from engine.trouble import Stopped

pytestmark = pytest.mark.real

Write = Callable[..., Path]

STACKS = "A stack is a collection in which the item added last is removed first.\n"
QUEUES = "A queue is a collection in which the item added first is removed first.\n"


def test_an_unchanged_file_is_not_read_again(desk: Any, write: Write) -> None:
    file = write("stacks.txt", STACKS)
    desk.study(file)
    when = file.stat().st_mtime_ns
    file.chmod(0o000)  # so that reading it would fail, or at least be another stamp
    file.chmod(0o644)
    assert desk.study(file) == [("stacks.txt", "unchanged")]
    known = desk.library.held_at(file, None)
    assert known is None
    with desk.library.database.reading() as connection:
        (stamp,) = connection.execute("SELECT stamp FROM paths").fetchone()
    assert f":{when}:" in stamp
    desk.library.files.take = None  # whoever reads the file now, fails
    assert desk.study(file) == [("stacks.txt", "unchanged")]


def test_a_file_whose_time_was_set_back_after_a_change_is_read(desk: Any, write: Write) -> None:
    file = write("stacks.txt", STACKS)
    desk.study(file)
    before = file.stat()
    file.write_text(STACKS.replace("last", "LAST"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert desk.study(file) == [("stacks.txt", "ready")]


def test_a_moved_file_is_known_at_its_new_place_and_forgotten_at_the_old_one(desk: Any, write: Write) -> None:
    file = write("stacks.txt", STACKS)
    desk.study(file)
    moved = file.rename(file.with_name("moved.txt"))
    assert desk.study(moved) == [("moved.txt", "unchanged")]
    (row,) = desk.brain.documents()
    assert row.path == str(moved)
    with desk.library.database.reading() as connection:
        assert connection.execute("SELECT path FROM paths").fetchall() == [(str(moved),)]


def test_a_changed_file_takes_the_place_of_its_older_version_and_says_so(desk: Any, write: Write) -> None:
    file = write("notes.txt", STACKS)
    desk.study(file)
    (old,) = desk.brain.documents()
    write("notes.txt", QUEUES)
    said = desk.do(m.Study((str(file),)))
    (studied,) = (each for each in said if isinstance(each, m.DocumentStudied))
    assert (studied.state, studied.reason) == ("ready", "The file has changed: this version takes the place of the one before.")
    (changed,) = (each for each in said if isinstance(each, m.LibraryChanged))
    assert changed.removed == (old.document,)
    (new,) = desk.brain.documents()
    assert new.document != old.document
    assert desk.library.files.path_of(old.document) is None
    assert desk.library.verify() == ((), ())


def test_an_older_version_that_another_path_still_holds_stays(desk: Any, write: Write) -> None:
    first, second = write("first.txt", STACKS), write("second.txt", STACKS)
    desk.study(first, second)
    write("second.txt", QUEUES)
    desk.study(second)
    assert set(desk.rows()) == {"first.txt", "second.txt"}


def test_a_changed_file_that_cannot_be_read_leaves_the_older_version(desk: Any, write: Write) -> None:
    file = write("notes.txt", STACKS)
    desk.study(file)
    file.write_bytes(b"%PDF-1.7 torn")
    assert desk.study(file) == [("notes.txt", "refused")]
    assert sorted(document.state for document in desk.brain.documents()) == ["ready", "refused"]
    write("notes.txt", QUEUES)
    assert desk.study(file) == [("notes.txt", "ready")]
    (row,) = desk.brain.documents()
    assert row.state == "ready"


def test_a_half_read_document_whose_file_changed_is_finished_or_replaced(open_desk: Any, write: Write) -> None:
    desk = open_desk()
    file = write("notes.txt", STACKS * 4000)
    cancellation = Cancellation()
    with pytest.raises(Stopped):
        for said in desk.brain.handle(m.Study((str(file),)), cancellation):
            if isinstance(said, m.Accepted):
                cancellation.cancel(leaving=True)
    (half,) = desk.brain.documents()
    assert half.state != "ready"
    write("notes.txt", QUEUES)
    desk.do(m.Study((), documents=desk.brain.unfinished()))
    (whole,) = desk.brain.documents()
    assert (whole.document, whole.state) == (half.document, "ready")
    desk.study(file)
    (new,) = desk.brain.documents()
    assert new.document != half.document
    assert desk.brain.unfinished() == ()

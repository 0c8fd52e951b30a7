"""Documents that are read again because the reader reads better now: whatever happens, none is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from engine import messages as m
from engine.cancellation import Cancellation
from engine.studying.reading_lane import READER_VERSION
from engine.trouble import Stopped

pytestmark = pytest.mark.real

Write = Callable[..., Path]

STACKS = "A stack is a collection in which the item added last is removed first.\n"
QUEUES = "A queue is a collection in which the item added first is removed first.\n"


def age(desk: Any) -> None:
    """Let all documents be read by an older reader."""
    with desk.library.database.transaction() as connection:
        connection.execute("UPDATE documents SET reader_version = 1")


def locked_book(path: Path) -> Path:
    with pymupdf.open() as book:
        book.new_page().insert_text((72, 150), STACKS.strip())
        book.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="secret", owner_pw="secret")
    return path


def test_reading_again_that_is_stopped_forgets_no_document(desk: Any, write: Write) -> None:
    desk.study(write("stacks.txt", STACKS), write("queues.txt", QUEUES))
    age(desk)
    before = desk.rows()
    stopped = Cancellation()
    with pytest.raises(Stopped):
        for said in desk.brain.handle(m.StudyAgain(tuple(row.document for row in before.values())), stopped):
            if isinstance(said, m.Accepted):
                stopped.cancel()
    assert set(desk.rows()) == set(before)
    assert all(desk.library.files.path_of(row.document) is not None for row in before.values())
    assert "ready" in {row.state for row in desk.rows().values()}  # the second one, whose turn had not come
    desk.do(m.Study((), documents=desk.brain.unfinished()))
    assert {row.state for row in desk.rows().values()} == {"ready"}


def test_a_locked_document_whose_password_was_forgotten_meanwhile_stays_as_it_was_read(open_desk: Any, tmp_path: Path) -> None:
    desk = open_desk()
    desk.do(m.Study((str(locked_book(tmp_path / "diary.pdf")),), passwords=("secret",)))
    age(desk)
    desk.close()
    later = open_desk()
    said = later.do(m.StudyAgain(later.library.read_by_older(READER_VERSION)))
    assert [each.code for each in said if isinstance(each, m.DocumentStudied)] == ["encrypted"]
    assert later.rows()["diary.pdf"].state == "ready"
    assert later.found("What is removed first?") == ["diary.pdf"]
    assert later.brain.ask_once(m.Verify(), m.Verified).ok
    later.do(m.Unlock(later.rows()["diary.pdf"].document, "secret"))
    later.do(m.StudyAgain(later.library.read_by_older(READER_VERSION)))
    assert later.library.read_by_older(READER_VERSION) == ()
    assert later.rows()["diary.pdf"].state == "ready"


def test_a_document_that_waits_to_be_read_again_can_be_found_and_is_left_out_without_being_forgotten(desk: Any, write: Write) -> None:
    desk.study(write("stacks.txt", STACKS), write("queues.txt", QUEUES))
    age(desk)
    rows = desk.rows()
    desk.brain.librarian.gate.pause("person", "You paused it.")
    said = desk.brain.handle(m.StudyAgain((rows["stacks.txt"].document, rows["queues.txt"].document)), Cancellation())
    assert [next(said).document.document for _ in range(2)] == [rows["stacks.txt"].document, rows["queues.txt"].document]
    assert desk.found("Which collection is called a queue?")[0] == "queues.txt"
    desk.do(m.LeaveOut((rows["queues.txt"].document,)))
    desk.brain.librarian.gate.resume("person")
    list(said)
    assert {name: row.state for name, row in desk.rows().items()} == {"stacks.txt": "ready", "queues.txt": "ready"}


def test_a_document_that_is_left_out_while_it_is_read_again_is_kept_and_gone_on_with_later(open_desk: Any, write: Write) -> None:
    desk = open_desk()
    desk.study(write("stacks.txt", "\n\n".join(f"{number}. {STACKS * 30}" for number in range(200))))
    age(desk)
    (row,) = desk.rows().values()
    left_out = False
    for said in desk.brain.handle(m.StudyAgain((row.document,)), Cancellation()):
        if isinstance(said, m.Progressed) and not left_out:
            desk.do(m.LeaveOut((row.document,)))
            left_out = True
    assert left_out
    assert set(desk.rows()) == {"stacks.txt"}
    desk.close()
    later = open_desk()
    later.do(m.Study((), documents=later.brain.unfinished()))
    assert later.rows()["stacks.txt"].state == "ready"

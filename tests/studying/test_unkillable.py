"""Whatever ends a study (a kill, a power cut, a full disk): what was durable stays, it goes on from there, nothing stands twice."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.home import Home
from engine.library.library import Library
from engine.studying.reading_lane import PAGES_PER_BATCH

pytestmark = pytest.mark.real

MakeBook = Callable[..., Path]

ADDING = (sys.executable, "-P", str(Path(__file__).with_name("adding_process.py")))

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}

PAGES = 12 * PAGES_PER_BATCH


@pytest.fixture
def books(make_book: MakeBook) -> list[Path]:
    return [make_book("trees", PAGES), make_book("heaps", PAGES_PER_BATCH + 3), make_book("queues", 5)]


def add(home: Path, books: list[Path], *, kill_after: int | None = None) -> bool:
    """Add books in a process of their own, which is killed with all its children after so many happenings; says whether it was."""
    command = (*ADDING, str(home), *map(str, books))
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=ENVIRONMENT, start_new_session=True) as process:
        assert process.stdout is not None
        for number, _ in enumerate(process.stdout, 1):
            if number == kill_after:
                os.killpg(process.pid, signal.SIGKILL)
                break
        process.stdout.read()
        return process.wait() != 0


def shape(home: Path) -> dict[str, Any]:
    """All that a home holds, told without the numbers that depend on the order of things."""
    with Library.open(Home(home), writable=False) as library, library.database.reading() as connection:
        assert library.verify() == ((), ())
        (dangling,) = connection.execute("SELECT count(*) FROM vectors WHERE chunk NOT IN (SELECT id FROM chunks)").fetchone()
        assert dangling == 0
        return {
            "documents": sorted((row.path, row.title, row.state, row.pages, row.pages_read, row.chunks, row.chunks_embedded) for row in library.documents()),
            "pages": sorted(connection.execute("SELECT d.title, p.number, p.text FROM pages p JOIN documents d ON d.key = p.document")),
            "chunks": sorted(
                connection.execute(
                    """SELECT d.title, c.page, c.start, c."end", c.section_path, v.vector FROM chunks c JOIN documents d ON d.key = c.document
                       LEFT JOIN vectors v ON v.chunk = c.id"""
                )
            ),
        }


SOON = 8
"""Happenings after which a run is killed at the latest: even the third one has more than that to say."""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="process groups are a thing of POSIX")
def test_a_home_that_was_killed_again_and_again_is_the_same_as_one_built_in_peace(tmp_path: Path, books: list[Path]) -> None:
    assert not add(tmp_path / "peace", books)
    wanted = shape(tmp_path / "peace")
    assert [document[2] for document in wanted["documents"]] == ["ready"] * 3
    dice = random.Random(1)
    kills = 0
    for round_ in range(2):
        home = tmp_path / f"killed {round_}"
        for _ in range(3):
            kills += add(home, books, kill_after=dice.randint(1, SOON))
        assert not add(home, books)
        assert shape(home) == wanted
    assert kills >= 4


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="process groups are a thing of POSIX")
def test_a_write_ahead_log_that_was_torn_anywhere_holds_whole_batches_only_and_the_study_goes_on(tmp_path: Path, books: list[Path]) -> None:
    assert not add(tmp_path / "peace", books)
    wanted = shape(tmp_path / "peace")
    killed = tmp_path / "killed"
    assert add(killed, books, kill_after=14)
    whole = (killed / "library.db-wal").stat().st_size
    assert whole > 0
    dice = random.Random(2)
    for number, length in enumerate((0, 31, whole // 2, whole - 1, *(dice.randrange(whole) for _ in range(8)))):
        home = tmp_path / f"torn {number}"
        shutil.copytree(killed, home)
        (home / "library.db-shm").unlink(missing_ok=True)  # memory shared by processes: a power cut takes it
        os.truncate(home / "library.db-wal", length)
        with Library.open(Home(home), writable=True) as library:
            assert library.verify()[0] in ((), unknown_copies(home, library)), length
            for row in library.documents():
                assert row.pages_read % PAGES_PER_BATCH == 0 or row.pages_read == row.pages, length
        if number in (2, 5):
            assert not add(home, books)
            assert shape(home) == wanted
        shutil.rmtree(home)


def unknown_copies(home: Path, library: Library) -> tuple[str, ...]:
    """What `verify` says where the power cut took a row and left the copy of its file: the next `add` brings the row again."""
    known = {row.document for row in library.documents()}
    lost = [path for path in (home / "files").glob("*/*") if path.stem not in known]
    return tuple(problem for problem in library.verify()[0] if lost and "belong" in problem)


def can_mount() -> bool:
    """Whether this system lets us have a disk of our own in a namespace."""
    with contextlib.suppress(OSError):
        return subprocess.run(("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"), capture_output=True, check=False).returncode == 0
    return False


@pytest.mark.skipif(not can_mount(), reason="needs a user namespace, to have a small disk of its own")
@pytest.mark.parametrize("size", ["96k", "700k", "1000k", "1300k"])
def test_a_full_disk_is_said_plainly_tears_nothing_and_the_study_goes_on_when_there_is_room(tmp_path: Path, books: list[Path], size: str) -> None:
    (tmp_path / "home").mkdir()
    command = ("unshare", "-rm", *ADDING, str(tmp_path / "home"), *map(str, books), "--full", size)
    ran = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, check=False)
    assert ran.returncode == 0, ran.stderr
    result = json.loads(ran.stdout)
    assert set(result["full"]["codes"]) <= {"disk-full", "home-unwritable", "ready"}, result
    assert result["full"]["codes"].count("ready") < 3, result
    assert result["full"]["problems"] == [], result
    assert set(result["roomy"]["codes"]) <= {"ready", "unchanged"}, result
    assert result["roomy"]["pages"] == [PAGES, PAGES_PER_BATCH + 3, 5]
    assert result["roomy"]["problems"] == []

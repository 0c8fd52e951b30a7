"""Watched folders: what comes, changes, moves or goes is noticed; a drive that is not there loses nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine import messages as m
from engine.trouble import Trouble

pytestmark = pytest.mark.real

Write = Callable[..., Path]

STACKS = "A stack is a collection in which the item added last is removed first.\n"
QUEUES = "A queue is a collection in which the item added first is removed first.\n"
TREES = "A tree is a collection in which every item but one has a parent.\n"


def scan(desk: Any, **options: Any) -> list[tuple[str, str]]:
    return desk.outcome(desk.do(m.LookForChanges(**options)))


def troubles(desk: Any) -> list[str | None]:
    return [folder.trouble for folder in desk.brain.ask_once(m.ListWatchedFolders(), m.WatchedFolders).folders]


def test_what_comes_into_a_watched_folder_is_taken_in_once(desk: Any, write: Write) -> None:
    folder = write("stacks.txt", STACKS).parent
    desk.do(m.WatchFolder(str(folder), "week 1"))
    assert scan(desk) == [("stacks.txt", "ready")]
    assert scan(desk) == []
    write("queues.txt", QUEUES)
    assert scan(desk) == [("queues.txt", "ready")]
    assert desk.rows()["queues.txt"].collections == ("week 1",)


def test_what_was_there_already_joins_the_folders_collection(desk: Any, write: Write) -> None:
    file = write("stacks.txt", STACKS)
    desk.study(file)
    desk.do(m.WatchFolder(str(file.parent), "week 1"))
    assert scan(desk) == [("stacks.txt", "unchanged")]
    assert desk.rows()["stacks.txt"].collections == ("week 1",)


def test_a_file_that_is_perhaps_still_being_written_waits_for_the_next_look(desk: Any, write: Write) -> None:
    folder = write("stacks.txt", STACKS, seconds_ago=0).parent
    desk.do(m.WatchFolder(str(folder)))
    assert scan(desk, settled_only=True) == []
    write("stacks.txt", STACKS, seconds_ago=60)
    assert scan(desk, settled_only=True) == [("stacks.txt", "ready")]


def test_a_changed_file_replaces_its_older_version(desk: Any, write: Write) -> None:
    folder = write("notes.txt", STACKS).parent
    desk.do(m.WatchFolder(str(folder)))
    scan(desk)
    write("notes.txt", QUEUES)
    assert scan(desk) == [("notes.txt", "ready")]
    assert len(desk.brain.documents()) == 1


def test_a_vanished_file_leaves_its_document_with_a_mark_that_goes_when_it_comes_back(desk: Any, write: Write) -> None:
    file = write("stacks.txt", STACKS)
    write("queues.txt", QUEUES)
    desk.do(m.WatchFolder(str(file.parent)))
    scan(desk)
    file.unlink()
    (changed, _) = desk.do(m.LookForChanges())
    assert [row.reason for row in changed.documents] == [f"Its file is no longer in {file.parent}; the library keeps its copy."]
    assert "stacks.txt" in desk.found("What is a stack?")
    assert scan(desk) == []
    write("stacks.txt", STACKS)
    assert scan(desk) == [("stacks.txt", "unchanged")]
    assert desk.rows()["stacks.txt"].reason is None


def test_a_file_moved_inside_a_watched_folder_is_known_at_its_new_place(desk: Any, write: Write) -> None:
    file = write("stacks.txt", STACKS)
    desk.do(m.WatchFolder(str(file.parent)))
    scan(desk)
    (file.parent / "old").mkdir()
    file.rename(file.parent / "old" / "stacks.txt")
    assert scan(desk) == [("stacks.txt", "unchanged")]
    (row,) = desk.brain.documents()
    assert (row.path, row.reason) == (str(file.parent / "old" / "stacks.txt"), None)


@pytest.mark.parametrize("mount_point_stays", [True, False])
def test_a_drive_that_is_not_there_is_no_mass_deletion(desk: Any, write: Write, tmp_path: Path, mount_point_stays: bool) -> None:
    folder = write("stacks.txt", STACKS).parent
    write("queues.txt", QUEUES)
    desk.do(m.WatchFolder(str(folder)))
    scan(desk)
    away = shutil.move(folder, tmp_path / "drive")
    if mount_point_stays:
        folder.mkdir()
    assert scan(desk) == []
    (trouble,) = troubles(desk)
    assert trouble is not None
    assert "stay as they are" in trouble
    assert [row.reason for row in desk.brain.documents()] == [None, None]
    if mount_point_stays:
        folder.rmdir()
    shutil.move(away, folder)
    write("trees.txt", TREES)
    assert scan(desk) == [("trees.txt", "ready")]
    assert troubles(desk) == [None]


def test_a_folder_watched_no_longer_keeps_its_documents(desk: Any, write: Write) -> None:
    folder = write("stacks.txt", STACKS).parent
    desk.do(m.WatchFolder(str(folder)))
    scan(desk)
    desk.do(m.UnwatchFolder(str(folder)))
    write("queues.txt", QUEUES)
    assert scan(desk) == []
    assert set(desk.rows()) == {"stacks.txt"}
    with pytest.raises(Trouble, match="not watched"):
        desk.do(m.UnwatchFolder(str(folder)))


def test_what_is_no_folder_or_belongs_to_the_home_is_not_watched(desk: Any, tmp_path: Path, write: Write) -> None:
    with pytest.raises(Trouble, match="There is no folder"):
        desk.do(m.WatchFolder(str(tmp_path / "nothing")))
    with pytest.raises(Trouble, match="belongs to ByteBrain"):
        desk.do(m.WatchFolder(str(tmp_path / "home" / "files")))
    write("stacks.txt", STACKS)
    desk.do(m.WatchFolder(str(tmp_path)))  # the home is in it, and left out
    assert scan(desk) == [("stacks.txt", "ready")]
    assert scan(desk) == []


def test_an_idle_engine_looks_through_the_folders_by_itself(desk: Any, write: Write) -> None:
    assert desk.brain.errand() is None
    desk.do(m.WatchFolder(str(write("stacks.txt", STACKS).parent)))
    assert desk.brain.errand() == m.LookForChanges(settled_only=True)
    assert desk.brain.errand() is None  # not again within the minute


@pytest.mark.parametrize("everything", [Path("/"), Path.home(), Path.home().parent])
def test_a_whole_disk_or_all_of_a_person_is_not_watched(desk: Any, everything: Path) -> None:
    with pytest.raises(Trouble, match="far more than course material"):
        desk.do(m.WatchFolder(str(everything)))
    assert not troubles(desk)


def test_a_removed_document_does_not_come_back_unless_its_file_changes_or_the_folder_is_watched_anew(desk: Any, write: Write) -> None:
    file = write("stacks.txt", STACKS)
    write("queues.txt", QUEUES)
    desk.do(m.WatchFolder(str(file.parent)))
    scan(desk)
    desk.do(m.Remove((desk.rows()["stacks.txt"].document, desk.rows()["queues.txt"].document)))
    assert scan(desk) == []
    write("queues.txt", TREES)
    assert scan(desk) == [("queues.txt", "ready")]
    desk.do(m.WatchFolder(str(file.parent)))
    assert sorted(scan(desk)) == [("queues.txt", "unchanged"), ("stacks.txt", "ready")]


def test_a_file_that_is_added_after_its_document_was_removed_is_taken_in(desk: Any, write: Write) -> None:
    file = write("stacks.txt", STACKS)
    desk.do(m.WatchFolder(str(file.parent)))
    scan(desk)
    desk.do(m.Remove((desk.rows()["stacks.txt"].document,)))
    assert desk.study(file) == [("stacks.txt", "ready")]
    assert scan(desk) == []


def test_linked_pages_are_read_for_their_links_only_where_one_has_changed(desk: Any, write: Write, tmp_path: Path) -> None:
    folder = tmp_path / "manual"
    write("index.html", "".join(f'<a href="page{number}.html">{number}</a>' for number in range(5)), folder="manual")
    for number in range(6):
        write(f"page{number}.html", f"<p>Page {number} is about stacks.</p>", folder="manual")
    desk.brain.ask_once(m.WatchFolder(str(folder), None), m.WatchedFolders)
    watching = desk.brain.living._watching
    (watched,) = watching.folders()
    assert sorted(Path(path).name for path in watching.look(watched, settled_only=True).to_study) == ["manual", "page5.html"]
    before = watching._links(folder)
    assert watching._links(folder) is before
    write("page4.html", '<p>Page 4 is about stacks, <a href="page5.html">page 5</a> is not.</p>', folder="manual")
    assert [Path(path).name for path in watching.look(watched, settled_only=True).to_study] == ["manual"]
    assert set(watching._links(folder)) - set(before) == {"page5.html"}

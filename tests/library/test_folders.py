"""A folder of linked pages is kept as one file, and the same pages are the same document whatever their dates."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from engine.home import Home
from engine.library.files import Files, hash_file, stamp_of
from engine.trouble import DocumentRefused

PAGES = {"index.html": '<a href="a.html">A</a><a href="b.html">B</a><a href="é.html">C</a>', "a.html": "A", "b.html": "B", "é.html": "C"}


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(Home(tmp_path / "home"))


def written(folder: Path, *, seconds: int) -> Path:
    """The pages as files that were changed that many seconds after the beginning of time."""
    folder.mkdir(exist_ok=True)
    for name, content in PAGES.items():
        (folder / name).write_text(content)
        os.utime(folder / name, (seconds, seconds))
    return folder


def test_a_folder_of_linked_pages_is_kept_as_one_zip(tmp_path: Path, files: Files) -> None:
    taken = files.take(written(tmp_path / "book", seconds=1_000_000))
    assert (taken.suffix, hash_file(taken.path)) == (".zip", (taken.document, taken.size_bytes))
    with zipfile.ZipFile(taken.path) as archive:
        assert {name: archive.read(name).decode() for name in archive.namelist()} == PAGES


def test_the_same_pages_elsewhere_and_at_another_time_are_the_same_document(tmp_path: Path, files: Files) -> None:
    first = files.take(written(tmp_path / "book", seconds=1_000_000))
    assert files.take(written(tmp_path / "copy", seconds=2_000_000)).document == first.document
    (tmp_path / "book" / "a.html").write_text("changed")
    assert files.take(tmp_path / "book").document != first.document


def test_a_folder_looks_another_when_one_of_its_pages_was_changed(tmp_path: Path, files: Files) -> None:
    folder = written(tmp_path / "book", seconds=1_000_000)
    before = stamp_of(folder)
    assert before is not None
    assert files.take(folder).stamp == before
    (folder / "b.html").write_text("changed")
    os.utime(folder / "b.html", (1_000_001, 1_000_001))
    assert stamp_of(folder) not in (None, before)


def test_a_folder_of_other_things_is_no_file(tmp_path: Path, files: Files) -> None:
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(DocumentRefused) as refused:
        files.take(tmp_path)
    assert refused.value.notice.code == "not-a-file"
    assert not list((tmp_path / "home").rglob(".unfinished-*"))

"""Copies of files, packed layouts and boxes on pages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.home import Home
from engine.library.boxes import merge_boxes
from engine.library.files import Files, hash_file
from engine.library.packing import pack_words, unpack_words
from engine.reading.messages import Word
from engine.trouble import DocumentRefused


def test_a_copy_outlives_the_original_and_its_changes(home: Home, tmp_path: Path) -> None:
    home.prepare()
    files = Files(home)
    original = tmp_path / "Book.PDF"
    original.write_bytes(b"%PDF book" * 1000)
    taken = files.take(original)
    original.write_bytes(b"changed")
    assert taken.path == home.files / taken.document[:2] / f"{taken.document}.pdf"
    assert taken.path.read_bytes() == b"%PDF book" * 1000
    assert hash_file(taken.path) == (taken.document, taken.size_bytes)
    assert files.path_of(taken.document) == taken.path
    files.forget(taken.document)
    assert files.path_of(taken.document) is None
    assert list(home.files.iterdir()) == []


def test_a_twin_under_another_name_uses_the_copy_that_is_there(home: Home, tmp_path: Path) -> None:
    home.prepare()
    files = Files(home)
    for name in ("a.txt", "b.md"):
        (tmp_path / name).write_text("twins")
    assert files.take(tmp_path / "a.txt") == files.take(tmp_path / "b.md")
    assert len(list(home.files.rglob("*.*"))) == 1


def test_a_torn_copy_is_replaced_and_leftovers_are_cleared(home: Home, tmp_path: Path) -> None:
    home.prepare()
    files = Files(home)
    (tmp_path / "a.txt").write_text("whole")
    taken = files.take(tmp_path / "a.txt")
    taken.path.write_text("wh")
    assert files.take(tmp_path / "a.txt").path.read_text() == "whole"
    (home.files / ".unfinished-killed").write_text("half")
    files.clear_unfinished()
    assert not (home.files / ".unfinished-killed").exists()


def test_what_is_no_readable_file_is_refused(home: Home, tmp_path: Path) -> None:
    home.prepare()
    files = Files(home)
    os.mkfifo(tmp_path / "pipe")
    for name, code in (("missing.pdf", "missing"), (".", "not-a-file"), ("pipe", "not-a-file")):
        with pytest.raises(DocumentRefused) as caught:
            files.take(tmp_path / name)
        assert caught.value.notice.code == code
    assert list(home.files.iterdir()) == []


def test_packed_words_come_back_and_damage_is_noticed() -> None:
    words = (Word(0, 3, 1.25, 2.5, 30.125, 14.0), Word(4, 9, 33.0, 2.5, 60.0, 14.0))
    assert unpack_words(pack_words(words)) == words
    assert unpack_words(pack_words(())) == ()
    with pytest.raises(ValueError, match="damaged"):
        unpack_words(b"not packed")


LINES = (
    Word(0, 5, 10, 100, 40, 112),
    Word(6, 11, 44, 100, 80, 112),
    Word(11, 12, 80, 97, 84, 104),  # a superscript
    Word(13, 18, 10, 114, 50, 126),
)


@pytest.mark.parametrize(
    ("start", "end", "boxes"),
    [
        (0, 5, ((1, 10, 100, 40, 112),)),
        (0, 12, ((1, 10, 97, 84, 112),)),
        (2, 7, ((1, 10, 100, 80, 112),)),
        (0, 18, ((1, 10, 97, 84, 112), (1, 10, 114, 50, 126))),
        (5, 6, ()),
        (100, 200, ()),
    ],
)
def test_words_of_one_line_make_one_box(start: int, end: int, boxes: tuple[object, ...]) -> None:
    assert merge_boxes(1, LINES, start, end) == boxes


def test_columns_and_table_cells_keep_boxes_of_their_own() -> None:
    words = (Word(0, 3, 10, 100, 30, 112), Word(4, 7, 300, 100, 330, 112))
    assert len(merge_boxes(1, words, 0, 7)) == 2

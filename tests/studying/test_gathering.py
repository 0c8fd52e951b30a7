"""Which files a person meant: names are strange, and no name may cost the others their turn."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.studying.gathering import gather_files

TEXT = "A stack is last in, first out.\n"


def test_a_file_whose_name_begins_with_a_tilde_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("~$notes.txt").write_text(TEXT)
    (found,) = gather_files(["~$notes.txt"])
    assert (found.path, found.notice) == (tmp_path / "~$notes.txt", None)


def test_a_tilde_that_no_shell_wrote_out_is_the_users_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "notes.txt").write_text(TEXT)
    (found,) = gather_files(["~/notes.txt"])
    assert (found.path, found.notice) == (tmp_path / "notes.txt", None)


def test_a_name_that_is_no_text_is_refused_with_a_sentence_and_the_rest_is_found(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(TEXT)
    (tmp_path / "notes.txt").write_text(TEXT)
    strange, plain = gather_files([str(tmp_path)])
    assert strange.notice is not None
    assert strange.notice.sentence.encode()
    assert str(strange.path).encode()
    assert plain.notice is None


def test_links_in_a_circle_and_zero_bytes_are_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "notes.txt").write_text(TEXT)
    found = list(gather_files([str(tmp_path / "a"), str(tmp_path / "zero\0byte"), str(tmp_path / "notes.txt")]))
    assert [each.notice is None for each in found] == [False, False, True]


def test_a_file_and_a_link_to_it_in_a_folder_are_one_file(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(TEXT)
    (tmp_path / "the same.txt").symlink_to(tmp_path / "notes.txt")
    (found,) = gather_files([str(tmp_path)])
    assert found.path == tmp_path / "notes.txt"

"""Where things live, and who writes there."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.home import Home, WriterLock
from engine.trouble import HomeTrouble


def test_a_second_writer_is_told_the_name_of_the_first(tmp_path: Path) -> None:
    home = Home.at(str(tmp_path))
    first, second = WriterLock(home), WriterLock(home)
    first.acquire("the first program")
    with pytest.raises(HomeTrouble, match="the first program"):
        second.acquire("the second program")
    first.release()
    second.acquire("the second program")
    second.release()


def test_a_lock_that_cannot_be_written_is_a_plain_sentence(tmp_path: Path) -> None:
    home = Home.at(str(tmp_path))
    home.lock.mkdir()
    with pytest.raises(HomeTrouble, match="can't write"):
        WriterLock(home).acquire("a test")


def test_a_home_that_cannot_be_made_is_a_plain_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HomeTrouble, match="can't write"):
        Home.at(str(tmp_path / "file")).prepare()


def test_the_home_of_a_user_that_there_is_not_is_a_plain_sentence() -> None:
    with pytest.raises(HomeTrouble, match="can't be a home"):
        Home.at("~nobody-has-this-name/library")

"""Passwords in memory: the last ones first, never shown, read from a file line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.keyring import MAX_PASSWORDS, Keyring, read_passwords
from engine.trouble import Trouble


def test_the_last_passwords_given_are_tried_first_and_none_twice() -> None:
    keyring = Keyring()
    keyring.add(("one", "two"))
    keyring.add(("three", "", "one"))
    assert keyring.all() == ("three", "one", "two")


def test_a_keyring_shows_no_password_and_forgets_the_oldest_beyond_its_bound() -> None:
    keyring = Keyring()
    keyring.add(f"secret {number}" for number in range(MAX_PASSWORDS))
    keyring.add(("newest",))
    assert "secret" not in repr(keyring)
    assert (len(keyring.all()), keyring.all()[0]) == (MAX_PASSWORDS, "newest")


def test_passwords_are_read_line_by_line_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "passwords").write_bytes("\ufeffpässwört\r\n two words \n\nlast".encode())
    assert read_passwords(tmp_path / "passwords") == ("pässwört", " two words ", "last")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_of_passwords_that_can_not_be_read_is_a_trouble(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "passwords").write_bytes(content)
    with pytest.raises(Trouble) as caught:
        read_passwords(tmp_path / "passwords")
    assert caught.value.notice.code == "passwords-unreadable"

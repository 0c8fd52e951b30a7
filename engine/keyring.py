"""The passwords of locked documents that a person gave: in memory until the engine ends, never on disk, never in a log."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path

from engine.trouble import Trouble

MAX_FILE_BYTES = 2**20

MAX_PASSWORDS = 1_000
"""Every locked document is tried with all of them, some milliseconds each; the oldest are forgotten beyond this."""


class Keyring:
    """Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._passwords: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """How many there are, and nothing more: what is printed may end in a log."""
        return f"<Keyring of {len(self.all())} passwords>"

    def add(self, passwords: Iterable[str]) -> None:
        """Remember passwords; the last ones given are tried first."""
        given = [password for password in passwords if password]
        with self._lock:
            self._passwords = tuple(dict.fromkeys((*given, *self._passwords)))[:MAX_PASSWORDS]

    def all(self) -> tuple[str, ...]:
        """All that were given, the last ones first."""
        with self._lock:
            return self._passwords


def read_passwords(file: Path) -> tuple[str, ...]:
    """The passwords in a file: UTF-8, one a line. A line is taken as it is, with its spaces.

    Raises:
        Trouble: the file can't be read.
    """
    try:
        with open(file, "rb") as opened:
            text = opened.read(MAX_FILE_BYTES).decode("utf-8-sig")
    except OSError as error:
        raise Trouble("passwords-unreadable", f"The passwords in {file} can't be read: {error.strerror}.", "Check the name of the file.") from error
    except UnicodeDecodeError as error:
        raise Trouble("passwords-unreadable", f"The passwords in {file} are not written in UTF-8.", "Save the file as UTF-8.") from error
    return tuple(line for line in text.replace("\r\n", "\n").split("\n") if line)

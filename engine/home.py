"""Where things live: everything that ByteBrain writes is below one home, and one program at a time writes there."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import msgspec

from engine.trouble import HomeTrouble


@dataclass(frozen=True, slots=True)
class Home:
    """The folders and files of one home."""

    root: Path

    @classmethod
    def at(cls, chosen: str | None) -> Home:
        """The home a person chose, else BYTEBRAIN_HOME, else the platform's user data directory.

        Raises:
            HomeTrouble: it is no path that there can be.
        """
        wanted = chosen or os.environ.get("BYTEBRAIN_HOME")
        if not wanted:
            import platformdirs  # here, because the window's first frame should not wait for it where it isn't needed

            wanted = platformdirs.user_data_dir("ByteBrain", appauthor=False)
        try:
            return cls(Path(wanted).expanduser().resolve())
        except (OSError, RuntimeError, ValueError) as error:  # no such user; links that lead in a circle; a zero byte
            raise HomeTrouble("home-nowhere", f"{wanted} can't be a home: {error}", "Choose another folder with --home.") from error

    def prepare(self) -> None:
        """Make the folders, readable by this user only.

        Raises:
            HomeTrouble: the folder can't be made or written.
        """
        try:
            for folder in (self.root, self.files, self.vectors, self.pictures, self.models, self.logs):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise HomeTrouble(
                "home-unwritable", f"ByteBrain can't write to {self.root}: {error.strerror}.", "Choose another folder with --home, or make room there."
            ) from error

    @property
    def library(self) -> Path:
        """Documents to vectors: rebuildable from the files."""
        return self.root / "library.db"

    @property
    def study(self) -> Path:
        """Conversations and the student's own things: precious."""
        return self.root / "study.db"

    @property
    def files(self) -> Path:
        """Content-addressed copies of the documents' files."""
        return self.root / "files"

    @property
    def vectors(self) -> Path:
        """The vector index: a cache."""
        return self.root / "vectors"

    @property
    def pictures(self) -> Path:
        """Page pictures on their way from the reader to the window."""
        return self.root / "pictures"

    @property
    def models(self) -> Path:
        """Model files that a person added to the shelf."""
        return self.root / "models"

    @property
    def logs(self) -> Path:
        """Log files."""
        return self.root / "logs"

    @property
    def machine(self) -> Path:
        """What was measured about this machine (thread counts): a cache."""
        return self.root / "machine.json"

    @property
    def settings(self) -> Path:
        """The student's choices."""
        return self.root / "settings.json"

    @property
    def lock(self) -> Path:
        """Held by the one program that writes."""
        return self.root / "writer.lock"


class WriterLock:
    """The operating system's lock on a home. It dies with its process, so a crash leaves nothing to clean up."""

    def __init__(self, home: Home) -> None:
        self._path = home.lock
        self._handle: IO[str] | None = None

    def acquire(self, program: str) -> None:
        """Hold the home for writing.

        Raises:
            HomeTrouble: another program holds it (the sentence names it), or it can't be written.
        """
        try:
            handle = open(self._path, "a+", encoding="utf-8")  # noqa: SIM115 — held for the life of the program
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            _lock(handle)
        except OSError:
            handle.seek(0)
            holder = _holder(handle.read())
            handle.close()
            remedy = "Close that program and start this one again; until then you can search and ask here, but nothing is kept."
            raise HomeTrouble("home-held", f"This library is in use by {holder}.", remedy) from None
        try:
            handle.seek(0)
            handle.truncate()
            handle.write(msgspec.json.encode({"program": program, "pid": os.getpid(), "since": time.time()}).decode())
            handle.flush()
        except OSError as error:
            with contextlib.suppress(OSError):  # closing tries to write once more
                handle.close()
            raise self._unwritable(error) from error
        self._handle = handle

    def _unwritable(self, error: OSError) -> HomeTrouble:
        sentence = f"ByteBrain can't write to {self._path.parent}: {error.strerror}."
        return HomeTrouble("home-unwritable", sentence, "Choose another folder with --home, or make room there.")

    def release(self) -> None:
        """Let others write."""
        if self._handle is not None:
            with contextlib.suppress(OSError):
                self._handle.truncate(0)
            self._handle.close()
            self._handle = None


def _holder(untrusted_text: str) -> str:
    try:
        held: dict[str, Any] = msgspec.json.decode(untrusted_text)
        return f"{held['program']} (process {int(held['pid'])})"
    except (msgspec.MsgspecError, ValueError, KeyError, TypeError):
        return "another program"


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: IO[str]) -> None:
        handle.seek(2**20)  # beyond the text, which stays readable for others
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: IO[str]) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

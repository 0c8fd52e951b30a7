"""What was measured about this machine and is worth remembering: a cache, made again when it is lost or does not fit."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import msgspec


class Threads(msgspec.Struct, frozen=True):
    """How many threads decode fastest, and how many read a prompt fastest."""

    writing: int
    reading: int


class MachineNotes(msgspec.Struct, frozen=True):
    """`threads` maps a model's sha256 and the number of processors to what was measured."""

    threads: dict[str, Threads] = {}
    pages_per_second: float | None = None
    """How fast studying was last time, from file to vectors."""


class Machine:
    """The notes of one home."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def threads_for(self, model_sha256: str) -> Threads | None:
        """The measured thread counts for a model, or None when they have to be measured."""
        return self._read().threads.get(self._key(model_sha256))

    def remember_threads(self, model_sha256: str, threads: Threads) -> None:
        """Keep measured thread counts. A home that can't be written forgets them."""
        notes = self._read()
        self._keep(notes, msgspec.structs.replace(notes, threads={**notes.threads, self._key(model_sha256): threads}))

    def pages_per_second(self) -> float | None:
        """How many pages were studied a second the last time that there were many; None where that is not known."""
        return self._read().pages_per_second

    def remember_pages_per_second(self, pages: float) -> None:
        """Keep how fast studying was. A home that can't be written forgets it."""
        notes = self._read()
        self._keep(notes, msgspec.structs.replace(notes, pages_per_second=round(pages, 2)))

    def _keep(self, before: MachineNotes, changed: MachineNotes) -> None:
        if changed == before:
            return
        try:
            write_atomically(self._path, msgspec.json.encode(changed))
        except OSError:
            return  # only a cache: it is measured again next time

    def _read(self) -> MachineNotes:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=MachineNotes)
        except (OSError, msgspec.DecodeError, msgspec.ValidationError):
            return MachineNotes()

    @staticmethod
    def _key(model_sha256: str) -> str:
        return f"{model_sha256[:16]}/{os.cpu_count()}"


def write_atomically(path: Path, content: bytes) -> None:
    """Write a small file so that a reader sees the old or the new one, never half of it.

    Raises:
        OSError: it can't be written.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise

"""What was measured about this machine and is worth remembering: a cache, made again when it is lost or does not fit."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import msgspec


class MachineNotes(msgspec.Struct, frozen=True):
    """`threads` maps a model's sha256 and the number of processors to the thread count that decoded fastest."""

    threads: dict[str, int] = {}


class Machine:
    """The notes of one home."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def threads_for(self, model_sha256: str) -> int | None:
        """The measured thread count for a model, or None when it has to be measured."""
        return self._read().threads.get(self._key(model_sha256))

    def remember_threads(self, model_sha256: str, threads: int) -> None:
        """Keep a measured thread count. A home that can't be written forgets it."""
        notes = self._read()
        if notes.threads.get(self._key(model_sha256)) == threads:
            return
        changed = MachineNotes(threads={**notes.threads, self._key(model_sha256): threads})
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

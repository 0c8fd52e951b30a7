"""Small files of the window below the home: read with a limit, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any, TypeVar

import msgspec

MAX_BYTES = 64 * 2**10
"""Far more than such a file ever holds; whatever is larger is not ours."""

Content = TypeVar("Content")


def read_small(file: Path, kind: type[Content]) -> Content | None:
    """What the file holds (JSON); None if it is not there, can't be read or holds something else."""
    try:
        with open(file, "rb") as handle:
            return msgspec.json.decode(handle.read(MAX_BYTES), type=kind)
    except (OSError, msgspec.MsgspecError):
        return None


def write_small(file: Path, content: Any, *, durably: bool = False) -> bool:
    """Write `content` as JSON through a temporary name, so that a crash leaves the old file or the new one; returns whether that worked.

    `durably` waits until it is on the disk.
    """
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(temporary, "wb") as handle:
            handle.write(msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n")
            if durably:
                handle.flush()
                os.fsync(handle.fileno())
        temporary.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        return False
    return True

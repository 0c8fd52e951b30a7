"""Copying a large file onto the shelf: whole or not at all, hashed on the way, without a byte of copying where the disk can share."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedRandom, BufferedReader
from pathlib import Path

from models.trouble import ShelfTrouble

PART = ".part"
SPARE_BYTES = 64 * 2**20
"""Room that is left on the disk, so that the library can still be written to."""

PIECE_BYTES = 4 * 2**20
FICLONE = 0x40049409
"""linux/fs.h: make one file share another's blocks (btrfs, XFS, bcachefs)."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A finished copy under a temporary name; whoever wants to keep it renames it."""

    path: Path
    sha256: str


@contextmanager
def copy_whole(source: Path, folder: Path) -> Iterator[Copied]:
    """Copy a file into `folder` under a temporary name, safely on the disk; what is not renamed in the block is deleted after it.

    Raises:
        ShelfTrouble: there is no room, or reading or writing fails.
    """
    temporary: Path | None = None
    try:
        try:
            with source.open("rb") as original:
                handle, name = tempfile.mkstemp(suffix=PART, dir=folder)
                temporary = Path(name)
                with os.fdopen(handle, "w+b") as copy:
                    digest = _copy(original, copy, folder)
        except OSError as error:
            raise _no_copy(source, error) from error
        yield Copied(temporary, digest)
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def remove_leftovers(folder: Path) -> None:
    """Delete what a killed copy left behind. For the one program that writes."""
    for part in folder.glob(f"*{PART}"):
        part.unlink(missing_ok=True)


def _copy(original: BufferedReader, copy: BufferedRandom, folder: Path) -> str:
    """Fill `copy`; returns the sha256 of what it holds."""
    if _share_blocks(original, copy):
        digest = hashlib.file_digest(copy, "sha256").hexdigest()
    else:
        size_bytes = os.fstat(original.fileno()).st_size
        if shutil.disk_usage(folder).free < size_bytes + SPARE_BYTES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        hashing = hashlib.sha256()
        while piece := original.read(PIECE_BYTES):
            hashing.update(piece)
            copy.write(piece)
        digest = hashing.hexdigest()
    copy.flush()
    os.fsync(copy.fileno())
    return digest


def _share_blocks(original: BufferedReader, copy: BufferedRandom) -> bool:
    """Let the copy share the original's blocks, where kernel and file system can."""
    if sys.platform != "linux":
        return False
    import fcntl

    try:
        fcntl.ioctl(copy.fileno(), FICLONE, original.fileno())
    except OSError:
        return False  # another file system, or one that can't: copy the bytes
    return True


def _no_copy(source: Path, error: OSError) -> ShelfTrouble:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        size_gb = source.stat().st_size / 1e9
        return ShelfTrouble("disk-full", f"There is no room for {source.name} ({size_gb:.1f} GB) on the disk.", "Make room, or choose a smaller model.")
    return ShelfTrouble("model-not-copied", f"{source.name} could not be put on the shelf: {error.strerror}.", "Check the file and the disk, then try again.")

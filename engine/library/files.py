"""The library's own copies of documents' files, named by their content.

Students empty their Downloads, and citations must still open. A copy shares its blocks with the original where the file
system can do that (reflink). Never a hard link: a program that edits the original in place would change our copy too.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from engine.home import Home
from engine.library.folders import all_pages, linked_pages, pack
from engine.trouble import DocumentRefused, HomeTrouble
from engine.values import DocumentId

_PIECE_BYTES = 2**20
_FICLONE = 0x40049409
"""Linux's ioctl number for sharing the blocks of one file with another (linux/fs.h)."""
_UNFINISHED = ".unfinished-"

TOO_FRESH_S = 2.0
"""The coarsest clock of a file system (FAT): a file changed less than this ago may change again and look the same."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A copy in the library; `document` is the sha256 of its bytes, `stamp` what the original looked like (None: not to be relied on)."""

    document: DocumentId
    suffix: str
    size_bytes: int
    path: Path
    stamp: str | None = None


def stamp_of(path: Path) -> str | None:
    """What a file looks like without being read: size, times of change and inode. The same stamp means the same content.

    A folder of linked pages looks like all web pages in it. None where it can't be told: no such file, or one that was
    changed so lately that a further change might not show.
    """
    try:
        status = path.stat()
        return _stamp_of_folder(path) if stat.S_ISDIR(status.st_mode) else _stamp(status)
    except OSError:
        return None


def _stamp_of_folder(folder: Path) -> str | None:
    digest = hashlib.sha256()
    for page in sorted(all_pages(folder), key=lambda page: page.path):
        stamp = _stamp(page.stat())
        if stamp is None:
            return None
        digest.update(f"{os.path.relpath(page.path, folder)}\0{stamp}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _stamp(status: os.stat_result) -> str | None:
    if abs(time.time() - status.st_mtime) < TOO_FRESH_S:
        return None
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}"


class Files:
    """The copies below one home."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def path_of(self, document: DocumentId) -> Path | None:
        """Where the copy of a document lies, or None if there is none."""
        return next(iter(sorted((self._home.files / document[:2]).glob(f"{document}*"))), None)

    def take(self, path: Path) -> StoredFile:
        """Copy a file into the library (a no-op when its content is there) and say what it is.

        A folder of linked web pages is kept as one zip of these pages; the same pages are always the same document. The bytes
        that are hashed are the bytes that are kept, even if somebody changes the original meanwhile.

        Raises:
            DocumentRefused: the file can't be read.
            HomeTrouble: the home can't take it (the disk is full, say).
        """
        if path.is_dir():
            with self._unfinished() as (copy, unfinished):
                before = stamp_of(path)
                document, size = _pack_and_hash(path, copy, self._home)
                return self._kept(unfinished, document, size, ".zip", before if before == stamp_of(path) else None)
        with _readable(path) as source, self._unfinished() as (copy, unfinished):
            before = _stamp(os.fstat(source.fileno()))
            document, size = _copy_and_hash(source, copy, path, self._home)
            stamp = before if before == _stamp(os.fstat(source.fileno())) else None
            return self._kept(unfinished, document, size, path.suffix.lower(), stamp)

    def receive(self, source: IO[bytes], document: DocumentId, suffix: str) -> StoredFile:
        """Keep a document's file that comes from another library.

        Raises:
            DocumentRefused: it is not the file that it says it is.
            HomeTrouble: the home can't take it (the disk is full, say).
        """
        with self._unfinished() as (copy, unfinished):
            digest, size = hashlib.sha256(), 0
            while piece := source.read(_PIECE_BYTES):
                digest.update(piece)
                size += len(piece)
                with _plain_troubles(self._home):
                    copy.write(piece)
            with _plain_troubles(self._home):
                copy.flush()
                os.fsync(copy.fileno())
            if digest.hexdigest() != document:
                raise DocumentRefused("damaged", "A file in it is not the one that it says it is.", "Export the library again.")
            return self._kept(unfinished, document, size, suffix, None)

    @contextlib.contextmanager
    def _unfinished(self) -> Iterator[tuple[BinaryIO, Path]]:
        """A new file beside the copies, deleted again unless it was moved to its place."""
        folder = self._home.files
        with _plain_troubles(self._home):
            folder.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=folder)
        try:
            with open(descriptor, "w+b") as copy:
                yield copy, Path(name)
        finally:
            Path(name).unlink(missing_ok=True)

    def _kept(self, unfinished: Path, document: DocumentId, size: int, suffix: str, stamp: str | None) -> StoredFile:
        """The copy at its place, unless the same content lies there already."""
        with _plain_troubles(self._home):
            target = self.path_of(document)
            if target is None or target.stat().st_size != size:
                target = target or self._home.files / document[:2] / f"{document}{suffix}"
                target.parent.mkdir(exist_ok=True)
                unfinished.replace(target)
        return StoredFile(document=document, suffix=target.name.removeprefix(document), size_bytes=size, path=target, stamp=stamp)

    def forget(self, document: DocumentId) -> None:
        """Delete the copy of a document, and its folder when that is empty then.

        Raises:
            HomeTrouble: it can't be deleted.
        """
        path = self.path_of(document)
        if path is None:
            return
        with _plain_troubles(self._home):
            path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # other copies are in it
            path.parent.rmdir()

    def all(self) -> Iterator[tuple[Path, DocumentId | None]]:
        """Every file below the folder of copies, with the document that its name says; None for what is no copy of ours."""
        for path in sorted(self._home.files.rglob("*")):
            if path.is_dir() or path.name.startswith(_UNFINISHED):
                continue
            name = path.name.split(".")[0]
            ours = len(name) == 64 and set(name) <= set("0123456789abcdef") and path.parent == self._home.files / name[:2]
            yield path, DocumentId(name) if ours else None

    def clear_unfinished(self) -> None:
        """Delete what a killed program left half copied. Only for the one program that writes."""
        for path in self._home.files.glob(_UNFINISHED + "*"):
            path.unlink(missing_ok=True)


def hash_file(path: Path) -> tuple[DocumentId, int]:
    """The id of a file's content and its size in bytes.

    Raises:
        DocumentRefused: the file can't be read.
    """
    with _readable(path) as source:
        digest = hashlib.sha256()
        size = 0
        while piece := _read(source, path):
            digest.update(piece)
            size += len(piece)
    return DocumentId(digest.hexdigest()), size


def _copy_and_hash(source: BinaryIO, copy: BinaryIO, path: Path, home: Home) -> tuple[DocumentId, int]:
    shared = _share_blocks(source, copy)
    digest = hashlib.sha256()
    size = 0
    reading = copy if shared else source
    while piece := _read(reading, path):
        digest.update(piece)
        size += len(piece)
        if not shared:
            with _plain_troubles(home):
                copy.write(piece)
    with _plain_troubles(home):
        copy.flush()
        os.fsync(copy.fileno())
    return DocumentId(digest.hexdigest()), size


def _pack_and_hash(folder: Path, copy: BinaryIO, home: Home) -> tuple[DocumentId, int]:
    """Pack the linked pages of a folder.

    Raises:
        DocumentRefused: its pages are not linked, or can't be read.
    """
    try:
        pages = linked_pages(folder)
    except OSError as error:
        raise _unreadable(folder, error) from error
    if not pages:
        raise DocumentRefused("not-a-file", f"{folder} is not a file.", "Check the name and add it again.")
    with _plain_troubles(home):
        pack(_contents(folder, pages), copy)
        copy.flush()
        os.fsync(copy.fileno())
        copy.seek(0)
        digest = hashlib.sha256()
        while piece := copy.read(_PIECE_BYTES):
            digest.update(piece)
        return DocumentId(digest.hexdigest()), copy.tell()


def _contents(folder: Path, pages: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for page in pages:
        try:
            yield page, (folder / page).read_bytes()
        except OSError as error:
            raise _unreadable(folder / page, error) from error


def _read(source: BinaryIO, path: Path) -> bytes:
    """The next piece; an error here is the document's (a broken disk, an unplugged stick), not the home's."""
    try:
        return source.read(_PIECE_BYTES)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> DocumentRefused:
    return DocumentRefused("unreadable", f"{path} can't be read: {error.strerror}.", "Check its permissions and add it again.")


def _share_blocks(source: BinaryIO, copy: BinaryIO) -> bool:
    """Whether the file system made `copy` share the blocks of `source` (btrfs, XFS, bcachefs); tells nothing else apart."""
    if sys.platform != "linux":
        return False
    import fcntl

    try:
        fcntl.ioctl(copy.fileno(), _FICLONE, source.fileno())
    except OSError:
        return False
    return True


@contextlib.contextmanager
def _readable(path: Path) -> Iterator[BinaryIO]:
    """A regular file, open for reading; that it can't be opened is said plainly."""
    try:
        # A named pipe or a device would block for ever or never end.
        if not path.is_file():
            missing = not path.exists()
            raise DocumentRefused(
                "missing" if missing else "not-a-file", f"{path} {'does not exist' if missing else 'is not a file'}.", "Check the name and add it again."
            )
        source = open(path, "rb")  # noqa: SIM115 — closed below; opening and using fail with different words
    except OSError as error:
        raise _unreadable(path, error) from error
    with source:
        yield source


@contextlib.contextmanager
def _plain_troubles(home: Home) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise HomeTrouble(
                "disk-full", f"The disk that holds {home.root} is full.", "Make room there, then try again: nothing that was done is lost."
            ) from error
        raise HomeTrouble("home-unwritable", f"ByteBrain can't write to {home.files}: {error.strerror}.", "Check the folder's permissions.") from error

"""Zip containers that documents come in (DOCX, PPTX, ODT, EPUB …), opened with bounds.

Nothing is ever unpacked to disk: entries are read into memory one by one, by name, so that a name which climbs out of its
folder leads nowhere. What an entry states about its size is checked against limits before it is read and again while it is
read; what an archive gives out altogether is bounded too, because entries may overlap and be read twice.
"""

from __future__ import annotations

import contextlib
import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from engine.trouble import DocumentRefused

MAX_ENTRIES = 50_000
"""Books of a thousand pages with a picture each have some thousands."""

MAX_ENTRY_BYTES = 96 * 2**20
"""The most that one entry may unpack to when it is read. The text of a thousand-page book takes some 20 MB of markup."""

MAX_TOTAL_BYTES = 768 * 2**20
"""The most that is read from one archive, all entries together. Entries that nobody reads (films, pictures) don't count."""

MAX_RATIO = 250
"""Markup packs 5 to 40 times, empty tables up to 150; an entry that unpacks to more than this and to more than
`RATIO_FROM_BYTES` was made to fill a memory (the most that deflate can is 1,032)."""

RATIO_FROM_BYTES = 8 * 2**20

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:|//")
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, struct.error, NotImplementedError, IndexError)


class Archive:
    """An opened container. Entries are found by their path with forward slashes, in any case of letters."""

    def __init__(self, file: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo], name: str, *, max_total_bytes: int) -> None:
        self._file = file
        self._entries = entries
        self._by_folded_name = {entry.lower(): entry for entry in reversed(list(entries))}
        self._name = name
        self._left_bytes = max_total_bytes

    @property
    def names(self) -> tuple[str, ...]:
        """The entries' paths, as they stand in the archive (folders left out)."""
        return tuple(self._entries)

    def holds(self, entry: str) -> bool:
        """Whether there is an entry of that path."""
        return entry.lower() in self._by_folded_name

    def read(self, entry: str) -> bytes:
        """The bytes of an entry.

        Raises:
            DocumentRefused: it is missing, damaged, locked or too large; the reason says which.
        """
        # Some archives hold two entries whose names differ in the case of letters only.
        stored = entry if entry in self._entries else self._by_folded_name.get(entry.lower())
        if stored is None:
            raise _damaged(self._name, f"its part “{_shown(entry)}” is missing")
        info = self._entries[stored]
        if info.flag_bits & 0x1:
            raise locked(self._name)
        limit = min(MAX_ENTRY_BYTES, self._left_bytes)
        if info.file_size > limit:
            raise _too_large(self._name)
        if info.file_size > RATIO_FROM_BYTES and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise _too_large(self._name)
        try:
            with self._file.open(info) as file:
                content = file.read(limit + 1)
        except RuntimeError as error:  # how zipfile tells of a password that its flags hid
            raise locked(self._name) from error
        except _DAMAGE as error:
            raise _damaged(self._name, f"its part “{_shown(entry)}” can't be unpacked") from error
        if len(content) > limit:
            raise _too_large(self._name)
        self._left_bytes -= len(content)
        return content

    def find(self, entry: str | None) -> bytes | None:
        """The bytes of an entry, or None where there is no such one.

        Raises:
            DocumentRefused: it is there, but damaged, locked or too large.
        """
        return self.read(entry) if entry is not None and self.holds(entry) else None

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


@contextlib.contextmanager
def open_archive(path: Path, name: str, *, max_total_bytes: int = MAX_TOTAL_BYTES) -> Iterator[Archive]:
    """The container at `path`, for as long as the block runs; `name` is what a person calls the file.

    Raises:
        DocumentRefused: it is no whole container, has too many entries, or what lies in it is nested too deeply to be read.
    """
    try:
        file = zipfile.ZipFile(path)
    except _DAMAGE as error:
        raise _damaged(name, "its container is broken or cut off") from error
    try:
        infos = file.infolist()
        if len(infos) > MAX_ENTRIES:
            raise _too_large(name)
        entries: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            entries.setdefault(info.filename.replace("\\", "/").lstrip("/"), info)
        archive = Archive(file, {entry: info for entry, info in entries.items() if entry and not entry.endswith("/")}, name, max_total_bytes=max_total_bytes)
        yield archive
    except RecursionError as error:
        raise _damaged(name, "its parts are nested beyond reason") from error
    finally:
        file.close()


def target_of(base: str, reference: str) -> str | None:
    """The entry that `reference`, standing in the entry `base`, points to: None where it points outside of the archive.

    An absolute reference counts from the archive's root. Fragments are dropped and percent signs undone.
    """
    path = unquote(reference.split("#", 1)[0].split("?", 1)[0]).replace("\\", "/").strip()
    if not path or _SCHEME.match(path):
        return None
    joined = posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(base), path))
    return None if joined.startswith("..") or joined in (".", "") else joined


def locked(name: str) -> DocumentRefused:
    """The refusal of an archive whose entries are encrypted."""
    return DocumentRefused("encrypted-archive", f"“{name}” is locked with a password.", "Save a copy without the password and add that.")


def _damaged(name: str, how: str) -> DocumentRefused:
    return DocumentRefused("damaged", f"“{name}” is damaged: {how}.", "Open it in the program it was made with, save a fresh copy and add that.")


def _too_large(name: str) -> DocumentRefused:
    return DocumentRefused("too-large", f"“{name}” unpacks to more than ByteBrain reads.", "If it is a real document, split it into smaller files.")


def _shown(entry: str) -> str:
    return entry if len(entry) <= 80 else "…" + entry[-79:]

"""The file of an export: a zip whose manifest names every member with its size and sha256. Reading it trusts nothing.

Nothing in it is ever run or handed to SQLite: documents travel as typed values (`engine.library.exchange`), files as
bytes whose hash is their name. The form has a number; a newer one is refused politely.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Annotated, TypeVar

import msgspec

from engine.trouble import Trouble
from engine.values import Collection, ConversationId, DocumentId, Pair, Rules, Turn

FORM = 2
"""2: the student's own answers and rules came along. What reads a form reads all before it."""
MANIFEST = "manifest.json"
MAX_MEMBERS = 500_000
MAX_VALUE_BYTES = 128 * 2**20
"""No single value is that large: 64 dense pages with words and vectors are some 8 MiB."""

_PIECE_BYTES = 2**20
_NAME = re.compile(
    r"documents/[0-9a-f]{64}/(head\.json|part-\d{5}\.msgpack)|files/[0-9a-f]{64}(\.[\w-]{1,16})?|study/(collections|house-rules|conversation-[0-9a-f]{32})\.json"
)

Value = TypeVar("Value")


class Member(msgspec.Struct, frozen=True):
    """What the manifest says about a member."""

    size_bytes: Annotated[int, msgspec.Meta(ge=0)]
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class Manifest(msgspec.Struct, frozen=True):
    """The table of an export. `documents` in the order in which they came into the library."""

    form: int
    made_by: str
    documents: tuple[Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")], ...]
    members: dict[str, Member]


class ExportedCollections(msgspec.Struct, frozen=True):
    """The student's collections."""

    collections: tuple[Collection, ...]


class ExportedHouseRules(msgspec.Struct, frozen=True):
    """The student's own answers, and how answers are to be written."""

    pairs: tuple[Pair, ...]
    rules: tuple[Rules, ...]


class ExportedConversation(msgspec.Struct, frozen=True):
    """A conversation with its turns."""

    conversation: ConversationId
    title: str
    changed_at: float
    turns: tuple[Turn, ...]


def head_name(document: DocumentId) -> str:
    """The member with what is known of a document."""
    return f"documents/{document}/head.json"


def part_name(document: DocumentId, number: int) -> str:
    """The member with some of its pages; numbers count from 1."""
    return f"documents/{document}/part-{number:05d}.msgpack"


class ArchiveWriter:
    """Writes an export under a temporary name; only `finish` gives it its own."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._unfinished = target.with_name(f".{target.name}.unfinished-{os.getpid()}")
        self._members: dict[str, Member] = {}

    def __enter__(self) -> ArchiveWriter:
        self._file = open(self._unfinished, "wb")
        self._zip = zipfile.ZipFile(self._file, "w", allowZip64=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with contextlib.suppress(OSError, ValueError):  # closing writes the table once more, and the disk may be full
            self._zip.close()
        with contextlib.suppress(OSError):
            self._file.close()
        self._unfinished.unlink(missing_ok=True)

    def add(self, name: str, content: bytes) -> None:
        """A member, compressed."""
        for _ in self._pieces(name, iter((content,)), zipfile.ZIP_DEFLATED):
            pass

    def add_file(self, name: str, path: Path) -> Iterator[int]:
        """A member from a file, as it is; the size of each piece as it is written."""
        with open(path, "rb") as source:
            yield from self._pieces(name, iter(lambda: source.read(_PIECE_BYTES), b""), zipfile.ZIP_STORED)

    def sha256(self, name: str) -> str:
        """The hash of a member that was written."""
        return self._members[name].sha256

    def finish(self, documents: tuple[DocumentId, ...], made_by: str) -> int:
        """Write the manifest, see that all is on the disk, and give the file its name; returns its size in bytes."""
        manifest = Manifest(FORM, made_by, documents, dict(self._members))
        self.add(MANIFEST, msgspec.json.encode(manifest))
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        size = self._unfinished.stat().st_size
        self._unfinished.replace(self._target)
        return size

    def _pieces(self, name: str, pieces: Iterator[bytes], compression: int) -> Iterator[int]:
        digest, total = hashlib.sha256(), 0
        facts = zipfile.ZipInfo(name)
        facts.compress_type = compression
        with self._zip.open(facts, "w", force_zip64=True) as member:
            for piece in pieces:
                member.write(piece)
                digest.update(piece)
                total += len(piece)
                yield len(piece)
        self._members[name] = Member(total, digest.hexdigest())


def may_be_replaced(path: Path) -> bool:
    """Whether an export may take the place of what lies here: nothing, an empty file, or an earlier export."""
    if not path.exists():
        return True
    if not path.is_file():
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return MANIFEST in archive.namelist()
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return path.stat().st_size == 0


class ArchiveReader:
    """Reads an export; every byte is checked against the manifest before it is believed."""

    def __init__(self, path: Path) -> None:
        """Open and check the table.

        Raises:
            Trouble: it is no export, damaged, or newer than this program.
        """
        self._path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except OSError as error:
            raise Trouble("unreadable", f"{path} can't be opened: {error.strerror or error}.", "Check the name, and that you may read it.") from error
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise self._damaged("it is no whole export") from error
        try:
            self.manifest = self._checked_manifest()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> ArchiveReader:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def value(self, name: str, kind: type[Value]) -> Value:
        """A member as a value.

        Raises:
            Trouble: it is not there, not what the manifest says, or no such value.
        """
        content = self._bytes(name, self._member(name))
        try:
            return msgspec.msgpack.decode(content, type=kind) if name.endswith(".msgpack") else msgspec.json.decode(content, type=kind)
        except (msgspec.MsgspecError, RecursionError) as error:
            raise self._damaged(f"{name} can't be understood") from error

    @contextlib.contextmanager
    def file(self, name: str) -> Iterator[IO[bytes]]:
        """A member as a stream. Its name is its hash: whoever reads it checks that.

        Raises:
            Trouble: it is not there or damaged.
        """
        self._member(name)
        try:
            with self._zip.open(name) as source:
                yield source
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, zlib.error) as error:
            raise self._damaged(f"{name} can't be read") from error

    def _checked_manifest(self) -> Manifest:
        infos = self._zip.infolist()
        names = [info.filename for info in infos]
        if MANIFEST not in names or len(names) > MAX_MEMBERS or len(set(names)) != len(names):
            raise self._damaged("it is no export of a library")
        if any(info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
            raise self._damaged("it is packed in a way that no export is")
        content = self._bytes(MANIFEST, None)
        try:
            form = msgspec.json.decode(content, type=_Form).form
            if form > FORM:
                raise Trouble("export-newer", f"{self._path.name} was made by a newer ByteBrain.", "Import it with that version, or update this one.")
            manifest = msgspec.json.decode(content, type=Manifest)
        except msgspec.MsgspecError as error:
            raise self._damaged("its table can't be understood") from error
        sizes = {info.filename: info.file_size for info in infos if info.filename != MANIFEST}
        if sizes != {name: member.size_bytes for name, member in manifest.members.items()} or not all(_NAME.fullmatch(name) for name in sizes):
            raise self._damaged("its table names other things than are in it")
        return manifest

    def _member(self, name: str) -> Member:
        member = self.manifest.members.get(name)
        if member is None:
            raise self._damaged(f"{name} is missing")
        return member

    def _bytes(self, name: str, member: Member | None) -> bytes:
        try:
            with self._zip.open(name) as source:
                content = source.read(MAX_VALUE_BYTES + 1)
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, zlib.error) as error:
            raise self._damaged(f"{name} can't be read") from error
        if len(content) > MAX_VALUE_BYTES or (member is not None and hashlib.sha256(content).hexdigest() != member.sha256):
            raise self._damaged(f"{name} is not what was written")
        return content

    def _damaged(self, why: str) -> Trouble:
        return Trouble("export-damaged", f"{self._path.name} is damaged: {why}.", "Copy it again from where it was made, or export the library again.")


class _Form(msgspec.Struct, frozen=True):
    form: int


@contextlib.contextmanager
def plain_disk_troubles(target: Path) -> Iterator[None]:
    """Say plainly what a disk says."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise Trouble(
                "disk-full", f"The disk that holds {target.parent} is full.", "Make room there, or choose another disk; nothing was changed."
            ) from error
        raise Trouble("unwritable", f"{target} can't be written: {error.strerror}.", "Choose another place.") from error

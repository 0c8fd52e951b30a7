"""Export and import: a whole library as one file, and back into an empty or a used home.

An export is whole or not there. An import adds what is not here yet, document by document, each all or nothing, so that it
can be stopped or killed anywhere and begun again; what is here already stays as it is.
"""

from __future__ import annotations

import importlib.metadata
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from engine import messages as m
from engine.cancellation import Cancellation
from engine.conversations import Conversations
from engine.home import Home
from engine.library.exchange import ExportedDocument, ExportedPart, NotSound, describe, is_held, parts_of, take_in
from engine.library.library import Library
from engine.living.archive import (
    ArchiveReader,
    ArchiveWriter,
    ExportedCollections,
    ExportedConversation,
    ExportedHouseRules,
    head_name,
    may_be_replaced,
    part_name,
    plain_disk_troubles,
)
from engine.living.collections import Collections
from engine.living.house_rules import HouseRules
from engine.trouble import Trouble
from engine.values import ConversationSummary, Document, DocumentId

HOUSE_RULES = "study/house-rules.json"

SPARE_BYTES = 64 * 2**20
"""Room that an import leaves on the disk."""

GROWTH = 3
"""How much more room a library takes than its packed values: words index and layout are made anew."""


class Transfer:
    """Carries the library of one home to another."""

    def __init__(self, *, home: Home, library: Library, collections: Collections, conversations: Conversations, house_rules: HouseRules) -> None:
        self._home = home
        self._library = library
        self._collections = collections
        self._conversations = conversations
        self._house_rules = house_rules

    # ---- out ---------------------------------------------------------------------------------------------------------

    def export(self, path: str, cancellation: Cancellation) -> Iterator[m.Transferred | m.LibraryExported]:
        """Write everything into one file.

        Raises:
            Trouble: the disk is full, or the place can't be written; then nothing is there. Or something else lies there; it stays.
            Stopped: cancelled; then nothing is there.
        """
        target = Path(path).expanduser().absolute()
        if target.is_dir():
            raise Trouble("not-a-file", f"{target} is a folder.", "Give the name of a file to write.")
        if not may_be_replaced(target):
            raise Trouble("file-exists", f"{target} is there already, and is no exported library.", "Choose another name.")
        documents = [row for row in self._library.documents() if not row.sample and self._library.files.path_of(row.document) is not None]
        total = sum(self._size(row) for row in documents)
        done = 0
        with plain_disk_troubles(target), ArchiveWriter(target) as archive:
            for row in documents:
                for size in self._write_document(archive, row, cancellation):
                    done += size
                    yield m.Transferred(min(done, total), total)
            self._write_study(archive)
            cancellation.raise_if_cancelled()
            size = archive.finish(tuple(row.document for row in documents), _made_by())
        yield m.LibraryExported(str(target), len(documents), size)

    def _size(self, row: Document) -> int:
        copy = self._library.files.path_of(row.document)
        return 0 if copy is None else copy.stat().st_size

    def _write_document(self, archive: ArchiveWriter, row: Document, cancellation: Cancellation) -> Iterator[int]:
        copy = self._library.files.path_of(row.document)
        assert copy is not None
        name = f"files/{copy.name}"
        for size in archive.add_file(name, copy):
            cancellation.raise_if_cancelled()
            yield size
        if archive.sha256(name) != row.document:
            remedy = "Run `bytebrain verify --repair`, then export again; remove the document if that does not help."
            raise Trouble("copy-damaged", f"The library's copy of {row.title} is damaged.", remedy)
        with self._library.one_view():
            told = describe(self._library, row.document)
            archive.add(head_name(row.document), msgspec.json.encode(told))
            for number, part in enumerate(parts_of(self._library, told), 1):
                cancellation.raise_if_cancelled()
                archive.add(part_name(row.document, number), msgspec.msgpack.encode(part))

    def _write_study(self, archive: ArchiveWriter) -> None:
        here = [row.document for row in self._library.documents()]
        archive.add("study/collections.json", msgspec.json.encode(ExportedCollections(self._collections.listed(here))))
        own = ExportedHouseRules(self._house_rules.pairs.all(), self._house_rules.rules.all())
        archive.add(HOUSE_RULES, msgspec.json.encode(own))
        for summary, turns in self._conversations.all():
            conversation = ExportedConversation(summary.conversation, summary.title, summary.changed_at, turns)
            archive.add(f"study/conversation-{summary.conversation}.json", msgspec.json.encode(conversation))

    # ---- in ----------------------------------------------------------------------------------------------------------

    def take_in(self, path: str, cancellation: Cancellation) -> Iterator[m.Transferred | m.LibraryChanged | m.LibraryImported]:
        """Take in what an export holds and this home does not.

        Raises:
            Trouble: it is damaged, newer, or there is no room; what was taken in by then is whole and stays.
            Stopped: cancelled; what was taken in by then is whole and stays.
        """
        source = Path(path).expanduser().absolute()
        with ArchiveReader(source) as archive:
            self._must_fit(archive)
            total = sum(member.size_bytes for member in archive.manifest.members.values())
            sizes: dict[str, int] = {}
            for name, member in archive.manifest.members.items():
                for document in re.findall(r"[0-9a-f]{64}", name):
                    sizes[document] = sizes.get(document, 0) + member.size_bytes
            done = new = 0
            for name in archive.manifest.documents:
                cancellation.raise_if_cancelled()
                document = DocumentId(name)
                if not is_held(self._library, document):
                    self._take_in(archive, document, source, cancellation)
                    new += 1
                    yield m.LibraryChanged((self._library.document(document),))
                done += sizes.get(name, 0)
                yield m.Transferred(min(done, total), total)
            self._take_in_study(archive, cancellation)
            count = len(archive.manifest.documents)
        yield m.LibraryImported(new, count - new)

    def _must_fit(self, archive: ArchiveReader) -> None:
        here = {row.document for row in self._library.documents()}
        members = [(name, member.size_bytes) for name, member in archive.manifest.members.items() if not here & set(re.findall(r"[0-9a-f]{64}", name))]
        needed = SPARE_BYTES + sum(size * (1 if name.startswith("files/") else GROWTH) for name, size in members)
        free = shutil.disk_usage(self._home.root).free
        if needed > free:
            sentence = f"The library in it needs about {needed / 1e9:.1f} GB and {free / 1e9:.1f} GB are free on the disk of {self._home.root}."
            raise Trouble("disk-full", sentence, "Make room there, then import it again; nothing was changed.")

    def _take_in(self, archive: ArchiveReader, document: DocumentId, source: Path, cancellation: Cancellation) -> None:
        told = archive.value(head_name(document), ExportedDocument)
        if told.document != document:
            raise Trouble("export-damaged", f"{source.name} is damaged: a document in it has another's name.", "Export the library again.")
        with archive.file(f"files/{document}{told.suffix}") as stream:
            file = self._library.files.receive(stream, document, told.suffix)

        def parts() -> Iterator[ExportedPart]:
            for number in range(1, told.parts + 1):
                cancellation.raise_if_cancelled()
                yield archive.value(part_name(document, number), ExportedPart)

        try:
            take_in(self._library, told, file, source, parts())
        except NotSound:
            # Its file is the right one: it is read here, as if somebody had added it.
            take_in(self._library, msgspec.structs.replace(told, parts=0), file, source, ())

    def _take_in_study(self, archive: ArchiveReader, cancellation: Cancellation) -> None:
        for collection in archive.value("study/collections.json", ExportedCollections).collections:
            self._collections.collect(collection.documents, collection.name)
        if HOUSE_RULES in archive.manifest.members:  # an export of the first form has none
            own = archive.value(HOUSE_RULES, ExportedHouseRules)
            self._house_rules.pairs.take_in(own.pairs)
            self._house_rules.rules.take_in(own.rules)
        for name in archive.manifest.members:
            if name.startswith("study/conversation-"):
                cancellation.raise_if_cancelled()
                told = archive.value(name, ExportedConversation)
                if name != f"study/conversation-{told.conversation}.json":
                    raise Trouble("export-damaged", "A conversation in it has another's name.", "Export the library again.")
                self._conversations.take_in(ConversationSummary(told.conversation, told.title, told.changed_at, len(told.turns)), told.turns)


def _made_by() -> str:
    try:
        return f"ByteBrain {importlib.metadata.version('bytebrain')}"
    except importlib.metadata.PackageNotFoundError:
        return "ByteBrain"

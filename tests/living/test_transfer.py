"""A library as one file: whole or not there, taken in again without embedding anything, and never believed blindly."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine import messages as m
from engine.cancellation import Cancellation
from engine.library.exchange import ExportedDocument, ExportedPart
from engine.trouble import Stopped, Trouble
from engine.values import Answer, Scope

pytestmark = pytest.mark.real

Write = Callable[..., Path]

STACKS = "# Stacks\n\nA stack is a collection in which the item added last is removed first.\n\n## Push\n\nPush adds an item to the top of the stack.\n"
QUEUES = "A queue is a collection in which the item added first is removed first.\n"
TREES = "A tree is a collection in which every item but one has a parent.\n"


@pytest.fixture
def exported(open_desk: Any, write: Write, tmp_path: Path) -> Path:
    """An export of two documents, a collection and a conversation."""
    desk = open_desk("first")
    desk.study(write("stacks.md", STACKS), write("queues.txt", QUEUES), collection="exam")
    answer = Answer("What is a stack?", True, "", (), (), (), None, "none")
    desk.brain.conversations.add_turn(None, (Scope(collection="exam"),), answer)
    said = desk.do(m.ExportLibrary(str(tmp_path / "library.bytebrain")))
    done = [each for each in said if isinstance(each, m.Transferred)]
    assert done[-1].bytes_done == done[-1].bytes_total == len(STACKS) + len(QUEUES)
    assert isinstance(said[-1], m.LibraryExported)
    assert (said[-1].documents, said[-1].size_bytes) == (2, (tmp_path / "library.bytebrain").stat().st_size)
    desk.close()
    return tmp_path / "library.bytebrain"


def take_in(desk: Any, file: Path) -> m.LibraryImported:
    return desk.brain.ask_once(m.ImportLibrary(str(file)), m.LibraryImported)


def rewrite(file: Path, change: Callable[[dict[str, bytes]], None], *, sealed: bool = True, manifest: dict[str, Any] | None = None) -> None:
    """Change the members of an export; `sealed` makes the manifest fit again, as somebody with bad intentions would."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    table = json.loads(members.pop("manifest.json"))
    change(members)
    if sealed:
        table["members"] = {name: {"size_bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()} for name, content in members.items()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.writestr("manifest.json", json.dumps({**table, **(manifest or {})}))


def test_an_empty_home_becomes_the_same_library_and_embeds_nothing(open_desk: Any, exported: Path) -> None:
    first = open_desk("first", writing="never")
    desk = open_desk("second", embedder=("--die-on", "collection"))  # whoever embeds a chunk now, dies
    assert take_in(desk, exported) == m.LibraryImported(2, 0)
    assert {row.state for row in desk.brain.documents()} == {"ready"}
    assert desk.found("What is removed last?") == first.found("What is removed last?")
    assert [row.chunks_embedded for row in desk.brain.documents()] == [row.chunks for row in first.brain.documents()]
    (document,) = [row.document for row in desk.brain.documents() if row.kind == "markdown"]
    assert desk.library.sections(document) == first.library.sections(document)
    assert desk.library.page(document, 1) == first.library.page(document, 1)
    assert desk.brain.ask_once(m.Verify(), m.Verified) == m.Verified(True, (), ())
    (collection,) = desk.brain.ask_once(m.ListCollections(), m.Collections).collections
    assert (collection.name, len(collection.documents)) == ("exam", 2)
    (summary,) = desk.brain.conversations.summaries()
    assert (summary.title, summary.turns) == ("What is a stack?", 1)


def test_a_used_home_keeps_what_it_has_and_gets_the_rest(open_desk: Any, exported: Path, write: Write) -> None:
    desk = open_desk("second")
    desk.study(write("queues.txt", QUEUES, folder="mine"), write("trees.txt", TREES, folder="mine"), collection="mine")
    assert take_in(desk, exported) == m.LibraryImported(1, 1)
    assert len(desk.brain.documents()) == 3
    assert desk.rows()["queues.txt"].collections == ("exam", "mine")
    assert desk.rows()["queues.txt"].path.endswith("mine/queues.txt")
    assert take_in(desk, exported) == m.LibraryImported(0, 2)
    assert len(desk.brain.conversations.summaries()) == 1


def test_an_imported_document_takes_no_path_from_anybody(open_desk: Any, exported: Path, write: Write) -> None:
    desk = open_desk("second")
    desk.study(write("stacks.md", TREES))  # another content at the place from which it was exported
    take_in(desk, exported)
    desk.study(write("other.txt", "Something else.\n"))
    assert len(desk.brain.documents()) == 4
    imported = next(row for row in desk.brain.documents() if row.path == str(exported / "stacks.md"))
    assert Path(desk.brain.ask_once(m.LocateOriginal(imported.document), m.OriginalLocated).path).read_text() == STACKS


def test_a_home_with_another_embedder_embeds_what_came(open_desk: Any, exported: Path, write: Write) -> None:
    desk = open_desk("second", embedder=("--name", "another"))
    desk.study(write("trees.txt", TREES))
    take_in(desk, exported)
    assert sorted(row.state for row in desk.brain.documents()) == ["ready", "searchable", "searchable"]
    desk.do(m.Study((), documents=desk.brain.unfinished()))
    assert {row.state for row in desk.brain.documents()} == {"ready"}
    assert desk.brain.ask_once(m.Verify(), m.Verified).ok


def test_an_export_that_is_stopped_leaves_nothing(open_desk: Any, write: Write, tmp_path: Path) -> None:
    desk = open_desk()
    desk.study(write("stacks.md", STACKS))
    cancellation = Cancellation()
    with pytest.raises(Stopped):
        for said in desk.brain.handle(m.ExportLibrary(str(tmp_path / "out" / "x.bytebrain").replace("/out", "")), cancellation):
            if isinstance(said, m.Transferred):
                cancellation.cancel()
    assert list(tmp_path.glob("*bytebrain*")) == []


def test_an_import_that_is_stopped_keeps_whole_documents_and_can_be_begun_again(open_desk: Any, exported: Path) -> None:
    desk = open_desk("second")
    cancellation = Cancellation()
    with pytest.raises(Stopped):
        for said in desk.brain.handle(m.ImportLibrary(str(exported)), cancellation):
            if isinstance(said, m.LibraryChanged):
                cancellation.cancel()
    (row,) = desk.brain.documents()
    assert row.state == "ready"
    assert desk.brain.ask_once(m.Verify(), m.Verified).ok
    assert take_in(desk, exported) == m.LibraryImported(1, 1)


@pytest.mark.parametrize(
    ("where", "code"),
    [("missing", "unreadable"), ("text", "export-damaged"), ("cut", "export-damaged"), ("flipped", "export-damaged"), ("foreign zip", "export-damaged")],
)
def test_what_is_no_whole_export_is_refused_with_a_sentence(open_desk: Any, exported: Path, where: str, code: str) -> None:
    content = bytearray(exported.read_bytes())
    if where == "missing":
        exported.unlink()
    elif where == "text":
        exported.write_text("this is no export")
    elif where == "cut":
        exported.write_bytes(content[: len(content) // 2])
    elif where == "flipped":
        place = content.index(STACKS.encode()) + 20
        content[place] ^= 1
        exported.write_bytes(content)
    else:
        with zipfile.ZipFile(exported, "w") as archive:
            archive.writestr("../../evil.txt", "hello")
    desk = open_desk("second")
    with pytest.raises(Trouble) as caught:
        take_in(desk, exported)
    assert caught.value.notice.code == code
    assert desk.brain.ask_once(m.Verify(), m.Verified).ok


def test_a_newer_export_is_refused_politely(open_desk: Any, exported: Path) -> None:
    rewrite(exported, lambda members: None, manifest={"form": 99})
    with pytest.raises(Trouble, match="newer ByteBrain"):
        take_in(open_desk("second"), exported)


def test_a_name_that_leads_out_of_the_home_is_refused(open_desk: Any, exported: Path) -> None:
    rewrite(exported, lambda members: members.update({"files/../../evil.txt": b"evil"}))
    with pytest.raises(Trouble, match="names other things"):
        take_in(open_desk("second"), exported)


def test_a_file_that_is_not_what_its_name_says_is_refused(open_desk: Any, exported: Path) -> None:
    def change(members: dict[str, bytes]) -> None:
        name = next(name for name in members if name.startswith("files/"))
        members[name] = b"something else"

    rewrite(exported, change)
    desk = open_desk("second")
    with pytest.raises(Trouble, match="not the one that it says"):
        take_in(desk, exported)
    assert desk.brain.documents() == ()


def part_of(members: dict[str, bytes], changed: Callable[[ExportedPart], ExportedPart]) -> None:
    for name in members:
        if name.endswith(".msgpack"):
            members[name] = msgspec.msgpack.encode(changed(msgspec.msgpack.decode(members[name], type=ExportedPart)))


LIES: dict[str, Callable[[ExportedPart], ExportedPart]] = {
    "a chunk beyond its page": lambda part: msgspec.structs.replace(part, chunks=(msgspec.structs.replace(part.chunks[0], end=10**6), *part.chunks[1:])),
    "a chunk of no page": lambda part: msgspec.structs.replace(part, chunks=(msgspec.structs.replace(part.chunks[0], page=77), *part.chunks[1:])),
    "a chunk twice": lambda part: msgspec.structs.replace(part, chunks=(*part.chunks, part.chunks[0])),
    "vectors of no length": lambda part: msgspec.structs.replace(part, vectors=bytes(len(part.vectors))),
    "vectors that are no numbers": lambda part: msgspec.structs.replace(part, vectors=b"\xff" * len(part.vectors)),
    "too few vectors": lambda part: msgspec.structs.replace(part, vectors=part.vectors[:-4]),
    "a vector of no chunk": lambda part: msgspec.structs.replace(part, embedded=(*part.embedded[:-1], 10**6)),
    "pages that do not follow": lambda part: msgspec.structs.replace(
        part, pages=tuple(msgspec.structs.replace(page, number=page.number + 1) for page in part.pages)
    ),
    "a page without a size": lambda part: msgspec.structs.replace(part, pages=tuple(msgspec.structs.replace(page, width=float("nan")) for page in part.pages)),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_document_whose_pages_cannot_be_is_read_from_its_file_instead(open_desk: Any, exported: Path, lie: str) -> None:
    rewrite(exported, lambda members: part_of(members, LIES[lie]))
    desk = open_desk("second")
    take_in(desk, exported)
    assert {row.state for row in desk.brain.documents()} == {"queued"}
    assert desk.brain.ask_once(m.Verify(), m.Verified).ok


def test_a_half_read_or_refused_document_arrives_as_its_file(open_desk: Any, write: Write, tmp_path: Path) -> None:
    desk = open_desk("first")
    (tmp_path / "torn.pdf").write_bytes(b"%PDF-1.7 torn")
    desk.study(tmp_path / "torn.pdf")
    desk.do(m.ExportLibrary(str(tmp_path / "x.bytebrain")))
    with zipfile.ZipFile(tmp_path / "x.bytebrain") as archive:
        (head,) = (json.loads(archive.read(name)) for name in archive.namelist() if name.endswith("head.json"))
    assert msgspec.convert(head, ExportedDocument).parts == 0
    other = open_desk("second")
    take_in(other, tmp_path / "x.bytebrain")
    assert [row.state for row in other.brain.documents()] == ["queued"]


def test_an_export_replaces_an_earlier_one_and_no_other_file(desk: Any, write: Write, tmp_path: Path) -> None:
    desk.study(write("stacks.md", STACKS))
    backup, thesis, archive = tmp_path / "x.bytebrain", tmp_path / "thesis.docx", tmp_path / "photos.zip"
    backup.touch()
    for _ in range(2):
        assert desk.brain.ask_once(m.ExportLibrary(str(backup)), m.LibraryExported).documents == 1
    thesis.write_text("years of work")
    with zipfile.ZipFile(archive, "w") as photos:
        photos.writestr("one.txt", "a photo")
    for other in (thesis, archive):
        before = other.read_bytes()
        with pytest.raises(Trouble, match="is there already"):
            desk.do(m.ExportLibrary(str(other)))
        assert other.read_bytes() == before


def test_an_export_that_the_disk_has_no_room_for_leaves_nothing_and_says_so(desk: Any, write: Write, tmp_path: Path) -> None:
    import resource

    desk.study(write("stacks.md", STACKS))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200, hard))  # the system refuses to write more than 200 bytes into a file
    try:
        with pytest.raises(Trouble, match="is full") as caught:
            desk.do(m.ExportLibrary(str(tmp_path / "x.bytebrain")))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.notice.code == "disk-full"
    assert list(tmp_path.glob("*bytebrain*")) == []

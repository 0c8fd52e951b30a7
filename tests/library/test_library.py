"""The library's promises: whole batches, identity by content, removal that removes."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.home import Home
from engine.library.library import Library
from engine.reading.messages import Block, DocumentOpened, PageRead, Word
from engine.studying.chunking import Chunk
from engine.trouble import Notice, Trouble
from engine.values import DocumentId, Place, Scope, Section

Study = Callable[..., DocumentId]
REPOSITORY = Path(__file__).parents[2]


def test_a_document_is_known_by_its_content_and_found_by_any_of_its_paths(library: Library, tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text("the same words")
    first = library.register(library.files.take(tmp_path / "one.txt"), path=str(tmp_path / "one.txt"))
    second = library.register(library.files.take(tmp_path / "two.txt"), path=str(tmp_path / "two.txt"))
    assert first.document == second.document == hashlib.sha256(b"the same words").hexdigest()
    assert first.state == "queued"
    assert len(library.documents()) == 1
    assert library.document(first.document).path == str(tmp_path / "two.txt")
    for reference in (first.document, first.document[:4], str(tmp_path / "one.txt"), str(tmp_path / "two.txt")):
        assert library.resolve(reference) == first.document
    for reference in (first.document[:3], "no such thing", "abcd" * 8):
        with pytest.raises(Trouble):
            library.resolve(reference)


def test_a_path_with_new_content_names_the_new_document(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("old")
    old = library.register(library.files.take(path), path=str(path)).document
    path.write_text("new")
    new = library.register(library.files.take(path), path=str(path)).document
    assert library.resolve(str(path)) == new
    assert library.document(old).path == str(path)


def test_pages_come_back_as_they_were_stored(library: Library, study: Study) -> None:
    document = study(["A short page."])
    page = PageRead(
        2,
        "ii",
        100.0,
        200.0,
        "text",
        "bold code",
        (Block("prose", 0, 4), Block("code", 5, 9)),
        (Word(0, 4, 1.5, 2.25, 3.0, 4.0),),
        ((0, 4),),
        Place("slide", 2, 2),
    )
    library.append(document, [page], [])
    stored = library.page(document, 2)
    assert (stored.label, stored.text, stored.words, stored.blocks) == (page.label, page.text, page.words, page.blocks)
    assert (stored.emphasis, stored.place, stored.width) == (page.emphasis, page.place, page.width)
    assert library.boxes_of(document, 2, 0, 3) == ((2, 1.5, 2.25, 3.0, 4.0),)
    with pytest.raises(Trouble):
        library.page(document, 3)


def test_a_batch_that_does_not_fit_is_refused_whole(library: Library, study: Study) -> None:
    document = study(["The first page."])
    page = PageRead(2, None, 1.0, 1.0, "text", "The second page.", (), ())
    with pytest.raises(ValueError, match="not the text of its page"):
        library.append(document, [page], [Chunk(2, 0, 3, "A lie", None, (), "")])
    with pytest.raises(ValueError, match="do not follow"):
        library.append(document, [PageRead(5, None, 1.0, 1.0, "text", "", (), ())], [])
    assert library.pages_stored(document) == 1


def test_counts_and_states_are_told_as_they_change(library: Library, study: Study) -> None:
    document = study(embed=False)
    row = library.document(document)
    assert (row.state, row.pages, row.pages_read, row.chunks, row.chunks_embedded) == ("searchable", 4, 4, 4, 0)
    waiting = library.chunks_without_vectors("hashes", 3)
    assert waiting[0][1].startswith("Collections\nA stack")
    library.store_vectors("hashes", [chunk for chunk, _ in waiting], b"\0\0\x80\x3f" * 3)
    assert library.document(document).chunks_embedded == 3
    assert library.vector_count("hashes") == 3
    assert len(library.chunks_without_vectors("hashes", 10)) == 1
    with pytest.raises(ValueError, match="not 2 vectors"):
        library.store_vectors("hashes", [1, 2], b"\0" * 7)


def test_another_reader_version_starts_the_document_over(library: Library, study: Study) -> None:
    document = study()
    assert library.pages_stored(document, reader_version=1) == 4
    assert library.pages_stored(document, reader_version=2) == 0
    library.begin(document, DocumentOpened("text", "better", 4, True, ()), [], reader_version=2)
    assert library.pages_stored(document) == 0
    assert library.document(document).chunks == 0
    assert library.verify() == ((), ())


def test_deaths_are_counted_and_a_refusal_says_why(library: Library, study: Study) -> None:
    document = study()
    assert [library.gaps.count_death(document), library.gaps.count_death(document)] == [1, 2]
    assert library.gaps.count_death(document, task="drawing", page=3) == 1
    library.refuse(document, Notice("poison", "It crashed the reader twice.", "Save it again."))
    row = library.document(document)
    assert (row.state, row.reason, row.chunks) == ("refused", "It crashed the reader twice.", 0)
    library.start_over(document)
    assert library.gaps.count_death(document) == 1
    assert library.document(document).state == "queued"


def test_removal_removes_everything_even_from_the_file(library: Library, study: Study, home: Home) -> None:
    kept = study(["Something that stays."], name="kept.txt")
    document = study(["The unmistakable xylophonequartz."], name="secret.txt")
    copy = library.files.path_of(document)
    assert copy is not None
    assert library.remove((document, DocumentId("f" * 64))) == (document,)
    assert [row.document for row in library.documents()] == [kept]
    assert library.keywords.ranked('"xylophonequartz"', 10) == []
    assert library.vector_count("hashes") == 1
    assert not copy.exists()
    assert library.verify() == ((), ())
    library.close()
    for path in home.root.rglob("*"):
        assert path.is_dir() or b"xylophonequartz" not in path.read_bytes().lower(), path


def test_a_section_stands_for_all_below_it(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "book.txt"
    path.write_text("sections")
    document = library.register(library.files.take(path), path=str(path)).document
    tree = [Section(1, 1, "One", 1, 2), Section(2, 2, "One point one", 2, 2), Section(3, 1, "Two", 3, 3)]
    library.begin(document, DocumentOpened("text", "", 3, True, ()), tree, reader_version=1)
    pages = [PageRead(number, None, 1.0, 1.0, "text", f"page {number}", (), ()) for number in (1, 2, 3)]
    library.append(document, pages, [Chunk(number, 0, 6, f"page {number}", number, (), "") for number in (1, 2, 3)])
    assert library.sections(document) == tuple(tree)
    found = library.chunks(library.chunk_ids(library.within([Scope(document, 1)])))
    assert sorted(chunk.page for chunk in found.values()) == [1, 2]
    with pytest.raises(Trouble):
        library.within([Scope(document, 9)])


def test_kill_nine_while_appending_leaves_whole_batches_only(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "book.txt"
    path.write_text("killed")
    code = f"""
    import sys
    from pathlib import Path
    from engine.home import Home
    from engine.library.library import Library
    from engine.reading.messages import DocumentOpened, PageRead
    from engine.studying.chunking import Chunk
    library = Library.open(Home(Path({str(home.root)!r})), writable=True)
    document = library.register(library.files.take(Path({str(path)!r})), path={str(path)!r}).document
    library.begin(document, DocumentOpened("text", "", 10**6, True, ()), [], reader_version=1)
    first = 1
    while True:
        pages = [PageRead(n, None, 1.0, 1.0, "text", f"page {{n}} about stacks", (), ()) for n in range(first, first + 4)]
        library.append(document, pages, [Chunk(p.number, 0, len(p.text), p.text, None, (), "") for p in pages])
        first += 4
        print(first - 1, flush=True)
    """
    child = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True, cwd=REPOSITORY)
    assert child.stdout is not None
    promised = 0
    for _ in range(12):
        promised = int(child.stdout.readline())
    child.send_signal(signal.SIGKILL)
    rest = child.stdout.read().split()
    child.wait()
    child.stdout.close()
    promised = int(rest[-1]) if rest else promised
    with Library.open(home, writable=True) as library:
        (row,) = library.documents()
        assert row.pages_read in (promised, promised + 4)
        assert row.pages_read == row.chunks
        assert library.verify() == ((), ())
        assert len(library.keywords.ranked('"stacks"', 10_000)) == row.chunks


def test_a_reader_in_another_process_sees_each_batch(library: Library, study: Study, home: Home) -> None:
    study()
    code = f"""
    from pathlib import Path
    from engine.home import Home
    from engine.library.library import Library
    from engine.trouble import HomeTrouble
    with Library.open(Home(Path({str(home.root)!r})), writable=False) as library:
        print(len(library.documents()), flush=True)
        input()
        print(len(library.documents()), flush=True)
        try:
            library.remove([])
        except HomeTrouble as trouble:
            print(trouble.notice.code)
    """
    reader = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY)
    assert reader.stdout is not None
    assert reader.stdout.readline() == "1\n"
    study(["Another one."], name="another.txt")
    out, _ = reader.communicate("\n")
    assert out.split() == ["2", "home-read-only"]

"""`verify` finds planted damage, and repairs it from the truth."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.home import Home
from engine.library.library import Library
from engine.library.rebuilding import rebuild_library
from engine.library.vector_index import VectorIndex
from engine.trouble import HomeTrouble
from engine.values import DocumentId

Study = Callable[..., DocumentId]

DAMAGE = {
    "a chunk without words": ("DELETE FROM words WHERE rowid = 1", "cannot be found by words"),
    "words of no chunk": ("INSERT INTO words (rowid, text) VALUES (99, 'stray')", "which are not there"),
    "other words": ("UPDATE words SET text = 'something else' WHERE rowid = 2", "other words"),
    "words behind the index": ("UPDATE words_content SET c0 = 'something else' WHERE id = 2", "other words"),
    "a lost row of the index": ("DELETE FROM words_docsize WHERE id = 3", "keyword index"),
    "a wrong count": ("UPDATE documents SET chunk_count = 7", "7 chunks are counted"),
    "a wrong count of vectors": ("UPDATE embedded SET count = 1", "1 vectors are counted"),
    "a missing vector": ("DELETE FROM vectors WHERE chunk = 1", "chunks have no vector"),
    "a vector cut short": ("UPDATE vectors SET vector = x'00' WHERE chunk = 1", "vector 1 is damaged"),
    "a flipped bit in a vector": ("UPDATE vectors SET vector = zeroblob(length(vector)) WHERE chunk = 2", "vector 2 is damaged"),
    "a missing chunk": ("DELETE FROM chunks WHERE id = 2", "some of its chunks are missing"),
    "a chunk of another section": ("UPDATE chunks SET section_path = '[]' WHERE id = 2", "not those that were stored"),
    "changed text": ("UPDATE pages SET text = replace(text, 'stack', 'stork') WHERE number = 1", "text of page 1 is damaged"),
    "damaged boxes": ("UPDATE pages SET words = x'1234' WHERE number = 2", "text of page 2 is damaged"),
    "a chunk off its page": ('UPDATE chunks SET "end" = 9999 WHERE id = 1', "chunk 1 do not lie"),
    "a lost page": ("DELETE FROM pages WHERE number = 2", "pages are missing"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_planted_damage_is_found_and_mended(library: Library, study: Study, damage: str) -> None:
    study()
    statement, said = DAMAGE[damage]
    with library.database.transaction() as connection:
        connection.execute(statement)
    problems, repaired = library.verify()
    assert any(said in problem for problem in problems), problems
    assert repaired == ()
    problems, repaired = library.verify(repair=True)
    assert problems == ()
    assert any(said in problem for problem in repaired)
    assert library.verify() == ((), ())


def test_a_chunk_that_is_missing_without_a_trace_is_found(library: Library, study: Study) -> None:
    document = study()
    with library.database.transaction() as connection:
        connection.execute("DELETE FROM words WHERE rowid = 2")
        connection.execute("DELETE FROM chunks WHERE id = 2")
        connection.execute("UPDATE documents SET chunk_count = chunk_count - 1")
        connection.execute("UPDATE embedded SET count = count - 1")
    assert library.verify()[0] == ("book.txt: its chunks are not those that were stored",)
    assert library.verify(repair=True)[0] == ()
    assert library.document(document).state == "queued"


def test_a_chunk_missing_from_a_library_without_checksums_is_not_counted_away(library: Library, study: Study) -> None:
    document = study()
    with library.database.transaction() as connection:
        connection.execute("UPDATE documents SET chunks_crc = NULL")
        connection.execute("DELETE FROM chunks WHERE id = 2")
    assert "1 of its chunks are missing" in library.verify()[0][0]
    library.verify(repair=True)
    assert library.document(document).state == "queued"


def test_copies_that_belong_to_no_document_are_found_and_forgotten(library: Library, study: Study, home: Home, tmp_path: Path) -> None:
    study()
    (tmp_path / "other.txt").write_text("killed between copying and registering")
    orphan = library.files.take(tmp_path / "other.txt").path
    (home.vectors / "abc-123.hnsw").write_text("an index of nobody")
    problems, _ = library.verify()
    assert [problem.split(" ", 1)[1] for problem in problems] == [
        "in the files folder belongs to no document",
        "abc-123.hnsw in the vectors folder belong to no index",
    ]
    assert library.verify(repair=True)[0] == ()
    assert not orphan.exists()
    assert len(list(library.files.all())) == 1


def test_what_somebody_else_put_below_the_home_is_named_and_left_alone(library: Library, study: Study, home: Home) -> None:
    study()
    foreign = home.files / "my thesis.docx"
    foreign.write_text("not ours")
    assert "is no file of ByteBrain's" in library.verify()[0][0]
    assert "is no file of ByteBrain's" in library.verify(repair=True)[0][0]
    assert foreign.exists()


def test_a_library_whose_database_is_damaged_is_made_anew_from_its_files(study: Study, library: Library, home: Home) -> None:
    kept = study()
    with library.database.reading() as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'chunks'").fetchone()
    library.close()
    content = bytearray(home.library.read_bytes())
    content[4096 * (page - 1) : 4096 * page] = b"\xa5" * 4096
    home.library.write_bytes(content)
    with Library.open(home, writable=False) as damaged:
        assert damaged.is_damaged()
        assert damaged.verify()[0]
    assert rebuild_library(home) == 1
    with Library.open(home, writable=True) as anew:
        assert [row.state for row in anew.documents()] == ["queued"]
        assert anew.documents()[0].document == kept
        assert anew.verify() == ((), ())
    assert [path.name for path in home.root.glob("library.*") if path.name != "library.db"] == []


def test_after_a_repair_words_find_their_chunks_again(library: Library, study: Study) -> None:
    study()
    with library.database.transaction() as connection:
        connection.execute("DELETE FROM words WHERE rowid = 1")
    library.verify(repair=True)
    assert [chunk for chunk, _ in library.keywords.ranked('"stack"', 5)] == [1]


def test_a_document_whose_text_is_damaged_waits_for_being_read_again(library: Library, study: Study) -> None:
    document = study()
    with library.database.transaction() as connection:
        connection.execute("UPDATE pages SET text = 'x' WHERE number = 1")
    library.verify(repair=True)
    row = library.document(document)
    assert (row.state, row.pages_read, row.chunks) == ("queued", 0, 0)


def test_a_lost_copy_comes_back_from_where_the_file_was(library: Library, study: Study) -> None:
    document = study()
    copy = library.files.path_of(document)
    assert copy is not None
    copy.unlink()
    assert "copy of its file is missing" in library.verify()[0][0]
    assert library.verify(repair=True)[0] == ()
    assert library.files.path_of(document) == copy
    copy.write_bytes(copy.read_bytes()[:-1])
    assert "wrong size" in library.verify()[0][0]
    assert library.verify(repair=True)[0] == ()


def test_a_damaged_index_file_is_found_and_forgotten(library: Library, study: Study, home: Home) -> None:
    study()
    VectorIndex(library.database, home.vectors, "hashes", graph_from=2).prepare()
    assert library.verify() == ((), ())
    (path,) = home.vectors.glob("*.hnsw")
    path.write_bytes(path.read_bytes()[:-1])
    assert "not the one that was stored" in library.verify()[0][0]
    assert library.verify(repair=True)[0] == ()
    assert list(home.vectors.glob("*.hnsw")) == []


def test_a_reader_can_verify_but_not_repair(library: Library, study: Study, home: Home) -> None:
    study()
    with library.database.transaction() as connection:
        connection.execute("UPDATE documents SET chunk_count = 7")
    with Library.open(home, writable=False) as reader:
        assert len(reader.verify()[0]) == 1
        with pytest.raises(HomeTrouble):
            reader.verify(repair=True)


def test_a_damaged_copy_is_kept_where_there_is_no_other(library: Library, study: Study) -> None:
    document = study()
    copy = library.files.path_of(document)
    assert copy is not None
    half = copy.read_bytes()[:-1]
    copy.write_bytes(half)
    Path(library.document(document).path).unlink()
    problems, _ = library.verify(repair=True)
    assert ["wrong size" in problem for problem in problems] == [True]
    assert copy.read_bytes() == half
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]
    assert library.document(document).pages_read > 0


def test_documents_that_lay_at_one_place_after_the_other_are_all_kept_when_the_database_is_made_anew(study: Study, library: Library, home: Home) -> None:
    first = study(("A stack is a collection.",), name="week.txt")
    path = library.document(first).path
    library.places.mark_gone([path], "notes")
    second = study(("A queue is a collection.",), name="week.txt")
    assert library.forget_replaced() == ()
    library.close()
    assert rebuild_library(home) == 2
    with Library.open(home, writable=True) as anew:
        for document in (first, second):
            anew.mark(document, "ready")
        assert anew.forget_replaced() == ()
        anew.add_path(second, path, stamp="seen there")
        assert anew.forget_replaced() == ()
        assert {row.document for row in anew.documents()} == {first, second}


def test_a_copy_of_the_right_size_and_other_bytes_is_found_and_taken_anew(library: Library, study: Study) -> None:
    document = study()
    copy = library.files.path_of(document)
    assert copy is not None
    content = copy.read_bytes()
    copy.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    assert ["copy of its file is damaged" in problem for problem in library.verify()[0]] == [True]
    assert library.verify(repair=True)[0] == ()
    assert copy.read_bytes() == content

"""`verify` finds planted damage, and repairs it from the truth."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.home import Home
from engine.library.library import Library
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
    "a vector cut short": ("UPDATE vectors SET vector = x'00' WHERE chunk = 1", "wrong size"),
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

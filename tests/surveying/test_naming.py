"""Which document a few words mean."""

from __future__ import annotations

from engine.surveying.naming import documents_named, documents_titled
from engine.values import Document, DocumentId


def document(title: str, path: str) -> Document:
    return Document(DocumentId(title), title, path, "ready", chunks=1)


LIBRARY = (
    document("Structure and Interpretation of Computer Programs, 2nd ed.", "/books/wizard.pdf"),
    document("Operating Systems and Middleware: Supporting Controlled Interaction", "/books/adams_osm.pdf"),
    document("AlgoXY elementary algorithms", "/books/elementary.pdf"),
)


def titles(said: str) -> list[str]:
    return [found.title.split(" ")[0] for found in documents_named(said, LIBRARY, lambda one: "by Ada Baker" if "AlgoXY" in one.title else "")]


def test_a_title_its_initials_a_part_of_it_the_file_and_the_author_name_a_book() -> None:
    assert titles("SICP") == ["Structure"]
    assert titles("Operating Systems and Middleware") == ["Operating"]
    assert titles("operating systems") == ["Operating"]
    assert titles("Adams") == ["Operating"]
    assert titles("Elementary Algorithms") == ["AlgoXY"]
    assert titles("Baker") == ["AlgoXY"]
    assert titles("the wizard") == ["Structure"]
    assert titles("Knuth") == []


def test_a_single_word_of_a_title_is_no_title() -> None:
    assert documents_titled("algorithms", LIBRARY) == ()
    assert documents_titled("programs", LIBRARY) == ()
    assert [found.title for found in documents_titled("elementary algorithms", LIBRARY)] == ["AlgoXY elementary algorithms"]


def test_a_word_that_only_a_name_is_written_like_names_the_book() -> None:
    assert [found.title for found in documents_titled("AlgoXY", LIBRARY)] == ["AlgoXY elementary algorithms"]
    assert documents_titled("Structure", LIBRARY) == ()

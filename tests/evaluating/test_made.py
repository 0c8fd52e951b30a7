"""The set that a library makes of itself: index terms, headings, and what no library is about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.evaluating.labels import Right
from engine.evaluating.made import HEADING, INDEX_TERM, OFF_TOPIC, Outline, headings_of, made_of, terms_of
from engine.home import Home
from engine.library.library import Library
from engine.reading.messages import DocumentOpened, IndexEntry, PageRead
from engine.studying.chunking import Chunk
from engine.values import DocumentId, Section

BOOK, OTHER = DocumentId("ab" * 32), DocumentId("cd" * 32)
ALL = frozenset(range(1, 100))


def outline(document: DocumentId = BOOK, *, entries: tuple[IndexEntry, ...] = (), sections: tuple[Section, ...] = (), pages: frozenset[int] = ALL) -> Outline:
    return Outline(document, entries, sections, pages)


def test_a_term_is_asked_in_the_order_of_speech_and_without_the_ranking_by_indexes() -> None:
    (question,) = terms_of([outline(entries=(IndexEntry("list, circular", (12, 14)),))])
    assert question.question == "circular list"
    assert question.rights == (Right(BOOK, sheet=12), Right(BOOK, sheet=14))
    assert (question.kind, question.without) == (INDEX_TERM, ("named",))


def test_a_term_of_two_books_is_one_question() -> None:
    books = [outline(entries=(IndexEntry("Heap", (3,)),)), outline(OTHER, entries=(IndexEntry("heap", (5,)),))]
    (question,) = terms_of(books)
    assert question.rights == (Right(BOOK, sheet=3), Right(OTHER, sheet=5))


def test_what_says_too_little_or_can_not_be_found_is_not_asked() -> None:
    entries = (IndexEntry("a", (1,)), IndexEntry("+ - *", (1,)), IndexEntry("stack", (400,)))
    assert terms_of([outline(entries=entries)]) == ()


@pytest.mark.parametrize(
    ("title", "question"),
    [
        ("3.4.2 Concurrency", "Concurrency"),
        ("Chapter 7: Files", "Files"),
        ("IV. Trees", "Trees"),
        ("B. Proofs", "Proofs"),
        ("Virtual memory", "Virtual memory"),
        ("A heap", "A heap"),
    ],
)
def test_a_heading_is_asked_without_its_number(title: str, question: str) -> None:
    (found,) = headings_of([outline(sections=(Section(1, 1, title, 4, 5),))])
    assert (found.question, found.kind) == (question, HEADING)
    assert found.rights == (Right(BOOK, sheet=4), Right(BOOK, sheet=5))
    assert found.without == ()


def test_headings_of_long_chapters_and_those_that_come_again_and_again_are_not_asked() -> None:
    long = Section(1, 1, "Everything there is", 1, 60)
    contents = Section(9, 1, "Contents", 61, 61)
    again = tuple(Section(number, 2, "Exercises", number, number) for number in range(2, 5))
    assert headings_of([outline(sections=(long, *again, contents))]) == ()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(Home(tmp_path / "home"), writable=True) as library:
        yield library


def add(library: Library, folder: Path) -> DocumentId:
    """A book of three pages, one of which holds no words to be found."""
    path = folder / "book.txt"
    path.write_text("a book", encoding="utf-8")
    document = library.register(library.files.take(path), path=str(path)).document
    texts = ("A stack is last in, first out (LIFO).", "You make pancakes without eggs from flour, milk and soda.")
    sections = [Section(1, 1, "Stacks", 1, 1), Section(2, 1, "Pancakes", 2, 2), Section(3, 1, "Blank", 3, 3)]
    library.begin(document, DocumentOpened("pdf", "Book", 3, True, ()), sections, reader_version=1)
    pages = [PageRead(number, None, 500.0, 700.0, "text", text, (), ()) for number, text in enumerate((*texts, ""), 1)]
    library.append(document, pages, [Chunk(number, 0, len(text), text, number, (), "") for number, text in enumerate(texts, 1)])
    library.store_index(document, [IndexEntry("stack", (1,)), IndexEntry("LIFO", (1,)), IndexEntry("blank page", (3,)), IndexEntry("volume two", (2,))])
    library.mark(document, "ready")
    return document


def test_a_library_makes_a_set_of_itself(library: Library, tmp_path: Path) -> None:
    document = add(library, tmp_path)
    made = made_of(library, library.documents(), count=20, seed=1)
    inside = [question for question in made if question.answerable]
    assert {(question.question, question.kind) for question in inside} == {
        ("stack", INDEX_TERM),
        ("LIFO", INDEX_TERM),
        ("Stacks", HEADING),
        ("Pancakes", HEADING),
    }
    assert {right.document for question in inside for right in question.rights} == {document}
    outside = [question for question in made if not question.answerable]
    assert len(outside) == 20
    assert {question.kind for question in outside} == {OFF_TOPIC}
    assert len({question.id for question in made}) == len(made)
    assert made == made_of(library, library.documents(), count=20, seed=1)


def test_a_page_that_does_not_hold_the_words_of_its_term_is_no_label(library: Library, tmp_path: Path) -> None:
    document = add(library, tmp_path)
    library.store_index(document, [IndexEntry("stack", (1, 2)), IndexEntry("soda", (1,))])
    terms = [question for question in made_of(library, library.documents(), count=20, seed=1) if question.kind == INDEX_TERM]
    assert [(term.question, term.rights) for term in terms] == [("stack", (Right(document, sheet=1),))]


def test_what_a_library_may_be_about_is_not_off_topic_for_it(library: Library, tmp_path: Path) -> None:
    add(library, tmp_path)
    asked = [{question.question for question in made_of(library, library.documents(), count=20, seed=seed) if not question.answerable} for seed in range(60)]
    assert "How do I make pancakes without eggs?" not in set().union(*asked)
    assert len(set().union(*asked)) > 50


def test_half_of_a_set_is_index_terms_and_half_headings_as_far_as_there_are_both(library: Library, tmp_path: Path) -> None:
    add(library, tmp_path)
    kinds = [question.kind for question in made_of(library, library.documents(), count=2, seed=1) if question.answerable]
    assert sorted(kinds) == [HEADING, INDEX_TERM]
    assert len([question for question in made_of(library, library.documents(), count=3, seed=1) if question.answerable]) == 3

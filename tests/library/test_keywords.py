"""Search by words over a small library."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.library.keywords import all_of, any_of
from engine.library.library import Library
from engine.library.question import read_question
from engine.values import DocumentId

Study = Callable[..., DocumentId]


def pages_found(library: Library, question: str) -> list[int]:
    asked = read_question(question)
    frequencies = library.keywords.frequencies(asked.terms)
    expression = any_of(asked.terms, frequencies, library.keywords.chunk_count())
    ids = [chunk for chunk, _ in library.keywords.ranked(expression, 50)] if expression else []
    chunks = library.chunks(ids)
    return [chunks[chunk].page for chunk in ids]


@pytest.mark.parametrize(
    ("question", "page"),
    [("What is a stack?", 1), ("queues", 2), ("红黑树", 4), ("什么是二叉查找树？", 4), ("平", 4), ("red-black tree", 3), ("last-in", 1)],
)
def test_words_of_every_script_are_found(library: Library, study: Study, question: str, page: int) -> None:
    study()
    assert pages_found(library, question)[0] == page


@pytest.mark.parametrize(("asked", "written"), [("вычисление", "вычислений"), ("деревья", "дерева"), ("стек", "стеке"), ("στοίβα", "στοίβας")])
def test_words_of_other_alphabets_are_found_in_their_other_forms(library: Library, study: Study, asked: str, written: str) -> None:
    study(["Здесь говорится совсем о чём-то другом.", f"Мы говорим о {written}."])
    assert pages_found(library, asked) == [2]


def test_a_word_that_the_books_write_in_two_is_asked_for_so(library: Library, study: Study) -> None:
    study(["Quick sort divides a list. A hash table has buckets.", "A hashmap is found in Java. Threads wait."])
    part = library.keywords.part_compounds
    assert part("What is quicksort?") == "What is quick sort?"
    assert part("How do hashtables grow?") == "How do hash tables grow?"
    assert part("What is a hashmap?") == "What is a hashmap?"  # it stands so in a book
    assert part("What are mergesort and football?") == "What are mergesort and football?"
    assert part("quicksort.py, /quicksort and quick_sort") == "quicksort.py, /quicksort and quick_sort"


@pytest.mark.parametrize("name", ["call/cc", "O(n log n)", "__init__", "list-tail", "\\hbox", "set!", "a.b", "C++", "#,@"])
def test_identifiers_are_found_as_typed(library: Library, study: Study, name: str) -> None:
    study(["Nothing but a list, a call, a set, a tail, init, and n log.", f"Here we use {name} for once."])
    assert pages_found(library, name)[0] == 2


@pytest.mark.parametrize(
    "question",
    [
        '"',
        '" OR text:*',
        "stack AND NOT queue",
        "NEAR(stack queue, 2)",
        "text : stack",
        "stack*",
        "^stack",
        "{text section} : x",
        "(((",
        "'; DROP TABLE words;--",
        "\0stack\0",
    ],
)
def test_nothing_that_a_person_types_is_query_syntax(library: Library, study: Study, question: str) -> None:
    study()
    asked = read_question(question)
    frequencies = library.keywords.frequencies(asked.terms)
    for expression in (any_of(asked.terms, frequencies, 4), all_of(asked.terms, frequencies), asked.phrase):
        if expression is not None:
            library.keywords.ranked(expression, 10)
    assert library.verify() == ((), ())


def test_words_are_counted_by_chunks(library: Library, study: Study) -> None:
    study()
    terms = read_question("collections red-black tree zebra 红黑").terms
    assert dict(zip([term.text for term in terms], library.keywords.frequencies(terms), strict=True)) == {
        "collections": 4,  # it stands in every section path
        "red-black": 1,
        "tree": 1,
        "zebra": 0,
        "红黑": 1,
    }

"""A question finds the terms of the books' own indexes, however their words are ordered and bent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.library.book_indexes import MOST_WORDS, keys_asked, keys_of
from engine.library.keywords import Stems


@pytest.fixture
def stems() -> Iterator[Stems]:
    stems = Stems()
    yield stems
    stems.close()


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("merge sort", "sorting, merge"),
        ("the order of growth", "orders of growth"),
        ("mark-sweep collectors", "mark-sweep collector"),
        ("call/cc", "call/cc"),
        ("set!", "set!"),
        ("\\hbox", "\\hbox"),
        ("Horner's rule", "Horner’s rule"),
        ("红黑树", "红黑树"),
        ("to be", "to be"),
    ],
)
def test_question_and_term_meet_in_a_key(stems: Stems, question: str, term: str) -> None:
    (key,) = keys_of([term], stems)
    assert keys_asked(question, stems)[key] == 1.0


def test_a_term_within_a_longer_question_is_found_with_the_share_that_it_covers(stems: Stems) -> None:
    asked = keys_asked("virtual memory in small machines", stems)
    assert asked[keys_of(["memory, virtual"], stems)[0]] == pytest.approx(0.5)
    assert keys_of(["memory"], stems)[0] not in asked
    chinese = keys_asked("红黑树的旋转", stems)
    assert chinese[keys_of(["红黑树"], stems)[0]] == pytest.approx(0.6)


def test_different_terms_do_not_meet(stems: Stems) -> None:
    terms = keys_of(["set", "set!", "merge sort", "merge", "quick sort"], stems)
    assert len(set(terms)) == len(terms)
    assert keys_of(["set!"], stems)[0] not in keys_asked("set", stems)


def test_nothing_and_very_much_are_asked_without_harm(stems: Stems) -> None:
    assert keys_asked("", stems) == {}
    assert len(keys_asked("?!", stems)) <= 1
    assert len(keys_asked("word " * 5000, stems)) <= MOST_WORDS * 6
    assert len(keys_asked("树" * 3000, stems)) < 100_000

"""What counts as an algorithm, a structure or a statement, and what does not."""

from __future__ import annotations

import pytest

from engine.surveying.collecting import collect
from engine.surveying.material import Material, Unit, gather
from engine.surveying.wanted import Kind

from .conftest import AddBook, Part

AddPart = tuple[str, ...]


@pytest.fixture
def material(library, add_book: AddBook):  # type: ignore[no-untyped-def]
    """Makes the material of a section with these paragraphs."""

    def make(*paragraphs: str, heading: str = "1 Trees") -> Material:
        parts: tuple[Part, ...] = ((1, heading, paragraphs),)
        document = add_book(parts, name=f"book{abs(hash(paragraphs))}.pdf")
        return gather(library, library.document(document), Unit("1", heading, heading, (1,)))

    return make


def texts(material: Material, kind: Kind, *, timed: bool = False, about: str = "") -> list[str]:
    return [note.text for note in collect(material, kind, timed=timed, about=about)]


def test_a_time_of_nothing_named_is_no_running_time(material) -> None:  # type: ignore[no-untyped-def]
    made = material(
        "Heap sort takes O(n log n) time. The algorithm is bound to O(n) time in the best case. The number of trees in the binomial heap is at most O(log n).",
        "If we use a faster heap, heap merging will be O(1) time. A binary heap needs O(n) memory for its items.",
    )
    assert texts(made, "algorithms", timed=True) == ["Heap sort takes O(n log n) time."]


def test_each_algorithm_is_listed_once_by_its_best_sentence(material) -> None:  # type: ignore[no-untyped-def]
    made = material(
        "Insertion sort takes O(n^2) time. For a list of n names insertion sort can be said to need O(n^2) time as well. Merge sort takes O(n log n) time."
    )
    assert texts(made, "algorithms", timed=True) == ["Insertion sort takes O(n^2) time.", "Merge sort takes O(n log n) time."]


def test_only_those_that_are_asked_for(material) -> None:  # type: ignore[no-untyped-def]
    made = material("*Binary search* is an algorithm that halves a sorted list. *Merge sort* is an algorithm that merges sorted halves.")
    assert texts(made, "algorithms", about="merge") == ["Merge sort is an algorithm that merges sorted halves."]
    assert len(texts(made, "algorithms")) == 2


def test_a_method_that_a_section_speaks_of_is_one_of_its_algorithms(material) -> None:  # type: ignore[no-untyped-def]
    made = material(
        "Round-robin scheduling gives every thread its turn. Many systems use round-robin scheduling for their users. A search in a list may be slow."
    )
    assert texts(made, "algorithms") == ["Round-robin scheduling gives every thread its turn."]


def test_structures_are_said_to_be_something(material) -> None:  # type: ignore[no-untyped-def]
    made = material("A *heap* is a tree in which no child is smaller than its parent. We put all items into a heap. The queue was very long on that day.")
    assert texts(made, "structures") == ["A heap is a tree in which no child is smaller than its parent."]


def test_a_definition_takes_along_what_it_points_back_to(material) -> None:  # type: ignore[no-untyped-def]
    made = material("Two threads may wait for each other without an end. This situation is called a *deadlock*. This is a rare thing.")
    assert texts(made, "definitions") == ["Two threads may wait for each other without an end. This situation is called a deadlock."]


def test_a_connecting_word_is_left_out_of_a_line_and_of_its_quotation(material) -> None:  # type: ignore[no-untyped-def]
    made = material("Locks cost time. More generally, a *deadlock* exists whenever threads wait for each other in a circle.")
    (note,) = collect(made, "definitions")
    assert note.text == "A deadlock exists whenever threads wait for each other in a circle."
    assert made.passages[0].text[note.start : note.end].startswith("a deadlock exists")


def test_a_long_statement_ends_with_a_sentence(material) -> None:  # type: ignore[no-untyped-def]
    made = material("Theorem 1.1. Every tree with n nodes has n minus one edges. " + "It has them whatever else is said of it in this book. " * 12)
    (said,) = texts(made, "theorems")
    assert said.startswith("Theorem 1.1. Every tree")
    assert said.endswith(".")
    assert len(said) <= 480

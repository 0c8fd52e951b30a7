"""Printed page numbers become pages counted from 1."""

from __future__ import annotations

from engine.reading.pdf.numbering import PageNumbers, shift_of


def test_labels_of_the_file_decide() -> None:
    numbers = PageNumbers(["i", "ii", "1", "2", "A-1", "3-14"], None)
    assert [numbers.page_of(label) for label in ("ii", "2", "A-1", "7")] == [2, 4, 5, None]
    assert numbers.pages_of("3-14") == (6,)


def test_runs_are_written_in_full_or_short_and_a_chapter_is_its_first_page() -> None:
    numbers = PageNumbers([str(number) for number in range(1, 400)], None)
    assert numbers.pages_of("12–15") == (12, 13, 14, 15)
    assert numbers.pages_of("312-5") == (312, 313, 314, 315)
    assert numbers.pages_of("20–200") == (20,)
    assert numbers.pages_of("15–12") == (15,)
    assert numbers.pages_of("1984") == ()


def test_a_cover_that_is_called_page_1_as_well_loses_to_the_count_that_most_pages_follow() -> None:
    numbers = PageNumbers(["1", "2", "i", "ii", "1", "2", "3", "4", "5"], None)
    assert numbers.page_of("1") == 5
    assert numbers.page_of("2") == 6


def test_what_is_printed_overrules_labels_that_merely_count() -> None:
    counted = [str(number) for number in range(1, 101)]
    assert PageNumbers(counted, -12).page_of("30") == 42
    assert PageNumbers(counted, 0).page_of("30") == 30


def test_margins_vote_on_the_distance() -> None:
    assert shift_of([{-12}, {-12, 3}, {-12}, set(), {-12, 40}, {5}]) == -12
    assert shift_of([{-12}, {3}, {-12}, {3}, {-12}, {3}]) is None
    assert shift_of([{-12}, {-12}]) is None
    assert shift_of([]) is None
    assert shift_of([{1}, {1}, {1}, *[set[int]() for _ in range(20)]]) is None


def test_nothing_known_says_so() -> None:
    assert not PageNumbers([None, None], None).known
    assert PageNumbers([None, None], 0).known

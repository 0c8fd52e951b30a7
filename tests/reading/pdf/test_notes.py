"""Footnotes are told apart from the text above them."""

from __future__ import annotations

from engine.reading.pdf.notes import note_size_of, notes_among, opens_note, shown_mark
from engine.reading.pdf.printed import RAISED, PrintedLine, PrintedWord, measured_line


def line(text: str, y: float, *, size: float = 10.0, x: float = 72.0, mark: str = "") -> PrintedLine:
    """A line in type of half an em per character; `mark` is raised before its first word."""
    words = []
    if mark:
        words.append(PrintedWord(mark, x, y - 2, x + 4, y + 4, 6.0, RAISED, False))
        x += 4
    for index, word in enumerate(text.split()):
        width = len(word) * size / 2
        words.append(PrintedWord(word, x, y, x + width, y + size, size, 0, bool(mark) and not index))
        x += width + size / 2
    return measured_line(words, 0)


BODY = "a line of the text which is as wide as the column of the page is here"
NOTE = "a line of a note that is as wide as the column is"


def body(count: int, *, first: float = 100.0) -> list[PrintedLine]:
    return [line(BODY, first + 12 * row) for row in range(count)]


def notes(*lines: PrintedLine, note_size: float | None = None) -> list[list[int]]:
    return notes_among(lines, body_size=10.0, note_size=note_size)


def test_what_a_raised_mark_opens_in_small_type_at_the_foot_is_a_note() -> None:
    page = [*body(3), line(NOTE, 160, size=8, mark="1"), line(NOTE, 170, size=8), line(NOTE, 180, size=8, mark="2")]
    assert notes(*page) == [[3, 4], [5]]


def test_small_type_that_text_follows_is_no_note() -> None:
    page = [*body(3), line(NOTE, 160, size=8, mark="1"), *body(3, first=180)]
    assert notes(*page) == []


def test_the_foot_of_one_column_says_nothing_about_the_other() -> None:
    left = [line("in the left column", 100), line("note of the left", 400, size=8, mark="*")]
    right = [line("in the right column", 100, x=320), line("and more of it", 500, x=320)]
    assert notes(*left, *right) == [[1]]


def test_a_note_that_goes_on_from_the_page_before_has_the_size_of_notes_and_white_above_it() -> None:
    page = [*body(3), line("whose end stands on this page of the book, below some white and as wide as it", 145, size=8)]
    assert notes(*page, note_size=8.0) == [[3]]
    assert notes(*page) == []
    assert notes(*page, note_size=7.0) == []


def test_powers_and_text_of_the_usual_size_open_no_note() -> None:
    assert notes(*body(2), line("times the size of it", 130, mark="2")) == []
    assert not opens_note(line("12", 130, size=8, mark="2"))


def test_marks_are_shown_raised_and_signs_as_they_are() -> None:
    assert (shown_mark("36"), shown_mark("∗"), shown_mark("†")) == ("³⁶", "*", "†")


def test_the_size_of_notes_is_that_of_most_marked_lines_in_small_type() -> None:
    assert note_size_of({8.0: 5, 9.0: 2, 10.0: 40}, 10.0) == 8.0
    assert note_size_of({10.0: 40}, 10.0) is None

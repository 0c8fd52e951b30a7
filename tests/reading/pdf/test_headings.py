"""Headings without an outline: levels come from their numbers or their type, and what is none stays out."""

from __future__ import annotations

from engine.reading.pdf.headings import Heading, headings_on, outline_of
from engine.reading.pdf.printed import BOLD, MONO, PrintedLine, PrintedWord, measured_line


def line(text: str, y: float, *, size: float = 10.0, style: int = 0) -> PrintedLine:
    words, x = [], 72.0
    for word in text.split():
        width = len(word) * size / 2
        words.append(PrintedWord(word, x, y, x + width, y + size, size, style, False))
        x += width + size / 2
    return measured_line(words, 0)


def found(*lines: PrintedLine) -> list[str]:
    return [heading.text for heading in headings_on(3, lines, body_size=10.0)]


def heading(text: str, page: int, *, size: float = 14.0, bold: bool = True, top: float = 100.0) -> Heading:
    return Heading(page, top, top + size, text, size, bold)


def levels(*headings: Heading, pages: int = 100) -> list[tuple[int, str]]:
    return [(entry.level, entry.title) for entry in outline_of(headings, pages)]


def test_larger_type_and_bold_lines_with_white_above_are_headings() -> None:
    text = line("A heap keeps its smallest item at the root, and", 130)
    assert found(line("Binary Heaps", 100, size=16), text, line("of which we speak", 142)) == ["Binary Heaps"]
    assert found(text, line("Why they are quick", 150, style=BOLD), line("They are balanced, and so", 164)) == ["Why they are quick"]
    assert found(text, line("Why they are quick", 141, style=BOLD)) == []


def test_a_heading_of_two_lines_is_one() -> None:
    assert found(line("A very long heading that goes", 100, size=16), line("on in a second line", 118, size=16)) == [
        "A very long heading that goes on in a second line"
    ]


def test_captions_statements_code_and_sentences_are_none() -> None:
    assert found(line("Figure 3: A heap", 100, size=14)) == []
    assert found(line("Theorem 3. A heap is", 100, style=BOLD)) == []
    assert found(line("def heap(items):", 100, size=14, style=MONO)) == []
    assert found(line("This is a sentence in larger type.", 100, size=14)) == []
    assert found(line("17", 100, size=30)) == []


def test_numbers_state_the_levels() -> None:
    assert levels(heading("Chapter 1 Sorting", 1), heading("1.1 Merging", 2, size=12), heading("1.1.1 In place", 3, size=12), heading("2 Trees", 9)) == [
        (1, "Chapter 1 Sorting"),
        (2, "1.1 Merging"),
        (3, "1.1.1 In place"),
        (1, "2 Trees"),
    ]


def test_without_numbers_the_type_states_them_and_what_occurs_once_is_decoration() -> None:
    headings = [heading("Trees", 2, size=20), heading("Rotations", 3), heading("ORNATE", 4, size=40), heading("Graphs", 9, size=20), heading("Paths", 10)]
    assert levels(*headings) == [(1, "Trees"), (2, "Rotations"), (1, "Graphs"), (2, "Paths")]


def test_a_chapters_number_and_the_title_below_it_are_one_heading() -> None:
    assert levels(heading("Chapter 4", 40, size=20), heading("Synchronization", 40, size=24, top=150), heading("4.1 Locks", 41)) == [
        (1, "Chapter 4 Synchronization"),
        (2, "4.1 Locks"),
    ]


def test_lines_of_a_table_of_contents_dates_and_what_recurs_are_none() -> None:
    recurring = [heading("Algorithms", page) for page in range(5, 12)]
    assert levels(heading("20 February 1998", 1), heading("1.2 Lists 17", 2), heading("1.2 Lists", 17), *recurring) == [(1, "1.2 Lists")]


def test_a_page_full_of_headings_says_nothing() -> None:
    assert outline_of([heading(f"Item {letter}", page, top=20.0 * number) for page in (1, 2) for number, letter in enumerate("abcdefghij")], 2) == ()
    assert outline_of([], 10) == ()

"""Cells that stand in rows and columns are a table, two columns of text are none."""

from __future__ import annotations

from engine.reading.pdf.printed import PrintedLine, PrintedWord, measured_line
from engine.reading.pdf.tables import merged_row, tables_among


def cell(text: str, x: float, y: float, block: int) -> PrintedLine:
    words = []
    for word in text.split():
        words.append(PrintedWord(word, x, y, x + 5 * len(word), y + 10, 10.0, 0, False))
        x += 5 * len(word) + 5
    return measured_line(words, block)


def grid(*rows: tuple[str, ...], y: float = 100.0) -> list[PrintedLine]:
    return [cell(text, 72 + 120 * column, y + 16 * row, 10 * row + column) for row, texts in enumerate(rows) for column, text in enumerate(texts) if text]


def test_cells_of_their_own_blocks_are_rows_of_a_table() -> None:
    lines = grid(("sort", "best", "worst"), ("merge", "n log n", "n log n"), ("quick", "n log n", "n squared"))
    assert tables_among(lines) == [[[0, 1, 2], [3, 4, 5], [6, 7, 8]]]
    assert merged_row(lines[3:6], -1).text == "merge n log n n log n"


def test_a_cell_may_go_on_in_the_next_row() -> None:
    lines = grid(("name", "what it does"), ("push", "puts an item"), ("", "on the stack"), ("pop", "takes one off"), ("top", "looks at one"))
    assert len(tables_among(lines)[0]) == 5


def test_two_columns_of_text_are_no_table() -> None:
    text = "words that fill the line of a column"
    lines = [cell(text, x, 100 + 12 * row, number) for number, x in enumerate((72.0, 320.0)) for row in range(8)]
    assert tables_among(lines) == []


def test_entries_beside_each_other_in_two_columns_of_text_are_no_table() -> None:
    prose = [cell("a sentence of so many words in it", x, 100 + 12 * row, number) for number, x in enumerate((72.0, 320.0)) for row in range(4)]
    short = [cell(f"(car {row})", x, 160 + 12 * row, 5 + number) for number, x in enumerate((72.0, 320.0)) for row in range(5)]
    assert tables_among([*prose, *short]) == []


def test_labels_of_a_drawing_and_equations_are_none() -> None:
    labels = [cell(text, x, 100 + 11 * row, number) for number, x in enumerate((72.0, 300.0)) for row, text in enumerate(("private", "storage", "of one"))]
    assert tables_among(labels) == []
    assert tables_among(grid(("x", "= 1"), ("y", "= 2"), ("z", "= 3"))) == []

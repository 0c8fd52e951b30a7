"""A page of text as paragraphs of every kind, what stands apart taken out first."""

from __future__ import annotations

from engine.reading.pdf.printed import ITALIC, RAISED, PrintedLine, PrintedWord, measured_line
from engine.reading.pdf.structure import paragraphs_on


def line(text: str, *, x: float = 72.0, y: float = 100.0, size: float = 10.0, block: int = 0, style: int = 0, mark: str = "") -> PrintedLine:
    words = [PrintedWord(mark, x - 4, y, x, y + 5, 6.0, RAISED, False)] if mark else []
    for word in text.split():
        width = len(word) * size / 2
        words.append(PrintedWord(word, x, y, x + width, y + size, size, style, False))
        x += width + size / 2
    return measured_line(words, block)


def kinds(*lines: PrintedLine, note_size: float | None = None, recognised: bool = False) -> list[tuple[str, str]]:
    found = paragraphs_on(lines, body_size=10.0, note_size=note_size, titles=(), recognised=recognised)
    return [(paragraph.kind, paragraph.text) for paragraph in found]


def test_a_sentence_goes_on_in_the_next_column_past_the_notes_of_the_first() -> None:
    assert kinds(
        line("A heap keeps its smallest item", y=100),
        line("at the root, from which it can", y=112),
        line("See the first chapter of it.", y=700, size=8, block=1, mark="1"),
        line("be taken in no time at all.", x=320, y=100, block=2),
    ) == [
        ("prose", "A heap keeps its smallest item at the root, from which it can be taken in no time at all."),
        ("footnote", "1 See the first chapter of it."),
    ]


def test_cells_become_a_table_in_the_place_of_the_first() -> None:
    cells = [
        line(text, x=x, y=130 + 16 * row, block=2 + 2 * row + column) for row in range(3) for column, (text, x) in enumerate((("sort", 72), ("time", 200)))
    ]
    assert [kind for kind, _ in kinds(line("The times are these here:", y=100), *cells, line("They are good to know.", y=200, block=9))] == [
        "prose",
        "table",
        "prose",
    ]


def test_an_algorithm_that_was_cut_into_blocks_is_whole() -> None:
    page = [
        line("1: function Find(T, k)", y=100, block=1),
        line("2: while T is not empty do", y=112, block=1),
        line("3: if k = Key(T) then", y=124, block=2),
        line("4: return T", y=136, block=3),
        line("It takes as long as the tree is high.", y=160, block=4),
    ]
    assert [kind for kind, _ in kinds(*page)] == ["code", "prose"]


def test_a_theorem_in_italics_keeps_its_second_paragraph_and_the_proof_is_another() -> None:
    page = [
        line("Theorem 3.1. Every tree has a root.", y=100, style=ITALIC),
        line("Every root has a tree above it.", y=124, block=1, style=ITALIC),
        line("This is easy to see from the definition.", y=148, block=2),
    ]
    assert [kind for kind, _ in kinds(*page)] == ["theorem", "prose"]


def test_what_was_recognised_in_a_picture_is_too_rough_for_notes() -> None:
    page = [line("A heap keeps its smallest item.", y=100), line("See the first chapter of it.", y=700, size=8, block=1, mark="1")]
    assert [kind for kind, _ in kinds(*page, recognised=True)] == ["prose", "prose"]

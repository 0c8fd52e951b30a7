"""The index at the back of a book becomes terms and the pages that they name."""

from __future__ import annotations

from collections.abc import Sequence

from engine.reading.messages import Block, IndexEntry, PageRead, Word
from engine.reading.pdf.bookindex import parse_index
from engine.reading.pdf.numbering import PageNumbers

LABELS = [*("i", "ii", "iii", "iv"), *map(str, range(1, 401))]
"""Four pages before page 1: page 12 of the book is the sixteenth of the file."""


def index_page(rows: Sequence[tuple[float, str]], *, number: int = 390, columns: Sequence[Sequence[tuple[float, str]]] = ()) -> PageRead:
    """A page with a row every 12 points, each at its left edge; type is 5 points wide and 10 high."""
    text, words, blocks = "", [], []
    for column in (rows, *columns):
        text += "\n\n" if text else ""
        first = len(text)
        for row, (left, line) in enumerate(column):
            text += "\n" if len(text) > first else ""
            begin = len(text)
            place = 0
            for word in line.split():
                place = line.index(word, place)
                x = left + 5.0 * place
                words.append(Word(begin + place, begin + place + len(word), x, 80 + 12 * row, x + 5.0 * len(word), 90 + 12 * row))
                place += len(word)
            text += line
        blocks.append(Block("table", first, len(text)))
    return PageRead(number, None, 600, 800, "index", text, tuple(blocks), tuple(words))


def entries(*pages: PageRead, labels: Sequence[str | None] = LABELS, shift: int | None = None) -> list[tuple[str, tuple[int, ...]]]:
    return [(entry.term, entry.pages) for entry in parse_index(pages, PageNumbers(labels, shift))]


def test_entries_runs_and_notes_become_counted_pages() -> None:
    page = index_page(
        [
            (72, "Index"),
            (72, "A"),
            (72, "abort, 1"),
            (72, "atomicity, 12–15, 40"),
            (72, "AMD64, 125n"),
            (72, "address, 312–5"),
            (72, "preface, iii"),
            (72, "axiom, 7f"),
        ]
    )
    assert entries(page) == [
        ("abort", (5,)),
        ("atomicity", (16, 17, 18, 19, 44)),
        ("AMD64", (129,)),
        ("address", (316, 317, 318, 319)),
        ("preface", (3,)),
        ("axiom", (11, 12)),
    ]


def test_what_stands_under_an_entry_carries_its_name() -> None:
    page = index_page([(72, "list, 10"), (92, "circular, 12"), (92, "linked"), (112, "doubly, 14"), (72, "loop, 20")])
    assert entries(page) == [("list", (14,)), ("list, circular", (16,)), ("list, linked, doubly", (18,)), ("loop", (24,))]


def test_lines_that_go_on_are_joined() -> None:
    page = index_page(
        [
            *((72, "Access Control, Discretionary, 295,"), (102, "317"), (72, "fill the whole width of the column"), (102, "with words, 9")),
            *((72, "tail-recursive call minimum find-"), (102, "ing, 8"), (72, "stack, 4")),
        ]
    )
    assert entries(page) == [
        ("Access Control, Discretionary", (299, 321)),
        ("fill the whole width of the column with words", (13,)),
        ("tail-recursive call minimum finding", (12,)),
        ("stack", (8,)),
    ]


def test_columns_are_read_one_after_the_other_and_an_entry_goes_on_in_the_next() -> None:
    left = [(72.0, f"alpha{row}, {row + 1}") for row in range(10)] + [(72.0, "beta, 30")]
    right = [(300.0, "beta, see alpha1")] + [(300.0, f"gamma{row}, {row + 50}") for row in range(10)]
    found = dict(entries(index_page(left, columns=[right])))
    assert found["alpha3"] == (8,)
    assert found["gamma0"] == (54,)
    assert found["beta"] == (34, 6)


def test_dots_and_white_lead_to_pages_too() -> None:
    assert entries(index_page([(72, "abstract models . . . . . . 124"), (72, "address. . . .132"), (72, "accumulator . . . 58, 307")])) == [
        ("abstract models", (128,)),
        ("address", (136,)),
        ("accumulator", (62, 311)),
    ]
    assert entries(index_page([(36, "abs 22; 24"), (36, "call 9"), (36, "binding construct 6"), (36, "boolean? 25; 6")])) == [
        ("abs", (26, 28)),
        ("call", (13,)),
        ("binding construct", (10,)),
        ("boolean?", (29, 10)),
    ]


def test_a_number_in_a_term_is_no_page() -> None:
    found = entries(index_page([(72, "Windows 95, 12"), (72, "abort, 3"), (72, "atomic, 4"), (72, "axiom, 5"), (72, "base 16 numbers, 20")]))
    assert found[0] == ("Windows 95", (16,))
    assert found[-1] == ("base 16 numbers", (24,))


def test_see_sends_to_the_pages_of_what_it_names() -> None:
    page = index_page([(72, "access control list, 272"), (72, "ACL, see access control list"), (72, "tables, 12, see also lists"), (72, "lists, 40")])
    assert dict(entries(page)) == {"access control list": (276,), "ACL": (276,), "tables": (16, 44), "lists": (44,)}


def test_entries_run_in_with_semicolons_stand_under_the_first() -> None:
    page = index_page([(72, "lists, 12; circular, 15; linked, 17, 19"), (72, "loops, 3")])
    assert entries(page) == [("lists", (16,)), ("lists, circular", (19,)), ("lists, linked", (21, 23)), ("loops", (7,))]


def test_a_sign_that_hangs_out_does_not_put_what_follows_under_it() -> None:
    page = index_page([(70, "\\circle, 89"), (75, "circuit, 90"), (70, "\\cite, 69"), (75, "colour, 81"), (75, "comma, 21")])
    assert [term for term, _ in entries(page)] == ["\\circle", "circuit", "\\cite", "colour", "comma"]


def test_chinese_entries() -> None:
    assert entries(index_page([(72, "二叉树, 12, 30"), (72, "平衡树，参见 二叉树"), (72, "动态规划，45")])) == [
        ("二叉树", (16, 34)),
        ("平衡树", (16, 34)),
        ("动态规划", (49,)),
    ]


def test_without_labels_the_printed_numbers_decide_and_without_either_nothing_is_said() -> None:
    page = index_page([(72, "abort, 1"), (72, "axiom, 12")])
    assert entries(page, labels=[None] * 400, shift=-4) == [("abort", (5,)), ("axiom", (16,))]
    assert entries(page, labels=[None] * 400) == []


def test_pages_that_the_book_does_not_have_are_left_out() -> None:
    assert entries(index_page([(72, "abort, 1"), (72, "Orwell, 1984"), (72, "axiom, 12")])) == [("abort", (5,)), ("axiom", (16,))]


def test_the_same_term_twice_is_one_entry() -> None:
    assert parse_index([index_page([(72, "bug, 5"), (72, "Bug, 8, 5")])], PageNumbers(LABELS, None)) == (IndexEntry("bug", (9, 12)),)


def test_damaged_pages_say_nothing() -> None:
    empty = PageRead(3, None, 600, 800, "index", "", (), ())
    wordless = PageRead(3, None, 600, 800, "index", "abort, 1", (Block("table", 0, 8),), ())
    assert entries(empty, wordless) == []

"""Printed lines become clean text whose every word knows its box."""

from __future__ import annotations

from engine.reading.messages import PageRead
from engine.reading.pdf.layout import compose_page, typography_of
from engine.reading.pdf.printed import BOLD, ITALIC, MATH, MONO, RAISED, PrintedLine, PrintedPage, PrintedWord, clean, measured_line, style_of_font


def make_line(text: str, *, x: float = 72.0, y: float = 100.0, size: float = 10.0, style: int = 0, block: int = 0, glued: tuple[int, ...] = ()) -> PrintedLine:
    """A hand-made line in type of half an em per character; words whose index is in `glued` have no space before them."""
    words: list[PrintedWord] = []
    for index, word in enumerate(text.split()):
        width = len(word) * size / 2
        words.append(PrintedWord(word, x, y, x + width, y + size, size, style, index in glued))
        x += width + size / 2
    return measured_line(words, block)


def composed(*lines: PrintedLine, titles: tuple[str, ...] = (), body: PrintedLine | None = None) -> PageRead:
    page = PrintedPage(3, None, 600.0, 800.0, 0, 0, lines, False)
    sample = PrintedPage(1, None, 600.0, 800.0, 0, 0, (body or make_line("ordinary prose in the size of the body " * 5),), False)
    return compose_page(page, heads=(), typography=typography_of([sample, page]), titles=set(titles), position=0.5)


def texts(page: PageRead) -> list[tuple[str, str]]:
    return [(block.kind, page.text[block.start : block.end]) for block in page.blocks]


def test_lines_of_a_paragraph_are_joined_by_a_space() -> None:
    page = composed(make_line("A stack is a"), make_line("last-in first-out list.", y=112))
    assert page.text == "A stack is a last-in first-out list."


def test_a_word_that_was_hyphenated_at_a_line_end_is_whole_again_and_has_two_boxes() -> None:
    page = composed(make_line("the imple-"), make_line("mentation of it", y=112))
    assert page.text == "the implementation of it"
    first, second = (word for word in page.words if page.text[word.start : word.end] in ("imple", "mentation"))
    assert (first.start, first.end, second.start, second.end) == (4, 9, 9, 18)
    assert (first.y0, second.y0) == (100, 112)


def test_a_hyphen_stays_where_the_book_uses_the_word_with_it() -> None:
    page = composed(
        make_line("An object-oriented one."), make_line("It is object-", y=112), make_line("oriented and Knuth-", y=124), make_line("Morris is not.", y=136)
    )
    assert "It is object-oriented and Knuth-Morris is not." in page.text


def test_ligatures_are_spelled_out_and_invisible_characters_go() -> None:
    assert clean("e\ufb03cient \ufb01le\x00\u200b\ufeff\ud800") == "efficient file"


def test_footnote_marks_leave_their_words_but_powers_stay() -> None:
    marked = measured_line(
        [
            PrintedWord("procedure.", 72, 100, 120, 110, 10, 0, False),
            PrintedWord("24", 120, 98, 126, 104, 7, RAISED, True),
            PrintedWord("x", 130, 100, 135, 110, 10, MATH, False),
            PrintedWord("2", 135, 98, 138, 104, 7, RAISED, True),
        ],
        0,
    )
    note = measured_line(
        [
            PrintedWord("24", 72, 700, 76, 706, 7, RAISED, False),
            PrintedWord("Readers", 76, 700, 100, 709, 9, 0, True),
            *make_line("may skip it.", x=104, y=700, size=9).words,
        ],
        1,
    )
    assert texts(composed(marked, note)) == [("prose", "procedure. x2"), ("footnote", "²⁴ Readers may skip it.")]


def test_code_keeps_its_lines_and_indentation_and_loses_its_line_numbers() -> None:
    def code(number: str, text: str, x: float, y: float) -> PrintedLine:
        counted = PrintedWord(number, 60, y + 3, 64, y + 8, 5, 0, False)
        return measured_line([counted, *make_line(text, x=x, y=y, style=MONO).words], int(y))

    page = composed(
        make_line("For example:"), code("1", "def top(self):", 72, 120), code("2", "return self.items[-1]", 92, 132), code("3", "print(top)", 72, 160)
    )
    assert texts(page) == [("prose", "For example:"), ("code", "def top(self):\n    return self.items[-1]\n\nprint(top)")]


def test_a_lone_long_name_in_typewriter_type_does_not_break_a_paragraph() -> None:
    lines = (
        make_line("The procedure that is called", block=4),
        make_line("call-with-current-continuation", y=112, style=MONO, block=4),
        make_line("takes one argument.", y=124, block=4),
    )
    assert texts(composed(*lines)) == [("prose", "The procedure that is called call-with-current-continuation takes one argument.")]


def test_headings_are_known_by_size_by_bold_and_by_the_outline() -> None:
    page = composed(
        make_line("Balanced trees", size=14, block=0),
        make_line("They are short.", y=130, block=1),
        make_line("Rotations", y=150, style=BOLD, block=2),
        make_line("They turn.", y=162, block=2),
        make_line("3.2 Splay trees", y=180, block=3),
        make_line("They splay.", y=200, block=4),
        titles=("splaytrees",),
    )
    assert texts(page) == [
        ("heading", "Balanced trees"),
        ("prose", "They are short."),
        ("heading", "Rotations"),
        ("prose", "They turn."),
        ("heading", "3.2 Splay trees"),
        ("prose", "They splay."),
    ]


def test_short_runs_of_italics_in_prose_are_emphasis_without_their_punctuation() -> None:
    words = [*make_line("Such an order is called a").words, *make_line("partial order,", x=240, style=ITALIC).words, *make_line("as in sets.", x=330).words]
    page = composed(measured_line(words, 0))
    assert [page.text[start:end] for start, end in page.emphasis] == ["partial order"]


def test_chinese_lines_are_joined_without_spaces_and_every_character_has_a_box() -> None:
    def chinese(text: str, y: float) -> PrintedLine:
        return measured_line([PrintedWord(letter, 72 + 10 * index, y, 82 + 10 * index, y + 10, 10, 0, index > 0) for index, letter in enumerate(text)], 0)

    page = composed(chinese("二叉树是一种", 100), chinese("数据结构。", 112))
    assert page.text == "二叉树是一种数据结构。"
    assert len(page.words) == 11


def test_chinese_prose_goes_on_in_the_next_block_where_the_line_above_is_full() -> None:
    def chinese(text: str, y: float, block: int) -> PrintedLine:
        words = [PrintedWord(letter, 72 + 10 * index, y, 82 + 10 * index, y + 10, 10, 0, index > 0) for index, letter in enumerate(text)]
        return measured_line(words, block)

    full = "二叉树是一种数据结构它的每个节点"
    page = composed(chinese(full, 100, 0), chinese(full, 114, 1), chinese(full, 128, 2), chinese("至多有两个子节点", 142, 3), chinese("堆是另一种", 156, 4))
    assert [text for _, text in texts(page)] == [f"{full * 3}至多有两个子节点", "堆是另一种"]


def test_rows_with_wide_gaps_are_a_table_that_keeps_its_rows() -> None:
    def row(left: str, right: str, y: float) -> PrintedLine:
        return measured_line([*make_line(left, y=y).words, *make_line(right, x=300, y=y).words], 0)

    page = composed(row("push", "constant", 100), row("pop", "constant", 112), row("search", "linear", 124))
    assert texts(page) == [("table", "push  constant\npop  constant\nsearch  linear")]


def test_captions_are_blocks_of_their_own() -> None:
    assert texts(composed(make_line("Figure 3.1: A tree"), make_line("Text.", y=140, block=1)))[0] == ("caption", "Figure 3.1: A tree")


def test_prose_goes_on_in_the_next_column() -> None:
    page = composed(make_line("The heap is", y=700, block=0), make_line("an array.", x=330, y=100, block=1))
    assert page.text == "The heap is an array."


def test_a_page_that_jumps_back_up_is_read_column_by_column() -> None:
    places = {"Left lower": (72, 300), "Left upper": (72, 100), "Right upper": (330, 100), "Right lower": (330, 300)}
    page = composed(*(make_line(f"{name}, a line of some length.", x=x, y=y, block=block) for block, (name, (x, y)) in enumerate(places.items())))
    assert [text.split(",")[0] for _, text in texts(page)] == ["Left upper", "Left lower", "Right upper", "Right lower"]


def test_styles_come_from_flags_and_from_the_names_of_tex_fonts() -> None:
    assert style_of_font("CMBX12", 4) == BOLD
    assert style_of_font("CMTT10", 4) == MONO
    assert style_of_font("ABCDEF+CMTI10", 4) == ITALIC
    assert style_of_font("CMMI10", 6) == MATH
    assert style_of_font("NimbusRomNo9L-Medi", 20) == BOLD
    assert style_of_font("NimbusMonL-ReguObli", 6) == MONO | ITALIC
    assert style_of_font("Anything", 1) == RAISED


def test_blocks_and_words_lie_in_the_text_and_blocks_are_apart_by_a_blank_line() -> None:
    page = composed(make_line("One."), make_line("Two", y=200, block=1, style=MONO), make_line("Three.", y=300, block=2))
    for before, after in zip(page.blocks, page.blocks[1:], strict=False):
        assert page.text[before.end : after.start] == "\n\n"
    assert all(page.text[word.start : word.end].strip() == page.text[word.start : word.end] != "" for word in page.words)

"""Statements, captions and algorithms are told by how they begin."""

from __future__ import annotations

import pytest

from engine.reading.pdf.printed import BOLD, MONO, PrintedLine, PrintedWord, measured_line
from engine.reading.pdf.statements import algorithms_among, opens_caption, opens_statement


def line(text: str, *, x: float = 72.0, y: float = 100.0, size: float = 10.0, style: int = 0, styled: int = 0) -> PrintedLine:
    """A line whose first `styled` words are set in `style`."""
    words = []
    for index, word in enumerate(text.split()):
        width = len(word) * size / 2
        words.append(PrintedWord(word, x, y, x + width, y + size, size, style if index < styled else 0, False))
        x += width + size / 2
    return measured_line(words, 0)


def set_below(*texts: str, indents: tuple[float, ...] = (), first: float = 100.0, style: int = 0) -> list[PrintedLine]:
    return [line(text, x=72 + 15 * (indents[row] if indents else 0), y=first + 12 * row, style=style, styled=99) for row, text in enumerate(texts)]


@pytest.mark.parametrize(
    "text",
    [
        "Theorem 3.1. Every tree has a leaf.",
        "Definition 2 (Heap) A heap is",
        "Exercise 1.6: Alyssa asks",
        "LEMMA 4 Let x be",
        "Example A.2: sorting",
        "定理 3.1 每棵树",
        "定义2.1：堆是",
    ],
)
def test_numbered_statements_open(text: str) -> None:
    assert opens_statement(line(text))


@pytest.mark.parametrize(
    "text", ["Theorem 3.1 shows that", "Example 2 of this is", "Exercise 6.5, you can", "Exercise 3.6(b) to calculate", "Problems arise", "定理 3.1 说明了"]
)
def test_sentences_that_speak_of_them_do_not(text: str) -> None:
    assert not opens_statement(line(text))


def test_bold_type_tells_where_nothing_else_does() -> None:
    assert opens_statement(line("Theorem 3.1 Every tree has a leaf", style=BOLD, styled=2))
    assert opens_statement(line("Proof. By induction", style=BOLD, styled=1))
    assert not opens_statement(line("Proof. By induction"))


@pytest.mark.parametrize("text", ["Figure 1.2: A heap", "Table 3 Running times", "Fig. 4 – Heaps", "Listing A.1", "图1.1：一个堆", "表 2.4 命令"])
def test_captions_open(text: str) -> None:
    assert opens_caption(line(text), body_size=10.0)


@pytest.mark.parametrize("text", ["Figure 1.2 shows a heap", "figure 3. It matches", "Tables are made of", "图1.1中的堆"])
def test_sentences_about_figures_are_no_captions(text: str) -> None:
    assert not opens_caption(line(text), body_size=10.0)


def test_a_caption_in_smaller_type_may_begin_like_a_sentence() -> None:
    assert opens_caption(line("Figure 1.2 shows a heap", size=8.0), body_size=10.0)


def test_numbered_lines_with_keywords_are_an_algorithm() -> None:
    page = [
        line("The following algorithm finds a key in a tree.", y=80),
        *set_below("1: function Find(T, k)", "2: while T is not empty do", "3: if k = Key(T) then", "4: return T", "5: T ← Next(T, k)"),
        line("It takes time in proportion to the height of the tree.", y=160),
    ]
    assert algorithms_among(page) == [(1, 6)]


def test_indented_lines_with_keywords_are_one_too() -> None:
    page = set_below("function Sort(A)", "X ← empty", "while A is not empty do", "x ← Min(A)", "return X", indents=(0, 1, 1, 2, 1))
    assert algorithms_among(page) == [(0, 5)]


def test_prose_lists_and_typewriter_type_are_none() -> None:
    prose = set_below(
        "If you want to sort a list, there are many ways to do it, and", "for each of them there is a reason.", "While some are quick, others are simple."
    )
    twice = set_below("for horizontal alignment of columns, and", "\\valign", "for vertical alignment of rows", indents=(0, 2, 0))
    assert algorithms_among(twice) == []
    numbered = set_below("1. Heaps are trees.", "2. Trees have roots.", "3. Roots have no parents.")
    code = set_below("if x:", "return x", "else:", "return y", indents=(0, 1, 0, 1), style=MONO)
    assert algorithms_among(prose) == algorithms_among(numbered) == algorithms_among(code) == []

"""LaTeX sources become sections and paragraphs without commands, and every passage knows its lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.reading.messages import PageRead
from engine.reading.parts.latex import open_latex
from engine.reading.parts.latex_words import legible_math
from engine.reading.parts.text import Parts
from engine.reading.places import place_within

BOOK = r"""\documentclass{book}
\usepackage[utf8]{inputenc}
\newcommand{\term}[1]{\emph{#1}\index{#1}}
\newtheorem{law}{Law}
\title{Trees \& Forests}
\begin{document}
\maketitle
\chapter{Trees}\label{ch:trees}
% a remark that nobody should read
A \term{binary tree} has % said here
two \textbf{subtrees}\footnote{Either may be empty.} per node; see
\cite{knuth} and Section~\ref{sec:balance}. It's na\"{\i}ve -- but ``simple''.

\section{Balance}
\begin{lstlisting}[language=C]
int depth(tree *t) {  % no remark
  return 0;
}
\end{lstlisting}
\begin{law}[Height]
The height is $h \le \log_2 n$ and
\[ n \geq 2^h \label{eq:n} \]
always.
\end{law}
\begin{enumerate}
\item first
\item second
\end{enumerate}
\begin{table}
\begin{tabular}{|l|r|}\hline
tree & depth \\ \hline
AVL & $\log n$ \\
\end{tabular}
\caption{Depths}
\end{table}
\begin{tikzpicture} \draw (0,0); \end{tikzpicture}
\begin{align} a &= b \nonumber \\ c &= \frac{1}{2} \end{align}
\end{document}
never read
"""


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[str], Parts]:
    def do(text: str) -> Parts:
        path = tmp_path / "notes.tex"
        path.write_text(text, encoding="utf-8")
        return open_latex(path, "my_notes.tex")

    return do


def blocks(book: Parts) -> list[tuple[str, str]]:
    return [(block.kind, part.text[block.start : block.end]) for part in book.parts for block in part.blocks]


def lines_of(book: Parts, words: str) -> tuple[int, int]:
    part: PageRead = next(part for part in book.parts if words in part.text)
    start = part.text.index(words)
    place = place_within(part, start, start + len(words))
    assert place is not None
    return place.from_, place.to


def test_a_document_is_read_without_its_commands(opened: Callable[[str], Parts]) -> None:
    book = opened(BOOK)
    assert (book.kind, book.title) == ("latex", "Trees & Forests")
    assert [(entry.level, entry.title, entry.page) for entry in book.outline] == [(1, "Trees", 1), (2, "Balance", 2)]
    assert blocks(book) == [
        ("heading", "Trees"),
        ("prose", "A binary tree has two subtrees per node; see [knuth] and Section [sec:balance]. It's naïve – but “simple”."),
        ("footnote", "Either may be empty."),
        ("heading", "Balance"),
        ("code", "int depth(tree *t) {  % no remark\n  return 0;\n}"),
        ("theorem", "Law (Height). The height is h ≤ log_2 n and\nn \\geq 2^h\nalways."),
        ("prose", "1. first"),
        ("prose", "2. second"),
        ("table", "tree | depth\nAVL | log n"),
        ("caption", "Depths"),
        ("formula", "a = b\nc = \\frac{1}{2}"),
    ]
    assert [book.parts[0].text[start:end] for start, end in book.parts[0].emphasis] == ["binary tree", "subtrees"]


def test_a_passage_names_the_lines_that_it_was_made_from(opened: Callable[[str], Parts]) -> None:
    book = opened(BOOK)
    assert lines_of(book, "binary tree") == (10, 12)
    assert lines_of(book, "return 0;") == (16, 18)
    assert lines_of(book, "Law (Height)") == (20, 23)
    assert lines_of(book, "2. second") == (27, 27)


def test_a_chapter_of_its_own_is_called_after_its_heading(opened: Callable[[str], Parts]) -> None:
    assert opened("\\chapter{Hash tables}\n\nText.\n\\section{Chaining}\nMore.").title == "Hash tables"
    assert opened("\\section{One}\nText.\n\\section{Two}\nMore.").title == "my notes"


def test_chinese_lines_are_joined_without_spaces(opened: Callable[[str], Parts]) -> None:
    assert blocks(opened("\\section{堆}\n二叉堆是\n一种数据结构。")) == [("heading", "堆"), ("prose", "二叉堆是一种数据结构。")]


def test_long_sections_are_cut_into_parts_and_keep_their_section(opened: Callable[[str], Parts]) -> None:
    book = opened("\\section{Long}\n" + "\n\n".join(f"Paragraph {number}." for number in range(100)))
    assert len(book.parts) == 4
    assert [entry.page for entry in book.outline] == [1]
    assert lines_of(book, "Paragraph 77.") == (156, 156)


def test_algorithms_are_code_in_words(opened: Callable[[str], Parts]) -> None:
    source = "\\begin{algorithmic}[1]\n\\If{$a > b$}\n  \\State \\Return $a$ \\Comment{larger}\n\\EndIf\n\\end{algorithmic}"
    assert blocks(opened(source)) == [("code", "if a > b then\n  return a // larger\nend if")]


def test_simple_mathematics_is_plain_and_the_rest_stays_tex() -> None:
    assert legible_math(r"O(n \log n)") == "O(n log n)"
    assert legible_math(r"x_{i+1} \in \{a, b\}") == "x_(i+1) ∈ {a, b}"
    assert legible_math(r"\frac{a}{b}") == r"$\frac{a}{b}$"


@pytest.mark.parametrize(
    "hostile",
    [
        r"\def\a{\a\a}\a",
        r"\def\a{\b\b}\def\b{\a\a}" + r"\a" * 50,
        "".join("\\newcommand{\\x" + a + "}{" + ("\\x" + b) * 10 + "}" for a, b in zip("abcdefghij", "bcdefghijk", strict=True)) + "\\xa",
        r"\emph{" * 5000,
        "{" * 5000 + "}" * 9000,
        r"\section{" * 2000 + "}" * 2000,
        r"\begin{verbatim}" * 2000,
        r"\begin{itemize}\item " * 2000,
        r"\begin{tabular}{c}" + "&" * 20_000,
        "$" * 5001 + r"\[" * 5000,
        r"\a[" * 5000,
    ],
    ids=range(11),
)
def test_hostile_sources_come_to_an_end(opened: Callable[[str], Parts], hostile: str) -> None:
    assert opened(hostile).parts

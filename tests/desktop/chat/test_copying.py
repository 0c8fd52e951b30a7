"""What lands on the clipboard."""

from __future__ import annotations

from collections.abc import Callable

from desktop.chat.copying import as_markdown, as_text
from desktop.chat.markdown_tree import parse_markdown, visible_text
from engine.values import Answer, Sentence


def test_text_has_marks_behind_sentences_and_the_sources_below(make_answer: Callable[..., Answer]) -> None:
    assert as_text(make_answer()) == (
        "A red-black tree is balanced. [1] Its height is at most 2 lg(n + 1). [1][2]\n"
        "\n"
        "[1] Data Structures, p. 27: “A red-black tree is a balanced tree.”\n"
        "[2] Data Structures, p. 29: “height at most 2 lg(n + 1)”"
    )


def test_markdown_stays_the_models_markdown(make_answer: Callable[..., Answer]) -> None:
    copied = as_markdown(make_answer())
    assert copied.startswith("A **red-black tree** is balanced. [1] Its height is at most `2 lg(n + 1)`. [1][2]\n\n[1] Data Structures, p. 27:")


def test_a_mark_never_lands_inside_code(make_answer: Callable[..., Answer]) -> None:
    answer = make_answer(answer="See:\n\n```\nx = 1\n```\n\nDone.", sentences=(Sentence("x = 1", "supported", (2,)), Sentence("Done.", "supported", (1,))))
    assert as_markdown(answer).startswith("See:\n\n```\nx = 1\n```\n\n[2]\n\n\nDone. [1]")
    assert "x = 1\n\n[2]\n\nDone. [1]" in as_text(answer)


def test_lists_and_tables_stay_readable_as_text(make_answer: Callable[..., Answer]) -> None:
    answer = make_answer(answer="Steps:\n\n1. One\n2. Two\n   - inner\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> said", sentences=(), citations=())
    assert as_text(answer) == "Steps:\n\n1. One\n2. Two\n  • inner\n\na\tb\n1\t2\n\n> said"


def test_quoted_text_is_copied_as_it_stands_and_escaped_as_markdown(make_answer: Callable[..., Answer]) -> None:
    quoted = "1. Here *p and a_i are $x$, see [4] and b[i]."
    answer = make_answer(answer=quoted, sentences=(Sentence(quoted, "supported", (2,)),), citations=(), model=None, origin="passages")
    assert as_text(answer) == f"{quoted} [2]"
    copied = as_markdown(answer)
    assert copied == "1\\. Here \\*p and a\\_i are \\$x\\$, see [4] and b\\[i\\]. [2]"
    assert visible_text(parse_markdown(copied)) == f"{quoted} [2]"

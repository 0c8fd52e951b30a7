"""Markdown beyond the basics: admonitions, formulas, footnotes, comments, front matter; lines stay as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.reading.parts.markdown import open_markdown
from engine.reading.parts.text import Parts


def opened(folder: Path, text: str) -> Parts:
    path = folder / "notes.md"
    path.write_text(text, encoding="utf-8")
    return open_markdown(path, "notes.md")


def blocks(book: Parts) -> list[tuple[str, str]]:
    return [(block.kind, part.text[block.start : block.end]) for part in book.parts for block in part.blocks]


def test_admonitions_hold_prose_and_code_not_indented_code(tmp_path: Path) -> None:
    text = 'Before.\n\n??? note "Heaps"\n    Indented prose.\n\n    ```cpp\n    int x;\n    ```\n\n    - item\n\nAfter.\n'
    assert blocks(opened(tmp_path, text)) == [
        ("prose", "Before."),
        ("prose", '??? note "Heaps"\n    Indented prose.'),
        ("code", "    ```cpp\n    int x;\n    ```"),
        ("prose", "    - item"),
        ("prose", "After."),
    ]


def test_directives_of_myst_are_read_and_drawings_are_not(tmp_path: Path) -> None:
    text = ":::{note}\nInside.\n:::\n\n```{warning}\nTake care.\n```\n\n```{math}\na = b\n```\n\n```{toctree}\nintro\n```\nEnd.\n"
    assert blocks(opened(tmp_path, text)) == [("prose", "Inside."), ("prose", "Take care."), ("formula", "```{math}\na = b\n```"), ("prose", "End.")]


def test_formulas_footnotes_and_tables_are_blocks(tmp_path: Path) -> None:
    text = "Sum:\n$$\na = b\n\n# no heading\n$$\nSo.[^1]\n\n[^1]: A note.\n\na | b\n--|--\n1 | 2\n"
    assert blocks(opened(tmp_path, text)) == [
        ("prose", "Sum:"),
        ("formula", "$$\na = b\n\n# no heading\n$$"),
        ("prose", "So.[^1]"),
        ("footnote", "[^1]: A note."),
        ("table", "a | b\n--|--\n1 | 2"),
    ]


def test_what_no_reader_sees_is_in_no_block(tmp_path: Path) -> None:
    text = "[![build](a)](b)\n<!-- hidden\nstill hidden -->\n<div align=center>\n![](picture.png)\n***\n[TOC]\n[ref]: http://a.b\nSeen.\n"
    assert blocks(opened(tmp_path, text)) == [("prose", "Seen.")]


def test_fields_at_the_top_are_front_matter_and_a_sentence_is_not(tmp_path: Path) -> None:
    book = opened(tmp_path, "title: Heaps\nauthor: A, B\n\n## Kinds\nText.\n")
    assert (book.title, blocks(book)) == ("Heaps", [("heading", "## Kinds"), ("prose", "Text.")])
    assert blocks(opened(tmp_path, "Title: a story\nof two lines.\n")) == [("prose", "Title: a story\nof two lines.")]


def test_a_heading_above_a_heading_has_no_part_of_its_own(tmp_path: Path) -> None:
    book = opened(tmp_path, "# Book\n\n## One\nText.\n\n## Two\n## Three\nMore.\n")
    assert [(entry.title, entry.page) for entry in book.outline] == [("Book", 1), ("One", 1), ("Two", 2), ("Three", 3)]


@pytest.mark.parametrize(
    "hostile",
    [
        "# " * 9000,
        "[" * 20_000,
        "[a](" * 5000,
        "*a " * 9000,
        "<!--" * 5000,
        "> " * 9000,
        "".join("  " * depth + "- a\n" for depth in range(300)),
        ":::{note}\n" * 5000,
        "|" * 20_000,
        "```\n" * 5001,
        "!!! a\n" * 5000,
        " " * 20_000 + "|",
        "<a " * 9000,
        "a\n=\n" * 3000,
    ],
    ids=range(14),
)
def test_hostile_texts_come_to_an_end(tmp_path: Path, hostile: str) -> None:
    assert opened(tmp_path, hostile).parts

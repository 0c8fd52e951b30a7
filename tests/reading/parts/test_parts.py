"""Plain text and Markdown become parts whose lines can be counted."""

from __future__ import annotations

from pathlib import Path

from engine.cancellation import Cancellation
from engine.reading.messages import PageRead
from engine.reading.parts.markdown import open_markdown
from engine.reading.parts.text import PART_LINES, Parts, open_text

MARKDOWN = """\
---
title: "Trees, a primer"
---

# Trees

A *binary tree* has **two subtrees** per node.
It is recursive.

- first item
- second item

Code comes now:

```python
# no heading
def depth(tree):

    return 0
```

## Balance #

| tree | depth |
|------|-------|
| AVL  | log n |

Setext heading
--------------

Last words.
"""


def opened(folder: Path, text: str, *, markdown: bool = False) -> Parts:
    path = folder / "notes.md"
    path.write_text(text, encoding="utf-8")
    return (open_markdown if markdown else open_text)(path, "my_notes.md")


def blocks(part: PageRead) -> list[tuple[str, str]]:
    return [(block.kind, part.text[block.start : block.end]) for block in part.blocks]


def assert_lines_can_be_counted(source: str, book: Parts) -> None:
    lines = source.split("\n")
    expected = 1
    for number, part in enumerate(book.parts, start=1):
        assert part.place is not None
        assert (part.number, part.place.kind, part.place.from_) == (number, "lines", expected)
        assert part.text == "\n".join(lines[part.place.from_ - 1 : part.place.to])
        expected = part.place.to + 1
    assert expected == len(lines) + 1


def test_a_long_text_is_cut_at_blank_lines_and_no_line_is_lost(tmp_path: Path) -> None:
    source = "\n".join(f"Line {number} of the text." if number % 7 else "" for number in range(1, 200))
    book = opened(tmp_path, source)
    assert_lines_can_be_counted(source, book)
    assert all(part.text.count("\n") < PART_LINES for part in book.parts)
    assert all(part.text.endswith("\n") for part in book.parts[:-1])
    assert (book.kind, book.title, book.paged, book.outline) == ("text", "my notes", False, ())


def test_the_line_of_a_quote_is_found_by_counting(tmp_path: Path) -> None:
    source = "\n".join(f"Line {number} of the text." for number in range(1, 150))
    book = opened(tmp_path, source)
    part = next(part for part in book.parts if "Line 97 " in part.text)
    assert part.place is not None
    assert part.place.from_ + part.text[: part.text.index("Line 97 ")].count("\n") == 97


def test_paragraphs_of_a_text_are_blocks_and_indented_ones_are_code(tmp_path: Path) -> None:
    part = opened(tmp_path, "First line\nsecond line\n\n    x = 1\n    y = 2\n\nThe end.\n").parts[0]
    assert blocks(part) == [("prose", "First line\nsecond line"), ("code", "    x = 1\n    y = 2"), ("prose", "The end.")]


def test_markdown_has_a_part_per_heading_and_an_outline(tmp_path: Path) -> None:
    book = opened(tmp_path, MARKDOWN, markdown=True)
    assert_lines_can_be_counted(MARKDOWN, book)
    assert book.title == "Trees, a primer"
    assert [(entry.level, entry.title, entry.page) for entry in book.outline] == [(1, "Trees", 1), (2, "Balance", 2), (2, "Setext heading", 3)]


def test_markdown_blocks_keep_code_whole_and_lists_apart(tmp_path: Path) -> None:
    first, second, third = opened(tmp_path, MARKDOWN, markdown=True).parts
    assert blocks(first) == [
        ("heading", "# Trees"),
        ("prose", "A *binary tree* has **two subtrees** per node.\nIt is recursive."),
        ("prose", "- first item"),
        ("prose", "- second item"),
        ("prose", "Code comes now:"),
        ("code", "```python\n# no heading\ndef depth(tree):\n\n    return 0\n```"),
    ]
    assert [first.text[start:end] for start, end in first.emphasis] == ["binary tree", "two subtrees"]
    assert [kind for kind, _ in blocks(second)] == ["heading", "table"]
    assert blocks(third) == [("heading", "Setext heading\n--------------"), ("prose", "Last words.")]


def test_reading_goes_on_at_the_part_asked_for(tmp_path: Path) -> None:
    book = opened(tmp_path, MARKDOWN, markdown=True)
    assert [part.number for part in book.read(2, Cancellation())] == [2, 3]


def test_markdown_of_one_empty_heading_and_an_open_fence_is_read(tmp_path: Path) -> None:
    book = opened(tmp_path, "#\n\n```\n# never closed", markdown=True)
    assert [blocks(part) for part in book.parts] == [[("prose", "#"), ("code", "```\n# never closed")]]

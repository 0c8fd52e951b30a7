"""The sample book: it is what its source says, it reads well by machine, and its code runs."""

from __future__ import annotations

import json
import re
from collections import deque
from pathlib import Path

import pymupdf
import pytest

from engine.sample import SAMPLE_BOOK, SAMPLE_BOOK_TITLE
from engine.sample.build import SOURCE, build

QUESTIONS = json.loads((Path(__file__).parent / "questions.json").read_text(encoding="utf-8"))
LISTINGS = re.findall(r"```python\n(.*?)```", SOURCE.read_text(encoding="utf-8"), flags=re.DOTALL)


def plain(page: pymupdf.Page) -> str:
    """The words of a page with single spaces and without ligatures."""
    text = page.get_text().replace("\ufb01", "fi").replace("\ufb02", "fl").replace("\ufb00", "ff")
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module")
def names() -> dict[str, object]:
    """All listings of the book run one after the other, as a reader would type them."""
    space: dict[str, object] = {}
    for listing in LISTINGS:
        exec(compile(listing, "listing", "exec"), space)
    return space


def test_the_shipped_book_is_what_its_source_builds_byte_for_byte(tmp_path: Path) -> None:
    build(tmp_path / "book.pdf")
    assert (tmp_path / "book.pdf").read_bytes() == SAMPLE_BOOK.read_bytes()


def test_it_is_a_small_book_with_outline_and_printed_labels() -> None:
    assert SAMPLE_BOOK.stat().st_size < 400_000
    with pymupdf.open(SAMPLE_BOOK) as book:
        assert 10 <= book.page_count <= 20
        assert [page.get_label() for page in book][:4] == ["i", "ii", "1", "2"]
        assert book.metadata["title"] == SAMPLE_BOOK_TITLE
        assert "CC BY-SA 4.0" in plain(book[0])
        for _, title, number in book.get_toc():
            assert re.sub(r"^[\d.]+ ", "", title) in plain(book[number - 1])
        for page in list(book)[2:]:
            assert page.get_label() in page.get_text().split()


def test_the_figures_are_vectors_not_pictures() -> None:
    with pymupdf.open(SAMPLE_BOOK) as book:
        assert not any(page.get_images() for page in book)
        assert sum(len(page.get_drawings()) > 10 for page in book) >= 5


def test_nothing_reaches_into_the_margins() -> None:
    with pymupdf.open(SAMPLE_BOOK) as book:
        for page in list(book)[1:]:
            for x0, y0, x1, y1, *_ in page.get_text("words"):
                assert x0 >= 60
                assert x1 <= 440
                assert y0 >= 40
                assert y1 <= 690


@pytest.mark.parametrize("row", [row for row in QUESTIONS if row["answerable"]], ids=lambda row: row["question"])
def test_every_question_has_its_answer_in_the_section_and_on_the_pages_named(row: dict[str, object]) -> None:
    with pymupdf.open(SAMPLE_BOOK) as book:
        assert any(title.endswith(str(row["section"])) for _, title, _ in book.get_toc())
        for number in row["pages"]:  # type: ignore[attr-defined]
            assert str(row["words"]) in plain(book[number - 1])


def test_there_are_twenty_questions_and_two_about_something_else() -> None:
    assert [row["answerable"] for row in QUESTIONS].count(True) == 20
    assert [row["answerable"] for row in QUESTIONS].count(False) == 2


def test_the_listings_on_arrays_stacks_and_lists_do_what_the_text_says(names: dict[str, object]) -> None:
    book = names
    assert book["find_largest"]([3, 9, 2]) == 9
    assert [book["binary_search"]([1, 3, 5, 7], wanted) for wanted in (1, 7, 4)] == [0, 3, None]
    array = book["DynamicArray"]()
    for value in range(9):
        array.append(value)
    assert (array.size, array.capacity, array.slots[:9]) == (9, 16, list(range(9)))
    assert list(book["values"](book["push_front"](book["push_front"](None, 1), 2))) == [2, 1]
    assert book["is_balanced"]("a[(b){c}]")
    assert not book["is_balanced"]("(]")
    assert not book["is_balanced"]("((")


def test_the_listings_on_tables_and_trees_do_what_the_text_says(names: dict[str, object]) -> None:
    book = names
    table = book["HashTable"](2)
    for key in range(5):
        table.put(key, key * key)
    table.put(3, "three")
    assert (table.get(4), table.get(3)) == (16, "three")
    root = None
    for key in (8, 3, 10, 1, 6, 14, 7):
        root = book["insert"](root, key)
    assert list(book["inorder"](root)) == [1, 3, 6, 7, 8, 10, 14]
    assert list(book["inorder"](book["rotate_right"](root))) == [1, 3, 6, 7, 8, 10, 14]
    trie = book["Trie"]()
    trie.add("tree")
    assert trie.contains("tree")
    assert not trie.contains("tre")
    assert not trie.contains("trees")


def test_the_listings_on_heaps_and_graphs_do_what_the_text_says(names: dict[str, object]) -> None:
    book = names
    heap: list[int] = []
    for key in (9, 4, 8, 2):
        book["push"](heap, key)
    assert heap[0] == 2
    assert all(heap[(child - 1) // 2] <= heap[child] for child in range(1, 4))
    graph = {"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}
    assert book["deque"] is deque
    assert book["breadth_first"](graph, "a") == {"a": 0, "b": 1, "c": 1, "d": 2}
    visited: set[str] = set()
    book["depth_first"](graph, "a", visited)
    assert visited == set(graph)
    groups = book["UnionFind"](4)
    groups.union(0, 1)
    assert groups.find(0) == groups.find(1) != groups.find(2)

"""The arithmetic of the indexing figures, on books that took made-up times."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.benches.embedding import NAME, embedding_figures, pick
from engine.benches.indexing import Added, Spent, searchable_figures
from engine.benches.memory import memory_figures
from engine.cancellation import Cancellation
from engine.children import Child, Nursery
from engine.embedding import messages as embedding
from engine.meaning import Meaning


def added(name: str, *, pages: int = 10, searchable_s: float = 1.0) -> Added:
    return Added(Path(name), pages, ("a heap", "a stack"), 2.0, searchable_s, 1.0, None, None)


def test_samples_are_spread_over_all_texts_and_differ() -> None:
    texts = [str(number) for number in range(100)]
    assert pick(texts, 0, 10) == [str(number) for number in range(0, 100, 10)]
    assert pick(texts, 3, 10) == [str(number) for number in range(3, 100, 10)]
    assert pick(texts[:4], 2, 10) == texts[:4]


def test_what_was_spent_between_two_moments_is_their_difference() -> None:
    spent = Spent(3.0, 2.0, 10.0).since(Spent(1.0, 0.5, 2.0))
    assert spent == Spent(2.0, 1.5, 8.0)
    assert spent.whole_s == 11.5


def test_what_can_t_be_compared_is_said_to_be_skipped() -> None:
    assert [figure.unit for figure in searchable_figures([added("notes.txt")])] == ["skipped"]
    assert [figure.unit for figure in memory_figures([Path("one.pdf")])] == ["skipped"]


def test_without_the_published_model_the_plain_way_is_skipped(tmp_path: Path) -> None:
    nursery = Nursery()
    child = Child(role="embedder", command=("true",), nursery=nursery, protocol=1, accepts=embedding.Report, endings=embedding.ENDINGS)
    meaning = Meaning(child=child, directory=tmp_path, backend="onnx", threads=1, languages=("en",))
    figures = embedding_figures(meaning, child, ["a heap"], None)
    assert [(figure.name, figure.unit) for figure in figures] == [(NAME, "skipped")]
    assert child.starts == 0
    child.close()
    nursery.close()


@pytest.mark.real
def test_every_figure_of_a_library_of_one_book_is_measured(tmp_path: Path) -> None:
    import pymupdf

    from engine.benches.indexing import add_books, adding_again_figures, indexing_figures
    from engine.brain import Brain
    from engine.home import Home

    path = tmp_path / "heaps.pdf"
    with pymupdf.open() as book:
        for number in range(1, 4):
            book.new_page().insert_text((72, 100), f"Page {number} says that a heap keeps its least element on top.")
        book.save(path)
    brain = Brain.open(Home(tmp_path / "home"), writing="required", program="test")
    try:
        books = list(add_books(brain, (path,), Cancellation()))
        figures = [*indexing_figures(brain, books), *adding_again_figures(brain, books, Cancellation()), *searchable_figures(books)]
    finally:
        brain.close()
    assert [(len(book.texts), book.pages) for book in books] == [(3, 3)]
    assert {figure.unit for figure in figures} == {"pages/s", "chunks/s", "ratio", "s"}
    assert all(figure.value >= 0 for figure in figures)

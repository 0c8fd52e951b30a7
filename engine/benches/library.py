"""All figures about a library of real books, measured in a folder of its own: `bytebrain bench [BOOK…]`."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from engine import messages as m
from engine.benches.embedding import embedding_figures
from engine.benches.figures import Figure
from engine.benches.indexing import add_books, adding_again_figures, indexing_figures, searchable_figures
from engine.benches.memory import memory_figures
from engine.benches.starting import starting_figures
from engine.brain import Brain
from engine.cancellation import Cancellation
from engine.home import Home
from engine.sample import SAMPLE_BOOK

QUESTIONS = (
    "What is a stack?",
    "How does a hash table resolve collisions?",
    "binary search tree",
    "running time of merge sort",
    "breadth-first search",
)


def library_figures(books: Sequence[Path], cancellation: Cancellation) -> Iterator[Figure]:
    """Every figure, as soon as it is there; the sample book stands in where no books are given.

    Raises:
        Trouble: a book is refused, or something can't be run.
        Stopped: cancelled.
    """
    books = [book.resolve() for book in books] or [SAMPLE_BOOK]
    with tempfile.TemporaryDirectory(prefix="bytebrain-bench-") as folder:
        home = Home(Path(folder))
        brain = Brain.open(home, writing="required", program="bytebrain bench")
        try:
            added = []
            for number, book in enumerate(add_books(brain, books, cancellation), 1):
                sys.stderr.write(f"{number} of {len(books)}: {book.path.name}, {book.seconds:.1f} s, bare embedding {book.bare_s:.1f} s\n")
                added.append(book)
            yield from indexing_figures(brain, added)
            yield from adding_again_figures(brain, added, cancellation)
            texts = [text for book in added for text in book.texts]
            yield from embedding_figures(brain.meaning, brain.children["embedder"], texts, brain.shelving.embedder_source())
            yield from searchable_figures(added)
            yield from _search_figures(brain, cancellation)
        finally:
            brain.close()
        yield from starting_figures(home.root)
    cancellation.raise_if_cancelled()
    yield from memory_figures(books)


def _search_figures(brain: Brain, cancellation: Cancellation) -> Iterator[Figure]:
    """Searches in the warm engine: keyword and fused, taking turns."""
    words_s: list[float] = []
    both_s: list[float] = []
    for question in QUESTIONS * 3:
        words_s.append(brain.ask_once(m.Search(question, by="words"), m.Found, cancellation).seconds)
        both_s.append(brain.ask_once(m.Search(question), m.Found, cancellation).seconds)
    ratio = statistics.median(both / max(words, 1e-9) for both, words in zip(both_s, words_s, strict=True))
    yield Figure("keyword search", statistics.median(words_s), "s", f"median of {len(words_s)}, warm")
    yield Figure("hybrid search ÷ keyword search", ratio, "ratio", "median of the pairs; embedding the question not counted")

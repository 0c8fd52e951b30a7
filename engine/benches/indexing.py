"""How fast books come in: against what the embedder alone would take, against bare reading, and a second time.

Books are added as `bytebrain add` does, to a library in a folder of its own. The embedder is loaded before the first of them.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine import messages as m
from engine.benches.alongside import BARE_READING, Alongside, can_run
from engine.benches.figures import Figure
from engine.benches.processor import spent_s
from engine.brain import Brain
from engine.cancellation import Cancellation
from engine.embedding.pieces import load_piece_counter
from engine.trouble import Trouble

TEXTS_PER_REQUEST = 64
READING_ROUNDS = 3

SEARCHABLE_WITHIN_S = 2.0
"""Time that is granted beside three times the bare reading, for starting the reader and storing."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds of the three processes that indexing keeps busy."""

    engine_s: float
    reader_s: float
    embedder_s: float

    @property
    def whole_s(self) -> float:
        """All three together."""
        return self.engine_s + self.reader_s + self.embedder_s

    def since(self, before: Spent) -> Spent:
        """What was spent between the two moments."""
        return Spent(self.engine_s - before.engine_s, self.reader_s - before.reader_s, self.embedder_s - before.embedder_s)


@dataclass(frozen=True, slots=True)
class Added:
    """One book on its way in. `seconds` are those until `add` is through, `searchable_s` those until keyword search works.

    `bare_s` and `bare` are the same chunk texts embedded by themselves; `spent` and `bare` are None where the system doesn't tell.
    """

    path: Path
    pages: int
    texts: tuple[str, ...]
    seconds: float
    searchable_s: float
    bare_s: float
    spent: Spent | None
    bare: Spent | None


def add_books(brain: Brain, books: Sequence[Path], cancellation: Cancellation) -> Iterator[Added]:
    """Add one book after the other, and after each embed the very same chunk texts by themselves, with the same child.

    Raises:
        Trouble: a book was refused.
        Stopped: cancelled.
    """
    brain.meaning.load()
    brain.meaning.embed(["warm"])
    brain.children["reader"].start()
    for book in books:
        spent_before = processor_seconds(brain)
        began = time.monotonic()
        searchable_s = 0.0
        studied: m.DocumentStudied | None = None
        for said in brain.handle(m.Study((str(book),)), cancellation):
            if isinstance(said, m.Searchable):
                searchable_s = time.monotonic() - began
            elif isinstance(said, m.DocumentStudied):
                studied = said
        seconds = time.monotonic() - began
        spent_between = processor_seconds(brain)
        if studied is None or studied.document is None or studied.state != "ready":
            raise Trouble("bench-book", f"{book.name} is no book to measure with.", studied.reason or "Take another." if studied else "Take another.")
        texts = tuple(text for _, text in brain.library.chunks_without_vectors("none of ours", 10**9, studied.document))
        began = time.monotonic()
        for first in range(0, len(texts), TEXTS_PER_REQUEST):
            brain.meaning.embed(texts[first : first + TEXTS_PER_REQUEST], cancellation=cancellation)
        bare_s = time.monotonic() - began
        spent = bare = None
        if spent_before is not None and spent_between is not None and (spent_after := processor_seconds(brain)) is not None:
            spent, bare = spent_between.since(spent_before), spent_after.since(spent_between)
        yield Added(book, studied.pages, texts, seconds, searchable_s, bare_s, spent, bare)


def processor_seconds(brain: Brain) -> Spent | None:
    """What engine, reader and embedder have spent so far; None where the system doesn't tell, or one of them doesn't run."""
    engine, reader, embedder = (spent_s(pid) for pid in (os.getpid(), brain.children["reader"].pid, brain.children["embedder"].pid))
    return None if engine is None or reader is None or embedder is None else Spent(engine, reader, embedder)


def indexing_figures(brain: Brain, added: Sequence[Added]) -> list[Figure]:
    """End-to-end indexing over bare embedding of the same chunks, from books that `add_books` added."""
    whole_s, bare_s = sum(book.seconds for book in added), sum(book.bare_s for book in added)
    pages, chunks = sum(book.pages for book in added), sum(len(book.texts) for book in added)
    count_pieces = load_piece_counter(brain.shelving.exported_embedder)
    pieces = sum(count_pieces(text) for book in added for text in book.texts)
    pairs = statistics.median(book.bare_s / book.seconds for book in added)
    cores = f"{brain.meaning.threads} embedder threads on {os.cpu_count()} cores"
    figures = [
        Figure("indexing", pages / whole_s, "pages/s", f"{len(added)} books, {pages} pages, {chunks} chunks, {pieces} word pieces in {whole_s:.1f} s, {cores}"),
        Figure("bare embedding of the same chunks", chunks / bare_s, "chunks/s", f"{bare_s:.1f} s, book after book in turn with indexing"),
        Figure("indexing ÷ bare embedding", bare_s / whole_s, "ratio", f"chunks/s over chunks/s; median of the books {pairs:.2f}; {cores}"),
    ]
    spent = [book.spent for book in added if book.spent is not None]
    bare = [book.bare for book in added if book.bare is not None]
    if len(spent) == len(bare) == len(added):
        shares = (
            f"embedder {sum(s.embedder_s for s in spent):.1f} s, reader {sum(s.reader_s for s in spent):.1f} s, engine {sum(s.engine_s for s in spent):.1f} s"
        )
        ratio = sum(b.embedder_s for b in bare) / sum(s.whole_s for s in spent)
        figures.append(Figure("indexing ÷ bare embedding, processor time", ratio, "ratio", f"{shares}; bare {sum(b.embedder_s for b in bare):.1f} s"))
    return figures


def adding_again_figures(brain: Brain, added: Sequence[Added], cancellation: Cancellation) -> list[Figure]:
    """Adding the whole library again, nothing of it changed, over the first time."""
    began = time.monotonic()
    for _ in brain.handle(m.Study(tuple(str(book.path) for book in added)), cancellation):
        pass
    again_s, first_s = time.monotonic() - began, sum(book.seconds for book in added)
    return [Figure("adding again ÷ first time", again_s / first_s, "ratio", f"{again_s:.2f} s after {first_s:.1f} s")]


def searchable_figures(added: Sequence[Added]) -> list[Figure]:
    """Time until keyword search works for the longest PDF, over bare `get_text("rawdict")` of its pages."""
    pdfs = [book for book in added if book.path.suffix.lower() == ".pdf"]
    name = "searchable by words ÷ bare rawdict"
    if not pdfs or not can_run("pymupdf"):
        return [Figure(name, 0.0, "skipped", "no PDF among the books, or no Python interpreter to compare with")]
    book = max(pdfs, key=lambda one: one.pages)
    with Alongside(BARE_READING) as other:
        bare_s = statistics.median(other.ask(str(book.path))["seconds"] for _ in range(READING_ROUNDS))
    ratio = (book.searchable_s - SEARCHABLE_WITHIN_S) / bare_s
    return [
        Figure("searchable by words", book.searchable_s, "s", f"the longest PDF, {book.pages} pages, while the embedder works beside"),
        Figure('bare get_text("rawdict")', bare_s, "s", f"the same pages, median of {READING_ROUNDS}, nothing beside"),
        Figure(name, max(0.0, ratio), "ratio", f"the first {SEARCHABLE_WITHIN_S:.0f} s are not counted; with them {book.searchable_s / bare_s:.2f}"),
    ]

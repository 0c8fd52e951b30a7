"""How fast a large library is searched, and how much of what exact search finds: `bytebrain bench --chunks N`.

The library is a made-up one in a folder of its own (`engine.benches.made_up`), filled and searched by the very code that
serves a real one. Embedding the question is not counted.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.benches.figures import Figure, percentile
from engine.benches.made_up import EMBEDDER, MadeUpLibrary, Question
from engine.cancellation import Cancellation
from engine.finding.search import find
from engine.home import Home
from engine.library.library import Library
from engine.library.vector_index import VectorIndex

QUESTIONS = 200
NEAREST = 20


@dataclass(frozen=True, slots=True)
class _Opened:
    """A filled library and what is asked of it."""

    library: Library
    index: VectorIndex
    questions: list[Question]
    home: Home


def search_figures(chunks: int, cancellation: Cancellation) -> list[Figure]:
    """Fill a made-up library with so many chunks and search it.

    Raises:
        Stopped: cancelled.
        HomeTrouble: there is no room for it in the folder for temporary files.
    """
    with tempfile.TemporaryDirectory(prefix="bytebrain-bench-") as folder:
        home = Home(Path(folder))
        made_up = MadeUpLibrary(chunks)
        began = time.monotonic()
        with Library.open(home, writable=True) as library:
            for _ in made_up.fill(library, cancellation):
                pass
            filled_s = time.monotonic() - began
            before_bytes = resident_bytes()
            opened = _Opened(library, library.index(EMBEDDER), made_up.questions(QUESTIONS), home)
            figures = list(_search(opened, chunks, before_bytes, cancellation))
        return [*figures, Figure(f"{chunks:,} chunks: filling", filled_s, "s", "text, keyword index and vectors; nothing is embedded")]


def _search(opened: _Opened, chunks: int, before_bytes: int, cancellation: Cancellation) -> Iterator[Figure]:
    name = f"{chunks:,} chunks"
    exact = [{chunk for chunk, _ in opened.index.search(question.vector, NEAREST)} for question in opened.questions]
    began = time.monotonic()
    opened.index.prepare(lambda: cancellation.cancelled)
    prepared_s = time.monotonic() - began
    cancellation.raise_if_cancelled()
    way = "by a graph" if opened.index.has_graph else "exactly"
    meaning_s, hybrid_s, shared = [], [], 0
    for question, truth in zip(opened.questions, exact, strict=True):
        began = time.perf_counter()
        found = opened.index.search(question.vector, NEAREST)
        meaning_s.append(time.perf_counter() - began)
        shared += len(truth & {chunk for chunk, _ in found})
    for question in opened.questions:
        cancellation.raise_if_cancelled()
        began = time.perf_counter()
        find(opened.library, opened.index, question.text, question.vector)
        hybrid_s.append(time.perf_counter() - began)
    yield Figure(f"{name}: hybrid search, p95", 1000 * percentile(hybrid_s, 0.95), "ms", f"{QUESTIONS} questions, their embedding not counted")
    yield Figure(f"{name}: hybrid search, median", 1000 * percentile(hybrid_s, 0.5), "ms", "")
    yield Figure(f"{name}: by meaning alone, p95", 1000 * percentile(meaning_s, 0.95), "ms", way)
    yield Figure(f"{name}: recall@{NEAREST}", shared / (NEAREST * QUESTIONS), "part", f"against exact search; searched {way}")
    yield Figure(f"{name}: memory of the vectors", (resident_bytes() - before_bytes) / 2**20, "MiB", "what the process grew by while searching")
    index_bytes = sum(path.stat().st_size for path in opened.home.vectors.glob("*"))
    yield Figure(f"{name}: file of the vector index", index_bytes / 2**20, "MiB", "0: searched exactly, from the vectors in the library")
    yield Figure(f"{name}: library on disk", opened.home.library.stat().st_size / 2**20, "MiB", "text, keyword index and vectors")
    yield Figure(f"{name}: making the vector index", prepared_s, "s", "in the background; searches are exact meanwhile")


def resident_bytes() -> int:
    """How much memory this process holds now; 0 where the system doesn't tell."""
    if sys.platform != "linux":
        return 0
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")

"""How fast texts become vectors: our embedder beside plain sentence-transformers, the same texts, the same number of threads."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.benches.alongside import PLAIN_ENCODE, Alongside, can_run
from engine.benches.figures import Figure
from engine.benches.processor import spent_s
from engine.children import Child
from engine.meaning import Meaning

ROUNDS = 5
TEXTS_PER_ROUND = 96

NAME = "our embedding ÷ plain SentenceTransformer.encode"


def embedding_figures(meaning: Meaning, embedder: Child, texts: Sequence[str], source: Path | None) -> list[Figure]:
    """Our chunks per second over those of `SentenceTransformer.encode(batch_size=32)` in float32 on torch, taking turns.

    `embedder` is the child behind `meaning`, `source` the published model's directory. Other 96 texts each round, the same for
    both; the two take turns in going first.

    Raises:
        Trouble: one of the two can't be run.
    """
    if source is None or not can_run("sentence_transformers"):
        return [Figure(NAME, 0.0, "skipped", "sentence-transformers is not installed here, so there is nothing to compare with")]
    loaded = meaning.load()
    meaning.embed(texts[:2])
    ours: list[_Turn] = []
    plain: list[_Turn] = []
    rounds = [some for number in range(ROUNDS) if (some := pick(texts, number, TEXTS_PER_ROUND))]
    with Alongside(PLAIN_ENCODE, source, str(meaning.threads), str(loaded.max_pieces)) as other:
        for number, some in enumerate(rounds):
            for turn in (number % 2, 1 - number % 2):
                if turn:
                    answer = other.ask(some)
                    plain.append(_Turn(answer["seconds"], answer["spent"]))
                else:
                    ours.append(_embed(meaning, embedder, some))
    sizes = [len(some) for some in rounds]
    threads = f"{meaning.threads} threads each"
    pairs = list(zip(ours, plain, strict=True))
    ratio = statistics.median(its.seconds / our.seconds for our, its in pairs)
    figures = [
        Figure(
            "our embedding",
            statistics.median(size / turn.seconds for size, turn in zip(sizes, ours, strict=True)),
            "chunks/s",
            f"{loaded.embedder}, median of {len(rounds)} rounds of {sizes[0]} chunks, {threads}",
        ),
        Figure(
            "plain SentenceTransformer.encode",
            statistics.median(size / turn.seconds for size, turn in zip(sizes, plain, strict=True)),
            "chunks/s",
            f"batch_size=32, float32, at most {loaded.max_pieces} word pieces",
        ),
        Figure(NAME, ratio, "ratio", f"chunks/s over chunks/s, median of the pairs, {threads}"),
    ]
    spent = [its.spent / our.spent for our, its in pairs if our.spent]
    if len(spent) == len(pairs):
        figures.append(Figure(f"{NAME}, processor time", statistics.median(spent), "ratio", "median of the pairs; torch's threads spin while they wait"))
    return figures


@dataclass(frozen=True, slots=True)
class _Turn:
    """Seconds of the clock and of processor time that some texts took; `spent` 0 where the system doesn't tell."""

    seconds: float
    spent: float


def _embed(meaning: Meaning, embedder: Child, texts: Sequence[str]) -> _Turn:
    before, began = spent_s(embedder.pid), time.monotonic()
    meaning.embed(texts)
    seconds, after = time.monotonic() - began, spent_s(embedder.pid)
    return _Turn(seconds, after - before if before is not None and after is not None else 0.0)


def pick(texts: Sequence[str], number: int, count: int) -> list[str]:
    """The `number`th of several samples, spread over all texts so that each is like the whole. Pure."""
    step = max(1, len(texts) // count)
    return list(texts[number % step :: step][:count])

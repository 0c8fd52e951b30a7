"""How fast texts become vectors: our embedder beside plain sentence-transformers, the same texts, the same number of threads."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from engine.benches.alongside import PLAIN_ENCODE, Alongside, can_run
from engine.benches.figures import Figure
from engine.meaning import Meaning

ROUNDS = 5
TEXTS_PER_ROUND = 96

NAME = "our embedding ÷ plain SentenceTransformer.encode"


def embedding_figures(meaning: Meaning, texts: Sequence[str], source: Path | None) -> list[Figure]:
    """Our chunks per second over those of `SentenceTransformer.encode(batch_size=32)` in float32 on torch, taking turns.

    `source` is the published model's directory. Another 96 texts each round, the same for both; the plain one begins every other round.

    Raises:
        Trouble: one of the two can't be run.
    """
    if source is None or not can_run("sentence_transformers"):
        return [Figure(NAME, 0.0, "skipped", "sentence-transformers is not installed here, so there is nothing to compare with")]
    loaded = meaning.load()
    meaning.embed(texts[:2])
    ours: list[float] = []
    plain: list[float] = []
    with Alongside(PLAIN_ENCODE, source, str(meaning.threads), str(loaded.max_pieces)) as other:
        rounds = [some for number in range(ROUNDS) if (some := pick(texts, number, TEXTS_PER_ROUND))]
        for number, some in enumerate(rounds):
            for turn in (number % 2, 1 - number % 2):
                if turn:
                    plain.append(len(some) / other.ask(some)["seconds"])
                else:
                    began = time.monotonic()
                    meaning.embed(some)
                    ours.append(len(some) / (time.monotonic() - began))
    ratio = statistics.median(our / its for our, its in zip(ours, plain, strict=True))
    threads = f"{meaning.threads} threads each"
    return [
        Figure("our embedding", statistics.median(ours), "chunks/s", f"{loaded.embedder}, median of {len(ours)} rounds of {len(rounds[0])} chunks, {threads}"),
        Figure("plain SentenceTransformer.encode", statistics.median(plain), "chunks/s", f"batch_size=32, float32, at most {loaded.max_pieces} word pieces"),
        Figure(NAME, ratio, "ratio", f"median of the pairs, {threads}"),
    ]


def pick(texts: Sequence[str], number: int, count: int) -> list[str]:
    """The `number`th of several samples, spread over all texts so that each is like the whole. Pure."""
    step = max(1, len(texts) // count)
    return list(texts[number % step :: step][:count])

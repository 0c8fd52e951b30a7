"""Does the library know the answer? A score from what the best passages and the question have in common. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Features:
    """What is known when the passages are found.

    For each content word of the question: in how many chunks it stands, and which of the best passages hold it. `phrase`
    are the passages that hold the subject word for word. `cosine` is that of the nearest chunk, None without meaning.
    """

    frequencies: tuple[int, ...]
    chunk_count: int
    matches: tuple[frozenset[int], ...]
    phrase: frozenset[int]
    cosine: float | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """0..1, and whether that is enough to answer."""

    confidence: float
    answerable: bool


def rarity(frequency: int, chunk_count: int) -> float:
    """How much a word tells, from about 0 (in every chunk) upwards: BM25's inverse document frequency."""
    return math.log(1.0 + (chunk_count - min(frequency, chunk_count) + 0.5) / (frequency + 0.5))


def judge_evidence(features: Features) -> Evidence:
    """The evidence for a question."""
    weights = [rarity(frequency, features.chunk_count) for frequency in features.frequencies]
    total = sum(weights)
    coverage = 0.0
    if total:
        passages = {passage for found in features.matches for passage in found}
        coverage = max((sum(w for w, found in zip(weights, features.matches, strict=True) if passage in found) for passage in passages), default=0.0) / total
    return Evidence(coverage, coverage > 0.9)

"""Making one ranking of several: their scores, each brought to 0..1, are weighed and added. Pure.

Bruch, Gai and Ingber, "An analysis of fusion functions for hybrid retrieval" (ACM TOIS 42, 2023): a weighted sum of normalised
scores keeps what reciprocal ranks throw away, namely how much better the first is than the tenth. A rare word that a single
passage holds stands out by its score, and a ranking that finds all alike moves nothing.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Ranking(Generic[Item]):
    """Items with their scores, the best first, and how much they count.

    A score of `nothing` counts nothing, one of `full` counts `weight`. None stands for the lowest score of this ranking (for
    scores without a zero, such as cosines) and for its highest (for scores that only compare within one question, such as BM25).
    """

    name: str
    scored: Sequence[tuple[Item, float]]
    weight: float = 1.0
    nothing: float | None = 0.0
    full: float | None = None


def fuse_rankings(rankings: Sequence[Ranking[Item]]) -> dict[Item, float]:
    """Each item's part, 0..1, of what could be had from all rankings that found anything; larger is better."""
    taking_part = [ranking for ranking in rankings if ranking.scored and ranking.weight > 0.0]
    whole = sum(ranking.weight for ranking in taking_part)
    scores: dict[Item, float] = {}
    for ranking in taking_part:
        found = [score for _, score in ranking.scored]
        nothing = min(found) if ranking.nothing is None else ranking.nothing
        full = max(found) if ranking.full is None else ranking.full
        share = ranking.weight / whole
        for item, score in ranking.scored:
            part = min(1.0, max(0.0, (score - nothing) / (full - nothing))) if full > nothing else 1.0
            scores[item] = scores.get(item, 0.0) + share * part
    return scores

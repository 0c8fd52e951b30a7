"""Making one ranking of several: reciprocal rank fusion. Pure.

Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning methods" (SIGIR
2009). It needs no comparable scores, only orders: a BM25 score and a cosine have no common scale.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)

SMOOTHING = 60.0
"""The k of the paper, which found its choice to matter little."""


@dataclass(frozen=True, slots=True)
class Ranking(Generic[Item]):
    """Items, the best first, and how much this order counts."""

    name: str
    items: Sequence[Item]
    weight: float = 1.0


def fuse_rankings(rankings: Sequence[Ranking[Item]], *, smoothing: float = SMOOTHING) -> dict[Item, float]:
    """Each item's sum of weight / (smoothing + its place from 1) over the rankings it stands in; larger is better."""
    scores: dict[Item, float] = {}
    for ranking in rankings:
        for place, item in enumerate(ranking.items, 1):
            scores[item] = scores.get(item, 0.0) + ranking.weight / (smoothing + place)
    return scores

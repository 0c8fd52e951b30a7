"""The measures of retrieval and of refusing, as the field defines them. Pure.

hit@k (also called success@k), reciprocal rank, average precision and nDCG with binary gains as in Manning, Raghavan and Schütze,
"Introduction to Information Retrieval" (2008), chapter 8; nDCG after Järvelin and Kekäläinen, "Cumulated gain-based evaluation of
IR techniques" (2002). The area under the ROC curve is the chance that a question which the library answers is trusted more than
one that it can't answer (Hanley and McNeil 1982). Intervals are percentiles of a bootstrap (Efron 1979).
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

RESAMPLES = 500
"""Enough for an interval's ends to be steady in the second decimal, and a tenth of a second for 300 questions."""


def hit_at(depth: int, rank: int | None) -> float:
    """1 where something right stands among the first `depth`. `rank` is that of the first right one, from 1; None: none was found."""
    return float(rank is not None and rank <= depth)


def reciprocal_rank(rank: int | None, depth: int = 10) -> float:
    """1 / rank of the first right one, 0 where it stands below `depth`."""
    return 1.0 / rank if rank is not None and rank <= depth else 0.0


def average_precision(gains: Sequence[bool], right: int) -> float:
    """The mean of the precisions at each new right one; those that were not found count 0. `gains`: for each rank whether it is one."""
    found, total = 0, 0.0
    for rank, gain in enumerate(gains, 1):
        if gain:
            found += 1
            total += found / rank
    return total / right if right else 0.0


def ndcg(gains: Sequence[bool], right: int, depth: int = 10) -> float:
    """Discounted cumulative gain of the first `depth`, as a part of the best that there could be with so many right ones."""
    best = sum(1.0 / math.log2(rank + 1) for rank in range(1, min(depth, right) + 1))
    return sum(1.0 / math.log2(rank + 1) for rank, gain in enumerate(gains[:depth], 1) if gain) / best if best else 0.0


def mean(values: Sequence[float]) -> float:
    """The mean, 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def interval(values: Sequence[float], *, seed: int = 1, level: float = 0.95) -> tuple[float, float]:
    """Between which means the truth lies, at this level of trust, were the questions a fair sample of all that may be asked."""
    if len(values) < 2:
        return (mean(values), mean(values))
    dice = random.Random(seed)  # noqa: S311 — resampling, no secret
    means = sorted(mean(dice.choices(values, k=len(values))) for _ in range(RESAMPLES))
    cut = (1.0 - level) / 2
    return means[math.floor(cut * RESAMPLES)], means[math.ceil((1.0 - cut) * RESAMPLES) - 1]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the library said of one question: whether it can answer it and how sure it is; and whether it could."""

    answerable: bool
    said_answerable: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Refusing:
    """How well questions without an answer are told apart. A refusal is what is looked for: precision, recall and F1 are of refusals.

    `answered` is the share of answerable questions that were not refused, `f1_answering` the same measure with answering as what is looked for.
    """

    answerable: int
    unanswerable: int
    answered: float
    precision: float
    recall: float
    f1: float
    f1_answering: float
    auroc: float | None


def refusing(judged: Sequence[Judged]) -> Refusing:
    """Count it. AUROC is None unless there are questions of both kinds."""
    inside = [one for one in judged if one.answerable]
    outside = [one for one in judged if not one.answerable]
    refused, wrongly_refused = sum(not one.said_answerable for one in outside), sum(not one.said_answerable for one in inside)
    answered, wrongly_answered = len(inside) - wrongly_refused, len(outside) - refused
    return Refusing(
        answerable=len(inside),
        unanswerable=len(outside),
        answered=answered / len(inside) if inside else 0.0,
        precision=_share(refused, refused + wrongly_refused),
        recall=_share(refused, len(outside)),
        f1=_share(2 * refused, 2 * refused + wrongly_refused + wrongly_answered),
        f1_answering=_share(2 * answered, 2 * answered + wrongly_answered + wrongly_refused),
        auroc=auroc([one.confidence for one in inside], [one.confidence for one in outside]),
    )


def auroc(high: Sequence[float], low: Sequence[float]) -> float | None:
    """The share of pairs in which the first is the higher; ties count half. None where there are no pairs."""
    if not high or not low:
        return None
    ranked = sorted([(value, True) for value in high] + [(value, False) for value in low])
    wins, below, at = 0.0, 0, 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        highs = sum(is_high for _, is_high in ranked[at:end])
        lows = end - at - highs
        wins += highs * (below + lows / 2)
        below += lows
        at = end
    return wins / (len(high) * len(low))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0

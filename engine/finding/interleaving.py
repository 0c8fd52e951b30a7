"""One result of several: that of a comparison, and those of its sides searched by themselves. Pure."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence

import msgspec

from engine.finding.comparing import Comparison, names_all, take_turns
from engine.finding.search import SearchResult
from engine.values import Passage


def compare_results(comparison: Comparison, together: SearchResult, sides: Sequence[SearchResult], *, limit: int) -> SearchResult:
    """What was found for the whole question and for each side, by turns; no score stays higher than one before it.

    A comparison is answerable where each of its sides is: what is written of stacks says nothing of the queues that the
    library doesn't know. A best passage that names all sides speaks for itself.
    """

    def names_all_sides(passage: Passage) -> bool:
        return names_all(passage.text, comparison.sides)

    taken = take_turns(together.passages, [side.passages for side in sides], key=_place, holds_all=names_all_sides)[:limit]
    scores = itertools.accumulate((passage.score for passage in taken), min)
    passages = tuple(msgspec.structs.replace(passage, rank=rank, score=score) for rank, (passage, score) in enumerate(zip(taken, scores, strict=True), 1))
    weakest = min(sides, key=lambda side: (side.answerable, side.confidence))
    speaks = bool(together.passages) and names_all_sides(together.passages[0]) and together.confidence > weakest.confidence
    judged = together if speaks else weakest
    seconds = together.seconds + sum(side.seconds for side in sides)
    working = dataclasses.replace(together.working, features=judged.working.features, evidence=judged.working.evidence)
    return dataclasses.replace(together, passages=passages, confidence=judged.confidence, answerable=judged.answerable, seconds=seconds, working=working)


def _place(passage: Passage) -> tuple[str, int, int]:
    """Each passage once. Several of a page are welcome here: things that are compared are often defined on one page."""
    return passage.document, passage.sheet, passage.start

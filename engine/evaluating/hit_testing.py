"""One question looked at closely: which ranking found what, how sure it is, and where the threshold lies."""

from __future__ import annotations

import dataclasses

from engine import messages as m
from engine.answering.language import guess_language
from engine.cancellation import Cancellation
from engine.evaluating.measuring import Searches
from engine.finding.evidence import ENOUGH, Features
from engine.finding.search import SearchResult
from engine.values import Passage, PassageTested, TermTested


def hit_test(searching: Searches, request: m.HitTest, cancellation: Cancellation) -> m.HitTested:
    """Search as for any question, and say how each passage was found.

    Raises:
        Trouble: a scope is not there, or the question can't be asked.
        Stopped: cancelled.
    """
    found = searching.passages(request.question, limit=request.limit, scopes=request.within, by="both", cancellation=cancellation)
    return explained(request.question, found)


def explained(question: str, found: SearchResult) -> m.HitTested:
    """What is known of a result, in words for people and programs. Pure."""
    working = found.working
    return m.HitTested(
        question=question,
        searched=question,
        parts=(),
        subject=working.question.subject,
        terms=tuple(TermTested(term.text, count, count > 0) for term, count in zip(working.question.terms, working.frequencies, strict=True)),
        chunks=working.chunk_count,
        language=guess_language(question),
        by_meaning="meaning" in working.rankings,
        answerable=found.answerable,
        confidence=found.confidence,
        threshold=ENOUGH,
        features=features_of(working.features),
        passages=tuple(_tested(passage, found) for passage in found.passages),
        seconds=found.seconds,
    )


def features_of(features: Features) -> dict[str, float]:
    """Every feature as a number: what is a set of passages by their count, words that stand in passages by how many one passage holds at most. Pure."""
    found: dict[str, float] = {}
    for field in dataclasses.fields(features):
        value = getattr(features, field.name)
        if isinstance(value, bool | int | float):
            found[field.name] = round(float(value), 4)
        elif isinstance(value, frozenset):
            found[field.name] = float(len(value))
        elif isinstance(value, tuple) and value and all(isinstance(each, frozenset) for each in value):
            held = frozenset().union(*value)
            found[field.name] = float(max((sum(passage in each for each in value) for passage in held), default=0))
    return found


def _tested(passage: Passage, found: SearchResult) -> PassageTested:
    ranks: dict[str, int] = {}
    scores: dict[str, float] = {}
    for name, ranking in found.working.rankings.items():
        for place, (chunk, score) in enumerate(ranking, 1):
            if chunk == passage.chunk:
                ranks[name], scores[name] = place, round(score, 4)
                break
    return PassageTested(passage, ranks, scores)

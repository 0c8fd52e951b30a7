"""One question looked at closely: which ranking found what, how sure it is, and where the threshold lies."""

from __future__ import annotations

from engine import messages as m
from engine.answering.language import guess_language
from engine.cancellation import Cancellation
from engine.evaluating.measuring import Searches
from engine.finding.comparing import read_comparison
from engine.finding.evidence import ENOUGH
from engine.finding.search import SearchResult
from engine.values import FeatureTested, Passage, PassageTested, TermTested


def hit_test(searching: Searches, request: m.HitTest, cancellation: Cancellation) -> m.HitTested:
    """Search as for any question, and say how each passage was found.

    Raises:
        Trouble: a scope is not there, or the question can't be asked.
        Stopped: cancelled.
    """
    searched = searching.in_full(request.question, request.history)
    found = searching.passages(searched, limit=request.limit, scopes=request.within, by="both", cancellation=cancellation)
    return explained(request.question, searched, found)


def explained(question: str, searched: str, found: SearchResult) -> m.HitTested:
    """What is known of a result, in words for people and programs; `searched` is the question as it stands by itself. Pure."""
    working = found.working
    comparison = read_comparison(searched)
    return m.HitTested(
        question=question,
        searched=searched,
        parts=() if comparison is None else comparison.questions,
        subject=working.question.subject,
        terms=tuple(TermTested(term.text, count, count > 0) for term, count in zip(working.question.terms, working.frequencies, strict=True)),
        chunks=working.chunk_count,
        language=guess_language(searched),
        by_meaning="meaning" in working.rankings,
        answerable=found.answerable,
        confidence=found.confidence,
        threshold=ENOUGH,
        features=tuple(FeatureTested(each.feature, each.value, each.points) for each in working.evidence.contributions),
        passages=tuple(_tested(passage, found) for passage in found.passages),
        seconds=found.seconds,
    )


def _tested(passage: Passage, found: SearchResult) -> PassageTested:
    ranks: dict[str, int] = {}
    scores: dict[str, float] = {}
    for name, ranking in found.working.rankings.items():
        for place, (chunk, score) in enumerate(ranking, 1):
            if chunk == passage.chunk:
                ranks[name], scores[name] = place, round(score, 4)
                break
    return PassageTested(passage, ranks, scores)

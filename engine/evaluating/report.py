"""What the outcomes come to: figures of all questions, of each kind and each book, and the questions that went worst. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from engine.evaluating.measuring import Outcome
from engine.evaluating.metrics import Judged, Refusing, average_precision, hit_at, interval, mean, ndcg, reciprocal_rank, refusing
from engine.values import DocumentId

MOST_WORST = 10
"""So many of the questions that went worst are named."""

OTHER = "other"
"""The kind of a question that says none."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over some questions, by the name of the measure; `intervals` (of all questions only) are those that the true means lie in, 95 %."""

    questions: int
    means: dict[str, float]
    intervals: dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Proofs:
    """What the answers were worth. Shares are 0..1; those of what there was none of are None.

    `answered` is of the answerable questions, `refused` of the others. `cites_right` is of the answers to labelled questions.
    """

    asked: int
    answered: float | None
    refused: float | None
    by_model: int
    sentences: int
    supported: int
    citations: int
    quotes_on_their_page: float | None
    dangling: int
    cites_right: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured. `labelled` questions say where the answer stands; the others only count for refusing."""

    questions: int
    scores: Scores
    by_kind: dict[str, Scores]
    by_book: dict[str, Scores]
    refusing: Refusing | None
    proofs: Proofs | None
    worst: tuple[Outcome, ...]
    wrongly_refused: tuple[Outcome, ...]
    wrongly_answered: tuple[Outcome, ...]
    seconds_per_search: float


def report_on(outcomes: Sequence[Outcome], *, depth: int, names: Mapping[DocumentId, str]) -> Report:
    """Sum up. `depth` is how many passages were looked at; `names` are the books', for the table by book."""
    labelled = [outcome for outcome in outcomes if outcome.labelled.answerable and outcome.labelled.rights]
    judged = [Judged(one.labelled.answerable, one.said_answerable, one.confidence) for one in outcomes]
    missed = sorted((one for one in labelled if one.rank != 1), key=lambda one: (one.rank is not None, -(one.rank or 0), one.labelled.id))
    refused = [one for one in outcomes if one.labelled.answerable and not one.said_answerable]
    answered = [one for one in outcomes if not one.labelled.answerable and one.said_answerable]
    kinds = {one.labelled.kind for one in labelled}
    return Report(
        questions=len(outcomes),
        scores=scores_of(labelled, depth, with_intervals=True),
        by_kind=_grouped(labelled, depth, lambda one: [one.labelled.kind or OTHER]) if kinds - {""} else {},
        by_book=_grouped(labelled, depth, lambda one: _books(one, names)),
        refusing=refusing(judged) if outcomes else None,
        proofs=proofs_of(outcomes),
        worst=tuple(missed[:MOST_WORST]),
        wrongly_refused=tuple(sorted(refused, key=lambda one: one.confidence)[:MOST_WORST]),
        wrongly_answered=tuple(sorted(answered, key=lambda one: -one.confidence)[:MOST_WORST]),
        seconds_per_search=median([one.seconds for one in outcomes]) if outcomes else 0.0,
    )


def scores_of(outcomes: Sequence[Outcome], depth: int, *, with_intervals: bool = False) -> Scores:
    """The measures of retrieval over these questions."""
    measures: dict[str, Callable[[Outcome], float]] = {
        **{f"hit@{at}": lambda one, at=at: hit_at(at, one.rank) for at in (1, 5, 10)},  # type: ignore[misc]
        "mrr@10": lambda one: reciprocal_rank(one.rank),
        "ndcg@10": lambda one: ndcg(one.gains, len(one.labelled.rights)),
        f"map@{depth}": lambda one: average_precision(one.gains, len(one.labelled.rights)),
    }
    values = {name: [value(one) for one in outcomes] for name, value in measures.items()}
    means = {name: mean(some) for name, some in values.items()}
    return Scores(len(outcomes), means, {name: interval(some) for name, some in values.items()} if with_intervals else {})


def proofs_of(outcomes: Sequence[Outcome]) -> Proofs | None:
    """What the answers come to; None where nobody answered."""
    looked = [(one.labelled, one.proven) for one in outcomes if one.proven is not None]
    if not looked:
        return None
    found = [proven for _, proven in looked]
    citations = sum(proven.citations for proven in found)
    return Proofs(
        asked=len(found),
        answered=_share([proven.answered for labelled, proven in looked if labelled.answerable]),
        refused=_share([proven.refused for labelled, proven in looked if not labelled.answerable]),
        by_model=sum(proven.by_model for proven in found),
        sentences=sum(proven.sentences for proven in found),
        supported=sum(proven.supported for proven in found),
        citations=citations,
        quotes_on_their_page=sum(proven.quotes_on_their_page for proven in found) / citations if citations else None,
        dangling=sum(proven.dangling for proven in found),
        cites_right=_share([proven.right for proven in found if proven.right is not None]),
    )


def _share(marks: Sequence[bool]) -> float | None:
    return sum(marks) / len(marks) if marks else None


def _grouped(outcomes: Iterable[Outcome], depth: int, groups: Callable[[Outcome], Iterable[str]]) -> dict[str, Scores]:
    """Scores by group, the largest first. A question may belong to several: an index term that two books explain."""
    members: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        for group in groups(outcome):
            members.setdefault(group, []).append(outcome)
    return {group: scores_of(some, depth) for group, some in sorted(members.items(), key=lambda pair: (-len(pair[1]), pair[0]))}


def _books(outcome: Outcome, names: Mapping[DocumentId, str]) -> list[str]:
    documents = dict.fromkeys(right.document for right in outcome.labelled.rights if right.document is not None)
    return list(dict.fromkeys(names[document] for document in documents if document in names))

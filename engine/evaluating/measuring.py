"""Asking a library all questions of a labelled set, one after the other, on the way that a person's question goes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from engine import messages as m
from engine.cancellation import Cancellation
from engine.evaluating.answers import Proven, TextOf, look_at
from engine.evaluating.labels import Labelled, Right, Spot
from engine.finding.search import SearchResult
from engine.values import Answer, Passage, Scope

By = Literal["words", "meaning", "both"]


class Searches(Protocol):
    """What finds passages: `engine.searching.Searching`."""

    def in_full(self, question: str, history: Sequence[str]) -> str:
        """The question as it is searched."""

    def passages(
        self, question: str, *, limit: int, scopes: Sequence[Scope], by: By, cancellation: Cancellation, without: Collection[str] = ()
    ) -> SearchResult:
        """Best first."""


class Answers(Protocol):
    """What answers: `engine.asking.Asking`."""

    def ask(self, request: m.Ask, cancellation: Cancellation) -> Iterator[m.Happening | Answer]:
        """Happenings, then the answer."""


@dataclass(frozen=True, slots=True)
class Way:
    """How the questions are asked. `depth` is how many passages of each ranking are looked at; `answer_with` says who writes answers, if anybody."""

    scopes: tuple[Scope, ...] = ()
    by: By = "both"
    depth: int = 10
    answer_with: Literal["nobody", "passages", "model"] = "nobody"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question.

    `rank` is that of the first right passage, from 1; None where there is none among those looked at. `gains` says of each new page
    (or document, where these are labelled) whether it is a right one that was not found before.
    """

    labelled: Labelled
    rank: int | None
    gains: tuple[bool, ...]
    first: Passage | None
    said_answerable: bool
    confidence: float
    seconds: float
    proven: Proven | None = None


def measure(questions: Sequence[Labelled], *, way: Way, searching: Searches, asking: Answers, text_of: TextOf, cancellation: Cancellation) -> Iterator[Outcome]:
    """Ask every question; what became of each comes as soon as it is known.

    Raises:
        Trouble: the search or the generator failed, or a question can't be asked.
        Stopped: cancelled.
    """
    for labelled in questions:
        cancellation.raise_if_cancelled()
        question = searching.in_full(labelled.question, labelled.history)
        found = searching.passages(question, limit=way.depth, scopes=way.scopes, by=way.by, cancellation=cancellation, without=labelled.without)
        proven = None if way.answer_with == "nobody" else look_at(_answer(labelled, way, asking, cancellation), labelled, text_of)
        first = found.passages[0] if found.passages else None
        yield Outcome(
            labelled,
            rank_of_first(found.passages, labelled.rights),
            gains_of(found.passages, labelled),
            first,
            found.answerable,
            found.confidence,
            found.seconds,
            proven,
        )


def _answer(labelled: Labelled, way: Way, asking: Answers, cancellation: Cancellation) -> Answer:
    request = m.Ask(labelled.question, history=labelled.history, within=way.scopes, with_model=way.answer_with == "model", own_answers=False)
    for said in asking.ask(request, cancellation):
        if isinstance(said, Answer):
            return said
    raise AssertionError("the question had no answer")


def rank_of_first(passages: Sequence[Passage], rights: Sequence[Right]) -> int | None:
    """The place, from 1, of the first passage that is right. Pure."""
    return next((place for place, passage in enumerate(passages, 1) if any(right.fits(passage) for right in rights)), None)


def gains_of(passages: Sequence[Passage], labelled: Labelled) -> tuple[bool, ...]:
    """For each page (or document) in the order in which they come up, whether it brings something right that is new. Pure.

    A second passage of the same page, or of a place that was found, is neither gain nor loss: it is left out.
    """
    seen: set[Spot] = set()
    left = list(labelled.rights)
    gains: list[bool] = []
    for passage in passages:
        spot = labelled.spot(passage)
        fitting = next((right for right in left if right.fits(passage)), None)
        known = spot in seen or (fitting is None and any(right.fits(passage) for right in labelled.rights))
        seen.add(spot)
        if known:
            continue
        gains.append(fitting is not None)
        if fitting is not None:
            left.remove(fitting)
    return tuple(gains)

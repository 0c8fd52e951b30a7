"""Calibrating a library: its own questions are asked in idle moments, and what came out is kept.

Everything is made anew each time, from the same library the same. It is done when the library has become another one: a fifth larger or
smaller, another embedder, other weights. Until then, and before the first time, the general weights serve.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, Protocol

import msgspec

from engine import messages as m
from engine.calibrating.fitting import Observed, fit
from engine.calibrating.samples import Sample, crossed_terms, known_sentences, known_terms, off_topic
from engine.cancellation import Cancellation
from engine.finding.evidence import WEIGHTS_VERSION
from engine.finding.search import SearchResult
from engine.library.calibrations import Calibration, keep_calibration, read_calibration
from engine.library.library import Library
from engine.library.material import occur_on_one_page, read_material
from engine.library.question import read_question
from engine.living.renewal import Gate
from engine.values import Scope

TERMS, SENTENCES, CROSSED, OFF_TOPIC = 40, 24, 24, 50
"""Questions of each kind, at most: together a second or two of searching on two cores."""

MATERIAL = 120
"""Texts of each kind that questions are made of."""

GROWN = 0.2
"""By this part a library must have grown or shrunk to be calibrated again."""


class Searches(Protocol):
    """What asks the questions: `engine.searching.Searching`."""

    def passages(
        self, question: str, *, limit: int, scopes: tuple[Scope, ...], by: Literal["words", "meaning", "both"], cancellation: Cancellation
    ) -> SearchResult:
        """The passages for a question, and how they came about."""


class Embeds(Protocol):
    """Whether meaning takes part in searches now: `engine.meaning.Meaning`."""

    @property
    def state(self) -> str:
        """ "ready" when it can embed at once, "missing" where there is none."""


class Calibrating:
    """Keeps the calibration of one library up to date."""

    def __init__(
        self,
        *,
        library: Library,
        searching: Searches,
        embedding: Embeds,
        gate: Gate,
        state: Callable[[], m.EngineState],
        must_write: Callable[[], None],
    ) -> None:
        """`state` is said at the end; `must_write` raises where this engine may only read."""
        self._state = state
        self._must_write = must_write
        self._tried: tuple[int, str | None] | None = None
        self._library = library
        self._searching = searching
        self._embedding = embedding
        self._gate = gate

    def handlers(self) -> Mapping[type, Callable[[m.Calibrate, Cancellation], Iterator[m.EngineState]]]:
        """What does each kind of request."""
        return {m.Calibrate: self._calibrate}

    def errand(self) -> m.Calibrate | None:
        """What to do in an idle moment."""
        return m.Calibrate() if self.is_pending() else None

    def _calibrate(self, _request: m.Calibrate, cancellation: Cancellation) -> Iterator[m.EngineState]:
        self._must_write()
        for _ in self.work(cancellation):
            pass
        yield self._state()

    def is_pending(self) -> bool:
        """Whether the library has become another one since it was calibrated. While the embedder loads, or vectors are missing, it waits."""
        chunks = self._library.keywords.chunk_count()
        if not chunks or self._embedding.state == "loading":
            return False
        embedder = self._library.embedders.serving()
        if embedder is not None and self._embedding.state == "ready" and self._library.embedders.chunks_to_renew(embedder):
            return False
        if self._tried == (chunks, embedder):
            return False  # whatever kept it from being done: it would be tried every few seconds
        kept = read_calibration(self._library.database)
        return kept.version != WEIGHTS_VERSION or kept.embedder != embedder or abs(chunks - kept.chunks) > GROWN * kept.chunks

    def work(self, cancellation: Cancellation) -> Iterator[int]:
        """Calibrate, once; after each question, how many are left.

        Raises:
            Trouble: the home can't be written.
            Stopped: cancelled; the calibration before stays.
        """
        chunks, embedder = self._library.keywords.chunk_count(), self._library.embedders.serving()
        self._tried = chunks, embedder
        samples = self.samples()
        observed: list[Observed] = []
        for done, sample in enumerate(samples, 1):
            self._gate.wait(cancellation)
            cancellation.raise_if_cancelled()
            found = self._searching.passages(sample.question, limit=1, scopes=(), by="both", cancellation=cancellation)
            observed.append(Observed(sample, found.working.features))
            yield len(samples) - done
        keep_calibration(self._library.database, msgspec.structs.replace(fit(observed), chunks=chunks, embedder=embedder))

    def samples(self) -> tuple[Sample, ...]:
        """The questions, from the same library the same. Those of other fields that the library may be about are dropped, and crossings that it holds."""
        with self._library.database.reading() as connection:
            material = read_material(connection, MATERIAL)
            crossed = [sample for sample in crossed_terms(material, 4 * CROSSED) if not occur_on_one_page(connection, read_question(sample.question).terms)]
        others = [sample for sample in off_topic(material, 2 * OFF_TOPIC) if not self._holds(sample.question)]
        return (*known_terms(material, TERMS), *known_sentences(material, SENTENCES), *crossed[:CROSSED], *others[:OFF_TOPIC])

    def calibration(self) -> Calibration:
        """What is kept."""
        return read_calibration(self._library.database)

    def _holds(self, question: str) -> bool:
        """Whether all words of a question stand in one passage somewhere: then the library may know about it."""
        terms = read_question(question).terms
        if not all(self._library.keywords.frequencies(terms)):
            return False
        return bool(self._library.keywords.ranked(" AND ".join(term.expression for term in terms), 1))

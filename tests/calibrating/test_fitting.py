"""What a library teaches: nothing where there is little to learn, a shift where the general weights are off, another scale for another embedder."""

from __future__ import annotations

import random

import pytest

from engine.calibrating.fitting import Observed, fit
from engine.calibrating.samples import Sample
from engine.finding.evidence import SPAN, UNLIKE, WEIGHTS_VERSION, Features, judge_evidence
from engine.library.calibrations import Calibration


def observed(known: bool, cosine: float | None, *, dice: random.Random, off_topic: bool = True, share: float | None = None, spread: float = 1.0) -> Observed:
    """A question of three words, as found; a known one has its words together in one passage."""
    held = dice.random() < (0.95 if known else 0.25) if share is None else dice.random() < share
    matches = tuple(frozenset({1}) if held or place == 0 else frozenset[int]() for place in range(3))
    near = None if cosine is None else cosine + spread * dice.uniform(-0.06, 0.06)
    features = Features(
        frequencies=(20, 50, 90),
        chunk_count=3000,
        matches=matches,
        phrase=frozenset({1}) if held else frozenset(),
        cosine=near,
        together=(frozenset({1}), frozenset({1})) if held else (frozenset(), frozenset()),
        cosine_tenth=None if near is None else near - spread * (0.12 if known else 0.05),
        cosine_last=None if near is None else near - spread * (0.22 if known else 0.12),
        agreeing=2 if known else 1,
    )
    return Observed(Sample("?", known, "term" if known else "off topic" if off_topic else "crossed"), features)


def a_library(count: int, known: float | None, others: float | None, *, spread: float = 1.0) -> list[Observed]:
    dice = random.Random(4)
    return [observed(place % 2 == 0, known if place % 2 == 0 else others, dice=dice, spread=spread) for place in range(2 * count)]


def test_too_few_questions_change_nothing() -> None:
    assert fit(a_library(5, 0.55, 0.28)) == Calibration(questions=10, version=WEIGHTS_VERSION)
    assert fit([]) == Calibration(version=WEIGHTS_VERSION)


def test_the_usual_cosines_are_taken_as_they_are() -> None:
    taught = fit(a_library(60, 0.55, 0.28))
    assert (taught.unlike, taught.span) == (None, None)
    assert 0.5 <= taught.scale <= 2.0
    assert abs(taught.shift) <= 1.0
    assert (taught.words_scale, taught.words_shift) == (1.0, 0.0)


def test_cosines_of_another_embedder_are_measured() -> None:
    taught = fit(a_library(60, UNLIKE * 0.3 + 0.7 + SPAN * 0.3, UNLIKE * 0.3 + 0.7, spread=0.3))
    assert taught.unlike == pytest.approx(0.784, abs=0.01)
    assert taught.span == pytest.approx(SPAN * 0.3, abs=0.01)


def test_words_alone_are_learnt_apart() -> None:
    taught = fit(a_library(60, None, None))
    assert (taught.scale, taught.shift) == (1.0, 0.0)
    assert taught.words_scale != 1.0


def test_a_library_in_which_too_much_looks_answerable_asks_for_more() -> None:
    dice = random.Random(2)
    lenient = [observed(place % 2 == 0, 0.5, dice=dice, share=0.9 if place % 2 == 0 else 0.8) for place in range(120)]
    taught = fit(lenient)
    assert taught.shift < 0.0
    features = lenient[1].features
    assert judge_evidence(features, taught).confidence < judge_evidence(features).confidence


def test_the_same_questions_teach_the_same() -> None:
    assert fit(a_library(40, 0.5, 0.3)) == fit(a_library(40, 0.5, 0.3))

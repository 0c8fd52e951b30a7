"""Does the library know the answer? A score from what the question and the best passages have in common. Pure.

Plain features in a logistic curve. The weights come from a regression over some 4,500 questions: index terms of textbooks in seven forms
against terms of other textbooks (with words that the library lacks, and with words that it has but never together) and
general-knowledge questions; questions in sentences over encyclopedia articles with half of the articles left out; and natural questions over six
textbooks, in nobody's words but the asker's. Each library's figures were judged by weights that had not seen it; then
rounded. What a library teaches about itself (`Calibration`) shifts and stretches the sum; the weights stay.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from engine.library.calibrations import Calibration

ENOUGH = 0.5
"""From this confidence on a question counts as answerable."""

SHORT_QUESTION = 3
"""With so few content words a missing one is the point of the question; twice as many are a sentence in somebody's own words, and books use others."""

STRICTNESS = {"lenient": 1.0, "normal": 0.0, "strict": -1.0}
"""What the student's choice adds to the sum: 1.0 makes a confidence of .27 enough, -1.0 asks for .73."""

WEIGHTS_VERSION = 1
"""Raised with every change of the weights: calibrations made for others are not used."""

UNLIKE, SPAN = 0.28, 0.31
"""The best cosine of questions that a library does not know, and how much larger it is for those that it knows: with the
starter embedder .18 to .32 and .2 to .4 in thirteen libraries. The weights of the cosines hold on this scale."""

_MOST_RARITY = 40.0
_MOST_POINTS = 4.0
_LIGHT = 0.3
"""How much a light word tells ("gets", "happens", "first") of what its rarity says."""

_ONLY_THE_STEM = 0.3
"""How much a word counts that stands there in another form only ("special" for "specials", "computer" for "computability")."""


@dataclass(frozen=True, slots=True)
class Features:
    """What is known when the passages are found.

    For each content word of the question: in how many chunks of the library it stands, which of the best passages hold it, and
    which hold it as it was typed. `phrase` are the passages that hold the subject word for word. `together` are, for each two words that follow each
    other in the question, the passages in which they stand near each other. `cosine` is that of the nearest chunk, None where meaning
    takes no part; `cosine_tenth` and `cosine_last` those of the tenth and the hundredth (or last) chunk. `introduced` are the points of the passage
    that introduces the term best (`engine.finding.defining`); `named` is the share of the question that a term of a book's own
    index covers; `agreeing` is how many rankings (of meaning, any word and all words) have the best passage among their first five.
    `light` are the places of words that tell little.
    """

    frequencies: tuple[int, ...]
    chunk_count: int
    matches: tuple[frozenset[int], ...]
    phrase: frozenset[int]
    cosine: float | None
    introduced: float = 0.0
    typed: tuple[frozenset[int], ...] | None = None
    together: tuple[frozenset[int], ...] = ()
    cosine_tenth: float | None = None
    cosine_last: float | None = None
    named: float = 0.0
    agreeing: int = 0
    small_talk: bool = False
    light: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature adds to the sum of the evidence: `value` (mostly 0..1) times its weight. The sum is enough from 0 on."""

    feature: str
    value: float
    points: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """0..1, whether that is enough to answer, and what spoke for it and against it."""

    confidence: float
    answerable: bool
    contributions: tuple[Contribution, ...] = ()


NO_EVIDENCE = Evidence(0.0, False)

_WITH_MEANING = {
    "covered": 4.5,
    "rarity": 0.7,
    "word for word": 1.25,
    "introduced": 2.5,
    "incomplete": -0.3,
    "words together": 1.4,
    "meaning": 4.7,
    "meaning: nearest to tenth": 1.7,
    "meaning: nearest to the rest": 3.5,
    "agreeing": 0.4,
    "a whole sentence": 3.2,
    "named by an index": 1.5,
    "against any question": -9.0,
}
_WORDS_ONLY = {
    "covered": 3.2,
    "rarity": 2.8,
    "word for word": 0.1,
    "introduced": 3.2,
    "incomplete": -1.7,
    "words together": 1.0,
    "named by an index": 1.0,
    "against any question": -3.8,
}


def rarity(frequency: int, chunk_count: int) -> float:
    """How much a word tells, from about 0 (in every chunk) upwards: BM25's inverse document frequency. A word that never occurs tells most."""
    return math.log(1.0 + (chunk_count - min(frequency, chunk_count) + 0.5) / (frequency + 0.5))


def judge_evidence(features: Features, calibration: Calibration | None = None, *, leniency: float = 0.0) -> Evidence:
    """How sure it is that the passages answer the question.

    A question is covered as far as one single passage holds its words, rare ones counting more: words scattered over a book
    are no evidence. Without any word in common, only a near meaning could speak for an answer. `calibration` is what the library taught
    about itself (None: nothing yet); `leniency` is added to the sum (see `STRICTNESS`).
    """
    calibration = calibration if calibration is not None and calibration.version == WEIGHTS_VERSION else Calibration()
    if features.small_talk or features.chunk_count == 0 or (not features.frequencies and features.cosine is None):
        return NO_EVIDENCE
    contributions = weigh(features, calibration)
    total = sum(each.points for each in contributions)
    if features.cosine is None:
        taught = calibration.words_scale * total + calibration.words_shift - total
    else:
        taught = calibration.scale * total + calibration.shift - total
    confidence = 1.0 / (1.0 + math.exp(-(total + taught + leniency)))
    added = (("taught by this library", taught), ("strictness", leniency))
    contributions = (*contributions, *(Contribution(name, 1.0, round(points, 3)) for name, points in added if points))
    return Evidence(round(confidence, 4), confidence >= ENOUGH, contributions)


def weigh(features: Features, calibration: Calibration) -> tuple[Contribution, ...]:
    """What each feature says, before the library's own shift."""
    values = _values(features, calibration)
    weights = _WORDS_ONLY if features.cosine is None else _WITH_MEANING
    return tuple(Contribution(name, round(values[name], 4), round(weight * values[name], 4)) for name, weight in weights.items())


def _values(features: Features, calibration: Calibration) -> dict[str, float]:
    tells = [rarity(frequency, features.chunk_count) * (_LIGHT if place in features.light else 1.0) for place, frequency in enumerate(features.frequencies)]
    together, covered = _most_together(tells, features.matches, features.matches if features.typed is None else features.typed)
    share = together / sum(tells) if tells else 0.0
    words = len(tells)
    values = {
        "covered": covered / sum(tells) if tells else 0.0,
        "rarity": min(together, _MOST_RARITY) / 10.0,
        "word for word": float(share > 0.0 if words == 1 else bool(features.phrase)),
        "introduced": min(features.introduced, _MOST_POINTS) / _MOST_POINTS,
        "incomplete": float(words <= SHORT_QUESTION and share < 0.999),
        "words together": _neighbours(features.together) if features.together else float(words == 1 and share > 0.0),
        "named by an index": float(features.named >= 0.99),
        "agreeing": features.agreeing / 3.0,
        "a whole sentence": max(0.0, min(1.0, (words - SHORT_QUESTION) / SHORT_QUESTION)),
        "against any question": 1.0,
    }
    return values if features.cosine is None else {**values, **_cosines(features, features.cosine, calibration)}


def _cosines(features: Features, cosine: float, calibration: Calibration) -> dict[str, float]:
    """The cosines on the scale of the weights."""
    unlike = UNLIKE if calibration.unlike is None else calibration.unlike
    stretch = 1.0 if calibration.span is None else SPAN / calibration.span
    tenth = cosine if features.cosine_tenth is None else features.cosine_tenth
    last = cosine if features.cosine_last is None else features.cosine_last
    return {
        "meaning": UNLIKE + (cosine - unlike) * stretch,
        "meaning: nearest to tenth": (cosine - tenth) * stretch,
        "meaning: nearest to the rest": (cosine - last) * stretch,
    }


def _most_together(tells: list[float], matches: tuple[frozenset[int], ...], typed: tuple[frozenset[int], ...]) -> tuple[float, float]:
    """The largest sum of rarities of words that stand in one passage, and how much of it is covered (a word's stem alone counts less)."""
    best = (0.0, 0.0)
    for passage in frozenset().union(*matches):
        held = [(worth, passage in exact) for worth, found, exact in zip(tells, matches, typed, strict=True) if passage in found]
        best = max(best, (sum(worth for worth, _ in held), sum(worth if exact else _ONLY_THE_STEM * worth for worth, exact in held)))
    return best


def _neighbours(together: tuple[frozenset[int], ...]) -> float:
    """The share of the question's neighbouring words that stand near each other in one passage."""
    passages = frozenset().union(*together)
    return max((sum(passage in found for found in together) for passage in passages), default=0) / len(together)

"""Does the library know the answer? A score from what the question and the best passages have in common. Pure.

Six plain features in a logistic curve. The weights come from a regression over index terms of six textbooks asked in seven
forms, against terms of other textbooks and general-knowledge questions, and from questions in sentences over encyclopedia
articles with half of the articles left out (English, German, Russian, Chinese); rounded. Trained on three of the books they
did as well on the other three: 99 % of the index terms answered, 1–2 % of the general-knowledge questions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

ENOUGH = 0.5
"""From this confidence on a question counts as answerable."""

SHORT_QUESTION = 3
"""With so few words a missing one is the point of the question."""

_MOST_RARITY = 40.0
_MOST_POINTS = 4.0


@dataclass(frozen=True, slots=True)
class Features:
    """What is known when the passages are found.

    For each content word of the question: in how many chunks of the library it stands, and which of the best passages hold
    it. `phrase` are the passages that hold the subject word for word. `cosine` is that of the nearest chunk, None where
    meaning takes no part. `introduced` are the points of the passage that introduces the term best (`engine.finding.defining`).
    """

    frequencies: tuple[int, ...]
    chunk_count: int
    matches: tuple[frozenset[int], ...]
    phrase: frozenset[int]
    cosine: float | None
    introduced: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """0..1, and whether that is enough to answer."""

    confidence: float
    answerable: bool


@dataclass(frozen=True, slots=True)
class _Weights:
    """One weight for each feature. `bias` is what speaks against any question at all."""

    coverage: float
    rarity: float
    word_for_word: float
    introduced: float
    incomplete: float
    cosine: float
    bias: float


_WITH_MEANING = _Weights(coverage=2.5, rarity=1.8, word_for_word=1.2, introduced=3.2, incomplete=-1.6, cosine=6.0, bias=-6.0)
_WORDS_ONLY = _Weights(coverage=3.2, rarity=2.6, word_for_word=0.9, introduced=2.4, incomplete=-1.5, cosine=0.0, bias=-3.6)


def rarity(frequency: int, chunk_count: int) -> float:
    """How much a word tells, from about 0 (in every chunk) upwards: BM25's inverse document frequency. A word that never occurs tells most."""
    return math.log(1.0 + (chunk_count - min(frequency, chunk_count) + 0.5) / (frequency + 0.5))


def judge_evidence(features: Features) -> Evidence:
    """How sure it is that the passages answer the question.

    A question is covered as far as one single passage holds its words, rare ones counting more: words scattered over a book
    are no evidence. Without any word in common, only a near meaning could speak for an answer.
    """
    if features.chunk_count == 0 or (not features.frequencies and features.cosine is None):
        return Evidence(0.0, False)
    tells = [rarity(frequency, features.chunk_count) for frequency in features.frequencies]
    together = _most_together(tells, features.matches)
    coverage = together / sum(tells) if tells else 0.0
    words = len(tells)
    weights = _WORDS_ONLY if features.cosine is None else _WITH_MEANING
    sum_of_all = (
        weights.bias
        + weights.coverage * coverage
        + weights.rarity * min(together, _MOST_RARITY) / 10.0
        + weights.word_for_word * (coverage > 0.0 if words == 1 else bool(features.phrase))
        + weights.introduced * min(features.introduced, _MOST_POINTS) / _MOST_POINTS
        + weights.incomplete * (words <= SHORT_QUESTION and coverage < 0.999)
        + weights.cosine * (features.cosine or 0.0)
    )
    confidence = 1.0 / (1.0 + math.exp(-sum_of_all))
    return Evidence(round(confidence, 4), confidence >= ENOUGH)


def _most_together(tells: list[float], matches: tuple[frozenset[int], ...]) -> float:
    """The largest sum of rarities of words that stand in one passage."""
    passages = frozenset().union(*matches)
    return max((sum(worth for worth, found in zip(tells, matches, strict=True) if passage in found) for passage in passages), default=0.0)

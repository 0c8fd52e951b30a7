"""From evidence of questions whose answer is known, or known not to be there, to how evidence is read in a library. Pure.

The sum of the evidence is stretched and shifted by a logistic regression (Platt, "Probabilistic outputs for support vector machines",
1999) that is held to where nothing is changed: the fewer questions, the less it moves. Before that, cosines are brought to the scale that the
weights were made on where an embedder's lie elsewhere: one model says .3 for what has nothing in common, another .75.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from engine.calibrating.samples import Sample
from engine.finding.evidence import WEIGHTS_VERSION, Features, weigh
from engine.library.calibrations import Calibration

FEWEST = 15
"""Questions of either kind: with fewer, nothing is learnt from them."""

HOLD = 20.0
"""How strongly the stretch is held to 1 and the shift to 0 (the precision of their prior; the shift's is a quarter), against two
kinds of questions that weigh 60 each. Between 5 and 80 no figure of seven libraries changed by more than .01."""

WEIGHT_OF_A_KIND = 60.0

_MOST_STRETCH = (0.5, 2.0)
_MOST_SHIFT = 1.0
_USUAL_UNLIKE, _USUAL_SPAN = (0.12, 0.42), (0.18, 0.46)
"""Within these an embedder's cosines are taken as they are: with the starter embedder they lay there in every library, whatever its size, and
translating them gained nothing and cost up to a hundredth of F1 in some."""

_STEPS = 50


@dataclass(frozen=True, slots=True)
class Observed:
    """A question that was asked, and what was found."""

    sample: Sample
    features: Features


def fit(observed: Sequence[Observed]) -> Calibration:
    """The calibration of a library; defaults where there is too little to learn from."""
    unlike, span = _scale_of_cosines(observed)
    cosines = Calibration(unlike=unlike, span=span, version=WEIGHTS_VERSION)
    scale, shift = _fit_line([(_sum(each.features, cosines), each.sample.known) for each in observed if each.features.cosine is not None])
    words_scale, words_shift = _fit_line([(_sum(each.features, cosines), each.sample.known) for each in observed if each.features.cosine is None])
    return Calibration(
        scale=round(scale, 4),
        shift=round(shift, 4),
        words_scale=round(words_scale, 4),
        words_shift=round(words_shift, 4),
        unlike=unlike,
        span=span,
        questions=len(observed),
        version=WEIGHTS_VERSION,
    )


def _sum(features: Features, calibration: Calibration) -> float:
    return sum(each.points for each in weigh(features, calibration))


def _scale_of_cosines(observed: Sequence[Observed]) -> tuple[float | None, float | None]:
    """Where an embedder's cosines lie, if that is far from where the weights expect them; (None, None) otherwise."""
    known = [each.features.cosine for each in observed if each.sample.known and each.features.cosine is not None]
    others = [each.features.cosine for each in observed if each.sample.kind == "off topic" and each.features.cosine is not None]
    if min(len(known), len(others)) < FEWEST:
        return None, None
    unlike = sum(others) / len(others)
    span = sum(known) / len(known) - unlike
    usual = _USUAL_UNLIKE[0] <= unlike <= _USUAL_UNLIKE[1] and _USUAL_SPAN[0] <= span <= _USUAL_SPAN[1]
    return (None, None) if usual or span < 0.01 else (round(unlike, 4), round(span, 4))


def _fit_line(sums: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Stretch and shift by Newton's method; both kinds weigh the same, however many there are."""
    counts = {known: sum(each == known for _, each in sums) for known in (True, False)}
    if min(counts.values()) < FEWEST:
        return 1.0, 0.0
    scale, shift = 1.0, 0.0
    for _ in range(_STEPS):
        slope, level, bend, cross, flat = HOLD * (scale - 1.0), HOLD / 4 * shift, HOLD, 0.0, HOLD / 4
        for total, known in sums:
            weight = min(1.0, WEIGHT_OF_A_KIND / counts[known])
            likely = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, scale * total + shift))))
            error, curve = weight * (likely - known), weight * likely * (1.0 - likely)
            slope, level = slope + error * total, level + error
            bend, cross, flat = bend + curve * total * total, cross + curve * total, flat + curve
        determinant = bend * flat - cross * cross
        step = (flat * slope - cross * level) / determinant, (bend * level - cross * slope) / determinant
        scale, shift = scale - step[0], shift - step[1]
        if abs(step[0]) + abs(step[1]) < 1e-6:
            break
    return max(_MOST_STRETCH[0], min(_MOST_STRETCH[1], scale)), max(-_MOST_SHIFT, min(_MOST_SHIFT, shift))

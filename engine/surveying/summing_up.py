"""The sentences of a part of a book that say most of it, word for word. Pure.

Centrality: a sentence that holds the words which many sentences of its part share says what the part is about (SumBasic, Nenkova
and Vanderwende 2005: after a sentence was taken its words weigh less, so that the next one says something else). To that come the signs by which
textbooks show what matters: an emphasised term that is being defined, the opening of a section, words of the title.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from engine.answering.terms import content_terms
from engine.surveying.defined import defined_term
from engine.surveying.material import Line, Material, is_aside
from engine.surveying.notes import Note
from engine.surveying.outline import is_around
from engine.surveying.standing import plainness, speaks_of_itself, stands_alone

LEAST_PLAINNESS = 0.4
"""A sentence that leans more than that on what is around it is never taken."""
NOTES = 8
"""How many sentences of a unit are noted; an answer takes the best of them."""

_CUES = re.compile(
    r"\b(?:important|essential|fundamental|main|key|purpose|goal|central|primary|consists? of|composed of|is (?:called|known as|"
    r"responsible for|used to|defined)|are (?:called|known as|used to)|allows?|"
    r"provides?|ensures?|guarantees?|means that|refers to|advantage|drawback|trade-?off|in summary|in short)\b|"
    r"是一种|是指|称为|用于|主要|核心|关键|特点|优点|缺点|思想",
    re.IGNORECASE,
)


@dataclass
class _Candidate:
    line: Line
    terms: frozenset[str]
    signs: float


def sum_up(material: Material, *, limit: int = NOTES) -> tuple[Note, ...]:
    """Up to `limit` sentences, the most telling first."""
    lines = [line for line in material.lines if line.kind == "prose" and not any(is_aside(title) or is_around(title) for title in line.titles[1:])]
    lines = lines or [line for line in material.lines if line.kind == "prose"]
    bags = [frozenset(content_terms(line.text)) for line in lines]
    counts = Counter(term for bag in bags for term in bag)
    weights = {term: math.log(count) for term, count in counts.items() if count > 1}
    candidates = [
        _Candidate(line, bag, _signs(line, material))
        for line, bag in zip(lines, bags, strict=True)
        if bag and stands_alone(line.text) and plainness(line.text) >= LEAST_PLAINNESS and _is_of(line, material)
    ]
    return tuple(_note(candidate.line, material, score) for candidate, score in _chosen(candidates, weights, limit))


def _chosen(candidates: Sequence[_Candidate], weights: dict[str, float], limit: int) -> list[tuple[_Candidate, float]]:
    weights = dict(weights)
    left = list(candidates)
    chosen: list[tuple[_Candidate, float]] = []
    sections: Counter[int | None] = Counter()
    passages: Counter[int] = Counter()
    most = max(weights.values(), default=1.0) or 1.0
    fairness = 0.8 if len({candidate.line.section for candidate in candidates}) > 1 else 1.0
    while left and len(chosen) < limit:

        def worth(candidate: _Candidate) -> float:
            central = sum(weights.get(term, 0.0) for term in candidate.terms) / (len(candidate.terms) + 3) / most
            spread = fairness ** sections[candidate.line.section] * 0.55 ** passages[candidate.line.passage]
            return (2.0 * central + candidate.signs) * plainness(candidate.line.text) * spread

        best = max(left, key=lambda candidate: (worth(candidate), -candidate.line.passage, -candidate.line.start))
        score = worth(best)
        if score <= 0.0:
            break
        chosen.append((best, round(score, 4)))
        sections[best.line.section] += 1
        passages[best.line.passage] += 1
        for term in best.terms & weights.keys():
            weights[term] *= 0.5
        left = [c for c in left if c is not best and len(c.terms & best.terms) < 0.6 * min(len(c.terms), len(best.terms))]
    return chosen


def _is_of(line: Line, material: Material) -> bool:
    """ "This section shows …" is said of the section that it stands in, not of the one that is summed up."""
    return not speaks_of_itself(line.text) or (material.unit.sections or (None,))[0] == line.section


def _signs(line: Line, material: Material) -> float:
    """What speaks for a sentence beside its words."""
    terms = frozenset(content_terms(line.text))
    titles = frozenset(content_terms(f"{material.unit.title} {line.titles[-1] if line.titles else ''}"))
    value = 0.3 * len(terms & titles) / max(2, len(titles))
    value += 0.4 * (defined_term(line.text, line.emphasised) is not None)
    value += 0.15 * line.opens + 0.2 * line.first
    value += 0.12 * bool(_CUES.search(line.text))
    value += 0.15 * speaks_of_itself(line.text) * line.first
    words = len(line.text.split()) if line.text.isascii() or " " in line.text[:20] else len(line.text) // 2
    return value - 0.15 * (words > 32) - 0.1 * (words < 9)


def _note(line: Line, material: Material, score: float) -> Note:
    return Note(material.passages[line.passage].chunk, line.start, line.end, line.text, score, section=line.section)

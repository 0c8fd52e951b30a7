"""Where a term is introduced rather than merely used: a heading, bold or italics, a defining phrase. Pure.

A textbook says what a thing is in few places and names it in many; BM25 and cosines can't tell these apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from engine.library.shadow import CJK_RUN, normalise

LONGEST_TERM = 80
"""Longer subjects are sentences: nobody sets them in bold or defines them."""

MOST_WORDS = 6

MOST_POINTS = 4.0
"""More points than these make it no surer that a term is introduced: a heading of its own on the first page of its section, and a defining phrase."""

EMPHASIS_SEPARATOR = " · "
"""Stands between the emphasised phrases of a chunk."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk that may introduce a term. `opens_section` says that it stands on the first page of its section."""

    text: str
    section_path: tuple[str, ...]
    emphasis: str
    opens_section: bool


class Defining:
    """How far a text introduces one term."""

    def __init__(self, subject: str) -> None:
        term = term_pattern(subject)
        self._term = None if term is None else re.compile(term, re.IGNORECASE)
        self._length = len(subject)

    def points(self, candidate: Candidate) -> float:
        """How strongly `candidate` introduces the term; 0 where nothing says so."""
        if self._term is None:
            return 0.0
        points = self._heading_points(candidate)
        points += self._emphasis_points(candidate.emphasis)
        text = normalise(candidate.text)
        places = [match.span() for match in self._term.finditer(text)]
        points += max((_phrase_points(text, start, end) for start, end in places[:_MOST_PLACES]), default=0.0)
        return points + 0.2 * min(5, len(places)) if points else 0.0

    def _emphasis_points(self, emphasis: str) -> float:
        """Set in bold or italics by itself, or within a longer stretch."""
        assert self._term is not None
        found = [phrase for phrase in normalise(emphasis).split(EMPHASIS_SEPARATOR) if self._term.search(phrase)]
        if any(self._length >= 0.7 * len(phrase.strip()) for phrase in found):
            return 2.0
        return 1.0 if found else 0.0

    def _heading_points(self, candidate: Candidate) -> float:
        if self._term is None or not candidate.section_path:
            return 0.0
        best = 0.0
        for depth, title in enumerate(reversed(candidate.section_path)):
            if self._term.search(normalise(title)):
                # A heading that says little else is about the term; a chapter's heading is far away.
                best = max(best, min(1.0, self._length / max(1, len(_without_number(title)))) / (1 + depth))
        return best * (3.0 if candidate.opens_section else 1.0)


def term_pattern(subject: str) -> str | None:
    """A regular expression for the term however it is broken over lines, hyphenated or in the plural; None if it is no term."""
    term = normalise(subject).strip().strip('"“”')
    words = term.split()
    if not words or len(term) > LONGEST_TERM or len(words) > MOST_WORDS:
        return None
    if CJK_RUN.search(term):
        return r"\s*".join(re.escape(word) for word in words)
    pattern = r"[\s\-‐–]+".join(
        re.escape(part) for word in words for part in (word.split("-") if word.replace("-", "").isalnum() and "-" in word else [word]) if part
    )
    before = r"(?<![\w\\])" if words[0][0].isalnum() else r"(?<!\S)[(\[{\"'“‘]*" if not words[0][0].isalnum() and len(term) < 3 else ""
    after = r"(?:['’]?s|es)?(?!\w)" if words[-1][-1].isalnum() else ""
    return f"{before}(?:{pattern}){after}"


_TERM = "\ue000"
"""Stands for the term in the patterns below: they are compiled once, and the term's own pattern finds the places."""

_AROUND = 70
_MOST_PLACES = 12
_ARTICLE = r"(?:a|an|the)?\s*[\"“‘'(*]*"
_PHRASES = tuple(
    (re.compile(pattern.replace("TERM", _TERM), re.IGNORECASE | re.MULTILINE), worth)
    for pattern, worth in (
        (rf"\b(?:called|termed|named|known as|referred to as|dubbed|so-called)\s+{_ARTICLE}TERM", 2.0),
        (r"TERM[\"”’')*]*\s+(?:is|are)\s+(?:called|defined|said to)\b", 2.0),
        (r"TERM[\"”’')*]*,?\s+(?:means|refers? to|denotes?|stands? for)\b", 2.0),
        (r"(?:^|[.!?]\s+)(?:a|an|the)?\s*[\"“‘'(*]*TERM[\"”’')*]*\s*(?:\([^)]{1,40}\)\s*)?(?:is|are)\s+(?:a|an|the|any|one|simply|used|just)\b", 1.5),
        (r"TERM[\"”’')*]*\s+(?:is|are)\s+(?:a|an|any)\b", 1.0),
        (rf"\b(?:defin(?:e|es|ed|ition of)|notion of|concept of|idea of|by)\s+{_ARTICLE}TERM", 1.0),
        (r"^[\"“‘'(*]*TERM[\"”’')*]*\s*(?::|—|–|\()", 1.5),
        (r"^[\"“‘'(*]*TERM", 0.5),
        (r"(?:\(define(?:-syntax)?\s+\(?|\bdef\s+|\bclass\s+|\\def\s*|\bprocedure:?\s+\(?|\bsyntax:?\s+\(?)TERM", 2.0),
        (r"(?:称为|称作|叫做|叫作|即|所谓)[“「『\"]?TERM", 2.0),
        (r"TERM[”」』\"]?(?:[((][^))]{1,40}[))])?(?:是指|指的是|是一种|是一个|是)", 1.5),
    )
)


def _phrase_points(text: str, start: int, end: int) -> float:
    """What is said around the term at `[start, end)`."""
    first = max(0, start - _AROUND)
    cut = "" if first == 0 or text[first - 1] == "\n" else "…"  # what was cut in a line is not the beginning of one
    around = f"{cut}{text[first:start]}{_TERM}{text[end : end + _AROUND]}"
    return max((worth for pattern, worth in _PHRASES if pattern.search(around)), default=0.0)


def _without_number(title: str) -> str:
    """A heading without its "3.4.2" or "Chapter 7"."""
    return re.sub(r"^(?:chapter|section|appendix|part)?\s*[\d.A-Z]*[\d.]+\s+", "", title, flags=re.IGNORECASE)


def rank_by_definition(subject: str, candidates: Iterable[tuple[int, Candidate]]) -> list[tuple[int, float]]:
    """(chunk, points) of those that introduce the subject, the strongest first; the order of `candidates` breaks ties."""
    defining = Defining(subject)
    scored = [(chunk, defining.points(candidate)) for chunk, candidate in candidates]
    return sorted(((chunk, points) for chunk, points in scored if points > 0.0), key=lambda pair: -pair[1])

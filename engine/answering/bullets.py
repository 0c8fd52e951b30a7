"""The lists of slides and notes as units that an answer may quote: a title, and the points below it.

A slide has hardly a sentence. Its points say something together and under their title: "Maximal independent set • not a subset
of another solution • easy to find".
"""

from __future__ import annotations

import re
from itertools import pairwise

from engine.answering.sentencehood import is_real_sentence
from engine.answering.sentences import Span, looks_like_code, split_into_sentences

LONGEST_LIST = 420
"""Characters of a quoted list with its title; of a longer one the points of the first level stand for themselves."""
FEWEST_WORDS = 5
"""A list of fewer words says nothing."""

_POINT = re.compile(r"^([ \t]*)(?:[•▪◦‣–*+-]|\d{1,2}[.)])[ \t]+\S[^\n]*", re.MULTILINE)
_WORDS = re.compile(r"[\u3400-\u9fff]|[^\W\d_]{2,}")


def list_units(text: str) -> list[tuple[Span, bool]]:
    """The quotable lists of a passage, with whether the title stands in them; none where the passage speaks in sentences."""
    points = [match.span() for match in _POINT.finditer(text)]
    if not points or _speaks_in_sentences(text, points):
        return []
    units: list[tuple[Span, bool]] = []
    for run in _runs(text, points):
        title = _title_before(text, run[0][0])
        begin = title if title is not None else run[0][0]
        if run[-1][1] - begin <= LONGEST_LIST:
            units.append(((begin, run[-1][1]), title is not None))
        else:
            units += [((start, end), False) for start, end in _by_first_level(text, run) if end - start <= LONGEST_LIST]
    return [(_trimmed(text, span), titled) for span, titled in units if _says_enough(text[span[0] : span[1]])]


def _speaks_in_sentences(text: str, points: list[Span]) -> bool:
    """Whether most of the text is prose outside of its lists, or its points are whole sentences, which are quoted one by one."""
    listed = sum(end - start for start, end in points)
    real = sum(is_real_sentence(text[start:end]) for start, end in split_into_sentences(text))
    return 2 * listed < len(text.strip()) or 2 * real >= len(points)


def _runs(text: str, points: list[Span]) -> list[list[Span]]:
    """Points with nothing but white space between them belong to one list."""
    runs = [[points[0]]]
    for before, point in pairwise(points):
        if text[before[1] : point[0]].strip():
            runs.append([point])
        else:
            runs[-1].append(point)
    return runs


def _by_first_level(text: str, run: list[Span]) -> list[Span]:
    """Each point of the first level with those below it."""
    depths = [len(text[start:end]) - len(text[start:end].lstrip()) for start, end in run]
    starts = [index for index, depth in enumerate(depths) if depth == min(depths)]
    return [(run[first][0], run[last - 1][1]) for first, last in pairwise([*starts, len(run)])]


def _title_before(text: str, position: int) -> int | None:
    """Where the line before a list begins, when it is short and can be its title."""
    head = text[:position].rstrip()
    line = head[head.rfind("\n") + 1 :]
    if not line.strip() or len(line) > 100 or _POINT.match(line) or line.rstrip().endswith((".", "。", "!", "?")):
        return None
    return len(head) - len(line)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _says_enough(unit: str) -> bool:
    asks = sum(line.rstrip().endswith(("?", "？")) for line in unit.split("\n"))
    return len(_WORDS.findall(unit)) >= FEWEST_WORDS and not looks_like_code(unit) and not asks

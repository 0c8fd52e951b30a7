"""Hebrew, Arabic and their kin: letters and words in the order in which they are read. Pure.

Some programs write such text as it is spoken, others as it is seen from left to right; where the letters stand tells which. A
page that is mostly written from right to left is looked at in a mirror: there its words, indents and columns run from left to
right, like those of any other page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from engine.reading.pdf.printed import PrintedWord

RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
"""The blocks of scripts that run from right to left, for a regular expression's class."""

FAR = 1.5
"""Characters of one word stand no further apart than this, in units of the type size."""

LEAST_SHARE = 0.3
"""The least share of letters that makes a line of a mirrored page run from right to left."""

_LETTER = re.compile(f"[{RIGHT_TO_LEFT}]")
_LEFT_TO_RIGHT_RUN = re.compile(r"[0-9A-Za-z\u00c0-\u024f](?:[0-9A-Za-z\u00c0-\u024f.,:/%+\-]*[0-9A-Za-z\u00c0-\u024f%])?")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_OPENING, _CLOSING = frozenset("([{«"), frozenset(")]}»")


def runs_right_to_left(text: str) -> bool:
    """Whether there is a letter of such a script in it."""
    return _LETTER.search(text) is not None


def mostly_right_to_left(texts: Iterable[str]) -> bool:
    """Whether most letters are of such scripts."""
    right = letters = 0
    for text in texts:
        right += len(_LETTER.findall(text)) if not text.isascii() else 0
        letters += sum(map(str.isalpha, text))
    return right > 0.5 * letters


def spoken(text: str, *, ascending: bool) -> str:
    """A word as it is spoken, its letters in their basic forms.

    `ascending`: its characters were written from left to right on the page, as it is seen; then it is turned round, but for
    numbers and Latin letters in it.
    """
    if not runs_right_to_left(text):
        return text
    if ascending:
        text = "".join(reversed(_clusters(text)))
        text = _LEFT_TO_RIGHT_RUN.sub(lambda run: run[0][::-1], text)
    return unicodedata.normalize("NFKC", text)


def pieces_of(text: str, lefts: Sequence[float], size: float) -> list[tuple[int, int]]:
    """The stretches `[start, end)` of a word whose characters stand next to each other; MuPDF may lose a space where the direction turns."""
    cuts = [index for index in range(1, len(text)) if abs(lefts[index] - lefts[index - 1]) > FAR * size]
    return list(zip([0, *cuts], [*cuts, len(text)], strict=True))


def in_reading_order(words: Sequence[PrintedWord], *, mirrored: bool) -> list[PrintedWord]:
    """The words of a line in the order in which they are read, with brackets that open before they close.

    `mirrored` says that their boxes are those of a page seen in a mirror. A line there that is hardly written from right to
    left (a sentence in English) is read the other way.
    """
    share = _share_right_to_left(words)
    if not mirrored and not share:
        return list(words)
    rightwards = share < (LEAST_SHARE if mirrored else 0.5)
    ordered = sorted(words, key=lambda word: (word.x0, word.x1), reverse=mirrored == rightwards)
    result: list[PrintedWord] = []
    start = 0
    while start < len(ordered):
        end = _end_of_run(ordered, start, rightwards=rightwards)
        against = _is_against(ordered[start].text, rightwards=rightwards)
        result += reversed(ordered[start:end]) if against else ordered[start:end]
        start = end
    result = [word._replace(text=_with_brackets(word.text)) for word in result]
    return [word._replace(glued=bool(index) and _touches(result[index - 1], word)) for index, word in enumerate(result)]


def _share_right_to_left(words: Sequence[PrintedWord]) -> float:
    right = sum(len(_LETTER.findall(word.text)) for word in words)
    return right / max(1, sum(map(str.isalpha, "".join(word.text for word in words))))


def _end_of_run(ordered: Sequence[PrintedWord], start: int, *, rightwards: bool) -> int:
    """Where the words end that run as the word at `start` does. A sign between two Latin words goes with them, one between numbers does not."""
    end = start + 1
    if not _is_against(ordered[start].text, rightwards=rightwards):
        return end
    last = start
    while end < len(ordered):
        text = ordered[end].text
        if _is_against(text, rightwards=rightwards):
            # Two numbers beside each other are two words of the other direction ("12 – 15" is read from the right).
            if not rightwards and not (_has_letter(ordered[last].text) or _has_letter(text)):
                break
            last = end
        elif any(map(str.isalnum, text)):
            break
        end += 1
    return last + 1


def _is_against(text: str, *, rightwards: bool) -> bool:
    """Whether a word runs against its line; what has no letter or digit does not."""
    return runs_right_to_left(text) if rightwards else any(map(str.isalnum, text)) and not runs_right_to_left(text)


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))


def _with_brackets(text: str) -> str:
    """A word of letters that run from right to left, with mirrored brackets set right."""
    if not runs_right_to_left(text):
        return text
    brackets = [character for character in text if character in _OPENING or character in _CLOSING]
    turned = brackets and ((brackets[0] in _CLOSING and text[0] == brackets[0]) or (brackets[-1] in _OPENING and brackets[-1] in text[-2:]))
    return text.translate(_MIRRORED) if turned else text


def seen_in_a_mirror(word: PrintedWord, width: float) -> PrintedWord:
    """The word on a page of this width seen in a mirror (twice gives the word again)."""
    return word._replace(x0=width - word.x1, x1=width - word.x0)


def _touches(before: PrintedWord, after: PrintedWord) -> bool:
    gap = max(before.x0, after.x0) - min(before.x1, after.x1)
    return gap < 0.1 * max(before.size, after.size)


def _clusters(text: str) -> list[str]:
    """The characters with the points and accents that sit on them."""
    clusters: list[str] = []
    for character in text:
        if clusters and unicodedata.combining(character):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters

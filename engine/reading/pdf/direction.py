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
    numbers and Latin letters in it. Otherwise only brackets that are mirrored letters are set right.
    """
    if not runs_right_to_left(text):
        return text
    if ascending:
        text = "".join(reversed(_clusters(text)))
        text = _LEFT_TO_RIGHT_RUN.sub(lambda run: run[0][::-1], text)
    text = unicodedata.normalize("NFKC", text)
    brackets = [character for character in text if character in _OPENING or character in _CLOSING]
    turned = brackets and ((brackets[0] in _CLOSING and text[0] == brackets[0]) or (brackets[-1] in _OPENING and text[-1] == brackets[-1]))
    return text.translate(_MIRRORED) if turned else text


def in_reading_order(words: Sequence[PrintedWord], *, mirrored: bool) -> list[PrintedWord]:
    """The words of a line in the order in which they are read.

    `mirrored` says that their boxes are those of a page seen in a mirror: there what runs from left to right is turned round,
    otherwise what runs from right to left.
    """
    if not mirrored and not any(runs_right_to_left(word.text) for word in words):
        return list(words)
    ordered = sorted(words, key=lambda word: (word.x0, word.x1))
    against = [_runs_against(word.text, mirrored=mirrored) for word in ordered]
    result: list[PrintedWord] = []
    start = 0
    while start < len(ordered):
        end = start + 1
        if against[start]:
            # What has no direction of its own (a dash between two numbers) goes with what is around it.
            last = start
            while end < len(ordered) and against[end] is not False:
                last = end if against[end] else last
                end += 1
            end = last + 1
        result += reversed(ordered[start:end]) if against[start] else ordered[start:end]
        start = end
    return [word._replace(glued=bool(index) and _touches(result[index - 1], word)) for index, word in enumerate(result)]


def seen_in_a_mirror(word: PrintedWord, width: float) -> PrintedWord:
    """The word on a page of this width seen in a mirror (twice gives the word again)."""
    return word._replace(x0=width - word.x1, x1=width - word.x0)


def _runs_against(text: str, *, mirrored: bool) -> bool | None:
    """Whether a word runs against its page; None where it has no direction."""
    if runs_right_to_left(text):
        return not mirrored
    if any(map(str.isalnum, text)):
        return mirrored
    return None


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

"""What is printed on a page, as values: words with boxes and styles, in lines, in a frame in which one reads from left to right.

Pure. `printing.py` builds these values from what MuPDF found; `box_on_page` leads from the reading frame back to the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import NamedTuple

BOLD, ITALIC, MONO, MATH, RAISED, GUESSED = 1, 2, 4, 8, 16, 32
"""Bits of a word's style. Guessed: the word was recognised in a picture, its size is only about right."""

MUPDF_SUPERSCRIPT, MUPDF_ITALIC, MUPDF_MONO, MUPDF_BOLD = 1, 2, 8, 16
"""Bits of a span's `flags` in PyMuPDF."""

_MONO_NAME = re.compile(
    r"mono|nimbusmon|courier|consol|typewriter|menlo|inconsolata|firacode|sourcecode|fixed|(?:^|\+|[^a-z])(?:cm|sf|ec|lm|tc|ae)(?:sl|it|v|csc)?tt",
    re.IGNORECASE,
)
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|-medi(?:ital)?$|(?:cm|sf|ec|lm)bx|cmb\d", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"ital|obli|slant|(?:cm|sf|ec|lm)(?:ti|sl|bxti)\d", re.IGNORECASE)
_MATH_NAME = re.compile(r"(?:cm|lm)(?:mi|sy|ex|bsy)b?\d|msam|msbm|math|symbol|eufm|rsfs|mtsy|mtmi|txsy|pxsy|wasy|stmary|rmtmi", re.IGNORECASE)

_GUESSED_NAME = re.compile(r"glyphless|hiddenhorzocr|invisible", re.IGNORECASE)
"""Fonts without shapes in which programs write the text that they recognised in a picture. They say nothing about its look."""

_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e0fff]")
"""Control characters, soft hyphens within a line, zero-width and direction marks, the replacement character, lone surrogates, tags."""

_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}

SOFT_HYPHEN = "\u00ad"

CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0010ffff"
"""The characters around which no space separates words, for a regular expression's class."""

_ABOUT_AS_LARGE = (0.7, 1.4)
"""On a scan the sizes of lines in one type lie between 0.86 and 1.3 times their median, as tall letters happen to stand in them."""


class PrintedWord(NamedTuple):
    """A word (a single character in Chinese and Japanese) with its box; `glued`: no space stands before it."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    style: int
    glued: bool


class PrintedLine(NamedTuple):
    """Words on one baseline, made by `measured_line`. `mono`, `bold`, `italic` and `math` are shares (0..1) of its characters; `block` is MuPDF's block."""

    words: tuple[PrintedWord, ...]
    x0: float
    y0: float
    x1: float
    y1: float
    block: int
    size: float
    mono: float
    bold: float
    italic: float
    math: float
    aside: bool = False
    """Runs in another direction than the page's text."""

    text: str = ""
    """The words with single spaces."""

    raised: bool = False
    """Whether any of its words is raised."""


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page as printed. `width` and `height` are those of the sheet before `rotation`, the degrees clockwise by which it is shown.

    `turn` is the way in which its text runs on the sheet; the boxes of `lines` are turned back by it.
    """

    number: int
    label: str | None
    width: float
    height: float
    rotation: int
    turn: int
    lines: tuple[PrintedLine, ...]
    pictured: bool
    recognised: bool = False
    """Its words were recognised in its picture."""
    mirrored: bool = False
    """It is written from right to left: the boxes of `lines` are those that one sees in a mirror."""
    hidden: int = 0
    """Characters that it holds and that can't be seen on it; they are in no line."""

    @property
    def reading_size(self) -> tuple[float, float]:
        """Width and height in the frame of the lines."""
        return (self.height, self.width) if self.turn in (90, 270) else (self.width, self.height)

    @property
    def shown_size(self) -> tuple[float, float]:
        """Width and height of the page as it is shown."""
        return (self.height, self.width) if self.rotation in (90, 270) else (self.width, self.height)


def is_cjk(character: str) -> bool:
    """Whether words are not separated by spaces around this character (Chinese, Japanese)."""
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or "\uff00" <= character <= "\uffef" or character >= "\U00020000"


def clean(text: str) -> str:
    """The text without what can't be seen: control characters, zero-width marks, lone surrogates; ligatures are spelled out."""
    for ligature, letters in _LIGATURES.items():
        if ligature in text:
            text = text.replace(ligature, letters)
    return _INVISIBLE.sub("", text)


@lru_cache(maxsize=4096)
def style_of_font(name: str, flags: int) -> int:
    """The style bits of a span, from MuPDF's flags and, because TeX fonts don't declare them, from the font's name."""
    if _GUESSED_NAME.search(name):
        return GUESSED
    style = RAISED if flags & MUPDF_SUPERSCRIPT else 0
    if _MATH_NAME.search(name):
        return style | MATH
    if flags & MUPDF_MONO or _MONO_NAME.search(name):
        style |= MONO
    if flags & MUPDF_BOLD or _BOLD_NAME.search(name):
        style |= BOLD
    if flags & MUPDF_ITALIC or _ITALIC_NAME.search(name):
        style |= ITALIC
    return style


def measured_line(words: Sequence[PrintedWord], block: int, *, aside: bool = False) -> PrintedLine:
    """A line of these words with its box and shares; its size is that of most of its characters."""
    texts, x0s, y0s, x1s, y1s, sizes, styles, glued = zip(*words, strict=True)
    lengths = [len(text) for text in texts]
    total = sum(lengths)
    mono = bold = italic = math = raised = 0
    if any(styles):
        for style, count in zip(styles, lengths, strict=True):
            if style:
                mono += count if style & MONO else 0
                bold += count if style & BOLD else 0
                italic += count if style & ITALIC else 0
                math += count if style & MATH else 0
                raised |= style & RAISED
    size = sizes[0]
    if sizes.count(size) != len(sizes):
        weights: dict[float, int] = {}
        for one, count in zip(sizes, lengths, strict=True):
            weights[one] = weights.get(one, 0) + count
        size = max(weights, key=lambda one: (weights[one], one))
    text = " ".join(texts)
    if True in glued[1:]:
        text = texts[0] + "".join([each if close else " " + each for each, close in zip(texts[1:], glued[1:], strict=True)])
    box = min(x0s), min(y0s), max(x1s), max(y1s)
    return PrintedLine(tuple(words), *box, block, size, mono / total, bold / total, italic / total, math / total, aside, text, bool(raised))


def with_even_sizes(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Recognised lines with one size for all that is about as large as most of the page: else every tenth would be a heading."""
    sizes = [median(word.size for word in line.words) for line in lines]
    usual = round(median(size for size, line in zip(sizes, lines, strict=True) for _ in line.words), 1)
    even: list[PrintedLine] = []
    for size, line in zip(sizes, lines, strict=True):
        own = usual if _ABOUT_AS_LARGE[0] * usual <= size <= _ABOUT_AS_LARGE[1] * usual else round(size, 1)
        words = tuple([word._replace(size=own) if word.style & GUESSED else word for word in line.words])
        even.append(line._replace(words=words, size=own))
    return even


def box_on_page(box: tuple[float, float, float, float], page: PrintedPage) -> tuple[float, float, float, float]:
    """A box of the reading frame in the coordinates of the page as it is shown."""
    if page.mirrored:
        width = page.reading_size[0]
        box = (width - box[2], box[1], width - box[0], box[3])
    if page.turn:
        back = {90: 270, 180: 180, 270: 90}[page.turn]
        box = turned(box, back, *page.reading_size)
    return turned(box, page.rotation, page.width, page.height) if page.rotation else box


def turned(box: tuple[float, float, float, float], turn: int, width: float, height: float) -> tuple[float, float, float, float]:
    """The box on a sheet of this width and height after the sheet was turned clockwise by 90, 180 or 270 degrees."""
    x0, y0, x1, y1 = box
    if turn == 90:
        return height - y1, x0, height - y0, x1
    if turn == 270:
        return y0, width - x1, y1, width - x0
    return width - x1, height - y1, width - x0, height - y0

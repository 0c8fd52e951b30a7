"""Text that a PDF holds and nobody sees: drawn in the paper's own colour, a point high, or not drawn at all. Pure.

Such text is the usual way to smuggle orders for a language model into a document that looks harmless. It is left out of what
is read, and counted, so that the document can be marked. Text that a scanner's program lays invisibly over the picture of a
page is another matter: there the picture shows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]
_Key = tuple[Any, ...]

SMALLEST_SEEN = 1.6
"""Type size in points. Formulas go down to 3, six slides on a sheet to 2; what is meant not to be read is set in 1."""

SMALLEST_PAGE = 360.0
"""Points of a page's longer side: slides have that and more. On smaller pages, drawn for a screen, type may be smaller by as much."""

LIGHT = 0.7
"""From this lightness on (0 black, 1 white) letters are looked at on the page: paper is light, and banners and dark slides are rare."""

LEAST_CONTRAST = 20
"""Of 255 steps of grey between letters and ground: light grey print (204) on white paper has 51. Letters less opaque than this reach none."""

TAGS = re.compile("(?<![\U0001f3f4\U000e0000-\U000e007f])[\U000e0000-\U000e007f]+")
"""Unicode's tag characters spell ASCII without a glyph. After a black flag they choose the flag of a country's part."""

_ROWS_LOOKED_AT, _COLUMNS_LOOKED_AT = 48, 512
"""Pixels of the ground under a span, at most: a page full of letters as high as itself must not take minutes."""

_MOST_COMPARED = 200_000
"""Words times hidden spans that are compared by their boxes, some 50 ms; where there are more, words are made of characters."""

_DRAWINGS = "Type3"
"""How MuPDF calls fonts whose letters are drawings: these say themselves how they are painted."""

_FILLED, _STROKED = 16, 32
_PAINTED = _FILLED | _STROKED
"""Bits of a span's `char_flags` in PyMuPDF: letters with neither are not drawn."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The page in grey, drawn upright as its text's boxes are: one byte a pixel, `scale` pixels a point."""

    pixels: bytes
    width: int
    height: int
    stride: int
    scale: float

    def ground(self, box: Box) -> int:
        """The grey of the ground under a box: what most of it shows, since letters cover less than half of their line."""
        x0, x1 = (max(0, min(self.width - 1, int(value * self.scale))) for value in (box[0], box[2]))
        y0, y1 = (max(0, min(self.height - 1, int(value * self.scale))) for value in (box[1], box[3]))
        down, across = 1 + (y1 - y0) // _ROWS_LOOKED_AT, 1 + (x1 - x0) // _COLUMNS_LOOKED_AT
        shades = sorted(b"".join(self.pixels[row * self.stride + x0 : row * self.stride + x1 + 1 : across] for row in range(y0, y1 + 1, down)))
        return shades[len(shades) // 2]


@dataclass(frozen=True, slots=True)
class Unseen:
    """The spans of a page that can't be seen, by box and look, and how many characters they hold (white space not counted).

    By their look too, since a visible span may stand on the very place of one that nobody sees.
    """

    spans: frozenset[_Key]
    characters: int

    def seen_words(self, words: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """The page's "words" without those that lie in its spans: MuPDF tells nothing of a word but its box. None at all where that would take long."""
        if len(words) * len(self.spans) > _MOST_COMPARED:
            return []
        return [word for word in words if not any(_lies_on(word, key[:4]) and _height(word) <= 1.5 * _height(key) for key in self.spans)]

    def seen(self, found: Mapping[str, Any]) -> dict[str, Any]:
        """A "dict" or "rawdict" without them; lines that nothing is left of go."""
        blocks = []
        for block in found["blocks"]:
            if "lines" in block:
                lines = [{**line, "spans": [span for span in line["spans"] if _key(span) not in self.spans]} for line in block["lines"]]
                block = {**block, "lines": [line for line in lines if line["spans"]]}
            blocks.append(block)
        return {**found, "blocks": blocks}


def unseen_on(
    found: Mapping[str, Any],
    *,
    draw: Callable[[], Drawn | None],
    pictures: Callable[[], Sequence[Box]],
    outlines: Callable[[], Sequence[tuple[Box, float]]],
) -> Unseen:
    """What of the page's "dict" can't be seen.

    `draw`, `pictures` (the boxes of its pictures) and `outlines` (the boxes of outlined letters and how light their outlines
    are, 0 to 1) cost time and are called only where they decide.
    """
    hidden: dict[_Key, int] = {}
    light: list[Mapping[str, Any]] = []
    covered: Sequence[Box] | None = None
    smallest = SMALLEST_SEEN * min(1.0, max(found["width"], found["height"]) / SMALLEST_PAGE)
    odd, tagged = _odd_spans(found, smallest)
    for span in odd:
        if span["size"] < smallest and _width_of_letters(span) < smallest:
            hidden[_key(span)] = _characters(span)
        elif (span["alpha"] < LEAST_CONTRAST or not span["char_flags"] & _PAINTED) and not span["font"].startswith(_DRAWINGS):
            covered = pictures() if covered is None else covered
            if not any(_lies_on(span["bbox"], picture) for picture in covered):
                hidden[_key(span)] = _characters(span)
        elif _lightness(span["color"]) >= LIGHT:
            light.append(span)
    light = [span for span in light if span["text"].strip()]
    drawn = draw() if light else None
    outlined: Sequence[tuple[Box, float]] | None = None
    if drawn is not None:
        for span in light:
            ground = drawn.ground(span["bbox"])
            if abs(255 * _lightness(span["color"]) - ground) < LEAST_CONTRAST:
                outlined = outlines() if outlined is None else outlined
                if not any(abs(255 * shade - ground) >= LEAST_CONTRAST and _lies_on(span["bbox"], box) for box, shade in outlined):
                    hidden[_key(span)] = _characters(span)
    return Unseen(frozenset(hidden), sum(hidden.values()) + tagged)


def _key(span: Mapping[str, Any]) -> _Key:
    """What tells a span in a "dict" and in a "rawdict"."""
    return (*span["bbox"], span["color"], span["alpha"], span["char_flags"], span["font"])


def _odd_spans(found: Mapping[str, Any], smallest: float) -> tuple[list[Mapping[str, Any]], int]:
    """The spans that must be looked at more closely, and how many tag characters there are. Each page of each book comes here: it must cost next to nothing."""
    odd: list[Mapping[str, Any]] = []
    tagged = 0
    for block in found["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                if not span["text"].isascii():
                    tagged += _tagged(span["text"])
                dark = not span["color"] or _lightness(span["color"]) < LIGHT
                if not (dark and span["size"] >= smallest and span["alpha"] >= LEAST_CONTRAST and span["char_flags"] & _PAINTED):
                    odd.append(span)
    return odd, tagged


def _characters(span: Mapping[str, Any]) -> int:
    return len("".join(span["text"].split()))


def _height(box: Sequence[float]) -> float:
    return float(box[3] - box[1])


def _width_of_letters(span: Mapping[str, Any]) -> float:
    """In points, whichever way the line runs. Fonts made of drawings may say any size, and that their letters have no height."""
    x0, y0, x1, y1 = span["bbox"]
    return float(max(x1 - x0, y1 - y0)) / max(1, len(span["text"]))


def _tagged(text: str) -> int:
    return sum(len(run) for run in TAGS.findall(text))


def _lightness(colour: int) -> float:
    """Rec. 601 luma of an sRGB colour, 0 to 1: what MuPDF's grey is made by."""
    return (0.299 * (colour >> 16 & 255) + 0.587 * (colour >> 8 & 255) + 0.114 * (colour & 255)) / 255


def lightness_of(inks: Sequence[float]) -> float:
    """The same of a colour of one, three or four components (grey, RGB, CMYK), each 0 to 1."""
    if len(inks) == 4:
        inks = [(1 - ink) * (1 - inks[3]) for ink in inks[:3]]
    return 0.299 * inks[0] + 0.587 * inks[1] + 0.114 * inks[2] if len(inks) == 3 else sum(inks[:1])


def _lies_on(box: Sequence[float], picture: Sequence[float]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return picture[0] <= x <= picture[2] and picture[1] <= y <= picture[3]

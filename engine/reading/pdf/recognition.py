"""Text recognition: where its data lies, in which languages and ways round a page is tried, and whether what comes out is text.

Tesseract itself comes inside PyMuPDF; it only lacks the data of its languages, a few megabytes each. They are looked for
beside a frozen program and where systems keep them. Pure but for that look: recognising is done by a function that is given.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from engine.reading.pdf.columns import split_columns
from engine.reading.pdf.printed import PrintedLine, PrintedPage, is_cjk

LANGUAGES = ("eng", "chi_sim")
"""What ByteBrain asks for, as Tesseract names it: English and simplified Chinese."""

PAGE_LIMIT_S = 80.0
"""All attempts at one page together. The engine gives a reader up that is silent for two minutes."""

SURE, ENOUGH = 0.8, 0.5
"""Share of a page's characters in words that look like words: from the first on nothing else is tried, below the second it is no text.

Pages of print reach 0.85 to 0.98, the same upside down 0.4 to 0.66.
"""

FEWEST_CHARACTERS = 12
"""A page with fewer characters in words than this is a photograph with an accident."""

_MANY_SIGNS = 40
"""A page of text that stands on its head gives many signs and few words; a photograph gives few signs."""

_VOWELS = frozenset("aeiouyäöüàáâãåæèéêëìíîïòóôõøùúûýœ")
_EDGE = ".,;:!?\"'“”‘’()[]{}<>«»—–-…*•"

RecognisePage = Callable[[int, str, int, float], PrintedPage | None]
"""From a page's number, Tesseract's languages ("chi_sim+eng"), the quarter turns in degrees by which the page is turned
clockwise first, and the seconds that it may take, to its words; None where it failed or took too long."""


@dataclass(frozen=True, slots=True)
class RecognitionData:
    """A folder with the data of at least one language that we ask for."""

    folder: Path
    languages: tuple[str, ...]


def find_data(environment: Mapping[str, str] | None = None) -> RecognitionData | None:
    """The first folder that holds data: beside a frozen program, where TESSDATA_PREFIX says, where systems keep it."""
    for folder in data_folders(os.environ if environment is None else environment):
        try:
            languages = tuple(language for language in LANGUAGES if (folder / f"{language}.traineddata").is_file())
        except OSError:  # a folder that we may not look into
            continue
        if languages:
            return RecognitionData(folder, languages)
    return None


def data_folders(environment: Mapping[str, str]) -> Iterator[Path]:
    """Where the data of Tesseract's languages may lie, the likeliest first."""
    if getattr(sys, "frozen", False):
        beside = Path(sys.executable).parent
        yield from (beside / "tessdata", beside / "_internal" / "tessdata")
    if prefix := environment.get("TESSDATA_PREFIX"):
        yield from (Path(prefix), Path(prefix) / "tessdata")
    if sys.platform == "win32":
        for name in ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"):
            if root := environment.get(name):
                yield from (Path(root) / "Tesseract-OCR" / "tessdata", Path(root) / "Programs" / "Tesseract-OCR" / "tessdata")
        return
    # Debian keeps it below the version of the program.
    yield from sorted(Path("/usr/share/tesseract-ocr").glob("*/tessdata"), reverse=True)
    for place in (
        "/usr/share/tessdata",
        "/usr/share/tesseract/tessdata",
        "/usr/local/share/tessdata",
        "/opt/homebrew/share/tessdata",
        "/opt/local/share/tessdata",
    ):
        yield Path(place)


def how_to_get_it(platform: str = sys.platform) -> str:
    """The remedy where no data was found."""
    if platform == "darwin":
        return "Install Tesseract's languages (brew install tesseract tesseract-lang), then add the document again."
    if platform == "win32":
        return "Install Tesseract for Windows with English and Chinese (Simplified), then add the document again."
    return "Install Tesseract's languages (on Debian and Ubuntu: tesseract-ocr-eng and tesseract-ocr-chi-sim), then add the document again."


class Recogniser:
    """Recognises pages of one document, beginning with what did well for the page before."""

    def __init__(self, *, languages: Sequence[str], recognise: RecognisePage, is_sideways: Callable[[int], bool], limit_s: float = PAGE_LIMIT_S) -> None:
        """`languages` are those whose data is there; `is_sideways` says whether the lines of a page run up or down."""
        # One language is three times as quick as two on a plain page; with Chinese first, both are read well.
        self._ways = (languages[0], "+".join(reversed(languages))) if len(languages) > 1 else tuple(languages)
        self._recognise = recognise
        self._is_sideways = is_sideways
        self._limit_s = limit_s
        self._usual = (self._ways[0], 0)

    def page(self, number: int) -> PrintedPage | None:
        """The words of page `number` (from 1); None where there is no text to be recognised, or it took too long."""
        ends = time.monotonic() + self._limit_s
        upright, flipped = (90, 270) if self._is_sideways(number) else (0, 180)
        if self._usual[1] == flipped:
            upright, flipped = flipped, upright
        tried: list[_Attempt] = []
        ways = [(self._usual[0], upright)]
        while ways:
            way = ways.pop(0)
            left_s = ends - time.monotonic()
            page = self._recognise(number, *way, left_s) if left_s > 0 else None
            if page is None:
                break  # what fails or takes too long does so again
            tried.append(_Attempt(*weigh(page.lines), page, *way))
            if tried[-1].is_sure:
                break
            if way == (self._usual[0], upright) and tried[-1].signs >= _MANY_SIGNS:
                ways.append((way[0], flipped))
            elif not ways and way[0] == self._usual[0]:
                turn = max(tried, key=lambda attempt: attempt.solid).turn
                ways = [(languages, turn) for languages in self._ways if languages != way[0]]
        best = max(tried, key=lambda attempt: attempt.solid, default=None)
        if best is None or not best.is_text:
            return None
        self._usual = best.languages, best.turn
        return replace(best.page, lines=tuple(split_columns([line for line in best.page.lines if is_text(line)])))


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What came of one way to look at a page: characters in words, all characters, the words themselves."""

    solid: int
    signs: int
    page: PrintedPage
    languages: str
    turn: int

    @property
    def is_text(self) -> bool:
        return self.solid >= max(FEWEST_CHARACTERS, ENOUGH * self.signs)

    @property
    def is_sure(self) -> bool:
        return self.solid >= max(FEWEST_CHARACTERS, SURE * self.signs)


def runs_sideways(grey: bytes, width: int, height: int, stride: int) -> bool:
    """Whether lines of text run up or down in a grey picture of a page: then brightness changes more from column to column than from row to row.

    Squares let the edges of lines count for more than strokes of letters. Of the roots of both sums the ratio was 0.21 to
    0.71 for a dozen scans, pages of four lines among them, and one by that where they were turned.
    """
    rows = [sum(grey[row * stride : row * stride + width]) for row in range(height)]
    columns = [sum(grey[column : height * stride : stride]) for column in range(width)]
    down = sum((one - other) ** 2 for one, other in pairwise(rows))
    across = sum((one - other) ** 2 for one, other in pairwise(columns))
    return across > 1.5 * down


def weigh(lines: Sequence[PrintedLine]) -> tuple[int, int]:
    """How many characters of these lines stand in words that look like words, and how many there are."""
    solid = sum(_solid_characters(line) for line in lines)
    return solid, sum(len(word.text) for line in lines for word in line.words)


def is_text(line: PrintedLine) -> bool:
    """Whether a recognised line is more than the specks and rules of a picture: it holds a word, or mostly letters and digits."""
    if _solid_characters(line):
        return True
    signs = "".join(word.text for word in line.words)
    return sum(map(str.isalnum, signs)) > 0.6 * len(signs)


def _solid_characters(line: PrintedLine) -> int:
    """Characters in words with a vowel and an ordinary case, in numbers of two digits and more, and in Chinese of three signs and more."""
    total = run = 0
    for word in line.words:
        text = word.text.strip(_EDGE)
        if text and all(map(is_cjk, text)):
            run += len(text)
            continue
        total += run if run >= 3 else 0
        run = 0
        bare = text.replace("’", "").replace("'", "").replace("-", "")
        ordinary = len(bare) >= 3 and bare.isalpha() and (bare.islower() or bare.istitle() or (bare.isupper() and len(bare) >= 5))
        if (ordinary and not _VOWELS.isdisjoint(bare.lower())) or (len(text) >= 2 and text.replace(".", "").replace(",", "").isdecimal()):
            total += len(word.text)
        elif len(bare) <= 2 and bare.isalpha() and bare.islower():
            total += len(bare) // 2  # "of", "is", "a": as likely a speck
    return total + (run if run >= 3 else 0)

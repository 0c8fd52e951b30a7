"""What is printed on a page, as values: words with boxes and styles, in lines, in a frame in which one reads from left to right.

Pure: built from MuPDF's "dict" (blocks → lines → spans) and "words" without importing it, or where these don't do from
its "rawdict" (… → spans → characters). A page whose text runs
sideways is turned into the reading frame here and back by `box_on_page`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import Any, NamedTuple

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

_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufff9-\uffff\ud800-\udfff]")
"""Control characters, soft hyphens within a line, zero-width and direction marks, the replacement character, lone surrogates."""

_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}

SOFT_HYPHEN = "\u00ad"

_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0010ffff"
_BY_CHARACTERS = re.compile(rf"[{_CJK}\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
"""What MuPDF's words are not those wanted here for: Chinese and Japanese, and what is written from right to left."""

_ABOUT_AS_LARGE = (0.7, 1.4)
"""On a scan the sizes of lines in one type lie between 0.86 and 1.3 times their median, as tall letters happen to stand in them."""

_SEGMENT = re.compile(rf"[{_CJK}]|[^\s{_CJK}]+")


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


_FoundLine = tuple[int, int, list[PrintedWord]]
"""The way a line runs, its block, and its words."""

_new_tuple = tuple.__new__
"""Makes a named tuple in a third of the time that its own constructor takes."""


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


@lru_cache(maxsize=4096)
def _look_of(font: str, flags: int, size: float) -> tuple[float, int]:
    """The rounded size and the style bits of a span."""
    return round(size, 1), style_of_font(font, flags)


def printed_page(
    found: Mapping[str, Any],
    boxes: Sequence[tuple[Any, ...]],
    characters: Callable[[], Mapping[str, Any]],
    *,
    number: int,
    label: str | None,
    rotation: int,
    pictured: bool,
) -> PrintedPage:
    """The page of a "dict" and its "words" (whose boxes are those before `rotation`); boxes of words are tight around their characters.

    `characters` makes the page's "rawdict". It costs four times as much as the other two, and is asked for only where these
    can't tell where each word stands: with Chinese or Japanese on the page, or white space that is none to MuPDF.
    """
    width, height = float(found["width"]), float(found["height"])
    lines = _lines_of_boxed_words(found["blocks"], boxes)
    if lines is None:
        lines = [
            (_direction(line["dir"]), index, words)
            for index, block in enumerate(characters()["blocks"])
            for line in block.get("lines", ())
            if (words := _words_of_characters(line["spans"]))
        ]
    weights: dict[int, int] = {}
    for direction, _, words in lines:
        weights[direction] = weights.get(direction, 0) + sum([len(word[0]) for word in words])
    # Ties go to the unturned page, so that the choice never depends on the order of the lines.
    turn = max(weights, key=lambda direction: (weights[direction], -direction)) if weights else 0
    if turn:
        lines = [
            (direction, block, [PrintedWord(word.text, *turned(word[1:5], turn, width, height), *word[5:]) for word in words])
            for direction, block, words in lines
        ]
    measured = [measured_line(words, block, aside=direction != turn) for direction, block, words in _whole_lines(lines)]
    if any(line.words[0].style & GUESSED for line in measured):
        measured = with_even_sizes(measured)
    return PrintedPage(number, label, width, height, rotation % 360, turn, tuple(measured), pictured)


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
    if page.turn:
        back = {90: 270, 180: 180, 270: 90}[page.turn]
        box = turned(box, back, *page.reading_size)
    return turned(box, page.rotation, page.width, page.height) if page.rotation else box


def _whole_lines(lines: Iterable[_FoundLine]) -> Iterator[_FoundLine]:
    """MuPDF breaks a line at wide gaps; what stands on one baseline in one block is one line."""
    before: _FoundLine | None = None
    for line in lines:
        if before is not None and before[0] == line[0] and before[1] == line[1] and _continues(before[2], line[2]):
            before = (before[0], before[1], [*before[2], *line[2]])
        else:
            if before is not None:
                yield before
            before = line
    if before is not None:
        yield before


def _continues(before: Sequence[PrintedWord], after: Sequence[PrintedWord]) -> bool:
    """Whether the words of two lines stand on one baseline, the second ones to the right of the first."""
    if min([word.x0 for word in after]) < max([word.x1 for word in before]) - 1.0:
        return False
    y0, y1 = min([word.y0 for word in before]), max([word.y1 for word in before])
    other_y0, other_y1 = min([word.y0 for word in after]), max([word.y1 for word in after])
    return min(y1, other_y1) - max(y0, other_y0) > 0.5 * min(y1 - y0, other_y1 - other_y0)


def _direction(vector: tuple[float, float]) -> int:
    """The way a line runs, in quarters of a turn: 0 rightwards, 90 upwards, 180 leftwards, 270 downwards."""
    x, y = vector
    if abs(x) >= abs(y):
        return 0 if x >= 0 else 180
    return 90 if y < 0 else 270


def turned(box: tuple[float, float, float, float], turn: int, width: float, height: float) -> tuple[float, float, float, float]:
    """The box on a sheet of this width and height after the sheet was turned clockwise by 90, 180 or 270 degrees."""
    x0, y0, x1, y1 = box
    if turn == 90:
        return height - y1, x0, height - y0, x1
    if turn == 270:
        return y0, width - x1, y1, width - x0
    return width - x1, height - y1, width - x0, height - y0


def _lines_of_boxed_words(blocks: Iterable[Mapping[str, Any]], boxes: Sequence[tuple[Any, ...]]) -> list[_FoundLine] | None:
    """The lines of a "dict" with the boxes of its "words"; None where the two don't fit together word by word."""
    lines: list[_FoundLine] = []
    following = iter(boxes)
    try:
        for index, block in enumerate(blocks):
            for line in block.get("lines", ()):
                words = _words_of_spans(line["spans"], following, level=line["dir"] == (1.0, 0.0))
                if words is None:
                    return None
                if words:
                    lines.append((_direction(line["dir"]), index, words))
    except StopIteration:
        return None
    return lines if next(following, None) is None else None


def _words_of_spans(spans: Sequence[Mapping[str, Any]], boxes: Iterator[tuple[Any, ...]], *, level: bool) -> list[PrintedWord] | None:
    """As `_words_of_characters`, with the next ones of these boxes; None where they are not its words or there are words within words.

    `level`: the line runs rightwards, so that where spans meet within a word can be told from the spans' own boxes.

    Raises:
        StopIteration: there are fewer boxes than words.
    """
    words: list[PrintedWord] = []
    parts: list[tuple[str, float, int, Mapping[str, Any]]] = []  # of the word that is not finished yet
    simple = True
    for position, span in enumerate(spans):
        text = span["text"]
        pieces = text.split()
        if parts and (not pieces or text[0].isspace()):
            if not _finish(parts, words, next(boxes), level=level):
                return None
            parts = []
        if not pieces:
            continue
        if not text.isascii():
            if _BY_CHARACTERS.search(text):
                return None
            simple = False
        elif simple and not text.isprintable():
            simple = False
        size, style = _look_of(span["font"], span["flags"], span["size"])
        if position == 0 and text.isdecimal() and len(spans) > 1 and size < 0.9 * max(span["size"] for span in spans[1:3]):
            style |= RAISED  # the number that opens a footnote: MuPDF has no base to compare it with
        last = None if text[-1].isspace() else pieces.pop()
        if parts and pieces:
            parts.append((pieces.pop(0), size, style, span))
            if not _finish(parts, words, next(boxes), level=level):
                return None
            parts = []
        for piece in pieces:
            x0, y0, x1, y1, word, _, _, _ = next(boxes)
            if word != piece:
                return None
            words.append(_new_tuple(PrintedWord, (piece, x0, y0, x1, y1, size, style, False)))
        if last is not None:
            parts.append((last, size, style, span))
    if parts and not _finish(parts, words, next(boxes), level=level):
        return None
    return words if simple else _cleaned(words)


def _finish(parts: Sequence[tuple[str, float, int, Mapping[str, Any]]], words: list[PrintedWord], box: tuple[Any, ...], *, level: bool) -> bool:
    """Append the word, or the words at the edges of superscripts, that these parts of one or several spans are; False where it is not the box's."""
    x0, y0, x1, y1, text, _, _, _ = box
    if len(parts) == 1:
        piece, size, style, _ = parts[0]
        words.append(_new_tuple(PrintedWord, (piece, x0, y0, x1, y1, size, style, False)))
        return bool(piece == text)
    if "".join([part[0] for part in parts]) != text:
        return False
    raised = [bool(part[2] & RAISED) for part in parts]
    if True not in raised or False not in raised:
        _, size, style, _ = next((part for part in parts if any(map(str.isalnum, part[0]))), parts[-1])
        words.append(_new_tuple(PrintedWord, (text, x0, y0, x1, y1, size, style, False)))
        return True
    if not level:
        return False
    found: list[PrintedWord] = []
    for index, (piece, size, style, span) in enumerate(parts):
        left, top, right, bottom = span["bbox"]
        word = PrintedWord(piece, left if index else x0, top, right if index < len(parts) - 1 else x1, bottom, size, style, glued=index > 0)
        if found and raised[index] == raised[index - 1]:
            found[-1] = _joined(found[-1], word)
        else:
            found.append(word)
    words += found
    return True


def _words_of_characters(spans: list[dict[str, Any]]) -> list[PrintedWord]:
    """Split at white space, at the edges of superscripts, and around each Chinese or Japanese character."""
    words: list[PrintedWord] = []
    apart = True  # white space, or nothing yet, before the next segment
    for position, span in enumerate(spans):
        size, style = _look_of(span["font"], span["flags"], span["size"])
        characters = span["chars"]
        text = "".join([character["c"] for character in characters])
        if position == 0 and text.isdecimal() and len(spans) > 1 and size < 0.9 * max(span["size"] for span in spans[1:3]):
            style |= RAISED  # the number that opens a footnote: MuPDF has no base to compare it with
        end = 0
        for segment in _SEGMENT.finditer(text):
            start = segment.start()
            apart = apart or start > end
            end = segment.end()
            word = _word_of(segment[0], characters[start]["bbox"], characters[end - 1]["bbox"], size, style, glued=not apart)
            if word.glued and words and _one_word(words[-1], word):
                words[-1] = _joined(words[-1], word)
            else:
                words.append(word)
            apart = False
        apart = apart or end < len(text)
    return _cleaned(words)


def _word_of(text: str, first: tuple[float, ...], last: tuple[float, ...], size: float, style: int, *, glued: bool) -> PrintedWord:
    """A word of one font: its first and last character span its box."""
    return PrintedWord(
        text,
        first[0] if first[0] < last[0] else last[0],
        first[1] if first[1] < last[1] else last[1],
        last[2] if first[2] < last[2] else first[2],
        last[3] if first[3] < last[3] else first[3],
        size,
        style,
        glued,
    )


def _one_word(before: PrintedWord, after: PrintedWord) -> bool:
    """Whether two segments without white space between them are parts of one word."""
    return not (before.style ^ after.style) & RAISED and not is_cjk(before.text[-1]) and not is_cjk(after.text[0])


def _joined(before: PrintedWord, after: PrintedWord) -> PrintedWord:
    """One word of two fonts; its style is that of its first part with a letter or digit, not of a bracket before it."""
    lead = before if any(map(str.isalnum, before.text)) else after
    return PrintedWord(
        before.text + after.text,
        min(before.x0, after.x0),
        min(before.y0, after.y0),
        max(before.x1, after.x1),
        max(before.y1, after.y1),
        lead.size,
        lead.style,
        before.glued,
    )


def _cleaned(words: list[PrintedWord]) -> list[PrintedWord]:
    """The words without what can't be seen, but with the soft hyphen that a line may end in; what nothing is left of goes."""
    kept: list[PrintedWord] = []
    for word in words:
        text = word.text
        if not text.isascii() or not text.isprintable():
            text = clean(text) + (SOFT_HYPHEN if text[-1] == SOFT_HYPHEN else "")
            if text in ("", SOFT_HYPHEN):
                continue
            word = word._replace(text=text)
        kept.append(word)
    return kept

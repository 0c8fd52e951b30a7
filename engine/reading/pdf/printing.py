"""From MuPDF's "dict", "words" and "rawdict" of a page to the page as printed. Pure: MuPDF itself is not imported.

Words are split at white space, at the edges of superscripts and around Chinese and Japanese characters; text that runs sideways is
turned into the reading frame, and text that is written from right to left is looked at in a mirror.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from engine.reading.pdf.direction import in_reading_order, mostly_right_to_left, pieces_of, runs_right_to_left, seen_in_a_mirror, spoken
from engine.reading.pdf.printed import (
    CJK,
    GUESSED,
    RAISED,
    SOFT_HYPHEN,
    PrintedPage,
    PrintedWord,
    clean,
    is_cjk,
    measured_line,
    style_of_font,
    turned,
    with_even_sizes,
)

_BY_CHARACTERS = re.compile(rf"[{CJK}\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
"""What MuPDF's words are not those wanted here for: Chinese and Japanese, and what is written from right to left."""

_SEGMENT = re.compile(rf"[{CJK}]|[^\s{CJK}]+")

_FoundLine = tuple[int, int, list[PrintedWord]]
"""The way a line runs, its block, and its words."""

_new_tuple = tuple.__new__
"""Makes a named tuple in a third of the time that its own constructor takes."""


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
    hidden: int = 0,
) -> PrintedPage:
    """The page of a "dict" and its "words" (whose boxes are those before `rotation`); boxes of words are tight around their characters.

    `characters` makes the page's "rawdict". It costs four times as much as the other two, and is asked for only where these
    can't tell where each word stands: with Chinese or Japanese on the page, or white space that is none to MuPDF.
    """
    width, height = float(found["width"]), float(found["height"])
    lines = _lines_of_boxed_words(found["blocks"], boxes)
    plain = lines is not None  # every word is one that MuPDF finds, and runs from left to right
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
    mirrored = not plain and mostly_right_to_left(word.text for _, _, words in lines for word in words)
    if mirrored:
        across = height if turn in (90, 270) else width
        lines = [(direction, block, sorted([seen_in_a_mirror(word, across) for word in words], key=_left_edge)) for direction, block, words in lines]
    whole = _whole_lines(lines, either_way=mirrored)
    if not plain:
        whole = ((direction, block, in_reading_order(words, mirrored=mirrored)) for direction, block, words in whole)
    measured = [measured_line(words, block, aside=direction != turn) for direction, block, words in whole]
    if any(line.words[0].style & GUESSED for line in measured):
        measured = with_even_sizes(measured)
    return PrintedPage(number, label, width, height, rotation % 360, turn, tuple(measured), pictured, mirrored=mirrored, hidden=hidden)


def _left_edge(word: PrintedWord) -> float:
    return word.x0


def _whole_lines(lines: Iterable[_FoundLine], *, either_way: bool = False) -> Iterator[_FoundLine]:
    """MuPDF breaks a line at wide gaps; what stands on one baseline in one block is one line.

    `either_way`: it also breaks lines where the direction of writing turns, and goes on to the left.
    """
    before: _FoundLine | None = None
    for line in lines:
        if before is not None and before[0] == line[0] and before[1] == line[1] and _continues(before[2], line[2], either_way=either_way):
            before = (before[0], before[1], [*before[2], *line[2]])
        else:
            if before is not None:
                yield before
            before = line
    if before is not None:
        yield before


def _continues(before: Sequence[PrintedWord], after: Sequence[PrintedWord], *, either_way: bool) -> bool:
    """Whether the words of two lines stand on one baseline, the second ones to the right of the first (or on one side of them)."""
    if min([word.x0 for word in after]) < max([word.x1 for word in before]) - 1.0 and not (
        either_way and max([word.x1 for word in after]) <= min([word.x0 for word in before]) + 1.0
    ):
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
    looks = {(span["font"], span["flags"], span["size"]) for span in spans}
    if len(looks) == 1:
        return _words_of_one_look("".join([span["text"] for span in spans]), boxes, *_look_of(*looks.pop()))
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


def _words_of_one_look(text: str, boxes: Iterator[tuple[Any, ...]], size: float, style: int) -> list[PrintedWord] | None:
    """The same for a line in one font, as most are; MuPDF makes a span of every space in it that the file doesn't hold."""
    if not text.isascii() and _BY_CHARACTERS.search(text):
        return None
    words: list[PrintedWord] = []
    pieces = text.split()
    for piece, (x0, y0, x1, y1, word, _, _, _) in zip(pieces, boxes, strict=False):
        if word != piece:
            return None
        words.append(_new_tuple(PrintedWord, (piece, x0, y0, x1, y1, size, style, False)))
    if len(words) < len(pieces):
        return None
    return words if text.isascii() and text.isprintable() else _cleaned(words)


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
            for part_start, part_end in _parts_of(segment[0], characters[start:end], size):
                first, last = characters[start + part_start]["bbox"], characters[start + part_end - 1]["bbox"]
                text_of_part = spoken(segment[0][part_start:part_end], ascending=first[0] < last[0])
                word = _word_of(text_of_part, first, last, size, style, glued=not apart and not part_start)
                if word.glued and words and _one_word(words[-1], word):
                    words[-1] = _joined(words[-1], word)
                else:
                    words.append(word)
                apart = False
        apart = apart or end < len(text)
    return _cleaned(words)


def _parts_of(segment: str, characters: Sequence[Mapping[str, Any]], size: float) -> list[tuple[int, int]]:
    """The parts of a run of characters without white space: more than one only where the direction of writing turns."""
    if not runs_right_to_left(segment):
        return [(0, len(segment))]
    return pieces_of(segment, [character["bbox"][0] for character in characters], size)


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

"""From a printed page to clean text that knows where each of its words stands.

Pure: lines with boxes go in, a `PageRead` comes out. Lines of prose are joined and their hyphenation is undone, code
keeps its lines and indentation, footnote marks are taken out of words, and for every word of the text its box is kept.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from engine.reading.messages import Block, PageKind, PageRead, Word
from engine.reading.pdf.notes import note_size_of, opens_note, shown_mark
from engine.reading.pdf.pagekind import kind_of_lines
from engine.reading.pdf.paragraphs import Paragraph, gaps_of
from engine.reading.pdf.printed import BOLD, ITALIC, MATH, MONO, RAISED, SOFT_HYPHEN, PrintedLine, PrintedPage, PrintedWord, box_on_page, is_cjk
from engine.reading.pdf.structure import groups_in_order, paragraphs_on

_FOOTNOTE_MARK = re.compile(r"\d{1,3}(?:,\d{1,3})*|[*†‡§¶]{1,3}")
_KEEPS_HYPHEN = frozenset({"self", "well", "half", "cross", "two", "three", "four", "left", "right"})
_EDGE = " \t.,;:!?\"'“”‘’()[]{}—–-…*•"

MAX_EMPHASIS_WORDS = 6


@dataclass(frozen=True, slots=True)
class Typography:
    """What a sample of a document's pages tells about all of them: the size of its prose and of its notes, and the words that it knows."""

    body_size: float
    vocabulary: frozenset[str]
    note_size: float | None = None
    """The type size of its footnotes, where there are any."""


def typography_of(pages: Iterable[PrintedPage]) -> Typography:
    """The size of most characters that are not code, and all words in lower case, hyphens included."""
    sizes: Counter[float] = Counter()
    notes: Counter[float] = Counter()
    words: set[str] = set()
    for page in pages:
        for line in page.lines:
            if line.mono < 0.5:
                sizes[line.size] += sum(len(word.text) for word in line.words)
            if line.raised and opens_note(line):
                notes[line.size] += 1
            words.update(_vocabulary(line))
    body_size = max(sizes, key=lambda size: (sizes[size], size)) if sizes else 10.0
    return Typography(body_size, frozenset(words), note_size_of(notes, body_size))


def compose_page(page: PrintedPage, *, heads: Collection[int], typography: Typography, titles: Collection[str], position: float) -> PageRead:
    """The page as clean text with blocks and words.

    `heads` are the indices of its lines that are running heads, `titles` the outline keys of its headings, `position`
    (0..1) is where it stands in the document.
    """
    lines = [line for index, line in enumerate(page.lines) if index not in heads]
    if not lines:
        kind: PageKind = "picture" if page.pictured and not page.lines else "blank"
        return PageRead(page.number, page.label, *page.shown_size, kind, "", (), (), hidden=page.hidden)
    kind = kind_of_lines(lines, heads=[page.lines[index] for index in sorted(heads)], position=position)
    if page.recognised:  # the sample knew nothing of the sizes of scanned pages
        typography = replace(typography, body_size=typography_of([page]).body_size)
    if kind == "text":
        paragraphs = paragraphs_on(lines, body_size=typography.body_size, note_size=typography.note_size, titles=titles, recognised=page.recognised)
    else:
        paragraphs = [Paragraph("table", tuple(group)) for group in groups_in_order(lines)]
    writer = _Writer(page, lines, typography.vocabulary)
    for paragraph in paragraphs:
        writer.write(paragraph)
    return writer.page_read(kind)


def _vocabulary(line: PrintedLine) -> Iterable[str]:
    """The words of a line that are whole: not the last one where it is hyphenated."""
    texts = [word.text.casefold().strip(_EDGE) for word in line.words]
    if line.words[-1].text[-1] in "-‐" + SOFT_HYPHEN:
        texts.pop()
    return texts


class _Writer:
    """Writes paragraphs one after the other and remembers where every word went."""

    def __init__(self, page: PrintedPage, lines: Sequence[PrintedLine], vocabulary: frozenset[str]) -> None:
        self._page = page
        self._straight = not (page.turn or page.rotation or page.mirrored)
        self._lines = lines
        self._vocabulary = vocabulary
        self._own_vocabulary: frozenset[str] | None = None
        self._pieces: list[str] = []
        self._length = 0
        self._words: list[Word] = []
        self._blocks: list[Block] = []
        self._emphasis: list[tuple[int, int]] = []

    def write(self, paragraph: Paragraph) -> None:
        """Append a paragraph, separated from the one before by a blank line."""
        before = len(self._pieces), self._length
        if self._pieces:
            self._put("\n\n")
        start = self._length
        if paragraph.kind == "code":
            self._write_code(paragraph.lines)
        elif paragraph.kind == "table":
            self._write_rows(paragraph.lines)
        else:
            lines = paragraph.lines if paragraph.kind != "footnote" else self._write_mark(paragraph.lines)
            styled = self._write_prose(lines)
            if paragraph.kind in ("prose", "caption", "theorem", "footnote"):
                self._note_emphasis(styled)
        if self._length > start:
            self._blocks.append(Block(paragraph.kind, start, self._length))
        else:
            del self._pieces[before[0] :]
            self._length = before[1]

    def page_read(self, kind: PageKind) -> PageRead:
        """All that was written."""
        page = self._page
        emphasis = tuple(self._emphasis) if kind == "text" else ()
        text = "".join(self._pieces)
        return PageRead(
            *(page.number, page.label, *page.shown_size, kind, text, tuple(self._blocks), tuple(self._words)),
            emphasis=emphasis,
            recognised=page.recognised,
            hidden=page.hidden,
        )

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _put_word(self, word: PrintedWord, text: str) -> tuple[int, int]:
        start = self._length
        end = self._length = start + len(text)
        self._pieces.append(text)
        _, x0, y0, x1, y1, _, _, _ = word
        if not self._straight:
            x0, y0, x1, y1 = box_on_page((x0, y0, x1, y1), self._page)
        # Hundredths of a point; `round` takes four times as long, and words are what there is most of.
        self._words.append(Word(start, end, (x0 * 100 + 0.5) // 1 / 100, (y0 * 100 + 0.5) // 1 / 100, (x1 * 100 + 0.5) // 1 / 100, (y1 * 100 + 0.5) // 1 / 100))
        return start, end

    def _write_mark(self, lines: Sequence[PrintedLine]) -> Sequence[PrintedLine]:
        """The mark of a footnote and a space; returns the lines without it."""
        first = lines[0]
        if not opens_note(first):
            return lines
        mark = first.words[0]
        self._put_word(mark, shown_mark(mark.text))
        self._put(" ")
        return [first._replace(words=first.words[1:]), *lines[1:]]

    def _write_prose(self, lines: Sequence[PrintedLine]) -> list[tuple[int, int, int]]:
        """Joined lines; returns (start, end, style) of every word."""
        styled: list[tuple[int, int, int]] = []
        rows = [words for line in lines if (words := _without_footnote_marks(line))]
        separator = ""
        for row, words in enumerate(rows):
            final = words[-1]
            for word in words:
                if word is not words[0]:
                    separator = "" if word.glued else " "
                if separator:
                    self._put(separator)
                text = word.text
                if word is final:
                    text, separator = self._at_line_end(word, rows[row + 1][0]) if row + 1 < len(rows) else (text.replace(SOFT_HYPHEN, "-"), "")
                if text:
                    styled.append((*self._put_word(word, text), word.style))
        return styled

    def _at_line_end(self, word: PrintedWord, following: PrintedWord) -> tuple[str, str]:
        """The last word of a line as it is to be written, and what separates it from the next line."""
        text, next_text = word.text, following.text
        if is_cjk(text[-1]) and is_cjk(next_text[0]):
            return text, ""
        if text[-1] == SOFT_HYPHEN:
            return text[:-1], ""
        if len(text) > 1 and text[-1] in "-‐" and text[-2].isalpha():
            if not next_text[0].islower():
                return text, "" if next_text[0].isalnum() else " "
            return (text, "") if self._keeps_hyphen(word, following) else (text[:-1], "")
        # "50-" and "page", "86–" and "95", "and/" and "or": nothing was broken but the line.
        if len(text) > 1 and text[-1] in "-‐–—/" and text[-2].isalnum() and next_text[0].isalnum():
            return text, ""
        return text, " "

    def _keeps_hyphen(self, word: PrintedWord, following: PrintedWord) -> bool:
        """Whether the hyphen at a line's end belongs to the word: it is known with it and not without it, or it is code."""
        if word.style & MONO:
            return True
        head = word.text[:-1].casefold().lstrip(_EDGE)
        tail = following.text.casefold().rstrip(_EDGE)
        if self._knows(head + tail):
            return False
        return "-" in head or head in _KEEPS_HYPHEN or self._knows(f"{head}-{tail}")

    def _knows(self, word: str) -> bool:
        """Whether a word stands unbroken in the document's sample or on this page (looked up only where a line ends in a hyphen)."""
        if word in self._vocabulary:
            return True
        if self._own_vocabulary is None:
            self._own_vocabulary = frozenset().union(*(_vocabulary(line) for line in self._lines))
        return word in self._own_vocabulary

    def _write_rows(self, lines: Sequence[PrintedLine]) -> None:
        """One line of text per row, cells apart by two spaces."""
        for line_index, line in enumerate(lines):
            wide = set(gaps_of(line))
            if line_index:
                self._put("\n")
            for index, word in enumerate(line.words):
                if index:
                    self._put("  " if index in wide else "" if word.glued else " ")
                self._put_word(word, word.text.replace(SOFT_HYPHEN, "-"))

    def _write_code(self, lines: Sequence[PrintedLine]) -> None:
        """Lines with their indentation; a gap as high as a line becomes an empty line. Line numbers beside the code are left out."""
        rows = [words for line in lines if (words := _without_line_number(line))]
        advances = [(word.x1 - word.x0) / len(word.text) for words in rows for word in words if len(word.text) > 1]
        advance = max(1.0, median(advances) if advances else lines[0].size * 0.6)
        left = min((words[0].x0 for words in rows), default=0.0)
        steps = [after[0].y0 - before[0].y0 for before, after in itertools.pairwise(rows) if after[0].y0 > before[0].y0]
        pitch = min(steps, default=lines[0].size * 1.2)
        for row, words in enumerate(rows):
            if row:
                self._put("\n\n" if words[0].y0 - rows[row - 1][0].y0 > 1.7 * max(pitch, 0.9 * words[0].size) else "\n")
            self._put(" " * min(60, max(0, round((words[0].x0 - left) / advance))))
            for index, word in enumerate(words):
                if index and not word.glued:
                    self._put(" " * min(40, max(1, round((word.x0 - words[index - 1].x1) / advance))))
                self._put_word(word, word.text.replace(SOFT_HYPHEN, "-"))

    def _note_emphasis(self, styled: Sequence[tuple[int, int, int]]) -> None:
        """Short runs of bold or italics that stand out from their paragraph."""
        marks = [style & (BOLD | ITALIC) if not style & (MONO | MATH | RAISED) else 0 for _, _, style in styled]
        if not 0 < sum(map(bool, marks)) <= 0.6 * len(marks):
            return
        text = "".join(self._pieces)
        index = 0
        while index < len(styled):
            end = index + 1
            while end < len(styled) and marks[end] == marks[index]:
                end += 1
            if marks[index] and end - index <= MAX_EMPHASIS_WORDS:
                start, stop = styled[index][0], styled[end - 1][1]
                phrase = text[start:stop]
                start += len(phrase) - len(phrase.lstrip(_EDGE))
                stop -= len(phrase) - len(phrase.rstrip(_EDGE))
                if sum(map(str.isalpha, text[start:stop])) >= 2:
                    self._emphasis.append((start, stop))
            index = end


def _without_line_number(line: PrintedLine) -> tuple[PrintedWord, ...]:
    """The words of a line of code without the small number that counts it."""
    first = line.words[0]
    small = first.text.isdecimal() and not first.style & MONO and first.size < 0.85 * line.size
    return line.words[1:] if small else line.words


def _without_footnote_marks(line: PrintedLine) -> Sequence[PrintedWord]:
    """The words of a line without the raised numbers and signs of footnotes: "call.²⁴" and, at the foot, "²⁴Readers".

    They are glued to a word of at least three letters, to the end of a sentence, or open the line. Powers ("x²", "10³",
    "O(n)²") stay: their base is short, a number, or set as mathematics.
    """
    if not (line.raised or line.words[0].glued):
        return line.words
    kept: list[PrintedWord] = []
    for index, word in enumerate(line.words):
        if word.style & RAISED and _FOOTNOTE_MARK.fullmatch(word.text):
            if not index and len(line.words) > 1 and line.words[1].text[0].isalpha():
                continue
            base = kept[-1].text if kept and word.glued and not kept[-1].style & MATH else ""
            letters = sum(map(str.isalpha, base))
            if letters >= 3 or (base and is_cjk(base[-1])) or (letters >= 2 and base[-1] in ".,;:!?”’\"'"):
                continue
        kept.append(word)
    if kept and kept[0].glued:
        kept[0] = kept[0]._replace(glued=False)
    return kept

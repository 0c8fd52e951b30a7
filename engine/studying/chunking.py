"""From a page to chunks that an embedder sees whole: along headings and paragraphs, code kept together, never across pages. Pure.

An embedder silently cuts what is longer than its input, so chunks are measured in its own word pieces, with the section
path that is put before them counted in.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf

from engine.answering.sentences import split_into_sentences
from engine.reading.messages import BlockKind, PageRead
from engine.studying.sections import SectionOf

MAX_CHARACTERS = 2000
TARGET_PIECES = 220
"""A chunk is closed before it grows beyond this; only a block that is kept whole may fill the embedder's input."""

ENOUGH_PIECES = 120
"""From here on a chunk is rather closed than filled up with a part of the next paragraph."""

HEADING_PIECES = 60
"""A heading within a section opens a new chunk when the current one has this many; else every exercise would be a chunk."""

TINY_PIECES = 25
"""Less than this says nothing alone and joins its neighbour where it fits."""

PATH_CHARACTERS = 120
"""Section paths longer than this keep their last two titles only (a Chinese character counts as three: it is a word piece)."""

_WHOLE: frozenset[BlockKind] = frozenset({"code", "caption", "table", "formula", "theorem"})
_CAPTIONED: frozenset[BlockKind] = frozenset({"code", "table", "formula"})
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_ATOM = re.compile(rf"[{_CJK}]\s*|[^\s{_CJK}]{{1,80}}\s*")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch `[start, end)` of a page's text. `emphasis`: its headings and emphasised phrases, joined by " · "."""

    page: int
    start: int
    end: int
    text: str
    section: int | None
    section_path: tuple[str, ...]
    emphasis: str


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is not divided further unless it must be: a block, a sentence, a line, a word."""

    kind: BlockKind
    start: int
    end: int
    pieces: int


@dataclass(frozen=True, slots=True)
class _Draft:
    units: tuple[_Unit, ...]
    section: int | None
    path: tuple[str, ...]

    @property
    def pieces(self) -> int:
        return sum(unit.pieces for unit in self.units)

    @property
    def start(self) -> int:
        return self.units[0].start

    @property
    def end(self) -> int:
        return self.units[-1].end


def text_for_embedding(chunk_text: str, section_path: Sequence[str]) -> str:
    """What the embedder reads for a chunk: its section path, shortened where it is long, and the text."""
    line = _path_line(section_path)
    return f"{line}\n{chunk_text}" if line else chunk_text


def split_into_chunks(page: PageRead, section_of: SectionOf, count_pieces: Callable[[str], int], *, max_pieces: int = 254) -> list[Chunk]:
    """The chunks of a page in order; none for pages of contents, indexes and pictures.

    `count_pieces` counts an embedder's word pieces without its special tokens; `text_for_embedding` of every chunk has at
    most `max_pieces` of them and its text at most `MAX_CHARACTERS` characters.
    """
    if page.kind != "text":
        return []
    drafts: list[_Draft] = []
    for section, path, blocks in _by_section(page, section_of):
        budget = max(32, max_pieces - count_pieces(_path_line(path)))
        units = [_Unit(kind, start, end, count_pieces(page.text[start:end])) for kind, start, end in blocks]
        packer = _Packer(page.text, budget, count_pieces)
        packed = [_Draft(units, section, path) for units in packer.pack(units)]
        drafts += _absorb_tiny(packed, budget)
        _absorb_lone_heading(drafts, budget)
    return [_chunk(page, draft) for draft in drafts]


def _by_section(page: PageRead, section_of: SectionOf) -> Iterator[tuple[int | None, tuple[str, ...], list[tuple[BlockKind, int, int]]]]:
    """The blocks of a page in runs that lie in one section."""
    starts = [word.start for word in page.words]
    run: list[tuple[BlockKind, int, int]] = []
    tops = [page.words[index].y0 if (index := bisect_left(starts, block.start)) < len(starts) else None for block in page.blocks]
    columns = any(after is not None and before is not None and after < before - 40.0 for before, after in itertools.pairwise(tops))
    current = section_of(-inf) if columns else (None, ())
    for block, top in zip(page.blocks, tops, strict=True):
        found = section_of(top)
        if columns:
            # Heights don't tell the order of two columns: only headings change the section, and only onwards.
            onwards = block.kind == "heading" and (found[0] or 0) > (current[0] or 0)
            found = found if onwards else current
        # "Chapter 4" above "Synchronization" belongs to the section that the second line opens.
        if found != current and any(kind != "heading" for kind, _, _ in run):
            yield *current, run
            run = []
        current = found
        run.append((block.kind, block.start, block.end))
    if run:
        yield *current, run


class _Packer:
    """Packs the blocks of one section greedily."""

    def __init__(self, text: str, budget: int, count_pieces: Callable[[str], int]) -> None:
        self._text = text
        self._budget = budget
        self._target = min(budget, TARGET_PIECES)
        self._count_pieces = count_pieces
        self._current: list[_Unit] = []
        self._done: list[tuple[_Unit, ...]] = []

    def pack(self, units: Sequence[_Unit]) -> list[tuple[_Unit, ...]]:
        """The units in groups, long ones divided."""
        for unit in units:
            if unit.kind == "heading" and self._pieces() >= HEADING_PIECES:
                self._close()
            limit = self._budget if unit.kind in _WHOLE else self._target
            if self._fits(unit, limit):
                self._current.append(unit)
            elif unit.pieces <= limit and unit.end - unit.start <= MAX_CHARACTERS and (unit.kind in _WHOLE or self._pieces() >= ENOUGH_PIECES):
                self._close(before=unit.kind)
                self._add(unit, limit)
            else:
                self._add_divided(unit)
        self._close(last=True)
        return self._done

    def _pieces(self) -> int:
        return sum(unit.pieces for unit in self._current)

    def _fits(self, unit: _Unit, limit: int) -> bool:
        if not self._current:
            return unit.pieces <= limit and unit.end - unit.start <= MAX_CHARACTERS
        return self._pieces() + unit.pieces <= limit and unit.end - self._current[0].start <= MAX_CHARACTERS

    def _add(self, unit: _Unit, limit: int) -> None:
        """Add a unit after a close; the headings that were carried over may leave too little room for it."""
        if not self._fits(unit, limit):
            self._close(last=True)
        self._current.append(unit)

    def _add_divided(self, unit: _Unit) -> None:
        """Add a long block in parts: sentences of prose, lines of code, and words where even these are too long."""
        for part in self._divided(unit):
            if part.pieces > self._target or part.end - part.start > MAX_CHARACTERS:
                atoms = _ATOM.finditer(self._text, part.start, part.end)
                for atom in self._units(unit.kind, (match.span() for match in atoms)):
                    self._add(atom, self._target)
            else:
                if not self._fits(part, self._target):
                    self._close()
                self._add(part, self._target)

    def _divided(self, unit: _Unit) -> Iterator[_Unit]:
        text = self._text[unit.start : unit.end]
        if unit.kind in ("code", "table"):
            spans = [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
        else:
            spans = list(split_into_sentences(text)) or [(0, len(text))]
        # The parts cover the whole unit: what a splitter leaves out between two of them goes to the first.
        starts = [0, *(start for start, _ in spans[1:])]
        ends = [*starts[1:], len(text)]
        trimmed = ((start, start + len(text[start:end].rstrip())) for start, end in zip(starts, ends, strict=True))
        yield from self._units(unit.kind, ((unit.start + start, unit.start + end) for start, end in trimmed if end > start))

    def _units(self, kind: BlockKind, spans: Iterator[tuple[int, int]]) -> Iterator[_Unit]:
        for start, end in spans:
            stop = start + len(self._text[start:end].rstrip())
            yield _Unit(kind, start, stop, self._count_pieces(self._text[start:stop]))

    def _close(self, *, last: bool = False, before: BlockKind = "prose") -> None:
        """Finish the current group; headings at its end belong to what follows, and so does the caption of a table (`before` is its kind)."""
        carried: list[_Unit] = []
        if before in _CAPTIONED and len(self._current) > 1 and self._current[-1].kind == "caption":
            carried.append(self._current.pop())
        while not last and self._current and self._current[-1].kind == "heading":
            carried.insert(0, self._current.pop())
        if self._current:
            self._done.append(tuple(self._current))
        self._current = carried


def _absorb_tiny(drafts: Sequence[_Draft], budget: int) -> list[_Draft]:
    """Tiny drafts of one section joined to the one before, or else to the one after."""
    joined: list[_Draft] = []
    for draft in drafts:
        if joined and min(draft.pieces, joined[-1].pieces) < TINY_PIECES and _fit_together(joined[-1], draft, budget):
            joined[-1] = replace(joined[-1], units=joined[-1].units + draft.units)
        else:
            joined.append(draft)
    return joined


def _absorb_lone_heading(drafts: list[_Draft], budget: int) -> None:
    """A heading at the foot of a page, its text on the next one, goes with what stands before it: alone it would answer nothing."""
    if len(drafts) < 2 or any(unit.kind != "heading" for unit in drafts[-1].units) or drafts[-1].section == drafts[-2].section:
        return
    if drafts[-1].pieces < TINY_PIECES and _fit_together(drafts[-2], drafts[-1], budget):
        lone = drafts.pop()
        drafts[-1] = replace(drafts[-1], units=drafts[-1].units + lone.units)


def _fit_together(one: _Draft, other: _Draft, budget: int) -> bool:
    return one.pieces + other.pieces <= budget and other.end - one.start <= MAX_CHARACTERS


def _chunk(page: PageRead, draft: _Draft) -> Chunk:
    start, end = draft.start, draft.end
    headings = [(unit.start, unit.end) for unit in draft.units if unit.kind == "heading"]
    ranges = sorted({*headings, *((first, last) for first, last in page.emphasis if start <= first and last <= end)})
    phrases = dict.fromkeys(" ".join(page.text[first:last].split()) for first, last in ranges)
    return Chunk(page.number, start, end, page.text[start:end], draft.section, draft.path, " · ".join(phrases))


def _path_line(path: Sequence[str]) -> str:
    line = " > ".join(path)
    if _weight(line) <= PATH_CHARACTERS:
        return line
    return " > ".join(_shortened(title, PATH_CHARACTERS // 2) for title in path[-2:])


def _weight(text: str) -> int:
    return len(text) + 2 * len(re.findall(f"[{_CJK}]", text))


def _shortened(title: str, weight: int) -> str:
    while _weight(title) > weight:
        title = title[: max(1, len(title) * weight // _weight(title))].rstrip()
        if len(title) <= 1:
            break
    return title

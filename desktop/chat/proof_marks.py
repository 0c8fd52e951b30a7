"""Finds the proven sentences in the text of an answer and sets their citation marks behind them.

An answer carries no markers of its own; they live in its sentences. A sentence is found by its letters and digits only,
because between the model's Markdown and the proof blanks, emphasis and list markers may have moved.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from desktop.chat.markdown_tree import Block, Cell, Run, cells_of, parse_markdown, visible_text
from desktop.chat.outline import outline_blocks
from engine import values

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class Span:
    """The characters `[start, end)` of a text."""

    start: int
    end: int


def locate_quote(text: str, quote: str) -> Span | None:
    """Where a quote stands in a text, whatever became of its blanks and line breaks; None if it is not there."""
    exact = text.find(quote) if quote else -1
    if exact >= 0:
        return Span(exact, exact + len(quote))
    return _Letters(text).find(_key(quote), 0)


def locate_sentences(text: str, sentences: Sequence[values.Sentence]) -> tuple[Span | None, ...]:
    """Where each sentence stands in a text, in order; None for one that is not there (an unsupported one is not looked for)."""
    letters = _Letters(text)
    found: list[Span | None] = []
    cursor = 0
    for sentence in sentences:
        span = None
        if sentence.status != "unsupported":
            span = letters.find(_key(sentence.text), cursor) or letters.find(_key(visible_text(parse_markdown(sentence.text))), cursor)
        if span is not None:
            cursor = span.end
        found.append(span)
    return tuple(found)


def mark_sentences(blocks: Sequence[Block], sentences: Sequence[values.Sentence]) -> tuple[Block, ...]:
    """The blocks with a citation mark behind each sentence that has citations, and general sentences told apart.

    A mark that falls inside a code block stands in a paragraph of its own after it.
    """
    spans = locate_sentences(visible_text(blocks), sentences)
    cuts = [(span.end, sentence.citations) for sentence, span in zip(sentences, spans, strict=True) if span and sentence.citations]
    general = [span for sentence, span in zip(sentences, spans, strict=True) if span and sentence.status == "general"]
    marked: list[Block] = []
    position = 0
    for block in blocks:
        if block.kind == "code":
            end = position + len(block.text)
            marked.append(block)
            inside = tuple(Run("", cites=cites) for cut, cites in cuts if position < cut <= end)
            if inside:
                marked.append(Block("paragraph", inside, indent=block.indent, quotes=block.quotes))
            position = end + 1
            continue
        cells: list[Cell] = []
        for cell in cells_of(block):
            cells.append(_mark_runs(cell, position, cuts, general))
            position += sum(len(run.text) for run in cell) + 1
        marked.append(_with_cells(block, cells))
    return tuple(marked)


def answer_blocks(answer: values.Answer) -> tuple[Block, ...]:
    """An answer as it is shown: what a model wrote is Markdown, what is quoted is plain text, with the marks of its sentences.

    A book's own asterisks, underscores and formulas would be lost if a quotation were taken for Markdown.
    """
    if answer.origin == "pair":
        return parse_markdown(answer.answer)  # the student's own words are no model's, and nothing marks them
    if answer.layout == "outline":
        return mark_sentences(outline_blocks(answer.answer), answer.sentences)
    blocks = plain_blocks(answer.answer) if answer.origin == "passages" else parse_markdown(answer.answer)
    return mark_sentences(blocks, answer.sentences)


def plain_blocks(text: str) -> tuple[Block, ...]:
    """A paragraph for each stretch of text between blank lines; every character stays what it is."""
    return tuple(Block("paragraph", (Run(paragraph.strip("\n")),)) for paragraph in _BLANK_LINES.split(text) if paragraph.strip())


def _with_cells(block: Block, cells: list[Cell]) -> Block:
    if block.kind == "table":
        remaining = iter(cells)
        return replace(block, rows=tuple(tuple(next(remaining) for _ in row) for row in block.rows))
    return replace(block, runs=cells[0]) if cells else block


def _mark_runs(runs: Cell, start: int, cuts: Sequence[tuple[int, tuple[int, ...]]], general: Sequence[Span]) -> Cell:
    """The runs, which begin at character `start` of the visible text, split where a mark or a general sentence wants it."""
    result: list[Run] = []
    position = start
    for run in runs:
        end = position + len(run.text)
        edges = {position, end}
        edges.update(cut for cut, _ in cuts if position < cut < end)
        edges.update(edge for span in general for edge in (span.start, span.end) if position < edge < end)
        ordered = sorted(edges)
        for left, right in pairwise(ordered):
            said_generally = any(span.start <= left and right <= span.end for span in general)
            result.append(replace(run, text=run.text[left - position : right - position], general=said_generally))
            result.extend(Run("", cites=cites) for cut, cites in cuts if cut == right)
        position = end
    return tuple(result)


def _key(text: str) -> str:
    return "".join(character.lower() for character in text if character.isalnum())


class _Letters:
    """The letters and digits of a text, each with its place."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: list[int] = []
        kept: list[str] = []
        for place, character in enumerate(text):
            if character.isalnum():
                for lowered in character.lower():  # "İ" becomes two characters
                    kept.append(lowered)
                    self._places.append(place)
        self._kept = "".join(kept)

    def find(self, key: str, cursor: int) -> Span | None:
        """The first occurrence of `key` at or after character `cursor` that begins and ends with whole words."""
        if not key:
            return None
        at = self._kept.find(key)
        while at >= 0:
            first, last = self._places[at], self._places[at + len(key) - 1]
            if first >= cursor and self._is_edge(first - 1, first) and self._is_edge(last, last + 1):
                return Span(first, self._with_closing_signs(last + 1))
            at = self._kept.find(key, at + 1)
        return None

    def _is_edge(self, left: int, right: int) -> bool:
        if left < 0 or right >= len(self._text):
            return True
        return not (_is_word_letter(self._text[left]) and _is_word_letter(self._text[right]))

    def _with_closing_signs(self, end: int) -> int:
        """Full stops, closing brackets and quotation marks belong to the sentence before them."""
        while end < len(self._text) and _closes(self._text[end]):
            end += 1
        return end


def _closes(character: str) -> bool:
    if character.isspace() or character.isalnum():
        return False
    return unicodedata.category(character) not in ("Ps", "Pi") and character not in "—–"


def _is_word_letter(character: str) -> bool:
    """Letters of scripts that part words by blanks; Chinese and Japanese have an edge everywhere."""
    return character.isalnum() and unicodedata.category(character) != "Lo"

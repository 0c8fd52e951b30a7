"""The lines of a page of text in reading order, as paragraphs of every kind: what stands apart is taken out first. Pure.

Footnotes are told apart and come last, so that a paragraph goes on in the next column. Cells that make a table and lines that
make an algorithm are brought together across MuPDF's blocks; what is left is ordered block by block.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from engine.reading.pdf.notes import notes_among
from engine.reading.pdf.order import reading_order
from engine.reading.pdf.paragraphs import Paragraph, paragraphs_of
from engine.reading.pdf.printed import PrintedLine
from engine.reading.pdf.statements import algorithms_among
from engine.reading.pdf.tables import merged_row, tables_among

MOST_LINES = 1_500
"""A page of more lines is a map or a poster, and what is compared line by line with all others would take too long."""

_TABLE = -1
"""Blocks of gathered tables count downwards from here: MuPDF's count upwards from 0."""


def paragraphs_on(
    lines: Sequence[PrintedLine], *, body_size: float, note_size: float | None, titles: Collection[str], recognised: bool = False
) -> list[Paragraph]:
    """The paragraphs of a page whose lines (without running heads) these are.

    `note_size` is the type size of the document's footnotes where it is known, `titles` are the outline keys of the page's headings.
    `recognised`: the lines were recognised in a picture, and their sizes and places are too rough to tell notes and tables by.
    """
    if recognised or len(lines) > MOST_LINES:
        return paragraphs_of([(None, group) for group in groups_in_order(lines)], body_size=body_size, titles=titles)
    notes = notes_among(lines, body_size=body_size, note_size=note_size)
    noted = {index for note in notes for index in note}
    text = _with_gathered_tables([line for index, line in enumerate(lines) if index not in noted])
    parts = [("table" if group[0].block <= _TABLE else None, group) for group in groups_in_order(text)]
    paragraphs = paragraphs_of(_with_gathered_algorithms(parts), body_size=body_size, titles=titles)
    return paragraphs + [Paragraph("footnote", tuple(lines[index] for index in note)) for note in notes]


def groups_in_order(lines: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """MuPDF's blocks in reading order; what runs in another direction comes last."""
    groups: dict[tuple[bool, int], list[PrintedLine]] = {}
    for line in lines:
        groups.setdefault((line.aside, line.block), []).append(line)
    upright = [group for (aside, _), group in groups.items() if not aside]
    boxes = [(min(x.x0 for x in group), min(x.y0 for x in group), max(x.x1 for x in group), max(x.y1 for x in group)) for group in upright]
    return [upright[index] for index in reading_order(boxes)] + [group for (aside, _), group in groups.items() if aside]


def _with_gathered_tables(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines, where cells make tables with the rows of each in place of its first cell."""
    rows_at: dict[int, list[PrintedLine]] = {}
    gone: set[int] = set()
    for number, table in enumerate(tables_among(lines)):
        cells = [index for row in table for index in row]
        gone.update(cells)
        rows_at[min(cells)] = [merged_row([lines[index] for index in row], _TABLE - number) for row in table]
    if not gone:
        return list(lines)
    result: list[PrintedLine] = []
    for index, line in enumerate(lines):
        result += rows_at.get(index, [] if index in gone else [line])
    return result


def _with_gathered_algorithms(parts: Sequence[tuple[str | None, list[PrintedLine]]]) -> list[tuple[str | None, list[PrintedLine]]]:
    """The groups, those lines that make algorithms as groups of their own; None stands for what is not known yet."""
    flat = [(kind, number, line) for number, (kind, group) in enumerate(parts) for line in group]
    ranges = [span for span in algorithms_among([line for _, _, line in flat]) if all(kind is None for kind, _, _ in flat[span[0] : span[1]])]
    if not ranges:
        return list(parts)
    result: list[tuple[str | None, list[PrintedLine]]] = []
    before: object = None
    for index, (kind, number, line) in enumerate(flat):
        inside = next((span for span in ranges if span[0] <= index < span[1]), None)
        belongs = inside or number
        if belongs != before:
            result.append(("code" if inside else kind, []))
        result[-1][1].append(line)
        before = belongs
    return result

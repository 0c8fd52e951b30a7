"""Tables that MuPDF hands over cell by cell, found by how the cells stand: in rows, and aligned. Pure.

Two columns of text stand in rows too; but their cells are whole lines, and a table's are a few words.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.reading.pdf.printed import PrintedLine, is_cjk, measured_line

FEWEST_ROWS = 3
WORDS_PER_CELL = 4.0
"""The most words a cell has on the average; lines of text in two columns have seven and more."""

ALIGNED = 3.0
"""How far in points the edges or the middles of cells of one column may stand from each other."""

_Row = list[int]


def tables_among(lines: Sequence[PrintedLine]) -> list[list[list[int]]]:
    """The tables of a page: their rows from top to bottom, each as the indices of its lines from left to right.

    Only what is spread over several lines is found here; rows that are one line with gaps in it are told by the gaps.
    """
    return [table for column in _columns(lines) for table in _tables_in(column, lines)]


def _columns(lines: Sequence[PrintedLine]) -> list[list[int]]:
    """The upright lines of each of two columns of text; of the whole page where its text runs across the middle."""
    upright = [index for index, line in enumerate(lines) if not line.aside]
    if not upright:
        return []
    left, right = min(lines[index].x0 for index in upright), max(lines[index].x1 for index in upright)
    middle = (left + right) / 2
    prose = [lines[index] for index in upright if _words(lines[index]) >= 6]
    halves = [line for line in prose if line.x1 <= middle + 6.0 or line.x0 >= middle - 6.0]
    if len(halves) < 4 or len(halves) < 0.8 * len(prose) or any(line.x1 - line.x0 > 0.6 * (right - left) for line in prose[2:]):
        return [upright]
    return [[index for index in upright if lines[index].x1 <= middle + 6.0], [index for index in upright if lines[index].x0 >= middle - 6.0]]


def _tables_in(column: Sequence[int], lines: Sequence[PrintedLine]) -> list[list[_Row]]:
    tables: list[list[_Row]] = []
    run: list[_Row] = []
    for row in [*_rows(column, lines), None]:
        if row is not None and (len(row) >= 2 or (run and _wraps(row, run[-1], lines))) and (not run or _follows(run[-1], row, lines)):
            run.append(row)
            continue
        while run and len(run[-1]) < 2:
            run.pop()
        if _is_table(run, lines):
            tables.append(run)
        run = [row] if row is not None and len(row) >= 2 else []
    return tables


def merged_row(row: Sequence[PrintedLine], block: int) -> PrintedLine:
    """The cells of a row as one line."""
    return measured_line([word for line in sorted(row, key=lambda line: line.x0) for word in line.words], block)


def _rows(column: Sequence[int], lines: Sequence[PrintedLine]) -> list[_Row]:
    """Lines on one baseline, side by side, from top to bottom."""
    rows: list[_Row] = []
    for index in sorted(column, key=lambda index: (lines[index].y0 + lines[index].y1, lines[index].x0)):
        line = lines[index]
        if rows:
            last = lines[rows[-1][-1]]
            overlap = min(last.y1, line.y1) - max(last.y0, line.y0)
            apart = all(line.x0 > lines[other].x1 or line.x1 < lines[other].x0 for other in rows[-1])
            if overlap > 0.6 * min(last.y1 - last.y0, line.y1 - line.y0) and apart:
                rows[-1].append(index)
                continue
        rows.append([index])
    return [sorted(row, key=lambda index: lines[index].x0) for row in rows]


def _follows(before: _Row, row: _Row, lines: Sequence[PrintedLine]) -> bool:
    """Whether a row stands near below another and in line with it."""
    upper, lower = lines[before[0]], lines[row[0]]
    if lower.y0 - upper.y1 > 2.2 * lower.size or any(lines[index].mono > 0.5 for index in row):
        return False
    return sum(any(_in_line(lines[index], lines[other]) for other in before) for index in row) >= min(2, len(row), len(before))


def _wraps(row: _Row, before: _Row, lines: Sequence[PrintedLine]) -> bool:
    """Whether a lone line goes on in a cell of the row above it."""
    line = lines[row[0]]
    return any(abs(line.x0 - lines[other].x0) < ALIGNED for other in before[1:]) and line.x0 > lines[before[0]].x0 + line.size


def _in_line(one: PrintedLine, other: PrintedLine) -> bool:
    return abs(one.x0 - other.x0) < ALIGNED or abs(one.x1 - other.x1) < ALIGNED or abs(one.x0 + one.x1 - other.x0 - other.x1) < 2 * ALIGNED


def _is_table(run: Sequence[_Row], lines: Sequence[PrintedLine]) -> bool:
    full = [row for row in run if len(row) >= 2]
    if len(full) < FEWEST_ROWS:
        return False
    cells = [lines[index] for row in run for index in row]
    words = sum(_words(line) for line in cells)
    math = sum(line.math > 0.5 for line in cells)
    if _labels_side_by_side(full, lines):
        return False
    equations = sum(any("=" in lines[index].text for index in row) for row in full)
    if equations >= 0.5 * len(full):
        return False
    return words <= WORDS_PER_CELL * len(cells) and math <= 0.5 * len(cells) and len({line.block for line in cells}) > 1


def _labels_side_by_side(rows: Sequence[_Row], lines: Sequence[PrintedLine]) -> bool:
    """Whether these are the labels of a drawing, each of two or three lines set close and centred, and each a block of its own."""
    columns = {tuple(lines[index].block for index in row) for row in rows}
    return len(rows) <= 4 and len(columns) == 1 and lines[rows[1][0]].y0 - lines[rows[0][0]].y1 < 0.35 * lines[rows[0][0]].size


def _words(line: PrintedLine) -> float:
    """Words of a line; two characters without spaces between them are about one."""
    return sum(0.5 if is_cjk(word.text[0]) else 1.0 for word in line.words)

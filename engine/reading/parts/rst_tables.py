"""The two kinds of drawn tables of reStructuredText, as rows of cells. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence


def grid_rows(lines: Sequence[str]) -> list[list[str]]:
    """The rows of a grid table; cells that span several rows or columns stand in the first of them."""
    edges = [index for index, character in enumerate(lines[0]) if character == "+"]
    rows: list[list[str]] = []
    fresh = True
    for line in lines:
        if line.startswith("+") and set(line) <= set("+-= "):
            fresh = True
            continue
        # Wide characters shift the columns: a line that doesn't meet the edges is divided at its bars.
        meets = all(edge < len(line) and line[edge] in "|+" for edge in (edges[0], edges[-1]))
        cells = [line[start + 1 : stop].strip(" |") for start, stop in itertools.pairwise(edges)] if meets else line.strip("|").split("|")
        if fresh or not rows:
            rows.append([cell.strip() for cell in cells])
        else:
            rows[-1] = [f"{before} {cell.strip()}".strip() for before, cell in zip(rows[-1] + [""] * len(cells), cells + [""] * len(rows[-1]), strict=False)][
                : max(len(rows[-1]), len(cells))
            ]
        fresh = False
    return rows


def simple_rows(lines: Sequence[str]) -> list[list[str]]:
    """The rows of a simple table (columns below lines of `=`); a line with an empty first cell goes on with the row above."""
    spans = [match.span() for match in re.finditer(r"=+", lines[0])]
    rows: list[list[str]] = []
    for line in lines[1:]:
        if not line.strip() or (set(line.strip()) <= set("= -") and len(line.strip()) > 2):
            continue
        bounds = [(start, spans[number + 1][0] if number + 1 < len(spans) else None) for number, (start, _) in enumerate(spans)]
        cells = [line[start:stop].strip() for start, stop in bounds]
        if rows and not cells[0]:
            rows[-1] = [f"{before} {cell}".strip() for before, cell in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    return rows

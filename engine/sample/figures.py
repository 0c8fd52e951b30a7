"""The figures of the sample book, drawn as vectors onto a PDF page.

Each figure is a small picture made of circles, boxes, lines and letters around a horizontal centre, from a top edge
down; all measures are points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Point = tuple[float, float]

INK, LINE, FILL, ACCENT = (0.13, 0.13, 0.15), (0.45, 0.47, 0.52), (0.91, 0.94, 0.97), (0.13, 0.33, 0.53)
RED, BLACK, WHITE = (0.90, 0.42, 0.38), (0.20, 0.20, 0.23), (1.0, 1.0, 1.0)
RADIUS = 11.0

FIGURE_HEIGHTS: Mapping[str, float] = {"list": 62.0, "bst": 116.0, "rotation": 104.0, "redblack": 116.0, "heap": 158.0}

BST: Mapping[str, Point] = {"8": (0, 0), "3": (-70, 42), "10": (70, 42), "1": (-110, 84), "6": (-34, 84), "14": (110, 84), "7": (-14, 116)}
BST_EDGES = (("8", "3"), ("8", "10"), ("3", "1"), ("3", "6"), ("10", "14"), ("6", "7"))


def draw_figure(page: Any, name: str, center: float, top: float) -> None:
    """Draw the figure called `name`; raises KeyError for an unknown name."""
    drawers = {"list": _list, "bst": _bst, "rotation": _rotation, "redblack": _red_black, "heap": _heap, "cover": _cover}
    drawers[name](page, center, top)


def _letters(page: Any, x: float, y: float, text: str, *, size: float = 9.0, color: Sequence[float] = INK, font: str = "helv") -> None:
    """Text with its middle at (x, y)."""
    import pymupdf

    width = pymupdf.get_text_length(text, fontname=font, fontsize=size)
    page.insert_text((x - width / 2, y + size * 0.35), text, fontname=font, fontsize=size, color=color)


def _node(page: Any, x: float, y: float, text: str, *, fill: Sequence[float] = FILL, ink: Sequence[float] = INK, edge: Sequence[float] = ACCENT) -> None:
    page.draw_circle((x, y), RADIUS, color=edge, fill=fill, width=0.9)
    _letters(page, x, y, text, color=ink)


def _line(page: Any, start: Point, end: Point, *, color: Sequence[float] = LINE, width: float = 0.9) -> None:
    page.draw_line(start, end, color=color, width=width)


def _arrow(page: Any, start: Point, end: Point, *, color: Sequence[float] = LINE) -> None:
    """A line with a small filled head at its end."""
    _line(page, start, end, color=color)
    (x0, y0), (x1, y1) = start, end
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    back = (x1 - 5 * ux, y1 - 5 * uy)
    page.draw_polyline([end, (back[0] - 2.4 * uy, back[1] + 2.4 * ux), (back[0] + 2.4 * uy, back[1] - 2.4 * ux), end], color=color, fill=color, width=0.5)


def _tree(page: Any, center: float, top: float, places: Mapping[str, Point], edges: Sequence[tuple[str, str]], path: Sequence[str] = ()) -> None:
    """Edges first, then nodes on top; the nodes of `path` and the edges between them are emphasised."""
    at = {name: (center + x, top + y) for name, (x, y) in places.items()}
    for parent, child in edges:
        followed = parent in path and child in path
        _line(page, at[parent], at[child], color=ACCENT if followed else LINE, width=2.0 if followed else 0.9)
    for name, (x, y) in at.items():
        _node(page, x, y, name, fill=ACCENT if name in path else FILL, ink=WHITE if name in path else INK)


def _bst(page: Any, center: float, top: float) -> None:
    places = {name: (x, y * 0.8) for name, (x, y) in BST.items()}
    _tree(page, center, top + RADIUS, places, BST_EDGES, path=("8", "3", "6", "7"))


def _cover(page: Any, center: float, top: float) -> None:
    places = {name: (x * 1.15, y * 1.35) for name, (x, y) in BST.items()}
    _tree(page, center, top + RADIUS, places, BST_EDGES, path=("8", "3", "6", "7"))


def _list(page: Any, center: float, top: float) -> None:
    names = ("", "A", "B", "C")
    width, gap, middle = 40.0, 36.0, top + 20.0
    left = center - (len(names) * width + (len(names) - 1) * gap) / 2
    for index, name in enumerate(names):
        x = left + index * (width + gap)
        page.draw_rect(
            (x, middle - 12, x + width, middle + 12), color=ACCENT, fill=WHITE if not name else FILL, width=0.9, dashes="[3 2] 0" if not name else None
        )
        _letters(page, x + width / 2, middle, name or "sentinel", size=9.0 if name else 7.4)
        if index:
            _arrow(page, (x - gap, middle - 5), (x, middle - 5))
            _arrow(page, (x, middle + 5), (x - gap, middle + 5))
    first, last, below = left + width / 2, left + 3 * (width + gap) + width / 2, middle + 30.0
    for start, end, level in ((last + 5, first + 5, below - 6), (first - 5, last - 5, below + 4)):
        _line(page, (start, middle + 12), (start, level))
        _line(page, (start, level), (end, level))
        _arrow(page, (end, level), (end, middle + 12))


def _triangle(page: Any, x: float, y: float, name: str) -> None:
    page.draw_polyline([(x, y - 11), (x - 13, y + 11), (x + 13, y + 11), (x, y - 11)], color=ACCENT, fill=WHITE, width=0.9)
    _letters(page, x, y + 4, name)


def _rotation(page: Any, center: float, top: float) -> None:
    y = top + RADIUS
    left, right = center - 95, center + 95
    for start, end in (
        ((left, y), (left - 32, y + 34)),
        ((left - 32, y + 34), (left - 60, y + 66)),
        ((left - 32, y + 34), (left - 4, y + 66)),
        ((left, y), (left + 32, y + 32)),
    ):
        _line(page, start, end)
    _node(page, left, y, "y")
    _node(page, left - 32, y + 34, "x")
    for name, x, level in (("A", left - 60, y + 76), ("B", left - 4, y + 76), ("C", left + 32, y + 42)):
        _triangle(page, x, level, name)
    for start, end in (
        ((right, y), (right + 32, y + 34)),
        ((right + 32, y + 34), (right + 60, y + 66)),
        ((right + 32, y + 34), (right + 4, y + 66)),
        ((right, y), (right - 32, y + 32)),
    ):
        _line(page, start, end)
    _node(page, right, y, "x")
    _node(page, right + 32, y + 34, "y")
    for name, x, level in (("A", right - 32, y + 42), ("B", right + 4, y + 76), ("C", right + 60, y + 76)):
        _triangle(page, x, level, name)
    _arrow(page, (center - 30, y + 24), (center + 30, y + 24), color=ACCENT)
    _letters(page, center, y + 15, "rotate right", size=7.6)
    _arrow(page, (center + 30, y + 38), (center - 30, y + 38), color=ACCENT)
    _letters(page, center, y + 48, "rotate left", size=7.6)


def _red_black(page: Any, center: float, top: float) -> None:
    places: dict[str, Point] = {
        "13": (0, 0),
        "8": (-76, 32),
        "17": (76, 32),
        "1": (-116, 64),
        "11": (-36, 64),
        "15": (36, 64),
        "25": (116, 64),
        "6": (-96, 94),
        "22": (96, 94),
    }
    edges = (("13", "8"), ("13", "17"), ("8", "1"), ("8", "11"), ("17", "15"), ("17", "25"), ("1", "6"), ("25", "22"))
    at = {name: (center + x, top + RADIUS + y) for name, (x, y) in places.items()}
    for parent, child in edges:
        _line(page, at[parent], at[child])
    for name, (x, y) in at.items():
        red = name in ("8", "17", "6", "22")
        _node(page, x, y, name, fill=RED if red else BLACK, ink=WHITE, edge=RED if red else BLACK)


def _heap(page: Any, center: float, top: float) -> None:
    keys = ("2", "4", "3", "9", "7", "8", "5")
    xs = (0, -70, 70, -105, -35, 35, 105)
    at = [(center + x, top + RADIUS + 36 * (0 if i == 0 else 1 if i < 3 else 2)) for i, x in enumerate(xs)]
    for child in range(1, len(keys)):
        _line(page, at[(child - 1) // 2], at[child])
    for (x, y), key in zip(at, keys, strict=True):
        _node(page, x, y, key)
    side, y = 24.0, top + 122.0
    left = center - side * len(keys) / 2
    for index, key in enumerate(keys):
        x = left + index * side
        page.draw_rect((x, y - side / 2, x + side, y + side / 2), color=ACCENT, fill=FILL, width=0.9)
        _letters(page, x + side / 2, y, key)
        _letters(page, x + side / 2, y + side / 2 + 8, str(index), size=7.0, color=LINE)

"""Which lines of a page are running heads, feet and page numbers: they say where we are, not what is taught.

Pure. A line near the top or bottom edge is one of them when it is merely the page's number, when its text (digits set
aside) recurs near by, when it begins or ends with a number that counts along with the pages, or when it stands exactly
where the heads of the neighbours stand. White must part it from the text. Only pages up to `REACH` away are looked at, so that pages can stream.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from math import inf
from typing import NamedTuple

from engine.reading.pdf.printed import PrintedLine, PrintedPage

NEAR = 6
"""How many pages to each side are compared: at least three of each of left and right pages."""

REACH = 2 * NEAR
"""How far a page's verdict can depend on others: heads are recognised by neighbours, whose own heads were so before."""

MARGIN = 0.2
"""Share of the page's height at each edge in which heads are looked for."""

WHITE = 0.9
"""The least white between a head and the text, in units of its type size; lines of text are 0.2 to 0.5 apart."""

_PAGE_NUMBER = re.compile(r"[\s\-–—|·.]*(?:page|p\.|seite|第)?\s*(?P<number>\d+|[ivxlcdm]+)\s*页?\s*(?:(?:/|of|von)\s*\d+)?[\s\-–—|·.]*", re.IGNORECASE)

_CONTINUED = re.compile(r"\(continue[sd] (?:from|on) (?:the )?(?:previous|next) page\)")


class Edge(NamedTuple):
    """A line near an edge: `line` is its index on the page, `key` its text without digits, `shifts` its numbers minus the page's.

    `is_page_number`: nothing but the page's number, or a note that something goes on from or to another page.
    """

    line: int
    top: bool
    y: float
    size: float
    text: str
    key: str
    shifts: tuple[int, ...]
    is_page_number: bool
    large: bool
    white: float
    """The distance in points to the next line inwards; infinite where there is none."""

    @property
    def parted(self) -> bool:
        """Whether enough white lies between this line and the next one inwards."""
        return self.white >= WHITE * self.size


def edges_of(page: PrintedPage, *, body_size: float) -> tuple[Edge, ...]:
    """The up to three lines nearest to the top edge and the three nearest to the bottom edge, as far as they lie in the margins."""
    height = page.reading_size[1]
    upright = [(index, line) for index, line in enumerate(page.lines) if not line.aside]
    above = sorted((entry for entry in upright if entry[1].y1 < MARGIN * height), key=lambda entry: (entry[1].y0, entry[0]))[:3]
    below = sorted((entry for entry in upright if entry[1].y0 > (1 - MARGIN) * height), key=lambda entry: (-entry[1].y1, entry[0]))[:3]
    lines = [line for _, line in upright]
    edges = [_edge(page, index, line, lines, top=True, body_size=body_size) for index, line in above]
    return (*edges, *(_edge(page, index, line, lines, top=False, body_size=body_size) for index, line in below))


def recognise_directly(number: int, edges_near: Callable[[int], tuple[Edge, ...]]) -> frozenset[Edge]:
    """The heads of page `number` that its neighbours' edges prove; `edges_near(n)` is empty for pages that don't exist."""
    own = edges_near(number)
    found = {edge for edge in own if _recurs(edge, number, edges_near) or _counts_along(edge, number, edges_near)}
    return frozenset(_outside_white(found) | {edge for edge in own if edge.is_page_number})


def recognise_by_place(number: int, edges_near: Callable[[int], tuple[Edge, ...]], heads_near: Callable[[int], frozenset[Edge]]) -> frozenset[int]:
    """Indices of all lines of page `number` that are heads: the proven ones, and what stands exactly where theirs stand."""
    neighbours = [heads_near(other) for other in _neighbours(number)]
    found = set(heads_near(number))
    for edge in edges_near(number):
        if not edge.large and len(edge.text) <= 100:
            alike = sum(any(_same_place(edge, head) and abs(edge.size - head.size) < 0.3 for head in heads) for heads in neighbours)
            if alike >= 3:
                found.add(edge)
    return frozenset(edge.line for edge in _outside_white(found) | {edge for edge in found if edge.is_page_number})


def _outside_white(found: set[Edge]) -> set[Edge]:
    """Those that are no further inwards than the innermost one that white parts from the text."""
    kept: set[Edge] = set()
    for top, inwards in ((True, 1), (False, -1)):
        limits = [inwards * edge.y for edge in found if edge.top == top and edge.parted]
        if limits:
            kept |= {edge for edge in found if edge.top == top and inwards * edge.y <= max(limits)}
    return kept


def _edge(page: PrintedPage, index: int, line: PrintedLine, lines: list[PrintedLine], *, top: bool, body_size: float) -> Edge:
    text = line.text.casefold()
    tokens = (line.words[0].text, line.words[-1].text)
    shifts = tuple(sorted({int(token) - page.number for token in tokens if token.isdecimal() and len(token) <= 5}))
    match = _PAGE_NUMBER.fullmatch(text)
    own = {str(page.number), (page.label or str(page.number)).casefold()}
    is_page_number = bool(_CONTINUED.fullmatch(text)) or text == (page.label or "").casefold() or (match is not None and match["number"] in own)
    middle = (line.y0 + line.y1) / 2
    inwards = [other.y0 - line.y1 for other in lines if other.y0 > middle] if top else [line.y0 - other.y1 for other in lines if other.y1 < middle]
    return Edge(
        index,
        top,
        line.y0 if top else line.y1,
        line.size,
        text,
        re.sub(r"\d+", "#", text),
        shifts,
        is_page_number,
        line.size > 1.15 * body_size,
        min(inwards, default=inf),
    )


def _neighbours(number: int) -> list[int]:
    return [other for other in range(number - NEAR, number + NEAR + 1) if other != number]


def _same_place(one: Edge, other: Edge) -> bool:
    return one.top == other.top and abs(one.y - other.y) <= 2.0


def _proves(edge: Edge, near: Edge) -> bool:
    """A line in the same place proves a head only where text follows it, and white before that: pages that are all alike prove nothing."""
    return _same_place(edge, near) and near.white < inf and (edge.white < inf or near.parted)


def _recurs(edge: Edge, number: int, edges_near: Callable[[int], tuple[Edge, ...]]) -> bool:
    """A large line may be a chapter's or a slide's title: it must recur letter by letter and more often."""
    if len(edge.key) < 3:
        return False
    count = 0
    for other in _neighbours(number):
        for near in edges_near(other):
            if (edge.text == near.text if edge.large else edge.key == near.key) and _proves(edge, near):
                count += 1
                break
    return count >= (4 if edge.large else 2)


def _counts_along(edge: Edge, number: int, edges_near: Callable[[int], tuple[Edge, ...]]) -> bool:
    """Whether, as in “CHAPTER 2. THREADS 30”, one of its numbers is as far from the page's as on at least two neighbours."""
    if not edge.shifts or edge.large:
        return False
    for shift in edge.shifts:
        if sum(any(shift in near.shifts and _proves(edge, near) for near in edges_near(other)) for other in _neighbours(number)) >= 2:
            return True
    return False

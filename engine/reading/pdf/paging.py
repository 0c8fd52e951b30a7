"""Streams a document page by page, looking far enough ahead and back to tell running heads from text.

Pure but for the page source that it is given. What a page becomes depends on the pages around it and on a fixed sample
of the document, never on where reading began: going on after an interruption gives the same pages.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache

from engine.reading.messages import IndexEntry, OutlineEntry, PageRead
from engine.reading.pdf.bookindex import parse_index
from engine.reading.pdf.headings import Heading, headings_on, outline_of
from engine.reading.pdf.layout import Typography, compose_page, typography_of
from engine.reading.pdf.margins import REACH, Edge, edges_of, recognise_by_place, recognise_directly
from engine.reading.pdf.numbering import PageNumbers, shift_of
from engine.reading.pdf.pagekind import kind_of_lines
from engine.reading.pdf.printed import PrintedPage

SAMPLE_PAGES = 16

NUMBERED_PAGES = 40
"""Pages whose margins are looked at for what the printed page numbers are."""

INDEX_BEGINS = 0.3
"""Share of a document before which no page is taken for an index (`engine.reading.pdf.pagekind`)."""


def sample_typography(page_at: Callable[[int], PrintedPage], pages: int) -> Typography:
    """The typography of a document from pages spread evenly over it."""
    count = min(SAMPLE_PAGES, pages)
    return typography_of(page_at(1 + index * pages // count) for index in range(count))


def read_pages(
    page_at: Callable[[int], PrintedPage],
    pages: int,
    *,
    first_page: int,
    titles_on: Callable[[int], Collection[str]],
    typography: Typography | None = None,
) -> Iterator[PageRead]:
    """Pages `first_page` to `pages` in order; `page_at(n)` reads page n, `titles_on(n)` are the outline keys of its headings.

    `typography` is that of the document where it is known, else a sample is taken.
    """
    typography = typography or sample_typography(page_at, pages)
    margins = _Margins(page_at, pages, typography)
    for number in range(first_page, pages + 1):
        yield compose_page(
            margins.printed(number),
            heads=margins.heads_on(number),
            typography=typography,
            titles=titles_on(number),
            position=number / pages,
        )


class _Margins:
    """Which lines of a page are running heads, with as many pages in memory as that takes."""

    def __init__(self, page_at: Callable[[int], PrintedPage], pages: int, typography: Typography) -> None:
        window = 2 * REACH + 1
        self.printed = printed = lru_cache(maxsize=window)(page_at)

        @lru_cache(maxsize=window)
        def edges(number: int) -> tuple[Edge, ...]:
            return edges_of(printed(number), body_size=typography.body_size) if 1 <= number <= pages else ()

        @lru_cache(maxsize=window)
        def heads(number: int) -> frozenset[Edge]:
            return recognise_directly(number, edges)

        self._edges, self._heads = edges, heads

    def heads_on(self, number: int) -> frozenset[int]:
        """The indices of the lines of page `number` that are running heads."""
        return recognise_by_place(number, self._edges, self._heads)


def pages_of_an_index_before(
    page_at: Callable[[int], PrintedPage], pages: int, *, first_page: int, titles_on: Callable[[int], Collection[str]]
) -> Iterator[PageRead]:
    """The pages of the book's index before `first_page`, where reading was resumed: they are stored already, but their terms are not."""
    start = 1 + int(INDEX_BEGINS * pages)
    if start < first_page:
        found = read_pages(page_at, pages, first_page=start, titles_on=titles_on)
        yield from (page for page in itertools.takewhile(lambda page: page.number < first_page, found) if page.kind == "index")


def index_entries(index_pages: Sequence[PageRead], page_at: Callable[[int], PrintedPage], labels: Sequence[str | None]) -> tuple[IndexEntry, ...]:
    """What the pages of a book's index say, in pages counted from 1; `labels` are what the file calls each of its pages."""
    if not index_pages:
        return ()
    count = min(NUMBERED_PAGES, len(labels))
    sample = (page_at(1 + index * len(labels) // count) for index in range(count))
    shift = shift_of({shift for edge in edges_of(page, body_size=page.lines[0].size) for shift in edge.shifts} if page.lines else () for page in sample)
    return parse_index(index_pages, PageNumbers(labels, shift))


def guessed_outline(page_at: Callable[[int], PrintedPage], pages: int) -> tuple[OutlineEntry, ...]:
    """The outline that the headings of a document without one make; every page is looked at."""
    typography = sample_typography(page_at, pages)
    return outline_of(itertools.chain.from_iterable(_headings_page_by_page(page_at, pages, typography)), pages)


def _headings_page_by_page(page_at: Callable[[int], PrintedPage], pages: int, typography: Typography) -> Iterator[list[Heading]]:
    margins = _Margins(page_at, pages, typography)
    for number in range(1, pages + 1):
        page = margins.printed(number)
        heads = margins.heads_on(number)
        lines = [line for index, line in enumerate(page.lines) if index not in heads]
        if lines and kind_of_lines(lines, heads=[page.lines[index] for index in sorted(heads)], position=number / pages) == "text":
            yield headings_on(number, lines, body_size=typography.body_size)

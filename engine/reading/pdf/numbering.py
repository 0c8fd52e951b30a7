"""Which page a printed page number means. Pure.

A book's index speaks of the numbers that are printed on its pages. A PDF may state them (page labels), states them wrongly at
times, and often not at all; then the numbers in the margins of a sample of its pages vote on how far the two counts are apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

MOST_DOUBTFUL = 0.25
"""The least share of the sampled pages that must agree on the distance between printed and counted pages."""

FEWEST_VOTES = 3

_RANGE_DASH = re.compile(r"\s?[-–—‒]{1,2}\s?")
_ABBREVIATED = re.compile(r"\d{1,4}")
LONGEST_RUN = 40
"""A run of more pages than this names a chapter: its first page says as much as all of them."""


def shift_of(votes: Iterable[Iterable[int]]) -> int | None:
    """Printed number minus counted number, as most pages have it; None where they don't agree.

    Each page votes once for every number in its margins.
    """
    pages = [frozenset(vote) for vote in votes]
    counts = Counter(shift for page in pages for shift in page)
    if not counts:
        return None
    (best, most), *others = counts.most_common(2)
    second = others[0][1] if others else 0
    return best if most >= max(FEWEST_VOTES, MOST_DOUBTFUL * len(pages)) and most >= 1.5 * second else None


class PageNumbers:
    """From what is printed to pages counted from 1."""

    def __init__(self, labels: Sequence[str | None], shift: int | None) -> None:
        """`labels` are those that the file states, one for each page; `shift` is what the printed numbers say (`shift_of`)."""
        self._pages = len(labels)
        stated = _stated_shift(labels)
        self._named: Mapping[str, int] = {}
        if stated is not None and shift is not None and shift != stated:
            labels = [None if label is None or label.isdecimal() else label for label in labels]
        elif stated is not None:
            shift = stated
        self._shift = shift
        named: dict[str, int] = {}
        for number, label in enumerate(labels, 1):
            if label is None:
                continue
            # A cover that is called page 1 as well: the count that most pages follow decides.
            follows = label.isdecimal() and shift is not None and int(label) - number == shift
            if label not in named or follows:
                named[label] = number
        self._named = named

    @property
    def known(self) -> bool:
        """Whether anything can be found."""
        return bool(self._named) or self._shift is not None

    def names(self, label: str) -> bool:
        """Whether the file itself calls a page so."""
        return label in self._named

    def page_of(self, label: str) -> int | None:
        """The page of this label; None where there is none."""
        found = self._named.get(label) or self._named.get(label.casefold())
        if found is None and label.isdecimal() and self._shift is not None:
            found = int(label) - self._shift
        return found if found is not None and 1 <= found <= self._pages else None

    def pages_of(self, reference: str) -> tuple[int, ...]:
        """The pages of "12", "xii", "12–15", "312–5", "A-3"; empty where there are none."""
        single = self.page_of(reference)
        if single is not None:
            return (single,)
        ends = _RANGE_DASH.split(reference)
        if len(ends) != 2:
            return ()
        first, last = ends
        if first.isdecimal() and _ABBREVIATED.fullmatch(last) and len(last) < len(first):
            last = first[: len(first) - len(last)] + last
        begins, stops = self.page_of(first), self.page_of(last)
        if begins is None:
            return ()
        if stops is None or not begins <= stops < begins + LONGEST_RUN:
            return (begins,)
        return tuple(range(begins, stops + 1))


def _stated_shift(labels: Sequence[str | None]) -> int | None:
    """The distance that most of the labels in digits have; None where there are none."""
    shifts = Counter(int(label) - number for number, label in enumerate(labels, 1) if label is not None and label.isdecimal() and len(label) <= 5)
    return max(shifts, key=lambda shift: (shifts[shift], shift)) if shifts else None

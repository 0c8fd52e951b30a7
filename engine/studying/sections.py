"""The section tree of a document, and in which section a place of it lies. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from math import inf

from engine.reading.messages import OutlineEntry
from engine.values import Section

SectionOf = Callable[[float | None], tuple[int | None, tuple[str, ...]]]
"""From the top edge of something on a page (points; None: unknown) to its section's number and the titles from the root down to it.

Minus infinity asks for the section that goes on at the very start of the page.
"""

SLACK = 4.0
"""How far in points text may begin above the point that its section's outline entry names, and still belong to it."""


def section_tree(outline: Sequence[OutlineEntry], pages: int) -> tuple[Section, ...]:
    """One section per outline entry, in its order; each reaches to where the next one of its level or above begins."""
    sections = []
    for index, entry in enumerate(outline):
        following = next((later for later in outline[index + 1 :] if later.level <= entry.level), None)
        last = pages if following is None else following.page if (following.top or 0.0) > SLACK else following.page - 1
        sections.append(Section(index + 1, entry.level, entry.title, entry.page, max(entry.page, min(last, pages))))
    return tuple(sections)


class SectionFinder:
    """Answers in which section a place lies."""

    def __init__(self, outline: Sequence[OutlineEntry], sections: Sequence[Section]) -> None:
        """`sections` are those that `section_tree` made of `outline`."""
        begins = sorted((entry.page, entry.top or 0.0, index) for index, entry in enumerate(outline))
        self._begins = [(page, top) for page, top, _ in begins]
        self._order = [index for _, _, index in begins]
        self._numbers = [section.number for section in sections]
        self._paths = _paths(sections)

    def at(self, page: int, top: float | None) -> tuple[int | None, tuple[str, ...]]:
        """The number and the path of the section at this place; (None, ()) before the first one."""
        found = bisect_right(self._begins, (page, inf if top is None else top + SLACK)) - 1
        if found < 0:
            return None, ()
        index = self._order[found]
        return self._numbers[index], self._paths[index]

    def on_page(self, page: int) -> SectionOf:
        """The same for one page."""

        def section_of(top: float | None) -> tuple[int | None, tuple[str, ...]]:
            return self.at(page, top)

        return section_of


def _paths(sections: Sequence[Section]) -> list[tuple[str, ...]]:
    paths: list[tuple[str, ...]] = []
    above: list[Section] = []
    for section in sections:
        while above and above[-1].level >= section.level:
            above.pop()
        above.append(section)
        paths.append(tuple(ancestor.title for ancestor in above))
    return paths

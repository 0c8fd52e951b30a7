"""From the pages of a web document to its outline and parts: a part per section, long ones in several. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import msgspec

from engine.reading.messages import OutlineEntry, PageRead
from engine.reading.parts.composing import PART_CHARACTERS, PART_LINES, Piece, compose, divided, shortened
from engine.reading.parts.webpage import Leaf
from engine.values import Place

SHORT_LEAD = 300
"""Characters before a page's first heading that are its overline ("Chapter 3") rather than a section of their own."""


@dataclass(frozen=True, slots=True)
class Opening:
    """At this leaf of a page a section begins."""

    leaf: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page on its way into the document. Without openings at its first leaf it goes on with what was open before it."""

    name: str
    leaves: Sequence[Leaf]
    openings: Sequence[Opening]
    anchors: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Composed:
    """Outline and parts, and in which part each leaf of each chapter stands."""

    outline: tuple[OutlineEntry, ...]
    parts: tuple[PageRead, ...]
    part_of: Mapping[tuple[str, int], int]


_Placed = tuple[str, int, Leaf]
"""A leaf with the name of its chapter and its number there."""


@dataclass(slots=True)
class _Section:
    level: int
    title: str
    leaves: list[_Placed]


def openings_of(leaves: Sequence[Leaf], title: str, level: int, *, rooted: bool) -> list[Opening]:
    """A page's headings as openings, the first of them at `level`.

    A `rooted` page has one section that holds all others: its sole topmost heading where it begins with that, else one that is called `title`.
    """
    heads = [(index, leaf.piece.level) for index, leaf in enumerate(leaves) if leaf.piece.level]
    if not heads:
        return [Opening(0, level, shortened(title))]
    lead = sum(len(leaf.piece.text) for leaf in leaves[: heads[0][0]])
    highest = min(level for _, level in heads)
    sole = heads[0][1] == highest and sum(each == highest for _, each in heads) == 1
    short = lead <= SHORT_LEAD and heads[0][0] <= 3
    root = rooted and not sole
    heading, called = leaves[heads[0][0]].piece.text.casefold(), title.casefold()
    named = short and heads[0][1] == highest and (heading in called or called in heading)
    openings = [Opening(0, level, shortened(title))] if (root and not named) or not short else []
    for index, each in heads:
        first = not openings and index == heads[0][0]
        if first and root:
            openings.append(Opening(0, level, shortened(leaves[index].piece.text)))
            continue
        openings.append(Opening(0 if first else index, level + each - highest + root, shortened(leaves[index].piece.text)))
    return openings


def compose_chapters(chapters: Sequence[Chapter], title: str) -> Composed:
    """The outline and the parts of these pages."""
    sections = _sections(chapters, title)
    outline: list[OutlineEntry] = []
    parts: list[PageRead] = []
    part_of: dict[tuple[str, int], int] = {}
    carried: list[_Placed] = []
    for number, section in enumerate(sections, start=1):
        outline.append(OutlineEntry(section.level, section.title, len(parts) + 1))
        leaves = carried + section.leaves
        following = sections[number] if number < len(sections) else None
        if following is not None and following.level > section.level and all(leaf.piece.level for _, _, leaf in leaves):
            # "Chapter 4" right above "4.1" is read with it: alone it would be a part that says nothing.
            carried = leaves
            continue
        carried = []
        for screen in _screens(leaves):
            part = compose(len(parts) + 1, Place("section", number, number), (piece for _, piece in screen))
            role = screen[-1][0][2].role
            if len(sections) > 1 and all(piece.level for _, piece in screen):
                role = "contents"  # a title page or a heading with nothing below it answers no question
            parts.append(part if role == "text" or part.kind != "text" else msgspec.structs.replace(part, kind=role))
            for (chapter, index, _), _ in screen:
                part_of.setdefault((chapter, index), part.number)
    last = max(len(parts), 1)
    return Composed(tuple(OutlineEntry(entry.level, entry.title, min(entry.page, last)) for entry in outline), tuple(parts), part_of)


def _sections(chapters: Sequence[Chapter], title: str) -> list[_Section]:
    sections: list[_Section] = []
    for chapter in chapters:
        openings = sorted(chapter.openings, key=lambda opening: opening.leaf)
        if chapter.leaves and not sections and (not openings or openings[0].leaf > 0):
            sections.append(_Section(1, shortened(title), []))
        begins = [opening.leaf for opening in openings]
        if sections:
            sections[-1].leaves += _placed(chapter, 0, begins[0] if begins else len(chapter.leaves))
        for opening, end in zip(openings, [*begins, len(chapter.leaves)][1:], strict=True):
            sections.append(_Section(max(opening.level, 1), opening.title or shortened(title), _placed(chapter, opening.leaf, end)))
    return sections


def _placed(chapter: Chapter, start: int, end: int) -> list[_Placed]:
    return [(chapter.name, index, chapter.leaves[index]) for index in range(start, end)]


def _screens(leaves: Sequence[_Placed]) -> Iterator[list[tuple[_Placed, Piece]]]:
    """The leaves in runs of one role that fill a screen each; a heading stays with what follows it."""
    roles = [placed[2].role for placed in leaves]
    for index in range(len(leaves) - 2, -1, -1):
        if leaves[index][2].piece.level:
            roles[index] = roles[index + 1]
    for _, numbered in groupby(enumerate(leaves), key=lambda each: roles[each[0]]):
        run = [placed for _, placed in numbered]
        screen: list[tuple[_Placed, Piece]] = []
        lines = characters = 0
        for placed in run:
            for piece in divided(placed[2].piece):
                new_lines = piece.text.count("\n") + 1
                full = lines + new_lines > PART_LINES or characters + len(piece.text) > PART_CHARACTERS
                if full and any(before.kind != "heading" for _, before in screen):
                    yield screen
                    screen, lines, characters = [], 0, 0
                screen.append((placed, piece))
                lines += new_lines
                characters += len(piece.text)
        if screen:
            yield screen

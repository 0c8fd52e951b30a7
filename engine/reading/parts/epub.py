"""EPUB books: the pages of the spine in order, their sections from the headings, chapter titles and places from the book's own contents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.reading.kinds import stem_of
from engine.reading.parts.archive import open_archive
from engine.reading.parts.composing import shortened
from engine.reading.parts.epub_package import Package, Target, read_package
from engine.reading.parts.html import book
from engine.reading.parts.site import MAX_MARKUP_BYTES
from engine.reading.parts.text import Parts
from engine.reading.parts.webarchive import pages_in
from engine.reading.parts.webindex import index_terms
from engine.reading.parts.webpage import Leaf, WebPage
from engine.reading.parts.webroles import with_roles
from engine.reading.parts.websections import Chapter, Opening, compose_chapters
from engine.trouble import DocumentRefused

NEAR = 2
"""How many leaves after the place that the contents name its heading may stand (an overline, an ornament's caption)."""


def open_epub(path: Path, name: str) -> Parts:
    """An EPUB book, version 2 or 3.

    Raises:
        DocumentRefused: it is damaged, protected against copying, too large, or none of its pages can be read.
    """
    with open_archive(path, name, max_total_bytes=MAX_MARKUP_BYTES) as archive:
        package = read_package(archive, name)
        nothing = DocumentRefused(
            "damaged", f"“{name}” is damaged: none of the pages that it lists is in it.", "Download it again, or convert it with Calibre and add that."
        )
        pages = dict(pages_in(archive, package.spine, name, without_any=nothing))
    title = package.title or next((page.title for page in pages.values() if page.title), "") or stem_of(name)
    leaves = {entry: _with_roles(page, package, entry) for entry, page in pages.items()}
    chapters = _chapters(package, pages, leaves)
    composed = compose_chapters(chapters, title)
    return book("epub", title, composed, tuple(pages.values()), index_terms(chapters, composed.part_of))


def _with_roles(page: WebPage, package: Package, entry: str) -> list[Leaf]:
    role = package.roles.get(entry)
    if role is None:
        return with_roles(page.leaves)
    return [Leaf(leaf.piece, role, leaf.links, leaf.depth) for leaf in page.leaves]


# ---- sections ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Current:
    """The entry of the contents that is open, and the level of its heading in the page (None where it has none)."""

    level: int = 0
    heading: int | None = None
    sizes: dict[int, int] = field(default_factory=dict)
    """The level that the contents give to headings of a size, where they name several of them in this page."""


def _chapters(package: Package, pages: Mapping[str, WebPage], leaves: Mapping[str, Sequence[Leaf]]) -> list[Chapter]:
    """Each page with its openings: what the contents name, and the headings below that."""
    targets: dict[str, list[Target]] = {}
    for target in package.contents:
        targets.setdefault(target.entry, []).append(target)
    current = _Current()
    chapters: list[Chapter] = []
    for entry, page in pages.items():
        openings = list(_openings(leaves[entry], page, targets.get(entry, []), current, listed=bool(package.contents)))
        if not openings and not chapters and leaves[entry]:
            openings = [Opening(0, 1, shortened(page.title or package.title or stem_of(entry)))]
        chapters.append(Chapter(entry, leaves[entry], openings, page.anchors))
    return chapters


def _openings(leaves: Sequence[Leaf], page: WebPage, targets: Sequence[Target], current: _Current, *, listed: bool) -> Iterator[Opening]:
    """Where sections begin in a page. `current` is carried from page to page: chapters are often cut into several files."""
    places = _places(leaves, page, targets)
    named_headings = [(leaves[heading].piece.level, target.level) for named in places.values() for target, heading in named if heading is not None]
    current.sizes = {size: level for size, level in named_headings if sum(size == other for other, _ in named_headings) > 1}
    for index in range(len(leaves)):
        level = leaves[index].piece.level
        named = places.get(index)
        if named is not None:
            for target, heading in named:
                current.level, current.heading = target.level, leaves[heading].piece.level if heading is not None else None
                yield Opening(index, target.level, shortened(target.title))
            continue
        if not level or any(heading == index for named in places.values() for _, heading in named):
            continue
        yield Opening(index, _level_below(current, level, listed=listed), shortened(leaves[index].piece.text))


def _level_below(current: _Current, level: int, *, listed: bool) -> int:
    """The level of a heading that the contents don't name, beside the entry of the contents that is open there."""
    if not listed or not current.level:
        return level
    if current.heading is None:
        return current.level + level
    if level in current.sizes:
        current.level, current.heading = current.sizes[level], level
        return current.level
    # A heading as large as the chapter's own, or larger, is still within what the contents say is open.
    return current.level + max(level - current.heading, 1)


def _places(leaves: Sequence[Leaf], page: WebPage, targets: Sequence[Target]) -> dict[int, list[tuple[Target, int | None]]]:
    """The leaves at which entries of the contents begin, each with the heading that says the same, if there is one near."""
    places: dict[int, list[tuple[Target, int | None]]] = {}
    taken: set[int] = set()
    last = max(len(leaves) - 1, 0)
    for target in targets:
        start = min(page.anchors.get(target.fragment, 0) if target.fragment else 0, last)
        near = range(start, min(start + NEAR + 1, len(leaves)))
        heading = next((index for index in near if leaves[index].piece.level and index not in taken), None)
        if heading is not None:
            taken.add(heading)
        begins = heading if heading is not None and target.fragment else start
        places.setdefault(begins, []).append((target, heading))
    return places

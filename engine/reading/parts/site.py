"""A folder of linked web pages, packed into one zip, as one document: its pages in the order of the contents.

The contents are those of the index page. Pages that only other pages lead to follow the one that lists them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from engine.reading.kinds import stem_of
from engine.reading.parts.archive import open_archive, target_of
from engine.reading.parts.html import book
from engine.reading.parts.text import Parts
from engine.reading.parts.webarchive import pages_in
from engine.reading.parts.webindex import index_terms
from engine.reading.parts.webpage import Leaf, WebPage
from engine.reading.parts.webroles import with_roles
from engine.reading.parts.websections import Chapter, compose_chapters, openings_of
from engine.trouble import DocumentRefused

PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht"})

MAX_MARKUP_BYTES = 128 * 2**20
"""The most markup that is read of one document: several times the largest reference manual. At some 5 MB a second it is read
before anybody takes the reader for stuck."""

DEEPEST = 6
"""The lowest level that a page itself may have in the outline."""

_CONTENTS_PAGES = frozenset({"toc", "contents", "summary", "table-of-contents", "tableofcontents"})
_MACHINERY = frozenset({"print", "404", "search", "not_found", "searchindex"})
"""Pages that programs make beside a book: all of it once more to be printed, what is missing, a form to search."""

_SAYS_NOTHING = re.compile(
    r"(?:index|home|contents|table of contents|toc|top|start|welcome|untitled|main page|untitled document|introduction|overview|preface|foreword)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page's place among the others: its level in the outline, and what the contents call it (nothing where nobody does)."""

    name: str
    level: int
    title: str


def open_site(path: Path, name: str) -> Parts:
    """A zip of web pages.

    Raises:
        DocumentRefused: it is damaged, locked, too large, or none of its pages can be read.
    """
    with open_archive(path, name, max_total_bytes=MAX_MARKUP_BYTES) as archive:
        names = sorted(entry for entry in archive.names if _is_page(entry))
        names = [entry for entry in names if PurePosixPath(entry).stem.lower() not in _MACHINERY] or names
        nothing = DocumentRefused("empty", f"“{name}” holds no web page that could be read.", "Choose a folder or an archive with web pages in it.")
        pages = dict(pages_in(archive, names, name, without_any=nothing))
    first = index_page(pages)
    leaves = {entry: _with_roles(entry, page) for entry, page in pages.items()}
    title = _title(pages[first], leaves[first]) or stem_of(name)
    chapters = []
    said: set[str] = set()
    for placed in order_of_pages(first, pages, leaves):
        page = pages[placed.name]
        text = "\n".join(leaf.piece.text for leaf in leaves[placed.name])
        if text in said:
            continue  # many programs write the first page twice: once under its name, once as the index page
        said.add(text)
        called = (
            title
            if placed.name == first
            else placed.title or page.title or ("Contents" if PurePosixPath(placed.name).stem.lower() in _CONTENTS_PAGES else stem_of(placed.name))
        )
        openings = openings_of(leaves[placed.name], called, placed.level, rooted=True)
        chapters.append(Chapter(placed.name, leaves[placed.name], openings, page.anchors))
    composed = compose_chapters(chapters, title)
    return book("site", title, composed, tuple(pages.values()), index_terms(chapters, composed.part_of))


def _with_roles(entry: str, page: WebPage) -> list[Leaf]:
    marked = with_roles(page.leaves)
    if PurePosixPath(entry).stem.lower() not in _CONTENTS_PAGES:
        return marked
    return [Leaf(leaf.piece, "contents", leaf.links, leaf.depth) for leaf in marked]


def index_page(names: Mapping[str, WebPage]) -> str:
    """The page that all begins with: the topmost one that is called index (or the like), else the first."""

    def rank(name: str) -> tuple[int, int, int, str]:
        path = PurePosixPath(name)
        called = {"index": 0, "default": 1, "home": 1, "toc": 1, "contents": 1}.get(path.stem.lower(), 2)
        return (called == 2, len(path.parts), called, name)

    return min(names, key=rank)


def order_of_pages(first: str, pages: Mapping[str, WebPage], leaves: Mapping[str, Sequence[Leaf]]) -> list[PlacedPage]:
    """All pages in the order of the contents, depth first, each with its level in the outline.

    Links in contents place a page before links in the text do, so that a reference to a later chapter doesn't pull it forward.
    """
    below: dict[str, list[PlacedPage]] = {entry: [] for entry in pages}
    known = {first}
    aside = [entry for entry in pages if entry != first and PurePosixPath(entry).stem.lower() in _CONTENTS_PAGES]
    for listed in (True, False):
        waiting = [first, *aside] if listed else [first]
        for entry in waiting:
            links = _links_of_contents(leaves[entry]) if listed else [(0, href, "") for href in pages[entry].hrefs]
            shallowest = min((depth for depth, _, _ in links), default=0)
            for depth, href, text in links:
                target = _stored(target_of(entry, href), pages)
                if target is not None and target not in known:
                    known.add(target)
                    below[entry].append(PlacedPage(target, depth - shallowest, text))
            waiting += [placed.name for placed in below[entry]]
    ordered = [PlacedPage(first, 1, "")]
    # Each entry waits with the level that the pages right below the one that lists it have.
    stack = [(placed, 1) for placed in reversed(below[first])]
    while stack:
        placed, level = stack.pop()
        level = min(level + placed.level, DEEPEST)
        ordered.append(PlacedPage(placed.name, level, placed.title))
        stack += [(each, level + 1 if each.title and placed.name not in aside else level) for each in reversed(below[placed.name])]
    return ordered + [PlacedPage(entry, 1, "") for entry in pages if entry not in known]


def _links_of_contents(leaves: Sequence[Leaf]) -> list[tuple[int, str, str]]:
    """The links in contents: how deep in lists, where to, and what they say."""
    return [(leaf.depth, href, " ".join(leaf.piece.text[start:end].split())) for leaf in leaves if leaf.role == "contents" for start, end, href in leaf.links]


def _stored(target: str | None, pages: Mapping[str, WebPage]) -> str | None:
    return target if target is not None and target in pages else None


def _is_page(entry: str) -> bool:
    path = PurePosixPath(entry)
    return path.suffix.lower() in PAGE_SUFFIXES and not any(part.startswith((".", "__MACOSX")) for part in path.parts)


def _title(page: WebPage, leaves: Sequence[Leaf]) -> str:
    """What the index page calls the whole: its first heading if that says something, else its title."""
    heading = next((leaf.piece.text for leaf in leaves if leaf.piece.level == 1 and leaf.role == "text"), "")
    # "Introduction - The Book": the book is meant, not its first page.
    candidates = (heading, *re.split(r"\s+[-–—|:·»]+\s+", page.title))
    return next((text for text in candidates if not _SAYS_NOTHING.fullmatch(text.strip())), "")

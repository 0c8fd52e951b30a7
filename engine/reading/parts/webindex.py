"""The terms of a web document's own index, and the parts that its links lead to. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from engine.reading.messages import IndexEntry
from engine.reading.parts.archive import target_of
from engine.reading.parts.webinline import Link
from engine.reading.parts.webpage import Leaf
from engine.reading.parts.websections import Chapter

LONGEST_TERM = 120

_LOCATOR = re.compile(r"(?:(?:chapter|section|appendix|figure|exercise|table|fig\.?|p\.?|pp\.?)\s*)?[\divxlcA-Z]{0,3}[\d.,–\-\sivxlc]*[nf]{0,2}", re.IGNORECASE)


def index_terms(chapters: Sequence[Chapter], part_of: Mapping[tuple[str, int], int]) -> tuple[IndexEntry, ...]:
    """The terms of all indexes in these chapters; `part_of` says in which part each of their leaves stands."""
    return tuple(entry for chapter in chapters for entry in _terms_of(chapter, {each.name: each for each in chapters}, part_of))


def _terms_of(chapter: Chapter, chapters: Mapping[str, Chapter], part_of: Mapping[tuple[str, int], int]) -> Iterator[IndexEntry]:
    own = {part_of.get((chapter.name, at)) for at, leaf in enumerate(chapter.leaves) if leaf.role == "index"}

    def destination(href: str) -> int | None:
        """The part that a link leads to; None outside of the document and within the index, where only letters lead."""
        path, _, fragment = href.partition("#")
        target = chapters.get(chapter.name if not path else target_of(chapter.name, href) or "")
        if target is None:
            return None
        leaf = target.anchors.get(fragment, 0) if fragment else 0
        # An empty place at the end of a page stands behind its last leaf.
        found = next((part for at in range(leaf, -1, -1) if (part := part_of.get((target.name, at))) is not None), None)
        return None if found in own else found

    if own:
        yield from _entries(chapter.leaves, destination)


def _entries(leaves: Sequence[Leaf], destination: Callable[[str], int | None]) -> Iterator[IndexEntry]:
    """A term per line; what stands deeper in a list belongs to the term above it."""
    entries: dict[str, set[int]] = {}
    above: list[tuple[int, str]] = []
    for leaf in leaves:
        if leaf.role != "index" or leaf.piece.kind == "heading":
            continue
        start = 0
        for line in leaf.piece.text.split("\n"):
            links = [link for link in leaf.links if start <= link[0] and link[1] <= start + len(line)]
            term = _term(line, start, links)
            if term:
                above = [(depth, said) for depth, said in above if depth < leaf.depth] + [(leaf.depth, term)]
            # Where the term itself is a link, it leads to the very place, and the number beside it to the section only.
            exact = [link for link in links if not _is_locator(line[link[0] - start : link[1] - start])]
            parts = {part for _, _, href in exact or links if (part := destination(href)) is not None}
            if above and parts:
                entries.setdefault(", ".join(said for _, said in above), set()).update(parts)
            start += len(line) + 1
    for term, named in entries.items():
        yield IndexEntry(term, tuple(sorted(named)))


def _is_locator(text: str) -> bool:
    return bool(_LOCATOR.fullmatch(text.strip())) and any(map(str.isdigit, text))


def _term(line: str, offset: int, links: Sequence[Link]) -> str:
    """What a line of an index says beside its page numbers."""
    kept, position = "", 0
    for start, end, _ in links:
        text = line[start - offset : end - offset]
        kept += line[position : start - offset] + ("" if _is_locator(text) else text)
        position = end - offset
    kept = (kept + line[position:]).replace("|", " ")
    kept = re.sub(r"^\s*(?:[-•]|\d+\.)\s", " ", kept)
    kept = " ".join(kept.split()).strip(" ,;:.–-")
    kept = re.sub(r"(?:,\s*(?:see(?: also)?\b.*)?)+$", "", kept).strip(" ,;:")
    return kept if 1 < len(kept) <= LONGEST_TERM and not kept.lower().startswith("jump to") else ""

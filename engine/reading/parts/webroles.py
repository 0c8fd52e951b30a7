"""What of a web page's leaves is a table of contents or an index. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from engine.reading.messages import PageKind
from engine.reading.parts.furniture import role_of_title
from engine.reading.parts.webpage import Leaf

FEWEST_LINKS = 5
"""A shorter list of links is a "see also"."""

_ENDS_IN_PAGES = re.compile(r"[\s,;.](?:\d{1,4}(?:[–\-]\d{1,4})?[nf]{0,2}),?$")
_LETTER = re.compile(r"\w|symbols?|numbers?|numerics?|[^\w\s]{1,3}", re.IGNORECASE)


def with_roles(leaves: Sequence[Leaf]) -> list[Leaf]:
    """The leaves, contents and index marked as such: by their heading and by what they are (links, or lines that end in page numbers)."""
    marked = list(leaves)
    start = 0
    while start < len(marked):
        end = _end_of_section(marked, start)
        role = _role_of_section(marked[start:end])
        if role is not None:
            marked[start:end] = [replace(leaf, role=role) for leaf in marked[start:end]]
        else:
            _mark_lists_of_links(marked, start, end)
            below = {leaf.role for leaf in marked[start:end] if not leaf.piece.level}
            if len(below) == 1 and marked[start].piece.level:
                marked[start] = replace(marked[start], role=next(iter(below)))
        start = end
    return marked


def is_local(href: str) -> bool:
    """Whether a link stays within its document."""
    return re.match(r"[a-zA-Z][\w+.-]*:|//", href) is None


def _end_of_section(leaves: Sequence[Leaf], start: int) -> int:
    """Where the next heading stands; the letters of an index open no section."""
    for index in range(start + 1, len(leaves)):
        piece = leaves[index].piece
        if piece.level and not _LETTER.fullmatch(piece.text.strip()):
            return index
    return len(leaves)


def _role_of_section(section: Sequence[Leaf]) -> PageKind | None:
    heading = section[0].piece if section[0].piece.level else None
    said = role_of_title(heading.text) if heading is not None else None
    body = [leaf for leaf in section if not leaf.piece.level]
    if not body:
        return None
    given = {leaf.role for leaf in body}
    if len(given) == 1 and given != {"text"}:
        return next(iter(given))
    if said is None:
        return None
    share, links = _linked(body)
    if links >= 3 and share >= 0.5:
        return said
    leading = sum(any(is_local(href) for _, _, href in leaf.links) for leaf in body)
    if said == "index" and links >= 3 and leading >= 0.6 * len(body) and sum(len(leaf.piece.text.split()) for leaf in body) <= 12 * max(links, len(body)):
        return said
    lines = [line for leaf in body for line in leaf.piece.text.split("\n")]
    ends = sum(bool(_ENDS_IN_PAGES.search(line)) for line in lines)
    short = sum(len(line.split()) <= 12 for line in lines)
    return said if len(lines) >= 8 and ends >= 0.4 * len(lines) and short >= 0.8 * len(lines) else None


def _mark_lists_of_links(leaves: list[Leaf], start: int, end: int) -> None:
    """Lists and tables of nothing but links within the document are contents, whatever stands above them."""
    run = start
    while run < end:
        after = run
        while after < end and leaves[after].role == "text" and (leaves[after].piece.item or leaves[after].piece.kind == "table"):
            after += 1
        share, links = _linked(leaves[run:after])
        if links >= FEWEST_LINKS and share >= 0.85:
            leaves[run:after] = [replace(leaf, role="contents") for leaf in leaves[run:after]]
        run = max(after, run + 1)


def _linked(leaves: Sequence[Leaf]) -> tuple[float, int]:
    """The share of the characters that are links within the document, and how many links there are."""
    characters = sum(len(re.sub(r"[\s|•\d.-]", "", leaf.piece.text)) for leaf in leaves)
    local = [leaf.piece.text[start:end] for leaf in leaves for start, end, href in leaf.links if is_local(href)]
    linked = sum(len(re.sub(r"[\s|•\d.-]", "", text)) for text in local)
    return (linked / characters if characters else float(bool(local))), len(local)

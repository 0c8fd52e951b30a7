"""Picking the passages to show from the fused ranking: places that differ, texts that differ. Pure."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from engine.library.pages import StoredChunk
from engine.library.shadow import normalise
from engine.values import DocumentId

SEEN = 0.8
"""A passage is left out when so much of its text stands in those before it. Two editions of a book differ by a word here and
there, and their pages break at other places. Among 1,500 passages found in six books 7 were left out, with a second edition of one of
them 40; no more than 40 of the 1,500 had even a fifth of their text in those before them."""

_WORD = re.compile(r"[^\W_]+")


def pick_passages(ranked: Sequence[tuple[StoredChunk, float]], *, limit: int, paged: Container[DocumentId]) -> list[tuple[StoredChunk, float]]:
    """The passages to show: one of a page as long as there are other pages, no text twice; then the rest, best first. Pure.

    `paged` are the documents that have pages. The others' parts are as long as their kind of file makes them (an article may
    be a single one): folding all but one passage of a part would hide the rest of the article. What scores the same is
    ordered by where it stands, so that the order of storing can't be seen.
    """
    ordered = sorted(ranked, key=lambda pair: (-pair[1], pair[0].document, pair[0].page, pair[0].start))
    first: list[tuple[StoredChunk, float]] = []
    second: list[tuple[StoredChunk, float]] = []
    pages: set[tuple[DocumentId, int]] = set()
    seen: set[str] = set()
    for chunk, score in ordered:
        if len(first) == limit:
            break
        runs = _runs(chunk.text)
        if len(runs & seen) >= SEEN * len(runs):
            continue
        place = (chunk.document, chunk.page)
        if place in pages and chunk.document in paged:
            second.append((chunk, score))
            continue
        pages.add(place)
        seen |= runs
        first.append((chunk, score))
    return (first + second)[:limit]


def _runs(text: str) -> frozenset[str]:
    """The text's runs of three words (or characters, where words aren't separated)."""
    words = _WORD.findall(normalise(text).casefold())
    parts = words if len(words) > 8 else list("".join(words))
    return frozenset(" ".join(parts[place : place + 3]) for place in range(max(1, len(parts) - 2)))

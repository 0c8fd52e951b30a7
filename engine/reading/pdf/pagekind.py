"""Whether a page is a table of contents or a back-of-book index: its text is kept, but it is no passage that answers. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from engine.reading.messages import PageKind
from engine.reading.pdf.printed import PrintedLine

_CONTENTS_TITLE = re.compile(
    r"(?:brief|short|detailed|summary|table)?(?:of)?contents|listof[a-z]+|目录|inhalt(?:sverzeichnis)?|tabledesmatières|índice|sommaire"
)
_INDEX_TITLE = re.compile(r".{0,40}index(?:of[a-z]+|entries)?|索引|sachverzeichnis|stichwortverzeichnis")
_ENDS_IN_PAGE = re.compile(r"(?P<leader>(?:\.\s*){3,}|(?:…\s*)+|\s)\s*(?P<page>\d{1,4}|[ivxlc]{1,6})$", re.IGNORECASE)
_ENDS_IN_PAGES = re.compile(r"[\s,;.](?:\d{1,4}(?:[–\-]\d{1,4})?[nf]{0,2})(?:[,;]?\s*\([a-z]+\))?,?$")

_LAST_OF_A_NUMBER = frozenset("0123456789ivxlcIVXLC")
"""What a printed page number can end in: the pattern is tried nowhere else, for it begins at every space of a line."""

FIRST_PART, LAST_PART = 0.1, 0.75
"""Shares of the document before and after which an untitled page may belong to the contents or to the index."""


def kind_of_lines(lines: Sequence[PrintedLine], *, heads: Sequence[PrintedLine], position: float) -> PageKind:
    """ "contents", "index" or "text" for a page with these lines and running heads; `position` (0..1) is where it stands in the document."""
    texts = [line.text for line in lines]
    titles = [re.sub(r"[\W\d_]", "", text.casefold()) for text in [*texts[:4], *(line.text for line in heads)]]
    index_titled = any(_INDEX_TITLE.fullmatch(title) for title in titles) and position > 0.3
    contents_titled = not index_titled and any(_CONTENTS_TITLE.fullmatch(title) for title in titles)
    if _is_contents(texts, titled=contents_titled, early=position <= FIRST_PART):
        return "contents" if contents_titled or position < LAST_PART else "index"
    return "index" if _is_index(texts, titled=index_titled, late=position >= LAST_PART) else "text"


def _is_contents(texts: list[str], *, titled: bool, early: bool) -> bool:
    """Most lines end in page numbers, and these rise or follow dots."""
    ends = [match for text in texts if text[-1] in _LAST_OF_A_NUMBER and (match := _ENDS_IN_PAGE.search(text))]
    leaders = sum(len(match["leader"].strip()) >= 3 for match in ends)
    if len(texts) < 5 or len(ends) < 0.55 * len(texts):
        return False
    pages = [int(match["page"]) for match in ends if match["page"].isdecimal()]
    rising = len(pages) >= 5 and _share_rising(pages) >= 0.9
    return leaders >= 0.4 * len(texts) or (rising and (titled or (early and len(texts) >= 8)))


def _is_index(texts: list[str], *, titled: bool, late: bool) -> bool:
    """Many short lines, half of them ending in page numbers; without a title they must also stand in alphabetical order."""
    if not (titled or late) or (len(texts) < 20 and not titled):
        return False
    ends = sum(bool(_ENDS_IN_PAGES.search(text)) for text in texts)
    words = sum(len(text.split()) for text in texts)
    if words > 7.5 * len(texts) or ends < (0.4 if titled else 0.55) * len(texts):
        return False
    initials = [letters[0] for text in texts if (letters := [letter for letter in text.casefold() if letter.isalpha()])]
    return titled or _share_rising(initials) >= 0.7


def _share_rising(values: Sequence[int] | Sequence[str]) -> float:
    """The share of neighbours in which the second is not less than the first."""
    return sum(before <= after for before, after in pairwise(values)) / max(1, len(values) - 1)  # type: ignore[operator]

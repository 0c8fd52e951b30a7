"""Whether a page is a table of contents or a back-of-book index: its text is kept, but it is no passage that answers. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from engine.reading.messages import PageKind
from engine.reading.printed import PrintedLine

_CONTENTS_TITLE = re.compile(
    r"(?:brief|short|detailed|summary|table)?(?:of)?contents|listof[a-z]+|目录|inhalt(?:sverzeichnis)?|tabledesmatières|índice|sommaire"
)
_INDEX_TITLE = re.compile(r".{0,40}index(?:of[a-z]+|entries)?|索引|sachverzeichnis|stichwortverzeichnis")
_ENDS_IN_PAGE = re.compile(r"(?P<leader>(?:\.\s*){3,}|(?:…\s*)+|\s)\s*(?P<page>\d{1,4}|[ivxlc]{1,6})$", re.IGNORECASE)
_ENDS_IN_PAGES = re.compile(r"[\s,;](?:\d{1,4}(?:[–\-]\d{1,4})?(?:n|f|ff)?)(?:[,;]?\s*\([a-z]+\))?[,.]?$", re.IGNORECASE)

LAST_PART = 0.75
"""Share of the document after which an untitled page may be an index."""


def kind_of_lines(lines: Sequence[PrintedLine], *, heads: Sequence[PrintedLine], position: float) -> PageKind:
    """ "contents", "index" or "text" for a page with these lines and running heads; `position` (0..1) is where it stands in the document."""
    texts = [line.text for line in lines]
    if len(texts) < 5:
        return "text"
    titles = [re.sub(r"[\W\d_]", "", text.casefold()) for text in [*texts[:4], *(line.text for line in heads)]]
    if _is_contents(texts, titled=any(_CONTENTS_TITLE.fullmatch(title) for title in titles)):
        return "contents"
    titled = any(_INDEX_TITLE.fullmatch(title) for title in titles) and position > 0.3
    if _is_index(texts, titled=titled, late=position >= LAST_PART):
        return "index"
    return "text"


def _is_contents(texts: list[str], *, titled: bool) -> bool:
    ends = [match for text in texts if (match := _ENDS_IN_PAGE.search(text))]
    leaders = sum(len(match["leader"].strip()) >= 3 for match in ends)
    if len(ends) < 0.55 * len(texts):
        return False
    pages = [int(match["page"]) for match in ends if match["page"].isdecimal()]
    rising = sum(before <= after for before, after in itertools.pairwise(pages)) >= 0.9 * max(1, len(pages) - 1)
    return leaders >= 0.4 * len(texts) or (titled and rising)


def _is_index(texts: list[str], *, titled: bool, late: bool) -> bool:
    """Many short lines, half of them ending in page numbers; such a page early in the book would be a table."""
    if not (titled or late) or len(texts) < (8 if titled else 20):
        return False
    ends = sum(bool(_ENDS_IN_PAGES.search(text)) for text in texts)
    words = sum(len(text.split()) for text in texts)
    return words <= 7.5 * len(texts) and ends >= (0.4 if titled else 0.55) * len(texts)

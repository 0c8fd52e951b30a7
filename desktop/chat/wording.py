"""The plain sentences of the conversation: where something stands, what is being read, what an answer cost."""

from __future__ import annotations

import html
from collections.abc import Sequence

from engine import messages, values

_PLACES = {"slide": "slide", "section": "section", "cell": "cell", "lines": "line"}
_LONGEST_TIP = 280
"""Characters of a quote in a tool tip."""


def where(page: int | None, page_label: str | None, place: values.Place | None) -> str:
    """ "p. 12" by the printed label, "page 39" without one, "lines 10–20" where there are no pages; "" if nothing is known."""
    if page is not None:
        return f"p. {page_label}" if page_label else f"page {page}"
    if place is None:
        return ""
    name = _PLACES[place.kind]
    if place.to == place.from_:
        return f"{name} {place.from_}"
    return f"{name}s {place.from_}–{place.to}"


def where_exactly(page: int, page_label: str | None) -> str:
    """ "p. 12 · PDF page 39": both numbers where they differ."""
    if not page_label:
        return f"PDF page {page}"
    if page_label == str(page):
        return f"p. {page}"
    return f"p. {page_label} · PDF page {page}"


def of_citation(citation: values.Citation) -> str:
    """ "Title, p. 12" """
    place = where(citation.page, citation.page_label, citation.place)
    return f"{citation.title}, {place}" if place else citation.title


def of_passage(passage: values.Passage) -> str:
    """ "Title · p. 12 · Balanced trees": what a source chip says."""
    place = where(passage.page, passage.page_label, passage.place)
    return " · ".join(part for part in (passage.title, place, passage.section[-1] if passage.section else "") if part)


def one_line(text: str) -> str:
    """Text without its line breaks."""
    return " ".join(text.split())


def tool_tip(heading: str, untrusted_text: str = "") -> str:
    """What a tool tip shows. Qt takes a tip that looks like HTML for HTML, so titles and quotes are escaped."""
    words = one_line(untrusted_text)
    if len(words) > _LONGEST_TIP:
        words = words[: _LONGEST_TIP - 1] + "…"
    body = f"<br>{html.escape(words)}" if words else ""
    return f"<qt><b>{html.escape(heading)}</b>{body}</qt>"


def counted(number: int, one: str, many: str) -> str:
    """ "1 passage", "6 passages" """
    return f"{number:,} {one if number == 1 else many}"


def sources_sentence(passages: Sequence[values.Passage], verb: str) -> str:
    """ "Reading 6 passages from 2 books" """
    if not passages:
        return "No passage found"
    books = len({passage.document for passage in passages})
    return f"{verb} {counted(len(passages), 'passage', 'passages')} from {counted(books, 'document', 'documents')}"


def reading_sentence(found: messages.PassagesFound) -> str:
    """What is said under a question before the first word, with how much of the library could be looked at so far."""
    sentence = sources_sentence(found.passages, "Reading")
    if found.pages_seen < found.pages_total:
        sentence += f"; {found.pages_seen:,} of {found.pages_total:,} pages seen so far"
    return sentence


def left_out_sentence(number: int) -> str:
    """What the disclosure of unsupported sentences says."""
    if number == 1:
        return "1 sentence was left out because no passage bears it"
    return f"{number} sentences were left out because no passage bears them"


def cost_sentence(answer: values.Answer) -> str:
    """ "SmolLM2-135M · 1.2 s to the first word · 180 tokens at 35/s": who answered and what it cost; parts that are unknown are left out."""
    timings = answer.timings
    parts: list[str] = []
    if answer.origin == "passages":
        parts.append("Quoted from your library")
    elif answer.model:
        parts.append(answer.model)
    if answer.origin == "model" and timings.seconds_to_first_token > 0:
        parts.append(f"{timings.seconds_to_first_token:.1f} s to the first word")
    elif timings.seconds_search > 0:
        parts.append(f"found in {timings.seconds_search:.2f} s")
    if timings.tokens_answer:
        speed = f" at {timings.tokens_per_second:.0f}/s" if timings.tokens_per_second >= 1 else ""
        parts.append(f"{counted(timings.tokens_answer, 'token', 'tokens')}{speed}")
    return " · ".join(parts)

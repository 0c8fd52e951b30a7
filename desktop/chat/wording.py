"""The plain sentences of the conversation: where something stands, what is being read, what an answer cost.

Every sentence is translated when it is asked for. Whole sentences and counted nouns are what is translated: word order
differs, and Chinese nouns are counted with a measure word and have no plural.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.tips import escaped
from engine import messages, values

translate = QCoreApplication.translate

_LONGEST_TIP = 280
"""Characters of a quote in a tool tip."""

Use = Literal["reading", "read", "nearest"]
"""What passages are to an answer: it is being written from them, it was, or they are only the nearest there are."""


def number_text(number: float, decimals: int = 0) -> str:
    """A number as the language of the window writes it, thousands set apart."""
    return QLocale().toString(float(number), "f", decimals)


def where(page: int | None, page_label: str | None, place: values.Place | None) -> str:
    """ "p. 12" by the printed label, "page 39" without one, "lines 10–20" where there are no pages; "" if nothing is known."""
    if page is not None:
        return where_printed(page_label) if page_label else translate("Wording", "page {page}").format(page=page)
    return _where_without_pages(place) if place is not None else ""


def where_printed(page_label: str) -> str:
    """ "p. 12": a page by the number that is printed on it."""
    return translate("Wording", "p. {label}").format(label=page_label)


def _where_without_pages(place: values.Place) -> str:
    is_one = place.to == place.from_
    match place.kind:
        case "slide":
            said = translate("Wording", "slide {first}") if is_one else translate("Wording", "slides {first}–{last}")
        case "section":
            said = translate("Wording", "section {first}") if is_one else translate("Wording", "sections {first}–{last}")
        case "cell":
            said = translate("Wording", "cell {first}") if is_one else translate("Wording", "cells {first}–{last}")
        case "lines":
            said = translate("Wording", "line {first}") if is_one else translate("Wording", "lines {first}–{last}")
    return said.format(first=place.from_, last=place.to)


def part_heading(place: values.Place | None, section: str | None = None) -> str:
    """ "Slide 17 · Trees", "Cell 5", "lines 40–60": what stands above the text of a part of what has no pages."""
    if place is None:
        return section or ""
    heads = {
        "slide": translate("Wording", "Slide {first}"),
        "section": translate("Wording", "Section {first}"),
        "cell": translate("Wording", "Cell {first}"),
    }
    is_one = place.to == place.from_ and place.kind in heads
    said = heads[place.kind].format(first=place.from_) if is_one else _where_without_pages(place)
    return f"{said} · {section}" if section else said


def where_exactly(page: int, page_label: str | None) -> str:
    """ "p. 12 · PDF page 39": both numbers where they differ."""
    if page_label == str(page):
        return where_printed(page_label)
    in_the_file = translate("Wording", "PDF page {page}").format(page=page)
    return f"{where_printed(page_label)} · {in_the_file}" if page_label else in_the_file


def of_citation(citation: values.Citation) -> str:
    """ "Title, p. 12" """
    place = where(citation.page, citation.page_label, citation.place)
    return translate("Wording", "{title}, {place}").format(title=citation.title, place=place) if place else citation.title


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
    body = f"<br>{escaped(words)}" if words else ""
    return f"<qt><b>{escaped(heading)}</b>{body}</qt>"


def passages_counted(number: int) -> str:
    """ "1 passage", "6 passages" """
    said = translate("Wording", "{count} passage") if number == 1 else translate("Wording", "{count} passages")
    return said.format(count=number_text(number))


def documents_counted(number: int) -> str:
    """ "1 document", "2 documents" """
    said = translate("Wording", "{count} document") if number == 1 else translate("Wording", "{count} documents")
    return said.format(count=number_text(number))


def tokens_counted(number: int) -> str:
    """ "1 token", "180 tokens" """
    said = translate("Wording", "{count} token") if number == 1 else translate("Wording", "{count} tokens")
    return said.format(count=number_text(number))


def sources_sentence(passages: Sequence[values.Passage], use: Use) -> str:
    """ "Reading 6 passages from 2 documents" """
    if not passages:
        return translate("Wording", "No passage found")
    match use:
        case "reading":
            said = translate("Wording", "Reading {passages} from {documents}")
        case "read":
            said = translate("Wording", "Read {passages} from {documents}")
        case "nearest":
            said = translate("Wording", "Nearest: {passages} from {documents}")
    books = len({passage.document for passage in passages})
    return said.format(passages=passages_counted(len(passages)), documents=documents_counted(books))


def reading_sentence(found: messages.PassagesFound) -> str:
    """What is said under a question before the first word, with how much of the library could be looked at so far."""
    sentence = sources_sentence(found.passages, "reading")
    if found.pages_seen < found.pages_total:
        so_far = translate("Wording", "{sentence}; {seen} of {total} pages could be searched when you asked")
        return so_far.format(sentence=sentence, seen=number_text(found.pages_seen), total=number_text(found.pages_total))
    return sentence


def searched_for_sentence(question: str) -> str:
    """ "Searched for: worst case of quicksort": what a follow-up question was taken to mean."""
    return translate("Wording", "Searched for: {question}").format(question=one_line(question))


def left_out_sentence(number: int) -> str:
    """What the disclosure of unsupported sentences says."""
    if number == 1:
        return translate("Wording", "1 sentence was left out because no passage bears it")
    return translate("Wording", "{count} sentences were left out because no passage bears them").format(count=number_text(number))


def answered_by(answer: values.Answer) -> str:
    """Whose words an answer is: "Quoted from your library", or the model's name; "" where nobody answered."""
    if answer.origin == "passages":
        return translate("Wording", "Quoted from your library")
    if answer.origin == "pair":
        return translate("Wording", "Your own answer")
    return answer.model or ""


def cost_sentence(answer: values.Answer) -> str:
    """ "1.2 s to the first word · 180 tokens at 35/s": what an answer cost; parts that are unknown are left out."""
    timings = answer.timings
    parts: list[str] = []
    if answer.origin == "model" and timings.seconds_to_first_token > 0:
        parts.append(translate("Wording", "{seconds} s to the first word").format(seconds=number_text(timings.seconds_to_first_token, 1)))
    elif timings.seconds_search > 0:
        parts.append(translate("Wording", "found in {seconds} s").format(seconds=number_text(timings.seconds_search, 2)))
    if timings.tokens_answer:
        tokens = tokens_counted(timings.tokens_answer)
        at_speed = translate("Wording", "{tokens} at {speed}/s").format(tokens=tokens, speed=number_text(timings.tokens_per_second))
        parts.append(at_speed if timings.tokens_per_second >= 1 else tokens)
    return " · ".join(parts)

"""A passage with what surrounds it: the sentences before and after it, of its section and its page.

A chunk ends where the embedder's input ends, which is rarely where a thought does. The wider passage is a passage like any
other: its text is a stretch of one page, so that what is proven by a sentence beside the chunk is cited and boxed at its right place.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from engine.answering.sentences import split_into_sentences
from engine.library.library import Library
from engine.library.neighbours import section_around
from engine.reading.places import place_within
from engine.values import Passage

MOST_CHARACTERS = 2000
"""A passage is never longer than this."""


def widen(library: Library, beside: Sequence[Passage], passage: Passage, *, most_characters: int = MOST_CHARACTERS) -> tuple[Passage, ...]:
    """The passage with all that fits around it, with half of that, and with a sentence more: the widest first, the last is the passage itself.

    None grows into the passages `beside` it, which are shown as well.
    """
    around = section_around(library.database, passage.chunk)
    if around is None:
        return (passage,)
    text, first, last = around
    start, end = passage.start, passage.start + len(passage.text)
    if text[start:end] != passage.text:
        return (passage,)  # the page was read anew since
    for other in beside:
        if (other.document, other.sheet) == (passage.document, passage.sheet) and other.start >= end:
            last = min(last, other.start)
        elif (other.document, other.sheet) == (passage.document, passage.sheet) and other.start + len(other.text) <= start:
            first = max(first, other.start + len(other.text))
    spans = wider_spans(text, start, end, within=(first, last), most_characters=most_characters)
    chosen = dict.fromkeys(spans[place] for place in (-1, len(spans) // 2, 0)) if spans else {}
    return (*(_stretch(library, passage, text, *span) for span in chosen), passage)


def wider_spans(text: str, start: int, end: int, *, within: tuple[int, int], most_characters: int) -> list[tuple[int, int]]:
    """Stretches of `text` around `[start, end)`, each a sentence longer than the one before, in turns after it and before it. Pure."""
    first, last = within
    before = [first + begin for begin, _ in split_into_sentences(text[first:start])]
    after = [end + finish for _, finish in split_into_sentences(text[end:last])]
    spans: list[tuple[int, int]] = []
    while before or after:
        grown = False
        if after and after[0] - start <= most_characters:
            end, grown = after.pop(0), True
            spans.append((start, end))
        else:
            after = []
        if before and end - before[-1] <= most_characters:
            start, grown = before.pop(), True
            spans.append((start, end))
        else:
            before = []
        if not grown:
            break
    return spans


def _stretch(library: Library, passage: Passage, text: str, start: int, end: int) -> Passage:
    page = library.page(passage.document, passage.sheet)
    return msgspec.structs.replace(
        passage,
        text=text[start:end],
        start=start,
        boxes=library.boxes_of(passage.document, passage.sheet, start, end) if passage.page is not None else (),
        place=place_within(page, start, end),
    )

"""A labelled set that a library makes of itself: the terms of its books' indexes, and its headings. No model is needed.

The terms of an index with the pages that it names are a textbook's own answer to "where is this explained?". What finds a page
for a term by the same index takes no part when they are asked: it would be label and signal at once. Headings stay in the
passages that they stand above, so they are easy by nature: they show that something is broken rather than how good it is.
A page that an index names counts where all words of the term stand on it: some indexes are those of two volumes, and some are misread.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from engine.calibrating.off_topic import CHINESE, ENGLISH
from engine.calibrating.samples import GENERIC
from engine.evaluating.labels import Labelled, Right
from engine.library.keywords import all_of
from engine.library.library import Library
from engine.library.pages import chunks_on, pages_with_chunks
from engine.library.question import read_question
from engine.library.shadow import CJK_RUN
from engine.reading.messages import IndexEntry
from engine.values import Document, DocumentId, Section

INDEX_TERM, HEADING, OFF_TOPIC = "index term", "heading", "off topic"

INDEX_RANKING = "named"
"""The ranking that `engine.finding.search` makes of the books' own indexes."""

MOST_PAGES = 12
"""A longer section holds so much that any passage of it would be right."""

MOST_ALIKE = 2
"""A heading that a library has more often ("Exercises", "Summary") asks for nothing."""

LEAST_OFF_TOPIC = 20

SHORTEST = 3
"""Characters: a term of one or two ("a", "Γ") means too much."""

_NUMBER = re.compile(r"^(?:(?:chapter|section|appendix|part|lecture|unit)\s+)?(?:\d+|[IVX]+(?=[.:])|[A-Z](?=[.:]))(?:\.\d+)*[.:)]?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outline:
    """What a set is made of: a document's own index, its sections, and which of its pages can be found at all."""

    document: DocumentId
    entries: tuple[IndexEntry, ...]
    sections: tuple[Section, ...]
    pages: frozenset[int]


def made_of(library: Library, documents: Sequence[Document], *, count: int, seed: int) -> tuple[Labelled, ...]:
    """At most `count` questions about these documents, half of them index terms and half headings where there are enough of both.

    Half as many off-topic questions (or twenty) come on top; they are the same that the library is calibrated with, so that refusing them is the easy case.
    """
    outlines = []
    for one in documents:
        with library.database.reading() as connection:
            pages = pages_with_chunks(connection, one.document)
        outlines.append(Outline(one.document, library.index_entries(one.document), library.sections(one.document), pages))
    dice = random.Random(seed)  # noqa: S311 — a sample, no secret
    terms, headings = list(terms_of(outlines)), list(headings_of(outlines))
    dice.shuffle(terms)
    dice.shuffle(headings)
    standing = (question for term in terms if (question := _where_it_stands(library, term)) is not None)
    chosen = list(itertools.islice(standing, max(count - count // 2, count - len(headings))))
    chosen += headings[: count - len(chosen)]
    chinese = sum(bool(CJK_RUN.search(question.question)) for question in chosen)
    lines = [*(ENGLISH.splitlines() if chinese < 0.9 * len(chosen) else ()), *(CHINESE.splitlines() if chinese > 0.1 * len(chosen) else ())]
    dice.shuffle(lines)
    outside = [line for line in lines if not _knows(library, line)]
    return (*chosen, *off_topic(outside[: max(LEAST_OFF_TOPIC, len(chosen) // 2)]))


def terms_of(outlines: Iterable[Outline]) -> tuple[Labelled, ...]:
    """A question for each term of the indexes, the same term of several books being one question. "list, circular" is asked as "circular list"."""
    places: dict[str, dict[Right, None]] = {}
    asked: dict[str, str] = {}
    for outline in outlines:
        for entry in outline.entries:
            question = " ".join(part.strip() for part in reversed(entry.term.split(",")) if part.strip())
            pages = [page for page in entry.pages if page in outline.pages]
            if pages and _asks(question):
                asked.setdefault(question.casefold(), question)
                places.setdefault(question.casefold(), {}).update(dict.fromkeys(Right(outline.document, sheet=page) for page in pages))
    return tuple(Labelled(f"index: {asked[key]}", asked[key], tuple(rights), kind=INDEX_TERM, without=(INDEX_RANKING,)) for key, rights in places.items())


def headings_of(outlines: Iterable[Outline]) -> tuple[Labelled, ...]:
    """A question for each heading of a section of some pages, without its number."""
    places: dict[str, list[tuple[Right, ...]]] = {}
    asked: dict[str, str] = {}
    for outline in outlines:
        for section in outline.sections:
            question = _NUMBER.sub("", section.title).strip()
            pages = [page for page in range(section.first_page, section.last_page + 1) if page in outline.pages]
            if pages and section.last_page - section.first_page < MOST_PAGES and _asks(question) and not GENERIC.match(question):
                asked.setdefault(question.casefold(), question)
                places.setdefault(question.casefold(), []).append(tuple(Right(outline.document, sheet=page) for page in pages))
    return tuple(
        Labelled(f"heading: {asked[key]}", asked[key], tuple(dict.fromkeys(right for rights in all_of_them for right in rights)), kind=HEADING)
        for key, all_of_them in places.items()
        if len(all_of_them) <= MOST_ALIKE
    )


def _where_it_stands(library: Library, term: Labelled) -> Labelled | None:
    """The term with those of its pages that hold all of its words; None where none does: then the index speaks of another book, or was misread."""
    rights = []
    for right in term.rights:
        assert right.document is not None
        assert right.sheet is not None
        with library.database.reading() as connection:
            chunks = chunks_on(connection, right.document, right.sheet)
        if all(library.keywords.matching(word.expression, chunks) for word in read_question(term.question).terms):
            rights.append(right)
    return replace(term, rights=tuple(rights)) if rights else None


def off_topic(questions: Iterable[str]) -> tuple[Labelled, ...]:
    """Questions of other fields and of everyday life, which the library should refuse."""
    return tuple(Labelled(f"off topic {number}", question, (), answerable=False, kind=OFF_TOPIC) for number, question in enumerate(questions, 1))


def _asks(question: str) -> bool:
    """Whether it says enough to be asked for."""
    return len(question) >= SHORTEST and any(letter.isalpha() for letter in question) and bool(read_question(question).terms)


def _knows(library: Library, question: str) -> bool:
    """Whether some passage of the library holds all words of a question: then it may well be about it."""
    terms = read_question(question).terms
    frequencies = library.keywords.frequencies(terms)
    expression = all_of(terms, frequencies)
    return all(frequencies) and expression is not None and bool(library.keywords.ranked(expression, 1))

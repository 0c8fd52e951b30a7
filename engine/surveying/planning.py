"""From a long answer that is wanted to what has to be read for it: the document, its part, and the steps. Pure but for the outlines it is given."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from engine.surveying import phrases
from engine.surveying.material import Unit, is_aside
from engine.surveying.naming import documents_named, documents_titled
from engine.surveying.outline import Entry, Outline, is_around
from engine.surveying.wanted import Wanted
from engine.values import Document, DocumentId, Scope

CHAPTER_LINES = 18
"""Lines of the summary of a chapter, together."""
LEAF_LINES = 7
"""Lines for a section that has no sections below it."""
FEW_CHAPTERS, MOST_SECTIONS = 8, 30
"""A book of few chapters is summed up section by section, as long as there are not more of them."""
WINDOW_CHUNKS = 24
"""A document without sections is read in windows of so many chunks."""
MOST_LOOKED_INTO = 12
"""Documents whose pages are looked at for the number of a chapter, when several may be meant: up to 0.2 s for a book."""

LONGEST_REPLY = 200
"""Characters of an answer to "which book do you mean?"."""
_REPLY = re.compile(
    r"^(?:(?:in|of|from|i mean(?:t)?|the(?: one| book)?(?: by| from| called)?)\s+|我?(?:指的)?是\s*)*"
    r"[\"“'《]?(?P<book>.+?)[\"”'》]?(?:,?\s+(?:please|one|book))*\s*[.!。！]*$",
    re.IGNORECASE,
)
"""What is said to "which book do you mean?": "SICP", "the one by Baker", "I mean Hash Tables, please"."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is read, in which steps, and how many lines each may have in the answer (0: all that is found)."""

    wanted: Wanted
    document: Document
    outline: Outline
    heading: str
    units: tuple[Unit, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why there is no plan: a plain sentence that says what can be asked for."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Known:
    """What planning may ask the library."""

    documents: tuple[Document, ...]
    outline: Callable[[DocumentId], Outline]
    titles: Callable[[DocumentId], Outline]
    """The same without what pages print, which is soon read for a whole library."""
    opening: Callable[[Document], str]
    chunks: Callable[[DocumentId], Sequence[int]]


def make_plan(wanted: Wanted, known: Known, scopes: Sequence[Scope], last: DocumentId | None, language: str) -> Plan | Unclear | None:
    """The plan for a long answer; None where the question turns out to be an ordinary one.

    `last`: the document that the conversation's last answer cited.
    """
    documents = _asked(known.documents, scopes)
    base = scopes[0].section if len(scopes) == 1 and scopes[0].collection is None else None
    titled = wanted.titled
    if wanted.named is not None:
        found = documents_titled(wanted.named, documents)
        if len(found) != 1:
            return _section_named(wanted, known, documents) if wanted.kind == "summary" else None
    elif wanted.book is not None:
        found = documents_named(wanted.book, documents, known.opening)
        if not found and wanted.label is None and titled is None:
            return None
        if not found:
            return Unclear(phrases.no_book(language, wanted.book, [document.title for document in documents]))
    elif titled is not None:
        found = tuple(document for document in documents if known.titles(document.document).about(titled))
        if len(found) > 1 and any(document.document == last for document in found):
            found = tuple(document for document in found if document.document == last)
        if not found and (apart := _book_at_the_end(wanted, known, documents)) is not None:
            return make_plan(apart, known, scopes, last, language)
        if not found and len(documents) > 1:
            return Unclear(phrases.no_such_title(language, titled))
        found = found or documents
    else:
        found = documents
    if not found:
        return None
    if len(found) > 1:
        found = tuple(document for document in found if document.document == last) or _with_the_part(wanted, known, found)
        if len(found) > 1:
            return Unclear(phrases.which_book(language, [document.title for document in found]))
    return _plan_for(wanted, found[0], known, base, language)


def make_plan_of_reply(reply: str, asked: Wanted, known: Known, scopes: Sequence[Scope], last: DocumentId | None, language: str) -> Plan | Unclear | None:
    """The plan where `reply` says which book was meant by the long answer that was `asked` for before it; None where that was clear, or it names no book."""
    match = _REPLY.match(" ".join(reply.split())) if len(reply) <= LONGEST_REPLY and not (asked.book or asked.named) else None
    named = () if match is None else documents_named(match["book"], _asked(known.documents, scopes))
    # Whether the book was in doubt at all is looked at last: that opens pages of every book.
    if len(named) != 1 or not isinstance(make_plan(asked, known, scopes, last, language), Unclear):
        return None
    return make_plan(asked, known, [Scope(named[0].document)], None, language)


def _with_the_part(wanted: Wanted, known: Known, documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """Those that have the chapter which is asked for; all of them where none has, or where there are too many to look."""
    label = wanted.label
    if label is None or len(documents) > MOST_LOOKED_INTO:
        return documents
    return tuple(document for document in documents if known.outline(document.document).labelled(label, wanted.part) is not None) or documents


def _book_at_the_end(wanted: Wanted, known: Known, documents: Sequence[Document]) -> Wanted | None:
    """ "The chapter on streams in SICP": the last words name the book, if there is one of that name."""
    match = re.fullmatch(r"(?P<title>.+)\s(?:in|of|from)\s(?P<book>.+)", wanted.titled or "", re.IGNORECASE)
    if match is None or not documents_named(match["book"], documents, known.opening):
        return None
    return replace(wanted, titled=match["title"], book=match["book"])


def _asked(documents: Sequence[Document], scopes: Sequence[Scope]) -> tuple[Document, ...]:
    """The documents that are asked and have text; the sample book only where there is nothing else."""
    ids = {scope.document for scope in scopes if scope.collection is None}
    collections = {scope.collection for scope in scopes if scope.collection is not None}
    asked = [
        document for document in documents if document.chunks and (not scopes or document.document in ids or not collections.isdisjoint(document.collections))
    ]
    own = [document for document in asked if not document.sample]
    return tuple(asked if scopes else own or asked)


def _section_named(wanted: Wanted, known: Known, documents: Sequence[Document]) -> Plan | None:
    """The section with exactly this title; None where no document has one, or more than one document."""
    assert wanted.named is not None
    found = [(document, entry.section) for document in documents for entry in known.titles(document.document).titled(wanted.named)]
    if not found or any(other != found[0][0] for other, _ in found):
        return None
    document, section = found[0]
    outline = known.outline(document.document)
    entry = next(entry for entry in outline.entries if entry.section == section)
    return _plan_of(wanted, document, outline, entry, known)


def _plan_for(wanted: Wanted, document: Document, known: Known, base: int | None, language: str) -> Plan | Unclear:
    outline = known.outline(document.document)
    entry: Entry | None = None
    if wanted.label is not None:
        entry = outline.labelled(wanted.label, wanted.part)
    elif wanted.titled is not None:
        found = outline.about(wanted.titled)
        entry = found[0] if len(found) == 1 or (found and found[0].section.level < found[-1].section.level) else None
    elif base is not None:
        entry = next((candidate for candidate in outline.entries if candidate.section.number == base), None)
    elif not wanted.here:
        return _plan_of(wanted, document, outline, None, known)
    if entry is None:
        return Unclear(phrases.no_part(language, wanted, document.title, [chapter.numbered for chapter in outline.chapters()] if outline.entries else []))
    return _plan_of(wanted, document, outline, entry, known)


def _plan_of(wanted: Wanted, document: Document, outline: Outline, entry: Entry | None, known: Known) -> Plan:
    heading = f"{document.title}, {entry.heading}" if entry is not None else document.title
    if entry is None:
        units = _units_of_book(outline, listing=wanted.kind != "summary")
        units = units or _windows(known.chunks(document.document))
        lines = 2 if len(units) <= 14 else 1
        lines = LEAF_LINES if len(units) == 1 else max(lines, CHAPTER_LINES // (2 * len(units)))
    else:
        units = _units_of_part(outline, entry)
        lines = LEAF_LINES if len(units) == 1 else max(1, min(4, round(CHAPTER_LINES / len(units))))
    return Plan(wanted, document, outline, heading, units, lines if wanted.kind == "summary" else 0)


def _units_of_book(outline: Outline, *, listing: bool) -> tuple[Unit, ...]:
    """The chapters; or their sections, for a list and for a book of few chapters."""
    chapters = [chapter for chapter in outline.chapters() if not is_around(chapter.title) or listing]
    units: list[Unit] = []
    divided = [_units_of_part(outline, chapter) for chapter in chapters]
    if listing or (len(chapters) <= FEW_CHAPTERS and sum(map(len, divided)) <= MOST_SECTIONS):
        for chapter, parts in zip(chapters, divided, strict=True):
            units += parts if len(parts) == 1 else [Unit(part.key, part.heading, part.title, part.sections, above=chapter.heading) for part in parts]
        return tuple(units)
    return tuple(_unit(outline, chapter) for chapter in chapters)


def _units_of_part(outline: Outline, entry: Entry) -> tuple[Unit, ...]:
    """What stands before its first section, and its sections; or itself where it has none."""
    below = [part for part in outline.below(entry) if not is_aside(part.title)]
    if not below:
        return (_unit(outline, entry),)
    own = Unit(f"{entry.section.number}:own", "", entry.title, (entry.section.number,))
    return (own, *(_unit(outline, part) for part in below))


def _unit(outline: Outline, entry: Entry) -> Unit:
    inside = [part.section.number for part in outline.inside(entry) if not is_aside(part.title)]
    return Unit(str(entry.section.number), entry.heading, entry.title, (entry.section.number, *inside))


def _windows(chunks: Sequence[int]) -> tuple[Unit, ...]:
    return tuple(Unit(f"window:{start}", "", "", chunks=tuple(chunks[start : start + WINDOW_CHUNKS])) for start in range(0, len(chunks), WINDOW_CHUNKS))

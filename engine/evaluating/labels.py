"""Labelled questions: which passages are right for a question, as a file of lines says it, or as a library's own headings do. Pure.

A line of a truth file is a JSON object: {"id", "question", "document", "pages"}, with "places" in what has no pages, or "answers"
(words that a right passage holds). `document` is an id, a path, or a file's name with or without its suffix; where several
documents are right it is a list of names, or of labels such as {"document", "pages"}. "answerable": false is a question that the
library must refuse. "kind" groups questions in the report, "history" are the questions asked before this one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import msgspec

from engine.trouble import Trouble
from engine.values import Document, DocumentId, Passage, Place

SHORTEST_PREFIX = 4
"""Letters of an id that name a document, as everywhere on the command line."""

_EXAMPLE = 'A line is such as {"id": "1", "question": "…", "document": "book.pdf", "pages": [12]}.'

Spot = tuple[DocumentId, int]
"""A document and one of its pages, or (negative) one of its chunks; 0 stands for all of it."""


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the answer stands in one document: pages or places (a number, or [first, last]), or words that a right passage holds."""

    document: str
    pages: tuple[int | tuple[int, int], ...] = ()
    places: tuple[int | tuple[int, int] | Place, ...] = ()
    answers: tuple[str, ...] = ()


class Line(msgspec.Struct, frozen=True):
    """One line of a truth file."""

    question: str
    id: str | int | None = None
    document: str | tuple[str | Label, ...] = ()
    pages: tuple[int | tuple[int, int], ...] = ()
    places: tuple[int | tuple[int, int] | Place, ...] = ()
    answers: tuple[str, ...] = ()
    answerable: bool = True
    kind: str = ""
    history: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[Label, ...]:
        """Its labels, one for each document that it names."""
        named = (self.document,) if isinstance(self.document, str) else self.document
        return tuple(one if isinstance(one, Label) else Label(one, self.pages, self.places, self.answers) for one in named)


@dataclass(frozen=True, slots=True)
class Right:
    """One thing to be found. A passage is it where everything fits that is not None.

    `sheet` is a stored page; `place` the first and last number of a place; `texts` are folded, and one of them must be in the passage.
    """

    document: DocumentId | None = None
    sheet: int | None = None
    place: tuple[int, int] | None = None
    texts: tuple[str, ...] | None = None

    def fits(self, passage: Passage) -> bool:
        """Whether this passage is it."""
        if self.document is not None and passage.document != self.document:
            return False
        if self.sheet is not None and passage.sheet != self.sheet:
            return False
        if self.place is not None and (passage.place is None or passage.place.to < self.place[0] or self.place[1] < passage.place.from_):
            return False
        return self.texts is None or any(text in fold(passage.text) for text in self.texts)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with what is right for it. `without` names rankings that may take no part, because the labels come from them."""

    id: str
    question: str
    rights: tuple[Right, ...]
    answerable: bool = True
    kind: str = ""
    history: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def by_document(self) -> bool:
        """Whether whole documents are labelled, and no page, place or words in them."""
        return bool(self.rights) and all(right.sheet is None and right.place is None and right.texts is None for right in self.rights)

    def spot(self, passage: Passage) -> Spot:
        """What counts as one find: the document where whole documents are labelled, else the page, or the passage in what has no pages."""
        return passage.document, 0 if self.by_document else passage.sheet if passage.page is not None else -passage.chunk


def read_lines(raw: bytes, name: str) -> tuple[Line, ...]:
    """The lines of a truth file; `name` is for the sentence that says which line is wrong.

    Raises:
        Trouble: a line is no labelled question, or there is none.
    """
    found: list[Line] = []
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if not line.strip():
            continue
        try:
            read = msgspec.json.decode(line, type=Line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise _bad_line(number, name, str(error)) from error
        if not read.question.strip():
            raise _bad_line(number, name, "its question is empty")
        if (read.pages or read.places) and not read.labels:
            raise _bad_line(number, name, "it names pages or places, and no document")
        found.append(read if read.id is not None else msgspec.structs.replace(read, id=f"line {number}"))
    if not found:
        raise Trouble(
            "no-questions", f"{name} holds no question.", 'Write one a line, such as {"id": "1", "question": "…", "document": "book.pdf", "pages": [12]}.'
        )
    return tuple(found)


def _bad_line(number: int, name: str, why: str) -> Trouble:
    sentence = f"Line {number} of {name} is not a labelled question: {why}."
    return Trouble("bad-line", sentence, _EXAMPLE)


def understand(lines: Iterable[Line], documents: Sequence[Document]) -> tuple[tuple[Labelled, ...], dict[str, int]]:
    """The questions whose documents the library holds, and how many were left out for each document that it doesn't hold.

    A question is left out only where none of its documents is there.
    """
    found: list[Labelled] = []
    missing: dict[str, int] = {}
    for line in lines:
        rights: list[Right] = []
        gone: list[str] = []
        for label in line.labels:
            named = documents_named(label.document, documents)
            gone += [] if named else [label.document]
            rights += [right for document in named for right in _rights_in(label, document.document)]
        if not line.labels and line.answers:
            rights.append(Right(texts=_folded(line.answers)))
        if gone and not rights:
            missing[gone[0]] = missing.get(gone[0], 0) + 1
            continue
        found.append(Labelled(str(line.id), line.question, tuple(rights), line.answerable, line.kind, line.history))
    return tuple(found), missing


def _rights_in(label: Label, document: DocumentId) -> list[Right]:
    texts = _folded(label.answers) if label.answers else None
    pages = [Right(document, sheet=page, texts=texts) for first, last in map(_span, label.pages) for page in range(first, last + 1)]
    places = [Right(document, place=(first, last), texts=texts) for first, last in map(_span, label.places)]
    return [*pages, *places] or [Right(document, texts=texts)]


def _span(place: int | tuple[int, int] | Place) -> tuple[int, int]:
    if isinstance(place, Place):
        return place.from_, place.to
    return (place, place) if isinstance(place, int) else place


def documents_named(name: str, documents: Iterable[Document]) -> tuple[Document, ...]:
    """The documents that a name means: an id or the beginning of one, a path, a file's name, or that without its suffix."""
    held = tuple(documents)
    for means in (_is_id, _is_path, _is_file, _is_stem):
        found = tuple(document for document in held if means(name, document))
        if found:
            return found
    return ()


def _is_id(name: str, document: Document) -> bool:
    return len(name) >= SHORTEST_PREFIX and document.document.startswith(name.lower())


def _is_path(name: str, document: Document) -> bool:
    return name == document.path


def _is_file(name: str, document: Document) -> bool:
    return PurePath(name).name == PurePath(document.path).name


def _is_stem(name: str, document: Document) -> bool:
    return name == PurePath(document.path).stem


_BREAK = re.compile(r"[\u00ad\u200b\ufeff]|[-‐]\s*\n\s*")
_BLANKS = re.compile(r"\s+")


def fold(text: str) -> str:
    """A text for comparing words with it: without case, widths of letters, hyphenation, blanks and lines (Chinese is broken between any two characters)."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", _BREAK.sub("", text))).casefold()


def _folded(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(folded for text in texts if (folded := fold(text)))

"""What the engine says on the way to an ending. Happenings are past tense."""

from __future__ import annotations

from typing import Literal

import msgspec

from engine.values import Document, DocumentId, Passage


class Accepted(msgspec.Struct, frozen=True, tag=True):
    """A file is known from here on; its row can be shown."""

    path: str
    document: Document


class Progressed(msgspec.Struct, frozen=True, tag=True):
    """How far one document is. `seconds_left` is None while nobody can know."""

    document: DocumentId
    stage: Literal["reading", "embedding"]
    done: int
    total: int
    unit: Literal["pages", "chunks"]
    per_second: float
    seconds_left: float | None


class Searchable(msgspec.Struct, frozen=True, tag=True):
    """Keyword search works for this document."""

    path: str
    document: DocumentId


class DocumentStudied(msgspec.Struct, frozen=True, tag=True):
    """One file is done with: ready, unchanged (it was there) or refused with a reason."""

    path: str
    document: DocumentId | None
    state: Literal["ready", "unchanged", "refused"]
    reason: str | None
    remedy: str | None
    pages: int
    chunks: int
    seconds: float
    code: str | None = None
    """The notice code of a refusal; `encrypted` asks for a password."""


class StudyingProgressed(msgspec.Struct, frozen=True, tag=True):
    """How far all studying is together. Pages of documents that nobody has opened yet are estimated from their size."""

    documents_done: int
    documents_total: int
    pages_done: int
    pages_total: int
    pages_per_second: float
    seconds_left: float | None


class Transferred(msgspec.Struct, frozen=True, tag=True):
    """How far an export or import is."""

    bytes_done: int
    bytes_total: int


class PassagesFound(msgspec.Struct, frozen=True, tag=True):
    """The sources, before the first word. `seen` and `total` are pages searched and pages there are."""

    passages: tuple[Passage, ...]
    answerable: bool
    confidence: float
    pages_seen: int
    pages_total: int
    searched_for: str | None = None
    """The follow-up made self-contained; None where the question was searched for as it stands."""


class ModelLoading(msgspec.Struct, frozen=True, tag=True):
    """The model is being loaded."""

    model: str


class PassagesBeingRead(msgspec.Struct, frozen=True, tag=True):
    """The model reads the prompt."""

    tokens_done: int
    tokens_total: int


class Wrote(msgspec.Struct, frozen=True, tag=True):
    """The next piece of the answer, unproven yet."""

    text: str


class SurveyProgressed(msgspec.Struct, frozen=True, tag=True):
    """A long answer has done with `done` of `total` sections and looks at `section` now ("3.2 Hash tables"; "" where it has no title)."""

    done: int
    total: int
    section: str
    title: str
    """Of the document."""


class LibraryChanged(msgspec.Struct, frozen=True, tag=True):
    """Said unasked: rows that changed (`removed` ids are gone)."""

    documents: tuple[Document, ...]
    removed: tuple[DocumentId, ...] = ()


Happening = (
    StudyingProgressed
    | Transferred
    | Accepted
    | Progressed
    | Searchable
    | DocumentStudied
    | PassagesFound
    | ModelLoading
    | PassagesBeingRead
    | Wrote
    | SurveyProgressed
    | LibraryChanged
)

"""What is said between a client (the window, the command line, a test) and the engine.

One request → zero or more happenings → exactly one ending. Requests are imperatives, happenings are past tense. On the
wire each travels in an `engine.wire.Envelope` with the request's number; number 0 is the engine speaking unasked.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from engine.trouble import Notice
from engine.values import (
    Answer,
    ConversationId,
    ConversationSummary,
    Document,
    DocumentId,
    ModelRow,
    PagePicture,
    Passage,
    Scope,
    Section,
    Turn,
)
from engine.wire import Cancel, Cancelled, Failed, Hello

PROTOCOL = 1


# ---- requests ------------------------------------------------------------------------------------------------------


class Study(msgspec.Struct, frozen=True, tag=True):
    """Read and index files and folders. Happenings: Accepted, Progressed, Searchable, DocumentStudied. Ending: Studied."""

    paths: tuple[str, ...]
    collection: str | None = None


class StudySample(msgspec.Struct, frozen=True, tag=True):
    """Make sure that the bundled sample book is in the library (it is studied on first use). Ending: Studied."""


class ListDocuments(msgspec.Struct, frozen=True, tag=True):
    """Ending: Documents."""


class ListSections(msgspec.Struct, frozen=True, tag=True):
    """Ending: Sections."""

    document: DocumentId


class Remove(msgspec.Struct, frozen=True, tag=True):
    """Forget documents (an id, a unique prefix of one, or a path) and all that came from them. Ending: Removed."""

    documents: tuple[str, ...]


class Verify(msgspec.Struct, frozen=True, tag=True):
    """Check the library against itself. Ending: Verified."""

    repair: bool = False


class Search(msgspec.Struct, frozen=True, tag=True):
    """Find passages. Ending: Found."""

    question: str
    limit: int = 10
    within: tuple[Scope, ...] = ()
    by: Literal["words", "meaning", "both"] = "both"
    history: tuple[str, ...] = ()


class Ask(msgspec.Struct, frozen=True, tag=True):
    """Answer from the library. Happenings: PassagesFound, ModelLoading, PassagesBeingRead, Wrote. Ending: Answered.

    With `conversation` set (or `remember`), the turn is stored; an empty conversation id starts a new one.
    """

    question: str
    within: tuple[Scope, ...] = ()
    mode: Literal["strict", "open"] = "strict"
    max_tokens: int = 400
    conversation: ConversationId | None = None
    remember: bool = False


class ListConversations(msgspec.Struct, frozen=True, tag=True):
    """Ending: Conversations."""


class OpenConversation(msgspec.Struct, frozen=True, tag=True):
    """Ending: ConversationOpened."""

    conversation: ConversationId


class ForgetConversation(msgspec.Struct, frozen=True, tag=True):
    """Ending: ConversationForgotten."""

    conversation: ConversationId


class DrawPage(msgspec.Struct, frozen=True, tag=True):
    """Draw one page. Ending: PageDrawn. `pixels_per_point` 1.0 is 72 dpi."""

    document: DocumentId
    page: int
    pixels_per_point: float = 1.5


class ReadPart(msgspec.Struct, frozen=True, tag=True):
    """The text of what has no pages (or of a page), for showing a citation in it. Ending: PartRead."""

    document: DocumentId
    sheet: int


class LocateOriginal(msgspec.Struct, frozen=True, tag=True):
    """Where the original file is (the library's own copy if it is gone). Ending: OriginalLocated."""

    document: DocumentId


class ListModels(msgspec.Struct, frozen=True, tag=True):
    """Ending: Models."""


class AddModel(msgspec.Struct, frozen=True, tag=True):
    """Put a GGUF file on the shelf. Ending: ModelAdded."""

    path: str


class ChooseModel(msgspec.Struct, frozen=True, tag=True):
    """Answer with this model from now on. Ending: Models."""

    name: str


class GetState(msgspec.Struct, frozen=True, tag=True):
    """Ending: EngineState."""


Request = (
    Study
    | StudySample
    | ListDocuments
    | ListSections
    | Remove
    | Verify
    | Search
    | Ask
    | ListConversations
    | OpenConversation
    | ForgetConversation
    | DrawPage
    | ReadPart
    | LocateOriginal
    | ListModels
    | AddModel
    | ChooseModel
    | GetState
    | Cancel
)


# ---- happenings ----------------------------------------------------------------------------------------------------


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


class PassagesFound(msgspec.Struct, frozen=True, tag=True):
    """The sources, before the first word. `seen` and `total` are pages searched and pages there are."""

    passages: tuple[Passage, ...]
    answerable: bool
    confidence: float
    pages_seen: int
    pages_total: int


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


class LibraryChanged(msgspec.Struct, frozen=True, tag=True):
    """Said unasked: rows that changed (`removed` ids are gone)."""

    documents: tuple[Document, ...]
    removed: tuple[DocumentId, ...] = ()


# ---- endings -------------------------------------------------------------------------------------------------------


class Studied(msgspec.Struct, frozen=True, tag=True):
    ready: int
    unchanged: int
    refused: int
    pages: int
    chunks: int
    seconds: float
    seconds_embedding: float


class Documents(msgspec.Struct, frozen=True, tag=True):
    documents: tuple[Document, ...]


class Sections(msgspec.Struct, frozen=True, tag=True):
    document: DocumentId
    sections: tuple[Section, ...]


class Removed(msgspec.Struct, frozen=True, tag=True):
    removed: tuple[DocumentId, ...]


class Verified(msgspec.Struct, frozen=True, tag=True):
    ok: bool
    problems: tuple[str, ...]
    repaired: tuple[str, ...]


class Found(msgspec.Struct, frozen=True, tag=True):
    question: str
    answerable: bool
    confidence: float
    passages: tuple[Passage, ...]
    seconds: float
    pages_seen: int
    pages_total: int


class Answered(msgspec.Struct, frozen=True, tag=True):
    answer: Answer
    conversation: ConversationId | None


class Conversations(msgspec.Struct, frozen=True, tag=True):
    conversations: tuple[ConversationSummary, ...]


class ConversationOpened(msgspec.Struct, frozen=True, tag=True):
    conversation: ConversationId
    title: str
    turns: tuple[Turn, ...]


class ConversationForgotten(msgspec.Struct, frozen=True, tag=True):
    conversation: ConversationId


class PageDrawn(msgspec.Struct, frozen=True, tag=True):
    document: DocumentId
    page: int
    page_label: str | None
    picture: PagePicture


class PartRead(msgspec.Struct, frozen=True, tag=True):
    document: DocumentId
    sheet: int
    text: str
    first_line: int | None


class OriginalLocated(msgspec.Struct, frozen=True, tag=True):
    document: DocumentId
    path: str


class Models(msgspec.Struct, frozen=True, tag=True):
    models: tuple[ModelRow, ...]


class ModelAdded(msgspec.Struct, frozen=True, tag=True):
    model: ModelRow


class EngineState(msgspec.Struct, frozen=True, tag=True):
    """How the engine stands. Also said unasked (number 0) when it changes.

    `read_only_because` is the sentence that names the program which holds the home. `embedder` says "loading" until
    meaning takes part in searches. `generator_detail` is a plain sentence: which model, and whether GPU or CPU.
    """

    home: str
    read_only_because: Notice | None
    embedder: Literal["missing", "loading", "ready"]
    generator: Literal["missing", "idle", "loading", "ready", "failed"]
    model: str | None
    generator_detail: str


Happening = Accepted | Progressed | Searchable | DocumentStudied | PassagesFound | ModelLoading | PassagesBeingRead | Wrote | LibraryChanged

Ending = (
    Studied
    | Documents
    | Sections
    | Removed
    | Verified
    | Found
    | Answered
    | Conversations
    | ConversationOpened
    | ConversationForgotten
    | PageDrawn
    | PartRead
    | OriginalLocated
    | Models
    | ModelAdded
    | EngineState
    | Failed
    | Cancelled
)

Reply = Hello | Happening | Ending
"""Whatever the engine says."""

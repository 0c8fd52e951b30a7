"""What ends a request: exactly one of these for each."""

from __future__ import annotations

from typing import Literal

import msgspec

from engine.trouble import Notice
from engine.values import (
    Answer,
    Collection,
    ConversationId,
    ConversationSummary,
    Document,
    DocumentId,
    FeatureTested,
    ModelRow,
    PagePicture,
    Pair,
    PairId,
    Passage,
    PassageTested,
    Place,
    Rules,
    Section,
    Setting,
    TermTested,
    Turn,
    WatchedFolder,
)
from engine.wire import Cancelled, Failed


class Studied(msgspec.Struct, frozen=True, tag=True):
    ready: int
    unchanged: int
    refused: int
    pages: int
    chunks: int
    seconds: float
    seconds_embedding: float


class StudyEstimated(msgspec.Struct, frozen=True, tag=True):
    """`files` that can be read, `unchanged` of them known by size and time of change; `kinds` counts them by suffix.

    `pages` and `seconds` are guesses from the sizes and from how fast this machine has been; None where nothing is known.
    """

    files: int
    unchanged: int
    size_bytes: int
    kinds: dict[str, int]
    pages: int | None
    seconds: float | None


class LeftOut(msgspec.Struct, frozen=True, tag=True):
    documents: tuple[DocumentId, ...]


class Unlocked(msgspec.Struct, frozen=True, tag=True):
    document: DocumentId


class Collections(msgspec.Struct, frozen=True, tag=True):
    collections: tuple[Collection, ...]


class WatchedFolders(msgspec.Struct, frozen=True, tag=True):
    folders: tuple[WatchedFolder, ...]


class LibraryExported(msgspec.Struct, frozen=True, tag=True):
    path: str
    documents: int
    size_bytes: int


class LibraryImported(msgspec.Struct, frozen=True, tag=True):
    """`documents` came new, `unchanged` were there."""

    documents: int
    unchanged: int


class Pairs(msgspec.Struct, frozen=True, tag=True):
    """All pairs, in the order in which they were made. `changed` are those that the request made, changed or forgot."""

    pairs: tuple[Pair, ...]
    changed: tuple[PairId, ...] = ()


class PairsImported(msgspec.Struct, frozen=True, tag=True):
    """`added` came new, `unchanged` were there."""

    added: int
    unchanged: int


class PairsExported(msgspec.Struct, frozen=True, tag=True):
    path: str
    pairs: int


class HouseRules(msgspec.Struct, frozen=True, tag=True):
    """The rules that were chosen; `built_in` is the wording of the prompt where no template is."""

    rules: tuple[Rules, ...]
    built_in: str


class Settings(msgspec.Struct, frozen=True, tag=True):
    settings: tuple[Setting, ...]


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
    searched_for: str | None = None
    """What was searched for instead of the question: a follow-up made self-contained. None: the question as it stands."""


class HitTested(msgspec.Struct, frozen=True, tag=True):
    """How a question was understood, what each ranking said of the passages, and whether the evidence is enough.

    `searched` is the question in the form that stands by itself, `parts` the sides of a comparison that were searched for. `threshold` is
    the confidence from which on the library answers; `features` are what the confidence was made of.
    """

    question: str
    searched: str
    parts: tuple[str, ...]
    subject: str
    terms: tuple[TermTested, ...]
    chunks: int
    language: str
    by_meaning: bool
    answerable: bool
    confidence: float
    threshold: float
    features: tuple[FeatureTested, ...]
    passages: tuple[PassageTested, ...]
    seconds: float


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
    """The text of one part; `parts` is how many the document has (0: unknown). `first_line` is set where the text is the file's own lines."""

    document: DocumentId
    sheet: int
    text: str
    first_line: int | None
    parts: int = 0
    place: Place | None = None
    section: str | None = None
    """The title of the section that begins in the part, or else of the one that it lies in."""
    code: tuple[tuple[int, int], ...] = ()
    """Characters `[start, end)` of the text that are code, tables or formulas: their lines and blanks matter."""
    headings: tuple[tuple[int, int], ...] = ()
    """Characters `[start, end)` of the text that are headings."""


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
    studying: Literal["idle", "running", "paused"] = "idle"
    paused_because: str | None = None
    """The plain sentence why studying is paused ("You paused it.", "The laptop runs on battery.")."""
    chunks_to_renew: int = 0
    """Chunks whose vectors are of an earlier embedder; they are made anew in the background while the old ones serve."""


Ending = (
    Studied
    | StudyEstimated
    | LeftOut
    | Unlocked
    | Collections
    | WatchedFolders
    | LibraryExported
    | LibraryImported
    | Pairs
    | PairsImported
    | PairsExported
    | HouseRules
    | Settings
    | Documents
    | Sections
    | Removed
    | Verified
    | Found
    | HitTested
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

"""What a client asks of the engine. Requests are imperatives."""

from __future__ import annotations

from typing import Literal

import msgspec

from engine.values import ConversationId, DocumentId, Pair, PairId, Rules, Scope, SettingValue
from engine.wire import Cancel


class Study(msgspec.Struct, frozen=True, tag=True):
    """Read and index files and folders. Happenings: Accepted, Progressed, Searchable, DocumentStudied. Ending: Studied."""

    paths: tuple[str, ...]
    collection: str | None = None
    passwords: tuple[str, ...] = ()
    """Tried on locked files; kept in memory until the engine ends."""
    documents: tuple[DocumentId, ...] = ()
    """Documents of the library that are not through: gone on with from the library's own copies, wherever their files are."""


class EstimateStudy(msgspec.Struct, frozen=True, tag=True):
    """How much there is to do for files and folders, before it is begun. Ending: StudyEstimated."""

    paths: tuple[str, ...]


class PauseStudying(msgspec.Struct, frozen=True, tag=True):
    """Lay all studying down until `ResumeStudying`; what was read is kept. Ending: EngineState."""


class ResumeStudying(msgspec.Struct, frozen=True, tag=True):
    """Go on with studying. Ending: EngineState."""


class LeaveOut(msgspec.Struct, frozen=True, tag=True):
    """Take single documents out of the studying that goes on, whoever asked for it; those not searchable yet are forgotten. Ending: LeftOut."""

    documents: tuple[DocumentId, ...]


class Unlock(msgspec.Struct, frozen=True, tag=True):
    """A password for a locked document, kept in memory until the engine ends. Ending: Unlocked.

    A document that was refused for it is studied by a `Study` that follows.
    """

    document: DocumentId
    password: str


class ListCollections(msgspec.Struct, frozen=True, tag=True):
    """Ending: Collections."""


class Collect(msgspec.Struct, frozen=True, tag=True):
    """Put documents into a collection, which is made if there is none of that name. Ending: Collections."""

    documents: tuple[DocumentId, ...]
    collection: str


class Uncollect(msgspec.Struct, frozen=True, tag=True):
    """Take documents out of a collection; they stay in the library. Ending: Collections."""

    documents: tuple[DocumentId, ...]
    collection: str


class RenameCollection(msgspec.Struct, frozen=True, tag=True):
    """Ending: Collections."""

    collection: str
    name: str


class ForgetCollection(msgspec.Struct, frozen=True, tag=True):
    """Forget a collection; its documents stay in the library. Ending: Collections."""

    collection: str


class ListWatchedFolders(msgspec.Struct, frozen=True, tag=True):
    """Ending: WatchedFolders."""


class WatchFolder(msgspec.Struct, frozen=True, tag=True):
    """Take in a folder's files as they come and change. Ending: WatchedFolders."""

    path: str
    collection: str | None = None


class UnwatchFolder(msgspec.Struct, frozen=True, tag=True):
    """Watch a folder no longer; its documents stay in the library. Ending: WatchedFolders."""

    path: str


class LookForChanges(msgspec.Struct, frozen=True, tag=True):
    """Look through the watched folders for what came, changed or went, and study it. Happenings as for Study. Ending: Studied.

    `settled_only` leaves files alone that were written moments ago.
    """

    settled_only: bool = False


class StudyAgain(msgspec.Struct, frozen=True, tag=True):
    """Read documents of the library again from its own copies, whatever their state. Happenings as for Study. Ending: Studied."""

    documents: tuple[DocumentId, ...]


class RenewVectors(msgspec.Struct, frozen=True, tag=True):
    """Make some of the vectors that a change of embedder asks for; the engine does it unasked when idle. Ending: EngineState."""


class Calibrate(msgspec.Struct, frozen=True, tag=True):
    """Learn from questions made of the library itself when it knows an answer; the engine does it unasked when idle. Ending: EngineState."""


class ExportLibrary(msgspec.Struct, frozen=True, tag=True):
    """Write the whole library (documents, what was read of them, collections, conversations) into one file. Ending: LibraryExported."""

    path: str


class ImportLibrary(msgspec.Struct, frozen=True, tag=True):
    """Take in what an export holds; what is there already stays. Ending: LibraryImported."""

    path: str


class ListPairs(msgspec.Struct, frozen=True, tag=True):
    """The student's own questions and answers. Ending: Pairs."""


class KeepPair(msgspec.Struct, frozen=True, tag=True):
    """Keep a pair: a new one where its id is empty, else in place of the one with that id. Ending: Pairs."""

    pair: Pair


class ForgetPairs(msgspec.Struct, frozen=True, tag=True):
    """Ending: Pairs."""

    pairs: tuple[PairId, ...]


class ImportPairs(msgspec.Struct, frozen=True, tag=True):
    """Take pairs from a CSV or JSONL file; those that are here already are not taken twice. All of them or none. Ending: PairsImported.

    `collection` is where those go that name none.
    """

    path: str
    collection: str | None = None


class ExportPairs(msgspec.Struct, frozen=True, tag=True):
    """Write all pairs (or those of a collection) into a file: JSONL where its name ends so, else CSV. Ending: PairsExported."""

    path: str
    collection: str | None = None
    overwrite: bool = False


class ListRules(msgspec.Struct, frozen=True, tag=True):
    """How answers are to be written, for the library and for collections. Ending: HouseRules."""


class KeepRules(msgspec.Struct, frozen=True, tag=True):
    """Keep the instructions and the template for a collection or the library; empty ones are the built-in ones. Ending: HouseRules."""

    rules: Rules


class ListSettings(msgspec.Struct, frozen=True, tag=True):
    """Ending: Settings."""


class ChangeSetting(msgspec.Struct, frozen=True, tag=True):
    """Ending: Settings."""

    name: str
    value: SettingValue


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
    """Check the library against itself. Ending: Verified.

    With `repair`, documents that must be read or embedded again are, with happenings as for Study.
    """

    repair: bool = False


class Search(msgspec.Struct, frozen=True, tag=True):
    """Find passages. Ending: Found."""

    question: str
    limit: int = 10
    within: tuple[Scope, ...] = ()
    by: Literal["words", "meaning", "both"] = "both"
    history: tuple[str, ...] = ()


class HitTest(msgspec.Struct, frozen=True, tag=True):
    """Find passages, and say how each was found. Ending: HitTested."""

    question: str
    limit: int = 10
    within: tuple[Scope, ...] = ()
    history: tuple[str, ...] = ()
    """As for Ask."""


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
    with_model: bool = True
    """False: the passages answer in their own words, whatever model there is."""
    own_answers: bool = True
    """False: the books are asked although the student has an answer of his own."""
    history: tuple[str, ...] = ()
    """The earlier questions of the conversation, the first one first: what a follow-up leaves out is put back from them."""


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
    clip: tuple[float, float, float, float] | None = None
    """Only this part of it: x0, y0, x1, y1 in points."""


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
    | EstimateStudy
    | PauseStudying
    | ResumeStudying
    | LeaveOut
    | Unlock
    | ListCollections
    | Collect
    | Uncollect
    | RenameCollection
    | ForgetCollection
    | ListWatchedFolders
    | WatchFolder
    | UnwatchFolder
    | LookForChanges
    | StudyAgain
    | RenewVectors
    | Calibrate
    | ExportLibrary
    | ImportLibrary
    | ListPairs
    | KeepPair
    | ForgetPairs
    | ImportPairs
    | ExportPairs
    | ListRules
    | KeepRules
    | ListSettings
    | ChangeSetting
    | StudySample
    | ListDocuments
    | ListSections
    | Remove
    | Verify
    | Search
    | HitTest
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

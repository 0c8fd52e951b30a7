"""The nouns of ByteBrain as frozen values: documents, sections, passages, citations, answers.

They travel between processes as JSON and are what the window and the command line show. Pages count from 1. A box is
`(page, x0, y0, x1, y1)` in PDF points, origin top left, in MuPDF's page coordinates after rotation and crop.
"""

from __future__ import annotations

from typing import Literal, NewType

import msgspec

DocumentId = NewType("DocumentId", str)
"""sha256 of the file's bytes, in hex: the same file dropped twice is the same document."""

ConversationId = NewType("ConversationId", str)

PairId = NewType("PairId", str)

Box = tuple[int, float, float, float, float]

DocumentState = Literal["queued", "reading", "searchable", "ready", "refused"]
"""queued → reading → searchable (keyword search works) → ready (meaning too); refused carries its reason."""


class Place(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """Where something stands in a document that has no pages; `from_` and `to` count from 1."""

    kind: Literal["slide", "section", "cell", "lines"]
    from_: int
    to: int


class Document(msgspec.Struct, frozen=True):
    """One document of the library. `pages` is 0 for what has no pages."""

    document: DocumentId
    title: str
    path: str
    state: DocumentState
    reason: str | None = None
    """A plain sentence: why it was refused, or what of it could not be read."""
    pages: int = 0
    chunks: int = 0
    collections: tuple[str, ...] = ()
    sample: bool = False
    kind: str = "pdf"
    pages_read: int = 0
    chunks_embedded: int = 0
    code: str | None = None
    """The notice code of a refusal (`encrypted` asks for a password)."""
    remedy: str | None = None
    """What a person can do about the reason."""


class Section(msgspec.Struct, frozen=True):
    """One entry of a document's section tree, in document order; `level` counts from 1."""

    number: int
    level: int
    title: str
    first_page: int
    last_page: int


class Scope(msgspec.Struct, frozen=True):
    """What a question is asked of: a document, one section of it with all below it, or (with `collection`) all that is collected there."""

    document: DocumentId = DocumentId("")
    section: int | None = None
    collection: str | None = None


class Collection(msgspec.Struct, frozen=True):
    """A named set of documents; a document may be in several."""

    name: str
    documents: tuple[DocumentId, ...]


class WatchedFolder(msgspec.Struct, frozen=True):
    """A folder whose files are taken in as they come and change. `trouble` says why it could not be looked through last time."""

    path: str
    collection: str | None = None
    looked_at: float | None = None
    trouble: str | None = None


class Pair(msgspec.Struct, frozen=True):
    """An answer of the student's own (Markdown) and the question that it answers; further `questions` are other wordings of the first.

    With `collection` set it answers only where that collection, or everything, is asked.
    """

    pair: PairId
    questions: tuple[str, ...]
    answer: str
    collection: str | None = None
    changed_at: float = 0.0


class Rules(msgspec.Struct, frozen=True):
    """How the student wants answers to be written, for one collection or (`collection` None) for the whole library.

    `instructions` go to the model beside the built-in ones; `template` is the whole wording of the prompt, "" the built-in one.
    """

    collection: str | None = None
    instructions: str = ""
    template: str = ""


SettingValue = bool | int | str


class Setting(msgspec.Struct, frozen=True):
    """One choice of the student: what it is called, what it is set to, and what it may be."""

    name: str
    value: SettingValue
    default: SettingValue
    title: str
    help: str
    choices: tuple[str, ...] = ()
    lowest: int | None = None
    highest: int | None = None


class Passage(msgspec.Struct, frozen=True):
    """A chunk found for a question. Never crosses a page; `text` is at most 2,000 characters."""

    rank: int
    document: DocumentId
    path: str
    title: str
    page: int | None
    page_label: str | None
    section: tuple[str, ...]
    text: str
    score: float
    boxes: tuple[Box, ...]
    place: Place | None = None
    chunk: int = 0
    sheet: int = 0
    """Number of the stored page or part (for what has pages, the page)."""
    start: int = 0
    """First character of the passage in the text of its page."""
    crops: tuple[Box, ...] = ()
    """Formulas in it that its text does not carry legibly: what to show as pictures beside it."""


class TermTested(msgspec.Struct, frozen=True):
    """A word of a question, and in how many chunks of the library it stands. `sought` is False where it never occurs."""

    text: str
    chunks: int
    sought: bool


class PassageTested(msgspec.Struct, frozen=True):
    """A passage with its place, from 1, and its score in each ranking that it stands in.

    `meaning` is scored by cosine, `any word` and `all words` by BM25, `introduced` by points, `named` by the share of the question that a
    book's index covers. The fused rank and score are the passage's own.
    """

    passage: Passage
    ranks: dict[str, int]
    scores: dict[str, float]


class FeatureTested(msgspec.Struct, frozen=True):
    """What one feature says of the evidence: its value (mostly 0..1), and the points that it adds to the sum, which is enough from 0 on."""

    name: str
    value: float
    points: float


class Citation(msgspec.Struct, frozen=True):
    """A passage quoted in an answer: the words, and where they stand."""

    number: int
    document: DocumentId
    path: str
    title: str
    page: int | None
    page_label: str | None
    quote: str
    boxes: tuple[Box, ...]
    place: Place | None = None


SentenceStatus = Literal["supported", "unsupported", "general"]


class Sentence(msgspec.Struct, frozen=True):
    """One sentence of an answer and the numbers of the citations that bear it."""

    text: str
    status: SentenceStatus
    citations: tuple[int, ...] = ()


class Timings(msgspec.Struct, frozen=True):
    """What an answer cost."""

    seconds_search: float = 0.0
    seconds_to_first_token: float = 0.0
    tokens_prompt: int = 0
    tokens_prompt_reused: int = 0
    tokens_answer: int = 0
    tokens_per_second: float = 0.0


AnswerOrigin = Literal["model", "passages", "pair", "none", "greeting"]
"""Who wrote the answer: the model, the passages themselves (verbatim sentences), the student (a pair), or nobody (a refusal, a greeting returned)."""


class MatchedPair(msgspec.Struct, frozen=True):
    """The pair that answered: which of its questions is like the one that was asked, and whether they are the same but for their form."""

    pair: PairId
    question: str
    likeness: Literal["exact", "near"]
    collection: str | None = None


class Answer(msgspec.Struct, frozen=True):
    """An answer with its proof. `note` is the plain sentence that says why the model did not write it."""

    question: str
    refused: bool
    answer: str
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    passages: tuple[Passage, ...]
    model: str | None
    origin: AnswerOrigin
    note: str | None = None
    timings: Timings = Timings()
    pair: MatchedPair | None = None
    """Set where the student's own answer stands here (`origin` "pair")."""
    searched_for: str | None = None
    """The question made self-contained, where it was a follow-up that left something out."""
    layout: Literal["prose", "outline"] = "prose"
    """An outline is a long answer: its lines that begin with `#` are headings, those with `- ` its sentences."""


class Turn(msgspec.Struct, frozen=True):
    """One question of a conversation with its answer."""

    asked_at: float
    scope: tuple[Scope, ...]
    answer: Answer


class ConversationSummary(msgspec.Struct, frozen=True):
    """A line of the conversations list."""

    conversation: ConversationId
    title: str
    changed_at: float
    turns: int


class PagePicture(msgspec.Struct, frozen=True):
    """Raw RGB pixels (3 bytes each) of a page, in a private file below the home."""

    path: str
    width: int
    height: int
    stride: int
    sha256: str
    pixels_per_point: float
    page_width: float
    page_height: float


class ModelRow(msgspec.Struct, frozen=True):
    """One model on the shelf."""

    name: str
    kind: Literal["generator", "embedder"]
    path: str
    size_bytes: int
    sha256: str
    source: Literal["starter", "added"]
    quantization: str | None = None
    architecture: str | None = None
    parameters: int | None = None
    context_tokens: int | None = None
    languages: tuple[str, ...] = ()
    """ISO 639-1 codes that the model is known to handle; empty where nothing is known."""
    chosen: bool = False


class Check(msgspec.Struct, frozen=True):
    """One line of `doctor` or `self-test`."""

    name: str
    ok: bool
    detail: str
    remedy: str | None = None

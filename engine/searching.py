"""Searching the library for a question: the question's vector where the embedder can give one, then `engine.finding`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from typing import Literal, Protocol

from engine import messages as m
from engine.answering.language import guess_language, knows, trust_in
from engine.cancellation import Cancellation
from engine.embedding.messages import Embedded
from engine.finding.comparing import read_comparison
from engine.finding.evidence import STRICTNESS
from engine.finding.following import make_self_contained
from engine.finding.interleaving import compare_results
from engine.finding.search import SearchResult, find
from engine.library.library import Library
from engine.library.vector_index import VectorIndex
from engine.living.renewal import same_model
from engine.meaning import Meaning
from engine.trouble import Trouble
from engine.values import Scope

By = Literal["words", "meaning", "both"]


LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
"""A question that was copied out of a PDF may hold them; the library's text has them spelled out."""


MAX_QUESTION_CHARACTERS = 4000
"""About 1,000 tokens; with the passages and the answer it still fits into the context."""


class AsksByMeaning(Protocol):
    """What embeds a question: `Meaning`."""

    def embed_question(self, question: str, *, cancellation: Cancellation | None = None) -> Embedded:
        """One row of float32."""


class Searching:
    """Hybrid search over one library; keeps the vectors in memory between questions."""

    def __init__(
        self,
        *,
        library: Library,
        meaning: Meaning,
        earlier: Callable[[str], AsksByMeaning | None] = lambda _: None,
        strictness: Callable[[], str] = lambda: "normal",
    ) -> None:
        """`earlier` finds what can still embed questions for the vectors of an earlier embedder, by its name; `strictness` is the student's choice."""
        self._strictness = strictness
        self._earlier = earlier
        self._library = library
        self._meaning = meaning
        self._lock = threading.Lock()
        self._indexes: dict[str, VectorIndex] = {}

    def search(self, request: m.Search, cancellation: Cancellation) -> m.Found:
        """Answer a search request.

        Raises:
            Trouble: a scope is not there, or meaning alone was asked for and is not to be had.
            Stopped: cancelled.
        """
        question = self.in_full(request.question, request.history)
        result = self.passages(question, limit=request.limit, scopes=request.within, by=request.by, cancellation=cancellation)
        seen, total = self.pages_seen()
        searched_for = None if question == request.question else question
        return m.Found(request.question, result.answerable, result.confidence, result.passages, result.seconds, seen, total, searched_for)

    def in_full(self, question: str, history: Sequence[str]) -> str:
        """A question as it is searched: self-contained, and with words in two that this library never writes in one."""
        return self._library.keywords.part_compounds(make_self_contained(question, history))

    def passages(
        self, question: str, *, limit: int, scopes: Sequence[Scope], by: By, cancellation: Cancellation, without: Collection[str] = ()
    ) -> SearchResult:
        """The passages for a question, best first, and whether they answer it. `without` names rankings that are left out, for measuring.

        The sides of a comparison are searched by themselves as well, and their passages take turns.

        Raises:
            Trouble: a scope is not there, or meaning alone was asked for and is not to be had.
            Stopped: cancelled.
        """
        question = question.translate(LIGATURES).strip()
        if not question.strip("?？ "):
            raise Trouble("no-question", "There is no question.", "Type one.")
        if len(question) > MAX_QUESTION_CHARACTERS:
            sentence = f"The question has {len(question):,} characters, more than the {MAX_QUESTION_CHARACTERS:,} that a model can take in beside the passages."
            raise Trouble("question-too-long", sentence, "Ask it in fewer words.")

        leniency = STRICTNESS[self._strictness()]

        def found(text: str) -> SearchResult:
            index, vector = self._vector(text, by, cancellation)
            trust = self._trust(text)
            return find(self._library, index, text, vector, limit=limit, scopes=scopes, by=by, without=without, trust=trust, leniency=leniency)

        comparison = read_comparison(question)
        together = found(question)
        if comparison is None:
            return together
        return compare_results(comparison, together, [found(side) for side in comparison.questions], limit=limit)

    def knows(self, language: str) -> bool:
        """Whether questions in a language can be searched by meaning."""
        return self._meaning.state != "missing" and knows(self._meaning.languages, language)

    def pages_seen(self) -> tuple[int, int]:
        """Pages that can be searched, and pages that there are (documents without pages count their parts)."""
        documents = [document for document in self._library.documents() if document.state != "refused"]
        return sum(document.pages_read for document in documents), sum(max(document.pages, document.pages_read) for document in documents)

    def unread(self, scopes: Sequence[Scope]) -> int:
        """How many documents of a part of the library (of all of it without scopes) can't be searched to their ends yet."""
        wanted = {scope.document for scope in scopes}
        collections = {scope.collection for scope in scopes if scope.collection is not None}
        return sum(
            document.state in ("queued", "reading") and (not scopes or document.document in wanted or not collections.isdisjoint(document.collections))
            for document in self._library.documents()
        )

    def prepare_index(self, cancellation: Cancellation) -> None:
        """Bring the vector index of the embedder that serves up to date, so that no question has to wait for it."""
        if self._meaning.state == "ready":
            self._index(self._library.embedders.serving() or self._meaning.load().embedder).prepare(lambda: cancellation.cancelled)

    def _trust(self, question: str) -> float:
        return trust_in(self._meaning.languages, guess_language(question))

    def _vector(self, question: str, by: By, cancellation: Cancellation) -> tuple[VectorIndex | None, bytes | None]:
        """Meaning takes part only where the embedder is there and can be trusted in the question's language; who asks for it alone gets it."""
        if by == "words" or self._meaning.state == "missing" or (by == "both" and self._trust(question) == 0.0):
            return None, None
        try:
            loaded = self._meaning.load().embedder
            serving = self._library.embedders.serving() or loaded
            asked = self._meaning if same_model(serving, loaded) else self._earlier(serving)
            embedded = None if asked is None else asked.embed_question(question, cancellation=cancellation)
        except Trouble:
            if by == "meaning":
                raise
            return None, None  # words still answer; `doctor` and the window's state say what is wrong with the embedder
        # The vectors are being made anew, and nobody can embed a question for the old ones any more: words answer until that is done.
        return (None, None) if embedded is None else (self._index(serving), embedded.vectors)

    def _index(self, embedder: str) -> VectorIndex:
        with self._lock:
            if embedder not in self._indexes:
                self._indexes = {embedder: self._library.index(embedder)}  # vectors of one that served before need not stay in memory
            return self._indexes[embedder]

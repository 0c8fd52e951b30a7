"""The house rules of the student: what he answers himself, and how the model is told to answer, each request with its ending."""

from __future__ import annotations

import array
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from engine import messages as m
from engine.answering.own_answers import MEANS_THE_SAME, Wording, alike, read_wording
from engine.answering.phrases import also_answered_note
from engine.answering.sentences import split_into_sentences
from engine.answering.templates import BUILT_IN
from engine.cancellation import Cancellation
from engine.embedding.messages import Embedded
from engine.library.database import Database
from engine.living.collections import Collections
from engine.living.pairs import LONGEST_QUESTION, Pairs
from engine.living.rules import RuleBook
from engine.machine import write_atomically
from engine.trouble import Trouble
from engine.values import Answer, MatchedPair, Pair, Rules, Scope, Sentence

MOST_COMPARED = 8
"""So many stored questions, at most, are compared with a new one by meaning: some 10 ms each."""

MOST_REMEMBERED = 20_000
"""Questions taken apart, kept in memory until there are more."""

Handler = Callable[[Any, Cancellation], Iterator[Any]]


class UnderstandsQuestions(Protocol):
    """What embeds a question, and which languages it knows: `Meaning`."""

    @property
    def state(self) -> str:
        """`missing` where it can't."""

    def embed_question(self, question: str, *, cancellation: Cancellation | None = None) -> Embedded:
        """One row of float32."""


class HouseRules:
    """Pairs, instructions and templates over one home."""

    def __init__(self, *, database: Database, collections: Collections, meaning: UnderstandsQuestions, must_write: Callable[[], None]) -> None:
        """`must_write` raises where this engine may only read."""
        self.pairs = Pairs(database)
        self.rules = RuleBook(database)
        self._collections = collections
        self._meaning = meaning
        self._must_write = must_write
        self._wordings: dict[str, Wording] = {}
        self._lock = threading.Lock()

    def handlers(self) -> Mapping[type, Handler]:
        """What does each kind of request."""
        return {
            m.ListPairs: lambda _r, _c: iter((m.Pairs(self.pairs.all()),)),
            m.KeepPair: self._keep_pair,
            m.ForgetPairs: self._forget_pairs,
            m.ImportPairs: self._import,
            m.ExportPairs: self._export,
            m.ListRules: lambda _r, _c: iter((self._listed_rules(),)),
            m.KeepRules: self._keep_rules,
        }

    # ---- a question --------------------------------------------------------------------------------------------------

    def own_answer(self, question: str, scopes: Sequence[Scope], language: str, cancellation: Cancellation) -> Answer | None:
        """The student's own answer to a question, asked of these parts of the library (none: of everything), if there is one.

        The same question goes before a like one, a collection that is asked before what holds everywhere, the later before the earlier.

        Raises:
            Stopped: cancelled.
        """
        if len(question) > LONGEST_QUESTION:
            return None
        asked = {scope.collection for scope in scopes if scope.collection is not None}
        pairs = [pair for pair in self.pairs.all() if pair.collection is None or not scopes or pair.collection in asked]
        found = self._matches(question, pairs, cancellation) if pairs else []
        if not found:
            return None
        order = ("exact", "near")
        found.sort(key=lambda each: (order.index(each[1].likeness), each[0].collection not in asked, -each[0].changed_at))
        pair, matched = found[0]
        others = {other.collection for other, its in found if other.answer != pair.answer and its.likeness == matched.likeness and other.collection is not None}
        return Answer(
            question=question,
            refused=False,
            answer=pair.answer,
            sentences=tuple(Sentence(pair.answer[start:end], "general") for start, end in split_into_sentences(pair.answer)),
            citations=(),
            passages=(),
            model=None,
            origin="pair",
            note=also_answered_note(language, sorted(name for name in others - {pair.collection} if name is not None)),
            pair=matched,
        )

    def for_scopes(self, scopes: Sequence[Scope]) -> Rules:
        """The rules for a question that is asked of these parts of the library: those of the one collection that holds them all, else the library's."""
        return self.rules.of(self._collection_of(scopes))

    def _collection_of(self, scopes: Sequence[Scope]) -> str | None:
        """The collection that is asked; where documents are asked, the only one with rules that they are all in."""
        if not scopes:
            return None
        with_rules = {rules.collection for rules in self.rules.all() if rules.collection is not None}
        if not with_rules:
            return None
        held = [{scope.collection} if scope.collection is not None else set(self._collections.of(scope.document)) for scope in scopes]
        common = set.intersection(*held) & with_rules
        return common.pop() if len(common) == 1 else None

    def _matches(self, question: str, pairs: Sequence[Pair], cancellation: Cancellation) -> list[tuple[Pair, MatchedPair]]:
        asked = read_wording(question)
        found: list[tuple[Pair, MatchedPair]] = []
        unsure: list[tuple[Pair, str]] = []
        for pair in pairs:
            likeness = {stored: alike(asked, self._wording(stored)) for stored in pair.questions}
            for wanted in ("exact", "near"):
                stored = next((each for each, how in likeness.items() if how == wanted), None)
                if stored is not None:
                    found.append((pair, MatchedPair(pair.pair, stored, wanted, pair.collection)))
                    break
            else:
                unsure += [(pair, stored) for stored, how in likeness.items() if how == "perhaps"]
        return found or self._by_meaning(question, unsure, cancellation)

    def _by_meaning(self, question: str, unsure: Sequence[tuple[Pair, str]], cancellation: Cancellation) -> list[tuple[Pair, MatchedPair]]:
        """Those of the stored questions that mean the same as far as the embedder can tell; the best one for each pair."""
        if not unsure or self._meaning.state == "missing":
            return []
        try:
            here = self._meaning.embed_question(question, cancellation=cancellation)
            alike_by = [
                (_cosine(here, self._meaning.embed_question(stored, cancellation=cancellation)), pair, stored) for pair, stored in unsure[:MOST_COMPARED]
            ]
        except Trouble:
            return []  # the books answer; `doctor` says what is wrong with the embedder
        sure = sorted((each for each in alike_by if each[0] >= MEANS_THE_SAME), key=lambda each: each[0])
        best = {pair.pair: (pair, MatchedPair(pair.pair, stored, "near", pair.collection)) for _, pair, stored in sure}
        return list(best.values())

    def _wording(self, stored: str) -> Wording:
        with self._lock:
            if stored not in self._wordings:
                if len(self._wordings) >= MOST_REMEMBERED:
                    self._wordings.clear()
                self._wordings[stored] = read_wording(stored)
            return self._wordings[stored]

    # ---- requests ----------------------------------------------------------------------------------------------------

    def _keep_pair(self, request: m.KeepPair, _cancellation: Cancellation) -> Iterator[Any]:
        self._must_write()
        kept = self.pairs.keep(request.pair)
        yield m.Pairs(self.pairs.all(), (kept,))

    def _forget_pairs(self, request: m.ForgetPairs, _cancellation: Cancellation) -> Iterator[Any]:
        self._must_write()
        self.pairs.forget(request.pairs)
        yield m.Pairs(self.pairs.all(), request.pairs)

    def _import(self, request: m.ImportPairs, _cancellation: Cancellation) -> Iterator[Any]:
        from engine.living.pair_files import read_pairs

        self._must_write()
        read = read_pairs(Path(request.path).expanduser().absolute())
        placed = [Pair(pair.pair, pair.questions, pair.answer, pair.collection or request.collection) for pair in read]
        added = self.pairs.take_in(placed)
        yield m.PairsImported(added, len(read) - added)

    def _export(self, request: m.ExportPairs, _cancellation: Cancellation) -> Iterator[Any]:
        from engine.living.pair_files import is_jsonl, written

        target = Path(request.path).expanduser().absolute()
        if target.exists() and not (request.overwrite and target.is_file()):
            raise Trouble("file-exists", f"{target} is there already.", "Choose another name.")
        pairs = [pair for pair in self.pairs.all() if request.collection in (None, pair.collection)]
        try:
            write_atomically(target, written(pairs, jsonl=is_jsonl(target)))
        except OSError as error:
            raise Trouble("unwritable", f"{target} can't be written: {error.strerror or error}.", "Choose another place.") from error
        yield m.PairsExported(str(target), len(pairs))

    def _keep_rules(self, request: m.KeepRules, _cancellation: Cancellation) -> Iterator[Any]:
        self._must_write()
        # Rules outlive their collection, and must be seen and cleared then, too; of any other that is not there it is an error.
        if request.rules.collection is not None and request.rules.collection not in {rules.collection for rules in self.rules.all()}:
            self._collections.members(request.rules.collection)
        self.rules.keep(request.rules)
        yield self._listed_rules()

    def _listed_rules(self) -> m.HouseRules:
        return m.HouseRules(self.rules.all(), BUILT_IN)


def _cosine(one: Embedded, other: Embedded) -> float:
    """Of two vectors of unit length."""
    here, there = (array.array("f", embedded.vectors) for embedded in (one, other))
    return float(sum(x * y for x, y in zip(here, there, strict=True)))

"""One question from the passages to the proven answer.

Sources are shown before the first word. Then the model writes, every sentence is checked against its passages, and what
was written is replaced by what was proven. Where the model can't write (missing, loading, weak, another language), the
passages answer in their own words, by the same way of proof.
"""

from __future__ import annotations

import contextlib
import functools
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Generator as Steps

import msgspec

from engine import messages as m
from engine.answering.assemble import Location, assemble_answer
from engine.answering.language import guess_language, is_in_other_script, knows
from engine.answering.phrases import NoModelReason, by_words_only_note
from engine.answering.prompt import Prompt, as_shown, compose_prompt
from engine.cancellation import Cancellation
from engine.finding.search import SearchResult
from engine.finding.surroundings import widen
from engine.generation.messages import ChatMessage, Generated, PromptBeingRead, TextWritten
from engine.generator import Generator
from engine.library.library import Library
from engine.living.house_rules import HouseRules
from engine.reading.places import place_within
from engine.searching import Searching
from engine.shelving import Shelving
from engine.surveying.surveyor import Surveyor
from engine.trouble import Trouble
from engine.values import Answer, ConversationId, DocumentId, ModelRow, Passage, Rules, Timings

PASSAGES = 8
"""How many passages stand behind an answer."""

PROMPT_TOKENS = 1200
"""Room for the passages in the prompt. A processor reads some hundred tokens a second, so more would be a long wait;
the passages come best first, and those that do not fit are left out from the end."""

SMALL_MODEL_PARAMETERS = 500_000_000
SMALL_MODEL_PASSAGES = 2
"""A model below half a billion parameters loses the question among many passages: SmolLM2-135M wrote a borne answer about
red-black trees from two passages and none from three or eight."""


class Asking:
    """Answers questions from one library."""

    def __init__(
        self,
        *,
        searching: Searching,
        library: Library,
        generator: Generator,
        shelving: Shelving,
        house_rules: HouseRules,
        last_cited: Callable[[ConversationId], DocumentId | None],
        patience_s: float,
    ) -> None:
        """`last_cited`: what a conversation spoke of; `patience_s`: how long a question waits for a model that is being loaded."""
        self._searching = searching
        self._library = library
        self._generator = generator
        self._shelving = shelving
        self._house_rules = house_rules
        self._patience_s = patience_s
        self._last_cited = last_cited
        self._surveyor = Surveyor(library=library, generator=generator, model_for=self._model_for_notes, locate=self.locate)
        self._loads: list[threading.Thread] = []

    def close(self) -> None:
        """Wait for a load that a question began; close the generator's child first, that ends it."""
        for thread in self._loads:
            thread.join()
        self._loads.clear()

    def ask(self, request: m.Ask, cancellation: Cancellation) -> Iterator[m.Happening | Answer]:
        """Happenings, then the answer.

        Raises:
            Trouble: the search or the generator failed.
            Stopped: cancelled.
        """
        language = guess_language(request.question)
        own = self._own_answer(request, request.question, language, cancellation)
        if own is not None:
            yield own
            return
        last = None if request.conversation is None else self._last_cited(request.conversation)
        long_answer = self._surveyor.plan(request.question, request.within, request.history, last)
        if long_answer is not None:
            yield from self._surveyor.answer(request, long_answer, cancellation)
            return
        question = self._searching.in_full(request.question, request.history)
        own = None if question == request.question else self._own_answer(request, question, language, cancellation)
        if own is not None:
            yield msgspec.structs.replace(own, question=request.question, searched_for=question)
            return
        for said in self._from_library(msgspec.structs.replace(request, question=question), language, cancellation):
            if question == request.question or not isinstance(said, Answer | m.PassagesFound):
                yield said
            elif isinstance(said, Answer):
                yield msgspec.structs.replace(said, question=request.question, searched_for=question)
            else:
                yield msgspec.structs.replace(said, searched_for=question)

    def _own_answer(self, request: m.Ask, question: str, language: str, cancellation: Cancellation) -> Answer | None:
        """What the student answered himself, unless the books are asked."""
        return self._house_rules.own_answer(question, request.within, language, cancellation) if request.own_answers else None

    def _from_library(self, request: m.Ask, language: str, cancellation: Cancellation) -> Iterator[m.Happening | Answer]:
        """The same for a question that names what it is about; `language` is that in which it was asked."""
        found = self._searching.passages(request.question, limit=PASSAGES, scopes=request.within, by="both", cancellation=cancellation)
        seen, total = self._searching.pages_seen()
        yield m.PassagesFound(found.passages, found.answerable, found.confidence, seen, total)
        cancellation.raise_if_cancelled()
        assemble = functools.partial(
            assemble_answer,
            question=request.question,
            passages=found.passages,
            answerable=found.answerable,
            locate=self.locate,
            language=language,
            mode=request.mode,
            scoped=bool(request.within),
            unread=self._searching.unread(request.within),
        )
        if not found.answerable and request.mode == "strict":
            refused = assemble(raw=None, timings=Timings(seconds_search=found.seconds))
            elsewhere = not found.passages or is_in_other_script(language, [passage.text for passage in found.passages])
            if refused.note is None and elsewhere and not self._searching.knows(language):
                refused = msgspec.structs.replace(refused, note=by_words_only_note(language))
            yield refused
            return
        model, reason = (yield from self._model_for(language, cancellation)) if request.with_model else (None, None)
        if model is not None and request.mode == "strict" and is_in_other_script(language, [passage.text for passage in found.passages[:3]]):
            model, reason = None, "script"
        if model is None:
            yield assemble(raw=None, why_no_model=reason or "missing", timings=Timings(seconds_search=found.seconds))
            return
        prompt = self._prompt(request.question, found, model, language, self._house_rules.for_scopes(request.within))
        written = yield from self._write(prompt.messages, request.max_tokens, cancellation)
        timings = Timings(
            seconds_search=found.seconds,
            seconds_to_first_token=written.seconds_to_first_token,
            tokens_prompt=written.tokens_prompt,
            tokens_prompt_reused=written.tokens_prompt_reused,
            tokens_answer=written.tokens_answer,
            tokens_per_second=written.tokens_per_second,
        )
        answer = assemble(raw=written.text, passages=as_shown(found.passages, prompt), model=model.name, timings=timings)
        # Where the model's words don't stand, the passages answer as they were found.
        yield answer if answer.origin == "model" else assemble(raw="", model=model.name, timings=timings)

    def _model_for(self, language: str, cancellation: Cancellation) -> Steps[m.Happening, None, tuple[ModelRow | None, NoModelReason | None]]:
        """The model that may answer now, or why none may."""
        model = self._shelving.chosen_generator()
        if model is None:
            return None, "missing"
        if not knows(model.languages, language):
            return None, "language"
        if not self._generator.is_ready_for(model):
            yield m.ModelLoading(model.name)
            if not self._load_within_patience(model, cancellation):
                return None, "loading" if self._generator.state == "loading" else "missing"
        return model, None

    def _model_for_notes(self, language: str, cancellation: Cancellation) -> Steps[m.Happening, None, tuple[ModelRow | None, NoModelReason | None]]:
        """The same for a long answer, for which a model that can only repeat sentences is of no use (None without a reason)."""
        model = self._shelving.chosen_generator()
        if model is not None and is_small(model):
            return None, None
        return (yield from self._model_for(language, cancellation))

    def _load_within_patience(self, model: ModelRow, cancellation: Cancellation) -> bool:
        """Load in a thread of its own, so that a question needn't wait longer than its patience."""
        ended = threading.Event()

        def load() -> None:
            try:
                with contextlib.suppress(Trouble):  # the generator keeps why; its state says "failed" from here on
                    self._generator.load(model)
            finally:
                ended.set()

        self._loads = [thread for thread in self._loads if thread.is_alive()]
        thread = threading.Thread(target=load, name="loading-model", daemon=True)
        self._loads.append(thread)
        thread.start()
        deadline = time.monotonic() + self._patience_s
        with cancellation.telling(ended.set):
            ended.wait(max(0.0, deadline - time.monotonic()))
        cancellation.raise_if_cancelled()
        return self._generator.is_ready_for(model)

    def _prompt(self, question: str, found: SearchResult, model: ModelRow, language: str, rules: Rules) -> Prompt:
        """What the model is told. Without evidence it is not shown what merely comes nearest."""
        small = is_small(model)
        passages = found.passages if found.answerable else ()
        shown = passages[:SMALL_MODEL_PASSAGES] if small else passages
        widened = functools.partial(widen, self._library, shown)
        return compose_prompt(question, shown, language=language, budget_tokens=PROMPT_TOKENS, count=self._count, quoting=small, rules=rules, widened=widened)

    def _write(self, prompt: Sequence[ChatMessage], max_tokens: int, cancellation: Cancellation) -> Steps[m.Happening, None, Generated]:
        """Stream what the model writes; returns its ending."""
        for report in self._generator.generate(prompt, max_tokens=max_tokens, cancellation=cancellation):
            if isinstance(report, PromptBeingRead):
                yield m.PassagesBeingRead(report.tokens_done, report.tokens_total)
            elif isinstance(report, TextWritten):
                yield m.Wrote(report.text)
            elif isinstance(report, Generated):
                return report
        raise AssertionError("the generator ended without an ending")

    def _count(self, text: str) -> int:
        return self._generator.count_tokens([text])[0]

    def locate(self, passage: Passage, start: int, end: int) -> Location:
        """Where the characters `[start, end)` of a passage stand: page, label and boxes, or the place in what has no pages."""
        first, last = passage.start + start, passage.start + end
        if passage.page is not None:
            return Location(passage.page, passage.page_label, self._library.boxes_of(passage.document, passage.sheet, first, last))
        page = self._library.page(passage.document, passage.sheet)
        return Location(None, None, (), place_within(page, first, last))


def is_small(model: ModelRow) -> bool:
    """Whether a model is so small that it should be shown a few passages only."""
    return model.parameters is not None and model.parameters < SMALL_MODEL_PARAMETERS

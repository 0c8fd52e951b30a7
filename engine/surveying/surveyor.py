"""Long answers from one library: read section by section, noted, proven, put together; stopped at any step, and nothing read twice.

The notes of every section are kept in the library as soon as they are made, so that a survey that was stopped goes on where it was, and
one that is asked again, or of a chapter after the book, reads nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Generator as Steps
from dataclasses import dataclass

import msgspec

from engine import messages as m
from engine.answering.assemble import Locate
from engine.answering.language import guess_language
from engine.answering.phrases import NoModelReason
from engine.cancellation import Cancellation
from engine.generation.messages import Generated
from engine.generator import Generator
from engine.library.library import Library
from engine.library.surveys import Surveys
from engine.surveying import phrases, reducing, writing
from engine.surveying.collecting import collect
from engine.surveying.material import Material, Unit, gather
from engine.surveying.notes import Note, Noted, decode, encode, say_the_same
from engine.surveying.outline import Outline, make_outline
from engine.surveying.planning import Known, Plan, Unclear, make_plan, make_plan_of_reply
from engine.surveying.summing_up import NOTES, sum_up
from engine.surveying.wanted import recognise
from engine.values import Answer, Document, DocumentId, ModelRow, Passage, Scope, Timings

RECIPE = 1
"""Changes with the way notes are made: those made by an earlier one are made anew."""
MOST_LEFT_OUT = 20
"""Unproven sentences of the model that an answer lists."""

ModelFor = Callable[[str, Cancellation], Steps[m.Happening, None, tuple[ModelRow | None, NoModelReason | None]]]
"""Which model may write in a language now, or why none may; says when one is being loaded.

Without a reason the model that there is can only repeat sentences: for such a one they are chosen without it.
"""


@dataclass
class _Progress:
    """What a survey has so far."""

    rows: list[reducing.Row]
    left_out: list[str]
    tokens: int = 0


class Surveyor:
    """Recognises questions that want a long answer, and gives it."""

    def __init__(self, *, library: Library, generator: Generator, model_for: ModelFor, locate: Locate) -> None:
        """`model_for` finds what writes the notes, `locate` where a quotation stands on its page."""
        self._library = library
        self._surveys = Surveys(library.database)
        self._generator = generator
        self._model_for = model_for
        self._locate = locate

    def plan(self, question: str, scopes: Sequence[Scope], history: Sequence[str] = (), last: DocumentId | None = None) -> Plan | Unclear | None:
        """How a long answer would be made; None for an ordinary question.

        A question that names no book goes on with that of the earlier questions in `history`, or with `last`, which the conversation's last
        answer cited.

        Raises:
            Trouble: a scope is not there.
        """
        wanted = recognise(question)
        asked_back = recognise(history[-1]) if wanted is None and history else None
        if wanted is None and (asked_back is None or asked_back.book or asked_back.named):
            return None
        known = Known(
            documents=self._library.documents(),
            outline=self._outline,
            titles=lambda document: make_outline(self._library.sections(document), {}),
            opening=self._opening,
            chunks=lambda document: self._library.chunk_ids(self._library.within([Scope(document)])),
        )
        if wanted is None:
            assert asked_back is not None
            before = self._before(history[:-1], known, scopes, last)
            return make_plan_of_reply(question, asked_back, known, scopes, before, guess_language(f"{history[-1]} {question}"))
        return make_plan(wanted, known, scopes, self._before(history, known, scopes, last), guess_language(question))

    def answer(self, request: m.Ask, plan: Plan | Unclear, cancellation: Cancellation) -> Iterator[m.Happening | Answer]:
        """Happenings, then the answer: the lines as they are found, section by section.

        Raises:
            Trouble: the document was removed meanwhile, or the generator failed.
            Stopped: cancelled; finished sections stay in the cache.
        """
        question, language = request.question, guess_language(request.question)
        if isinstance(plan, Unclear):
            yield _refusal(question, plan.sentence)
            return
        began = time.monotonic()
        model, why = (yield from self._model(plan, cancellation)) if request.with_model else (None, "missing")
        progress = _Progress([], [])
        total = len(plan.units)
        for done, unit in enumerate(plan.units):
            cancellation.raise_if_cancelled()
            yield m.SurveyProgressed(done, total, unit.heading or unit.above, plan.document.title)
            noted = self._noted(plan, unit, model, request.max_tokens, cancellation, progress)
            added = reducing.choose(noted.notes, progress.rows, unit, plan.outline, kind=plan.wanted.kind, lines=plan.lines)
            if added:
                yield m.Wrote(reducing.as_text(plan.heading, added, progress.rows) + "\n")
            progress.rows += added
            progress.left_out += noted.unproven
            if len(progress.rows) >= reducing.MOST_LINES:
                break
        if not progress.rows:
            yield _refusal(question, phrases.nothing_found(language, plan.wanted, plan.heading))
            return
        yield self._assembled(question, plan, progress, model, why, language, time.monotonic() - began)

    def _assembled(
        self, question: str, plan: Plan, progress: _Progress, model: ModelRow | None, why: phrases.WhyQuoted, language: str, seconds: float
    ) -> Answer:
        rows = progress.rows[: reducing.MOST_LINES]
        written = any(row.notes[0].written for row in rows)
        answer = reducing.assemble(
            question,
            plan.heading,
            rows,
            self._passages(plan.document, rows),
            self._locate,
            left_out=progress.left_out[:MOST_LEFT_OUT],
            model=None if model is None else model.name,
            note=_note(plan, None if written else why, language),
        )
        return msgspec.structs.replace(answer, timings=Timings(seconds_search=round(seconds, 3), tokens_answer=progress.tokens))

    # ---- one unit --------------------------------------------------------------------------------------------------

    def _noted(self, plan: Plan, unit: Unit, model: ModelRow | None, max_tokens: int, cancellation: Cancellation, progress: _Progress) -> Noted:
        """The notes of a unit, from the cache or made now."""
        recipe = _recipe(plan, model)
        document = plan.document.document
        stored = self._surveys.find(document, unit.key, recipe)
        kept = None if stored is None else decode(stored)
        if kept is not None:
            return kept
        material = gather(self._library, plan.document, unit)
        wanted = plan.wanted
        quoted = sum_up(material) if wanted.kind == "summary" else collect(material, wanted.kind, timed=wanted.timed, about=wanted.about)
        noted = Noted(quoted)
        if model is not None and quoted:
            noted = self._written(plan, material, quoted, max_tokens, cancellation, progress)
        if plan.document.state == "ready":  # what is still being read may get more chunks
            self._surveys.store(document, unit.key, recipe, encode(noted))
        return noted

    def _written(self, plan: Plan, material: Material, quoted: tuple[Note, ...], max_tokens: int, cancellation: Cancellation, progress: _Progress) -> Noted:
        """What the model puts into words and the unit bears, and the quotations that say something else."""
        kind = plan.wanted.kind
        written: list[Note] = []
        unproven: list[str] = []
        language = guess_language(material.passages[0].text)
        sections = {passage.chunk: note.section for passage in material.passages for note in quoted if note.chunk == passage.chunk}
        for window in writing.windows(material, quoted, kind, lambda text: self._generator.count_tokens([text])[0]):
            cancellation.raise_if_cancelled()
            prompt = writing.compose(window, kind=kind, title=material.unit.title or plan.document.title, language=language, lines=NOTES // 2)
            for report in self._generator.generate(prompt, max_tokens=max_tokens, cancellation=cancellation):
                if isinstance(report, Generated):
                    progress.tokens += report.tokens_answer
                    proven, rest = writing.prove(report.text, window)
                    written += (msgspec.structs.replace(note, section=sections.get(note.chunk)) for note in proven)
                    unproven += rest
        notes: list[Note] = []
        for note in (*written, *quoted):
            if not any(say_the_same(note, other) for other in notes):
                notes.append(note)
        return Noted(tuple(notes), tuple(unproven))

    def _model(self, plan: Plan, cancellation: Cancellation) -> Steps[m.Happening, None, tuple[ModelRow | None, phrases.WhyQuoted]]:
        """The model that writes notes of this document, or why none does."""
        language = guess_language(f"{plan.document.title} {self._opening(plan.document)[:2000]}")
        model, reason = yield from self._model_for(language, cancellation)
        return (None, reason or "small") if model is None else (model, "weak")

    def _before(self, history: Sequence[str], known: Known, scopes: Sequence[Scope], last: DocumentId | None) -> DocumentId | None:
        """The document that the latest long answer of `history` was about, else `last`."""
        for position in range(len(history) - 1, -1, -1):
            earlier = recognise(history[position])
            if earlier is not None:
                plan = make_plan(earlier, known, scopes, None, "en")
            elif position and (asked_back := recognise(history[position - 1])) is not None:
                plan = make_plan_of_reply(history[position], asked_back, known, scopes, None, "en")
            else:
                continue
            if isinstance(plan, Plan):
                return plan.document.document
        return last

    # ---- what the library knows -----------------------------------------------------------------------------------

    def _outline(self, document: DocumentId) -> Outline:
        """The document's sections with the labels that its pages print."""
        sections = self._library.sections(document)
        headings: dict[int, tuple[str, ...]] = {}
        read = self._library.pages_stored(document)
        for section in sections:
            if section.first_page not in headings and 1 <= section.first_page <= read:
                page = self._library.page(document, section.first_page)
                headings[section.first_page] = tuple(page.text[block.start : block.end] for block in page.blocks if block.kind == "heading")
        return make_outline(sections, headings)

    def _opening(self, document: Document) -> str:
        """The text of the first pages: there stands who wrote it."""
        pages = range(1, min(3, self._library.pages_stored(document.document)) + 1)
        return "\n".join(self._library.page(document.document, number).text[:3000] for number in pages)

    def _passages(self, document: Document, rows: Sequence[reducing.Row]) -> tuple[Passage, ...]:
        """The passages that the rows cite, in the order of the book, with their boxes."""
        unit = Unit("", "", "", chunks=tuple(dict.fromkeys(note.chunk for row in rows for note in row.notes)))
        passages = gather(self._library, document, unit).passages
        located = ((passage, self._locate(passage, 0, len(passage.text))) for passage in passages)
        return tuple(msgspec.structs.replace(passage, boxes=found.boxes, place=found.place) for passage, found in located)


def _recipe(plan: Plan, model: ModelRow | None) -> str:
    """Names the way in which notes are made. The question's language changes nothing: notes are in the document's."""
    wanted = plan.wanted
    parts = [str(RECIPE), wanted.kind, "timed" if wanted.timed else "", wanted.about, "" if model is None else model.sha256[:16]]
    return "/".join(parts)


def _note(plan: Plan, why: phrases.WhyQuoted | None, language: str) -> str | None:
    """What is to be said beside the answer: why it is quoted, and that a list may lack some."""
    sentences = [] if why is None else [phrases.quoted_note(why, language)]
    if plan.wanted.kind != "summary":
        sentences.append(phrases.may_lack(language))
    return (" " if language != "zh" else "").join(sentences) or None


def _refusal(question: str, sentence: str) -> Answer:
    return Answer(question=question, refused=True, answer=sentence, sentences=(), citations=(), passages=(), model=None, origin="none", layout="outline")

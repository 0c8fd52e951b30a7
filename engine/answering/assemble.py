"""From a question, its passages and what the model wrote (or nothing) to an answer in which every claim has its proof.

The same proof serves both ways: for the sentences of the model, and for the verbatim sentences that stand in where the
model is missing, still loading, weak or doesn't know the language. What nothing proves is left out in strict mode.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from engine.answering.extract import OPENING_WORDS, SHORT_WORDS, best_sentences, defines
from engine.answering.phrases import NoModelReason, note_for, refusal, small_talk_reply, unread_note
from engine.answering.proof import LEAST_WORDS, LONGEST_QUOTE, Prover, says_something
from engine.answering.questions import take_apart
from engine.answering.sentences import Span, split_into_sentences
from engine.answering.terms import content_terms
from engine.answering.written import clean, unfinished, without
from engine.finding.small_talk import is_small_talk, kind_of
from engine.values import Answer, Box, Citation, Passage, Place, Sentence, Timings

Mode = Literal["strict", "open"]

LEAST_SUPPORTED = 0.5
"""A model of whose sentences a smaller share is supported counts as weak, and so does one that is beside the point; quotations replace its text."""

STRONG_DEFINITION = 0.75
"""From here on a sentence of a passage is a plain definition ("A stack is …"), which an answer must not do without."""


_NOTE_MARK = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]\s+\Z")
"""What stands before the first sentence of a footnote, as the reader writes it."""

FIRST_CJK = "\u2e80"
"""From this character on, scripts have no spaces, and counting words says nothing."""

Quoted = tuple[int, int, int]
"""A stretch of a passage: its index, first character, and the one after its last."""


class Location(msgspec.Struct, frozen=True):
    """Where a stretch of a passage stands in its document."""

    page: int | None
    page_label: str | None
    boxes: tuple[Box, ...]
    place: Place | None = None


Locate = Callable[[Passage, int, int], Location]
"""`locate(passage, start, end)`: where `passage.text[start:end]` stands. The library knows."""


class _Citations:
    """Numbers the distinct quotes of one answer from 1 in the order in which they are first needed."""

    def __init__(self, passages: Sequence[Passage], locate: Locate) -> None:
        self._passages = passages
        self._locate = locate
        self._numbers: dict[tuple[str, str, int | None], int] = {}
        self.made: list[Citation] = []

    def cite(self, index: int, start: int, end: int) -> int:
        """The number of the citation for `passages[index].text[start:end]`, with its next sentence where it is very short."""
        passage = self._passages[index]
        start, end = with_context(passage.text, start, end)
        quote = passage.text[start:end]
        key = (passage.document, quote, passage.page)
        if key not in self._numbers:
            found = self._locate(passage, start, end)
            self._numbers[key] = number = len(self.made) + 1
            self.made.append(
                Citation(
                    number=number,
                    document=passage.document,
                    path=passage.path,
                    title=passage.title,
                    page=found.page,
                    page_label=found.page_label,
                    quote=quote,
                    boxes=found.boxes,
                    place=found.place,
                )
            )
        return self._numbers[key]


def assemble_answer(
    *,
    question: str,
    passages: Sequence[Passage],
    answerable: bool,
    raw: str | None,
    locate: Locate,
    language: str,
    mode: Mode = "strict",
    model: str | None = None,
    why_no_model: NoModelReason = "missing",
    timings: Timings | None = None,
    scoped: bool = False,
    unread: int = 0,
) -> Answer:
    """The answer to `question`.

    `raw` is what the model wrote; None when it wrote nothing, and `why_no_model` says why. Without evidence
    (`answerable` False) strict mode refuses and open mode lets the model speak, marked as `general`.
    `scoped` says that only a part of the library was asked: a refusal then speaks of that part. `unread` documents could not
    be searched yet: a refusal says so.
    """
    made = None
    if answerable or (mode == "open" and raw):
        made = _from_model(question, passages, raw, locate, mode, model) if raw and raw.strip() else None
        if made is None and answerable:
            reason: NoModelReason = "weak" if raw is not None else why_no_model
            made = _from_passages(question, passages, locate, note_for(reason, language))
    if made is None:
        made = _refused(question, passages, language, scoped, unread)
    return msgspec.structs.replace(made, timings=timings or Timings())


def _from_model(question: str, passages: Sequence[Passage], raw: str, locate: Locate, mode: Mode, model: str | None) -> Answer | None:
    """The model's text, sentence by sentence; None when too little of it is supported (never in open mode)."""
    text = clean(raw)
    spans = split_into_sentences(text)
    if len(spans) > 1 and unfinished(text, spans[-1]):
        text, spans = text[: spans[-1][0]].rstrip(), spans[:-1]
    prover, citations = Prover(passages), _Citations(passages, locate)
    sentences: list[Sentence] = []
    left_out: list[Span] = []
    supported = stated = 0
    for start, end in spans:
        sentence = text[start:end]
        proof = prover.prove(sentence, question=question)
        states = proof is not None or _is_statement(sentence)
        stated += states
        if proof is not None:
            supported += 1
            number = citations.cite(proof.passage, proof.start, proof.end)
            if any(number in other.citations and _says_the_same(sentence, other.text) for other in sentences):
                left_out.append((start, end))
                continue
            sentences.append(Sentence(sentence, "supported", (number,)))
        elif mode == "open":
            sentences.append(Sentence(sentence, "general"))
        else:
            left_out.append((start, end))
            if states:
                sentences.append(Sentence(sentence, "unsupported"))
    if mode == "strict" and (supported < LEAST_SUPPORTED * stated or not _is_about(question, sentences, passages)):
        return None
    answer = text.strip() if mode == "open" else without(text, left_out)
    if not answer or not sentences:
        return None
    return Answer(
        question=question,
        refused=False,
        answer=answer,
        sentences=tuple(sentences),
        citations=tuple(citations.made),
        passages=tuple(passages),
        model=model,
        origin="model",
    )


def _says_the_same(one: str, other: str) -> bool:
    """Two sentences with nearly the same content: small models say things twice."""
    terms = set(content_terms(one)), set(content_terms(other))
    return len(terms[0] & terms[1]) >= 0.75 * len(terms[0] | terms[1])


def _is_about(question: str, sentences: Sequence[Sentence], passages: Sequence[Passage]) -> bool:
    """Whether what is supported speaks of half of what was asked at least, and defines it where a passage does.

    Copied sentences may be true and beside the point.
    """
    supported = [sentence.text for sentence in sentences if sentence.status == "supported"]
    said = {term for text in supported for term in content_terms(text)}
    asked = take_apart(question).terms
    if not said or 2 * len(asked & said) < len(asked):
        return False
    best = [passages[index].text[start:end] for index, start, end in best_sentences(question, passages, limit=1)]
    a_passage_defines_it = any(defines(question, text) >= STRONG_DEFINITION for text in best)
    return not a_passage_defines_it or any(defines(question, text) > 0.0 for text in supported)


def _is_statement(sentence: str) -> bool:
    """Headings, lead-ins and questions state nothing: they count neither for nor against the model."""
    return says_something(sentence) and not (len(sentence.split()) <= 6 and not sentence.rstrip("*_ ").endswith((".", "!", "。", "！", "```")))


def _from_passages(question: str, passages: Sequence[Passage], locate: Locate, note: str) -> Answer | None:
    """The best verbatim sentences as the answer, each proven like any other; None when there are none."""
    citations = _Citations(passages, locate)
    sentences: list[Sentence] = []
    paragraphs: list[str] = []
    for run in _runs(best_sentences(question, passages), passages):
        index, start, end = run[0][0], run[0][1], run[-1][2]
        number = citations.cite(index, start, end)
        shown = [_readable(passages[index].text[first:last]) for _, first, last in run]
        sentences += [Sentence(text, "supported", (number,)) for text in shown]
        paragraphs.append(functools.reduce(lambda before, text: before + ("" if text[:1] > "\u3000" else " ") + text, shown))
    if not sentences:
        return None
    return Answer(
        question=question,
        refused=False,
        answer="\n\n".join(paragraphs),
        sentences=tuple(sentences),
        citations=tuple(citations.made),
        passages=tuple(passages),
        model=None,
        origin="passages",
        note=note,
    )


def with_context(text: str, start: int, end: int) -> Span:
    """A short quotation takes the next sentence of its paragraph along, above all one that opens a footnote.

    "The root is black." alone says little to a reader; and in a PDF's own text a footnote's mark hangs on its first word, so
    that a short quotation is hard to find again on the page for others.
    """
    quote = text[start:end]
    opens_note = _NOTE_MARK.search(text, max(0, start - 8), start) is not None
    if len(quote.split()) >= (OPENING_WORDS if opens_note else SHORT_WORDS) or max(quote, default="") >= FIRST_CJK:
        return start, end
    following = [span for span in split_into_sentences(text) if span[0] >= end]
    if not following or "\n\n" in text[end : following[0][0]] or following[0][1] - start > LONGEST_QUOTE:
        return start, end
    return start, following[0][1]


def _runs(spans: Sequence[Quoted], passages: Sequence[Passage]) -> list[list[Quoted]]:
    """Sentences that follow each other in a passage belong to one quotation; those of fewer than four words can't stand alone."""
    runs: list[list[Quoted]] = []
    for index, start, end in spans:
        text = passages[index].text
        previous = runs[-1][-1] if runs else None
        if previous is not None and previous[0] == index and not text[previous[2] : start].strip() and end - runs[-1][0][1] <= LONGEST_QUOTE:
            runs[-1].append((index, start, end))
        else:
            runs.append([(index, start, end)])
    return [run for run in runs if _long_enough(passages[run[0][0]].text[run[0][1] : run[-1][2]])]


def _long_enough(quote: str) -> bool:
    return len(re.findall(r"\w+", quote)) >= LEAST_WORDS or max(quote, default="") >= FIRST_CJK


def _readable(quote: str) -> str:
    """A quotation as running text: line breaks become spaces, points stay apart, and the book's own reference numbers ([12]) are left out."""
    quote = re.sub(r"\n[ \t]*(?:[•▪◦‣–*+-]|\d{1,2}[.)])[ \t]+", " • ", re.sub(r"\[\^[^\]\s]+\]", "", quote))
    without_references = re.sub(r"\s+\[\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\](?=[\s.,;:)]|$)", "", quote)
    return re.sub(r"\s+", " ", without_references).strip()


def _refused(question: str, passages: Sequence[Passage], language: str, scoped: bool, unread: int) -> Answer:
    if is_small_talk(question):
        reply = small_talk_reply(language, kind_of(question))
        return Answer(question=question, refused=True, answer=reply, sentences=(), citations=(), passages=(), model=None, origin="greeting")
    return Answer(
        question=question,
        refused=True,
        answer=refusal(language, nearest=passages[0] if passages else None, scoped=scoped),
        sentences=(),
        citations=(),
        passages=tuple(passages),
        model=None,
        origin="none",
        note=unread_note(language, unread),
    )

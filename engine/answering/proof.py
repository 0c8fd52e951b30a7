"""Which passage bears a sentence, and with which of its words.

A sentence is proven by one verbatim span of one passage: a sentence of it, or two that follow each other. The span has to
hold at least three quarters of the sentence's content (by weight), every number, name and identifier, and nothing in it
may speak against the sentence (`engine.answering.contradictions`). Better to leave a true sentence unproven than
to prove a false one.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from engine.answering import terms
from engine.answering.chinese import is_chinese, prove_chinese
from engine.answering.contradictions import contradicts
from engine.answering.qualifications import overstates
from engine.answering.rewordings import passives, rewordings
from engine.answering.sentences import looks_like_code, split_into_sentences
from engine.answering.vocabulary import listed
from engine.answering.wording import begins_with_verb, concepts, key_of, opening_subject, plain_wording, row_of
from engine.values import Passage

LEAST_COVERAGE = 0.8
"""Share of a sentence's weighted content terms that the quoted span must hold."""
LEAST_PREFIXES = 0.6
"""Share of its words of more than three letters (by their first six) that the span must hold: a second opinion without stop words."""
SPOKEN_OF = 0.8
"""A sentence of the passage that holds this share of the content is what was repeated; where it says something else, no pair of sentences helps."""
LEAST_WORDS = 4
"""A quote has at least so many words."""
LONGEST_QUOTE = 900
"""Characters; more than that is a table or a broken page, not a sentence."""

_META = frozenset(
    terms.stem(word)
    for word in listed(
        """
        answer answers question passage passages text texts source sources book based provided given context information following summary here
        document documents library according mentioned described explained explanation example note overview
        """
    )
)
_VAGUE = frozenset(key_of(word) for word in listed("same certain given particular other various such"))
"""Words that a subject may have beside what it is about."""
_LIGHT = frozenset(
    key_of(word)
    for word in listed(
        """
        use using happen need get become make take give keep stay call know change perform work run cause lead way case thing kind
        lie fit suffice number say tell
        """
    )
)
"""Words that a sentence may have of its own: they say how it is put, not what is claimed."""
_PRONOUN_SUBJECT = re.compile(r"((?:(?:In|With|For|On|At|By) [^,]{3,30}?,? )?)(?:it|they)\s(?!is\b.{0,40}\bthat\b)", re.IGNORECASE)
_CUT = re.compile(r",?\s+(?:and|but|whereas|while|because|since)\s+|[;；，]")
"""Where a sentence may fall into two statements."""
_GENUS = re.compile(r"\b(?:is|are|was|were)\s+(?:\w+ly\s+|also\s+|often\s+)?(?:an?|the|any)\b")
"""Up to where a definition names the kind of thing."""


@dataclass(frozen=True)
class Proof:
    """`passages[passage].text[start:end]` bears the sentence; `coverage` is the share of its content found there (0…1)."""

    passage: int
    start: int
    end: int
    coverage: float


@dataclass(frozen=True)
class _Span:
    passage: int
    start: int
    end: int
    text: str
    sentences: int
    terms: frozenset[str]
    everything: frozenset[str]
    prefixes: frozenset[str]
    plain: str
    second: str = ""
    code: bool = False
    """Code proves code, but no prose about it."""
    resolved: bool = False
    """Its pronoun was replaced by what it seems to stand for."""

    def adds_up(self, held: Set[str], subject: Set[str]) -> bool:
        """A pair of sentences proves only what both are needed for, and what is about something that one of them names."""
        if self.sentences == 1:
            return True
        first, second = set(concepts(self.text[: len(self.text) - len(self.second)])), set(concepts(self.second))
        if held <= first or held <= second:
            return False
        return subject <= first | second


class Prover:
    """Holds the spans of some passages ready, so that many sentences can be proven against them."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._spans = [span for index, passage in enumerate(passages) for span in _spans_of(index, passage.text)]
        self._known: list[frozenset[str]] = [frozenset[str]().union(*(span.terms for span in self._spans if span.passage == i)) for i in range(len(passages))]
        self._in_spans = Counter(term for span in self._spans if span.sentences == 1 for term in span.terms)
        self._singles = max(1, sum(span.sentences == 1 for span in self._spans))

    def prove(self, sentence: str, *, question: str = "") -> Proof | None:
        """The best proof of `sentence`, or None. A sentence that only restates `question` is never proven."""
        said = plain_prose(sentence)
        if not says_something(said, question=question):
            return None
        whole = _squeeze(said)
        for span in self._spans:
            if span.plain == whole:
                return Proof(span.passage, span.start, span.end, 1.0)
        if looks_like_code(sentence.strip("`\n ")) or sentence.lstrip().startswith("```"):
            return self._prove_code(sentence)
        if is_chinese(said):
            return self._prove_chinese(said)
        return self._prove_prose(said, sentence) or self._prove_in_parts(said) or self._prove_in_any_order(said, sentence)

    def _prove_in_any_order(self, said: str, sentence: str = "") -> Proof | None:
        """By a sentence or two as it stands, else by one sentence with its words in another order."""
        if proof := self._prove_prose(said, sentence or said):
            return proof
        reworded = (self._prove_prose(other, sentence or said, longest=1) for other in rewordings(said))
        return next((proof for proof in reworded if proof), None)

    def _prove_prose(self, said: str, sentence: str, *, longest: int = 2) -> Proof | None:
        """By one sentence of a passage, or by two that follow each other."""
        content = concepts(said)
        weights = {term: self._weight(term) for term in content}
        total = sum(weights.values())
        prefixes, subjects = terms.long_word_prefixes(said), _subjects(said)
        turned = passives(sentence) - passives(said)
        candidates = []
        for span in self._spans:
            held = weights.keys() & span.terms
            coverage = sum(weights[term] for term in held) / total
            if (
                span.code
                or span.sentences > longest
                or turned & passives(span.text)
                or coverage < LEAST_COVERAGE
                or len(prefixes & span.prefixes) < LEAST_PREFIXES * len(prefixes)
            ):
                continue
            if weights.keys() - span.terms - _LIGHT - self._known[span.passage]:
                continue  # a word that the whole passage does not have
            if _names(subjects, span.terms) and span.adds_up(held, subjects[0]) and not _invents(said, content, span.terms):
                candidates.append((span.sentences, -coverage, span.end - span.start, span))
        nearest = _nearest(content, self._spans) if longest > 1 else None
        if nearest and sum(weights[term] for term in weights.keys() & nearest.terms) >= SPOKEN_OF * total and contradicts(said, nearest.text):
            return None
        for _, coverage, _, span in sorted(candidates, key=lambda candidate: candidate[:3]):
            if _holds_particulars(said, sentence, span) and contradicts(said, span.text) is None and not overstates(said, span.text):
                return Proof(span.passage, span.start, span.end, round(-coverage, 3))
        return None

    def _prove_in_parts(self, said: str) -> Proof | None:
        """A sentence of two statements, each proven by a sentence of its own; the two stand close together in one passage."""
        for cut in _CUT.finditer(said):
            parts = said[: cut.start()].strip(" ,"), said[cut.end() :].strip()
            if going_on := opening_subject(parts[0]) if cut[0].strip(" ,") in ("and", "but") and begins_with_verb(parts[1]) else "":
                parts = parts[0], f"{going_on} {parts[1]}"
            if any(len(concepts(part)) < 3 or not row_of(part).subjects[0] for part in parts):
                continue
            one = self._prove_in_any_order(parts[0])
            other = self._prove_in_any_order(parts[1]) if one else None
            if one and other and one.passage == other.passage and one != other:
                start, end = min(one.start, other.start), max(one.end, other.end)
                source = self._passages[one.passage].text[start:end]
                if end - start <= LONGEST_QUOTE and "\n\n" not in source and not overstates(said, source):
                    return Proof(one.passage, start, end, min(one.coverage, other.coverage))
        return None

    def _weight(self, term: str) -> float:
        """Rare terms weigh more than frequent ones, terms that no passage holds most."""
        return 1.0 + math.log((1 + self._singles) / (1 + self._in_spans[term])) / 2

    def _prove_chinese(self, said: str) -> Proof | None:
        """By the clauses of one passage (`engine.answering.chinese`)."""
        found = ((index, prove_chinese(said, passage.text)) for index, passage in enumerate(self._passages))
        return next((Proof(index, *span, 1.0) for index, span in found if span), None)

    def _prove_code(self, code: str) -> Proof | None:
        """Code is proven only where it stands letter for letter, white space aside."""
        body = re.sub(r"^\s*(?:```|~~~)[^\n]*\n|(?:```|~~~)\s*$", "", code)
        wanted = re.sub(r"\s+", "", body)
        if len(wanted) < 12:
            return None
        for span in self._spans:
            if wanted in re.sub(r"\s+", "", span.text):
                return Proof(span.passage, span.start, span.end, 1.0)
        return None


def prove(sentence: str, passages: Sequence[Passage], *, question: str = "") -> Proof | None:
    """Which passage and which verbatim span of it bears `sentence`; None where none truly does. For one sentence only."""
    return Prover(passages).prove(sentence, question=question)


def plain_prose(sentence: str) -> str:
    """The sentence without Markdown emphasis and link syntax; code spans keep their backticks."""
    without_links = re.sub(r"!?\[([^\]]+)\]\([^)\s]*\)", r"\1", sentence)
    return re.sub(r"\*\*|__(?=\w)|(?<=\w)__|(?<![\w*])\*(?=\w)|(?<=[\w.,)])\*(?![\w*])", "", without_links).strip()


def says_something(sentence: str, *, question: str = "") -> bool:
    """Whether a sentence states anything: not a question, not a mere lead-in, not the question said again."""
    stripped = sentence.strip().rstrip("\"'”’)*_ ")
    if stripped.endswith(("?", "？")):
        return False
    content = set(terms.content_terms(sentence)) - _META
    if len(content) < 2 or not _long_enough(sentence):
        return False
    asked = set(terms.content_terms(question))
    particulars = terms.numbers(sentence) | terms.counted(sentence) | terms.orders_of_growth(sentence)
    return not (asked and content <= asked and not particulars - terms.numbers(question))


def _subjects(sentence: str) -> list[frozenset[str]]:
    """The concepts of what each statement of the sentence is about: what stands before its first verb, else the first one.

    "A stack removes what was added first" shares everything but its subject with a true sentence on queues.
    """
    found = [subject - _VAGUE for subject in row_of(sentence).subjects]
    return [subject for subject in found if subject] or [frozenset(concepts(sentence)[:1])]


def _names(subjects: Sequence[Set[str]], known: Set[str]) -> bool:
    """Whether each subject is known, but for one word of three or more."""
    return all(len(subject - known) <= (len(subject) > 2) for subject in subjects)


def _nearest(content: Sequence[str], spans: Sequence[_Span]) -> _Span | None:
    """The single sentence that holds most of the content in the same order, two words at a time; among equals the shortest."""
    wanted = set(pairwise(content))
    shared = [(len(wanted & set(pairwise(concepts(span.text)))), span) for span in spans if span.sentences == 1 and not span.code and not span.resolved]
    most, nearest = max(shared, key=lambda one: (one[0], -len(one[1].text)), default=(0, None))
    return nearest if most else None


def _invents(sentence: str, content: Sequence[str], known: frozenset[str]) -> bool:
    """Whether the sentence says what a thing *is* in other words than the span, or has two unknown content words in a row.

    "A circular buffer is a collection of arrays that supports …" copies all but the claim that matters.
    """
    if any(one not in known and other not in known and one.isascii() for one, other in pairwise(content)):
        return True
    genus = _GENUS.search(sentence)
    kind = concepts(sentence[genus.end() :])[:1] if genus else ()
    return bool(kind) and kind[0] not in known


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" \"“”'").casefold()


def _spans_of(index: int, text: str) -> list[_Span]:
    """Single sentences, and pairs of prose sentences that follow each other in one block."""
    units = [(start, end) for start, end in split_into_sentences(text) if end - start <= LONGEST_QUOTE and _is_body(text[start:end])]
    singles = [_span(index, text, start, end) for start, end in units]
    spans = [single for single in singles if _long_enough(single.text)]
    spans += [_resolved(single, subject) for single, subject in _pointing_back(text, singles)]
    for one, other in pairwise(singles):
        gap = text[one.end : other.start]
        if not gap.strip() and "\n\n" not in gap and other.end - one.start <= LONGEST_QUOTE and _long_enough(text[one.start : other.end]):
            spans.append(_pair(text, one, other))
    return spans


def _pointing_back(text: str, singles: Sequence[_Span]) -> Iterator[tuple[_Span, str]]:
    """Sentences whose subject is a pronoun, each with what the sentences before it in the same paragraph are about."""
    subject, end = "", 0
    for single in singles:
        if "\n\n" in text[end : single.start]:
            subject = ""
        end = single.end
        if _PRONOUN_SUBJECT.match(single.text):
            if subject:
                yield single, subject
        else:
            subject = opening_subject(single.text)


def _resolved(single: _Span, subject: str) -> _Span:
    """The sentence with its subject named, for the pronoun it has."""
    text = _PRONOUN_SUBJECT.sub(lambda match: f"{match[1]}{subject} ", single.text, count=1)
    named = _span(single.passage, text, 0, len(text))
    return replace(named, start=single.start, end=single.end, plain=single.plain, resolved=True)


def _span(index: int, text: str, start: int, end: int) -> _Span:
    quote = text[start:end]
    return _Span(
        passage=index,
        start=start,
        end=end,
        text=quote,
        sentences=1,
        terms=frozenset(concepts(quote)),
        everything=frozenset(terms.words(quote)),
        prefixes=frozenset(terms.long_word_prefixes(quote)),
        plain=_squeeze(quote),
        code=looks_like_code(quote),
    )


def _pair(text: str, one: _Span, other: _Span) -> _Span:
    return _Span(
        passage=one.passage,
        start=one.start,
        end=other.end,
        text=text[one.start : other.end],
        sentences=2,
        terms=one.terms | other.terms,
        everything=one.everything | other.everything,
        prefixes=one.prefixes | other.prefixes,
        plain=_squeeze(text[one.start : other.end]),
        second=other.text,
        code=one.code or other.code,
    )


def _long_enough(quote: str) -> bool:
    """Four words, or as much in a script without spaces."""
    return len(re.findall(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+", quote)) >= LEAST_WORDS


def _is_body(unit: str) -> bool:
    """Not a mere heading: it ends like a sentence, or is code, or is long."""
    if looks_like_code(unit):
        return True
    ended = unit.rstrip("\"'”’)]*_` ").endswith((".", "!", "?", ":", ";", "。", "！", "？", "；", "：", "…", "．", "｡"))
    return ended or len(unit.split()) > 12 or (len(unit.split()) <= 2 and len(unit) > 24)


def _holds_particulars(said: str, sentence: str, span: _Span) -> bool:
    """Every number, order of growth, name, identifier and negation of the sentence occurs in the span."""
    text = span.text
    if terms.negations(plain_wording(said)) > terms.negations(plain_wording(text)):
        return False  # a sentence that denies more than its source has made something up, whichever clause it stands in
    if terms.orders_of_growth(said) - terms.orders_of_growth(text):
        return False
    if {word.key for word in row_of(said).words if word.kind == "number"} - {word.key for word in row_of(text).words if word.kind == "number"}:
        return False
    plain = plain_wording(said), plain_wording(text)
    if (terms.numbers(plain[0]) | terms.counted(plain[0])) - terms.numbers(plain[1]) - terms.counted(plain[1]):
        return False
    lowered = re.sub("[\u2010-\u2015]", "-", text.casefold())
    if any(not re.search(rf"(?<![a-z0-9_]){re.escape(name)}(?:(?<=\w)s?(?![a-z0-9_])|(?<!\w))", lowered) for name in terms.identifiers(sentence)):
        return False
    if any(
        name not in terms.acronyms(text) and name.casefold() not in span.everything - {other.casefold() for other in terms.acronyms(text)}
        for name in terms.acronyms(said)
    ):
        return False
    stems = {terms.stem(word) for word in span.everything}
    return all(name in lowered or terms.stem(name) in stems for name in terms.names(re.sub("[-\u2010-\u2015]", " ", said)))

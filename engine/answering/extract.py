"""The best verbatim sentences of the passages as an answer, for when no model writes one.

A sentence is good when it covers what was asked, defines the thing asked for ("A stack is …", "… is called a stack"),
comes from a passage that ranks high, and can stand alone. Sentences that explain are taken with those that follow them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.answering.bullets import list_units
from engine.answering.facts import holds_fact
from engine.answering.questions import Asked, take_apart
from engine.answering.sentencehood import is_readable, is_real_sentence
from engine.answering.sentences import Span, split_into_sentences
from engine.answering.terms import WORD, content_terms, stem, words
from engine.answering.vocabulary import listed
from engine.finding.comparing import Comparison, names_all, read_comparison
from engine.values import Passage

WORTH_KEEPING = 0.55
"""A further sentence is kept when it scores at least this share of the best one's score."""

_DEFINING_VERBS = listed("is are was were means refers denotes consists describes represents occurs happens defines stands")
_NAMING_WORDS = listed("called named termed call calls name dubbed as define defines defined")
_SKIPPED = listed("a an the also often usually sometimes simply just commonly formally so then therefore typically generally such can be")
_DANGLING = re.compile(
    r"^(?:it|this|these|those|they|he|she|that|such|its|their|however|therefore|thus|hence|but|and|so|then|for (?:example|instance|this)|moreover|"
    r"furthermore|also|here|"
    r"similarly|instead|otherwise|consequently|as a result|in (?:this|that|these|the former|the latter|other words|contrast|fact|addition)|on the other hand|"
    r"the (?:former|latter|following|above|previous|next|same)|another|both|either|nevertheless|likewise|again|unfortunately|if so|note that|recall)\b",
    re.IGNORECASE,
)
_CHATTER = re.compile(
    r"\b(?:we (?:will|shall|have seen|saw|discuss|now|can see)|you (?:will|may have|should)|i (?:will|have)|let us|let's|later in|in chapter|in section|"
    r"this (?:chapter|section|book)|"
    r"as (?:shown|seen|mentioned|described|discussed)|see (?:figure|section|chapter|page)|figure \d|exercise|above figure)\b",
    re.IGNORECASE,
)
_DANGLING_CJK = re.compile(r"^(?:它|他|她|这|那|此|该|其|因此|所以|但|但是|然而|另外|此外|同样|于是|例如|比如|而)")

_CUT_OFF_CJK = re.compile(r"^(?:的|了|着|、|，|）)")
"""The end of a Chinese sentence whose beginning stands elsewhere, in a caption or on another page."""

SHORT_WORDS = 12
"""A sentence of fewer words is read together with the next one."""
OPENING_WORDS = 25
"""So is a sentence of fewer words that opens a paragraph: it names a thing, and the next one says more about it."""


@dataclass(frozen=True)
class _Candidate:
    passage: int
    start: int
    end: int
    order: int
    text: str
    terms: frozenset[str]
    score: float
    strength: float
    """0…1: how much it defines the thing asked for."""

    opens: bool = False
    """Whether it is the first sentence of its paragraph."""

    @property
    def defines(self) -> bool:
        return self.strength > 0.0


def best_sentences(question: str, passages: Sequence[Passage], *, limit: int = 3) -> tuple[tuple[int, int, int], ...]:
    """Up to `limit` spans (passage index, start, end) that answer `question` best, best passage first, in reading order within one.

    Empty only where no passage holds a real sentence that has anything to do with the question.
    """
    comparison = read_comparison(question) if limit > 1 else None
    if comparison is not None and (of_sides := _for_each_side(question, comparison, passages, limit)):
        return of_sides
    asked = take_apart(question)
    weights = _weights(asked, passages)
    candidates = [candidate for index, passage in enumerate(passages) for candidate in _candidates(asked, index, passage, weights)]
    if not candidates or max(candidates, key=_by_score).score <= 0.0:
        candidates = [candidate for index, passage in enumerate(passages) for candidate in _candidates(asked, index, passage, weights, strict=False)]
        limit = 1
    if not candidates:
        return ()
    best = max(candidates, key=_by_score)
    if best.score <= 0.0:
        return ()
    before = _preceding(best, candidates) if limit > 1 else []
    reach = 1 - len(before) if asked.intent == "definition" else limit - 1 - len(before)
    chosen = [*before, best, *(_following(best, candidates, reach, asked) or _explaining(best, candidates))]
    for candidate in sorted(candidates, key=_by_score, reverse=True):
        if len(chosen) >= limit:
            break
        if _adds(asked, best, candidate) and not any(_same(candidate, other) for other in chosen):
            chosen.append(candidate)
    order = {passage: position for position, passage in reversed(list(enumerate(candidate.passage for candidate in chosen)))}
    chosen = sorted(chosen[:limit], key=lambda candidate: (order[candidate.passage], candidate.start))
    return tuple((candidate.passage, candidate.start, candidate.end) for candidate in chosen)


def _for_each_side(question: str, comparison: Comparison, passages: Sequence[Passage], limit: int) -> tuple[tuple[int, int, int], ...]:
    """What a comparison is answered with: the best sentence on each side, then the best one that names them all. Empty where a side has none."""
    found: dict[tuple[int, int, int], None] = {}
    for definition in comparison.definitions:
        best = best_sentences(definition, passages, limit=1)
        if not best:
            return ()
        found.setdefault(best[0])
    asked = take_apart(question)
    candidates = [candidate for index, passage in enumerate(passages) for candidate in _candidates(asked, index, passage)]
    for candidate in sorted(candidates, key=_by_score, reverse=True):
        if names_all(candidate.text, comparison.sides) and not _points_back(candidate.text):
            found.setdefault((candidate.passage, candidate.start, candidate.end))
            break
    chosen = list(found)[: max(limit, len(comparison.sides))]
    order = {passage: position for position, (passage, _, _) in reversed(list(enumerate(chosen)))}
    return tuple(sorted(chosen, key=lambda one: (order[one[0]], one[1]))) if len(chosen) > 1 else ()


def defines(question: str, text: str) -> float:
    """How much `text` defines what `question` asks for: 0 (not at all, or no definition is asked for) to 1 ("A stack is …")."""
    return _definition_strength(take_apart(question), text)


def _adds(asked: Asked, best: _Candidate, candidate: _Candidate) -> bool:
    """Whether a further sentence is worth reading: nearly as good as the best, and about the same thing, not about half of it."""
    if candidate.score < WORTH_KEEPING * best.score:
        return False
    if asked.intent == "definition":
        return candidate.defines or (not best.defines and _has_phrase(asked, candidate.text))
    return len(asked.terms & candidate.terms) >= max(1, len(asked.terms & best.terms) - 1)


def _by_score(candidate: _Candidate) -> tuple[float, int, int]:
    return candidate.score, -candidate.passage, -candidate.start


def _same(one: _Candidate, other: _Candidate) -> bool:
    """The same sentence, or one that says the same words."""
    if (one.passage, one.start) == (other.passage, other.start):
        return True
    union = one.terms | other.terms
    return bool(union) and len(one.terms & other.terms) >= 0.75 * len(union)


def _points_back(text: str) -> bool:
    return bool(_DANGLING.match(text.lstrip("(")) or _DANGLING_CJK.match(text))


def _preceding(best: _Candidate, candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """What "Such a code is called a prefix code." points back to: the sentence before it, when that can stand first."""
    if not _points_back(best.text):
        return []
    return [c for c in candidates if c.passage == best.passage and c.order == best.order - 1][:1]


def _explaining(best: _Candidate, candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The sentence after a short one, which says little alone and is explained by what comes next in its paragraph."""
    if len(best.text.split()) >= (OPENING_WORDS if best.opens else SHORT_WORDS):
        return []
    return [c for c in candidates if c.passage == best.passage and c.order == best.order + 1 and not c.opens and not _CHATTER.search(c.text)][:1]


def _following(best: _Candidate, candidates: Sequence[_Candidate], reach: int, asked: Asked) -> list[_Candidate]:
    """The sentences right after the best one that go on with it: they share a term with it or point back."""
    following = []
    last = best
    for step in range(1, reach + 1):
        found = [c for c in candidates if c.passage == best.passage and c.order == best.order + step]
        if not found:
            break
        candidate = found[0]
        if not _points_back(candidate.text) and not candidate.terms & (asked.terms | (last.terms if asked.intent == "explanation" else frozenset())):
            break
        if _CHATTER.search(candidate.text):
            break
        following.append(candidate)
        last = candidate
    return following


def _weights(asked: Asked, passages: Sequence[Passage]) -> dict[str, float]:
    """How much each term of the question tells: one that few sentences of the passages hold tells more than one that is everywhere."""
    sentences = [set(content_terms(passage.text[start:end])) for passage in passages for start, end in split_into_sentences(passage.text)]
    return {term: 1.0 + math.log((1 + len(sentences)) / (1 + sum(term in sentence for sentence in sentences))) for term in asked.terms}


def _candidates(asked: Asked, index: int, passage: Passage, weights: Mapping[str, float] | None = None, *, strict: bool = True) -> list[_Candidate]:
    """The real sentences and the lists of one passage with their scores; not `strict`: also unfinished sentences."""
    weights = weights or dict.fromkeys(asked.terms, 1.0)
    around = frozenset(content_terms(passage.text + " " + " ".join(passage.section[-1:])))
    found = [_listed(asked, index, passage, span, titled, weights, around) for span, titled in list_units(passage.text)]
    previous = (0, 0)
    for order, (start, end) in enumerate(split_into_sentences(passage.text)):
        text = passage.text[start:end]
        entry = _glossary_entry(asked, passage.text, previous, (start, end))
        strength = 0.9 if entry else _definition_strength(asked, text)
        usable = (
            is_readable(text)
            if entry or not strict
            else is_real_sentence(text) or (strength >= 0.85 and text.endswith(":") and is_real_sentence(text[:-1] + "."))
        )
        if usable:
            begin = entry[0] if entry else start
            shown = passage.text[begin:end]
            opens = not passage.text[:begin].strip() or "\n\n" in passage.text[previous[1] : begin]
            candidate = _Candidate(index, begin, end, order, shown, frozenset(content_terms(shown)), 0.0, strength, opens)
            found.append(replace(candidate, score=_score(asked, passage, candidate, weights, around)))
        previous = (start, end)
    return found


def _listed(asked: Asked, index: int, passage: Passage, span: Span, titled: bool, weights: Mapping[str, float], around: frozenset[str]) -> _Candidate:
    """A list of a slide as a candidate. One under a title that is the thing asked for says what it is."""
    text = passage.text[slice(*span)]
    title = text.partition("\n")[0] if titled else " ".join(passage.section[-1:])
    about = bool(asked.subject) and tuple(stem(word) for word in words(title)) == asked.subject
    terms = frozenset(content_terms(text + " " + title))
    order = text.count("\n", 0, span[0])
    candidate = _Candidate(index, span[0], span[1], order, text, terms, 0.0, 0.8 if about else 0.0, opens=True)
    return replace(candidate, score=_score(asked, passage, candidate, weights, around) - 0.2)


def _glossary_entry(asked: Asked, text: str, previous: Span, span: Span) -> Span | None:
    """The span of a glossary's entry on the thing asked for: "Heap property. The condition that …" or "bug An error in …"."""
    if not asked.subject:
        return None
    before = text[previous[0] : previous[1]]
    named_before = tuple(stem(word) for word in words(before)) == asked.subject
    if named_before and before.endswith((".", ":")) and text[previous[1] : span[0]].strip(" ") == "":
        return previous[0], span[1]
    own = [match.span() for match in WORD.finditer(text, *span)]
    count = len(asked.subject)
    if len(own) < count + 4 or tuple(stem(text[a:b]) for a, b in own[:count]) != asked.subject:
        return None
    gap, following = text[own[count - 1][1] : own[count][0]], text[own[count][0] :]
    starts_entry = gap.strip() in (":", "—", "–", "-") or (gap == " " and following[:1].isupper() and text[span[0]].islower())
    return span if starts_entry and not _next_to_hyphen(gap) else None


def _next_to_hyphen(gap: str) -> bool:
    """A bare hyphen joins a compound; with spaces around it, it is a dash."""
    return gap == "-"


def _score(asked: Asked, passage: Passage, candidate: _Candidate, weights: Mapping[str, float], around: frozenset[str]) -> float:
    """How well a sentence answers; 0 when it shares nothing with the question and defines nothing. `around`: the terms of its passage."""
    total = sum(weights.values()) or 1.0
    covered = sum(weights[term] for term in asked.terms & candidate.terms) / total
    if covered == 0.0 and not candidate.defines:
        return 0.0
    score = 2.0 * covered + 0.8 * sum(weights[term] for term in asked.terms & around) / total
    if asked.wanted:
        score += 0.7 if holds_fact(asked.wanted, candidate.text, asked.question) else -0.4
    if asked.subject:
        score += 0.7 * _has_phrase(asked, candidate.text)
    if candidate.defines:
        score += 2.0 * candidate.strength
    score += 0.8 / (1.0 + 0.35 * candidate.passage) + 0.25 / (1.0 + candidate.order)
    section = set(content_terms(" ".join(passage.section[-1:])))
    if section and asked.terms and asked.terms <= section:
        score += 0.5 / (1.0 + candidate.order)
    if _points_back(candidate.text):
        score -= 0.7
    if _CUT_OFF_CJK.match(candidate.text):
        score -= 1.2
    if _CHATTER.search(candidate.text):
        score -= 0.35 if candidate.defines else 0.7
    if re.search(r"\w\[\d{1,2}\]", candidate.text):
        score -= 0.4
    tokens = len(candidate.text.split())
    if tokens > 40 or (tokens < 7 and candidate.text.isascii()):
        score -= 0.35
    if asked.intent == "explanation" and re.search(
        r"\b(?:because|since|therefore|so that|in order to|by \w+ing|thus)\b|因为|所以|通过|由于", candidate.text, re.IGNORECASE
    ):
        score += 0.5
    return max(score, 0.01)


def _has_phrase(asked: Asked, text: str) -> bool:
    """Whether the thing asked for stands in the sentence as a phrase."""
    if not asked.subject_text.isascii():
        return _close(asked.subject_text) in _close(text)
    return bool(_occurrences(asked.subject, text, [stem(word) for word in words(text)]))


def _occurrences(subject: tuple[str, ...], text: str, stems: Sequence[str]) -> list[int]:
    """Where the subject stands among the words; `object` inside `object-oriented` is something else."""
    found = [i for i in range(len(stems) - len(subject) + 1) if tuple(stems[i : i + len(subject)]) == subject]
    if not found:
        return []
    spans = [match.span() for match in WORD.finditer(text)]
    hyphens = "-\u2010\u2011"
    whole = []
    for at in found:
        start, end = spans[at][0], spans[at + len(subject) - 1][1]
        if not (start and text[start - 1] in hyphens) and text[end : end + 1] not in tuple(hyphens):
            whole.append(at)
    return whole


def _definition_strength(asked: Asked, text: str) -> float:
    """1 for "A SUBJECT is …" at the start, less for "… is called a SUBJECT" and for looser forms, 0 for no definition."""
    if not asked.subject or asked.intent != "definition":
        return 0.0
    if not asked.subject_text.isascii():
        return _definition_strength_cjk(_close(asked.subject_text), _close(text))
    tokens = words(text)
    stems = [stem(word) for word in tokens]
    strength = 0.0
    for at in _occurrences(asked.subject, text, stems):
        before, after = tokens[:at], tokens[at + len(asked.subject) :]
        leading = [word for word in before if word not in _SKIPPED]
        opening = next((word for word in after[:6] if word not in _SKIPPED or word in _DEFINING_VERBS), "")
        article_after = bool(re.search(r"\b(?:is|are|was|were)\s+(?:\w+ly\s+|also\s+|often\s+|usually\s+)?(?:an?|the|any|one|what|how|when|defined)\b", text))
        if before[-1:] == ["by"] and after[:2] == ["we", "mean"]:
            strength = max(strength, 0.9)
        if not leading and opening in _DEFINING_VERBS:
            strength = max(strength, 1.0 if article_after or opening not in ("is", "are", "was", "were") else 0.75)
        elif not leading and after[:2] in (["also", "called"], ["or", "simply"], ["which", "is"], ["or", "a"]):
            strength = max(strength, 0.9)
        near = [word for word in before[-3:] if word not in _SKIPPED or word == "as"]
        named = bool(near) and near[-1] in _NAMING_WORDS
        if named and near[-1] == "as":
            named = any(word in ("known", "referred") for word in before[-4:])
        if named:
            strength = max(strength, 0.85)
        elif len(leading) <= 4 and opening in ("is", "are", "means", "refers") and article_after and before[-1:] and before[-1] in ("the", "a", "an"):
            strength = max(strength, 0.45)
        elif not leading and after and re.fullmatch(r"[a-z]+s", after[0]) and after[0] not in ("as", "plus", "does", "this"):
            strength = max(strength, 0.5)
    return strength


def _close(text: str) -> str:
    """Without the spaces that some set between Chinese and Latin, and without Markdown's emphasis."""
    return re.sub(r"[\s*_]+", "", text).casefold()


def _definition_strength_cjk(subject: str, text: str) -> float:
    """As for English; a longer compound that ends with the subject is another thing."""
    name = re.escape(subject)
    if re.search(rf"^(?:所谓|一个|一棵|一种)?{name}(?:\s*[（(][^）)]*[）)])?[，,]?\s*(?:是|指|即|就是|表示|也称|又称|又叫|定义为)", text):
        return 1.0
    if re.search(rf"(?:称为|叫做|叫作|称作|称之为|被称为)\s*[“「\"]?{name}", text):
        return 0.85
    return 0.5 if re.search(rf"(?:^|[，。；：、（(“「的])(?:所谓|一个|一棵|一种)?{name}(?:\s*[（(][^）)]*[）)])?\s*(?:是|指|即)", text) else 0.0

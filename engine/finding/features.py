"""Gathering what the evidence is judged by: a few more looks at the best passages, after the search. Some milliseconds."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from engine.finding.evidence import Features
from engine.finding.small_talk import is_small_talk
from engine.library.keywords import Keywords
from engine.library.pages import StoredChunk
from engine.library.question import Question, Term, quote
from engine.library.shadow import normalise

NEAR_WORDS = 6
"""Words that follow each other in a question stand near each other with at most so many words between them."""

MOST_PAIRS = 12

FIRST = 5
"""A ranking agrees with the fused one where its best passage is among its own first so many."""

LAST = 100
"""The cosine of so many-th nearest chunk counts as that of the rest of the library."""

LIGHT_WORDS = frozenset(
    """
    get gets getting got gotten go goes going went gone come comes coming came make makes making made take takes taking took taken keep keeps keeping kept
    let lets put puts happen happens happening happened become becomes becoming became begin begins start starts end ends try tries tried want wants wanted
    know knows say says said tell tells see sees seen look looks looking looked find finds found think mean means meant called seem seems need needs needed
    work works working help helps happen allow allows allowed avoid able possible impossible necessary useful important good better best bad worse worst
    big bigger biggest large larger small smaller high higher low lower long longer short shorter fast faster quick quickly slow slowly easy easily hard
    new old own real really right wrong different difference differ differs similar main major certain several various exactly actually usually often always
    never ever again already still yet soon later now away back together instead rather quite enough too even thing things something anything nothing
    everything somebody someone anybody anyone everybody everyone nobody way ways kind kinds sort type types example examples reason reasons people person
    place places time times part parts two three first second last next many much lot lots little bit few less least half whole full
    """.split()  # noqa: SIM905 — a table of words in quotes and commas is unreadable
)
"""Words that a question may be put in and a book may do without: they tell little, however rare they are in a small library."""

_AGREE = ("meaning", "any word", "all words")
_WORD = re.compile(r"[^\W_]+")

Scored = Mapping[str, Sequence[tuple[int, float]]]


def gather_features(
    keywords: Keywords,
    question: Question,
    frequencies: tuple[int, ...],
    chunk_count: int,
    rankings: Scored,
    best: Sequence[StoredChunk],
    *,
    asked: str,
) -> Features:
    """What is known of the `best` passages (the first few) for a question, which was typed as `asked`."""
    ids = [chunk.id for chunk in best]
    phrase = question.phrase
    cosines = [score for _, score in rankings.get("meaning", ())]
    return Features(
        frequencies=frequencies,
        chunk_count=chunk_count,
        matches=tuple(frozenset(keywords.matching(term.expression, ids)) for term in question.terms),
        phrase=frozenset(keywords.matching(phrase, ids)) if phrase is not None else frozenset(),
        cosine=max(cosines, default=None),
        introduced=max((points for _, points in rankings.get("introduced", ())), default=0.0),
        typed=typed_in(question.terms, best),
        together=_together(keywords, question.terms, frequencies, ids),
        cosine_tenth=cosines[min(10, len(cosines)) - 1] if cosines else None,
        cosine_last=cosines[min(LAST, len(cosines)) - 1] if cosines else None,
        named=max((share for _, share in rankings.get("named", ())), default=0.0),
        agreeing=sum(ids[0] in [chunk for chunk, _ in rankings.get(name, ())[:FIRST]] for name in _AGREE) if ids else 0,
        small_talk=is_small_talk(asked),
        light=frozenset(place for place, term in enumerate(question.terms) if term.text.casefold() in LIGHT_WORDS),
    )


def typed_in(terms: Sequence[Term], best: Sequence[StoredChunk]) -> tuple[frozenset[int], ...]:
    """For each term, the passages that hold it as it was typed, a plural s aside: the keyword index knows stems only. Pure."""
    texts = {chunk.id: normalise(f"{chunk.text} {' '.join(chunk.section_path)}").casefold() for chunk in best}
    words = {number: frozenset(_WORD.findall(text)) for number, text in texts.items()}
    found: list[frozenset[int]] = []
    for term in terms:
        typed = term.text.casefold()
        parts = _WORD.findall(typed)
        found.append(frozenset(number for number, text in texts.items() if typed in text or (parts and all(_stands(part, words[number]) for part in parts))))
    return tuple(found)


def _stands(word: str, words: frozenset[str]) -> bool:
    return word in words or f"{word}s" in words or (word.endswith("s") and word[:-1] in words)


def _together(keywords: Keywords, terms: Sequence[Term], frequencies: Sequence[int], ids: Sequence[int]) -> tuple[frozenset[int], ...]:
    """For each two words that follow each other, the passages where they stand near each other; words with signs are left aside."""
    plain = [term.exact for term, frequency in zip(terms, frequencies, strict=True) if frequency and term.exact == quote(term.keys[0])]
    pairs = list(itertools.pairwise(plain))[:MOST_PAIRS]
    return tuple(frozenset(keywords.matching(f"NEAR({first} {second}, {NEAR_WORDS})", ids)) for first, second in pairs)

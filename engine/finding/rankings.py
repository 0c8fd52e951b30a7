"""The rankings of one question over one library, and how they are weighed against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.finding.defining import MOST_POINTS, Candidate, rank_by_definition
from engine.finding.evidence import rarity
from engine.finding.fusion import Ranking, fuse_rankings
from engine.library.keywords import all_of, any_of
from engine.library.library import Library
from engine.library.pages import Within
from engine.library.question import Question, read_question
from engine.library.vector_index import VectorIndex
from engine.values import DocumentId, Scope

Scored = list[tuple[int, float]]
"""Chunks with their scores, the best first."""

DEPTH = 200
"""How far down each ranking is looked at. The cosine of the last one is what counts as no likeness at all."""

CANDIDATES = 150
"""How many chunks with the term in them are looked at for whether they introduce it."""

MEANING, ANY_WORD, ALL_WORDS, INTRODUCED, NAMED = "meaning", "any word", "all words", "introduced", "named"

WEIGHTS = {MEANING: 0.7, ANY_WORD: 1.0, ALL_WORDS: 0.45, INTRODUCED: 2.0, NAMED: 2.0}
"""One set for all questions, since the form of a question decides by itself: a sentence has no term that is introduced or named.
Tried together on 600 index terms of six textbooks, 118 natural questions about them, 300 questions each of SQuAD and XQuAD in six
languages, and CACM; all words at 0.3 to 0.8, or introduced at 1.5 to 3, moves no figure by more than .01."""

MEANING_AT_LENGTH = 1.2
SHORT, LONG = 3, 8
"""Meaning's weight grows with the content words of a question, from `SHORT` to `LONG`: a term is looked for as it is written, a
long question is said in other words than the book's. Natural questions: MRR .554 to .580; CACM: MAP .429 to .434; others alike."""


TELLING_WORDS = 6
WHOLE_MATCH = 0.8
"""A match of words counts fully when its BM25 comes to this share of what the rarities of the question's rarest words add up to: what
answers a question in other words than the book's shares a few of them by chance, and its best must not count like a passage that holds
them all. Natural questions: hit@5 .720 to .746, hit@10 .797 to .814; SQuAD hit@5 .960 to .963; CACM: MAP .433 to .424; terms alike."""


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a search needs to know of its question. `trust`, 0..1, is how far the embedder knows the question's language."""

    question: Question
    frequencies: tuple[int, ...]
    chunk_count: int
    vector: bytes | None
    trust: float
    within: tuple[Within, ...] | None
    excluded: frozenset[int]


def understand(library: Library, question: str, vector: bytes | None, scopes: Sequence[Scope], *, trust: float = 1.0) -> Asked:
    """Read the question and look up how rare its words are.

    Raises:
        Trouble: a scope is not there.
    """
    understood = read_question(question)
    return Asked(
        question=understood,
        frequencies=tuple(library.keywords.frequencies(understood.terms)),
        chunk_count=library.keywords.chunk_count(),
        vector=vector,
        trust=trust,
        within=library.within(scopes) if scopes else None,
        excluded=frozenset() if scopes else _sample_chunks(library),
    )


def _sample_chunks(library: Library) -> frozenset[int]:
    """The chunks of the bundled sample, if the library holds anything else that can be found."""
    documents = library.documents()
    samples = [Scope(document.document) for document in documents if document.sample]
    if not samples or not any(document.chunks and not document.sample for document in documents):
        return frozenset()
    return frozenset(library.chunk_ids(library.within(samples)))


def rank(library: Library, index: VectorIndex | None, asked: Asked, by: Literal["words", "meaning", "both"]) -> dict[str, Scored]:
    """Each ranking's chunks with their scores (cosine, BM25, points, or the share of the question that an index covers)."""
    found: dict[str, Scored] = {}
    if asked.vector is not None and index is not None:
        found[MEANING] = index.search(asked.vector, DEPTH, within=asked.within, excluded=asked.excluded)
    if by == "meaning":
        return found

    def ranked(expression: str | None, depth: int) -> Scored:
        if expression is None:
            return []
        rows = library.keywords.ranked(expression, depth + len(asked.excluded), asked.within)
        return [row for row in rows if row[0] not in asked.excluded][:depth]

    terms = asked.question.terms
    found[ANY_WORD] = ranked(any_of(terms, asked.frequencies, asked.chunk_count), DEPTH)
    found[ALL_WORDS] = ranked(all_of(terms, asked.frequencies), DEPTH) if len(terms) > 1 else found[ANY_WORD]
    candidates = dict.fromkeys(chunk for chunk, _ in (*ranked(asked.question.phrase, CANDIDATES), *found[ALL_WORDS][:CANDIDATES]))
    found[INTRODUCED] = _introducing(library, asked.question.subject, list(candidates)[:CANDIDATES])
    found[NAMED] = _named(library, asked, found)
    return found


def fuse(rankings: Mapping[str, Sequence[tuple[int, float]]], asked: Asked) -> Scored:
    """One ranking of all, scored 0..1. Pure."""
    trust = 1.0 if set(rankings) == {MEANING} else asked.trust  # alone it was asked for by name, and nothing is weighed against it
    weights = {**WEIGHTS, MEANING: weight_of_meaning(len(asked.question.terms)) * trust}
    full = {INTRODUCED: MOST_POINTS, NAMED: 1.0}
    if rankings.get(MEANING) and trust == 1.0:  # else there is little that could take over from the words
        full[ANY_WORD] = _full_match(rankings.get(ANY_WORD, ()), asked)
    weighed = [Ranking(name, scored, weight=weights[name], nothing=None if name == MEANING else 0.0, full=full.get(name)) for name, scored in rankings.items()]
    return sorted(fuse_rankings(weighed).items(), key=lambda pair: (-pair[1], pair[0]))


def _full_match(scored: Sequence[tuple[int, float]], asked: Asked) -> float:
    """The BM25 score from which on a match of any words counts fully."""
    tells = sorted((rarity(frequency, asked.chunk_count) for frequency in asked.frequencies), reverse=True)
    return max([score for _, score in scored] + [WHOLE_MATCH * sum(tells[:TELLING_WORDS])])


def weight_of_meaning(words: int) -> float:
    """What meaning counts in a question of so many content words, where the embedder knows its language. Pure."""
    part = min(1.0, max(0.0, (words - SHORT) / (LONG - SHORT)))
    return WEIGHTS[MEANING] + part * (MEANING_AT_LENGTH - WEIGHTS[MEANING])


def _introducing(library: Library, subject: str, chunks: list[int]) -> Scored:
    """Those of the chunks that introduce the subject."""
    first_pages: dict[DocumentId, dict[int, int]] = {}
    candidates: list[tuple[int, Candidate]] = []
    stored = library.chunks(chunks)
    for chunk in chunks:
        if chunk not in stored:
            continue
        held = stored[chunk]
        if held.document not in first_pages:
            first_pages[held.document] = {section.number: section.first_page for section in library.sections(held.document)}
        opens = held.section is not None and first_pages[held.document].get(held.section) == held.page
        candidates.append((chunk, Candidate(held.text, held.section_path, held.emphasis, opens)))
    return rank_by_definition(subject, candidates)


def _named(library: Library, asked: Asked, others: Mapping[str, Scored]) -> Scored:
    """The chunks on pages that an index names for the terms nearest to what is asked about; the `others` say which of them come first."""
    named = {chunk: share for chunk, share in library.chunks_named(asked.question.subject, asked.within).items() if chunk not in asked.excluded}
    scores = dict(fuse(others, asked)) if named else {}
    return sorted(named.items(), key=lambda pair: (-scores.get(pair[0], 0.0), pair[0]))[:DEPTH]

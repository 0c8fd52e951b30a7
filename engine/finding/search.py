"""Finding passages: several rankings of the same chunks, fused, then the best passages with their places.

The rankings: meaning (cosine), any of the words (BM25), all of the words (BM25), where the term is introduced, and on which
pages the books' own indexes find it. At most one passage of a page stands among the first, and the same text twice (two editions, a summary) is shown once.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.finding.crops import crops_of
from engine.finding.defining import Candidate, rank_by_definition
from engine.finding.evidence import Features, judge_evidence
from engine.finding.fusion import Ranking, fuse_rankings
from engine.finding.picking import pick_passages
from engine.library.boxes import merge_boxes
from engine.library.keywords import all_of, any_of
from engine.library.library import Library
from engine.library.pages import StoredChunk, Within
from engine.library.question import Question, read_question
from engine.library.vector_index import VectorIndex
from engine.reading.places import place_within
from engine.trouble import Trouble
from engine.values import Document, DocumentId, Passage, Scope

DEPTH = 100
"""How far down each ranking is looked at: what stands lower in all of them can't come among the first ten."""

CANDIDATES = 150
"""How many chunks with the term in them are looked at for whether they introduce it."""

LOOKED_AT = 80
"""How many of the fused chunks are loaded, for picking passages from."""

JUDGED = 5
"""How many passages the evidence is judged by."""

WEIGHTS = {"meaning": 0.8, "any word": 1.0, "all words": 1.0, "introduced": 2.0, "named": 2.0}
"""A little better than all alike on index terms of six textbooks (hit@5 +.008) and the same on questions in sentences."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Passages, the best first, and whether the library seems to know the answer.

    `confidence` is 0..1; `answerable` says whether that is enough.
    """

    passages: tuple[Passage, ...]
    confidence: float
    answerable: bool
    seconds: float
    working: Working


@dataclass(frozen=True, slots=True)
class Working:
    """How a result came about: what was understood, each ranking's chunks with their scores (cosine, BM25 or points), and the evidence."""

    question: Question
    frequencies: tuple[int, ...]
    chunk_count: int
    rankings: Mapping[str, Sequence[tuple[int, float]]]
    fused: Sequence[tuple[int, float]]
    features: Features


@dataclass(frozen=True, slots=True)
class _Asked:
    """All that a search needs to know of its question."""

    question: Question
    frequencies: tuple[int, ...]
    chunk_count: int
    vector: bytes | None
    within: tuple[Within, ...] | None
    excluded: frozenset[int]


def find(
    library: Library,
    index: VectorIndex | None,
    question: str,
    question_vector: bytes | None,
    *,
    limit: int = 10,
    scopes: Sequence[Scope] = (),
    by: Literal["words", "meaning", "both"] = "both",
    without: Collection[str] = (),
) -> SearchResult:
    """Find the passages for a question.

    `question_vector` (one row of float32) is None where the embedder isn't ready or doesn't know the question's language:
    then words decide alone. The sample book takes no part once there are other documents, unless `scopes` names it.
    `without` names rankings that are left out, for measuring.

    Raises:
        Trouble: a scope is not there, or meaning alone was asked for and is not to be had.
    """
    began = time.perf_counter()
    if by == "meaning" and (index is None or question_vector is None):
        raise Trouble("no-meaning", "Searching by meaning is not ready for this question.", "Search by words, or wait until the embedding model is loaded.")
    with library.one_view():
        asked = _understand(library, question, None if by == "words" else question_vector, scopes)
        rankings = {name: scored for name, scored in _rankings(library, index, asked, by).items() if name not in without}
        if by != "meaning" and "named" not in without:
            rankings["named"] = _named(library, asked, dict(_fused(rankings)))
        fused = _fused(rankings)
        chunks = library.chunks([chunk for chunk, _ in fused[:LOOKED_AT]])
        documents = {document.document: document for document in library.documents()}
        paged = {document for document, held in documents.items() if held.pages}
        picked = pick_passages([(chunks[chunk], score) for chunk, score in fused if chunk in chunks], limit=max(limit, JUDGED), paged=paged)
        features = _features(library, asked, rankings, [chunk for chunk, _ in picked[:JUDGED]])
        evidence = judge_evidence(features)
        passages = _passages(library, documents, picked[:limit])
    working = Working(asked.question, asked.frequencies, asked.chunk_count, rankings, fused, features)
    return SearchResult(passages, evidence.confidence, evidence.answerable, time.perf_counter() - began, working)


def _understand(library: Library, question: str, vector: bytes | None, scopes: Sequence[Scope]) -> _Asked:
    understood = read_question(question)
    return _Asked(
        question=understood,
        frequencies=tuple(library.keywords.frequencies(understood.terms)),
        chunk_count=library.keywords.chunk_count(),
        vector=vector,
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


def _rankings(library: Library, index: VectorIndex | None, asked: _Asked, by: str) -> dict[str, list[tuple[int, float]]]:
    """Each ranking's chunks with their scores (cosine, BM25 or points), the best first."""
    found: dict[str, list[tuple[int, float]]] = {}
    if asked.vector is not None and index is not None:
        found["meaning"] = index.search(asked.vector, DEPTH, within=asked.within, excluded=asked.excluded)
    if by == "meaning":
        return found

    def ranked(expression: str | None, depth: int) -> list[tuple[int, float]]:
        if expression is None:
            return []
        rows = library.keywords.ranked(expression, depth + len(asked.excluded), asked.within)
        return [row for row in rows if row[0] not in asked.excluded][:depth]

    terms = asked.question.terms
    found["any word"] = ranked(any_of(terms, asked.frequencies, asked.chunk_count), DEPTH)
    found["all words"] = ranked(all_of(terms, asked.frequencies), DEPTH) if len(terms) > 1 else found["any word"]
    candidates = dict.fromkeys(chunk for chunk, _ in (*ranked(asked.question.phrase, CANDIDATES), *found["all words"]))
    found["introduced"] = _introducing(library, asked.question.subject, list(candidates)[:CANDIDATES])
    return found


def _introducing(library: Library, subject: str, chunks: list[int]) -> list[tuple[int, float]]:
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
    return rank_by_definition(subject, candidates)[:DEPTH]


def _named(library: Library, asked: _Asked, scores: Mapping[int, float]) -> list[tuple[int, float]]:
    """The chunks on pages that an index names for the terms nearest to what is asked about; `scores` say which of them come first."""
    named = library.chunks_named(asked.question.subject, asked.within)
    taking_part = ((chunk, share) for chunk, share in named.items() if chunk not in asked.excluded)
    return sorted(taking_part, key=lambda pair: (-scores.get(pair[0], 0.0), pair[0]))[:DEPTH]


def _fused(rankings: Mapping[str, Sequence[tuple[int, float]]]) -> list[tuple[int, float]]:
    """One ranking of all."""
    return _best_first(fuse_rankings([Ranking(name, [chunk for chunk, _ in scored], WEIGHTS[name]) for name, scored in rankings.items()]))


def _best_first(scores: dict[int, float]) -> list[tuple[int, float]]:
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))


def _features(library: Library, asked: _Asked, rankings: dict[str, list[tuple[int, float]]], best: list[StoredChunk]) -> Features:
    ids = [chunk.id for chunk in best]
    matches = [library.keywords.matching(term.expression, ids) for term in asked.question.terms]
    phrase = asked.question.phrase
    return Features(
        frequencies=asked.frequencies,
        chunk_count=asked.chunk_count,
        matches=tuple(frozenset(found) for found in matches),
        phrase=frozenset(library.keywords.matching(phrase, ids)) if phrase is not None else frozenset(),
        cosine=max((score for _, score in rankings.get("meaning", [])), default=None),
        introduced=max((points for _, points in rankings.get("introduced", [])), default=0.0),
    )


def _passages(library: Library, documents: Mapping[DocumentId, Document], picked: Sequence[tuple[StoredChunk, float]]) -> tuple[Passage, ...]:
    passages: list[Passage] = []
    for rank, (chunk, score) in enumerate(picked, 1):
        document = documents[chunk.document]
        page = library.page(chunk.document, chunk.page)
        paged = document.pages > 0
        passages.append(
            Passage(
                rank=rank,
                document=chunk.document,
                path=document.path,
                title=document.title,
                page=chunk.page if paged else None,
                page_label=(page.label or str(chunk.page)) if paged else None,
                section=chunk.section_path,
                text=chunk.text,
                score=round(score, 6),
                boxes=merge_boxes(chunk.page, page.words, chunk.start, chunk.end),
                place=place_within(page, chunk.start, chunk.end),
                chunk=chunk.id,
                sheet=chunk.page,
                start=chunk.start,
                crops=crops_of(chunk.page, page.text, page.blocks, page.words, chunk.start, chunk.end) if paged else (),
            )
        )
    return tuple(passages)

"""Finding passages: several rankings of the same chunks, fused, then the best passages with their places.

The rankings (`engine.finding.rankings`): meaning (cosine), any of the words (BM25), all of the words (BM25), where the term is
introduced, and on which pages the books' own indexes find it. At most one passage of a page stands among the first, and the
same text twice (two editions, a summary) is shown once.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.finding.evidence import NO_EVIDENCE, Evidence, Features, judge_evidence
from engine.finding.features import gather_features
from engine.finding.picking import pick_passages
from engine.finding.presenting import present_passages
from engine.finding.rankings import MEANING, fuse, rank, understand
from engine.library.calibrations import read_calibration
from engine.library.library import Library
from engine.library.question import Question
from engine.library.vector_index import VectorIndex
from engine.trouble import Trouble
from engine.values import Passage, Scope

LOOKED_AT = 80
"""How many of the fused chunks are loaded, for picking passages from."""

JUDGED = 5
"""How many passages the evidence is judged by."""


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
    evidence: Evidence = NO_EVIDENCE


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
    trust: float = 1.0,
    leniency: float = 0.0,
) -> SearchResult:
    """Find the passages for a question.

    `question_vector` (one row of float32) is None where the embedder isn't ready or doesn't know the question's language:
    then words decide alone. The sample book takes no part once there are other documents, unless `scopes` names it.
    `trust`, 0..1, is how far the embedder knows that language: meaning counts so much less. `leniency` is the student's choice
    (`STRICTNESS`). `without` names rankings that are left out, for measuring.

    Raises:
        Trouble: a scope is not there, or meaning alone was asked for and is not to be had.
    """
    began = time.perf_counter()
    if by == "meaning" and (index is None or question_vector is None):
        raise Trouble("no-meaning", "Searching by meaning is not ready for this question.", "Search by words, or wait until the embedding model is loaded.")
    with library.one_view():
        asked = understand(library, question, None if by == "words" else question_vector, scopes, trust=trust)
        rankings = {name: scored for name, scored in rank(library, index, asked, by).items() if name not in without}
        fused = fuse(rankings, asked)
        chunks = library.chunks([chunk for chunk, _ in fused[: max(LOOKED_AT, 2 * limit)]])
        documents = {document.document: document for document in library.documents()}
        paged = {document for document, held in documents.items() if held.pages}
        picked = pick_passages([(chunks[chunk], score) for chunk, score in fused if chunk in chunks], limit=max(limit, JUDGED), paged=paged)
        # In a language that the embedder hardly knows all cosines are high, and say nothing.
        telling = rankings if asked.trust == 1.0 else {name: scored for name, scored in rankings.items() if name != MEANING}
        best = [chunk for chunk, _ in picked[:JUDGED]]
        features = gather_features(library.keywords, asked.question, asked.frequencies, asked.chunk_count, telling, best, asked=question)
        evidence = judge_evidence(features, read_calibration(library.database), leniency=leniency)
        passages = present_passages(library, documents, picked[:limit])
    working = Working(asked.question, asked.frequencies, asked.chunk_count, rankings, fused, features, evidence)
    return SearchResult(passages, evidence.confidence, evidence.answerable, time.perf_counter() - began, working)

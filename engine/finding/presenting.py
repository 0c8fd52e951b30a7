"""From chunks to passages: document, page and label, the boxes of their text on the page, or the place where there are no pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.finding.crops import crops_of
from engine.library.boxes import merge_boxes
from engine.library.library import Library
from engine.library.pages import StoredChunk
from engine.reading.places import place_within
from engine.values import Document, DocumentId, Passage


def present_passages(library: Library, documents: Mapping[DocumentId, Document], picked: Sequence[tuple[StoredChunk, float]]) -> tuple[Passage, ...]:
    """The passages that are shown for these chunks with their scores, the best first. Reads their pages."""
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

"""Whether an answer's proof holds: the words that it quotes stand on the page that it names, and every mark has its citation. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.evaluating.labels import Labelled, fold
from engine.values import Answer, Citation, DocumentId, Passage

TextOf = Callable[[DocumentId, int], str]
"""The text of a document's stored page or part."""


@dataclass(frozen=True, slots=True)
class Proven:
    """What was found when one answer was looked at.

    `right` says whether a citation lies where the question's labels say; None where there are no labels or no citation.
    """

    refused: bool
    by_model: bool
    supported: int
    sentences: int
    citations: int
    quotes_on_their_page: int
    dangling: int
    right: bool | None

    @property
    def answered(self) -> bool:
        """Whether a person got at least one sentence that is proven."""
        return not self.refused and self.supported > 0


def look_at(answer: Answer, labelled: Labelled, text_of: TextOf) -> Proven:
    """Look at one answer; `text_of` reads what the library holds of a page."""
    numbers = {citation.number for citation in answer.citations}
    marks = {number for sentence in answer.sentences for number in sentence.citations}
    unmarked = sum(sentence.status == "supported" and not sentence.citations for sentence in answer.sentences)
    cited = [passage for citation in answer.citations for passage in passages_of(citation, answer.passages)]
    return Proven(
        refused=answer.refused,
        by_model=answer.origin == "model",
        supported=sum(sentence.status == "supported" for sentence in answer.sentences),
        sentences=len(answer.sentences),
        citations=len(answer.citations),
        quotes_on_their_page=sum(stands_on_its_page(citation, answer.passages, text_of) for citation in answer.citations),
        dangling=len(marks ^ numbers) + unmarked,
        right=any(right.fits(passage) for passage in cited for right in labelled.rights) if labelled.rights and cited else None,
    )


def stands_on_its_page(citation: Citation, passages: tuple[Passage, ...], text_of: TextOf) -> bool:
    """Whether every word of the quotation stands, in a row, on the page or part that the citation names."""
    quote = fold(citation.quote)
    sheets = {citation.page} if citation.page is not None else {passage.sheet for passage in passages_of(citation, passages)}
    return bool(quote) and any(quote in fold(text_of(citation.document, sheet)) for sheet in sheets)


def passages_of(citation: Citation, passages: tuple[Passage, ...]) -> list[Passage]:
    """The passages that a citation may be taken from: of its document and page, or of its place where there are no pages."""
    found = [passage for passage in passages if passage.document == citation.document and passage.page == citation.page]
    if citation.page is not None or citation.place is None:
        return found
    place = citation.place
    return [passage for passage in found if passage.place is not None and passage.place.from_ <= place.to and place.from_ <= passage.place.to]

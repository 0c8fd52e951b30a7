"""What a survey reads of a part of a document: its passages, and the sentences in them that could stand in an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.answering.sentences import split_into_sentences
from engine.library.library import Library
from engine.library.pages import StoredChunk, StoredPage
from engine.reading.messages import BlockKind
from engine.surveying.outline import split_label
from engine.values import Document, Passage, Scope

_ASIDE = re.compile(
    r"^(?:(?:\w+ )?exercises?|(?:programming|exploration|suggested|student)? ?projects?|notes(?: and .*)?|problems?|"
    r"(?:suggestions? for )?further reading|bibliographic(?:al)? notes|"
    r"review questions|questions|self-?(?:test|assessment).*|summary and notes|literature|"
    r"习题|练习|思考题|参考(?:文献|资料).*|外部链接|推荐阅读|例题|参考代码)$",
    re.IGNORECASE,
)

_CONNECTIVE = re.compile(
    r"(?:more generally|in general|generally|therefore|thus|hence|also|however|unfortunately|fortunately|in other words|moreover|furthermore|similarly|"
    r"consequently|"
    r"in addition|"
    r"in fact|indeed|of course|finally|clearly|in practice|in short|in summary|to summarize|put differently|as a result|additionally),\s+(?=[A-Za-z])|"
    r"(?:因此|所以|然而|另外|此外|总之|一般来说|也就是说|换句话说)，",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a document that is read in one step. `sections` None: the chunks `chunks` of a document without sections."""

    key: str
    """Names it in the cache."""
    heading: str
    title: str
    sections: tuple[int, ...] | None = None
    chunks: tuple[int, ...] = ()
    above: str = ""
    """The heading of the chapter that it lies in, where an answer has both."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a passage: `passages[passage].text[start:end]`, and how it stands there."""

    passage: int
    start: int
    end: int
    text: str
    kind: BlockKind
    opens: bool
    """It begins its paragraph."""
    first: bool
    """It lies in the first paragraph of its section."""
    emphasised: tuple[str, ...]
    section: int | None
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A numbered statement (theorem, definition …) or the caption of an algorithm, whole."""

    passage: int
    start: int
    end: int
    text: str
    kind: BlockKind
    section: int | None


@dataclass(frozen=True, slots=True)
class Material:
    """The passages of a unit in their order, with what stands in them."""

    unit: Unit
    passages: tuple[Passage, ...]
    lines: tuple[Line, ...]
    statements: tuple[Statement, ...]


def gather(library: Library, document: Document, unit: Unit) -> Material:
    """Read a unit from the library.

    Raises:
        Trouble: the document was removed meanwhile.
    """
    if unit.sections is None:
        ids: Sequence[int] = unit.chunks
    else:
        ids = library.chunk_ids(library.within([Scope(document.document, section) for section in unit.sections[:1]]))
    wanted = None if unit.sections is None else frozenset(unit.sections)
    chunks = [chunk for chunk in library.chunks(ids).values() if wanted is None or chunk.section in wanted]
    chunks.sort(key=lambda chunk: (chunk.page, chunk.start))
    pages: dict[int, StoredPage] = {}
    passages: list[Passage] = []
    lines: list[Line] = []
    statements: list[Statement] = []
    seen: set[int | None] = set()
    aside = False
    for index, chunk in enumerate(chunks):
        if chunk.page not in pages:
            pages[chunk.page] = library.page(document.document, chunk.page)
        page = pages[chunk.page]
        passages.append(passage_of(document, chunk, page, index + 1))
        opens = chunk.section not in seen
        found, stated, aside = _read(index, chunk, page, first=opens, aside=aside and not opens)
        seen.add(chunk.section)
        lines += found
        statements += stated
    return Material(unit, tuple(passages), tuple(lines), tuple(statements))


def passage_of(document: Document, chunk: StoredChunk, page: StoredPage, rank: int) -> Passage:
    """A chunk as a passage, without boxes: they are looked up for what is cited."""
    paged = document.pages > 0
    return Passage(
        rank=rank,
        document=document.document,
        path=document.path,
        title=document.title,
        page=chunk.page if paged else None,
        page_label=(page.label or str(chunk.page)) if paged else None,
        section=chunk.section_path,
        text=chunk.text,
        score=0.0,
        boxes=(),
        chunk=chunk.id,
        sheet=chunk.page,
        start=chunk.start,
    )


def _read(index: int, chunk: StoredChunk, page: StoredPage, *, first: bool, aside: bool) -> tuple[list[Line], list[Statement], bool]:
    """The sentences and statements of one chunk, and whether it ends in exercises or the like.

    `first`: its section begins with it; `aside`: it begins among exercises.
    """
    lines: list[Line] = []
    statements: list[Statement] = []
    blocks = [block for block in page.blocks if block.start < chunk.end and chunk.start < block.end]
    titles = tuple(split_label(title)[2] or title for title in chunk.section_path)
    prose = 0
    for block in blocks:
        start, end = max(block.start, chunk.start), min(block.end, chunk.end)
        text = page.text[start:end]
        if block.kind == "heading":
            aside = is_aside(split_label(text)[2] or text)
        if aside:
            continue
        if block.kind in ("theorem", "caption") and start == block.start:
            statements.append(Statement(index, start - chunk.start, end - chunk.start, text, block.kind, chunk.section))
        if block.kind not in ("prose", "theorem"):
            continue
        prose += block.kind == "prose"
        for order, (a, b) in enumerate(split_into_sentences(text)):
            emphasised = tuple(" ".join(page.text[i:j].split()) for i, j in page.emphasis if start + a <= i and j <= start + b)
            opens = order == 0 and start == block.start
            at = start - chunk.start
            a += _run_in(text[a:b], emphasised)
            tied = _connective(text[a:b])
            a += tied
            said = readable(text[a:b])
            said = _capitalised(said) if tied else said
            lines.append(Line(index, at + a, at + b, said, block.kind, opens, first and prose == 1, emphasised, chunk.section, titles))
    return lines, statements, aside


def is_aside(title: str) -> bool:
    """Whether what stands under this title is no part of what a chapter says: exercises, notes on the literature."""
    return _ASIDE.match(title.strip()) is not None


def _connective(text: str) -> int:
    """How many characters at the start of a sentence only tie it to the one before: "Therefore, "."""
    match = _CONNECTIVE.match(text)
    return 0 if match is None else match.end()


def _capitalised(text: str) -> str:
    """A sentence that lost its first word begins with a capital all the same; `x` and `camelCase` stay."""
    word = text.split(" ", 1)[0]
    return text[:1].upper() + text[1:] if word.isalpha() and word.islower() and len(text) > 2 and (len(word) > 1 or word == "a") else text


def _run_in(text: str, emphasised: tuple[str, ...]) -> int:
    """How many characters of a sentence are a heading that runs into it: "*One or more threads* Because a process …"."""
    phrase = emphasised[0] if emphasised else ""
    if not phrase or not text.startswith(phrase) or phrase.endswith((".", ":")):
        return 0
    rest = text[len(phrase) :].lstrip()
    runs_in = len(phrase.split()) >= 2 and re.match(r"[A-Z][a-z]*\s|A\s", rest) is not None
    return len(text) - len(rest) if runs_in else 0


def readable(quote: str) -> str:
    """A quotation as running text: line breaks become spaces, and the book's own reference numbers ([12]) are left out."""
    quote = re.sub(r"\[\^[^\]\s]+\]", "", quote)
    if re.search(r"\b(?:in|see|by|of|and|from|to|with|cf\.)\s+\[\d{1,3}\b", quote, re.IGNORECASE):
        return re.sub(r"\s+", " ", quote).strip()  # "can be found in [40]" would be no sentence without it
    without_references = re.sub(r"\s+\[\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\](?=[\s.,;:)]|$)", "", quote)
    return re.sub(r"\s+", " ", without_references).strip()

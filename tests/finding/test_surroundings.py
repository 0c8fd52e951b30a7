"""A passage with what surrounds it: whole sentences, of its section, on its page, at their right places."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.finding.search import find
from engine.finding.surroundings import MOST_CHARACTERS, widen, wider_spans
from engine.home import Home
from engine.library.library import Library
from engine.reading.messages import DocumentOpened, PageRead, Word
from engine.studying.chunking import Chunk
from engine.values import DocumentId, Passage, Section

PAGE = (
    "Heaps are trees. A heap is filled from the left. "
    "A leftist heap joins two heaps in logarithmic time. "
    "Its right spine is short. Merging follows the spine. "
    "A splay tree moves what was asked for to its root."
)
BORDERS = [0, PAGE.index("A leftist"), PAGE.index("Its right"), PAGE.index("A splay"), len(PAGE)]
CHUNK = 1


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """One book whose first page has four chunks: three of one section, the last of another."""
    with Library.open(Home(tmp_path / "home"), writable=True) as library:
        path = tmp_path / "heaps.pdf"
        path.write_text(PAGE, encoding="utf-8")
        document = library.register(library.files.take(path), path=str(path)).document
        sections = [Section(1, 1, "Heaps", 1, 2), Section(2, 1, "Splay trees", 1, 2)]
        library.begin(document, DocumentOpened("pdf", "Heaps", 2, True, ()), sections, reader_version=1)
        words = tuple(Word(at, at + 5, 10.0 + at, 20.0, 14.0 + at, 32.0) for at in range(0, len(PAGE), 6))
        pages = [PageRead(1, None, 500.0, 700.0, "text", PAGE, (), words), PageRead(2, None, 500.0, 700.0, "text", "Pairing heaps are lazy.", (), ())]
        chunks = [_chunk(1, start, end, PAGE, 1 if end < len(PAGE) else 2) for start, end in itertools.pairwise(BORDERS)]
        library.append(document, pages, [*chunks, _chunk(2, 0, 23, "Pairing heaps are lazy.", 1)])
        library.mark(document, "ready")
        yield library


def _chunk(page: int, start: int, end: int, text: str, section: int) -> Chunk:
    text = text[start:end].rstrip()
    return Chunk(page, start, start + len(text), text, section, ("Heaps" if section == 1 else "Splay trees",), "")


def passage_on(library: Library, question: str, text: str) -> Passage:
    return next(passage for passage in find(library, None, question, None).passages if text in passage.text)


def test_a_passage_grows_by_the_sentences_around_it_but_not_into_another_section_or_page(library: Library) -> None:
    passage = passage_on(library, "leftist heap", "leftist")
    widest, *_, itself = widen(library, (), passage)
    assert itself == passage
    assert widest.text == PAGE[: BORDERS[3]].rstrip()
    assert "splay" not in widest.text
    assert "Pairing" not in widest.text


def test_what_is_wider_stands_where_it_says_it_does(library: Library) -> None:
    for wider in widen(library, (), passage_on(library, "leftist heap", "leftist")):
        page = library.page(DocumentId(wider.document), wider.sheet)
        assert page.text[wider.start : wider.start + len(wider.text)] == wider.text
        assert wider.boxes == library.boxes_of(wider.document, wider.sheet, wider.start, wider.start + len(wider.text))


def test_a_passage_that_fills_its_section_stays_as_it_is(library: Library) -> None:
    passage = passage_on(library, "splay tree", "splay")
    assert widen(library, (), passage) == (passage,)


def test_a_passage_does_not_grow_into_one_that_is_shown_beside_it(library: Library) -> None:
    passage, before = passage_on(library, "leftist heap", "leftist"), passage_on(library, "heaps are trees", "trees")
    widest = widen(library, (passage, before), passage)[0]
    assert widest.text == PAGE[BORDERS[1] : BORDERS[3]].rstrip()


def test_a_passage_is_never_longer_than_promised() -> None:
    text = "One sentence follows another here. " * 100
    spans = wider_spans(text, 1000, 1029, within=(0, len(text)), most_characters=MOST_CHARACTERS)
    assert spans
    assert all(end - start <= MOST_CHARACTERS for start, end in spans)
    assert all(start <= 1000 and end >= 1029 for start, end in spans)
    sizes = [end - start for start, end in spans]
    assert sizes == sorted(sizes)

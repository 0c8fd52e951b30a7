"""Calibrating a small library: what is asked of it, when it is due, and that what is learnt is kept and used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from engine import messages as m
from engine.calibrating.calibration import Calibrating
from engine.cancellation import Cancellation
from engine.finding.evidence import WEIGHTS_VERSION
from engine.finding.search import SearchResult, find
from engine.home import Home
from engine.library.calibrations import Calibration, keep_calibration, read_calibration
from engine.library.library import Library
from engine.library.material import occur_on_one_page, read_material
from engine.library.question import read_question
from engine.reading.messages import DocumentOpened, IndexEntry, PageRead
from engine.studying.chunking import Chunk
from engine.trouble import Stopped
from engine.values import DocumentId, Section

TOPICS = ("stack", "queue", "heap", "hash table", "search tree", "adjacency list", "linked list", "merge sort", "page table", "priority queue")
TEXT = (
    "A {topic} keeps its items in an order of its own, and every operation of the {topic} takes time that grows slowly with their number. "
    "Programs use the {topic} number {number} where simpler structures would have to look through everything."
)


class Open:
    """A gate that never closes, and how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def wait(self, _stop: Cancellation) -> None:
        self.asked += 1


class Words:
    """Searches by words alone, and remembers what was asked."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.questions: list[str] = []

    def passages(self, question: str, *, limit: int, scopes: Sequence[Any], by: Any, cancellation: Cancellation) -> SearchResult:
        self.questions.append(question)
        return find(self.library, None, question, None, limit=limit, scopes=scopes, by=by)


class NoEmbedder:
    state = "missing"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(Home(tmp_path / "home"), writable=True) as library:
        yield library


def add(library: Library, tmp_path: Path, name: str = "book.txt", *, copies: int = 3) -> DocumentId:
    path = tmp_path / name
    path.write_text(name, encoding="utf-8")
    document = library.register(library.files.take(path), path=str(path), sample=False).document
    texts = [TEXT.format(topic=topic, number=number) for number in range(copies) for topic in TOPICS]
    sections = [Section(number, 1, topic.title(), number, number) for number, topic in enumerate(TOPICS, 1)]
    library.begin(document, DocumentOpened("text", name, len(texts), True, ()), sections, reader_version=1)
    pages = [PageRead(number, None, 500.0, 700.0, "text", text, (), ()) for number, text in enumerate(texts, 1)]
    chunks = [
        Chunk(page.number, 0, len(page.text), page.text, (page.number - 1) % len(TOPICS) + 1, (TOPICS[(page.number - 1) % len(TOPICS)],), "") for page in pages
    ]
    library.append(document, pages, chunks)
    library.store_index(document, [IndexEntry(topic, (number,)) for number, topic in enumerate(TOPICS, 1)])
    library.mark(document, "ready")
    return document


@pytest.fixture
def calibrating(library: Library) -> Calibrating:
    return Calibrating(library=library, searching=Words(library), embedding=NoEmbedder(), gate=Open(), state=lambda: m.EngineState, must_write=lambda: None)  # type: ignore[arg-type,return-value]


def test_an_empty_library_is_not_calibrated(calibrating: Calibrating) -> None:
    assert not calibrating.is_pending()


def test_it_is_due_after_the_first_book_and_again_when_the_library_has_grown(calibrating: Calibrating, library: Library, tmp_path: Path) -> None:
    add(library, tmp_path)
    assert calibrating.errand() == m.Calibrate()
    list(calibrating.work(Cancellation()))
    assert calibrating.errand() is None
    kept = calibrating.calibration()
    assert (kept.chunks, kept.version) == (30, WEIGHTS_VERSION)
    add(library, tmp_path, "a note.txt", copies=1)
    assert calibrating.errand() == m.Calibrate()
    list(calibrating.work(Cancellation()))
    document = next(row.document for row in library.documents() if row.title == "book.txt" or row.chunks == 30)
    library.remove([document])
    assert calibrating.errand() == m.Calibrate()


def test_known_and_unknown_are_asked_and_a_question_can_go_between(library: Library, tmp_path: Path) -> None:
    add(library, tmp_path)
    searching, gate = Words(library), Open()
    calibrating = Calibrating(library=library, searching=searching, embedding=NoEmbedder(), gate=gate, state=lambda: m.EngineState, must_write=lambda: None)  # type: ignore[arg-type,return-value]
    left = list(calibrating.work(Cancellation()))
    assert left == list(range(len(left)))[::-1]
    assert gate.asked == len(searching.questions) == len(left) >= 60
    kinds = {sample.kind for sample in calibrating.samples()}
    assert kinds == {"term", "sentence", "crossed", "off topic"}
    assert calibrating.samples() == calibrating.samples()


def test_what_the_library_holds_is_not_asked_as_another_field(calibrating: Calibrating, library: Library, tmp_path: Path) -> None:
    add(library, tmp_path)
    before = {sample.question for sample in calibrating.samples() if not sample.known}
    path = tmp_path / "other.txt"
    path.write_text("other", encoding="utf-8")
    document = library.register(library.files.take(path), path=str(path), sample=False).document
    text = " ".join(before)
    library.begin(document, DocumentOpened("text", "other", 1, True, ()), [], reader_version=1)
    library.append(document, [PageRead(1, None, 500.0, 700.0, "text", text, (), ())], [Chunk(1, 0, len(text), text, None, (), "")])
    after = {sample.question for sample in calibrating.samples() if sample.kind == "off topic"}
    assert before.isdisjoint(after)


def test_stopped_in_between_it_keeps_what_was_there_before(calibrating: Calibrating, library: Library, tmp_path: Path) -> None:
    add(library, tmp_path)
    cancellation = Cancellation()
    steps = calibrating.work(cancellation)
    next(steps)
    cancellation.cancel()
    with pytest.raises(Stopped):
        list(steps)
    assert read_calibration(library.database) == Calibration()


def test_what_is_kept_is_used_by_the_next_search_and_rubbish_is_not(library: Library, tmp_path: Path) -> None:
    add(library, tmp_path)
    usual = find(library, None, "hash table order", None).confidence
    keep_calibration(library.database, Calibration(words_shift=-1.0, version=WEIGHTS_VERSION))
    assert find(library, None, "hash table order", None).confidence < usual
    with library.database.transaction() as connection:
        connection.execute("UPDATE facts SET value = 'x' WHERE name = 'calibration'")
    assert find(library, None, "hash table order", None).confidence == usual


def test_material_is_spread_over_the_documents(library: Library, tmp_path: Path) -> None:
    for number in range(3):
        add(library, tmp_path, f"{number}.txt", copies=1)
    with library.database.reading() as connection:
        material = read_material(connection, 6)
        assert {len({document for document, _ in texts}) for texts in (material.index_terms, material.headings, material.passages)} == {3}
        assert len(material.index_terms) == len(material.headings) == len(material.passages) == 6
        assert occur_on_one_page(connection, read_question("hash table").terms)
        assert not occur_on_one_page(connection, read_question("hash sort").terms)

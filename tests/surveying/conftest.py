"""A small textbook in a real library, and a surveyor whose model says what its script says."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

import pytest

from engine import messages as m
from engine.answering.assemble import Location
from engine.answering.phrases import NoModelReason
from engine.cancellation import Cancellation
from engine.children import Child, Nursery
from engine.generation.messages import ENDINGS, PROTOCOL, Report
from engine.generator import Generator as Writer
from engine.home import Home
from engine.library.library import Library
from engine.machine import Machine
from engine.reading.messages import Block, BlockKind, DocumentOpened, PageRead, Word
from engine.studying.chunking import Chunk
from engine.surveying.surveyor import Surveyor
from engine.values import Answer, DocumentId, ModelRow, Passage, Section

SCRIPTED = Path(__file__).parents[1] / "generation" / "scripted_child.py"

Part = tuple[int, str, Sequence[str]]
"""(level, heading as printed, paragraphs); `*term*` is set in italics, a paragraph that begins with "Theorem" is a statement."""

BOOK: tuple[Part, ...] = (
    (1, "Preface", ("This book was written for students, and I thank my publisher for all the patience.",)),
    (1, "1 Stacks and queues", ("Stacks and queues are collections that give their items back in a fixed order.",)),
    (
        2,
        "1.1 Stacks",
        (
            "A *stack* is a collection in which the item added last is removed first. This is why it is used everywhere.",
            "Pushing an item onto a stack takes O(1) time. Removing an item from a stack takes constant time.",
        ),
    ),
    (
        2,
        "1.2 Queues",
        ("A *queue* is a collection in which the item added first is removed first. A queue keeps its items in the order of their arrival.",),
    ),
    (2, "1.3 Exercises", ("Show that a stack can be built from two queues. A solution of a queue with stacks is given in the appendix of the book.",)),
    (1, "2 Sorting", ("Sorting brings the items of a list into order, and searching a sorted list is fast.",)),
    (
        2,
        "2.1 Merge sort",
        (
            "*Merge sort* is an algorithm that sorts each half of a list and merges the halves.",
            "Merge sort takes O(n log n) time for a list of n items. However, it needs room for another list.",
            "Theorem 2.1. Every sorting algorithm that only compares items needs at least n log n comparisons in the worst case.",
        ),
    ),
    (
        2,
        "2.2 Insertion sort",
        ("*Insertion sort* is an algorithm that puts one item after the other into its place. Insertion sort takes O(n^2) time in the worst case.",),
    ),
)


def page_of(number: int, heading: str, paragraphs: Sequence[str]) -> PageRead:
    """A page with a heading and its paragraphs; words stand side by side, a line for each paragraph."""
    pieces = [heading, *paragraphs]
    text, blocks, emphasis = "", [], []
    for index, piece in enumerate(pieces):
        start = len(text)
        for run in re.split(r"(\*[^*]+\*)", piece):
            bare = run.strip("*") if run.startswith("*") else run
            if run.startswith("*"):
                emphasis.append((len(text), len(text) + len(bare)))
            text += bare
        kind: BlockKind = "heading" if index == 0 else "theorem" if piece.startswith("Theorem") else "prose"
        blocks.append(Block(kind, start, len(text)))
        text += "\n\n"
    text = text.rstrip()
    words = [
        Word(match.start(), match.end(), 50.0, 100.0 + 20 * line, 60.0, 112.0 + 20 * line)
        for line, block in enumerate(blocks)
        for match in re.finditer(r"\S+", text[block.start : block.end])
        for match in [re.compile(r"\S+").match(text, block.start + match.start())]
        if match is not None
    ]
    return PageRead(number, str(number), 595.0, 842.0, "text", text, tuple(blocks), tuple(words), tuple(emphasis))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library, open for writing."""
    with Library.open(Home(tmp_path / "home"), writable=True) as library:
        yield library


AddBook = Callable[..., DocumentId]


@pytest.fixture
def add_book(library: Library, tmp_path: Path) -> AddBook:
    """Puts a textbook into the library, a page for each part."""

    def add(parts: Sequence[Part] = BOOK, *, title: str = "Collections and Sorting", name: str = "adams_collections.pdf", state: str = "ready") -> DocumentId:
        path = tmp_path / name
        path.write_text(title + repr(parts), encoding="utf-8")
        document = library.register(library.files.take(path), path=str(path)).document
        pages = [page_of(number, heading, paragraphs) for number, (_, heading, paragraphs) in enumerate(parts, 1)]
        ends = [next((later for later in range(index + 1, len(parts)) if parts[later][0] <= level), len(parts)) for index, (level, _, _) in enumerate(parts)]
        sections = [Section(index + 1, level, heading, index + 1, ends[index]) for index, (level, heading, _) in enumerate(parts)]
        library.begin(document, DocumentOpened("pdf", title, len(parts), True, ()), sections, reader_version=1)
        chunks = [Chunk(page.number, 0, len(page.text), page.text, page.number, (parts[page.number - 1][1],), "") for page in pages]
        library.append(document, pages, chunks)
        library.mark(document, state)  # type: ignore[arg-type]
        return document

    return add


class Desk:
    """A surveyor, and what its model was asked."""

    def __init__(self, library: Library, folder: Path, script: dict[str, object], *, small: bool, model: bool) -> None:
        self.library = library
        self.record = folder / "asked.jsonl"
        weights = folder / "model.gguf"
        weights.write_bytes(b"GGUF")
        self.row = ModelRow("scripted-7b", "generator", str(weights), 4, "5" * 64, "added", parameters=10**8 if small else 7 * 10**9)
        self.nursery = Nursery()
        command = (sys.executable, "-P", str(SCRIPTED), json.dumps({"record": str(self.record), **script}))
        self.child = Child(role="generator", command=command, nursery=self.nursery, protocol=PROTOCOL, accepts=Report, endings=ENDINGS)
        self.writer = Writer(child=self.child, machine=Machine(folder / "machine.json"))
        self.has_model = model
        self.is_small = small
        self.surveyor = Surveyor(library=library, generator=self.writer, model_for=self._model_for, locate=self._locate)

    def _model_for(self, _language: str, cancellation: Cancellation) -> Generator[m.Happening, None, tuple[ModelRow | None, NoModelReason | None]]:
        yield from ()
        if not self.has_model:
            return None, "missing"
        if self.is_small:
            return None, None
        self.writer.load(self.row, cancellation=cancellation)
        return self.row, None

    def _locate(self, passage: Passage, start: int, end: int) -> Location:
        first, last = passage.start + start, passage.start + end
        return Location(passage.page, passage.page_label, self.library.boxes_of(passage.document, passage.sheet, first, last))

    def run(self, question: str, cancellation: Cancellation | None = None, **options: object) -> Iterator[m.Happening | Answer]:
        """What a question brings; nothing where it is an ordinary one."""
        request = m.Ask(question, **options)  # type: ignore[arg-type]
        plan = self.surveyor.plan(request.question, request.within, request.history)
        if plan is not None:
            yield from self.surveyor.answer(request, plan, cancellation or Cancellation())

    def ask(self, question: str, **options: object) -> Answer:
        """The answer alone."""
        (answer,) = (said for said in self.run(question, **options) if isinstance(said, Answer))
        return answer

    def calls(self) -> int:
        """How often the model wrote."""
        return self.record.read_text().count('"type":"Generate"') if self.record.exists() else 0

    def close(self) -> None:
        """End the child."""
        self.child.close()
        self.nursery.close()


OpenDesk = Callable[..., Desk]


@pytest.fixture
def desk(library: Library, tmp_path: Path) -> Iterator[OpenDesk]:
    """Makes surveyors over the library; `script` is the model's, None: there is none."""
    desks: list[Desk] = []

    def make(script: dict[str, object] | None = None, *, small: bool = False) -> Desk:
        desks.append(Desk(library, tmp_path, script or {}, small=small, model=script is not None))
        return desks[-1]

    yield make
    for one in desks:
        one.close()

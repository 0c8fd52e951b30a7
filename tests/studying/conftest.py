"""A desk to study at: a home, the parts, children, and small books."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pymupdf
import pytest

from engine.cancellation import Cancellation
from engine.children import Child, Nursery, child_command
from engine.embedding import messages as embedding
from engine.embedding.pieces import estimate_pieces
from engine.home import Home
from engine.library.library import Library
from engine.meaning import Meaning
from engine.reading import messages as reading
from engine.studying.gate import Gate
from engine.studying.study import Studying

TESTS = Path(__file__).parent.parent

MakePdf = Callable[[Path, int, str], Path]


@pytest.fixture
def make_pdf() -> MakePdf:
    """Makes a small book about one subject."""

    def make(path: Path, pages: int, subject: str) -> Path:
        with pymupdf.open() as book:
            for number in range(1, pages + 1):
                page = book.new_page()
                page.insert_textbox(
                    pymupdf.Rect(72, 150, 520, 700),
                    f"Chapter {number} of the {subject} book. A {subject} is a structure that keeps {subject} number {number} in order. "
                    f"Every {subject} has a name, and page {number} says which one it is.",
                    fontsize=12,
                )
            book.save(path)
        return path

    return make


@pytest.fixture
def make_book(tmp_path: Path) -> Callable[..., Path]:
    """Makes a book for the scripted reader: a text whose pages are parted by form feeds."""

    def make(name: str, pages: int = 3, *, first: str = "") -> Path:
        texts = [f"Page {number} of {name} says what {name} number {number} is, and why it is kept in order." for number in range(1, pages + 1)]
        path = tmp_path / f"{name}.txt"
        path.write_text("\f".join([first or texts[0], *texts[1:]]))
        return path

    return make


class Desk:
    """What a test needs to study with, and a way to run a study to its end."""

    def __init__(self, root: Path, *, embedder: tuple[str, ...], reader: tuple[str, ...], gate: Gate | None = None) -> None:
        self.home = Home(root)
        self.library = Library.open(self.home, writable=True)
        self.nursery = Nursery()
        self.reader = Child(
            role="reader",
            command=reader,
            nursery=self.nursery,
            protocol=reading.PROTOCOL,
            accepts=reading.Report,
            endings=reading.ENDINGS,
            restart_pauses_s=(0.0,),
        )
        self.embedder = Child(
            role="embedder", command=embedder, nursery=self.nursery, protocol=embedding.PROTOCOL, accepts=embedding.Report, endings=embedding.ENDINGS
        )
        self.meaning = Meaning(child=self.embedder, directory=root, backend="onnx", threads=1, languages=("en",))
        self.gate = gate or Gate()
        self.studying = Studying(library=self.library, reader=self.reader, meaning=self.meaning, count_pieces=estimate_pieces, gate=self.gate)

    def study(self, *paths: Path | str) -> list[object]:
        return list(self.studying.study([str(path) for path in paths], cancellation=Cancellation()))

    def go_on(self) -> list[object]:
        """Finish what an earlier run left, as the engine does at its start."""
        return list(self.studying.study((), documents=self.studying.unfinished(), cancellation=Cancellation()))

    def close(self) -> None:
        self.reader.close()
        self.embedder.close()
        self.nursery.close()
        self.library.close()


OpenDesk = Callable[..., Desk]


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[OpenDesk]:
    """Opens desks over one home, one after the other."""
    opened: list[Desk] = []

    def open_one(*, embedder: tuple[str, ...] = (), reader: tuple[str, ...] | None = None, gate: Gate | None = None) -> Desk:
        for desk in opened:
            desk.close()
        opened[:] = [
            Desk(
                tmp_path / "home",
                embedder=(sys.executable, "-P", str(TESTS / "hashing_embedder.py"), *embedder),
                reader=child_command("engine.reading") if reader is None else reader,
                gate=gate,
            )
        ]
        return opened[0]

    yield open_one
    for desk in opened:
        desk.close()


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    """A desk with the real reader and hashed vectors."""
    return open_desk()


@pytest.fixture
def scripted_reader() -> Callable[..., tuple[str, ...]]:
    """The command of a reader that does what it is told."""

    def command(*arguments: str) -> tuple[str, ...]:
        return (sys.executable, "-P", str(TESTS / "studying" / "scripted_reader.py"), *arguments)

    return command

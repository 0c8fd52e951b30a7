"""An engine over a temporary home, with the real reader and hashed vectors."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine import messages as m
from engine.brain import Brain
from engine.cancellation import Cancellation
from engine.home import Home
from engine.values import Document

TESTS = Path(__file__).parent.parent

Write = Callable[..., Path]


class Desk:
    """An engine with a student at it."""

    def __init__(self, brain: Brain) -> None:
        self.brain = brain
        self.library = brain.library

    def do(self, request: Any, cancellation: Cancellation | None = None) -> list[Any]:
        """Whatever is said while a request is done, its ending last."""
        return list(self.brain.handle(request, cancellation or Cancellation()))

    def study(self, *paths: Path, collection: str | None = None) -> list[tuple[str, str]]:
        """(file name, state) of every file that was done with."""
        return self.outcome(self.do(m.Study(tuple(str(path) for path in paths), collection)))

    @staticmethod
    def outcome(said: list[Any]) -> list[tuple[str, str]]:
        return [(Path(each.path).name, each.state) for each in said if isinstance(each, m.DocumentStudied)]

    def rows(self) -> dict[str, Document]:
        """The documents by the names of their files."""
        return {Path(document.path).name: document for document in self.brain.documents()}

    def found(self, question: str, **options: Any) -> list[str]:
        """The names of the files in which passages for a question were found."""
        ending = self.brain.ask_once(m.Search(question, **options), m.Found)
        return [Path(passage.path).name for passage in ending.passages]

    def close(self) -> None:
        self.brain.close()


Open = Callable[..., Desk]


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Open]:
    """Opens engines, by default over one home and with the embedder "hashing"; closes them in the end."""
    opened: list[Desk] = []

    def open_one(name: str = "home", *, embedder: tuple[str, ...] = (), writing: str = "required", **options: Any) -> Desk:
        command = (sys.executable, "-P", str(TESTS / "hashing_embedder.py"), *embedder)
        brain = Brain.open(Home(tmp_path / name), writing=writing, program="a test", commands={"embedder": command}, **options)  # type: ignore[arg-type]
        opened.append(Desk(brain))
        return opened[-1]

    yield open_one
    for desk in opened:
        desk.close()


@pytest.fixture
def desk(open_desk: Open) -> Desk:
    """One engine."""
    return open_desk()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a text file that looks as if it had been there for a while; its folder is "notes" unless another is named."""

    def write_one(name: str, text: str, *, folder: str = "notes", seconds_ago: float = 3600.0) -> Path:
        path = tmp_path / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        when = time.time() - seconds_ago
        os.utime(path, (when, when))
        return path

    return write_one

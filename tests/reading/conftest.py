"""Small PDFs made on the spot, and a real reader child."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from engine.cancellation import Cancellation
from engine.children import Child, Nursery, child_command
from engine.reading import messages
from engine.reading.messages import PageRead
from engine.reading.opening import open_book


@pytest.fixture
def new_pdf(tmp_path: Path) -> Iterator[Callable[[], pymupdf.Document]]:
    """Makes empty documents that are closed after the test."""
    made: list[pymupdf.Document] = []

    def make() -> pymupdf.Document:
        made.append(pymupdf.open())
        return made[-1]

    yield make
    for document in made:
        document.close()


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., tuple[Any, list[PageRead]]]:
    """Saves a document (or takes a path), reads it and returns the closed book and its pages."""

    def do(source: pymupdf.Document | Path, *, first_page: int = 1, name: str | None = None) -> tuple[Any, list[PageRead]]:
        path = source if isinstance(source, Path) else tmp_path / "book.pdf"
        if not isinstance(source, Path):
            source.save(path)
        book = open_book(path, name or path.name)
        try:
            return book, [page for page in book.read(first_page, Cancellation()) if isinstance(page, PageRead)]
        finally:
            book.close()

    return do


@pytest.fixture
def reader() -> Iterator[Child]:
    """A real reader child."""
    nursery = Nursery()
    child = Child(
        role="reader",
        command=child_command("engine.reading"),
        nursery=nursery,
        protocol=messages.PROTOCOL,
        accepts=messages.Report,
        endings=messages.ENDINGS,
    )
    yield child
    child.close()
    nursery.close()

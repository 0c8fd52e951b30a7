"""Small documents, a temporary home and deterministic vectors for the library's tests."""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from engine.home import Home
from engine.library.library import Library
from engine.reading.messages import Block, DocumentOpened, PageRead, Word
from engine.studying.chunking import Chunk
from engine.values import DocumentId, Section

EMBEDDER = "hashes"
DIMENSIONS = 16

TEXTS = (
    "A stack is a last-in, first-out collection of items.",
    "A queue is a first-in, first-out collection of items.",
    "A red-black tree is a balanced binary search tree.",
    "红黑树是一种自平衡二叉查找树。",
)


def vector_of(text: str) -> bytes:
    """A unit vector that depends on nothing but the text."""
    numbers = [byte - 127.5 for byte in hashlib.sha256(text.encode()).digest()[:DIMENSIONS]]
    length = math.sqrt(sum(number * number for number in numbers))
    return struct.pack(f"<{DIMENSIONS}f", *(number / length for number in numbers))


def page_of(number: int, text: str, label: str | None = None) -> PageRead:
    """A page whose words stand side by side on one line."""
    words: list[Word] = []
    place = 0
    for word in text.split():
        start = text.index(word, place)
        place = start + len(word)
        words.append(Word(start, place, 50.0 + 5 * start, 100.0, 50.0 + 5 * place, 112.0))
    return PageRead(number, label, 595.0, 842.0, "text", text, (Block("prose", 0, len(text)),), tuple(words))


def chunk_of(page: PageRead, emphasis: str = "") -> Chunk:
    """The whole page as one chunk."""
    return Chunk(page.number, 0, len(page.text), page.text, 1, ("Collections",), emphasis)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that nobody used yet."""
    return Home(tmp_path / "home")


@pytest.fixture
def library(home: Home) -> Iterator[Library]:
    """An empty library, open for writing."""
    with Library.open(home, writable=True) as library:
        yield library


Study = Callable[..., DocumentId]


@pytest.fixture
def study(library: Library, tmp_path: Path) -> Study:
    """Puts a document of the given pages into the library and embeds it."""

    def study(texts: Sequence[str] = TEXTS, *, name: str = "book.txt", embed: bool = True, sample: bool = False) -> DocumentId:
        path = tmp_path / name
        path.write_text("\n".join(texts), encoding="utf-8")
        document = library.register(library.files.take(path), path=str(path), sample=sample).document
        library.begin(document, DocumentOpened("text", name, len(texts), True, ()), [Section(1, 1, "Collections", 1, len(texts))], reader_version=1)
        pages = [page_of(number, text) for number, text in enumerate(texts, 1)]
        library.append(document, pages, [chunk_of(page) for page in pages])
        library.mark(document, "searchable")
        if embed:
            waiting = library.chunks_without_vectors(EMBEDDER, 10_000, document)
            library.store_vectors(EMBEDDER, [chunk for chunk, _ in waiting], b"".join(vector_of(text) for _, text in waiting))
            library.mark(document, "ready")
        return document

    return study

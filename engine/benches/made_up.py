"""A made-up library of any size, for measuring searches: text and vectors with the shape of real ones, the same at every run.

Words follow Zipf's law, and each chunk speaks about one of many topics that have words of their own. Vectors lie in clusters
within clusters (book, section, topic) on a common mean, and questions lie apart from them, as short questions do. Tight
clusters would make every graph look good, an even spread every graph look bad; so the weights were fitted to the real thing:
on 7,837 chunks of six textbooks with 200 questions a graph's recall@20 at ef 24, 48, 96, 192, 400 was .860, .928, .969,
.989, .997 (starter embedder), on as many made-up ones .819, .917, .968, .988, .997.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cancellation import Cancellation
from engine.library.files import StoredFile
from engine.library.library import Library
from engine.reading.messages import Block, DocumentOpened, PageRead
from engine.studying.chunking import Chunk
from engine.values import DocumentId, Scope

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Matrix = NDArray[numpy.float32]

EMBEDDER = "made-up/384"
DIMENSIONS = 384
CHUNKS_PER_DOCUMENT = 2_000
CHUNKS_PER_PAGE = 4
WORDS_PER_CHUNK = 110
"""As measured on the chunks of ten textbooks: 104 words in the mean."""

_VOCABULARY = 60_000
_TOPIC_WORDS = 40
_CHUNKS_PER_TOPIC = 8
_CHUNKS_PER_SECTION = 80
_CHUNKS_PER_BOOK = 800
_ON_TOPIC = 0.25
"""Part of a chunk's words that belong to its topic."""

_SYLLABLES = tuple(consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou")


@dataclass(frozen=True, slots=True)
class Question:
    """Words as a person might ask them, and the vector that an embedder might make of them."""

    text: str
    vector: bytes


class MadeUpLibrary:
    """Chunks, vectors and questions of a library with `chunks` chunks, drawn from one seed."""

    def __init__(self, chunks: int, *, seed: int = 1) -> None:
        import numpy

        self.chunks = chunks
        self._dice = numpy.random.default_rng(seed)
        self._words = [_word(number) for number in range(_VOCABULARY)]
        # Zipf–Mandelbrot, as fitted to English: the commonest word is every sixteenth or so.
        weights = 1.0 / (numpy.arange(_VOCABULARY) + 2.7)
        self._cumulated = numpy.cumsum(weights / weights.sum())
        topics = _parts(chunks, _CHUNKS_PER_TOPIC)
        self._topic_words = self._dice.integers(200, _VOCABULARY, size=(topics, _TOPIC_WORDS))
        self._mean = self._noise(1)
        self._books = self._noise(_parts(chunks, _CHUNKS_PER_BOOK))
        self._sections = self._noise(_parts(chunks, _CHUNKS_PER_SECTION))
        self._topics = self._noise(topics)
        self._asked = self._noise(1)

    def fill(self, library: Library, cancellation: Cancellation) -> Iterator[int]:
        """Store the made-up documents in `library`, as studying would; yields how many chunks are there after each document.

        Raises:
            Stopped: cancelled.
        """
        import numpy

        done = 0
        while done < self.chunks:
            cancellation.raise_if_cancelled()
            count = min(CHUNKS_PER_DOCUMENT, self.chunks - done)
            document = _document(done)
            numbers = numpy.arange(done, done + count)
            self._store_text(library, document, [self._text(number // _CHUNKS_PER_TOPIC) for number in numbers.tolist()])
            ids = library.chunk_ids(library.within([Scope(document)]))
            library.store_vectors(EMBEDDER, ids, self._vectors(numbers).tobytes())
            library.mark(document, "ready")
            done += count
            yield done

    def questions(self, count: int) -> list[Question]:
        """Questions of two to five content words, some of them common; half of their words are of one topic, as their vectors are."""
        import numpy

        found: list[Question] = []
        for number in self._dice.integers(0, self.chunks, size=count):
            wanted = int(self._dice.integers(2, 6))
            of_topic = [
                self._words[word] for word in self._dice.choice(self._topic_words[number // _CHUNKS_PER_TOPIC], size=max(1, wanted // 2), replace=False)
            ]
            ranks = numpy.exp(self._dice.uniform(numpy.log(60), numpy.log(6_000), size=wanted - len(of_topic))).astype(int)
            words = [*of_topic, *(self._words[rank] for rank in ranks)]
            self._dice.shuffle(words)
            vector = 0.35 * self._vectors(numpy.array([number])) + 0.8 * self._asked + 0.7 * self._noise(1)
            found.append(Question(f"How does {' '.join(words)} work?", _of_unit_length(vector).tobytes()))
        return found

    def _text(self, topic: int) -> str:
        import numpy

        ranks = numpy.searchsorted(self._cumulated, self._dice.random(WORDS_PER_CHUNK))
        own = self._dice.random(WORDS_PER_CHUNK) < _ON_TOPIC
        ranks[own] = self._dice.choice(self._topic_words[topic], size=int(own.sum()))
        return " ".join(self._words[rank] for rank in ranks)

    def _vectors(self, numbers: NDArray[numpy.int64]) -> Matrix:
        import numpy

        spread = 0.4 * numpy.exp(0.5 * self._dice.standard_normal((len(numbers), 1)))
        clusters = 0.3 * self._books[numbers // _CHUNKS_PER_BOOK] + 0.5 * self._sections[numbers // _CHUNKS_PER_SECTION]
        clusters += 0.45 * self._topics[numbers // _CHUNKS_PER_TOPIC]
        return _of_unit_length(0.4 * self._mean + clusters + spread * self._noise(len(numbers)))

    def _noise(self, count: int) -> Matrix:
        """Vectors of unit length in any direction."""
        import numpy

        return _of_unit_length(self._dice.standard_normal((count, DIMENSIONS), dtype=numpy.float32))

    @staticmethod
    def _store_text(library: Library, document: DocumentId, texts: list[str]) -> None:
        library.register(StoredFile(document, ".txt", 1, Path("made-up.txt")), path=f"/made-up/{document[:16]}.txt")
        pages: list[PageRead] = []
        chunks: list[Chunk] = []
        for number, first in enumerate(range(0, len(texts), CHUNKS_PER_PAGE), 1):
            some = texts[first : first + CHUNKS_PER_PAGE]
            text = "\n\n".join(some)
            blocks: list[Block] = []
            start = 0
            for one in some:
                blocks.append(Block("prose", start, start + len(one)))
                chunks.append(Chunk(number, start, start + len(one), one, None, (), ""))
                start += len(one) + 2
            pages.append(PageRead(number, None, 0.0, 0.0, "text", text, tuple(blocks), ()))
        library.begin(document, DocumentOpened("text", "A made-up document", len(pages), True, ()), (), reader_version=1)
        library.append(document, pages, chunks)


def _of_unit_length(rows: NDArray[numpy.floating]) -> Matrix:
    import numpy

    unit: Matrix = (rows / numpy.linalg.norm(rows, axis=1, keepdims=True)).astype("<f4")
    return unit


def _parts(whole: int, size: int) -> int:
    return -(-whole // size)


def _word(number: int) -> str:
    """A pronounceable word, another one for each number."""
    word = ""
    number += len(_SYLLABLES)
    while number:
        number, syllable = divmod(number, len(_SYLLABLES))
        word += _SYLLABLES[syllable]
    return word


def _document(number: int) -> DocumentId:
    return DocumentId(hashlib.sha256(f"made-up {number}".encode()).hexdigest())

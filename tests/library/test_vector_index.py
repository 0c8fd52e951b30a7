"""The vector index: exact or by graph, always true to the stored vectors, its file trusted only byte for byte."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import numpy
import pytest

from engine.home import Home
from engine.library.library import Library
from engine.library.vector_index import VectorIndex, breadth_for
from engine.values import DocumentId, Scope

Study = Callable[..., DocumentId]
NAME = "hashes"


def asked(library: Library, chunk: int) -> bytes:
    with library.database.reading() as connection:
        row: tuple[bytes] = connection.execute("SELECT vector FROM vectors WHERE chunk = ?", (chunk,)).fetchone()
    return row[0]


def graph_of(library: Library, graph_from: int = 4) -> VectorIndex:
    return VectorIndex(library.database, library.home.vectors, NAME, graph_from=graph_from)


@pytest.fixture
def many(study: Study) -> DocumentId:
    """Forty pages, enough for a small graph."""
    return study([f"Page number {number} about nothing else." for number in range(40)])


@pytest.mark.parametrize("prepared", [False, True])
def test_the_nearest_chunk_of_a_vector_is_its_own(library: Library, many: DocumentId, prepared: bool) -> None:
    index = graph_of(library)
    if prepared:
        index.prepare()
    assert index.search(asked(library, 1), 1)[0][0] == 1
    assert index.has_graph is prepared
    for chunk in (1, 17, 40):
        (first, score), *_ = index.search(asked(library, chunk), 5)
        assert first == chunk
        assert score == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("graph_from", [4, 1000])
def test_asking_for_more_than_there_is_gives_all(library: Library, many: DocumentId, graph_from: int) -> None:
    index = graph_of(library, graph_from)
    index.prepare()
    assert len(index.search(asked(library, 1), 1000)) == 40
    assert index.search(asked(library, 1), 0) == []
    assert len(index.search(asked(library, 1), 1000, excluded={1, 2})) == 38


def test_an_embedder_without_vectors_finds_nothing(library: Library) -> None:
    assert library.index("unknown").search(b"\0" * 64, 5) == []


def test_a_vector_of_another_length_is_a_mistake(library: Library, many: DocumentId) -> None:
    with pytest.raises(ValueError, match="dimensions"):
        graph_of(library).search(b"\0" * 8, 5)


def test_graph_and_exact_search_agree_within_scopes(library: Library, many: DocumentId, study: Study) -> None:
    other = study([f"Another page {number}." for number in range(10)], name="other.txt")
    within = library.within([Scope(other)])
    exact, graph = graph_of(library, 1000), graph_of(library)
    graph.prepare()
    assert {chunk for chunk, _ in graph.search(asked(library, 3), 50, within=within)} == set(range(41, 51))
    assert exact.search(asked(library, 3), 50, within=within) == graph.search(asked(library, 3), 50, within=within)


def test_what_came_and_went_since_is_seen_at_once(library: Library, many: DocumentId, study: Study) -> None:
    index = graph_of(library)
    index.prepare()
    later = study(["A page that came later."], name="later.txt")
    (chunk,) = library.chunk_ids(library.within([Scope(later)]))
    vector = asked(library, chunk)
    assert index.search(vector, 1)[0][0] == chunk
    index.prepare()
    assert index.search(vector, 1)[0][0] == chunk
    library.remove([later])
    assert all(found != chunk for found, _ in index.search(vector, 1000))
    library.remove([many])
    assert index.search(vector, 10) == []


def cache_file(home: Home) -> Path:
    (path,) = home.vectors.glob("*.hnsw")
    return path


def test_a_saved_graph_is_loaded_again_without_building(library: Library, many: DocumentId, home: Home) -> None:
    graph_of(library).prepare()
    before = cache_file(home).stat().st_mtime_ns
    with Library.open(home, writable=False) as reader:
        index = graph_of(reader)
        assert index.search(asked(library, 7), 1)[0][0] == 7
        assert index.has_graph
    assert cache_file(home).stat().st_mtime_ns == before


@pytest.mark.parametrize("damage", ["header", "middle", "cut", "gone", "longer"])
def test_a_damaged_file_is_built_again_and_never_loaded(library: Library, many: DocumentId, home: Home, damage: str) -> None:
    graph_of(library).prepare()
    path = cache_file(home)
    held = bytearray(path.read_bytes())
    if damage == "gone":
        path.unlink()
    else:
        held[8 if damage == "header" else len(held) // 2] ^= 0x10
        path.write_bytes(held[:-100] if damage == "cut" else held + b"\0" if damage == "longer" else held)
    index = graph_of(library)
    assert index.search(asked(library, 7), 1)[0][0] == 7
    assert not index.has_graph
    index.prepare()
    assert index.has_graph
    again = graph_of(library)
    assert again.search(asked(library, 7), 1)[0][0] == 7
    assert again.has_graph


def test_a_graph_saved_with_removals_comes_back_without_them(library: Library, many: DocumentId, study: Study) -> None:
    other = study([f"Another page {number}." for number in range(5)], name="other.txt")
    graph_of(library).prepare()
    library.remove([other])
    second = graph_of(library)
    second.prepare()
    third = graph_of(library)
    assert {chunk for chunk, _ in third.search(asked(library, 1), 1000)} == set(range(1, 41))
    assert third.has_graph


def test_a_graph_finds_what_exact_search_finds(library: Library) -> None:
    """Recall against exact search on clustered vectors, as text makes them."""
    dice = numpy.random.default_rng(5)
    centres = dice.normal(size=(40, 64))
    vectors = centres[dice.integers(40, size=6000)] + 0.6 * dice.normal(size=(6000, 64))
    vectors = (vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)).astype("<f4")
    store(library, vectors)
    index = VectorIndex(library.database, library.home.vectors, NAME, graph_from=6000)
    questions = vectors[::300]
    exact = [index.search(row.tobytes(), 20) for row in questions]
    assert not index.has_graph
    index.prepare()
    found = [index.search(row.tobytes(), 20) for row in questions]
    assert index.has_graph
    shared = sum(len({chunk for chunk, _ in one} & {chunk for chunk, _ in other}) for one, other in zip(exact, found, strict=True))
    assert shared / (20 * len(questions)) >= 0.98


def store(library: Library, vectors: numpy.ndarray) -> None:
    """Vectors for chunks that are nothing but rows."""
    with library.database.transaction() as connection:
        connection.execute(
            "INSERT INTO documents (document, title, last_path, kind, state, suffix, size_bytes, added_at) VALUES ('d', 'd', 'd', 'text', 'ready', '', 0, 0)"
        )
        connection.executemany(
            "INSERT INTO chunks (document, page, start, \"end\", section_path, emphasis) VALUES (1, ?, 0, 1, '[]', '')",
            [(n,) for n in range(1, len(vectors) + 1)],
        )
    library.store_vectors(NAME, list(range(1, len(vectors) + 1)), vectors.tobytes())


def test_a_larger_graph_is_searched_more_broadly() -> None:
    assert breadth_for(5_000) == breadth_for(10_000) == 400
    assert breadth_for(90_000) == 1_200
    assert breadth_for(10_000_000) == 4_000


def test_vectors_of_a_wrong_size_are_passed_over(library: Library, many: DocumentId) -> None:
    with library.database.transaction() as connection:
        connection.execute("UPDATE vectors SET vector = ? WHERE chunk = 2", (struct.pack("<f", 1.0),))
    assert len(graph_of(library).search(asked(library, 1), 100)) == 39

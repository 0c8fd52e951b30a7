"""Search by meaning: the nearest vectors of a question's vector. The only module that knows hnswlib.

The stored vectors are the truth. A library is searched exactly, by one matrix product, until it is huge. Then it gets a graph
(hierarchical navigable small worlds, Malkov & Yashunin 2018) whose file is a cache: it is loaded only when its name, size
and sha256 are those that the database recorded, because hnswlib crashes on a damaged header and loads a truncated file
silently; on any doubt it is built again. Vectors that came after the graph was made are searched exactly beside it.
"""

from __future__ import annotations

import contextlib
import hashlib
import math
import os
import threading
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.library import vectors
from engine.library.database import Database
from engine.library.pages import Within
from engine.library.vector_rows import VectorRows
from engine.library.vectors import CacheRecord, Embedder
from engine.trouble import HomeTrouble

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Matrix = NDArray[numpy.float32]
    Ids = NDArray[numpy.int64]

GRAPH_FROM = 150_000
"""Fewer vectors than this (some 150 textbooks) are searched exactly. At 100,000 that took 4 ms on two cores, and a graph
with a recall@20 of .975 took 7 ms, a minute of building, and as much memory (`bytebrain bench --chunks 100000`)."""

EXACT_WITHIN = 20_000
"""A part of the library with at most this many vectors is searched exactly, whatever the whole has."""

LINKS = 16
BREADTH_BUILDING = 200
"""hnswlib's M and ef_construction; 24 links or twice the breadth gained less than searching more broadly for the same time."""

BREADTH_SEARCHING = 400
BREADTH_GROWS_FROM = 10_000
"""hnswlib's ef, and from how many vectors on it grows with the square root of their number. Recall@20 against exact search:
.997 with 400 on 7,837 chunks of six textbooks; on 100,000 made-up ones as hard .892 with 400, .975 with 1,200."""

MOST_BREADTH = 4_000

_BATCH = 256
_READ_AT_ONCE = 500
"""Vectors are read from the database in portions of so many: for a moment they are in memory three times."""

_MOST_DELETED = 0.2
"""With more of the graph deleted than this part, it is built afresh: deleted nodes still cost time and links."""


class VectorIndex:
    """The vectors of one embedder, ready for searching. Keeps itself up to date with the database; safe to use from several threads."""

    def __init__(self, database: Database, folder: Path, embedder: str, *, graph_from: int = GRAPH_FROM) -> None:
        self._database = database
        self._folder = folder
        self._name = embedder
        self._graph_from = graph_from
        self._lock = threading.Lock()
        self._preparing = threading.Lock()
        self._forget()

    def search(self, vector: bytes, count: int, *, within: Sequence[Within] | None = None, excluded: Collection[int] = frozenset()) -> list[tuple[int, float]]:
        """The `count` chunks whose vectors are nearest: (chunk id, cosine), the nearest first; fewer where there are fewer.

        `vector` is one row of float32 of unit length. `within` limits the search to a part of the library.
        """
        import numpy

        asked = numpy.frombuffer(vector, dtype="<f4")
        with self._lock, self._database.reading() as connection:
            embedder = self._catch_up()
            if embedder is None or count < 1:
                return []
            if len(asked) != embedder.dimensions:
                raise ValueError(f"the question's vector has {len(asked)} dimensions, those of {self._name} have {embedder.dimensions}")
            wanted = count + len(excluded)
            if within is None:
                found = self._in_tail(asked, wanted, None) + self._in_graph(asked, wanted, None)
            else:
                allowed = vectors.chunks_with_vectors(connection, embedder, within)
                found = self._among(asked, wanted, embedder, allowed)
        found = [(chunk, score) for chunk, score in found if chunk not in excluded]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:count]

    def prepare(self, is_cancelled: Callable[[], bool] = lambda: False) -> None:
        """Bring the graph and its file up to date, which may take a minute for a large library; searches go on meanwhile.

        Without it searches are exact: never wrong, but slower in a large library. A reader's graph stays in memory.

        Raises:
            HomeTrouble: the disk is full or can't be written.
        """
        with self._preparing:
            with self._lock, self._database.reading():
                if self._catch_up() is None or self.size < self._graph_from:
                    return
                if self._graph is not None and len(self._gone) > _MOST_DELETED * self._graph.get_current_count():
                    self._forget(use_cache=False)
                    self._catch_up()
            if self._graph is None:
                self._build(is_cancelled)
            else:
                self._move_tail_into_graph(is_cancelled)
            if self._database.writable and self._changed and not is_cancelled():
                self._save()

    @property
    def size(self) -> int:
        """How many vectors are searched, as of the last look at the database."""
        return len(self._tail) + self._live

    @property
    def has_graph(self) -> bool:
        """Whether a graph serves, or all is searched exactly."""
        return self._graph is not None

    # ---- what is held in memory ------------------------------------------------------------------------------------

    def _forget(self, *, use_cache: bool = True) -> None:
        self._graph: Any = None
        self._gone: set[int] = set()
        self._live = 0
        self._changed = False
        self._use_cache = use_cache
        self._seen: Embedder | None = None
        self._last_number = 0
        self._tail = VectorRows()

    def _catch_up(self) -> Embedder | None:
        """Take in what changed in the database since the last look. Called with the lock held and one view open."""
        connection = self._database.connection()
        embedder = vectors.embedder_of(connection, self._name)
        if embedder is None or (self._seen is not None and embedder.key != self._seen.key):
            self._forget()
        if embedder is None or embedder == self._seen:
            return embedder
        if self._seen is None:
            self._load_cache(embedder)
        if self._seen is None or embedder.removals != self._seen.removals:
            self._drop_removed(vectors.chunks_with_vectors(connection, embedder))
        self._read_new(embedder)
        self._seen = embedder
        return embedder

    def _drop_removed(self, present: Sequence[int]) -> None:
        import numpy

        here = numpy.asarray(present, dtype=numpy.int64)
        self._tail.keep(numpy.isin(self._tail.ids, here))
        if self._graph is None:
            return
        labels = numpy.asarray(self._graph.get_ids_list(), dtype=numpy.int64)
        self._delete_from_graph(numpy.setdiff1d(labels, here))

    def _delete_from_graph(self, chunks: Ids) -> None:
        for chunk in chunks.tolist():
            if chunk in self._gone:
                continue
            # Raised for what was deleted already when the file was saved.
            with contextlib.suppress(RuntimeError):
                self._graph.mark_deleted(chunk)
                self._changed = True
            self._gone.add(chunk)
            self._live -= 1

    def _read_new(self, embedder: Embedder) -> None:
        import numpy

        connection = self._database.connection()
        if self._seen is None:
            self._tail.reserve(vectors.count_vectors(connection, self._name) - self._live, embedder.dimensions)
        while rows := vectors.vectors_after(connection, embedder, self._last_number, _READ_AT_ONCE):
            self._last_number = rows[-1][0]
            sound = [row for row in rows if len(row[2]) == embedder.dimensions * vectors.BYTES_PER_NUMBER]
            ids = numpy.fromiter((row[1] for row in sound), dtype=numpy.int64, count=len(sound))
            self._tail.append(ids, numpy.frombuffer(b"".join(row[2] for row in sound), dtype="<f4").reshape(-1, embedder.dimensions))

    # ---- searching ---------------------------------------------------------------------------------------------------

    def _among(self, asked: Matrix, count: int, embedder: Embedder, allowed: Sequence[int]) -> list[tuple[int, float]]:
        """Search among the chunks of a part of the library."""
        import numpy

        permitted = numpy.asarray(allowed, dtype=numpy.int64)
        if self._graph is None:
            return self._in_tail(asked, count, permitted)
        if len(allowed) > EXACT_WITHIN:
            # Few of the nearest are outside of so large a part: look at more of them, and exactly if that wasn't enough.
            deep = count * 2 * max(1, self.size // len(allowed))
            found = self._in_tail(asked, count, permitted) + self._in_graph(asked, deep, permitted)
            if len(found) >= count:
                return found
        rows = vectors.vectors_of(self._database.connection(), embedder, allowed)
        matrix = numpy.frombuffer(b"".join(row[1] for row in rows), dtype="<f4").reshape(-1, embedder.dimensions)
        return _nearest(asked, numpy.fromiter((row[0] for row in rows), dtype=numpy.int64, count=len(rows)), matrix, count)

    def _in_tail(self, asked: Matrix, count: int, permitted: Ids | None) -> list[tuple[int, float]]:
        import numpy

        if permitted is None:
            return _nearest(asked, self._tail.ids, self._tail.matrix, count)
        mask = numpy.isin(self._tail.ids, permitted)
        return _nearest(asked, self._tail.ids[mask], self._tail.matrix[mask], count)

    def _in_graph(self, asked: Matrix, count: int, permitted: Ids | None) -> list[tuple[int, float]]:
        count = min(count, self._live)
        if self._graph is None or count < 1:
            return []
        self._graph.set_ef(max(breadth_for(self._live), 2 * count))
        try:
            labels, distances = self._graph.knn_query(asked, k=count, num_threads=1)
        except RuntimeError:
            # hnswlib raises where its walk meets fewer than k vectors; half as many will do, and at last one.
            return self._in_graph(asked, count // 2, permitted)
        keep = None if permitted is None else set(permitted.tolist())
        return [(chunk, 1.0 - distance) for chunk, distance in zip(labels[0].tolist(), distances[0].tolist(), strict=True) if keep is None or chunk in keep]

    # ---- building, saving, loading -----------------------------------------------------------------------------------

    def _new_graph(self, dimensions: int, room: int) -> Any:
        import hnswlib

        graph = hnswlib.Index(space="ip", dim=dimensions)
        graph.init_index(max_elements=room, M=LINKS, ef_construction=BREADTH_BUILDING, random_seed=1)
        graph.set_num_threads(1)
        return graph

    def _build(self, is_cancelled: Callable[[], bool]) -> None:
        """A graph of all that is in the tail; it is nobody's until it is done, so searches go on without it."""
        import numpy

        with self._lock:
            ids, matrix = self._tail.ids, self._tail.matrix
        graph = self._new_graph(matrix.shape[1], len(ids) + self._graph_from)
        for first in range(0, len(ids), _BATCH):
            if is_cancelled():
                return
            graph.add_items(matrix[first : first + _BATCH], ids[first : first + _BATCH], num_threads=1)
        with self._lock:
            self._graph, self._gone = graph, set()
            self._live, self._changed = len(ids), True
            removed = numpy.setdiff1d(ids, self._tail.ids)  # taken away while we were building
            self._tail.keep(~numpy.isin(self._tail.ids, ids))
            self._delete_from_graph(removed)

    def _move_tail_into_graph(self, is_cancelled: Callable[[], bool]) -> None:
        while not is_cancelled():
            with self._lock:
                ids, matrix = self._tail.ids[:_BATCH], self._tail.matrix[:_BATCH]
                if not len(ids):
                    return
                needed = self._graph.get_current_count() + len(ids)
                if needed > self._graph.get_max_elements():
                    self._graph.resize_index(needed + self._graph_from)
                self._graph.add_items(matrix, ids, num_threads=1)
                self._live += len(ids)
                self._changed = True
                self._tail.drop_first(len(ids))

    def _save(self) -> None:
        """Write the file, see that it is whole, name it by its content, and only then tell the database."""
        self._folder.mkdir(parents=True, exist_ok=True)
        prefix = hashlib.sha256(self._name.encode()).hexdigest()[:12]
        unfinished = self._folder / f"{prefix}.unfinished"
        with self._lock, self._database.reading() as connection:
            embedder = self._seen
            assert embedder is not None
            if len(self._tail):
                return  # something came in meanwhile: the next call takes it along
            if self._gone and vectors.cache_record(connection, embedder) is None:
                return  # documents were removed: what came from them is not written again; the next start builds a graph without it
            expected = self._graph.index_file_size()
            self._graph.save_index(str(unfinished))
            last_number, everything = self._last_number, self._graph.get_current_count()
        try:
            if unfinished.stat().st_size != expected:
                raise HomeTrouble(
                    "disk-full", f"The disk that holds {self._folder} is full.", "Make room there; until then searching by meaning takes a little longer."
                )
            digest = _sha256_and_sync(unfinished)
            target = self._folder / f"{prefix}-{digest[:16]}.hnsw"
            unfinished.replace(target)
        except OSError as error:
            raise HomeTrouble("home-unwritable", f"ByteBrain can't write to {self._folder}: {error.strerror}.", "Check the folder's permissions.") from error
        finally:
            unfinished.unlink(missing_ok=True)
        record = CacheRecord(target.name, digest, expected, embedder.generation, last_number, everything)
        with self._database.transaction() as connection:
            current = vectors.embedder_of(connection, self._name)
            if current is None or current.key != embedder.key or current.removals != embedder.removals:
                target.unlink(missing_ok=True)
                return
            vectors.record_cache(connection, embedder, record)
        self._changed = False
        for path in self._folder.glob(f"{prefix}-*.hnsw"):
            if path != target:
                path.unlink(missing_ok=True)  # a reader that was about to load it finds the new record instead

    def _load_cache(self, embedder: Embedder) -> None:
        """Take the graph from its file if nothing at all speaks against it."""
        import hnswlib

        record = vectors.cache_record(self._database.connection(), embedder) if self._use_cache else None
        if record is None or not is_sound(self._folder, record):
            return
        graph = hnswlib.Index(space="ip", dim=embedder.dimensions)
        try:
            graph.load_index(str(self._folder / record.file), max_elements=record.count + self._graph_from)
        except RuntimeError:  # the file went between the check and now: its writer has a newer one
            return
        graph.set_num_threads(1)
        if graph.get_current_count() != record.count:
            return
        self._graph, self._gone = graph, set()
        self._live = record.count
        self._last_number = record.last_number


def breadth_for(size: int) -> int:
    """How broadly a graph of `size` vectors is searched. Pure."""
    return min(MOST_BREADTH, round(BREADTH_SEARCHING * math.sqrt(max(1.0, size / BREADTH_GROWS_FROM))))


def is_sound(folder: Path, record: CacheRecord) -> bool:
    """Whether the file is, byte for byte, the one that the database recorded."""
    path = folder / record.file
    try:
        return Path(record.file).name == record.file and path.stat().st_size == record.size_bytes and _sha256(path) == record.sha256
    except OSError:
        return False


def _nearest(asked: Matrix, ids: Ids, matrix: Matrix, count: int) -> list[tuple[int, float]]:
    """The exact answer: the `count` largest inner products, ties by id."""
    import numpy

    if not len(ids):
        return []
    scores = matrix @ asked
    if count < len(ids):
        some = numpy.argpartition(-scores, count - 1)[:count]
        # All that tie with the last one stay in, so that the order of storage can't decide.
        some = numpy.flatnonzero(scores >= scores[some].min())
        ids, scores = ids[some], scores[some]
    order = numpy.lexsort((ids, -scores))[:count]
    return [(int(ids[place]), float(scores[place])) for place in order]


def _sha256(path: Path) -> str:
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _sha256_and_sync(path: Path) -> str:
    with open(path, "r+b") as handle:
        os.fsync(handle.fileno())
        return hashlib.file_digest(handle, "sha256").hexdigest()


def try_native() -> int:
    """Build a tiny graph and search it: whether hnswlib works here. Returns the dimensions that it was tried with."""
    import hnswlib
    import numpy

    vectors = numpy.eye(8, dtype=numpy.float32)
    graph = hnswlib.Index(space="ip", dim=8)
    graph.init_index(max_elements=8, M=LINKS, ef_construction=BREADTH_BUILDING)
    graph.add_items(vectors, numpy.arange(8), num_threads=1)
    found, _ = graph.knn_query(vectors[3:4], k=1, num_threads=1)
    assert int(found[0][0]) == 3, "hnswlib finds the wrong neighbour"
    return 8

"""The rows of vectors: the truth behind the vector index. Functions over an open connection."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import msgspec

from engine.library.pages import Within, condition
from engine.studying.chunking import text_for_embedding

BYTES_PER_NUMBER = 4
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Embedder:
    """An embedder as the database knows it.

    `generation` changes with every change to its vectors, `removals` whenever some are taken away.
    """

    key: int
    name: str
    dimensions: int
    generation: int
    removals: int


@dataclass(frozen=True, slots=True)
class CacheRecord:
    """What the database knows about the file of a vector index: without a match in every point it is not loaded."""

    file: str
    sha256: str
    size_bytes: int
    generation: int
    last_number: int
    count: int


def embedder_of(connection: sqlite3.Connection, name: str) -> Embedder | None:
    """The embedder of that name, or None while it has no vectors."""
    row = connection.execute("SELECT key, name, dimensions, generation, removals FROM embedders WHERE name = ?", (name,)).fetchone()
    return None if row is None else Embedder(*row)


def use_embedder(connection: sqlite3.Connection, name: str, dimensions: int) -> None:
    """Vectors of this embedder are made from now on. It serves at once unless another one serves already; then it is the coming one.

    Raises:
        ValueError: it had another number of dimensions before.
    """
    connection.execute("INSERT INTO embedders (name, dimensions) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", (name, dimensions))
    known = embedder_of(connection, name)
    assert known is not None
    if known.dimensions != dimensions:
        raise ValueError(f"{name} has {known.dimensions} dimensions, not {dimensions}")
    serving = serving_embedder(connection)
    if serving is None or serving == name or not count_vectors(connection, serving):
        serve(connection, name)
    else:
        connection.execute("INSERT OR REPLACE INTO facts VALUES ('embedder coming', ?)", (name,))


def serving_embedder(connection: sqlite3.Connection) -> str | None:
    """The embedder whose vectors answer questions now; None while there is none."""
    row = connection.execute("SELECT value FROM facts WHERE name = 'embedder'").fetchone()
    return None if row is None else str(row[0])


def coming_embedder(connection: sqlite3.Connection) -> str | None:
    """The embedder whose vectors are made while another one serves; None where there is no change."""
    row = connection.execute("SELECT value FROM facts WHERE name = 'embedder coming'").fetchone()
    return None if row is None else str(row[0])


def serve(connection: sqlite3.Connection, name: str) -> None:
    """The vectors of this embedder answer questions from now on."""
    connection.execute("INSERT OR REPLACE INTO facts VALUES ('embedder', ?)", (name,))
    connection.execute("DELETE FROM facts WHERE name = 'embedder coming'")


def has_others(connection: sqlite3.Connection, name: str) -> bool:
    """Whether anything is left of other embedders."""
    return connection.execute("SELECT 1 FROM embedders WHERE name <> ?", (name,)).fetchone() is not None


def forget_others(connection: sqlite3.Connection, name: str, limit: int) -> bool:
    """Delete some vectors of other embedders, and at last what is known of those. Whether more are left."""
    others = "SELECT key FROM embedders WHERE name <> ?"
    deleted = connection.execute(f"DELETE FROM vectors WHERE number IN (SELECT number FROM vectors WHERE embedder IN ({others}) LIMIT ?)", (name, limit))
    if deleted.rowcount == limit:
        return True
    connection.execute("DELETE FROM embedders WHERE name <> ?", (name,))
    return False


def chunks_to_renew(connection: sqlite3.Connection, name: str) -> int:
    """How many chunks of documents that are through have no vector of this embedder."""
    (count,) = connection.execute(
        """SELECT coalesce(sum(d.chunk_count - coalesce((SELECT e.count FROM embedded e WHERE e.document = d.key
             AND e.embedder = (SELECT key FROM embedders WHERE name = ?)), 0)), 0) FROM documents d WHERE d.state = 'ready'""",
        (name,),
    ).fetchone()
    return int(count)


def forget_caches(connection: sqlite3.Connection, key: int) -> None:
    """The index files that hold vectors of this document count no longer."""
    connection.execute("DELETE FROM vector_caches WHERE embedder IN (SELECT embedder FROM embedded WHERE document = ?)", (key,))


def damaged_vectors(connection: sqlite3.Connection) -> list[int]:
    """The numbers of the vectors that are not what was stored."""
    rows = connection.execute("SELECT v.number, v.vector, v.crc, e.dimensions FROM vectors v JOIN embedders e ON e.key = v.embedder")
    return [number for number, vector, crc, size in rows if len(vector) != size * BYTES_PER_NUMBER or (crc is not None and zlib.crc32(vector) != crc)]


def texts_without_vectors(connection: sqlite3.Connection, name: str, limit: int, key: int | None, after: int = 0) -> list[tuple[int, str]]:
    """The next chunks to embed, by ids above `after`: their ids, and their section path and text, in the order in which they were stored."""
    embedder = embedder_of(connection, name)
    number = 0 if embedder is None else embedder.key
    # Only documents that are not through are looked at, so that a batch costs no more at the end of a library than at its beginning.
    rows = connection.execute(
        """SELECT c.id, c.section_path, c.start, c."end", p.text
           FROM documents d JOIN chunks c ON c.document = d.key JOIN pages p ON p.document = c.document AND p.number = c.page
           WHERE d.chunk_count > coalesce((SELECT count FROM embedded WHERE document = d.key AND embedder = :embedder), 0)
             AND (:key IS NULL OR d.key = :key) AND c.id > :after
             AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.chunk = c.id AND v.embedder = :embedder)
           ORDER BY c.id LIMIT :limit""",
        {"embedder": number, "key": key, "limit": limit, "after": after},
    )
    return [(row[0], text_for_embedding(row[4][row[2] : row[3]], msgspec.json.decode(row[1], type=tuple[str, ...]))) for row in rows]


def digest_of(text: str) -> bytes:
    """What a text is known by among the vectors: 16 bytes, so that no two texts share one by chance."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def vectors_of_texts(connection: sqlite3.Connection, name: str, texts: Collection[str]) -> dict[str, bytes]:
    """The vectors of those texts that some chunk was embedded with before."""
    embedder = embedder_of(connection, name)
    if embedder is None:
        return {}
    wanted = {digest_of(text): text for text in texts}
    found: dict[str, bytes] = {}
    digests = list(wanted)
    for first in range(0, len(digests), _AT_ONCE):
        some = digests[first : first + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        rows = connection.execute(f"SELECT text_digest, vector, crc FROM vectors WHERE text_digest IN ({marks}) AND embedder = ?", (*some, embedder.key))
        found.update({wanted[digest]: vector for digest, vector, crc in rows if crc == zlib.crc32(vector)})
    return found


def store_vectors(connection: sqlite3.Connection, name: str, chunks: Sequence[int], vectors: bytes, texts: Sequence[str] = ()) -> None:
    """Vectors (float32 little endian, row after row) of these chunks. Chunks that were removed meanwhile are passed over.

    With `texts`, what each was made of, a chunk of the same text can have the same vector later.

    Raises:
        ValueError: the bytes don't make one row per chunk.
    """
    if not chunks:
        return
    row_bytes, rest = divmod(len(vectors), len(chunks))
    if rest or row_bytes == 0 or row_bytes % BYTES_PER_NUMBER:
        raise ValueError(f"{len(vectors)} bytes are not {len(chunks)} vectors")
    use_embedder(connection, name, row_bytes // BYTES_PER_NUMBER)
    embedder = embedder_of(connection, name)
    assert embedder is not None
    for place, chunk in enumerate(chunks):
        vector = vectors[place * row_bytes : (place + 1) * row_bytes]
        digest = digest_of(texts[place]) if texts else None
        added = connection.execute(
            """INSERT INTO vectors (embedder, chunk, vector, crc, text_digest) SELECT ?, id, ?, ?, ? FROM chunks WHERE id = ?
               ON CONFLICT (chunk, embedder) DO NOTHING""",
            (embedder.key, vector, zlib.crc32(vector), digest, chunk),
        )
        if added.rowcount > 0:
            connection.execute(
                """INSERT INTO embedded SELECT document, ?, 1 FROM chunks WHERE id = ?
                   ON CONFLICT (document, embedder) DO UPDATE SET count = count + 1""",
                (embedder.key, chunk),
            )
    connection.execute("UPDATE embedders SET generation = generation + 1 WHERE key = ?", (embedder.key,))


def count_vectors(connection: sqlite3.Connection, name: str) -> int:
    """How many chunks have a vector of this embedder."""
    row = connection.execute("SELECT sum(count) FROM embedded WHERE embedder = (SELECT key FROM embedders WHERE name = ?)", (name,)).fetchone()
    return int(row[0] or 0)


def vectors_after(connection: sqlite3.Connection, embedder: Embedder, number: int, limit: int) -> list[tuple[int, int, bytes]]:
    """(number, chunk, vector) of the vectors stored after `number`, in that order."""
    return connection.execute(
        "SELECT number, chunk, vector FROM vectors WHERE number > ? AND embedder = ? ORDER BY number LIMIT ?", (number, embedder.key, limit)
    ).fetchall()


def vectors_of(connection: sqlite3.Connection, embedder: Embedder, chunks: Sequence[int]) -> list[tuple[int, bytes]]:
    """(chunk, vector) of those chunks that have one."""
    found: list[tuple[int, bytes]] = []
    for first in range(0, len(chunks), _AT_ONCE):
        some = chunks[first : first + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        found += connection.execute(f"SELECT chunk, vector FROM vectors WHERE chunk IN ({marks}) AND embedder = ? ORDER BY chunk", (*some, embedder.key))
    return found


def chunks_with_vectors(connection: sqlite3.Connection, embedder: Embedder, within: Collection[Within] | None = None) -> list[int]:
    """Ids of the chunks that have a vector, all or those of a part of the library."""
    if within is None:
        return [row[0] for row in connection.execute("SELECT chunk FROM vectors WHERE embedder = ?", (embedder.key,))]
    sql, values = condition(within)
    rows = connection.execute(f"SELECT v.chunk FROM chunks c JOIN vectors v ON v.chunk = c.id WHERE {sql} AND v.embedder = ?", (*values, embedder.key))
    return [row[0] for row in rows]


def cache_record(connection: sqlite3.Connection, embedder: Embedder) -> CacheRecord | None:
    """What is known about the index file of this embedder."""
    row = connection.execute(
        "SELECT file, sha256, size_bytes, generation, last_number, count FROM vector_caches WHERE embedder = ?", (embedder.key,)
    ).fetchone()
    return None if row is None else CacheRecord(*row)


def record_cache(connection: sqlite3.Connection, embedder: Embedder, record: CacheRecord | None) -> None:
    """Say which file is the index of this embedder now; None forgets it."""
    connection.execute("DELETE FROM vector_caches WHERE embedder = ?", (embedder.key,))
    if record is not None:
        values = (embedder.key, record.file, record.sha256, record.size_bytes, record.generation, record.last_number, record.count)
        connection.execute("INSERT INTO vector_caches VALUES (?, ?, ?, ?, ?, ?, ?)", values)

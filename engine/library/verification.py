"""Checking the library against itself, and mending what can be mended from the truth.

The truth are documents, pages, chunks and vectors. The keyword index, the counts and the vector index are made from it and
can be made again; a document whose own text is damaged is marked for being read again from its stored copy.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from engine.home import Home
from engine.library import documents, pages, vectors
from engine.library.database import Database
from engine.library.files import Files, hash_file
from engine.library.packing import unpack_layout, unpack_words
from engine.library.vector_index import is_sound
from engine.trouble import HomeTrouble, Trouble
from engine.values import DocumentId

_SHOWN = 8


@dataclass(slots=True)
class _Findings:
    """What was found, sorted by what mends it."""

    beyond_repair: list[str]
    words: list[str]
    counts: list[str]
    cache: list[str]
    documents: dict[DocumentId, list[str]]
    vectors: list[str]
    files: list[str]

    def all(self) -> list[str]:
        texts = (problem for some in self.documents.values() for problem in some)
        return [*self.beyond_repair, *texts, *self.words, *self.counts, *self.vectors, *self.cache, *self.files]


def verify(database: Database, home: Home, files: Files, *, repair: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(problems that remain, what was repaired), as plain sentences. Without `repair` nothing is changed.

    Raises:
        HomeTrouble: repairing was asked for and the home is open for reading only.
    """
    try:
        findings = _look(database, home, files)
    except (HomeTrouble, sqlite3.DatabaseError) as error:
        # So damaged that SQLite itself gives up in the middle.
        return (str(error),), ()
    if not repair or not findings.all():
        return tuple(findings.all()), ()
    before = findings.all()
    _mend(database, home, files, findings)
    after = _look(database, home, files).all()
    return tuple(after), tuple(problem for problem in before if problem not in after)


def is_damaged(database: Database) -> bool:
    """Whether SQLite itself finds the file damaged."""
    try:
        with database.reading() as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok")
    except (HomeTrouble, sqlite3.DatabaseError):
        return True


def _look(database: Database, home: Home, files: Files) -> _Findings:
    found = _Findings([], [], [], [], {}, [], [])
    with database.reading() as connection:
        answers = [row[0] for row in connection.execute(f"PRAGMA integrity_check({_SHOWN})").fetchall()]
        found.beyond_repair += [f"The database itself is damaged: {answer}." for answer in answers if answer != "ok"]
        rows = connection.execute("SELECT key, document, title, state, size_bytes FROM documents ORDER BY key").fetchall()
        for key, document, title, state, size_bytes in rows:
            problems = [f"{title}: {problem}" for problem in (*_text_problems(connection, key), *_file_problems(files, document, size_bytes, state))]
            if problems:
                found.documents[document] = problems
            found.counts += [f"{title}: {problem}" for problem in _count_problems(connection, key)]
        found.words += _word_problems(connection)
        found.vectors += _vector_problems(connection)
        found.cache += _cache_problems(connection, home.vectors)
        found.files += _stray_problems(connection, home, files)
    return found


def _text_problems(connection: sqlite3.Connection, key: int) -> Iterator[str]:
    """Pages whose text or layout is not what was stored, chunks that are no stretch of their page."""
    bad_pages: list[int] = []
    bad_chunks: list[int] = []
    lengths: dict[int, int] = {}
    for number, text, crc, words, layout in connection.execute(
        "SELECT number, text, text_crc, words, layout FROM pages WHERE document = ? ORDER BY number", (key,)
    ):
        lengths[number] = len(text)
        try:
            sound = pages.checksum(text) == crc
            unpack_words(words)
            unpack_layout(layout)
        except (ValueError, msgspec.MsgspecError):
            sound = False
        if not sound:
            bad_pages.append(number)
    if sorted(lengths) != list(range(1, len(lengths) + 1)):
        yield "some of its pages are missing"
    rows = connection.execute(
        'SELECT id, page, start, "end", section, section_path, emphasis FROM chunks WHERE document = ? ORDER BY page, start', (key,)
    ).fetchall()
    for chunk, page, start, end, *_ in rows:
        if not 0 <= start < end <= lengths.get(page, 0):
            bad_chunks.append(chunk)
    counted, checksum = connection.execute("SELECT chunk_count, chunks_crc FROM documents WHERE key = ?", (key,)).fetchone()
    if checksum is None:  # stored before there were checksums
        if len(rows) < counted:
            yield f"{counted - len(rows)} of its chunks are missing"
    elif not bad_chunks and pages.chunks_checksum(row[1:] for row in rows) != checksum:
        yield "some of its chunks are missing" if len(rows) < counted else "its chunks are not those that were stored"
    if bad_pages:
        yield f"the stored text of {_some('page', bad_pages)} is damaged"
    if bad_chunks:
        yield f"{_some('chunk', bad_chunks)} do not lie on their pages"


def _file_problems(files: Files, document: DocumentId, size_bytes: int, state: str) -> Iterator[str]:
    path = files.path_of(document)
    if path is None:
        if state != "refused":
            yield "the library's copy of its file is missing"
    elif path.stat().st_size != size_bytes:
        yield "the library's copy of its file has the wrong size"
    elif not _is_sound(path, document):
        yield "the library's copy of its file is damaged"


def _is_sound(copy: Path, document: DocumentId) -> bool:
    """Whether the copy is what its name says, byte for byte: some 0.6 s of work for a gigabyte."""
    try:
        return hash_file(copy)[0] == document
    except Trouble:
        return False


def _count_problems(connection: sqlite3.Connection, key: int) -> Iterator[str]:
    row = connection.execute(
        """SELECT pages_read, (SELECT count(*) FROM pages WHERE document = d.key), chunk_count, (SELECT count(*) FROM chunks WHERE document = d.key)
           FROM documents d WHERE key = ?""",
        (key,),
    ).fetchone()
    if row[0] != row[1]:
        yield f"{row[0]} pages are counted, {row[1]} are there"
    if row[2] != row[3]:
        yield f"{row[2]} chunks are counted, {row[3]} are there"
    for counted, there in connection.execute(
        """SELECT e.count, (SELECT count(*) FROM vectors v JOIN chunks c ON c.id = v.chunk WHERE v.embedder = e.embedder AND c.document = e.document)
           FROM embedded e WHERE e.document = ?""",
        (key,),
    ):
        if counted != there:
            yield f"{counted} vectors are counted, {there} are there"


def _word_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """The keyword index must hold exactly what its chunks say."""
    try:
        lost = [row[0] for row in connection.execute("SELECT id FROM chunks WHERE id NOT IN (SELECT rowid FROM words)")]
        strays = [row[0] for row in connection.execute("SELECT rowid FROM words WHERE rowid NOT IN (SELECT id FROM chunks)")]
        different: list[int] = []
        for chunk, *held, path, start, end, emphasis, text in connection.execute(
            """SELECT c.id, w.text, w.section, w.emphasis, w.symbols, c.section_path, c.start, c."end", c.emphasis, p.text
               FROM words w JOIN chunks c ON c.id = w.rowid JOIN pages p ON p.document = c.document AND p.number = c.page"""
        ):
            if tuple(held) != pages.words_of(text[start:end], msgspec.json.decode(path, type=tuple[str, ...]), emphasis):
                different.append(chunk)
        indexed = connection.execute("SELECT count(*) FROM words_docsize").fetchone()[0]
        held_rows = connection.execute("SELECT count(*) FROM words_content").fetchone()[0]
    except sqlite3.DatabaseError as error:
        yield f"The keyword index is damaged: {error}."
        return
    if lost:
        yield f"{_some('chunk', lost)} cannot be found by words"
    if strays:
        yield f"The keyword index knows {_some('chunk', strays)}, which are not there"
    if different:
        yield f"The keyword index holds other words than {_some('chunk', different)}"
    if indexed != held_rows:
        yield f"The keyword index counts {indexed} chunks and holds {held_rows}"


def _vector_problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Vectors are what was stored, and ready documents have one of some embedder for every chunk."""
    bad = vectors.damaged_vectors(connection)
    if bad:
        yield f"{_some('vector', bad)} are damaged" if len(bad) > 1 else f"vector {bad[0]} is damaged"
    if connection.execute("SELECT 1 FROM embedders").fetchone() is None:
        return
    for title, missing in connection.execute(f"SELECT d.title, {_WITHOUT_VECTOR} AS missing FROM documents d WHERE d.state = 'ready' AND missing > 0"):
        yield f"{title}: {missing} chunks have no vector, though the document is called ready"


_WITHOUT_VECTOR = """((SELECT count(*) FROM chunks WHERE document = d.key) - coalesce((SELECT max(made) FROM (
    SELECT count(*) AS made FROM chunks c JOIN vectors v ON v.chunk = c.id WHERE c.document = d.key GROUP BY v.embedder)), 0))"""
"""How many chunks of document d lack a vector of the embedder that has the most: while a library goes over to another one, either will do."""


def _stray_problems(connection: sqlite3.Connection, home: Home, files: Files) -> Iterator[str]:
    """Files below the home that belong to no document: left by a program that was killed, or put there by somebody."""
    known = {row[0] for row in connection.execute("SELECT document FROM documents")}
    for path, document in files.all():
        if document is None:
            yield f"{path} is no file of ByteBrain's: move it away"
        elif document not in known:
            yield f"{path.name} in the files folder belongs to no document"
    recorded = {row[0] for row in connection.execute("SELECT file FROM vector_caches")}
    strays = [path for path in home.vectors.glob("*.hnsw") if path.name not in recorded]
    if strays:
        yield f"{_some('file', [path.name for path in strays])} in the vectors folder belong to no index"


def _cache_problems(connection: sqlite3.Connection, folder: Path) -> Iterator[str]:
    for name, embedder in connection.execute("SELECT name, key FROM embedders"):
        known = vectors.embedder_of(connection, name)
        record = None if known is None else vectors.cache_record(connection, known)
        if known is None or record is None:
            continue
        if record.generation > known.generation:
            yield f"The vector index of {name} (embedder {embedder}) is newer than its vectors"
        elif not is_sound(folder, record):
            yield f"The file of the vector index of {name} is not the one that was stored"


def _mend(database: Database, home: Home, files: Files, findings: _Findings) -> None:
    with database.transaction() as connection:
        for document in findings.documents:
            _mend_document(connection, files, document)
        if findings.words:
            rebuild_words(connection)
        if findings.vectors:
            _mend_vectors(connection)
        if findings.counts or findings.vectors or findings.documents:
            _recount(connection)
        if findings.cache or findings.vectors:
            connection.execute("DELETE FROM vector_caches")
    if findings.cache or findings.files:
        with database.reading() as connection:
            _forget_strays(connection, home, files)


def _mend_document(connection: sqlite3.Connection, files: Files, document: DocumentId) -> None:
    """Take a sound copy from where the file came from if ours is gone or damaged; have damaged text read again.

    A damaged copy stays where there is no sound one to be had: a PDF that lacks its last bytes can still be looked at.
    """
    key = documents.key_of(connection, document)
    copy = files.path_of(document)
    sound = copy is not None and _is_sound(copy, document)
    if not sound:
        aside = None if copy is None else copy.replace(copy.with_name(f"damaged.{copy.name}"))
        for (path,) in connection.execute("SELECT path FROM paths WHERE document = ? ORDER BY number DESC", (key,)).fetchall():
            try:
                taken = files.take(Path(path))
            except Trouble:
                continue
            if taken.document == document:
                connection.execute("UPDATE documents SET suffix = ?, size_bytes = ? WHERE key = ?", (taken.suffix, taken.size_bytes, key))
                sound = True
                break
            if connection.execute("SELECT 1 FROM documents WHERE document = ?", (taken.document,)).fetchone() is None:
                files.forget(taken.document)  # the file has changed since: it is another document, which nobody added
        if aside is not None and copy is not None:
            if sound:
                aside.unlink()
            else:
                copy.parent.mkdir(exist_ok=True)
                aside.replace(copy)
    if sound and any(True for _ in _text_problems(connection, key)):
        pages.forget_pages(connection, key)
        documents.set_state(connection, key, "queued", None)


def rebuild_words(connection: sqlite3.Connection) -> None:
    """Make the keyword index again from pages and chunks."""
    connection.execute("DELETE FROM words_content")
    connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
    for chunk, path, start, end, emphasis, text in connection.execute(
        """SELECT c.id, c.section_path, c.start, c."end", c.emphasis, p.text
           FROM chunks c JOIN pages p ON p.document = c.document AND p.number = c.page ORDER BY c.id"""
    ).fetchall():
        pages.store_words(connection, chunk, pages.words_of(text[start:end], msgspec.json.decode(path, type=tuple[str, ...]), emphasis))


def _mend_vectors(connection: sqlite3.Connection) -> None:
    """Drop damaged vectors; documents that lack vectors are searchable only, until they are embedded."""
    connection.executemany("DELETE FROM vectors WHERE number = ?", [(number,) for number in vectors.damaged_vectors(connection)])
    connection.execute(f"UPDATE documents AS d SET state = 'searchable' WHERE d.state = 'ready' AND {_WITHOUT_VECTOR} > 0")
    connection.execute("UPDATE embedders SET generation = generation + 1, removals = removals + 1")


def _forget_strays(connection: sqlite3.Connection, home: Home, files: Files) -> None:
    """Delete copies that belong to no document, and index files that belong to no index. What somebody else put there is left alone."""
    known = {row[0] for row in connection.execute("SELECT document FROM documents")}
    recorded = {row[0] for row in connection.execute("SELECT file FROM vector_caches")}
    for path, document in files.all():
        if document is not None and document not in known:
            path.unlink(missing_ok=True)
    for path in home.vectors.glob("*.hnsw"):
        if path.name not in recorded:
            path.unlink(missing_ok=True)


def _recount(connection: sqlite3.Connection) -> None:
    connection.execute(
        """UPDATE documents SET pages_read = (SELECT count(*) FROM pages WHERE document = documents.key),
           chunk_count = (SELECT count(*) FROM chunks WHERE document = documents.key)"""
    )
    connection.execute("DELETE FROM embedded")
    connection.execute(
        """INSERT INTO embedded SELECT c.document, v.embedder, count(*) FROM vectors v JOIN chunks c ON c.id = v.chunk GROUP BY c.document, v.embedder"""
    )


def _some(name: str, numbers: Sequence[int | str]) -> str:
    """ "page 3", or "7 pages (3, 5, …)"."""
    if len(numbers) == 1:
        return f"{name} {numbers[0]}"
    shown = ", ".join(str(number) for number in numbers[:_SHOWN])
    return f"{len(numbers)} {name}s ({shown}{', …' if len(numbers) > _SHOWN else ''})"

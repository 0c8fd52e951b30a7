"""Search by words: BM25 over the keyword index, and how rare each word of a question is."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Collection, Iterable, Sequence

from engine.library.database import Database
from engine.library.pages import Within, condition
from engine.library.question import Term, quote
from engine.library.schema import TOKENIZER

COMMON_PART = 0.02
"""Words found in more than this part of all chunks cost much: with five of them `OR … ORDER BY rank` scored every match of
150,000 chunks in 717 ms, without them in 11 ms."""

SCORED = 2_000
"""So many matches may be scored all the same, those of the rarest words first. In a long question the common words tell, too:
without those of more than 2 % of 3,200 abstracts, BM25 alone found them with a mean average precision of .26 instead of .32."""

WEIGHTS = (1.0, 1.0, 1.5, 2.0)
"""BM25 weights of the columns text, section, emphasis, symbols."""


_LEAST_PART = 3
_LONG_WORD = re.compile(rf"(?<![\w\\./-])[A-Za-z]{{{2 * _LEAST_PART},30}}(?![\w/-]|\.\w)")
"""Words that may be two: no part of a name with signs in it."""


class Keywords:
    """The keyword index of a library."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.stems = Stems()

    def close(self) -> None:
        """Let go of what is held in memory."""
        self.stems.close()

    def chunk_count(self) -> int:
        """How many chunks are indexed."""
        with self._database.reading() as connection:
            (count,) = connection.execute("SELECT coalesce(sum(chunk_count), 0) FROM documents").fetchone()
        return int(count)

    def frequencies(self, terms: Sequence[Term]) -> list[int]:
        """In how many chunks each term stands, at most: for several words in a row, the rarest of them counts."""
        keys = {key for term in terms for key in (*term.keys, *term.loose_keys)}
        stems = self.stems.of(keys)
        with self._database.reading() as connection:
            counts = {stem: self._frequency(connection, stem) for stem in {stem for some in stems.values() for stem in some}}
            found: list[int] = []
            for term in terms:
                if term.prefix:
                    found.append(self._frequency_of_prefix(connection, term.keys[0]))
                    continue
                # `keys` are different ways to write the same thing, `loose_keys` words that must all be there.
                exact = max((min((counts[stem] for stem in stems[key]), default=0) for key in term.keys), default=0)
                loose = min((min((counts[stem] for stem in stems[key]), default=0) for key in term.loose_keys), default=0)
                found.append(max(exact, loose))
        return found

    def ranked(self, expression: str, limit: int, within: Sequence[Within] | None = None) -> list[tuple[int, float]]:
        """The best chunks for an FTS5 expression (made by `engine.library.question` only): (chunk id, BM25, larger is better)."""
        weights = ", ".join(str(weight) for weight in WEIGHTS)
        with self._database.reading() as connection:
            if within is None:
                sql = f"SELECT rowid, rank FROM words WHERE words MATCH ? AND rank MATCH 'bm25({weights})' ORDER BY rank, rowid LIMIT ?"
                rows = connection.execute(sql, (expression, limit)).fetchall()
            else:
                part, values = condition(within)
                sql = f"""SELECT words.rowid, bm25(words, {weights}) AS score FROM words JOIN chunks c ON c.id = words.rowid
                          WHERE words MATCH ? AND {part} ORDER BY score, words.rowid LIMIT ?"""
                rows = connection.execute(sql, (expression, *values, limit)).fetchall()
        return [(chunk, -score) for chunk, score in rows]

    def matching(self, expression: str, chunks: Collection[int]) -> set[int]:
        """Which of these chunks match an expression."""
        if not chunks:
            return set()
        marks = ", ".join("?" * len(chunks))
        with self._database.reading() as connection:
            rows = connection.execute(f"SELECT rowid FROM words WHERE words MATCH ? AND rowid IN ({marks})", (expression, *chunks)).fetchall()
        return {row[0] for row in rows}

    def part_compounds(self, text: str) -> str:
        """`text` with words that no chunk holds, but that some chunk holds in two, written so: "quicksort" is "quick sort" in many books."""
        return _LONG_WORD.sub(lambda word: self._parted(word[0]) or word[0], text)

    def _parted(self, word: str) -> str | None:
        """The word in two, as most chunks have it; None where a chunk has it whole, or none has it in two."""
        with self._database.reading() as connection:
            if any(self._frequency(connection, stem) for stem in self.stems.of((word,))[word]):
                return None
            best, most = None, 0
            for cut in range(_LEAST_PART, len(word) - _LEAST_PART + 1):
                parts = word[:cut], word[cut:]
                stems = self.stems.of(parts)
                if all(self._frequency(connection, stem) for part in parts for stem in stems[part]):
                    (count,) = connection.execute("SELECT count(*) FROM words WHERE words MATCH ?", (quote(" ".join(parts)),)).fetchone()
                    if count > most:
                        best, most = " ".join(parts), count
            return best

    @staticmethod
    def _frequency(connection: sqlite3.Connection, stem: str) -> int:
        row = connection.execute("SELECT doc FROM vocabulary WHERE term = ?", (stem,)).fetchone()
        return 0 if row is None else int(row[0])

    @staticmethod
    def _frequency_of_prefix(connection: sqlite3.Connection, prefix: str) -> int:
        (count,) = connection.execute("SELECT count(*) FROM words WHERE words MATCH ?", (f"{quote(prefix)} *",)).fetchone()
        return int(count)


def any_of(terms: Sequence[Term], frequencies: Sequence[int], chunk_count: int) -> str | None:
    """The expression for "any of these words", without common ones that would cost too much; None if no word occurs at all. Pure.

    A question of common words only is asked by its two rarest.
    """
    rarest_first = sorted(((term, frequency) for term, frequency in zip(terms, frequencies, strict=True) if frequency > 0), key=lambda pair: pair[1])
    chosen: list[Term] = []
    scored = 0
    for term, frequency in rarest_first:
        scored += frequency
        if frequency <= COMMON_PART * chunk_count or scored <= SCORED:
            chosen.append(term)
    return " OR ".join(term.expression for term in chosen or [term for term, _ in rarest_first[:2]]) or None


def all_of(terms: Iterable[Term], frequencies: Iterable[int]) -> str | None:
    """The expression for "all of these words", those that never occur left aside; None if none is left. Pure."""
    occurring = [term.expression for term, frequency in zip(terms, frequencies, strict=True) if frequency > 0]
    return " AND ".join(occurring) or None


class Stems:
    """What SQLite's tokenizer makes of words: the forms that stand in the vocabulary. Asked of SQLite itself, so that both always agree."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._scratch = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._scratch.execute(f"CREATE VIRTUAL TABLE scratch USING fts5(word, tokenize='{TOKENIZER}')")
        self._scratch.execute("CREATE VIRTUAL TABLE seen USING fts5vocab(scratch, 'instance')")

    def of(self, words: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The indexed forms of each word, in their order (a word with signs in it may be several)."""
        found: dict[str, list[str]] = {word: [] for word in words}
        names = list(found)
        with self._lock:
            self._scratch.executemany("INSERT INTO scratch (rowid, word) VALUES (?, ?)", list(enumerate(names, 1)))
            for term, row in self._scratch.execute("SELECT term, doc FROM seen ORDER BY doc, offset").fetchall():
                found[names[row - 1]].append(term)
            self._scratch.execute("DELETE FROM scratch")
        return {word: tuple(stems) for word, stems in found.items()}

    def close(self) -> None:
        """Close the scratch database."""
        self._scratch.close()

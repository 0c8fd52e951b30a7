"""The books' own indexes, looked up by what a question asks about.

A term and a question meet in a key: the stems of their content words in alphabetical order, so that "sorting, merge" and "merge
sort" are one. A question has a key for every few words of it that follow each other; the database finds them by a plain B-tree,
however many books there are.
"""

from __future__ import annotations

import itertools
import re
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from engine.library.keywords import Stems
from engine.library.pages import Within, condition
from engine.library.question import STOP_WORDS
from engine.library.shadow import CJK_RUN, normalise, symbols_of
from engine.reading.messages import IndexEntry

LONGEST_KEY = 5
"""Words of a term that a question may name in a row; longer terms are found where the whole question is the term."""

LONGEST_RUN = 8
"""The same in characters of a script that sets no spaces."""

MOST_WORDS = 24
"""Words of a question that are looked at."""

LEAST_COVERED = 0.5
"""The share of a question's words that a term must hold: "list" says little about what a question about circular lists wants."""

MOST_PLACES = 120
"""Pages that are looked at: in a library of many books a plain word is in many of their indexes."""

_AT_ONCE = 500

_WORD = re.compile(r"[^\W_]+")
_PLAIN = re.compile(r"[\w'’\-‐–,.;:()\[\]“”\"]+")
_FUNCTION = re.compile(r"[的了吗呢吧啊着与和及]")


def store_entries(connection: sqlite3.Connection, key: int, entries: Sequence[IndexEntry], stems: Stems) -> None:
    """A document's own index, in place of the one before."""
    connection.execute("DELETE FROM index_terms WHERE document = ?", (key,))
    keys = keys_of([entry.term for entry in entries], stems)
    connection.executemany(
        "INSERT INTO index_terms (document, number, term, pages, key) VALUES (?, ?, ?, ?, ?)",
        [
            (key, number, entry.term, msgspec.json.encode(entry.pages).decode(), found)
            for number, (entry, found) in enumerate(zip(entries, keys, strict=True), 1)
        ],
    )


def keys_of(terms: Sequence[str], stems: Stems) -> list[str]:
    """The key of each term."""
    words = [_words(term) for term in terms]
    stemmed = _stemmed({word for some in words for word in some}, stems)
    return [_key(stemmed[word] for word in some) for some in words]


def keys_asked(subject: str, stems: Stems) -> dict[str, float]:
    """The keys that a question may mean, each with the share of the question that it covers."""
    words = _words(subject)[:MOST_WORDS]
    stemmed = _stemmed(set(words), stems)
    sizes = [_size(word) for word in words]
    total = sum(sizes)
    found: dict[str, float] = {}

    def note(parts: Iterable[str], size: float) -> None:
        share = size / total
        if share >= LEAST_COVERED:
            key = _key(parts)
            found[key] = max(share, found.get(key, 0.0))

    for first in range(len(words)):
        for last in range(first + 1, min(first + LONGEST_KEY, len(words)) + 1):
            note((stemmed[word] for word in words[first:last]), sum(sizes[first:last]))
    if words:
        note((stemmed[word] for word in words), total)
    if len(words) <= LONGEST_KEY:  # "merge and quick sort": words that do not follow each other
        for some in itertools.combinations(range(len(words)), 2):
            note((stemmed[words[place]] for place in some), sum(sizes[place] for place in some))
    for word in words:
        if CJK_RUN.fullmatch(word):
            for length in range(2, min(LONGEST_RUN, len(word) - 1) + 1):
                for start in range(len(word) - length + 1):
                    note((word[start : start + length],), length / 2)
    return found


def chunks_named(connection: sqlite3.Connection, keys: Mapping[str, float], within: Sequence[Within] | None = None) -> dict[int, float]:
    """The chunks on the pages that the books' indexes name for those of these keys that cover the most of the question, with the share that they cover."""
    part, values = condition(within) if within is not None else ("1", [])
    for share in sorted(set(keys.values()), reverse=True):
        named = [key for key, covered in keys.items() if covered == share]
        found: list[int] = []
        for document, page in _places(connection, named, {one.key for one in within} if within is not None else None):
            rows = connection.execute(f"SELECT c.id FROM chunks c WHERE c.document = ? AND c.page = ? AND {part}", (document, page, *values))
            found += [row[0] for row in rows]
        if found:
            return dict.fromkeys(found, share)
    return {}


def _places(connection: sqlite3.Connection, keys: Sequence[str], documents: Collection[int] | None) -> list[tuple[int, int]]:
    """The (document, page) that entries with these keys name; `documents` are those that count, None means all."""
    places: dict[tuple[int, int], None] = {}
    for first in range(0, len(keys), _AT_ONCE):
        some = keys[first : first + _AT_ONCE]
        rows = connection.execute(f"SELECT document, pages FROM index_terms WHERE key IN ({', '.join('?' * len(some))})", some)
        for document, pages in rows:
            if len(places) >= MOST_PLACES:
                break
            if documents is None or document in documents:
                places.update(dict.fromkeys((document, page) for page in msgspec.json.decode(pages, type=tuple[int, ...])))
    return list(places)


def _words(text: str) -> list[str]:
    """The content words of a text, those with signs in them as they stand; all words where there is nothing else."""
    found: list[str] = []
    for word in normalise(text).split():
        if CJK_RUN.search(word):
            runs = [part for run in CJK_RUN.findall(word) for part in _FUNCTION.split(run) if part]
            found += [*runs, *(part for rest in CJK_RUN.split(word) for part in _WORD.findall(rest))]
        elif _PLAIN.fullmatch(word) or not (symbols := symbols_of(word)):
            found += _WORD.findall(re.sub(r"['’]s?\b", "", word))
        else:
            found.append(symbols[-1])
    kept = [word for word in found if word.casefold() not in STOP_WORDS or (len(word) > 1 and word.isupper())]
    return kept or found


def _stemmed(words: set[str], stems: Stems) -> dict[str, str]:
    """The stem of every word; what is no plain word in a script with spaces is its own."""
    plain = {word for word in words if _WORD.fullmatch(word) and not CJK_RUN.search(word)}
    found = stems.of(plain)
    return {word: (" ".join(found[word]) or word.casefold()) if word in plain else word.casefold() for word in words}


def _size(word: str) -> float:
    """How much a word counts: two characters without spaces are about a word."""
    return len(word) / 2 if CJK_RUN.fullmatch(word) else 1.0


def _key(stems: Iterable[str]) -> str:
    return " ".join(sorted(set(stems)))

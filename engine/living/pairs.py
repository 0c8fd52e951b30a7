"""Pairs: questions that the student answered himself, kept in study.db. What is kept is checked here, whoever brings it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence

import msgspec

from engine.library.database import Database
from engine.living.collections import collection_name
from engine.reading.encodings import clean_text
from engine.trouble import Trouble
from engine.values import Pair, PairId

MOST_PAIRS = 5_000
"""Each question is compared with all of them; so many take some 20 ms."""

MOST_WORDINGS = 20
LONGEST_QUESTION = 1_000
LONGEST_ANSWER = 20_000
"""Characters: some ten printed pages."""


class Pairs:
    """The pairs of one home. They may name collections that there are no more (or not yet): then they answer where everything is asked."""

    def __init__(self, database: Database) -> None:
        """`database` is that of `open_study_database`."""
        self._database = database

    def all(self) -> tuple[Pair, ...]:
        """Every pair, in the order in which they were made."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT id, questions, answer, collection, changed_at FROM pairs ORDER BY number").fetchall()
        return tuple(Pair(PairId(row[0]), msgspec.json.decode(row[1], type=tuple[str, ...]), row[2], row[3], row[4]) for row in rows)

    def keep(self, pair: Pair) -> PairId:
        """Keep a new pair (its id is empty), or put it in the place of the one with its id; returns its id.

        Raises:
            Trouble: there is no question or no answer, something is too long, or there is no pair of that id.
        """
        sound = checked(pair)
        with self._database.transaction() as connection:
            values = (msgspec.json.encode(sound.questions).decode(), sound.answer, sound.collection, time.time())
            if not sound.pair:
                return self._add((sound,))[0]
            changed = connection.execute("UPDATE pairs SET questions = ?, answer = ?, collection = ?, changed_at = ? WHERE id = ?", (*values, sound.pair))
            if not changed.rowcount:
                raise _no_pair(sound.pair)
        return sound.pair

    def forget(self, pairs: Sequence[PairId]) -> None:
        """Forget pairs.

        Raises:
            Trouble: there is no pair of one of these ids; then none is forgotten.
        """
        with self._database.transaction() as connection:
            for pair in pairs:
                if not connection.execute("DELETE FROM pairs WHERE id = ?", (pair,)).rowcount:
                    raise _no_pair(pair)

    def take_in(self, pairs: Sequence[Pair]) -> int:
        """Keep pairs that were made elsewhere: all of them or none. Returns how many were new.

        One with the id, or with the questions, the answer and the collection, of one that is here is not taken twice.

        Raises:
            Trouble: one of them can't be kept.
        """
        with self._database.transaction():
            here = self.all()
            ids, contents = {pair.pair for pair in here}, {_content(pair) for pair in here}
            new: list[Pair] = []
            for pair in map(checked, pairs):
                if _content(pair) in contents or (pair.pair and pair.pair in ids):
                    continue
                contents.add(_content(pair))
                ids.add(pair.pair)
                new.append(pair)
            self._add(new)
        return len(new)

    def _add(self, pairs: Sequence[Pair]) -> list[PairId]:
        """Add sound pairs; those without an id get one."""
        with self._database.transaction() as connection:
            (count,) = connection.execute("SELECT count(*) FROM pairs").fetchone()
            if count + len(pairs) > MOST_PAIRS:
                raise Trouble("pairs-too-many", f"There would be {count + len(pairs):,} answers of your own, more than {MOST_PAIRS:,}.", "Forget some first.")
            ids = [pair.pair or PairId(uuid.uuid4().hex) for pair in pairs]
            connection.executemany(
                "INSERT INTO pairs (id, questions, answer, collection, changed_at) VALUES (?, ?, ?, ?, ?)",
                [
                    (known, msgspec.json.encode(pair.questions).decode(), pair.answer, pair.collection, pair.changed_at or time.time())
                    for known, pair in zip(ids, pairs, strict=True)
                ],
            )
        return ids


def checked(untrusted: Pair) -> Pair:
    """The pair as it is kept: questions on one line each and none twice, nothing empty, nothing unseen, nothing too long.

    Raises:
        Trouble: it can't be kept.
    """
    # As documents are read: what came in a file must not steer a terminal, and halves of characters can't be kept.
    questions = tuple(dict.fromkeys(line for question in untrusted.questions if (line := " ".join(clean_text(question).split()))))
    answer = clean_text(untrusted.answer).strip()
    if not questions:
        raise Trouble("pair-question", "An answer of your own needs the question that it answers.", "Type the question.")
    if not answer:
        raise Trouble("pair-answer", f"There is no answer to “{questions[0][:80]}”.", "Type the answer.")
    if len(questions) > MOST_WORDINGS:
        raise Trouble("pair-too-long", f"A question can have {MOST_WORDINGS} wordings at most; this one has {len(questions)}.", "Leave some out.")
    if max(map(len, questions)) > LONGEST_QUESTION:
        raise Trouble("pair-too-long", f"A question can have {LONGEST_QUESTION:,} characters at most.", "Make it shorter.")
    if len(answer) > LONGEST_ANSWER:
        raise Trouble("pair-too-long", f"An answer can have {LONGEST_ANSWER:,} characters at most; this one has {len(answer):,}.", "Make it shorter.")
    collection = collection_name(untrusted.collection) if untrusted.collection is not None else None
    return msgspec.structs.replace(untrusted, questions=questions, answer=answer, collection=collection)


def _content(pair: Pair) -> tuple[tuple[str, ...], str, str | None]:
    return pair.questions, pair.answer, pair.collection


def _no_pair(pair: PairId) -> Trouble:
    return Trouble("no-pair", f"There is no answer of your own with the id {pair}.", "See which there are with `bytebrain pairs`.")

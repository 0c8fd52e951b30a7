"""Conversations: the student's own, precious, in `study.db`."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Sequence

import msgspec

from engine.library.database import Database
from engine.trouble import Trouble
from engine.values import Answer, ConversationId, ConversationSummary, DocumentId, Scope, Turn

TITLE_LENGTH = 80


class Conversations:
    """Every question with its answer, across restarts."""

    def __init__(self, database: Database) -> None:
        """`database` is that of `engine.living.study_database`."""
        self._database = database

    def add_turn(self, conversation: ConversationId | None, scope: Sequence[Scope], answer: Answer) -> ConversationId | None:
        """Store a turn; without a conversation a new one begins, titled by its first question.

        None: the conversation was forgotten while the question was being answered, and stays forgotten.
        """
        now = time.time()
        turn = Turn(asked_at=now, scope=tuple(scope), answer=answer)
        with self._database.transaction() as connection:
            if conversation:
                identity = conversation
                known = connection.execute("UPDATE conversations SET changed_at = ? WHERE id = ?", (now, identity)).rowcount
                if not known:
                    return None
            else:
                identity = ConversationId(uuid.uuid4().hex)
                connection.execute("INSERT INTO conversations (id, title, changed_at) VALUES (?, ?, ?)", (identity, title_of(answer.question), now))
            connection.execute(
                "INSERT INTO turns (conversation, asked_at, turn) VALUES (?, ?, ?)",
                (identity, now, msgspec.json.encode(turn).decode()),
            )
        return identity

    def summaries(self) -> tuple[ConversationSummary, ...]:
        """All conversations, the latest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                """SELECT c.id, c.title, c.changed_at, count(t.number)
                   FROM conversations c LEFT JOIN turns t ON t.conversation = c.id
                   GROUP BY c.id ORDER BY c.changed_at DESC"""
            ).fetchall()
        return tuple(ConversationSummary(ConversationId(row[0]), row[1], row[2], row[3]) for row in rows)

    def turns(self, conversation: ConversationId) -> tuple[str, tuple[Turn, ...]]:
        """Title and turns of a conversation, the first question first.

        Raises:
            Trouble: there is no such conversation.
        """
        with self._database.reading() as connection:
            head = connection.execute("SELECT title FROM conversations WHERE id = ?", (conversation,)).fetchone()
            rows = connection.execute("SELECT turn FROM turns WHERE conversation = ? ORDER BY number", (conversation,)).fetchall()
        if head is None:
            raise Trouble("no-conversation", "This conversation is not there any more.", "Choose another one from the list.")
        return head[0], tuple(msgspec.json.decode(row[0], type=Turn) for row in rows)

    def last_cited(self, conversation: ConversationId) -> DocumentId | None:
        """The document that the last answer of a conversation cited first; None where none did."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT turn FROM turns WHERE conversation = ? ORDER BY number DESC LIMIT 3", (conversation,)).fetchall()
        turns = [msgspec.json.decode(row[0], type=Turn) for row in rows]
        return next((citation.document for turn in turns for citation in turn.answer.citations), None)

    def all(self) -> Iterator[tuple[ConversationSummary, tuple[Turn, ...]]]:
        """Every conversation with its turns, one after the other."""
        for summary in self.summaries():
            yield summary, self.turns(summary.conversation)[1]

    def take_in(self, summary: ConversationSummary, turns: Sequence[Turn]) -> bool:
        """Keep a conversation that was led elsewhere; one that is here already stays as it is. Whether it was new."""
        with self._database.transaction() as connection:
            if connection.execute("SELECT 1 FROM conversations WHERE id = ?", (summary.conversation,)).fetchone() is not None:
                return False
            connection.execute("INSERT INTO conversations (id, title, changed_at) VALUES (?, ?, ?)", (summary.conversation, summary.title, summary.changed_at))
            connection.executemany(
                "INSERT INTO turns (conversation, asked_at, turn) VALUES (?, ?, ?)",
                [(summary.conversation, turn.asked_at, msgspec.json.encode(turn).decode()) for turn in turns],
            )
        return True

    def forget(self, conversation: ConversationId) -> None:
        """Remove a conversation with all its turns."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM conversations WHERE id = ?", (conversation,))


def title_of(question: str) -> str:
    """A conversation is called by its first question, shortened at a word."""
    line = " ".join(question.split())
    if len(line) <= TITLE_LENGTH:
        return line
    return line[:TITLE_LENGTH].rsplit(" ", 1)[0] + " …"

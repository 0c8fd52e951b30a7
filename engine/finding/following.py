"""Follow-up questions made self-contained from the conversation: "and its worst case?", "why?", "那删除呢？". Pure.

A search knows no conversation, so what a follow-up leaves out is put back: a pronoun's name, the thing that an aspect is of,
the question that a "why?" is about. Rules for English and Chinese do it, in a fixed order, and the first that fits
decides; a question that names what it is about is left exactly as it is. No model is needed, which would have to be better than the
starter's to be of help, and what was put back can be shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.answering.language import guess_language
from engine.finding.following_chinese import follow_in_chinese
from engine.finding.following_english import follow_in_english
from engine.finding.topics import Topic, is_chinese, read_topic

MOST_EARLIER = 12
"""Earlier questions looked at. A topic that was named longer ago has been forgotten by the student as well."""
LONGEST_EARLIER = 400
LONGEST_FOLLOW_UP = 200
"""Characters. Nobody leaves something out of a longer question."""


def make_self_contained(question: str, history: Sequence[str]) -> str:
    """`question` with what it leaves out put back from the earlier questions of its conversation (`history`, the first one first).

    The very same text comes back where it leaves nothing out, or where nothing in the history can be put back.
    """
    asked = question.strip()
    if not asked or len(asked) > LONGEST_FOLLOW_UP:
        return question
    earlier = [line.strip()[:LONGEST_EARLIER] for line in history[-MOST_EARLIER:] if line.strip()]
    while earlier and earlier[-1].casefold() == asked.casefold():
        earlier.pop()  # asked again, of other documents perhaps
    topic: Topic | None = None
    for line in earlier:
        topic = read_topic(_follow(line, topic)) or topic
    return _follow(asked, topic) if topic is not None and _follow(asked, topic) != asked else question


def _follow(question: str, topic: Topic | None) -> str:
    """One question after what was asked before it."""
    if topic is None or len(question) > LONGEST_FOLLOW_UP:
        return question
    if is_chinese(question):
        return follow_in_chinese(question, topic) or question
    return (follow_in_english(question, topic) or question) if guess_language(question) == "en" else question

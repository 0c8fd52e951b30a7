"""What a question asks for: its content terms, the thing it wants defined, and whether it wants a reason or a way.

"What is a red-black tree?" asks for a definition of `red-black tree`; "Why does …?" wants sentences that stand together.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from engine.answering.facts import Wanted, wanted_by
from engine.answering.terms import content_terms, stem, words
from engine.answering.vocabulary import listed

Intent = Literal["definition", "explanation", "other"]

_FORM_WORDS = listed(
    """
    explain describe define definition tell give difference meaning term concept please briefly detail details discuss name work works
    happen happens long role purpose idea
    """
)

_SUBJECT_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^\s*what(?:'s|’s|\s+is|\s+are|\s+was|\s+were)\s+(?:meant\s+by\s+|the\s+(?:meaning|definition|idea|concept)\s+of\s+)?(.+?)(?:\s+called)?\s*[?.!]*\s*$",
        r"^\s*what\s+(?:does|do)\s+(.+?)\s+(?:mean|do|describe|refer\s+to|stand\s+for|consist\s+of)\s*[?.!]*\s*$",
        r"^\s*(?:define|explain|describe)\s+(?:what\s+)?(.+?)(?:\s+(?:is|are|means))?\s*[?.!]*\s*$",
        r"^\s*(?:who|what)\s+(?:is|are|was|were)\s+(.+?)\s*[?.!]*\s*$",
        r"^\s*(?:请问|请)?(?:什么是|何谓|何为|解释一下|解释|介绍一下|介绍)\s*(.+?)\s*[？?。！]*\s*$",
        r"^\s*(?:请问)?(.+?)\s*(?:是什么|是指什么|指的是什么|的定义|是什么意思|的含义)(?:是什么)?\s*[？?。！]*\s*$",
    )
)
_LIGATURES = re.compile("[\ufb00-\ufb06]")
"""As they come with words copied out of a PDF."""
_ARTICLE = re.compile(r"^(?:an?|the|some|one)\s+", re.IGNORECASE)
_EXPLAINING = re.compile(r"^\s*(?:how|why|explain\s+(?:how|why))\b|怎么|怎样|如何|为什么|为何", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """A question taken apart. `subject` holds the stems of the thing to be defined, in order (for Chinese `subject_text`)."""

    terms: frozenset[str]
    subject: tuple[str, ...]
    subject_text: str
    intent: Intent
    wanted: Wanted = ""
    """The kind of fact asked for (a number, a time, a person), empty where there is none."""
    question: str = ""


def take_apart(question: str) -> Asked:
    """The content terms, the subject (empty where there is none) and the intent of a question."""
    question = _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), question)
    forms = {stem(word) for word in _FORM_WORDS}
    terms = [term for term in content_terms(question) if term not in forms] or content_terms(question)
    wanted = wanted_by(question)
    if wanted:
        return Asked(frozenset(terms), (), "", "other", wanted, question)
    if _EXPLAINING.search(question):
        return Asked(frozenset(terms), (), "", "explanation")
    for pattern in _SUBJECT_PATTERNS:
        if match := pattern.match(question):
            subject_text = _ARTICLE.sub("", match[1].strip().strip("\"'“”‘’`「」"))
            head, comma, qualifier = subject_text.partition(", ")
            if comma and "," not in qualifier:
                # As an index prints it: "table, hashed" is a hashed table.
                subject_text = f"{qualifier} {head}"
            subject = tuple(stem(word) for word in words(subject_text))
            if 1 <= len(subject) <= 7:
                return Asked(frozenset(terms), subject, subject_text.casefold(), "definition")
    return Asked(frozenset(terms), (), "", "other")

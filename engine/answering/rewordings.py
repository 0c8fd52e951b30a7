"""Other orders of the same words: a condition or an adverbial at the other end of its sentence, and the active for the passive.

A rewording says exactly what the sentence says, so whatever bears the one bears the other. English only. The order of words
follows Quirk et al., "A Comprehensive Grammar of the English Language" (1985): §3.65 on voice, §8 on adverbials.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_CONDITION = r"(?:even if|if|unless|whenever|when|because|since|as soon as|once|until|while)"
_ADVERBIAL = rf"(?:{_CONDITION}|in|on|at|with|without|by|for|under|during|after|before|from|among|within|to)"
_FRONTED = re.compile(rf"({_ADVERBIAL}\b[^,;:]+), (?!and\b|or\b|but\b)(.+?)([.!]?)$", re.IGNORECASE | re.DOTALL)
_BEHIND = re.compile(rf"([^,;:]+?),? ((?!while\b|since\b){_CONDITION}\b[^,;:]+?)([.!]?)$", re.IGNORECASE | re.DOTALL)
_SEGMENT = re.compile(r"(,\s+(?:and\s+|but\s+|or\s+|whereas\s+)?|;\s+|\s+and\s+(?=(?:the|an?|its|their)\s))")
_PARTICIPLE = r"\w+(?:ed|en|wn|ung|ept|ent|ilt|aid|ound|old|ought|aught)|put|set|cut|read|split|made|done|lost|left|begun|run"
_DEPENDENT = re.compile(r"\b(?:which|that|who|whose|where|when|while|if|how)\b|,", re.IGNORECASE)
_PASSIVE = re.compile(
    rf"^((?:(?:{_CONDITION}|that)\s+)?)(.+?)\s+(?:is|are|was|were|(?:(can|may|must|could|should)\s+be))\s+((?:\w+ly\s+|also\s+|then\s+|often\s+)?)({_PARTICIPLE})\b(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_AGENT = re.compile(
    r"\s+by\s+(?=(?:the|an?|its|their|every|each|this|some|any|all)\b|\w*s\b|(?-i:[A-Z]))((?:(?!\b(?:in|on|at|to|from|into|for|when|if|because|with|that|which)\b)[^,;:.])+)",
    re.IGNORECASE,
)
_BE_DONE = re.compile(r"\b(?:is|are|was|were|be|been)\s+(?:\w+ly\s+|also\s+|then\s+|often\s+)?(\w+)", re.IGNORECASE)


def passives(text: str) -> frozenset[str]:
    """What is done to something in the passive voice, as it is written, casefolded."""
    return frozenset(verb.casefold() for verb in _BE_DONE.findall(text))


@lru_cache(maxsize=2048)
def rewordings(sentence: str) -> tuple[str, ...]:
    """What says the same as `sentence` in another order; without the sentence itself, at most five."""
    found: dict[str, None] = {}
    for one in (sentence, *_moved(sentence)):
        found[one] = None
        found[_active(one)] = None
    return tuple(one for one in found if one != sentence)[:5]


def _moved(sentence: str) -> Iterator[str]:
    """With its adverbial or condition at the other end."""
    if fronted := _FRONTED.match(sentence):
        yield f"{fronted[2]} {fronted[1][:1].lower()}{fronted[1][1:]}{fronted[3]}"
    elif behind := _BEHIND.match(sentence):
        yield f"{behind[2]}, {behind[1]}{behind[3]}"


def _active(sentence: str) -> str:
    """With each clause in the passive turned to the active; where nobody is named who does it, the verb comes first."""
    parts = _SEGMENT.split(sentence)
    for index in range(0, len(parts), 2):
        if (clause := _PASSIVE.match(parts[index])) and not _DEPENDENT.search(clause[2]):
            opening, patient, modal, adverb, verb, rest = (clause[group] or "" for group in range(1, 7))
            agent = _AGENT.search(rest)
            if agent:
                rest = rest[: agent.start()] + rest[agent.end() :]
            words = (opening.strip(), agent[1].strip() if agent else "", modal, adverb.strip(), verb, patient[:1].lower() + patient[1:])
            parts[index] = " ".join(word for word in words if word) + rest
    return "".join(parts)

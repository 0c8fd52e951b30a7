"""Signs that a sentence claims more, or under other conditions, than its source: a hedge dropped, a condition made up.

"Most of the time the continuation includes …" does not bear "When it is evaluated at top level, the continuation
includes …", nor does "normally programmers do not think about it" bear "programmers do not think about it".
Like `engine.answering.contradictions`, these checks only ever forbid a proof.
"""

from __future__ import annotations

import re

from engine.answering.contradictions import clauses
from engine.answering.terms import content_terms
from engine.answering.wording import concepts, plain_wording

_HEDGE = re.compile(
    r"\b(?:normally|usually|typically|generally|commonly|often|sometimes|occasionally|mostly|mainly|largely|rarely|seldom|hardly|nearly|almost|"
    r"in general|in most cases|most of the time|as a rule|for the most part|in principle|in theory|may|might|could|possibly|perhaps|probably|likely|"
    r"tends? to|seems? to|appears? to|believed|conjectured|claimed|suspected|thought to|supposed to|supposedly|expected to|would|"
    r"roughly|approximately|about(?=\s+(?:\d|half|one|two|three|a\s))|only|unless|except|if possible)\b"
    r"|通常|一般|往往|经常|有时|偶尔|大多|可能|也许|大约|几乎|只有|仅|除非|除了",
    re.IGNORECASE,
)
_CONDITIONS = (
    re.compile(
        r"\b(?:if|when|whenever|once|where|wherever|provided|given|assuming|in case|as long as|as soon as|every time|for|that|which|"
        r"who|whose|on|upon|after|during|with|without|by|in|\w{3,}ing)\b|如果|若|当|一旦|只要",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:because|since|as|due to|therefore|thus|hence|so|for|which is why|that is why)\b|:\s|因为|由于|因此|所以", re.IGNORECASE),
    re.compile(r"\b(?:until|till)\b|直到", re.IGNORECASE),
)
"""Groups of words that say nearly the same kind of condition; the first words of each open a clause that needs one in the source."""
_OPENS_CONDITION = (
    re.compile(r"\b(?:if|when|whenever|once|as long as|as soon as|in case)\b|如果|若|一旦|只要", re.IGNORECASE),
    re.compile(r"\b(?:because|since|due to)\b|因为|由于", re.IGNORECASE),
    re.compile(r"\b(?:until|till)\b|直到", re.IGNORECASE),
)
_SAID_BY_OTHERS = re.compile(r"\b(?:believed|thought|conjectured|claimed|suspected|hoped|supposed|alleged) that\b", re.IGNORECASE)
_IF = re.compile(r"(?:\bif\b|\bunless\b|如果|只要|除非)((?:(?!\band\b)[^,.;:，。；：])+)")
_AND = re.compile(r"\s*and\b([^,.;:]+)")
_ANY_CONDITION = re.compile(r"\b(?:if|unless|when|whenever|once|where|while|with|without|given|assuming|until)\b|如果|若|当|一旦|只要|除非|时")


def overstates(sentence: str, source: str) -> bool:
    """Whether `sentence` drops a hedge of the clauses of `source` that it repeats, or sets a condition that `source` does not."""
    return _condition_made_up(sentence, source) or _hedge_dropped(sentence, source) or _condition_dropped(sentence, source)


def _condition_made_up(sentence: str, source: str) -> bool:
    return any(opens.search(sentence) and not group.search(source) for opens, group in zip(_OPENS_CONDITION, _CONDITIONS, strict=True))


def _condition_dropped(sentence: str, source: str) -> bool:
    """The source says `A if B` or `A if B and C`; the sentence says A, or A if B."""
    said = set(concepts(sentence))
    has_condition = _ANY_CONDITION.search(plain_wording(sentence)) is not None
    for whole in re.split(r"(?<=[.!?])\s+|(?<=[。！？])", source):
        plain = plain_wording(whole)
        for condition in _IF.finditer(plain):
            needed = set(concepts(condition[1]))
            before = re.split(r"\b(?:and|but|or)\b|[,;:，；：]", plain[: condition.start()])[-1]
            rest = set(concepts(before)) or set(concepts(plain[condition.end() :]))
            repeats = bool(rest) and len(rest & said) > len(rest) / 2
            if repeats and needed and not has_condition and len(needed & said) <= len(needed) / 2:
                return True
            further = _AND.match(plain, condition.end())
            also = set(concepts(further[1])) if further else set()
            if repeats and also and len(needed & said) > len(needed) / 2 and len(also & said) <= len(also) / 2:
                return True
    return False


def _hedge_dropped(sentence: str, source: str) -> bool:
    """A clause of the source that the sentence repeats (most of its content) is hedged, and the sentence is not hedged at all."""
    if _HEDGE.search(sentence):
        return False
    said = set(content_terms(sentence))
    for whole in re.split(r"(?<=[.!?])\s+|(?<=[。！？])", source):
        parts = [(clause, set(content_terms(_HEDGE.sub(" ", clause)))) for clause in clauses(whole)]
        for clause, content in parts:
            if not (_holds_for_all(whole) or _is_hedged(clause, said)) or len(content & said) <= max(1, len(content) / 2):
                continue
            # "Only a running one can become blocked, and a blocked one must become ready": the second clause says it without a hedge.
            if _holds_for_all(whole) or not any(content & said < other & said and not _is_hedged(plain, said) for plain, other in parts):
                return True
    return False


def _holds_for_all(whole: str) -> bool:
    """Whether a hedge holds for every clause of a sentence: "Normally A, and B", "It was believed that A"."""
    opening = _HEDGE.match(whole.lstrip())
    return (opening is not None and opening[0].casefold() != "only") or _SAID_BY_OTHERS.search(whole) is not None


def _is_hedged(clause: str, said: set[str]) -> bool:
    """Whether a clause holds a hedge; `only` is one where the sentence leaves out what follows it."""
    return any(match[0].casefold() != "only" or not set(content_terms(clause[match.end() :])[:1]) <= said for match in _HEDGE.finditer(clause))

"""What kind of fact a question wants (how many, when, who), and whether a sentence holds one that the question does not.

"How many bytes does the UDP header have?" is answered by a sentence with a number before one that merely speaks of headers.
"""

from __future__ import annotations

import re
from typing import Literal

from engine.answering import terms

Wanted = Literal["amount", "cost", "time", "person", ""]

_WANTED: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    (
        "cost",
        re.compile(
            r"\b(?:time|space) complexity\b|\brunning time\b|\bhow (?:fast|long|expensive|much (?:time|memory|space))\b|\bhow many (?:steps|rounds)\b"
            r"|复杂度|运行时间|多少时间|多快",
            re.IGNORECASE,
        ),
    ),
    (
        "amount",
        re.compile(
            r"\bhow (?:many|much|large|big|high|tall|deep|far|often|old|small|wide)\b|\bwhat (?:number|size|percentage|share|port)\b"
            r"|多少|几[个种次位条层]|多[大高长深]",
            re.IGNORECASE,
        ),
    ),
    ("time", re.compile(r"^\s*(?:when|in (?:which|what) year|since when|what year)\b|何时|什么时候|哪一?年", re.IGNORECASE)),
    ("person", re.compile(r"^\s*(?:by )?who(?:m|se)?\b|谁", re.IGNORECASE)),
)
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_OCCASION = re.compile(r"\b(?:when|whenever|once|after|before|until|as soon as|during|if)\b|当|之后|之前|时候|时[，,]|年", re.IGNORECASE)
_COST = re.compile(
    r"\b(?:constant|linear|quadratic|cubic|logarithmic|exponential|polynomial) (?:time|space)\b|\b(?:linear|logarithmic|quadratic)ly\b|常数|线性时间|对数"
)
_BIG_O = re.compile(r"[OΘΩ]\s*\(|\\(?:Theta|Omega|mathcal\s*\{?O|O\()")
_QUANTIFIED = re.compile(r"\b(?:several|at most|at least|up to|half|twice|dozens?|hundreds?|thousands?)\b|[一二三四五六七八九十百千两]+[个种次位条层]")
_LATIN_NAME = re.compile(r"(?<![A-Za-z])[A-Z][a-zß-ÿ’'-]+(?:\s+(?:[A-Z]\.\s*)*[A-Z][a-zß-ÿ’'-]+)*")


def wanted_by(question: str) -> Wanted:
    """The kind of fact that a question wants; empty for any other question."""
    return next((wanted for wanted, pattern in _WANTED if pattern.search(question)), "")


def holds_fact(wanted: Wanted, text: str, question: str) -> bool:
    """Whether `text` holds a fact of the wanted kind that the question does not hold itself."""
    new_numbers = (terms.numbers(text) | terms.counted(text)) - terms.numbers(question) - terms.counted(question)
    growth = bool(terms.orders_of_growth(text) - terms.orders_of_growth(question)) or bool(_COST.search(text)) or bool(_BIG_O.search(text))
    if wanted == "cost":
        return growth or bool(new_numbers)
    if wanted == "amount":
        return growth or bool(new_numbers) or bool(_QUANTIFIED.search(text))
    if wanted == "time":
        return bool(_YEAR.search(text)) or bool(_OCCASION.search(text))
    if wanted == "person":
        known = {word.casefold() for word in re.findall(r"\w+", question)}
        first = re.match(r"\W*\w+", text)
        names = [match[0] for match in _LATIN_NAME.finditer(text, first.end() if first and " " not in _first_name(text) else 0)]
        return any(not {word.casefold() for word in re.findall(r"\w+", name)} <= known for name in names)
    return False


def _first_name(text: str) -> str:
    """The name at the very beginning, where it has more than one word ("Alan Turing described …")."""
    match = _LATIN_NAME.match(text.lstrip("\"'“‘("))
    return match[0] if match else ""

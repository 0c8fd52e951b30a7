"""Whether a stretch of a book's text is a real sentence that can stand in an answer.

Text taken from PDFs is full of what only looks like one: headings, captions, index lines, table rows, formulas, lines of
code, exercises and halves of sentences cut by a page.
"""

from __future__ import annotations

import re

from engine.answering.sentences import looks_like_code
from engine.answering.vocabulary import listed

FEWEST_WORDS, MOST_WORDS = 5, 60
FEWEST_CHARACTERS_CJK, MOST_CHARACTERS_CJK = 6, 160

_VERBS = listed(
    """
    is are was were be been has have had can may must will would could should does do did means refers let lets
    contain contains consist consists store stores return returns take takes use uses allow allows provide provides define defines
    call calls make makes give gives find finds keep keeps hold holds need needs require requires describe describes represent represents
    occur occurs happen happens work works run runs become becomes begin begins end ends visit visits follow follows compare compares
    divide divides sort sorts map maps point points grow grows cost costs depend depends differ differs lead leads show shows
    produce produces compute computes evaluate evaluates apply applies pass passes change changes move moves start starts stop stops
    create creates add adds remove removes insert inserts delete deletes support supports implement implements perform performs
    """
)
_DEBRIS_START = re.compile(
    r"^\s*(?:(?i:fig|figure|table|listing|exercise|problem|example|theorem|lemma|algorithm|chapter|section|appendix|page|program)s?\.?\s*(?:\d|[A-Z]\.?\d)"
    r"|(?:Table|Figure|Fig\.|Listing)\s*\[|\?{3}|!{3}\s|:{3}|(?i:isbn|copyright|©)|\[\d+\]|\d+\s*$|图\s*\d|表\s*\d|习题|练习)"
)
_TASK = re.compile(
    r"^\s*(?:show that|prove that|write (?:a|an|the)\b|modify|exercise|suppose you|hint|draw|implement (?:a|an|the)\b|"
    r"try to|verify that|see (?:also|section|chapter|figure))",
    re.IGNORECASE,
)
_INDEX_LINE = re.compile(r"(?:,\s*\d{1,4}(?:[–-]\d{1,4})?){2,}\s*[.;]?\s*$|\.{4,}|(?:\. ){4,}")
_REFERENCE = re.compile(r"\b(?:Proc\.|Proceedings|Press,|Journal of|ISBN|pp\.\s*\d|vol\.\s*\d|https?://|www\.)")
_CODE_MARKS = re.compile(r"(?:\)\)\)|\w+\(\)|[{};]\s*$|:=|==|->|=>|>>>|\(define\b|\(lambda\b|<\w+>)")
_CJK = re.compile(r"[\u3400-\u9fff]")
_FORMULA = re.compile(r"\$[^$\n]+\$|`[^`\n]+`")
"""A formula in TeX or code within a sentence counts as one word, however many signs it has."""


def is_real_sentence(text: str) -> bool:
    """Whether `text` reads as one whole sentence of prose: complete, of sensible length, with a verb, no debris."""
    stripped = _FORMULA.sub("formula", text.strip())
    if len(_CJK.findall(stripped)) * 3 > len(stripped):
        ended = stripped.rstrip("”’」』）\"'*_` ").endswith(("。", "！", "；", "…", ".", "．", "｡"))
        return ended and FEWEST_CHARACTERS_CJK <= len(stripped) <= MOST_CHARACTERS_CJK and not _DEBRIS_START.match(stripped)
    tokens = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", stripped)
    if not FEWEST_WORDS <= len(tokens) <= MOST_WORDS or "\n\n" in stripped or looks_like_code(stripped):
        return False
    if not stripped.rstrip("\"'”’)]*_` ").endswith((".", "!")) or not _starts_whole(stripped):
        return False
    if _DEBRIS_START.match(stripped) or _TASK.match(stripped) or _INDEX_LINE.search(stripped) or _REFERENCE.search(stripped):
        return False
    return _has_verb(tokens) and not _is_mostly_symbols(stripped, tokens) and len(_CODE_MARKS.findall(stripped)) < 3


def is_readable(text: str) -> bool:
    """A weaker demand, for when no real sentence is there: prose of sensible length, possibly without its end or its beginning."""
    stripped = _FORMULA.sub("formula", text.strip())
    tokens = re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", stripped)
    if "\n" in stripped or stripped.endswith(("?", "？")) or _DEBRIS_START.match(stripped) or _INDEX_LINE.search(stripped) or _REFERENCE.search(stripped):
        return False
    long_enough = FEWEST_WORDS <= len(tokens) <= MOST_WORDS or len(_CJK.findall(stripped)) >= FEWEST_CHARACTERS_CJK
    return long_enough and not _is_mostly_symbols(stripped, tokens)


def _starts_whole(text: str) -> bool:
    """A lower-case start is half a sentence, unless it is an identifier."""
    first = text.lstrip("\"'“‘([*_`")[:1]
    if not first.isalnum():
        return False
    word = text.split(maxsplit=1)[0]
    return not first.islower() or text[0] == "`" or bool(re.search(r"[a-z][A-Z]|\w[_.()]\w|\w[!?]$|\w\(\)", word))


def _has_verb(tokens: list[str]) -> bool:
    lowered = [token.casefold() for token in tokens]
    if any(token in _VERBS for token in lowered):
        return True
    # "A list with a sentinel node." has no verb: in short ones a mere ending is not trusted.
    return len(tokens) > 9 and any(re.fullmatch(r"[a-z]{3,}(?:ed|es|[^s]s)", token) for token in lowered[1:])


def _is_mostly_symbols(text: str, tokens: list[str]) -> bool:
    symbols = sum(not (character.isalpha() or character.isspace() or character in ".,;:'’\"“”()-–—") for character in text)
    short = sum((len(token) == 1 and token not in ("a", "A", "I")) or token.isdigit() for token in tokens)
    return symbols > 0.14 * len(text) or short > 0.34 * len(tokens)

"""Which term a sentence defines, told by emphasis and by the words around it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BEFORE = re.compile(
    r"(?:\b(?:called|termed|named|known as|referred to as|call (?:it|this|them|these|such \w+)?|dubbed|say that|is said to be|"
    r"define(?:d)?(?: an?| the| as)?|the term|the notion of|"
    r"by an?|of an?|(?:is|are) (?:an?|the)?)|称为|叫做|叫作|称作|称之为|所谓|定义为)\s*(?:an?\s+|the\s+)?[\"“'‘(]?\s*$",
    re.IGNORECASE,
)
_NAMED_BEFORE = re.compile(
    r"(?:\b(?:called|termed|named|known as|referred to as|call (?:it|this|them|these|such \w+)?|dubbed|is said to be|define(?:d)? (?:an?|the|"
    r"as)|the term)|称为|叫做|叫作|称作|称之为|所谓|定义为)"
    r"\s*(?:an?\s+|the\s+)?[\"“'‘(]?\s*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^[\"”'’)]?\s*(?:\([^)]{1,40}\)\s*)?,?\s*(?:(?:is|are|was|were)\b(?! (?:not|also used|used|shown|given|described|discussed|done|needed|"
    r"useful|important|the (?:last|first|next|only|most|second|third)))|means?\b|refers? to|denotes?|consists? of|"
    r"(?:which|that) (?:is|are|means)|describes?\b|(?:exists?|occurs?|arises?|happens?) (?:when|whenever|if)\b|"
    r"stands? for|specif(?:y|ies)\b|holds? that|是|指|即|就是)",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:\W*(?:an?|the|each|every|in \w+(?: \w+)?,|一个|一种|所谓)\s*)*$", re.IGNORECASE)
_UNSET = re.compile(
    r"\b(?:is|are) (?:(?:usually|often|commonly|also|generally|then|therefore|thus) )?(?:called|termed|known as|defined (?:as|"
    r"to be))\s+(?:an?\s+|the\s+)?[\"“'‘]?"
    r"(?P<after>[a-z][\w-]*(?:\s[a-z][\w-]*){0,2}?)[\"”'’]?(?=[.,;:()]|\s(?:of|in|for|if|when|and|or|to|by|on|that|which|because|since|with)\b|$)"
)
_UNSET_CJK = re.compile(
    r"(?:称为|叫做|叫作|称作|称之为|被称为)\s*[“「\"*]*(?P<after>[\u3400-\u9fffA-Za-z][\u3400-\u9fffA-Za-z \-]{0,14}?)[”」\"*]*(?=[，。；（(,.;]|$)"
)
_PLAIN = re.compile(r"^[^\W\d_][^\W_]*(?:[' ()\-–’/+*]+[^\W_]*)*$")


def is_term(phrase: str) -> bool:
    """Whether an emphasised phrase can be a term: one to five words, no sentence, no variable, no code."""
    words = phrase.split()
    if not 1 <= len(words) <= 5 or not _PLAIN.match(phrase) or len(phrase) > 48:
        return False
    return len(phrase) >= 3 or bool(re.search(r"[\u3400-\u9fff]", phrase))


def defined_term(text: str, emphasised: Sequence[str], *, set_apart: bool = True) -> str | None:
    """The term that a sentence defines; `set_apart`: only one that is emphasised counts."""
    for phrase in emphasised:
        bare = phrase.strip(' .,;:"“”()')
        at = text.find(bare)
        if at < 0 or not is_term(bare):
            continue
        before, after = text[:at], text[at + len(bare) :]
        if _NAMED_BEFORE.search(before) or (_LEADING.match(before) and _AFTER.match(after)) or (_BEFORE.search(before) and _AFTER.match(after)):
            return bare
    if set_apart:
        return None
    match = _UNSET.search(text) or _UNSET_CJK.search(text)
    return match["after"].strip() if match and is_term(match["after"].strip()) else None

"""Questions made of a library itself, each with whether the library knows the answer: what a calibration learns from. Pure.

Known: terms of the books' indexes, headings and emphasised terms, asked in several forms; and the words of a sentence with some left out, which
is as near to a question in somebody's own words as one comes without a model. Not known: questions of other fields, and two terms of the
library crossed, so that every word is known and the thing is not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.calibrating.off_topic import CHINESE, ENGLISH
from engine.library.material import Material
from engine.library.question import STOP_WORDS, read_question
from engine.library.shadow import CJK_RUN

Kind = Literal["term", "sentence", "off topic", "crossed"]

FORMS = ("What is {}?", "Explain {}.", "How does {} work?", "Can you tell me about {}?", "{}", "I don't understand {}, please help", "why do we need {}")
CHINESE_FORMS = ("什么是{}？", "{}", "请解释一下{}", "{}是怎么实现的？", "为什么需要{}？")

LONGEST_TERM = 60
SHORTEST_TERM = 3
MOST_WORDS = 6

LONGEST_SENTENCE = 14
"""Words of a sentence that are made a question: as many as people ask with."""

_NUMBERED = re.compile(
    r"^[\s#]*(?:(?i:chapter|section|appendix|part|lecture|unit|exercise|figure|table|kapitel|глава)\s+)?(?:[A-Z]?(?:\.?\d+)+|[IVX]+(?=[\s.:]))?[\s.:：—#-]*"
    r"(?:第[\d一二三四五六七八九十]+[章节篇部分]*\s*)?"
)
GENERIC = re.compile(
    r"^(?:introduction|preface|foreword|contents|table of contents|index|bibliography|references?|acknowledg\w+|exercises?|problems?|projects?|notes?"
    r"|summary|overview|conclusions?|glossary|appendi\w+|further reading|examples?|abstract|copyright.*|about .*|untitled"
    r"|引言|前言|目录|习题|练习|参考.*|总结|小结|附录|简介|例题|定义|实现|代码|脚注)$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s*")
_CLAUSE = re.compile(r"[，。；：！？,;:.!?\s（）()“”]+")


@dataclass(frozen=True, slots=True)
class Sample:
    """A question that was made, and whether the library should know it."""

    question: str
    known: bool
    kind: Kind


def known_terms(material: Material, most: int) -> tuple[Sample, ...]:
    """Terms of indexes, headings and emphasised terms in turn, each in one form."""
    lists = [_terms(material.index_terms), _terms((document, _NUMBERED.sub("", title)) for document, title in material.headings), _terms(material.emphasised)]
    picked: dict[str, None] = {}
    for place in range(max(map(len, lists))):
        for terms in lists:
            if place < len(terms):
                picked.setdefault(terms[place][1], None)
    return tuple(Sample(_asked(term), True, "term") for term in _spread(list(picked), most))


def known_sentences(material: Material, most: int) -> tuple[Sample, ...]:
    """Sentences with some of their words left out."""
    made = (_thinned(text) for _, text in material.passages)
    return tuple(Sample(question, True, "sentence") for question in _spread([question for question in made if question], most))


def crossed_terms(material: Material, most: int) -> tuple[Sample, ...]:
    """Candidates for "every word is known, the thing is not": the beginning of one term with the end of another from elsewhere.

    Who asks drops those that do occur.
    """
    terms = [term for term in _terms((*material.index_terms, *material.emphasised, *material.headings)) if _crossable(term[1])]
    made: dict[str, None] = {}
    half = len(terms) // 2
    for place, (_, term) in enumerate(terms):
        _, other = terms[(place + half + 1) % len(terms)]
        crossed = _crossed(_NUMBERED.sub("", term), _NUMBERED.sub("", other))
        if crossed and len(read_question(crossed).terms) >= 2:
            made.setdefault(crossed, None)
    return tuple(Sample(_asked(term), False, "crossed") for term in _spread(list(made), most))


def off_topic(material: Material, most: int) -> tuple[Sample, ...]:
    """Questions of other fields in the languages that the library is in. Who asks drops those whose words occur together."""
    texts = [text for _, text in material.passages]
    chinese = sum(5 * sum(map(len, CJK_RUN.findall(text))) > len(text) for text in texts)
    questions = [
        *(ENGLISH.splitlines() if chinese <= 0.9 * len(texts) else ()),
        *(CHINESE.splitlines() if chinese >= 0.1 * len(texts) else ()),
    ]
    return tuple(Sample(question, False, "off topic") for question in _spread(questions, most))


def _terms(texts: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Those that can be asked for: short, with a letter, no "Exercises"; each once."""
    found: dict[str, tuple[int, str]] = {}
    for document, text in texts:
        term = " ".join(text.split()).strip(" .,:;·…")
        shortest = SHORTEST_TERM - bool(CJK_RUN.search(term))
        short = shortest <= len(term) <= LONGEST_TERM and len(term.split()) <= MOST_WORDS
        if short and any(letter.isalpha() for letter in term) and not GENERIC.match(term):
            found.setdefault(term.casefold(), (document, term))
    return list(found.values())


def _asked(term: str) -> str:
    forms = CHINESE_FORMS if CJK_RUN.search(term) else FORMS
    return forms[_number(term) % len(forms)].format(term)


def _thinned(text: str) -> str | None:
    """The longest sentence of moderate length, two of every three content words kept."""
    for sentence in sorted(_SENTENCE_END.split(" ".join(text.split())), key=lambda one: (-min(len(one), 160), one)):
        if CJK_RUN.search(sentence):
            clauses = [clause for clause in _CLAUSE.split(sentence) if 5 <= len(clause) <= 14 and CJK_RUN.fullmatch(clause)]
            if clauses:
                return clauses[0] + "？"
            continue
        words = sentence.split()
        if not 6 <= len(words) <= 40 or sum(word.strip(".,;:()").isalpha() for word in words) < 0.8 * len(words):
            continue
        words = words[:LONGEST_SENTENCE]
        content = [place for place, word in enumerate(words) if word.strip(".,;:()").casefold() not in STOP_WORDS]
        left_out = set(content[2::3])
        if len(content) - len(left_out) >= 3:
            return " ".join(word for place, word in enumerate(words) if place not in left_out).rstrip(" .,;:") + "?"
    return None


def _crossable(term: str) -> bool:
    return 2 <= len(term.split()) <= 4 or (CJK_RUN.fullmatch(term) is not None and 4 <= len(term) <= 8)


def _crossed(one: str, other: str) -> str | None:
    if CJK_RUN.search(one) and CJK_RUN.search(other):
        return one[:2] + other[-2:]
    first, last = one.split(), other.split()
    if not first or not last or first[0].casefold() == last[-1].casefold():
        return None
    return f"{first[0]} {last[-1]}"


def _spread(items: Sequence[str], most: int) -> list[str]:
    """`most` of them, chosen by their own digests: the same each time, and few change when the library grows a little."""
    return sorted(items, key=_number)[:most]


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")

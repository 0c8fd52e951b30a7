"""Whether two questions ask the same: the student's own answer to the one then answers the other. Pure.

*Exact* is the same question but for case, punctuation, width of characters and polite frames. *Near* is a real paraphrase:
both want the same kind of thing (a time, a place, a reason …) of the same things. Numbers, names, names in programs,
negations, opposites and the sides of "from … to …" must agree in any case, since "What is the deadline of assignment 2?" and
"… assignment 3?" differ in nothing else. English and Chinese only: of other languages no negation is known here, so there
the words themselves must be the same.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from engine.answering.contradictions import contradicts
from engine.answering.language import guess_language
from engine.answering.terms import NUMBER_WORDS, content_terms, identifiers, names, negations, numbers, stem, words
from engine.answering.vocabulary import listed

Wanted = Literal["what", "time", "length", "place", "person", "count", "reason", "way", "difference", "purpose", "whether", "which"]
Likeness = Literal["exact", "near", "perhaps", "no"]
"""perhaps: nothing speaks against it, and only the meaning of both can tell (`MEANS_THE_SAME`)."""

MEANS_THE_SAME = 0.955
"""Least cosine of two questions that nothing else tells apart. In tests/answering/questions_alike.jsonl all-MiniLM-L6-v2 gives "How do I
sort a list in place?" and "How do I sort a list?" .947; without the other signs no threshold would do ("slower" for "faster": .991)."""

_POLITE = re.compile(
    r"^(?:please|hey|hi|hello|ok|okay|so|and|well|but|now)\b[\s,!.]+"
    r"|^(?:can|could|would|will) (?:you|somebody|someone|anybody) (?:please )?(?:tell|explain|describe|show|say|remind|define)\b"
    r"(?: to)?(?: me| us)?(?: about)?\s+"
    r"|^(?:please )?(?:tell|remind|show|give) (?:me|us)\b(?: about)?\s+"
    r"|^(?:do you know|i wonder)\s+"
    r"|^i(?: really)?(?: do not| don't| cannot| can't)(?: really)? (?:understand|know|get|see)\b(?: about)?\s+"
    r"|^i(?: want| need|'d like| would like) to (?:know|understand|learn)\b(?: about)?\s+"
    r"|^(?:请问|请|麻烦问一下|我想知道|解释(?:一下)?(?=.*(?:什么|为|如何|怎)))\s*",
    re.IGNORECASE,
)
_THANKS = re.compile(r"[\s,，]*(?:please|thanks|thank you|谢谢)[\s.!。！]*$", re.IGNORECASE)
_END = " ?？.。!！"
_CONTRACTED = (("what's", "what is"), ("who's", "who is"), ("where's", "where is"), ("when's", "when is"), ("how's", "how is"), ("e-mail", "email"))

_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"\b(hand|turn|send)(?:s|ed)?(?: \w+){0,2} in\b|\b(?:hand|turn)(?:ed)? in\b", "submit"),
        (r"\bhand(?:s|ed)? out\b", "publish"),
        (r"\bdue date\b", "deadline"),
        (r"\b(?:running time|run time|runtime|time complexity)\b", "duration"),
        (r"\b(?:get in touch with|reach)\b", "contact"),
        (r"\b(?:take|takes|taking|took) place\b|\b(?:is|are|be|was|were) held\b", "is"),
        (r"\b(?:in charge of)\b", "responsible for"),
        (r"\bgroup work\b|\bwork(?:ing)? in groups\b", "groupwork"),
    )
)
"""Several words that are one."""

_SAME_WORDS = {
    stem(word): stem(group.split()[0])
    for group in (
        "advantage benefit strength pro merit",
        "disadvantage drawback downside weakness con",
        "needed need required require necessary mandatory compulsory obligatory",
        "allowed allow permitted permit",
        "lecturer professor instructor teacher",
        "exam examination",
        "submit submission",
        "begin start",
        "avoid prevent",
        "happen occur",
        "delete remove",
        "email mail",
        "picture figure",
        "assignment homework",
        "normalise normalize",
        "fast quick",
    )
    for word in group.split()
}
"""Stems of words that mean the same in a question: administration and the commonplace, no terms of any subject."""

_ORDINALS = {
    word: str(number)
    for number, word in enumerate(("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"), 1)
}
_CJK_DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九十")}
_CJK_COUNTED = re.compile(r"(?<=第)[一二三四五六七八九十]|(?<=作业)[一二三四五六七八九十]|(?<=[章节讲课题卷])[一二三四五六七八九十](?![^\W\d_])")

_FILLERS = listed(
    "exactly really actually precisely course explain describe define definition mean means meaning tell please concept briefly detail details know held"
)
"""Words of a question that name nothing in it, once it is known what is wanted."""

_KINDS: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    ("whether", re.compile(r"^(?:is|are|am|was|were|do|does|did|can|could|may|might|must|should|will|would|has|have)\b|吗[？?]?$|是否|能不能|可不可以|是不是")),
    (
        "difference",
        re.compile(r"\bdiffer(?:s|ent|ence|ences)?\b|\bdistinguish(?:es)?\b|\bvs\b|\bversus\b|\bcompare[sd]?\b|\bcomparison\b|区别|差别|差异|不同(?!意)"),
    ),
    (
        "purpose",
        re.compile(
            r"\b(?:used|good|useful) for\b|\bpurpose\b|\bwhy (?:would|should|do|does) (?:one|you|we|i|people) use\b|\bwhat (?:is|are) .* for$|作用|用途"
        ),
    ),
    ("reason", re.compile(r"^why\b|^how come\b|\breasons? (?:that|why|for|of)\b|^what (?:causes|caused)\b|为什么|为何|原因")),
    ("length", re.compile(r"^how (?:long|fast)\b|\bduration\b|多久|多长时间|多快")),
    (
        "time",
        re.compile(
            r"^(?:by |until |till |since |from )?when\b|[:,] ?when\b|^(?!how\b|why\b|who\b|where\b).*\bdeadline\b"
            r"|^(?:\w+ )?(?:what|which) (?:date|day|time)\b|\bdate of\b|什么时候|何时|几点|截止"
        ),
    ),
    ("place", re.compile(r"^(?:from )?where\b|[:,] ?where\b|^(?:in |at |to )?(?:what|which) (?:room|place|building)\b|哪里|哪儿|在哪|什么地方")),
    ("person", re.compile(r"^who\b|^whom\b|谁")),
    ("count", re.compile(r"^how (?:many|much|often)\b|\bwhat (?:percentage|share|number)\b|多少|几[个门次章]")),
    ("way", re.compile(r"^how\b|^in (?:what|which) way\b|^what (?:must|should|do|can) (?:i|we|you|one) do to\b|\bexplain how\b|如何|怎么|怎样")),
    (
        "which",
        re.compile(
            r"^(?:in |on |at |of )?which\b"
            r"|^what (?!(?:is|are|was|were|do|does|did|can|could|should|must|would|will|has|have|happens|causes?|an?|the)\b)(?!.*\b(?:is|are|means?)$)\w+"
            r"|哪[些个种]"
        ),
    ),
)
_OF_ITS_KIND: dict[Wanted, frozenset[str]] = {
    "difference": listed("differ differs difference different distinguish compare comparison vs versus"),
    "purpose": listed("used good useful purpose use"),
    "reason": listed("reason cause causes caused happen happens"),
    "length": listed("duration long fast take last complexity quick"),
    "time": listed("date day time"),
    "place": listed("room place building find get download"),
    "count": listed("many much percentage share number often"),
    "way": listed("work way"),
}
"""Words that only say what is wanted, by what is wanted."""

_LETTER = re.compile(r"(?<=[\w,] )[A-HJ-Z](?!\w)")
"""A capital letter alone inside a question is a name: group A, question B."""

_NEEDED, _ALLOWED, _DEADLINE = stem("needed"), stem("allowed"), stem("deadline")
_HANDED_IN = (stem("submit"), stem("due"))
"""When something is due, or is to be handed in, is its deadline."""
_MAY = re.compile(r"^(?:can|may|could|might) (?:i|we|one|you|students?)\b")
_CJK_ASKING = re.compile(
    r"什么时候|什么地方|什么样|什么|何时|几点|日期|时间|时候|在?哪[里儿]|举行|原因|区别|差别|差异|不同|作用|用途|多久|多长|多少|意思|含义|定义|使用|要"
)
"""What only asks, and the commonest empty words."""
_TELLING: tuple[frozenset[str], ...] = (
    listed("was were did had"),
    listed("all every each both whole"),
    listed("some several"),
    listed("only"),
    listed("before"),
    listed("after"),
    listed("during"),
    listed("above over more most"),
    listed("below under less fewer least"),
    listed("other another else"),
    listed("without"),
    listed("again twice"),
    listed("off out away"),
    listed("up"),
    listed("down"),
    listed("against"),
    listed("unless"),
    listed("next"),
    listed("last previous"),
)
"""Words that a comparison of contents passes over, and that make another question all the same: one of a set, or none of it, must be in both."""
_MUST = re.compile(r"\b(?:must|have to|has to|need|needs|needed|required|mandatory|compulsory|obligatory)\b|必须|需要|应该")
_MAY_BE = re.compile(r"\b(?:may|might|allowed|permitted)\b|可以|允许")
_ACTS = re.compile(
    r"\b(?:do|does|did|will|would|can|could|must|should|may)\s+(?!(?:i|you|we|one|people|students|they|it)\b)(?!.*\bbe\b)"
    r"|^(?:who|which \w+|what)\s+(?!(?:is|are|was|were)\b)\w+s\b"
)
"""A noun does something to another: which does it, is told by the order alone."""

_SIDED = ("from", "to", "into", "than", "before", "after", "by", "on", "with")
_INSIDE = ("in", "of")


@dataclass(frozen=True, slots=True)
class Wording:
    """A question, taken apart as far as likeness needs it."""

    text: str
    key: str
    language: str
    wanted: Wanted
    terms: tuple[str, ...]
    numbers: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    identifiers: frozenset[str]
    negated: bool
    sides: tuple[tuple[str, str], ...]
    telling: tuple[bool, ...]
    duty: Literal["must", "may", ""]
    acts: bool


def read_wording(question: str) -> Wording:
    """Take a question apart."""
    text = _plain(question)
    language = guess_language(text)
    lower = text.casefold()
    said = lower
    for pattern, replacement in _PHRASES:
        said = pattern.sub(replacement, said)
    wanted = _wanted(said)
    return Wording(
        text=text,
        key=" ".join(words(lower)),
        language=language,
        wanted=wanted,
        terms=_terms(said, wanted),
        numbers=frozenset(_numbers(said)),
        words=frozenset(words(lower)),
        names=frozenset(names(text) | {letter.casefold() for letter in _LETTER.findall(text)}),
        identifiers=frozenset(identifiers(text)),
        negated=negations(lower) % 2 == 1,
        sides=_sides(said),
        telling=tuple(not known.isdisjoint(words(lower)) for known in _TELLING),
        duty="must" if _MUST.search(lower) else "may" if _MAY_BE.search(lower) else "",
        acts=_ACTS.search(lower) is not None,
    )


def alike(asked: Wording, stored: Wording) -> Likeness:
    """Whether the answer to `stored` answers `asked`."""
    if asked.key and asked.key == stored.key and _same_signs(asked, stored):
        return "exact"
    if asked.language != stored.language or asked.language not in ("en", "zh") or not _nothing_against(asked, stored):
        return "no"
    here, there = set(asked.terms), set(stored.terms)
    if not here or not there:
        return "no"
    if here == there or "".join(asked.terms) == "".join(stored.terms):
        return "near" if _in_order(asked, stored) else "no"
    if asked.language != "en" or not here & there:
        return "no"
    opposed = contradicts(asked.text, stored.text) or contradicts(stored.text, asked.text)
    return "no" if opposed or not _in_order(asked, stored) else "perhaps"


def _plain(question: str) -> str:
    """One line, in compatibility form, without frames of politeness and the mark at its end."""
    text = " ".join(unicodedata.normalize("NFKC", question).replace("’", "'").split())
    for short, long in _CONTRACTED:
        text = re.sub(rf"\b{short}\b", long, text, flags=re.IGNORECASE)
    text = _THANKS.sub("", text.rstrip(_END))
    while (shorter := _POLITE.sub("", text, count=1)) != text and shorter.strip():
        text = shorter
    return text.strip(_END)


def _wanted(text: str) -> Wanted:
    """What a question asks for; what is no question asks what it is."""
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), "what")


def _terms(text: str, wanted: Wanted) -> tuple[str, ...]:
    """The content terms in order, in one form each, without what only says what is wanted."""
    dropped = {stem(word) for word in _FILLERS | _OF_ITS_KIND.get(wanted, frozenset())}
    if wanted not in ("whether", "reason"):
        dropped.add(_NEEDED)  # "how many points are needed" is "how many points must one have"
    found: list[str] = [_ALLOWED] if wanted == "whether" and _MAY.search(text) else []
    for term in content_terms(_CJK_ASKING.sub(" ", _cjk_numbers(text))):
        plain = _ORDINALS.get(term, NUMBER_WORDS.get(term, term))
        plain = _SAME_WORDS.get(plain, plain)
        if wanted == "time" and plain in _HANDED_IN:
            plain = _DEADLINE
        if plain not in dropped and plain not in found:
            found.append(plain)
    return tuple(found)


def _numbers(text: str) -> set[str]:
    """Digits, and numbers and ordinals in words; `one` is as often no number."""
    found = {re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", number) for number in numbers(_cjk_numbers(text))}
    for word in words(text):
        counted = _ORDINALS.get(word) or (NUMBER_WORDS.get(word) if word != "one" else None)
        found |= {counted} if counted else set()
    return found


def _cjk_numbers(text: str) -> str:
    return _CJK_COUNTED.sub(lambda match: str(_CJK_DIGITS[match[0]]), text)


def _sides(text: str) -> tuple[tuple[str, str], ...]:
    """(preposition, the first content term after it), in order."""
    found: list[tuple[str, str]] = []
    before = ""
    for word in words(text):
        if word in _SIDED or word in _INSIDE:
            before = word
        elif before and (terms := content_terms(word)):
            found.append((before, terms[0]))
            before = ""
    return tuple(found)


def _same_signs(asked: Wording, stored: Wording) -> bool:
    """`C++` and `C#` are the same words and not the same."""
    return _signs(asked.text) == _signs(stored.text)


def _signs(text: str) -> list[str]:
    return re.findall(r"[+#*=<>/^&|%$@~\\]+", text)


def _nothing_against(asked: Wording, stored: Wording) -> bool:
    """What must agree in any case."""
    if asked.wanted != stored.wanted or asked.negated != stored.negated or asked.numbers != stored.numbers:
        return False
    if asked.telling != stored.telling or (asked.duty and stored.duty and asked.duty != stored.duty):
        return False
    if asked.identifiers != stored.identifiers and {name.casefold() for name in asked.identifiers ^ stored.identifiers} - (asked.words & stored.words):
        return False
    if (asked.names - stored.words) or (stored.names - asked.words) or not _same_signs(asked, stored):
        return False
    for preposition in _SIDED:
        here = {term for side, term in asked.sides if side == preposition}
        there = {term for side, term in stored.sides if side == preposition}
        if here and there and not here & there:
            return False
    return not _swapped(asked, stored)


def _swapped(asked: Wording, stored: Wording) -> bool:
    """Whether what stands inside of what is exchanged: the bits in a byte and the bytes in a bit, the key of a value and the value of a key."""
    shared = set(asked.terms) & set(stored.terms)
    for preposition in _INSIDE:
        here, there = ({term for side, term in each.sides if side == preposition and term in shared} for each in (asked, stored))
        if here and there and not here & there:
            return True
    return False


def _in_order(asked: Wording, stored: Wording) -> bool:
    """Whether the shared terms come in the same order, or with one end moved to the other ("the deadline of assignment 2", "to reverse a list").

    Who supervises whom, and which of two calls the other, is told by nothing else.
    """
    shared = set(asked.terms) & set(stored.terms)
    here, there = ([term for term in terms if term in shared and term != _ALLOWED] for terms in (asked.terms, stored.terms))
    if asked.wanted == "difference" or here == there:
        return True
    if asked.acts or stored.acts or asked.wanted in ("person", "whether", "reason"):
        return False
    return any(here[cut:] + here[:cut] == there for cut in range(1, len(here)))

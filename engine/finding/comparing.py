"""Comparisons: "stack vs queue", "how does TCP differ from UDP?", "栈和队列有什么区别？" split into their sides. Pure.

A passage that compares is worth most, but most books explain one thing here and the other there, and a search for both at once
finds whichever is written about more. So each side is searched by itself beside the whole question, and the rankings take turns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from engine.finding.aspects import content_of, is_aspect, split_aspect, without_article

MOST_SIDES = 3
LONGEST_SIDE_WORDS = 7
"""Longer "sides" are clauses, and the question is searched better as it stands."""
LONGEST_SIDE_CJK = 16

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared: two or three things, and in which respect ("" where nothing is said of it)."""

    sides: tuple[str, ...]
    respect: str = ""

    @property
    def questions(self) -> tuple[str, ...]:
        """What to search for each side."""
        return tuple(f"{side} {self.respect}".strip() for side in self.sides)

    @property
    def definitions(self) -> tuple[str, ...]:
        """A question for each side that asks what it is: an answer without a model is made of what answers these."""
        return tuple(f"{side}是什么？" if _is_cjk(side) else f"What is {side}?" for side in self.sides)


_ASIDE = (
    r"(?:so|and|ok|okay|please|hi|hello|hey|can you|could you|would you|explain|describe|discuss|tell me|show me|what is|what are|what's|what’s|about|"
    r"the|briefly|me|to me)"
)
_BEFORE = re.compile(rf"^(?:{_ASIDE}\b[\s,]*)+", re.IGNORECASE)
_BE = r"(?:do|does|did|is|are|was|were|can|could|should|would|will)"
_THAN = (
    r"(?P<respect>(?:\w+ly )?(?:more|less) \w+|\w{2,}er|better|worse|different) than|(?:preferable|superior|inferior|preferred) (?:to|over)|"
    r"(?:different|distinct) (?:from|to)"
)

_PAIRED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:differences?|distinctions?|similarit(?:y|ies)|comparisons?|trade-?offs?|contrasts?) (?:is |are |there )*(?:between|of|among) (?P<all>.+)$",
        rf"^how {_BE} (?P<all>.+? and .+?) (?:differ|compare|relate in cost|different|distinguished)\b(?P<respect>.*)$",
        r"^(?:what|which) \w+ do (?P<all>.+? and .+?) (?:have in common|share)\b",
        r"^what do (?P<all>.+? and .+?) have in common\b",
        r"^(?:compare|contrast|compare and contrast) (?P<all>.+)$",
        r"^which (?:one |of these |of them |of the two )?(?:is|are|was|has|uses|needs|takes|works|should)\b.*?[,:] (?P<all>.+? or .+)$",
        r"^(?:should|shall|would|do|can) (?:i|we|you|one) (?:rather )?(?:use|choose|prefer|pick|take) (?P<all>.+? or .+)$",
    )
)
"""Both sides stand together, joined by "and", "or", a comma."""
_APART = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^how {_BE} (?P<one>.+?) (?:differ|different|distinguished|distinct|compare|differs)(?:s|d)? (?:from|to|than|with|against) (?P<other>.+)$",
        r"^(?:what|how) (?:distinguish(?:es)?|separates?|sets?|differentiates?|makes?) (?P<one>.+?) (?:apart |different )?(?:from|than) (?P<other>.+)$",
        rf"^(?:why|when|how|where|how much|in what way|in which way)? ?{_BE} (?:(?:i|we|you|one) (?:use|choose|prefer) )?(?P<one>.+?) "
        rf"(?:be )?(?:{_THAN}) (?P<other>.+)$",
        r"^what makes (?P<one>.+?) (?P<respect>(?:more|less) \w+|\w+er|better|worse) than (?P<other>.+)$",
        r"\badvantages? (?:of|does|do|has) (?P<one>.+?) (?:have )?over (?P<other>.+)$",
        rf"^(?:why|when) {_BE} (?:i|we|you|one|people|anyone) (?:use|choose|prefer|pick) (?P<one>.+?) (?:instead of|rather than|over) (?P<other>.+)$",
        r"^(?P<one>.+?),? (?:as )?(?:compared|in comparison|in contrast|as opposed) (?:with|to) (?P<other>.+)$",
    )
)
"""Something stands between the sides."""
_VERSUS = re.compile(r"\s+(?:vs\.?|versus|v\.s\.)\s+", re.IGNORECASE)
_BARE_OR = re.compile(r"^(?P<one>[^,.;:?]+?) or (?P<other>[^,.;:?]+)$")
_STARTS_QUESTION = re.compile(
    r"^(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|who|what|why|how|when|where|which|whose|in|on|at|by|to|for|from)\b",
    re.IGNORECASE,
)
_RESPECT = re.compile(r"\s+(?:in terms of|with respect to|with regard to|regarding|when it comes to|for|in|on|when|if|at)\s+", re.IGNORECASE)
_ADJECTIVE = re.compile(
    r"\w+(?:ly|ed|ic|al|ive|ous|ary|able|ible|ent|ant|less|-first|-level|-sided|-way|-order)|static|direct|min|max|binary|strong|weak|deep|shallow|"
    r"hard|soft|left|right"
    r"|top|bottom|lazy|eager|public|private|open|closed|big|little|short|long|pre|post|in|upper|lower|black|white|first|last",
    re.IGNORECASE,
)

_AROUND_SIDE = re.compile(
    r"^(?:between|both|either)\s+|\s+(?:each|both|data structures|usually|often|generally|typically|normally|sometimes|always|much|so|any|really|"
    r"actually|considered)$",
    re.IGNORECASE,
)

_NO_SIDE = re.compile(
    r"^I\b(?!/)|\b(?:you|we|[Ii]ts?|ones?(?!['’])|doing|[Tt]his|[Tt]hat|[Tt]hese|[Tt]hose|[Tt]hey|them|themselves|he|she|his|her|[Ww]ho|[Ww]hat|[Ww]here|[Ww]hen|[Ww]hy|[Hh]ow"
    r"|[Ww]hich|not|than|normal|usual|others?|before)\b"
)
"""Sides that point elsewhere can't be searched by themselves."""

_AND_ZH = "和|与|跟|同|及|以及|、|还是|或者?"
_CONTRAST_ZH = "区别|差别|不同|差异|异同|相同点|共同点|相同|对比|比较|联系和区别|区别和联系"
_BETTER_ZH = r"(?:比较|相对|更加?|要)?(?:快|慢|好|差|优|高|低|大|小|强|弱|难|简单|容易|安全|稳定|省|节省|高效|适合|合适)"
_PAIRED_ZH = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?:比较|对比)(?:一下)?(?P<all>.+?(?:{_AND_ZH}).+?)(?:的(?P<respect>.+?))?$",
        rf"^(?P<all>.+?(?:{_AND_ZH}).+?)(?:二者|两者)?(?:之间)?(?:的|在(?P<respect>.+?)(?:上|方面|中)(?:的|有)?)?(?:主要|本质)?(?:有|存在)?(?:什么|何|哪些|啥)?(?:主要|本质)?(?:的)?"
        rf"(?:{_CONTRAST_ZH})(?:之处|点)?(?:是什么|是啥|在哪里?|有哪些|何在|吗)?$",
        rf"^(?P<all>.+?(?:{_AND_ZH}).+?)(?:相比|比起来)?[，,]?(?:哪个|哪一个|哪种|谁)(?:的(?P<respect>.+?))?{_BETTER_ZH}.*$",
        rf"^(?:哪个|哪一个|哪种|谁)(?P<respect>.+?)[，,：:](?P<all>.+?(?:{_AND_ZH}).+)$",
    )
)
_APART_ZH = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?P<one>.+?)(?:相比(?!较)于?|相较于?|对比|相对于)(?P<other>.+?)(?:[，,]?(?:有)?(?:什么|哪些|何)(?P<respect>.+))?$",
        rf"^(?:为什么|为何)?(?P<one>.+?)(?:会|要)?(?<!对)(?<!相)(?<!百分)比(?![较赛例分如方特率重])(?P<other>.+?)(?P<respect>{_BETTER_ZH}.*)$",
        r"^(?P<one>.+?)(?:与|和|跟)(?P<other>.+?)相比(?:[，,]?(?P<respect>.+))?$",
    )
)
_BEFORE_ZH = re.compile(r"^(?:请问|请|帮我|你能|能否|能不能|简述|试述|说明|解释|什么是|分析|谈谈|说说|一下|[\s，,])+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def read_comparison(question: str) -> Comparison | None:
    """The sides of a comparison; None where nothing is compared, or the sides can't be told apart safely."""
    asked = " ".join(question.split()).strip(" ?？.。!！")
    if not 3 <= len(asked) <= 300:
        return None
    return _read_versus(asked) or (_read_chinese(_BEFORE_ZH.sub("", asked)) if _is_cjk(asked) else _read_english(asked))


def take_turns(together: Sequence[Item], sides: Sequence[Sequence[Item]], *, key: Callable[[Item], Hashable], holds_all: Callable[[Item], bool]) -> list[Item]:
    """One ranking of several: the best of each side, then the best of both together, then the second of each, and so on.

    What is best for both together opens it where it `holds_all` sides; nothing (by `key`) stands in it twice.
    """
    opening = together[:1] if together and holds_all(together[0]) else ()
    turns = [*sides, together]
    order = [*opening, *(ranking[place] for place in range(max(map(len, turns), default=0)) for ranking in turns if place < len(ranking))]
    seen: dict[Hashable, Item] = {}
    for item in order:
        seen.setdefault(key(item), item)
    return list(seen.values())


def names_all(text: str, sides: Sequence[str]) -> bool:
    """Whether a text holds every word of every side (by its first letters, since words are inflected)."""
    lowered = text.casefold()
    return all(all(word[: max(4, len(word) - 3)] in lowered for word in _words(side)) for side in sides)


def _words(side: str) -> list[str]:
    return [side.casefold()] if _is_cjk(side) else content_of(side)


def _is_cjk(text: str) -> bool:
    return _CJK.search(text) is not None


def _read_versus(asked: str) -> Comparison | None:
    parts = _VERSUS.split(re.split(r"[:,;，：；?？]", _BEFORE_ZH.sub("", asked))[0]) if _VERSUS.search(asked) else []
    if len(parts) < 2 or len(parts[0].split()) > LONGEST_SIDE_WORDS + 3:
        return None
    parts[0] = re.sub(r"^.*\b(?:between|of|compare|comparing|is better|is faster)\s+", "", _BEFORE.sub("", parts[0]), flags=re.IGNORECASE)
    return _comparison(parts, "")


def _read_english(asked: str) -> Comparison | None:
    bare = _BEFORE.sub("", asked)
    for text in dict.fromkeys((asked, bare)):
        for pattern in _PAIRED:
            if (match := pattern.search(text)) and (found := _of_list(match["all"], match.groupdict().get("respect") or "")):
                return found
        for pattern in _APART:
            if match := pattern.search(text):
                other, respect = _cut_respect(match["other"], match["one"])
                return _comparison([match["one"], other], respect)
    bare_or = _BARE_OR.match(asked)
    if bare_or and not _STARTS_QUESTION.match(asked) and all(len(side.split()) <= 3 for side in bare_or.groups()):
        return _comparison(list(bare_or.groups()), "")
    return None


def _of_list(listed: str, respect: str) -> Comparison | None:
    """The sides of "A and B", "A with B", "A, B and C (in terms of …)"."""
    joints = (r"(?:,\s*)?\band\b|,", r"\bwith\b|\bagainst\b|\bto\b", r"(?:,\s*)?\bor\b|,")
    for joint in joints if re.search(r"\band\b", listed) else reversed(joints):
        parts = [part for part in re.split(rf"\s*(?:{joint})\s+", listed) if part.strip()]
        if len(parts) >= 2:
            parts[-1], found = _cut_respect(parts[-1], parts[0])
            return _comparison(parts, respect or found)
    return None


def _cut_respect(last: str, first: str) -> tuple[str, str]:
    """What is said behind the last side of the respect in which to compare; a side that says "in …" as the first does keeps it."""
    match = _RESPECT.search(last)
    if match is None or match[0].strip().casefold() in f" {first.casefold()} ".split():
        return last, ""
    return last[: match.start()], last[match.end() :]


def _read_chinese(asked: str) -> Comparison | None:
    for pattern in _PAIRED_ZH:
        if match := pattern.match(asked):
            parts = _balanced(match["all"])
            if parts and (found := _comparison(parts, _respect_zh(match.groupdict().get("respect")))):
                return found
    for pattern in _APART_ZH:
        if match := pattern.match(asked):
            return _comparison([match["one"], match["other"]], _respect_zh(match.groupdict().get("respect")))
    return None


def _balanced(listed: str) -> list[str]:
    """The sides of "栈和队列": of several places where it could be split (the 和 of 饱和 is none) the one nearest to the middle."""
    listed = re.sub(r"(?:之间|二者|两者)?的?$", "", listed)
    if "、" in listed:
        return [part for part in re.split(f"{_AND_ZH}", listed) if part]
    joints = [match for match in re.finditer(_AND_ZH, listed) if match.start() > 0 and match.end() < len(listed)]
    if not joints:
        return []
    joint = min(joints, key=lambda match: abs(match.start() - (len(listed) - match.end())))
    return [listed[: joint.start()], listed[joint.end() :]]


def _respect_zh(respect: str | None) -> str:
    """Only a noun narrows a search: "在效率上", not "更快"."""
    return respect.strip() if respect and is_aspect(respect) else ""


def _comparison(parts: Sequence[str], respect: str) -> Comparison | None:
    sides = [without_article(part.strip(" ,，.。:：;；()（）")) for part in parts]
    sides = [_AROUND_SIDE.sub("", side) for side in sides]
    if not 2 <= len(sides) <= MOST_SIDES or len({side.casefold() for side in sides}) < len(sides):
        return None
    if not all(_is_side(side) for side in sides):
        return None
    sides = _share_head(_share_aspect(sides))
    narrowing = respect.strip(" ,.") if respect and (is_aspect(respect) or not re.search(r"(?:er|better|worse|different|distinct|preferred)$", respect)) else ""
    return Comparison(tuple(sides), without_article(narrowing) if len(narrowing.split()) <= LONGEST_SIDE_WORDS else "")


def _is_side(side: str) -> bool:
    """A thing, and no number, pronoun or clause."""
    if _is_cjk(side):
        return len(side) <= LONGEST_SIDE_CJK and not re.search(r"[，,。？?谁哪被把]|什么|怎么|如何|^[与和跟同当]", side)
    content = content_of(side)
    if _NO_SIDE.search(side):
        return False
    # Words that only hold others together (IN, OR, IF) are names where they are written large.
    named = bool(content) or side.isupper()
    return named and len(side.split()) <= LONGEST_SIDE_WORDS and not re.fullmatch(r"[\d.,\s%$€£]+(?:\w+)?", side)


def _share_aspect(sides: list[str]) -> list[str]:
    """ "running time of quicksort", "mergesort": both are about the running time."""
    aspect, thing = split_aspect(sides[0])
    if aspect and thing and not any(split_aspect(side)[0] for side in sides[1:]) and not _is_cjk(sides[0]):
        return [sides[0], *(f"{aspect} of {side}" for side in sides[1:])]
    return sides


def _share_head(sides: list[str]) -> list[str]:
    """ "singly", "doubly linked lists": both are linked lists."""
    last = sides[-1].split()
    if len(last) < 2 or _is_cjk(sides[-1]):
        return sides
    return [f"{side} {' '.join(last[1:])}" if " " not in side and side.islower() and _ADJECTIVE.fullmatch(side) else side for side in sides]

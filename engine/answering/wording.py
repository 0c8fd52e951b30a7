"""A text as a row of comparable words: what says the same has the same key, and what says nothing is left out.

Articles, forms of `to be` and the like are gone; synonyms, irregular forms and spelled-out numbers share one key; words that
turn a sentence around (`not`, `only`, `must`, `if`, `before`) are kept apart from content. The row is cut into statements: a
main clause with the clauses that depend on it, and what it is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from engine.answering.synonym_groups import SYNONYMS
from engine.answering.synonyms import CJK_SYNONYMS, PHRASES
from engine.answering.terms import NUMBER_WORDS, ORDER, order_key, stem
from engine.answering.word_classes import (
    AFTER_PRONOUN,
    AUXILIARIES,
    BEFORE_PRONOUN,
    CJK_SILENT,
    COORDINATORS,
    DETERMINERS,
    FRAME,
    KEYWORDS,
    OPERATORS,
    PRONOUNS,
    SILENT,
    SUBORDINATORS,
    VERB_STEMS,
)

Kind = Literal["content", "number", "operator", "frame"]

ORDER_WORD = "growthorder"
"""What an order of growth such as O(n log n) becomes, followed by its letters and digits."""

_TOKEN = re.compile(
    rf"{ORDER_WORD}\w*|(?:[a-z]|\d+)pow\w+|math\w+|[a-z]+&(?=\s\w)|\d*[a-z](?:plus|minus)\d+|\d+[a-z](?![a-z0-9])|\d+(?:[.,]\d+)*|[^\W\d_\u3040-\u30ff\u3400-\u9fff]+\d*(?:['’][^\W\d_]+)?|[\u3040-\u30ff\u3400-\u9fff]+|==|!=|<=|>=|&&|\|\||[<>=≠≤≥+−×∈]|[.,;:!?()—–。，；：！？（）、]"
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_NOUN_ENDINGS = ("ement", "ment", "renc", "enc", "anc", "al", "age", "ation", "at")
_ADJECTIVE_ENDINGS = ("ical", "ial", "ian", "al", "ia", "ness")
_POWER = re.compile(r"(?<![a-z0-9])([a-z]|\d+)\s?\^\s?\{?([a-z]|\d+)\}?")
_LOGARITHM = re.compile(r"(?<![a-z0-9])(?:(?:[a-z]|\d+)\s*)?(?:\\?log|\\?lg|\\?ln)\b\s*_?(?:\{?\d+\}?\s*)?\(?[a-z]\)?(?![a-z])")
_RAISED = {ord(character): f"^{plain}" for character, plain in zip("²³⁴⁵⁶⁷⁸⁹ⁿᵏ", "23456789nk", strict=True)}
_SIGNS = {
    "==": "==",
    "!=": "≠",
    "<=": "≤",
    ">=": "≥",
    "≠": "≠",
    "≤": "≤",
    "≥": "≥",
    "<": "<",
    ">": ">",
    "=": "=",
    "&&": "and",
    "||": "or",
    "+": "+",
    "−": "-",
    "×": "×",
    "∈": "∈",
}
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+\s+)?\w+(?:ed|en|wn|ld|nt|pt|ut|ght)\b|被|由")
_BOUND = re.compile(r"\bat (most|least)\b")
_STOPS = ".!?;:。！？；："
_CJK_TELLING = {"中": tuple("序间断心缀"), "上": tuple("界升层游限级溢"), "个": tuple("数"), "时": tuple("间")}
"""Silent characters that say something before these."""
_CJK_DIGITS = {character: str(value) for value, character in enumerate("零一二三四五六七八九十")}
_CJK_WORDS = sorted({word for word in OPERATORS if _CJK.match(word)}, key=len, reverse=True)
_CJK_VERBS = re.compile(
    r"是|有|需要|必须|可以|具有|包含|大于|小于|使用|存储|取决于|会|能|占|返回|用于|称为|等于|共享|修改|放|适合|提供|由|根据|转发|工作|解析|认为|依据|按照|重做|撤销|负责|遵循|进行|采用|执行|保存|检查|分解|生成|产生|访问|实现|避免|支持|保证|表示|属于|位于|达到|允许|称|叫"
)
_CJK_SUBJECT_ENDS = re.compile(_CJK_VERBS.pattern.replace("有|", "(?<!所)有|") + "|只|仅|在|被|把|才|不|每|均|都|可|将")


def _synonym_keys() -> dict[str, str]:
    keys: dict[str, str] = {}
    for line in SYNONYMS.split("\n"):
        group = [stem(word) for word in line.split()]
        for member in group:
            keys.setdefault(member, group[0])
    return keys


_KEYS = _synonym_keys()
_PHRASES = tuple((re.compile(pattern), replacement) for pattern, replacement in PHRASES)
_CJK_SAME = tuple((word, group[0]) for group in CJK_SYNONYMS for word in sorted(group[1:], key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a row. `category` is empty but for operators."""

    key: str
    kind: Kind
    category: str
    statement: int
    piece: int


@dataclass(frozen=True, slots=True)
class Row:
    """A text's words; for each of its statements, the keys of what it is about (empty without a subject of its own).

    `passive` are the pieces in the passive voice, `dependent` those that only go on with what another piece is about.
    """

    words: tuple[Word, ...]
    subjects: tuple[frozenset[str], ...]
    passive: frozenset[int]
    dependent: frozenset[int]

    def content_of(self, statement: int) -> frozenset[str]:
        """The keys of the content and numbers of one statement."""
        return frozenset(word.key for word in self.words if word.statement == statement and (word.kind in ("content", "number") or word.category == "way"))

    def content_of_piece(self, piece: int) -> frozenset[str]:
        """The same for one piece."""
        return frozenset(word.key for word in self.words if word.piece == piece and word.kind in ("content", "number"))


@lru_cache(maxsize=16384)
def key_of(word: str) -> str:
    """The key of one English word: its base form's stem, that of the verb it is made from, or that of its synonyms."""
    base = stem(word)
    if base in _KEYS:
        return _KEYS[base]
    for suffix in _NOUN_ENDINGS:
        verb = base.removesuffix(suffix)
        if verb != base and not word.endswith(("ed", "ing")) and (verb in VERB_STEMS or stem(verb + "e") in VERB_STEMS):
            return same_as(verb if verb in VERB_STEMS else stem(verb + "e"))
    for suffix in _ADJECTIVE_ENDINGS:
        if base.endswith(suffix) and len(base) - len(suffix) >= 6:
            return same_as(base.removesuffix(suffix))
    return same_as(base)


def same_as(stemmed: str) -> str:
    """The stem that stands for all synonyms of a stem."""
    return _KEYS.get(stemmed, stemmed)


@lru_cache(maxsize=4096)
def plain_wording(text: str) -> str:
    """Casefolded text with phrases, Chinese synonyms and orders of growth in one form each."""
    text = ORDER.sub(lambda match: " " + ORDER_WORD + "".join(character for character in order_key(match[0]) if character.isalnum()) + " ", text)
    text = re.sub(r"\b[A-Z]{2,}\b", lambda match: match[0] + "keyword" if match[0].lower() in KEYWORDS else match[0], text)
    text = re.sub(r"(?<=\d)[,\u202f\u00a0](?=\d{3}(?!\d))", "", text.casefold().replace("’", "'"))
    text = _POWER.sub(lambda match: f" {match[1]}pow{match[2]} ", text.translate(_RAISED))
    text = _LOGARITHM.sub(lambda match: " math" + re.sub(r"[^a-z0-9]", "", match[0].replace("lg", "log")) + " ", text)
    for pattern, replacement in _PHRASES:
        text = pattern.sub(replacement, text)
    text = re.sub(r"(?<=\w)-and-(?=\w)", " ", text)
    text = re.sub(r"\b([a-z])(\+{1,2}|#)(?!\w)", lambda match: match[1] + match[2].replace("+", "plus").replace("#", "sharp"), text)
    text = re.sub(r"(?<![a-z0-9])(\d*[a-z])\s?([-−–+])\s?(\d+)(?!\d)", lambda match: match[1] + ("plus" if match[2] == "+" else "minus") + match[3], text)
    if _CJK.search(text):
        for word, one in _CJK_SAME:
            text = text.replace(word, one)
    return text


@lru_cache(maxsize=4096)
def concepts(text: str) -> tuple[str, ...]:
    """The keys of a text's content words and numbers, in order."""
    return tuple(word.key for word in row_of(text).words if word.kind in ("content", "number"))


@lru_cache(maxsize=2048)
def row_of(text: str) -> Row:
    """The row of a text of one or two sentences."""
    tokens = [match[0] for match in _TOKEN.finditer(_BOUND.sub(r"at\1", plain_wording(text)))]
    pieces = _pieces(tokens)
    statements, subjects = _statements(pieces)
    words: list[Word] = []
    for number, (piece, statement) in enumerate(zip(pieces, statements, strict=True)):
        for position, token in enumerate(piece):
            words.extend(Word(key, kind, category, statement, number) for key, kind, category in _words_of(token, piece, position))
    passive = frozenset(number for number, piece in enumerate(pieces) if _PASSIVE.search(" ".join(piece)))
    dependent = frozenset(number for number, piece in enumerate(pieces) if _goes_on(piece, after_comma=number > 0))
    return Row(tuple(words), tuple(subjects), passive, dependent)


def _pieces(tokens: Sequence[str]) -> list[list[str]]:
    """Cut at punctuation and before conjunctions; marks stay at the end of their piece."""
    pieces: list[list[str]] = [[]]
    for part in tokens:
        if part in COORDINATORS or (part in SUBORDINATORS and part not in ("for", "as", "so")):
            pieces.append([part])
        else:
            pieces[-1].append(part)
            if part in _STOPS or part in ",()—–，（）":
                pieces.append([])
    whole: list[list[str]] = []
    for piece in (piece for piece in pieces if piece):
        last = whole[-1] if whole else ["."]
        opens = len(whole) == 1 or (len(whole) > 1 and whole[-2][-1] in _STOPS)
        joined = piece[0] in ("and", "or") and last[-1] not in ",，()（）"
        if last[-1] not in _STOPS and (joined or (opens and last[-1] in ",，")) and not _has_verb(last):
            whole[-1] += piece
        else:
            whole.append(piece)
    return whole


def _has_verb(piece: Sequence[str]) -> bool:
    """Whether a piece is more than an adverbial ("In the worst case,") or one of several things ("merge sort" and …)."""
    if (piece[0] in SUBORDINATORS and piece[0] != "for") or any(_CJK.match(token) for token in piece):
        return True
    return any(token in AUXILIARIES or _is_verb(token, piece[index + 1] if index + 1 < len(piece) else "") for index, token in enumerate(piece))


def _statements(pieces: Sequence[Sequence[str]]) -> tuple[list[int], list[frozenset[str]]]:
    """For each piece its statement, and for each statement its subject's keys.

    A piece with a subject and a verb of its own opens a statement; what depends on it, or only goes on, belongs to the one
    before, or at the beginning of a sentence to the one that follows.
    """
    numbers: list[int] = []
    subjects: list[frozenset[str]] = []
    waiting: list[int] = []
    fresh = True
    comma = False
    for index, piece in enumerate(pieces):
        subject = _subject(piece, after_comma=comma) or _parallel_subject(piece, pieces[index - 1] if index else ())
        if subject:
            subjects.append(subject)
            for earlier in waiting:
                numbers[earlier] = len(subjects) - 1
            waiting = []
            fresh = False
        elif fresh:
            waiting.append(index)
        numbers.append(max(0, len(subjects) - 1))
        comma = piece[-1] in ",，"
        if piece[-1] in _STOPS:
            fresh, waiting = True, []
    return numbers, subjects or [frozenset()]


def _subject(piece: Sequence[str], *, after_comma: bool) -> frozenset[str]:
    """The content keys before the verb of a piece that stands by itself; empty for one that depends on another or has no verb."""
    if _goes_on(piece, after_comma=after_comma):
        return frozenset()
    body = _body(piece)
    if not body:
        return frozenset()
    if any(_CJK.match(token) for token in body[:2]):
        return _subject_cjk(body)
    if body[0] in FRAME and "," in body:
        body = body[body.index(",") + 1 :]  # "In the worst case, a lookup takes …" is about lookups
        if not body or body[0] in PRONOUNS:
            return frozenset()
    found: list[str] = []
    for position, token in enumerate(body):
        if token in AUXILIARIES or (found and _is_verb(token, body[position + 1] if position + 1 < len(body) else "")):
            return frozenset(found[:6])
        if position > 12:
            break
        if token not in SILENT and token not in FRAME and token[0].isalnum():
            found += [key for key, kind, category in _words_of(token, body, position) if kind in ("content", "number") or category == "way"]
    return frozenset()


def begins_with_verb(clause: str) -> bool:
    """Whether an English clause has no subject of its own."""
    first, following = [*clause.casefold().split(" "), ""][:2]
    return first in AUXILIARIES or (first.endswith("s") and _is_verb(first, following))


def opening_subject(sentence: str) -> str:
    """The words before the verb of an English sentence that opens with what it is about; empty where it doesn't."""
    words = sentence.split(" ")
    if not words[0].isascii() or {words[0].casefold()} & (SUBORDINATORS | FRAME | PRONOUNS | {"this", "these"}):
        return ""
    for position, word in enumerate(words[:9]):
        following = words[position + 1].casefold() if position + 1 < len(words) else ""
        if word.casefold() in AUXILIARIES or (position and _is_verb(word.casefold(), following)):
            return "" if {"that", "which", "who", "whose"} & set(words[:position]) else " ".join(words[:position])
        if word.endswith((",", ":", ";")):
            return ""
    return ""


def _parallel_subject(piece: Sequence[str], before: Sequence[str]) -> frozenset[str]:
    """What a clause is about that has no verb of its own.

    "…, whereas unchecked ones need not be"; and in Chinese what two parallel clauses differ in at first.
    """
    if piece[0] in ("whereas", "while") and before:
        keys = [key for position, word in enumerate(piece[1:]) for key, kind, _ in _words_of(word, piece[1:], position) if kind == "content"]
        return frozenset(keys[:4])
    here, there = "".join(piece).rstrip("，。；"), "".join(before).rstrip("，。；")
    if not _CJK.search(here) or not _CJK.search(there) or here[0] in "它其这那此而并且但也则因由若":
        return frozenset()
    for start in range(1, min(8, len(here) - 1)):
        if (found := there.find(here[start : start + 2])) > 0 and all(_CJK.match(character) for character in here[start : start + 2]):
            differs = here[:start] != there[:found]
            return frozenset(key for key, kind, _ in _cjk_words(here[:start]) if kind == "content") if differs else frozenset()
    return frozenset()


def _body(piece: Sequence[str]) -> list[str]:
    """A piece without the conjunction and the adverbs before its first telling word."""
    body = list(piece[1:] if piece[0] in COORDINATORS or piece[0] == "while" else piece)
    while body and (body[0].endswith("ly") or body[0] in ("then", "therefore", "thus", "hence", "also", "first", "always", "often", "usually", "sometimes")):
        body = body[1:]
    return body


def _goes_on(piece: Sequence[str], *, after_comma: bool) -> bool:
    """Whether a piece depends on another, points back with a pronoun, or begins with its verb."""
    first = piece[0]
    if first in SUBORDINATORS and not (first == "while" and after_comma):
        return True
    body = _body(piece)
    if body and body[0] in PRONOUNS:
        return not (body[0] in ("those", "that") and body[1:2] and body[1] in ("of", "that", "which", "in", "with"))
    if first in COORDINATORS and not _has_verb(body or [""]):
        return True
    after_comma = after_comma or first in COORDINATORS
    return bool(body) and after_comma and (body[0] in AUXILIARIES or _is_verb(body[0], body[1] if len(body) > 1 else ""))


def _subject_cjk(body: Sequence[str]) -> frozenset[str]:
    """What stands before the first verb or adverb of a Chinese clause that has a verb."""
    text = " ".join(body)
    ends = _CJK_SUBJECT_ENDS.search(text)
    if not ends or not ends.start() or not _CJK_VERBS.search(text) or text[0] in "它其这那此而并且但也则因由若":
        return frozenset()
    tokens = text[: ends.start()].split()
    keys = [word for position, token in enumerate(tokens) for word in _words_of(token, tokens, position)]
    return frozenset(key for key, kind, _ in keys if kind in ("content", "number"))


def _is_verb(word: str, following: str) -> bool:
    if stem(word) in VERB_STEMS:
        return True
    return following in DETERMINERS and ((word.endswith("s") and not word.endswith("ss")) or word.endswith("ed"))


def _words_of(part: str, piece: Sequence[str], position: int) -> list[tuple[str, Kind, str]]:
    """Key, kind and category of what one part says: nothing for a silent one, several for a Chinese run."""
    if _CJK.match(part):
        return _cjk_words(part)
    if part in _SIGNS:
        return [("~" + _SIGNS[part], "operator", "sign")]
    if part in OPERATORS:
        category, key = OPERATORS[part]
        return [(key, "operator", category)]
    if part.endswith("n't"):
        return [("~not", "operator", "negation")]
    if part[0].isdigit() and any(character.isalpha() for character in part):
        return [(part, "content", "")]
    if part[0].isdigit() or (part in NUMBER_WORDS and not (part == "one" and _is_pronoun(piece, position))):
        return [("#" + NUMBER_WORDS.get(part, part), "number", "")]
    if part in FRAME:
        return [(part, "frame", "")]
    if part in SILENT or part == "one" or not part[0].isalnum():
        return []
    return [(part if part.startswith(ORDER_WORD) else key_of(part), "content", "")]


def _is_pronoun(piece: Sequence[str], position: int) -> bool:
    """Whether `one` stands for a thing ("the one that …", "than one with …") and counts nothing."""
    before = piece[position - 1] if position else ""
    after = piece[position + 1] if position + 1 < len(piece) else ""
    return before in BEFORE_PRONOUN or after in AFTER_PRONOUN or not after[:1].isalnum()


def _cjk_words(run: str) -> list[tuple[str, Kind, str]]:
    """Operators by the longest match, digits as numbers, and every other character by itself."""
    words: list[tuple[str, Kind, str]] = []
    position = 0
    while position < len(run):
        operator = next((word for word in _CJK_WORDS if run.startswith(word, position)), "")
        if operator:
            category, key = OPERATORS[operator]
            words.append((key, "operator", category))
            position += len(operator)
            continue
        character, following = run[position], run[position + 1 : position + 2]
        if character in "由于从向比":
            words.append((character, "frame", ""))
        elif character in _CJK_DIGITS and following and (character != "一" or following in "端次位行列层步半块"):
            words.append(("#" + _CJK_DIGITS[character], "number", ""))
        elif (character not in CJK_SILENT or following in _CJK_TELLING.get(character, ())) and character != "一":
            words.append((character, "content", ""))
        position += 1
    return words

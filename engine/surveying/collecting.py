"""All of a kind that a part of a book has: its algorithms with their running times, definitions, theorems, data structures, terms. Pure.

Nothing is made up and nothing is merged that the book keeps apart: every item is a sentence or a numbered statement of the book, found
by its form. So a list may lack what a book says in another form; it holds nothing that the book doesn't say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from engine.answering.extract import defines
from engine.answering.sentencehood import is_real_sentence
from engine.answering.terms import ORDER, content_terms, stem, words
from engine.surveying.defined import defined_term
from engine.surveying.material import Line, Material, Statement, readable
from engine.surveying.notes import Note, are_about_the_same, say_the_same
from engine.surveying.standing import plainness, stands_alone
from engine.surveying.wanted import Kind

MOST_NOTES = 40
"""From one unit; a longer list is no answer any more."""
OFTEN = 2
"""A method that a section speaks of so often is one of its subjects."""
LONGEST_STATEMENT = 480
"""Characters of a theorem that are quoted."""

_GROWTH_OF = re.compile(
    r"\b(?:in|takes?|is|are|runs?|has|have|with|performs?|to|requires?|needs?|as)\s+(?:an?\s+|only\s+|amortized\s+|worst[- ]case\s+|"
    r"\w+ly\s+)*(?:(?:linear|quadratic|logarithmic|exponential|constant|polynomial|"
    r"cubic|linearithmic)(?:[- ]time| (?:time|complexity|number of steps|cost|algorithm))|time (?:that is )?(?:proportional|linear|"
    r"logarithmic))|\b(?:is|are|grows?) (?:\w+ )?proportional to|"
    r"(?:线性|常数|对数|平方|指数|多项式)(?:级|阶)?(?:的)?(?:时间|复杂度)|复杂度(?:是|为)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:time|complexity|performance|running|runs? in|takes?|worst|average|amortized|steps|bound(?:ed)?|cost|efficien\w+|order of growth|"
    r"faster|slower)\b|复杂度|时间",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\b(?:space|memory|storage|bits)\b|空间", re.IGNORECASE)
_ALGORITHM_HEADS = (
    "sort sorting search searching algorithm traversal merge insertion deletion heapify partition selection exponentiation multiplication division "
    "factorization method scheduling hashing compression encoding matching test procedure replacement insert delete lookup queue heap tree trie list "
    "array table deque sieve union find join"
)
_HEAD = "(?:" + "|".join(_ALGORITHM_HEADS.split()) + ")(?:s|es)?"
_ALGORITHM = re.compile(rf"\b(?P<name>(?:[A-Za-z][\w'’]*[- ]){{0,3}}{_HEAD}(?:[- ]{_HEAD})?)\b", re.IGNORECASE)
_CJK_ALGORITHM = re.compile(
    r"(?P<name>[\u3400-\u9fffA-Za-z\-+*]{1,10}(?:算法|排序|查找|搜索|遍历|分解|筛法?|树|堆|队列|表|哈希|分治|倍增|操作|插入|删除|查询|合并))"
)
_METHOD = re.compile(
    r"\b(?P<name>(?:(?!(?:the|an?|this|that|these|each|every|of|in|is|and|or|for|with|by|as|to|its|our|their|such|any|some|no|one|same|whole|core|main|"
    r"new|first|second|last|next|other|imperative|functional|basic|general|above|simple|simplest|actual|real|called|"
    r"on|from|using|use|let|make|can|we|you)\b)[A-Za-z][\w'’]*[- ]){1,3}"
    r"(?:algorithm|sort|search|scheduling|replacement|hashing|traversal|sieve|exponentiation|encoding|compression)s?|(?:quick|"
    r"merge|heap|bubble|shell|bucket)sort)\b(?![- ](?:trees?|tables?|engines?|spaces?|keys?|order)\b)",
    re.IGNORECASE,
)
"""Names that a method has: not "the algorithm", nor "a search"."""
_CJK_METHOD = re.compile(r"(?P<name>[\u3400-\u9fffA-Za-z\-+*]{1,10}?(?:算法|排序|查找|搜索|遍历|筛法|编码))(?=是|指|（|\(|，|的)")
_INTENDS = re.compile(
    r"\b(?:we(?:'ll|’ll| will| must| need| can| could| want| suppose| have to| try)|suppose|if we|can we|let us|trying|hope|would be|will be|"
    r"there is another|it[’']s possible)\b|如果我们|假设",
    re.IGNORECASE,
)
"""What is planned or supposed is no property of an algorithm."""
_GENERIC = re.compile(
    r"\b(?:the|this|that|these|all|every|each|most|any|both|whole)\s+(?:(?:whole|total|overall|above|basic|real|main|other|same|new|"
    r"of (?:this|these|the))\s+)*"
    r"(?:algorithms?|operations?|procedures?|functions?|process|methods?|program|performance|running time|time|work|complexity|approach|"
    r"solution|worst case|average case)\s+"
    r"(?:\w+ly |only |still |also |can |may |will )?(?:is|are|was|takes?|took|runs?|performs?|needs?|requires?|has|have|becomes?|degrades?|"
    r"costs?|bound|be)\b",
    re.IGNORECASE,
)
"""Of what the time is said stands in another sentence."""
_SIZE = re.compile(
    r"\b(?:number|height|length|depth|size|rank|level)s?\b[^,;.]{0,70}?\b(?:is|are|bound(?:ed)? (?:to|by)|at most)\b[^,;.]{0,20}[OΘΩ]\s?\(|"
    r"(?<!\w)\w\s*(?:=|tends to be)\s*[OΘΩ]\s?\(",
)
"""A size that grows, not a time."""
_CAPTION_ALGORITHM = re.compile(r"^\s*(?:algorithm|procedure|算法)\s*\d+(?:[.\-]\d+)*\s*[:.：、]?\s*(?P<name>\S.{3,})$", re.IGNORECASE | re.DOTALL)
_STATEMENTS: dict[str, re.Pattern[str]] = {
    "theorems": re.compile(r"^\s*(?:theorem|lemma|corollar(?:y|ies)|proposition|定理|引理|推论|命题)\s*", re.IGNORECASE),
    "definitions": re.compile(r"^\s*(?:definition|定义)\s*", re.IGNORECASE),
}
_THEOREM_LINE = re.compile(r"^(?:Theorem|Lemma|Corollary|Proposition)\s+[A-Z]?\d+(?:\.\d+)*\s*[.:(]|^(?:定理|引理|推论)\s*\d+(?:\.\d+)*\s*[：:.（(]")
_STRUCTURE_HEADS = (
    "stack queue deque list array vector tree trie heap graph table hash set map dictionary matrix bitmap string tuple record pair sequence forest pool "
    "buffer structure index"
)
_STRUCTURE = re.compile(
    r"\b(?P<name>(?:(?!(?:a|an|the|of|this|that|each|every|such|and|or|is|in|as|its|called)\b)[a-z][\w'’]*[- ]){0,2}(?:"
    + "|".join(_STRUCTURE_HEADS.split())
    + r")s?)\b",
    re.IGNORECASE,
)
_STRUCTURE_CJK = re.compile(
    r"(?P<name>[\u3400-\u9fffA-Za-z\-+*]{0,6}(?:链表|队列|栈|堆|树|图|数组|哈希表|散列表|字典|集合|并查集|线段树|树状数组|块状链表|跳表|字典树|向量|列表|元组))(?:是|指|（|\()"
)
_NAMES_IT = re.compile(
    r"^(?:this|these|those|such|that|it|they)\b|\b(?:this|these|those|such)\b[^.]{0,60}\b(?:is|are) (?:\w+ly )?(?:called|known|termed)\b|^(?:这|此|该|它)",
    re.IGNORECASE,
)
_AROUND_NAME = re.compile(
    r"^(?:(?:the|an?|representing|representation of|definition of|introduction to|implementing|implementation of|using|what is an?|what are|"
    r"abstract|basic|example:)\s+)+|(?:的)?(?:定义|实现|介绍|简介)$",
    re.IGNORECASE,
)
_IS_STRUCTURE = re.compile(r"\bdata[- ]structures?\b|数据结构", re.IGNORECASE)
_ARTICLES = re.compile(
    r"^(?:an?|the|this|that|each|every|of|for|in|is|and|or|our|its|to|by|with|such|as|from|using|use|called|simple|basic|same|new|naive|"
    r"following|example|more|most|also|are|on)\s+",
    re.IGNORECASE,
)


def collect(material: Material, kind: Kind, *, timed: bool = False, about: str = "") -> tuple[Note, ...]:
    """The items of a kind, in the order of the book. `about` keeps those that speak of it ("sorting")."""
    if kind == "algorithms":
        found = _timed_algorithms(material) if timed else _algorithms(material)
    elif kind == "structures":
        found = _structures(material)
    elif kind == "theorems":
        found = _statements(material, kind)
    elif kind == "definitions":
        found = [*_statements(material, kind), *_definitions(material, set_apart=False)]
    else:
        found = _definitions(material, set_apart=True)
    asked = {stem(word) for word in words(about)}
    if asked:
        found = [note for note in found if asked <= _around(note, material)]
    best = _without_repetitions(found)
    kept = sorted(best, key=lambda note: -note.score)[:MOST_NOTES]
    order = {passage.chunk: index for index, passage in enumerate(material.passages)}
    return tuple(sorted(kept, key=lambda note: (order[note.chunk], note.start)))


def _around(note: Note, material: Material) -> set[str]:
    titles = " ".join(next((passage.section for passage in material.passages if passage.chunk == note.chunk), ()))
    return {stem(word) for word in words(f"{note.text} {titles}")}


def _without_repetitions(found: Iterable[Note]) -> list[Note]:
    """Of notes that say the same, the best."""
    kept: list[Note] = []
    for note in sorted(found, key=lambda note: -note.score):
        if not any(say_the_same(note, other) or are_about_the_same(note, other) for other in kept):
            kept.append(note)
    return kept


def _note(line: Line, material: Material, score: float, label: str) -> Note:
    return Note(material.passages[line.passage].chunk, line.start, line.end, line.text, round(score, 3), label, section=line.section)


def _key(name: str) -> str:
    """A name as it is compared: `Merge sorts` and `merge-sort` are one."""
    found = " ".join(stem(word) for word in words(name.replace("-", " ")))
    return found or name


def _bare(name: str) -> str:
    """The last two words of a name: what stands before them belongs to the sentence ("a list of names insertion sort")."""
    return " ".join(_key(name).split()[-2:])


def _timed_algorithms(material: Material) -> list[Note]:
    """Sentences that say how long something takes, one for each thing that they name."""
    found: list[Note] = []
    for line in material.lines:  # formulas make a sentence look like debris: it is judged without them
        orders = ORDER.findall(line.text)
        if not (orders or _GROWTH_OF.search(line.text)) or not stands_alone(plain := ORDER.sub("linear time", line.text)) or plainness(plain) < 0.65:
            continue
        if _INTENDS.search(line.text) or _GENERIC.search(line.text) or _SIZE.search(line.text):
            continue
        if _SPACE.search(line.text) and not re.search(r"\btime\b|时间", line.text, re.IGNORECASE):
            continue
        name = _algorithm_name(line.text)
        if not name:
            continue
        score = 1.0 * bool(orders) + 0.8 * bool(_TIME.search(line.text)) + plainness(plain)
        score += 0.4 * bool(set(content_terms(name)) & set(content_terms(" ".join(line.titles))))
        score -= 0.4 * (len(line.text.split()) > 34) + 0.3 * (len(orders) > 3)
        if score >= 1.9:
            found.append(_note(line, material, score, f"{_bare(name)} {_operation(line.text)}".strip()))
    return found


def _operation(text: str) -> str:
    """Inserting and deleting in the same tree are two algorithms."""
    match = re.search(
        r"\b(insert|delet|remov|search|look(?:ing)?[ -]?up|merg|build|sort|append|concat|access|updat|head|tail|push|pop|enqueue|"
        r"dequeue)",
        text,
        re.IGNORECASE,
    )
    return match[1].casefold() if match else ""


def _algorithm_name(text: str) -> str:
    names = [_trimmed(match["name"]) for match in _ALGORITHM.finditer(text)] + [match["name"] for match in _CJK_ALGORITHM.finditer(text)]
    specific = [
        name
        for name in names
        if len(name.split()) + name.count("-") > 1 or not name.isascii() or re.fullmatch(r"\w{4,}sorts?|trie|deques?|heapify", name, re.IGNORECASE)
    ]
    return (specific or [""])[0]


def _trimmed(name: str) -> str:
    while (shorter := _ARTICLES.sub("", name)) != name:
        name = shorter
    return name


def _algorithms(material: Material) -> list[Note]:
    """Captions of algorithms, and sentences that say what an algorithm is or does."""
    found = [note for statement in material.statements if statement.kind == "caption" and (note := _captioned(statement, material)) is not None]
    mentioned = Counter(_key(_trimmed(match["name"])) for line in material.lines for match in _METHOD.finditer(line.text))
    for line in material.lines:
        if not stands_alone(line.text) or _GENERIC.search(line.text) or plainness(line.text) < 0.65:
            continue
        term = defined_term(line.text, line.emphasised)
        titles = frozenset(content_terms(" ".join(line.titles[-1:])))
        for name in {_trimmed(match["name"]) for match in _METHOD.finditer(line.text)} | {match["name"] for match in _CJK_METHOD.finditer(line.text)}:
            strength = _strength(name, line.text)
            is_term = term is not None and _key(term) in _key(name)
            titled = frozenset(content_terms(name)) <= titles
            is_subject = 0 <= line.text.find(name) <= 4 and not line.text.startswith("To ") and mentioned[_key(name)] >= OFTEN
            if strength >= 0.75 or is_term or (titled and line.first) or is_subject:
                score = strength + 0.8 * is_term + 0.3 * is_subject + 0.5 * titled + 0.5 * plainness(line.text) + 0.2 * line.opens
                found.append(_note(line, material, score, _key(name)))
    return found


def _captioned(statement: Statement, material: Material) -> Note | None:
    match = _CAPTION_ALGORITHM.match(statement.text)
    if match is None or len(statement.text) > LONGEST_STATEMENT:
        return None
    return Note(
        material.passages[statement.passage].chunk,
        statement.start,
        statement.end,
        readable(statement.text),
        2.0,
        _key(match["name"][:60]),
        section=statement.section,
    )


def _statements(material: Material, kind: Kind) -> list[Note]:
    """Numbered theorems or definitions, whole or to the end of the sentence that still fits."""
    found: list[Note] = []
    for statement in material.statements:
        if statement.kind == "theorem" and _STATEMENTS[kind].match(statement.text) and len(words(statement.text)) >= 4:
            text = statement.text
            if len(text) > LONGEST_STATEMENT:
                cut = max((match.end() for match in re.finditer(r"[.。](?=\s|$)|[。]", text[:LONGEST_STATEMENT])), default=0)
                text = text[: cut or text.rfind(" ", 0, LONGEST_STATEMENT)]
            passage = material.passages[statement.passage]
            found.append(Note(passage.chunk, statement.start, statement.start + len(text.rstrip()), readable(text), 3.0, section=statement.section))
    if kind == "theorems":
        found += [_note(line, material, 2.0, "") for line in material.lines if line.opens and _THEOREM_LINE.match(line.text) and len(line.text.split()) >= 5]
    return found


def _definitions(material: Material, *, set_apart: bool) -> list[Note]:
    """Sentences that define a term: set in bold or italics, or (not `set_apart`) by the words "is called"."""
    found: list[Note] = []
    for index, line in enumerate(material.lines):
        term = defined_term(line.text, line.emphasised, set_apart=set_apart)
        if term is None:
            continue
        emphasised = defined_term(line.text, line.emphasised) is not None
        strength = defines(f"What is {term}?", line.text)
        score = 1.0 + emphasised + strength + plainness(line.text)
        if stands_alone(line.text) and plainness(line.text) > 0.6:
            found.append(_note(line, material, score, _key(term)))
        elif (explained := _with_the_one_before(index, material)) is not None:
            found.append(_note(explained, material, score - 0.5, _key(term)))
    return found


def _with_the_one_before(index: int, material: Material) -> Line | None:
    """ "Such a wait is called a deadlock." with the sentence that it points back to, where that one can stand first."""
    line, before = material.lines[index], material.lines[index - 1] if index else None
    if (
        before is None
        or before.passage != line.passage
        or line.opens
        or not is_real_sentence(line.text)
        or line.text.endswith(":")
        or not _NAMES_IT.search(line.text)
    ):
        return None
    text = material.passages[line.passage].text[before.start : line.end]
    if not stands_alone(before.text) or plainness(before.text) <= 0.6 or len(text) > LONGEST_STATEMENT or "\n\n" in text:
        return None
    return replace(before, end=line.end, text=f"{before.text} {line.text}")


def _structures(material: Material) -> list[Note]:
    """For each data structure that is named, the sentence that says best what it is."""
    found: list[Note] = []
    by_section: dict[int | None, list[Line]] = {}
    for line in material.lines:
        if not stands_alone(line.text):
            continue
        by_section.setdefault(line.section, []).append(line)
        names = {_trimmed(match["name"]) for match in _STRUCTURE.finditer(line.text)} | {match["name"] for match in _STRUCTURE_CJK.finditer(line.text)}
        term = defined_term(line.text, line.emphasised)
        for name in names:
            strength = _strength(name, line.text)
            named = _IS_STRUCTURE.search(line.text) is not None
            is_term = term is not None and _key(name) == _key(term)
            if strength >= 0.85 or (is_term and (named or strength > 0.0)):
                titled = set(content_terms(name)) <= set(content_terms(" ".join(line.titles)))
                score = strength + 0.6 * named + 0.6 * is_term + 0.5 * titled + 0.5 * plainness(line.text) + 0.1 * line.opens
                if score >= 1.6:
                    found.append(_note(line, material, score, _key(name)))
    covered = {note.section for note in found}
    return found + [note for section, lines in by_section.items() if section not in covered and (note := _titled_structure(lines, material)) is not None]


def _titled_structure(lines: Sequence[Line], material: Material) -> Note | None:
    """For a section that is named after a structure ("Representing Queues"), the sentence that says what it is or opens the section."""
    title = re.split(r"[,(:，（：–—]", lines[0].titles[-1] if lines[0].titles else "")[0].strip()
    bare = _AROUND_NAME.sub("", title).strip()
    match = _STRUCTURE.fullmatch(bare) or _STRUCTURE_CJK.fullmatch(f"{bare}是")
    if match is None:
        return None
    asked = set(content_terms(bare))
    about = [
        line
        for line in lines
        if asked <= set(content_terms(line.text)) and plainness(line.text) > 0.6 and (_strength(bare, line.text) > 0.0 or (line.first and line.opens))
    ]
    if not about:
        return None

    def worth(line: Line) -> float:
        return 1.5 * _strength(bare, line.text) + plainness(line.text) + 0.4 * line.first + 0.2 * line.opens - 0.3 * (len(line.text.split()) > 30)

    return _note(max(about, key=worth), material, 0.9, _key(bare))


def _strength(name: str, text: str) -> float:
    return defines(f"What is a {name}?" if name.isascii() else f"什么是{name}？", text)

"""All of a kind that a part of a book has: its algorithms with their running times, definitions, theorems, data structures, terms. Pure.

Nothing is made up and nothing is merged that the book keeps apart: every item is a sentence or a numbered statement of the book, found
by its form. So a list may lack what a book says in another form; it holds nothing that the book doesn't say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.answering.extract import defines
from engine.answering.terms import ORDER, content_terms, stem, words
from engine.surveying.defined import defined_term
from engine.surveying.material import Line, Material, Statement, readable
from engine.surveying.notes import Note, say_the_same
from engine.surveying.standing import plainness, stands_alone
from engine.surveying.wanted import Kind

MOST_NOTES = 40
"""From one unit; a longer list is no answer any more."""
LONGEST_STATEMENT = 480
"""Characters of a theorem that are quoted."""

_GROWTH = re.compile(
    r"\b(?:linear(?:ly)?|quadratic(?:ally)?|logarithmic(?:ally)?|exponential(?:ly)?|constant|polynomial|amortized|cubic|linearithmic)\s+(?:\w+\s+)?(?:time|complexity|cost|growth|number of steps|steps|work|run)|"
    r"\btime (?:is |that is |which is )?(?:proportional to|linear in|constant|logarithmic)|\b(?:proportional to|order of growth|grows? (?:linearly|exponentially|logarithmically|quadratically))|"
    r"(?:线性|常数|对数|平方|指数|多项式)(?:级|阶)?(?:的)?(?:时间|复杂度)|(?:时间)?复杂度(?:是|为)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:time|complexity|performance|running|runs? in|takes?|worst|average|amortized|steps|bound(?:ed)?|cost|efficien\w+|order of growth|faster|slower)\b|复杂度|时间",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\b(?:space|memory|storage|bits)\b|空间", re.IGNORECASE)
_ALGORITHM_HEADS = (
    "sort sorting search searching algorithm traversal merge insertion deletion heapify partition selection exponentiation multiplication division factorization method scheduling hashing "
    "compression encoding matching test procedure replacement insert delete lookup queue heap tree trie list array table deque sieve union find join"
)
_ALGORITHM = re.compile(r"\b(?P<name>(?:[A-Za-z][\w'’]*[- ]){0,3}(?:" + "|".join(_ALGORITHM_HEADS.split()) + r")(?:s|es)?)\b", re.IGNORECASE)
_CJK_ALGORITHM = re.compile(
    r"(?P<name>[\u3400-\u9fffA-Za-z\-+*]{1,10}(?:算法|排序|查找|搜索|遍历|分解|筛法?|树|堆|队列|表|哈希|分治|倍增|操作|插入|删除|查询|合并))"
)
_NAMES_ALGORITHM = re.compile(
    r"\balgorithms?\b|\b(?:merge|quick|heap|insertion|selection|bubble|shell|bucket|radix|counting|tim|tree)[- ]?sort\b|算法|排序", re.IGNORECASE
)
_CAPTION_ALGORITHM = re.compile(r"^\s*(?:algorithm|procedure|算法)\s*\d+(?:[.\-]\d+)*\s*[:.：、]?\s*(?P<name>\S.{3,})$", re.IGNORECASE | re.DOTALL)
_STATEMENTS: dict[str, re.Pattern[str]] = {
    "theorems": re.compile(r"^\s*(?:theorem|lemma|corollar(?:y|ies)|proposition|定理|引理|推论|命题)\s*", re.IGNORECASE),
    "definitions": re.compile(r"^\s*(?:definition|定义)\s*", re.IGNORECASE),
}
_THEOREM_LINE = re.compile(r"^(?:Theorem|Lemma|Corollary|Proposition)\s+[A-Z]?\d+(?:\.\d+)*\s*[.:(]|^(?:定理|引理|推论)\s*\d+(?:\.\d+)*\s*[：:.（(]")
_STRUCTURE_HEADS = "stack queue deque list array vector tree trie heap graph table hash set map dictionary matrix bitmap string tuple record pair sequence forest pool buffer structure index"
_STRUCTURE = re.compile(
    r"\b(?P<name>(?:(?!(?:a|an|the|of|this|that|each|every|such|and|or|is|in|as|its|called)\b)[a-z][\w'’]*[- ]){0,2}(?:"
    + "|".join(_STRUCTURE_HEADS.split())
    + r")s?)\b",
    re.IGNORECASE,
)
_STRUCTURE_CJK = re.compile(
    r"(?P<name>[\u3400-\u9fffA-Za-z\-+*]{0,6}(?:链表|队列|栈|堆|树|图|数组|哈希表|散列表|字典|集合|并查集|线段树|树状数组|块状链表|跳表|字典树|向量|列表|元组))(?:是|指|（|\()"
)
_IS_STRUCTURE = re.compile(r"\bdata[- ]structures?\b|数据结构", re.IGNORECASE)
_ARTICLES = re.compile(
    r"^(?:an?|the|this|that|each|every|of|for|in|is|and|or|our|its|to|by|with|such|as|from|using|use|called|simple|basic|same|new|naive|following|example|more|most|also|are|on)\s+",
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
        if not any(say_the_same(note, other) for other in kept):
            kept.append(note)
    return kept


def _note(line: Line, material: Material, score: float, label: str) -> Note:
    return Note(material.passages[line.passage].chunk, line.start, line.end, line.text, round(score, 3), label, section=line.section)


def _key(name: str) -> str:
    """A name as it is compared: `Merge sorts` and `merge-sort` are one."""
    found = " ".join(stem(word) for word in words(name.replace("-", " ")))
    return found or name


def _timed_algorithms(material: Material) -> list[Note]:
    """Sentences that say how long something takes, one for each thing that they name."""
    found: list[Note] = []
    for line in material.lines:
        orders = ORDER.findall(line.text)
        if not (orders or _GROWTH.search(line.text)) or not stands_alone_enough(line.text):
            continue
        if _SPACE.search(line.text) and not re.search(r"\btime\b|时间", line.text, re.IGNORECASE):
            continue
        name = _algorithm_name(line.text)
        titled = _algorithm_name(" ".join(line.titles[-1:]))
        if not name and not titled:
            continue
        score = 1.0 * bool(orders) + 0.8 * bool(_TIME.search(line.text)) + 0.5 * bool(name) + plainness(line.text)
        score += 0.4 * bool(name and set(content_terms(name)) & set(content_terms(" ".join(line.titles))))
        score -= 0.4 * (len(line.text.split()) > 34) + 0.3 * (len(orders) > 3)
        if score >= 1.8:
            label = f"{_key(name or titled)} {_operation(line.text)}".strip()
            found.append(_note(line, material, score, label))
    return found


def stands_alone_enough(text: str) -> bool:
    """Formulas make a sentence look like debris; one with a growth is judged without them."""
    return stands_alone(ORDER.sub("linear time", text))


def _operation(text: str) -> str:
    """Inserting and deleting in the same tree are two algorithms."""
    match = re.search(
        r"\b(insert|delet|remov|search|look(?:ing)?[ -]?up|merg|build|sort|append|concat|access|updat|head|tail|push|pop|enqueue|dequeue)", text, re.IGNORECASE
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
    for line in material.lines:
        if not stands_alone(line.text) or not _NAMES_ALGORITHM.search(line.text):
            continue
        name = _algorithm_name(line.text)
        if not name:
            continue
        strength = defines(f"What is {name}?", line.text)
        term = defined_term(line.text, line.emphasised)
        titled = set(content_terms(name)) <= set(content_terms(" ".join(line.titles)))
        score = strength + 0.8 * (term is not None) + 0.5 * titled + 0.5 * plainness(line.text) + 0.2 * line.opens
        if strength >= 0.75 or term is not None or (titled and line.first):
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
    for line in material.lines:
        term = defined_term(line.text, line.emphasised, set_apart=set_apart)
        if term is None or not stands_alone(line.text):
            continue
        emphasised = defined_term(line.text, line.emphasised) is not None
        strength = defines(f"What is {term}?", line.text)
        found.append(_note(line, material, 1.0 + emphasised + strength + plainness(line.text), _key(term)))
    return found


def _structures(material: Material) -> list[Note]:
    """For each data structure that is named, the sentence that says best what it is."""
    found: list[Note] = []
    titles = set(content_terms(" ".join(title for line in material.lines for title in line.titles[-1:])))
    for line in material.lines:
        if not stands_alone(line.text):
            continue
        names = {_trimmed(match["name"]) for match in _STRUCTURE.finditer(line.text)} | {match["name"] for match in _STRUCTURE_CJK.finditer(line.text)}
        term = defined_term(line.text, line.emphasised)
        for name in names:
            strength = defines(f"What is a {name}?" if name.isascii() else f"什么是{name}？", line.text)
            named = _IS_STRUCTURE.search(line.text) is not None
            is_term = term is not None and _key(name) == _key(term)
            titled = set(content_terms(name)) <= titles
            if strength >= 0.75 and (named or is_term or titled):
                score = strength + 0.6 * named + 0.6 * is_term + 0.5 * titled + 0.5 * plainness(line.text) + 0.1 * line.opens
                found.append(_note(line, material, score, _key(name)))
    return found

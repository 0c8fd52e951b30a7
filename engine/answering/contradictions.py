"""Signs that a sentence says the opposite of its source although it uses the same words.

A model that copies a definition and turns `smaller` into `larger`, drops a `not`, or swaps the two sides of `than`
still covers nearly all words. These checks compare clause by clause, so that "left … smaller, right … larger" does not
prove "left … larger". They only ever forbid a proof; none of them can make one.
"""

from __future__ import annotations

import re
from itertools import combinations, pairwise

from engine.answering.alignment import objection
from engine.answering.terms import NUMBER_WORDS, content_terms, negations, stem, words
from engine.answering.wording import ORDER_WORD, key_of, plain_wording, row_of

_OPPOSITES = (
    "increase increases increased increasing grow grows grew grown rise rises rose"
    " | decrease decreases decreased decreasing shrink shrinks shrank reduce reduces reduced drops",
    "first | last",
    "front head | rear back tail",
    "before precede precedes preceding | after follow follows following",
    "minimum minimal min smallest least lowest shortest | maximum maximal max largest most greatest highest longest",
    "smaller less lower fewer shorter below | larger greater bigger higher more longer above",
    "left leftmost | right rightmost",
    "add adds added adding insert inserts inserted inserting | remove removes removed removing delete deletes deleted deleting",
    "push pushes pushed | pop pops popped",
    "enqueue enqueues | dequeue dequeues",
    "ascending | descending",
    "best | worst | average expected",
    "fast faster fastest quick quickly | slow slower slowest slowly",
    "cheap cheaper | expensive",
    "easy easier easily simple | hard harder difficult",
    "constant | logarithmic | linear | linearithmic | quadratic | cubic | exponential | factorial",
    "read reads reading | write writes written writing",
    "true | false",
    "always | never | sometimes",
    "must | may",
    "static statically | dynamic dynamically",
    "mutable | immutable",
    "internal inner | external outer",
    "upper | lower",
    "child children | parent parents",
    "ancestor ancestors | descendant descendants",
    "root | leaf leaves",
    "preorder | inorder | postorder",
    "black | red",
    "even | odd",
    "positive | negative",
    "horizontal horizontally | vertical vertically",
    "single singly | double doubly",
    "directed | undirected",
    "sorted | unsorted",
    "finite | infinite",
    "same equal identical | different unequal distinct",
    "start starts begin begins beginning | end ends stop stops",
    "open opens opened opening | close closes closed closing",
    "allocate allocates allocated | free frees freed deallocate deallocates",
    "compile compiled compiler | interpret interpreted interpreter",
    "public | private",
    "depth | breadth",
    "deep | shallow",
    "user | kernel",
    "allow allows allowed permit permits | forbid forbids forbidden prevent prevents prevented prohibit prohibits",
    "include includes included including | exclude excludes excluded excluding",
    "success succeed succeeds | failure fail fails",
    "input inputs | output outputs",
    "row rows | column columns",
    "possible | impossible",
    "stable | unstable",
    "good | bad",
    "lock locks locked | unlock unlocks unlocked",
    "high | low",
    "all every each | some",
    "eager eagerly strict | lazy lazily",
    "union | intersection",
    "numerator | denominator",
    "sender senders | receiver receivers",
    "client clients | server servers",
    "producer producers | consumer consumers",
)

_CJK_OPPOSITES = (
    "增加 增大 上升|减少 减小 下降 降低",
    "左|右",
    "最大|最小",
    "大于|小于",
    "先|后",
    "插入 添加|删除 移除",
    "升序|降序",
    "最好|最坏|平均",
    "稳定|不稳定",
    "有向|无向",
    "有序|无序",
    "父|子",
    "黑|红",
    "快|慢",
    "高|低",
    "相同|不同",
    "之前 以前|之后 以后",
    "第一|最后",
    "发送|接收",
    "客户|服务器",
    "行|列",
    "正确|错误",
    "串行|并行",
    "同步|异步",
    "静态|动态",
    "常数|线性|对数|平方|指数",
    "比特|字节",
    "秒|毫秒|微秒|纳秒|分钟|小时",
    "前序 先序|中序|后序",
    "内部|外部",
    "深度|广度",
    "允许|禁止",
    "首|尾",
    "递增|递减",
)

_SIDE_OF: dict[str, tuple[int, str]] = {}
for _number, _group in enumerate(_OPPOSITES):
    for _side, _members in enumerate(_group.split(" | ")):
        for _member in _members.split():
            _SIDE_OF.setdefault(_member, (_number, str(_side)))
_CJK_SIDES = tuple(tuple(tuple(side.split()) for side in group.split("|")) for group in _CJK_OPPOSITES)

_CLAUSE = re.compile(
    r"[.!?](?=\s)|[,;:，；：、()—–]|\s-\s|\b(?=without\b)"
    r"|\b(?:and|but|while|whereas|although|though|however|or|because|since|which|whose|who|where|that|so that|if|unless|when)\b"
)
_STRICTLY_DIRECTIONAL = ("than", "before", "after", "by")
_DIRECTIONAL = (
    "by",
    "from",
    "to",
    "than",
    "before",
    "after",
    "into",
    "above",
    "below",
    "over",
    "implies",
    "instead",
    "unlike",
    "precedes",
    "follows",
    "points",
    "calls",
    "contains",
    "replaces",
)
_LOOSE = frozenset(
    _SIDE_OF[word][0]
    for word in ("all", "may", "always", "same", "start", "good", "high", "first", "open", "before", "include", "front", "allow", "possible", "true")
)
"""Groups whose words also come and go in honest paraphrases: here only the opposite itself speaks against a sentence."""
_NOT_TELLING = re.compile(
    r"\b(?:at (?:most|least)|no more|right (?:away|after|before)|most (?:of|commonly|often)|at the same time|in the end|first of all)\b", re.IGNORECASE
)
_POINTS_BACK = re.compile(r"\s*(?:it|they|this|these|he|she)\b")
_PREFIXES = ("un", "in", "im", "non", "dis", "ir", "a")


def contradicts(sentence: str, source: str) -> str | None:
    """Why `source` can't bear `sentence` although it shares its words, as a short name; None when nothing speaks against it."""
    if said := objection(sentence, source):
        return said
    sentence, source = plain_wording(sentence), plain_wording(source)
    if _opposite_words(sentence, source) or _opposite_cjk(sentence, source) or all(_opposite_pairs(sentence, source, relative=way) for way in (True, False)):
        return "opposite"
    if _other_company(sentence, source):
        return "company"
    if _opposite_prefix(sentence, source):
        return "prefix"
    if _negated_otherwise(sentence, source, relative=True) and _negated_otherwise(sentence, source, relative=False):
        return "negation"
    if _bounds(sentence) - _bounds(source) or _bound_dropped(sentence, source):
        return "bound"
    if _sides_swapped(sentence, source) or _roles_swapped(sentence, source):
        return "swapped"
    if _with_or_without(sentence, source):
        return "without"
    return None


def clauses(text: str, *, relative: bool = True) -> list[str]:
    """The clauses of a sentence, cut at punctuation and conjunctions (and at relative pronouns); pieces without content words are left out."""
    if not relative:
        text = re.sub(r"\b(?:which|whose|who|where|that)\b", " ", text)
    pieces = [piece for piece in _CLAUSE.split(text) if content_terms(piece)]
    return pieces or [text]


def _poles(text: str) -> set[tuple[int, str]]:
    """The telling words of a text as (group, side); phrases that only look like one are passed over."""
    tokens = words(_NOT_TELLING.sub(" ", text))
    return {_SIDE_OF[word] for word in tokens if word in _SIDE_OF} | {(-2, word) for word in tokens if word.startswith(ORDER_WORD)}


def _poles_cjk(text: str) -> set[tuple[int, str]]:
    """The Chinese telling words of a text."""
    return {(1000 + number, str(side)) for number, group in enumerate(_CJK_SIDES) for side, words in enumerate(group) if any(word in text for word in words)}


def _opposite_words(sentence: str, source: str) -> bool:
    """A telling word of the sentence is missing in the source, or its opposite stands there instead."""
    said, there = _poles(sentence), _poles(source)
    return any(pole not in there and (pole[0] not in _LOOSE or any(other[0] == pole[0] and other not in said for other in there)) for pole in said)


def _marked(text: str) -> list[tuple[str, tuple[int, str] | None]]:
    """Content words in order as (stem, mark); telling words and numbers carry their group and side as the mark."""
    marked: list[tuple[str, tuple[int, str] | None]] = []
    for word in words(_NOT_TELLING.sub(" ", text)):
        if word in NUMBER_WORDS or word.isdigit():
            marked.append((word, (-1, NUMBER_WORDS.get(word, word))))
        elif word in _SIDE_OF:
            marked.append((word, _SIDE_OF[word]))
        else:
            marked.extend((term, None) for term in content_terms(word)[:1])
    return marked


def _company(text: str) -> list[tuple[tuple[int, str], set[str]]]:
    """For each telling word or number: the stems that stand directly before and after it (`<add`, `>remov`)."""
    marked = _marked(text)
    found = []
    for index, (_, mark) in enumerate(marked):
        if mark is not None:
            before = f"<{stem(marked[index - 1][0])}" if index else ""
            after = f">{stem(marked[index + 1][0])}" if index + 1 < len(marked) else ""
            found.append((mark, {before, after} - {""}))
    return found


def _other_company(sentence: str, source: str) -> bool:
    """In "added last … removed first", `added` goes with `last`; a sentence with "added first" says something else."""
    there = _company(source)
    for mark, company in _company(sentence):
        same = [known for other, known in there if other == mark]
        rival = [known for other, known in there if other[0] == mark[0] and other != mark]
        if rival and same and not any(company & known for known in same) and any(company & known for known in rival):
            return True
    return False


def _opposite_pairs(sentence: str, source: str, *, relative: bool) -> bool:
    """Two telling words share a clause of the sentence, while in the source the one goes with the opposite of the other."""
    there = [_poles(clause) | _poles_cjk(clause) for clause in clauses(source, relative=relative)]
    for clause in clauses(sentence, relative=relative):
        for one, other in combinations(sorted(_poles(clause) | _poles_cjk(clause)), 2):
            if one[0] == other[0] or any({one, other} <= poles for poles in there):
                continue
            for poles in there:
                for held, missing in ((one, other), (other, one)):
                    if held in poles and any(pole[0] == missing[0] and pole[1] != missing[1] for pole in poles):
                        return True
    return False


def _opposite_cjk(sentence: str, source: str) -> bool:
    """The same for Chinese words, which are looked up as substrings."""
    for group in _CJK_SIDES:
        said = {index for index, side in enumerate(group) if any(word in sentence for word in side)}
        there = {index for index, side in enumerate(group) if any(word in source for word in side)}
        if said - there and there - said:
            return True
    return False


def _opposite_prefix(sentence: str, source: str) -> bool:
    """`sorted` against `unsorted`, `visible` against `invisible`."""
    said, there = set(content_terms(sentence)), set(content_terms(source))
    for one, other in ((said - there, there - said), (there - said, said - there)):
        if any(prefix + word in other for word in one if len(word) > 3 for prefix in _PREFIXES):
            return True
    return False


def _negated_otherwise(sentence: str, source: str, *, relative: bool) -> bool:
    """A clause of the sentence is negated and the clause of the source that is nearest to it is not, or the other way round."""
    there: list[tuple[set[str], int]] = []
    for clause in clauses(source, relative=relative):
        known = set(content_terms(clause))
        if there and _POINTS_BACK.match(clause):
            known |= set(content_terms(source)[:3])
        there.append((known, negations(clause) % 2))
    if len(there) == 1:
        return negations(sentence) % 2 != there[0][1]
    for clause in clauses(sentence, relative=relative):
        ordered = content_terms(clause)
        terms = set(ordered)
        best = max(len(terms & known) for known, _ in there)
        nearest = [(known, parity) for known, parity in there if len(terms & known) == best]
        smallest = min(len(known) for known, _ in nearest)
        nearest = [(known, parity) for known, parity in nearest if len(known) == smallest]
        # "A and B are stable, C and D are not": among equals, the clause that has the subject decides.
        deciding = {parity for known, parity in nearest if ordered and ordered[0] in known} or {parity for _, parity in nearest}
        if best and negations(clause) % 2 not in deciding:
            return True
    return False


def _bounds(text: str) -> set[str]:
    """Bounds that carry the meaning: at most, at least, more than, less than, only if, if and only if."""
    plain = " ".join(words(text))
    patterns = {"most": r"\bat most\b|\bno more than\b", "least": r"\bat least\b|\bno less than\b|\bno fewer than\b", "exactly": r"\bexactly\b"}
    return {name for name, pattern in patterns.items() if re.search(pattern, plain)}


def _bound_dropped(sentence: str, source: str) -> bool:
    """The source says `at most two`, the sentence says `two`."""
    said = " ".join(words(sentence))
    for bound, number in re.findall(r"\bat (most|least) (?:about )?(\w+)", " ".join(words(source))):
        counts = number in NUMBER_WORDS or number.isdigit()
        if counts and re.search(rf"\b{number}\b", said) and not re.search(rf"\bat {bound} (?:about )?{number}\b", said) and f"or {number}" not in said:
            return True
    return False


def _sides_swapped(sentence: str, source: str) -> bool:
    """A directional word (than, before, into, …) has in the sentence on its left what the source has on its right, and vice versa."""
    said, there = words(sentence), words(source)
    for word in _DIRECTIONAL:
        if said.count(word) != 1 or word not in there:
            continue
        left, right = _around(said, said.index(word))
        verdicts = []
        for position in (index for index, other in enumerate(there) if other == word):
            left_there, right_there = _around(there, position)
            swapped = len(left & (right_there - left_there)) * len(right & (left_there - right_there))
            aligned = len(left & (left_there - right_there)) * len(right & (right_there - left_there))
            verdicts.append(swapped > 0 if word in _STRICTLY_DIRECTIONAL else swapped > aligned)
        if verdicts and all(verdicts):
            return True
    return False


def _roles_swapped(sentence: str, source: str) -> bool:
    """Two content words side by side stand in the source side by side only the other way round: "nodes ask the server", "the server asks the nodes"."""
    said, there = _neighbors(sentence), _neighbors(source)
    goes_on = {one for one, _ in said}
    return any((other, one) in there and one != other and other in goes_on for one, other in said - there) or _transposed(sentence, source)


def _transposed(sentence: str, source: str) -> bool:
    """Two content words have changed places, and what stands before, between and behind them is the same."""
    rows = [["^", *(word.key for word in row_of(text).words), "$"] for text in (sentence, source)]
    content = {word.key for word in row_of(sentence).words if word.kind in ("content", "number")}
    said, there = rows
    for first in range(1, len(said) - 2):
        for last in range(first + 1, min(first + 6, len(said) - 1)):
            one, other = said[first], said[last]
            if one == other or not {one, other} <= content:
                continue
            turned = [said[first - 1], other, *said[first + 1 : last], one, said[last + 1]]
            if {"~and", "~or"} & set(turned):
                continue
            if any(there[start : start + len(turned)] == turned for start in range(len(there) - len(turned) + 1)):
                return True
    return False


def _neighbors(text: str) -> set[tuple[str, str]]:
    """Content words that follow each other with at most an article or a quantity between them."""
    words = [word for word in row_of(text).words if word.category != "quantity"]
    return {(one.key, other.key) for one, other in pairwise(words) if one.kind == other.kind == "content" and one.piece == other.piece}


_WITH = re.compile(r"\b(with|without) (?:(?:the|an?|any|its) )?(\w+)")


def _with_or_without(sentence: str, source: str) -> bool:
    """The source has `without` before the thing that the sentence has `with` before, or the other way round, and never the same."""
    said, there = ({(word, key_of(thing)) for word, thing in _WITH.findall(text)} for text in (sentence, source))
    return any(({"with": "without", "without": "with"}[word], thing) in there for word, thing in said - there)


def _around(tokens: list[str], position: int, reach: int = 14) -> tuple[set[str], set[str]]:
    """The content stems on either side of a position, without those that stand on both."""
    left = set(content_terms(" ".join(tokens[max(0, position - reach) : position])))
    right = set(content_terms(" ".join(tokens[position + 1 : position + 1 + reach])))
    return left - right, right - left

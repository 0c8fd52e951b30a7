"""Which sentence of a passage bears a Chinese sentence: by the pieces that both have, and how these are arranged.

Chinese has no spaces and no endings. So a sentence is cut into its clauses, ordinary words are brought to one form
(`engine.answering.chinese_words`), and each clause has to be laid out whole in pieces of one clause of the passage and of
the conditions that this clause stands under. A piece may stand elsewhere than in the source only where 被, 由, 把, 的 or a
preposition says so; nothing that denies or limits may be left out. Better to leave a true sentence unproven.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from engine.answering import chinese_words as of
from engine.answering.sentences import split_into_sentences

LEAST_SHARE = 0.5
"""Share of Chinese characters among the characters and Latin words of a sentence that is compared this way."""
MOST_PIECES = 9
MOST_MOVED = 2
"""Pieces of a clause that stand elsewhere than in the source."""
MOST_TRIED = 400
"""Arrangements looked at before a clause is given up."""
WIDEST = 900
"""Characters of a quote."""

_CLAUSE_ENDS = re.compile(r"[，；。！？;]|,(?!\d)")
_UNIT = re.compile(r"[A-Za-z0-9_²³]+(?:[/+.\-][A-Za-z0-9_²³]+)*\+?|[^\s]")
_FORMULA = re.compile(r"[OΘΩo][(（]([^()（）]*)[)）]")
_MINUS = str.maketrans("−–－＋", "---+")
_CJK = re.compile(r"[\u3400-\u9fff]")
_BY = re.compile(r"被|由(?!于)")
_MODIFIES = re.compile(r"(?:中|里|上|间|之间|内)?的")


@dataclass(frozen=True, slots=True)
class _Text:
    """A stretch of text in units (a character, a word in Latin letters, a number), and which of them carry weight."""

    whole: str
    units: tuple[str, ...]
    starts: tuple[int, ...]

    def before(self, unit: int) -> str:
        return self.whole[: self.starts[unit]]

    def after(self, unit: int) -> str:
        return self.whole[self.starts[unit] + len(self.units[unit]) :]


@dataclass(frozen=True, slots=True)
class _Clause:
    text: str
    role: str
    """`cause`, `effect`, `condition` or empty."""
    conditions: str
    """The conditions that the clause stands under, as text."""
    topic: str
    own_subject: bool
    unit: int


@dataclass(frozen=True, slots=True)
class _Piece:
    said: int
    source: int
    length: int


def is_chinese(sentence: str) -> bool:
    """Whether most of a sentence is Chinese characters; a word in Latin letters counts as one."""
    letters = [unit for unit in _UNIT.findall(sentence) if unit[0].isalpha()]
    return bool(letters) and sum(bool(_CJK.match(letter)) for letter in letters) >= LEAST_SHARE * len(letters)


def prove_chinese(sentence: str, text: str) -> tuple[int, int] | None:
    """The verbatim span `[start, end)` of `text` that bears `sentence`; None where none does."""
    said = _clauses((sentence,))
    statements = [clause for clause in said if clause.role != "condition"]
    if not statements:
        return None
    blocks = re.split(r"(\n\s*\n)", text)
    offset = 0
    for block in blocks:
        spans = [(a + offset, b + offset) for a, b in split_into_sentences(block)]
        source = _clauses(tuple(text[a:b] for a, b in spans))
        if found := _borne(statements, source):
            start, end = spans[min(clause.unit for clause in found)][0], spans[max(clause.unit for clause in found)][1]
            if end - start <= WIDEST and _particulars(sentence) <= _particulars(text[start:end]):
                return start, end
        offset += len(block)
    return None


def _particulars(text: str) -> frozenset[str]:
    """Formulas and words in which 被, 主 and the like are no particles: they are in the source as they are in the sentence, or nowhere."""
    plain = text.translate(_MINUS)
    return frozenset("".join(found.split()) for found in of.FORMULA.findall(plain)) | frozenset(of.UNPARTED.findall(plain))


def _borne(statements: Sequence[_Clause], source: Sequence[_Clause]) -> list[_Clause] | None:
    """For each statement the clause of the source that bears it, where reason and consequence agree as well."""
    found = []
    for statement in statements:
        bearing = next((clause for clause in source if _bears(statement, clause)), None)
        if bearing is None:
            return None
        found.append(bearing)
    for statement, clause in zip(statements, found, strict=True):
        follows = [other for other in source if other.unit == clause.unit]
        position = follows.index(clause)
        gives_reason = clause.role == "cause" or any(other.role == "effect" for other in follows[position + 1 : position + 3])
        if statement.role == "cause" and not gives_reason:
            return None
        if statement.role == "effect" and clause.role == "cause":
            return None
    if any(statement.role == "effect" for statement in statements) and not any(
        other.role in ("cause", "effect") for clause in found for other in source if other.unit == clause.unit
    ):
        return None
    if _given_back(statements, found):
        return None
    return found


def _given_back(statements: Sequence[_Clause], found: Sequence[_Clause]) -> bool:
    """Whether "first A, then B" was told in another order than the source does."""
    if not any(re.match(r"(?:然后|再|最后|接着)", statement.text) for statement in statements):
        return False
    places = [(clause.unit, clause.text) for clause in found]
    return any(one[0] > other[0] for one, other in pairwise(places))


@lru_cache(maxsize=256)
def _clauses(sentences: tuple[str, ...]) -> tuple[_Clause, ...]:
    """The clauses of sentences that follow each other, each with its conditions and with what it is about."""
    found: list[_Clause] = []
    before = ""
    for unit, sentence in enumerate(sentences):
        plain = of.normal_wording(_FORMULA.sub(_as_one_unit, re.sub(r"\s+(?=\S)", _space_kept, sentence)))
        parts = [part.strip(" 。！？；;，,") for part in _CLAUSE_ENDS.split(plain)]
        parts = _purposes_joined([part for part in parts if part])
        roles = _roles(parts)
        topic = next((_topic(part) for part, role in zip(parts, roles, strict=True) if role != "condition" and not of.POINTING.match(part)), "")
        if parts and (of.POINTING.match(parts[0]) or (of.SUBJECTLESS.match(parts[0]) and roles[0] == "")):
            topic = before
        if len(parts) > 1 and roles[0] == "cause" and not topic:
            topic = before
        for number, (part, role) in enumerate(zip(parts, roles, strict=True)):
            points = of.POINTING.match(part)
            body = part[points.end() :] if points else part
            own = not points and not of.SUBJECTLESS.match(part)
            about = before if points and number == 0 else topic
            found.append(_Clause(body, role, _conditions(parts, roles, number), about, own, unit))
        before = topic or before
    return tuple(found)


def _space_kept(match: re.Match[str]) -> str:
    """Spaces between Latin words part them, all others say nothing."""
    around = match.string[match.start() - 1 : match.start()] + match.string[match.end() : match.end() + 1]
    return " " if around.isascii() else ""


def _as_one_unit(match: re.Match[str]) -> str:
    """An order of growth is one word: `O(n log n)` → `O_n_log_n`."""
    body = match[1].replace("+", "_plus_").replace("^2", "²").replace("*", "")
    return "O_" + re.sub(r"\W+", "_", body)


def _purposes_joined(parts: list[str]) -> list[str]:
    """ "A, so as to B" is one clause."""
    joined: list[str] = []
    for part in parts:
        if joined and part.startswith("不需要") and not of.CONDITION.match(joined[-1]):
            joined[-1] += "，" + part
        else:
            joined.append(part)
    return joined


def _roles(parts: Sequence[str]) -> list[str]:
    roles = []
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        if of.CAUSE.match(part):
            roles.append("cause")
        elif of.EFFECT.match(part):
            roles.append("effect")
        elif not last and (re.match(r"(?:但|而)?(?:若|当|只要|除非|一旦|对于|对)", part) or _is_adverbial(part)):
            roles.append("condition")
        else:
            roles.append("")
    for number, part in enumerate(parts):
        if number > 1 and re.search(r"^(?:那么)?(?:就|则|才|也就)|就会|才能", part) and roles[number - 1] == "" and roles[number - 2] == "condition":
            roles[number - 1] = "condition"
    return roles


def _is_adverbial(part: str) -> bool:
    return len(part) <= 30 and bool(of.CONDITION_END.search(part)) and (bool(of.CONDITION.match(part)) or part.endswith(("时", "时候", "的话")))


def _conditions(parts: Sequence[str], roles: Sequence[str], number: int) -> str:
    """The last conditions said before a clause."""
    if roles[number] == "condition":
        return ""
    at = number - 1
    while at >= 0 and roles[at] != "condition":
        at -= 1
    first = at
    while first > 0 and roles[first - 1] == "condition":
        first -= 1
    return "，".join(parts[first : at + 1]) if at >= 0 else ""


def _topic(clause: str) -> str:
    """What a clause is about: what stands before its first verb or particle."""
    bare = re.sub(r"^(?:但|而|由于|因此|虽然|不过|这样|通常|就|则)+", "", clause)
    mark = of.VERB_MARKS.search(bare, 1)
    return bare[: mark.start()] if mark and mark.start() <= 16 else ""


def _bears(statement: _Clause, clause: _Clause) -> bool:
    """Whether one clause of the source, with what it is about and its conditions, holds the whole statement."""
    for source, joint in _readings(clause):
        for said in _said_as(statement):
            if _laid_out(_text(said), _text(source), joint, clause):
                return True
    return False


def _readings(clause: _Clause) -> Iterator[tuple[str, str]]:
    """The clause as it stands, and with what it is about before it; also that, where the two are put together."""
    conditions = clause.conditions + "，" if clause.conditions else ""
    yield conditions + clause.text, ""
    if clause.topic and not clause.text.startswith(clause.topic):
        yield conditions + clause.topic + "，" + clause.text, "" if not clause.own_subject else clause.topic


def _said_as(statement: _Clause) -> Iterator[str]:
    conditions = statement.conditions + "，" if statement.conditions else ""
    if not statement.topic or statement.own_subject or statement.text.startswith(statement.topic):
        yield conditions + statement.text
    else:
        yield conditions + statement.topic + "，" + statement.text


@lru_cache(maxsize=4096)
def _text(whole: str) -> _Text:
    """The units that carry weight, with where they stand."""
    light = [match.span() for match in of.LIGHT.finditer(whole)]
    covered = {position for start, end in light for position in range(start, end)}
    found = [(match[0], match.start()) for match in _UNIT.finditer(whole) if match.start() not in covered and (match[0].isalnum() or match[0][0].isalnum())]
    return _Text(whole, tuple(unit.casefold() for unit, _ in found), tuple(start for _, start in found))


def _laid_out(said: _Text, source: _Text, joint: str, clause: _Clause) -> bool:
    """Whether some arrangement of common pieces covers the statement and leaves out nothing that matters."""
    if len(said.units) < 3 or set(said.units) - set(source.units):
        return False
    for tried, pieces in enumerate(_coverings(said.units, source.units)):
        if tried > MOST_TRIED:
            return False
        if _fits(pieces, said, source) and _leaves_out_nothing(pieces, said, source, joint, clause):
            return True
    return False


def _coverings(said: tuple[str, ...], source: tuple[str, ...]) -> Iterator[tuple[_Piece, ...]]:
    """The ways to cover all units of the statement by pieces of the source, longest pieces first."""

    def grow(at: int, taken: tuple[_Piece, ...]) -> Iterator[tuple[_Piece, ...]]:
        if at == len(said):
            yield taken
            return
        if len(taken) == MOST_PIECES:
            return
        used = {position for piece in taken for position in range(piece.source, piece.source + piece.length)}
        options = []
        for place, unit in enumerate(source):
            if unit != said[at]:
                continue
            length = 0
            while at + length < len(said) and place + length < len(source) and said[at + length] == source[place + length] and place + length not in used:
                length += 1
            if length:
                options.append(_Piece(at, place, length))
        here = taken[-1].source + taken[-1].length if taken else 0
        for piece in sorted(options, key=lambda option: (-option.length, option.source < here, abs(option.source - here)))[:4]:
            yield from grow(at + piece.length, (*taken, piece))

    yield from grow(0, ())


def _fits(pieces: Sequence[_Piece], said: _Text, source: _Text) -> bool:
    """Few loose characters, and pieces in the order of the source but for some that may move."""
    loose = [piece for piece in pieces if piece.length == 1 and _CJK.match(said.units[piece.said])]
    if len(loose) > 2 or (len(loose) == 2 and len(said.units) < 8):
        return False
    if any(not _near(piece, pieces) for piece in loose):
        return False
    for count in range(min(MOST_MOVED, len(pieces) - 1) + 1):
        for moved in combinations(pieces, count):
            rest = [piece for piece in pieces if piece not in moved]
            in_order = all(one.source < other.source for one, other in pairwise(rest))
            if in_order and all(_may_move(piece, said, source) for piece in moved) and (moved or _same_voice(pieces, said, source)):
                return True
    return False


def _near(piece: _Piece, pieces: Sequence[_Piece]) -> bool:
    """A single character counts only close to a longer piece that it stands beside in the statement."""
    return any(
        other.length > 1
        and (other.said == piece.said + 1 or other.said + other.length == piece.said)
        and min(abs(other.source - piece.source - 1), abs(piece.source - other.source - other.length)) <= 8
        for other in pieces
    )


def _may_move(piece: _Piece, said: _Text, source: _Text) -> bool:
    """Whether a piece may stand elsewhere: as what 被, 由 or 把 moves, as a modifier, or with its preposition."""
    if piece.length == 1 and _CJK.match(said.units[piece.said]):
        return False
    if "比" in _around(said, piece.said) or "比" in _around(source, piece.source):
        return False
    head, tail = said.before(piece.said), said.after(piece.said + piece.length - 1)
    old_head, old_tail = source.before(piece.source), source.after(piece.source + piece.length - 1)
    passive = re.match(r"(?:都|也|通常|可以|能够|会|应)*(?:被|由)", tail) is not None
    was_passive = re.search(r"(?:被|由)$", old_head) is not None
    if passive and not was_passive and not re.search(r"把|将", said.whole):
        return True  # the object that a passive puts first
    if re.search(r"(?:把|将)$", old_head) and not re.search(r"把|将", said.whole):
        return True
    passed_on = re.match(r"(?:都|也|通常|可以|能够|会)*(?:被|由(?!于))", old_tail) and not re.search(r"(?:被|由)\w{0,12}$", old_head)
    if passed_on and not re.search(r"被|由(?!于)", said.whole):
        return True  # the subject of a passive, put back behind the verb
    if re.match(r"的", old_tail) and not re.match(r"的", tail) and not re.search(r"的$", head):
        return True
    if re.match(r"的", tail) and not re.match(r"的", old_tail) and not re.search(r"的$", old_head):
        return True
    own = next((word for word in of.PREPOSITIONS if head.endswith(word)), "")
    old = next((word for word in of.PREPOSITIONS if old_head.endswith(word)), "")
    if own and old and (own == old or (_count(source.whole) == 1 and _count(said.whole) == 1)):
        return True
    return said.units[piece.said] in ("在", "从", "用", "按") and (not old_head or old_head.endswith(("，", own or "，")))


def _same_voice(pieces: Sequence[_Piece], said: _Text, source: _Text) -> bool:
    """Where all stands in the order of the source, a 被 or 由 between two pieces is in both or in neither."""
    places = [(piece.said + step, piece.source + step) for piece in pieces for step in range(piece.length)]
    for (one, old_one), (other, old_other) in pairwise(places):
        new, old = _between(said, one, other), _between(source, old_one, old_other)
        if bool(_BY.search(new)) != bool(_BY.search(old)) and "是" not in new + old:
            return False
    return True


def _between(text: _Text, one: int, other: int) -> str:
    return text.whole[text.starts[one] + len(text.units[one]) : text.starts[other]]


def _around(text: _Text, unit: int) -> str:
    """The clause that a unit stands in."""
    return text.before(unit).rpartition("，")[2] + text.units[unit] + text.after(unit).partition("，")[0]


def _count(text: str) -> int:
    return sum(text.count(word) for word in ("在", "用", "从", "按", "通过"))


def _leaves_out_nothing(pieces: Sequence[_Piece], said: _Text, source: _Text, joint: str, clause: _Clause) -> bool:
    """Nothing that denies, limits or gives the deed to somebody else is left out, and no condition."""
    held = {position for piece in pieces for position in range(piece.source, piece.source + piece.length)}
    missing = _missing(held, source)
    if any(word in missing for word in of.NEGATIONS) or of.LIMITS.search(missing):
        return False
    if clause.conditions and not any(source.starts[position] < len(clause.conditions) for position in held):
        return False
    if joint and not _joined(clause, held, source):
        return False
    if joint == "" and clause.own_subject and not _subject_held(held, source, clause):
        return False
    return not _takes_a_modifier_for_the_thing(pieces, said, source)


def _missing(held: set[int], source: _Text) -> str:
    """What the statement leaves out, piece by piece, with bars between."""
    whole = list(source.whole)
    for position in held:
        start = source.starts[position]
        for at in range(start, start + len(source.units[position])):
            whole[at] = "|"
    return "".join(whole)


def _joined(clause: _Clause, held: set[int], source: _Text) -> bool:
    """What a clause with a subject of its own is about may stand before it only when that subject is said as well."""
    begin = len(source.whole) - len(clause.text)
    own = [position for position, start in enumerate(source.starts) if start >= begin]
    return bool(own) and own[0] in held


def _subject_held(held: set[int], source: _Text, clause: _Clause) -> bool:
    """Something of what the source's clause is about has to be said."""
    begin = len(source.whole) - len(clause.text)
    topic = _topic(clause.text)
    about = [position for position, start in enumerate(source.starts) if begin <= start < begin + max(len(topic), 2)]
    return not about or any(position in held for position in about)


def _takes_a_modifier_for_the_thing(pieces: Sequence[_Piece], said: _Text, source: _Text) -> bool:
    """Whether a piece that only qualifies a thing in the source ("the threads of a process") is the thing itself in the statement.

    Also whether somebody who lets another one act is said to act.
    """
    ordered = sorted(pieces, key=lambda piece: piece.source)
    for piece in pieces:
        last, old_last = piece.said + piece.length - 1, piece.source + piece.length - 1
        tail, old_tail = said.after(last), source.after(old_last)
        following = any(other.source == old_last + 1 for other in pieces)
        if _MODIFIES.match(old_tail) and not _MODIFIES.match(tail) and not following:
            return True
    for one, other in pairwise(ordered):
        between = source.whole[source.starts[one.source + one.length - 1] + 1 : source.starts[other.source]]
        if of.CAUSING.search(between) and not of.CAUSING.search(said.whole):
            return True
    return False

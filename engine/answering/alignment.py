"""Where the words of a sentence stand in its source, and what was done to them on the way.

The sentence's row is covered with the longest runs of words that the source has too (greedy string tiling: M. J. Wise,
"String similarity via greedy string tiling and running Karp–Rabin matching", 1993). Whole runs may change places, as in an
honest paraphrase. Three things may not: a word in the place of another, two words exchanged around what stays between them,
and one statement's subject with another statement's predicate. Like `engine.answering.contradictions`, these checks only
ever forbid a proof.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from engine.answering.wording import Row, Word, row_of

LONGEST_GAP = 4
"""So many words of the source at most may stand where the sentence has others, to be compared with them one by one."""

_NEVER_DROPPED = frozenset({"~most", "~some", "~few", "~almost", "~atmost", "~atleast", "~should", "~unless", "~not", "~exactly", "~both"})
_NEVER_ADDED = frozenset({"~only", "~must", "~not", "~atmost", "~atleast", "~exactly", "~unless", "~most", "~always"})
_NEVER_MADE_UP = frozenset({"~only", "~always", "~most", "~atmost", "~atleast", "~exactly", "~unless", "~all"})
_DECIDED_BY_KEY = ("quantity", "modal", "bound", "order", "way", "condition", "joint", "likeness", "sign", "tense")


@dataclass(frozen=True, slots=True)
class Tile:
    """`length` words from `said` on in the sentence are those from `there` on in the source."""

    said: int
    there: int
    length: int


def objection(sentence: str, source: str) -> str | None:
    """Why `source` can't bear `sentence`, as a short name; None where the words came through unharmed."""
    said, there = row_of(sentence), row_of(source)
    if _more_symbols(said.words, there.words):
        return "symbol"
    if {word.key for word in said.words} & _NEVER_MADE_UP - {word.key for word in there.words}:
        return "made up"
    tiles = tile(said.words, there.words)
    if _replaced(said, there, tiles):
        return "replaced"
    if _reversed(said, there, tiles):
        return "exchanged"
    if _mixed(said, there):
        return "mixed"
    if _altered(said, there):
        return "altered"
    if _conjunct_made_up(said.words, {word.key for word in there.words}):
        return "added"
    return None


def _more_symbols(said: Sequence[Word], there: Sequence[Word]) -> bool:
    """A variable occurs more often in the sentence than in the source, or a sign not at all there."""
    variables = [Counter(word.key for word in words if len(word.key) == 1 and word.key.isascii() and word.kind == "content") for words in (said, there)]
    signs = [{word.key for word in words if word.category == "sign"} for words in (said, there)]
    return bool(variables[0] - variables[1] or signs[0] - signs[1])


def tile(said: Sequence[Word], there: Sequence[Word]) -> list[Tile]:
    """Cover `said` with the longest common runs, longest first; among equals the one that lies nearest to what is covered. In order of `said`."""
    places: dict[str, list[int]] = defaultdict(list)
    for position, word in enumerate(there):
        places[word.key].append(position)
    pairs = {(i, j) for i, word in enumerate(said) for j in places.get(word.key, ())}
    tiles: list[Tile] = []
    while pairs:
        best: tuple[tuple[int, int, int], Tile] | None = None
        for i, j in pairs:
            if (i - 1, j - 1) in pairs:
                continue
            length = 1
            while (i + length, j + length) in pairs:
                length += 1
            content = sum(said[k].kind != "frame" for k in range(i, i + length))
            rank = (2 * length + content, -_distance(i, j, tiles), -j)
            if best is None or rank > best[0]:
                best = (rank, Tile(i, j, length))
        assert best is not None
        chosen = best[1]
        tiles.append(chosen)
        rows, columns = range(chosen.said, chosen.said + chosen.length), range(chosen.there, chosen.there + chosen.length)
        pairs = {(i, j) for i, j in pairs if i not in rows and j not in columns}
    return _without_strays(sorted(tiles, key=lambda one: one.said), said)


def _without_strays(tiles: list[Tile], said: Sequence[Word]) -> list[Tile]:
    """Without a single `and` or `or` that stands elsewhere than what surrounds it: one is found in any sentence."""

    kept = []
    for index, one in enumerate(tiles):
        bears = one.length > 1 or said[one.said].category != "joint"
        before, after = tiles[index - 1] if index else None, tiles[index + 1] if index + 1 < len(tiles) else None
        in_place = (before is None or 0 < one.there - before.there <= before.length + 3) and (after is None or 0 < after.there - one.there <= one.length + 3)
        if bears or in_place:
            kept.append(one)
    return kept


def _distance(i: int, j: int, tiles: Sequence[Tile]) -> int:
    """How far a pair lies from where the nearest tile in the sentence would put it."""
    if not tiles:
        return 0
    nearest = min(tiles, key=lambda one: min(abs(i - one.said), abs(i - one.said - one.length + 1)))
    return abs((j - nearest.there) - (i - nearest.said))


def _replaced(sentence: Row, source: Row, tiles: Sequence[Tile]) -> bool:
    """Somewhere between two kept words (or at an end) the sentence has another word, or lacks one that matters.

    A content word that the source has elsewhere counts as another word too, unless the voice changed, which moves words about.
    """
    said, there = sentence.words, source.words
    matched = {position for one in tiles for position in range(one.said, one.said + one.length)}
    covered = {position for one in tiles for position in range(one.there, one.there + one.length)}
    joined = {
        position
        for one in tiles
        if one.length <= 4 and (_is_joined(there, one) or (one.length > 1 and there[one.there].piece in source.dependent))
        for position in range(one.said, one.said + one.length)
    }
    where = {one.said + k: one.there + k for one in tiles for k in range(one.length)}
    for before, after in _anchors(said, there, tiles):
        moves = _voice_changes(sentence, source, before or after)
        start = before.said + before.length if before else 0
        end = after.said if after else len(said)
        own = [i for i in range(start, end) if i not in matched or (said[i].kind == "content" and not moves and i not in joined)]
        if before and after:
            theirs = list(range(before.there + before.length, after.there))
        elif before:
            theirs = _until_statement_ends(there, before.there + before.length - 1, 1, covered)
        elif after:
            theirs = _until_statement_ends(there, after.there, -1, covered)
        else:
            continue
        frames = {said[i].key for i in range(start, end) if said[i].kind == "frame"}, {there[i].key for i in theirs if there[i].kind == "frame"}
        if before and after and any(one in frames[0] - frames[1] and other in frames[1] - frames[0] for one, other in _OPPOSITE_FRAMES):
            return True
        if _alternative_dropped(there, theirs, covered):
            return True
        mine = [said[i] for i in own if i not in matched or _changed_places(i, theirs, where)]
        other = [there[i] for i in theirs if i not in covered or (there[i].kind == "content" and not moves)]
        if _differs([w for w in mine if w.kind != "frame"], [w for w in other if w.kind != "frame"], at_an_end=not (before and after)):
            return True
    return any(_other_neighbor(said, there, one, matched, covered) for one in tiles if one.length > 1)


def _alternative_dropped(there: Sequence[Word], theirs: Sequence[int], covered: set[int]) -> bool:
    """The source says `A or B`, the sentence only A."""
    uncovered = [i for i in theirs if there[i].kind != "frame"]
    if len(uncovered) < 2 or any(i in covered for i in uncovered[:2]):
        return False
    joint, alternative = uncovered[0], uncovered[1]
    return there[joint].key == "~or" and there[alternative].kind == "content"


def _changed_places(moved: int, theirs: Sequence[int], where: dict[int, int]) -> bool:
    """Whether a word that moved took the place of another that is gone, or of one that stands now where it stood itself."""
    back = {position: mine for mine, position in where.items()}
    beside = [back[k] for k in range(where[moved] - 2, where[moved] + 3) if k in back and k != where[moved]]
    return any(position not in back or any(abs(back[position] - mine) <= 2 for mine in beside) for position in theirs)


def _is_joined(there: Sequence[Word], one: Tile) -> bool:
    """Whether a run is one of several things that `and`, `or` or `but` joins: their order says nothing."""
    words = there[max(0, one.there - 1) : one.there + one.length + 1]
    return any(word.category == "joint" or word.key == "but" for word in (words[0], words[-1], there[one.there], there[one.there + one.length - 1]))


def _other_neighbor(said: Sequence[Word], there: Sequence[Word], one: Tile, matched: set[int], covered: set[int]) -> bool:
    """Right beside a run of two words or more the sentence has a word of its own where the source has another."""
    for mine, theirs, edge in ((one.said - 1, one.there - 1, one.there), (one.said + one.length, one.there + one.length, one.there + one.length - 1)):
        if mine in matched or theirs in covered or not (0 <= mine < len(said) and 0 <= theirs < len(there)):
            continue
        if said[mine].kind == there[theirs].kind == "content" and there[theirs].piece == there[edge].piece:
            return True
    return False


def _voice_changes(sentence: Row, source: Row, one: Tile | None) -> bool:
    """Whether one of the two clauses that share a run is in the passive and the other is not."""
    if one is None:
        return False
    return (sentence.words[one.said].piece in sentence.passive) != (source.words[one.there].piece in source.passive)


def _anchors(said: Sequence[Word], there: Sequence[Word], tiles: Sequence[Tile]) -> list[tuple[Tile | None, Tile | None]]:
    """Pairs of tiles that follow each other closely in both rows, past single words that came from elsewhere; and the two ends."""
    found: list[tuple[Tile | None, Tile | None]] = []
    solid = [one for one in tiles if any(word.kind != "frame" for word in said[one.said : one.said + one.length])]
    for index, one in enumerate(solid):
        for step in (1, 2):
            if index + step >= len(solid):
                break
            other = solid[index + step]
            gap = other.there - one.there - one.length
            significant = sum(word.kind != "frame" for word in there[one.there + one.length : max(0, other.there)])
            if gap >= 0 and significant <= LONGEST_GAP and (step == 1 or solid[index + 1].length <= 3):
                found.append((one, other))
                break
    if solid:
        found += [(None, solid[0]), (solid[-1], None)]
    return found


def _until_statement_ends(there: Sequence[Word], position: int, step: int, covered: set[int]) -> list[int]:
    """Up to two uncovered positions beyond an end, within the same statement."""
    found: list[int] = []
    statement = there[position].statement
    position += step
    while 0 <= position < len(there) and there[position].statement == statement and position not in covered and len(found) < 2:
        if there[position].kind != "frame":
            found.append(position)
        position += step
    return found


def _differs(mine: Sequence[Word], other: Sequence[Word], *, at_an_end: bool) -> bool:
    """Whether words in the same place say different things."""
    said, there = {word.key for word in mine}, {word.key for word in other}
    added, gone = [word for word in mine if word.key not in there], [word for word in other if word.key not in said]
    for category in _DECIDED_BY_KEY:
        ours, theirs = {word.key for word in added if word.category == category}, {word.key for word in gone if word.category == category}
        if ours and theirs:
            return True
    amounts = [{word.kind == "number" for word in words if word.kind == "number" or word.key == "~all"} for words in (added, gone)]
    if amounts[0] and amounts[1] and amounts[0] != amounts[1]:
        return True
    new = [word for word in added if word.kind in ("content", "number") or (word.category in ("order", "way") and word.key != "~then")]
    lost = [word for word in gone if word.kind in ("content", "number") or (word.category in ("order", "way") and word.key != "~then")]
    if new and lost and len(lost) <= 3:
        return True
    if at_an_end:
        return False
    return any(word.key in _NEVER_DROPPED for word in gone) or any(word.key in _NEVER_ADDED for word in added)


def _reversed(said: Row, there: Row, tiles: Sequence[Tile]) -> bool:
    """Two runs exchanged around a third: what stood left of it stands right of it. A change of voice may do that.

    Within a clause any distance counts; across clauses only short runs that follow each other in both rows.
    """
    if _has_agent(said) != _has_agent(there):
        return False
    if any(_crossed(said.words, three) for three in zip(tiles, tiles[1:], tiles[2:], strict=False)):
        return True
    if any(_subject_from_behind(said, there, one, other) for one, other in pairwise(tiles)):
        return True
    places = [(said.words[one.said + k], there.words[one.there + k], one.there + k, _is_fronted(said, there, one)) for one in tiles for k in range(one.length)]
    for piece in {(mine.piece, theirs.piece) for mine, theirs, _, _ in places}:
        if (piece[0] in said.passive) != (piece[1] in there.passive):
            continue
        run = [(mine, position) for mine, theirs, position, fronted in places if (mine.piece, theirs.piece) == piece and not fronted]
        for middle, (word, position) in enumerate(run):
            if not _holds_apart(word):
                continue
            left = any(other > position and one.kind in ("content", "number") for one, other in run[:middle])
            if left and any(other < position and one.kind in ("content", "number") for one, other in run[middle + 1 :]):
                return True
    return False


def _crossed(said: Sequence[Word], three: tuple[Tile, Tile, Tile]) -> bool:
    """Three short runs that follow each other, in the source the other way round: "prevents Y but allows X"."""
    first, middle, last = three
    close = all(
        0 <= later.said - one.said - one.length <= 1 and 0 <= one.there - later.there - later.length <= 2 for one, later in ((first, middle), (middle, last))
    )
    sizes = [
        math.ceil(sum((0.5 if word.key > "\u2e80" else 1.0) for word in said[one.said : one.said + one.length] if word.kind in ("content", "number")))
        for one in three
    ]
    return close and 1 <= sizes[0] <= 3 and sizes[1] >= 1 and 1 <= sizes[2] <= 3


def _subject_from_behind(said: Row, there: Row, one: Tile, other: Tile) -> bool:
    """A clause begins with what a later clause of the source is about, and goes on with an earlier one."""
    first, second = said.words[one.said], said.words[other.said]
    from_there = there.words[one.there], there.words[other.there]
    if first.piece != second.piece or from_there[0].piece <= from_there[1].piece or first.kind != "content" or second.kind == "frame":
        return False
    if one.said and said.words[one.said - 1].piece == first.piece:
        return False
    if said.passive or there.passive or from_there[0].piece in there.dependent:
        return False
    words = [word for word in said.words[other.said : other.said + other.length] if word.kind in ("content", "number")]
    elided = there.content_of_piece(from_there[0].piece) <= {word.key for word in said.words[one.said : one.said + one.length]}
    return not elided and (len(words) > 1 or other.said + other.length == len(said.words))


def _is_fronted(said: Row, there: Row, one: Tile) -> bool:
    """An adverbial ("in 2019") that opens the sentence or the source may stand anywhere."""
    if said.words[one.said].key not in _ADVERBIAL:
        return False
    opens = [position == 0 or row.words[position - 1].piece != row.words[position].piece for row, position in ((said, one.said), (there, one.there))]
    return any(opens)


_ADVERBIAL = frozenset({"in", "on", "at", "with", "for", "under", "after", "~before", "~after"})


def _has_agent(row: Row) -> bool:
    return any(word.key in ("by", "由") for word in row.words)


def _holds_apart(word: Word) -> bool:
    """Whether it matters on which side of this word something stands: not for `and`, `but` and the like."""
    return word.kind in ("content", "number") or word.category in ("negation", "order", "way", "condition", "bound") or word.key in _DIRECTIONS


_OPPOSITE_FRAMES = (("from", "to"), ("to", "from"), ("from", "into"), ("into", "from"), ("from", "onto"), ("onto", "from"))
_DIRECTIONS = frozenset({"than", "from", "to", "by", "into", "of", "in", "on", "instead", "over", "under"})


def _mixed(said: Row, there: Row) -> bool:
    """A statement draws on two statements of the source, one of which is about something that the sentence doesn't name.

    Where all of the nearest statement is repeated, a word from another one is a mere addition.
    """
    contents = [there.content_of(number) for number in range(len(there.subjects))]
    only = [content.difference(*(other for index, other in enumerate(contents) if index != number)) for number, content in enumerate(contents)]
    for statement in range(len(said.subjects)):
        mine = said.content_of(statement)
        drawn = [number for number in range(len(contents)) if mine & only[number]]
        if len(drawn) < 2:
            continue
        nearest = max(drawn, key=lambda number: len(mine & contents[number]))
        if contents[nearest] <= mine:
            continue
        for number in drawn:
            subject = there.subjects[number]
            apart = subject.difference(*(there.subjects[other] for other in drawn if other != number))
            if apart and not apart & mine:
                return True
    return False


def _altered(said: Row, there: Row) -> bool:
    """A clause of the sentence is one of the source but for a word or two: in each clause of the source that comes nearest, something was exchanged.

    Words that the source says of the same subject in a clause that only goes on ("…, and needs no memory") may take the place of others.
    """
    pieces = [(number, _piece(there, number)) for number in sorted({word.piece for word in there.words})]
    going_on = frozenset(word.key for word in there.words if word.piece in there.dependent)
    for number in sorted({word.piece for word in said.words}):
        mine = _piece(said, number)
        content = _content(mine)
        overlaps = [len(content & _content(words)) for _, words in pieces]
        best = max(overlaps, default=0)
        if best < 2 or 2 * best < len(content):
            continue
        nearest = [piece for piece, overlap in zip(pieces, overlaps, strict=True) if overlap == best]
        smallest = min(len(_content(words)) for _, words in nearest)
        nearest = [piece for piece in nearest if len(_content(piece[1])) == smallest]
        if all(_exchanged(mine, words, frozenset() if other in there.dependent else going_on) for other, words in nearest):
            return True
    return False


def _piece(row: Row, number: int) -> list[Word]:
    return [word for word in row.words if word.piece == number and word.kind != "frame"]


def _content(words: Sequence[Word]) -> set[str]:
    return {word.key for word in words if word.kind in ("content", "number")}


def _exchanged(mine: Sequence[Word], other: Sequence[Word], going_on: frozenset[str]) -> bool:
    """Between two nearly equal clauses: a word in the place of another, or an operator for another of its category."""
    for i1, i2, j1, j2 in _edits([word.key for word in mine], [word.key for word in other]):
        at_the_end = i2 == len(mine) and j2 == len(other)
        new, lost = _beyond(mine[i1:i2], mine, other), _beyond(other[j1:j2], other, mine)
        if lost and (new - going_on if at_the_end else new) and len(new) <= 2 and len(lost) <= 2:
            return True
    operators = [{(word.category, word.key) for word in words if word.category in _DECIDED_BY_KEY and word.category != "joint"} for words in (mine, other)]
    return any(one[0] == two[0] for one in operators[0] - operators[1] for two in operators[1] - operators[0])


def _beyond(part: Sequence[Word], whole: Sequence[Word], other: Sequence[Word]) -> set[str]:
    """The content of a part of a clause that the clause has more often than the other one."""
    mine, theirs = (Counter(word.key for word in words) for words in (whole, other))
    return {key for key in _content(part) if mine[key] > theirs[key]}


def _edits(mine: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Where two rows of keys differ, as ranges of both; differences that a single equal word keeps apart are one."""
    found: list[tuple[int, int, int, int]] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, mine, other, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if found and i1 - found[-1][1] <= 1:
            found[-1] = (found[-1][0], i2, found[-1][2], j2)
        else:
            found.append((i1, i2, j1, j2))
    return found


def _conjunct_made_up(said: Sequence[Word], known: set[str]) -> bool:
    """A content word that the source does not have is joined to others by `and` or `or`."""
    for index, word in enumerate(said):
        beside = [said[i].category for i in (index - 1, index + 1) if 0 <= i < len(said)]
        if word.kind == "content" and word.key not in known and "joint" in beside:
            return True
    return False

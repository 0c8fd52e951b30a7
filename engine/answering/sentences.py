"""Where sentences begin and end, in English and Chinese, in what a model writes and in what a book says.

Splitting by full stops alone breaks at `e.g.`, `list.append`, 3.14 and D. Knuth, and it glues headings and list items
to what follows. Here a blank line, a list item and a heading end a sentence, and a code block is one unit.
"""

from __future__ import annotations

import re

from engine.answering.vocabulary import listed

Span = tuple[int, int]
"""`[start, end)` in characters of the text that was split."""

_ABBREVIATIONS = listed(
    """
    e.g i.e cf vs viz fig figs eq eqs sec sect secs ch chap chaps def thm prop lem ex exs no nos p pp vol vols ed eds al approx resp dr mr mrs
    ms prof st jr sr inc ltd co corp dept univ jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k ph.d a.m p.m ref refs app tab alg lit
    incl esp ca
    """
)
_OPTIONAL_ENDERS = frozenset({"etc", "a.m", "p.m", "u.s", "u.k", "ph.d", "inc", "ltd", "co", "jr"})
"""Abbreviations that often stand at the end of a sentence: what follows decides."""

_STARTERS = listed(
    """
    the a an this that these those it its if in we so then for when where while every each to but however there here they he she you i as at by
    on one some since because thus therefore hence let suppose note and or not with from after before what how why both all any no our their his
    her such another many most consider given finally first second
    """
)

_CJK_ENDS = "。！？；…．｡"
_ENDS = ".!?"
_CLOSERS = "\"'”’)]}»」』）】》*_`"
_OPENERS = "\"'“‘([{«「『（【《`*_$<"

_FENCE = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*+•▪◦–]|\(?\d{1,3}[.)]|\(?[a-z][.)](?=\s))[ \t]+")
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+")
_NOTE_NUMBER = re.compile(r"\d{1,3}(?=[A-Z][a-z])|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}\s+(?=\S)")
"""A footnote's number: raised, as the reader writes it, or glued to its first word, as raw text has it."""
_INLINE_ITEM = re.compile(r"(?:(?<=[.:;!?。：；])|^)\s+(\(?\d{1,2}[.)])\s+(?=[A-Z\"“‘(`])")
_FORMULA = re.compile(r"(?<![\\$\w])\$(?=\S)[^$\n]{1,400}?(?<=\S)\$(?![\d$])|(?<!`)`[^`\n]+`(?!`)")
"""A formula in TeX or a piece of code within a line: no sentence ends inside."""
_CODE_LINE = re.compile(
    r"^(?:\s{2,}\S|\s*(?:def|class|return|import|from|for|while|if|else|elif|try|except|print|int|void|char|struct|public|private|static|#include|\(define|\(let|\(lambda|\(if|\(cond)\b.*[:;{()=]|.*[;{}]\s*$|\s*[)\]}]+\s*$|>>>\s)"
)


def split_into_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of `text` as spans, in order, without the white space and list markers around them.

    Code (fenced, or a block of lines that look like code) is one span; a heading is one span; what has no final
    punctuation ends with its block. Spans never overlap and are never empty.
    """
    spans: list[Span] = []
    position = 0
    for fence in _FENCE.finditer(text):
        spans.extend(_split_blocks(text, position, fence.start()))
        spans.append(_trim(text, fence.start(), fence.end()))
        position = fence.end()
    spans.extend(_split_blocks(text, position, len(text)))
    return tuple(span for span in spans if span[0] < span[1])


def is_fenced_code(unit: str) -> bool:
    """Whether a unit is a Markdown code fence."""
    return unit.lstrip().startswith(("```", "~~~"))


def looks_like_code(block: str) -> bool:
    """Whether a block of text reads like program code rather than prose: most of its lines have the shape of code."""
    lines = [line for line in block.split("\n") if line.strip()]
    if len(lines) < 2:
        return False
    shaped = sum(bool(_CODE_LINE.match(line)) for line in lines)
    return shaped * 2 > len(lines)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _split_blocks(text: str, start: int, end: int) -> list[Span]:
    """Blocks are separated by blank lines."""
    spans: list[Span] = []
    position = start
    for blank in [*_BLANK.finditer(text, start, end), None]:
        stop = blank.start() if blank else end
        if position < stop:
            if looks_like_code(text[position:stop]):
                spans.append(_trim(text, position, stop))
            else:
                spans.extend(_split_lines(text, position, stop))
        position = blank.end() if blank else end
    return spans


def _split_lines(text: str, start: int, end: int) -> list[Span]:
    """Within a block a line break ends a sentence unless it is a mere wrap; list items and headings start anew."""
    spans: list[Span] = []
    begin = start
    line_start = start
    while line_start < end:
        newline = text.find("\n", line_start, end)
        line_end = end if newline < 0 else newline
        following = text[line_end + 1 : end].split("\n", 1)[0]
        if newline < 0 or not _is_wrap(text[line_start:line_end], following):
            spans.extend(_split_run(text, begin, line_end))
            begin = line_end
        line_start = line_end + 1
    return spans


def _is_wrap(line: str, following: str) -> bool:
    """Whether the line merely continues on the next one: it is long, unfinished, and the next starts no new unit."""
    if not following.strip() or _LIST_ITEM.match(following) or _HEADING.match(following) or _HEADING.match(line):
        return False
    ended = line.rstrip().rstrip(_CLOSERS).endswith((*_ENDS, *_CJK_ENDS, ":", "："))
    first = following.lstrip()[:1]
    return not ended and (first.islower() or len(line.rstrip()) >= 50)


def _split_run(text: str, start: int, end: int) -> list[Span]:
    """One run of prose without line breaks that matter."""
    start, end = _trim(text, start, end)
    if start >= end:
        return []
    if marker := _HEADING.match(text, start, end):
        return [_trim(text, marker.end(), end)]
    if marker := _LIST_ITEM.match(text, start, end) or _NOTE_NUMBER.match(text, start, end):
        start = marker.end()
    formulas = [match.span() for match in _FORMULA.finditer(text, start, end)]
    cuts: list[Span] = [item.span() for item in _INLINE_ITEM.finditer(text, start, end)]
    position = start
    while position < end:
        character = text[position]
        if character in _ENDS or character in _CJK_ENDS:
            stop = _end_of_terminator(text, position, end)
            if stop < end and not any(a <= position < b for a, b in [*cuts, *formulas]) and _ends_sentence(text, start, position, stop, end):
                cuts.append((stop, stop))
            position = stop
        else:
            position += 1
    spans: list[Span] = []
    begin = start
    for cut_start, cut_end in sorted(cuts):
        if cut_start >= begin:
            spans.append(_trim(text, begin, cut_start))
            begin = cut_end
    spans.append(_trim(text, begin, end))
    return spans


def _end_of_terminator(text: str, position: int, end: int) -> int:
    """Past repeated end marks and closing quotes or brackets."""
    while position < end and (text[position] in _ENDS or text[position] in _CJK_ENDS):
        position += 1
    while position < end and text[position] in _CLOSERS:
        position += 1
    return position


def _ends_sentence(text: str, start: int, position: int, stop: int, end: int) -> bool:
    """Whether the end mark at `position` (its closers end at `stop`) closes a sentence rather than sits inside one."""
    mark = text[position]
    if mark == "．" and text[position - 1 : position].isdigit() and text[stop : stop + 1].isdigit():
        return False
    if mark in _CJK_ENDS:
        return mark != "…" or not text[stop:end].lstrip()[:1].islower()
    after = text[stop:end]
    if _is_cjk(after[:1]):
        return True
    if not after[:1].isspace():
        return False
    following = after.lstrip()
    if not _can_start(following):
        return False
    if mark != "." or text[position : position + 2] == "..":
        return True
    word = re.search(r"[^\s(\[“\"‘]*$", text[start:position])
    before = (word[0] if word else "").casefold()
    next_word = re.match(r"\W*(\w+)", following)
    starts_sentence = next_word is not None and next_word[1].casefold() in _STARTERS
    if before in _OPTIONAL_ENDERS:
        return starts_sentence
    if before in _ABBREVIATIONS or before.endswith((".e.g", "—e.g", "—i.e")):
        return False
    raw = word[0] if word else ""
    if len(raw) == 1 and raw.isalpha() and raw.isupper():
        earlier = text[start : position - 1].rstrip()
        return starts_sentence or not (not earlier or re.search(r"(?:[.!?]|\b[A-Z][\w'’-]*[.,]?|\b(?:by|and|of|with))$", earlier))
    return True


def _can_start(following: str) -> bool:
    """Whether a sentence may begin like this: a capital, a digit, a caseless script, or an identifier."""
    stripped = following.lstrip(_OPENERS)
    first = stripped[:1]
    if not first:
        return following[:1] in "`$"
    if first.isdigit() or first.isupper():
        return True
    if first.isalpha():
        if first.lower() == first.upper():
            return True
        word = re.match(r"[\w.\-]+[(!?]?", stripped)
        return following[:1] == "`" or (word is not None and bool(re.search(r"\w[_.]\w|[a-z][A-Z]|\($", word[0])))
    return False


def _is_cjk(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"

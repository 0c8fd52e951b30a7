"""From printed lines in reading order to paragraphs: headings, prose, code, captions, tables, formulas. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from engine.reading.messages import BlockKind
from engine.reading.pdf.direction import runs_right_to_left
from engine.reading.pdf.printed import PrintedLine, is_cjk
from engine.reading.pdf.statements import opens_caption, opens_statement

_BULLET = re.compile(r"[•◦▪■●○‣–∙·*]$|\(?(?:\d{1,2}|[a-z])[.)]$|\[\d{1,3}\]")
_ENDS_SENTENCE = re.compile(r"[.!?:;。！？：；][\"'”’)\]]*$")
_NUMBERING = re.compile(r"^(?:chapter|part|appendix|section|§)?\s*(?:[\divxlc]+(?:\.\d+)*|[a-z](?:\.\d+)*)[.:)]?\s+", re.IGNORECASE)

WIDE_GAP = 1.8
"""White between two words of a line, in units of the type size, that separates the cells of a table."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together."""

    kind: BlockKind
    lines: tuple[PrintedLine, ...]

    @property
    def text(self) -> str:
        """The lines with single spaces, for recognising what it is (hyphenation not undone)."""
        return " ".join(line.text for line in self.lines)


def outline_key(title: str) -> str:
    """What a heading and its outline entry have in common: letters and digits, without numbering."""
    folded = title.casefold().strip()
    bare = _NUMBERING.sub("", folded, count=1)
    return "".join(filter(str.isalnum, bare)) or "".join(filter(str.isalnum, folded))


def paragraphs_of(groups: Sequence[tuple[str | None, Sequence[PrintedLine]]], *, body_size: float, titles: Collection[str]) -> list[Paragraph]:
    """Paragraphs of a page from its groups of lines (MuPDF's blocks) in reading order, each with its kind ("code", "table") where that is known.

    `titles` are the outline keys of the headings that stand on this page.
    """
    found: list[Paragraph] = []
    for known, group in groups:
        if known is not None:
            found.append(Paragraph("code" if known == "code" else "table", tuple(group)))
            continue
        for kind, lines in _split_code(group):
            if kind == "code":
                found.append(Paragraph("code", tuple(lines)))
            elif _is_table(lines):
                found.append(Paragraph("table", tuple(lines)))
            else:
                found += _split_prose(lines, body_size=body_size, titles=titles)
    return _join(found, titles)


def gaps_of(line: PrintedLine) -> list[int]:
    """Indices of the words of a line that stand after a gap as wide as between the cells of a table."""
    return [index for index in range(1, len(line.words)) if line.words[index].x0 - line.words[index - 1].x1 > WIDE_GAP * line.size]


def _split_code(group: Sequence[PrintedLine]) -> Iterator[tuple[BlockKind, list[PrintedLine]]]:
    """Runs of lines in typewriter type; a lone such line amid prose is a long name that filled its line."""
    left, right = min(line.x0 for line in group), max(line.x1 for line in group)
    start = 0
    while start < len(group):
        mono = _is_mono(group[start])
        end = start + 1
        while end < len(group) and _is_mono(group[end]) == mono:
            end += 1
        run = list(group[start:end])
        set_apart = run[0].x0 - left >= run[0].size and run[-1].x1 < left + 0.9 * (right - left)
        code = mono and (len(run) >= 2 or len(run) == len(group) or set_apart)
        yield ("code" if code else "prose"), run
        start = end


def _is_mono(line: PrintedLine) -> bool:
    """Whether a line is set in typewriter type, small line numbers beside it not counted."""
    if line.mono >= 0.8:
        return True
    first = line.words[0]
    return len(line.words) > 1 and first.text.isdecimal() and first.size < 0.85 * line.size and line.mono > 0.5


def _is_table(lines: Sequence[PrintedLine]) -> bool:
    """At least three rows, most of them with a wide gap, and short cells."""
    if len(lines) < 3:
        return False
    gaps = [len(gaps_of(line)) for line in lines]
    cells = sum(gaps) + len(lines)
    words = sum(len(line.words) for line in lines)
    return sum(gap > 0 for gap in gaps) >= 0.7 * len(lines) and words <= 6 * cells


def _split_prose(lines: Sequence[PrintedLine], *, body_size: float, titles: Collection[str]) -> Iterator[Paragraph]:
    """Headings, list items and paragraphs of lines that are neither code nor a table."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    pending: list[PrintedLine] = []
    for index, line in enumerate(lines):
        heading = _is_heading(line, body_size=body_size, titles=titles, alone=not pending)
        if heading:
            yield from _prose(pending, body_size)
            pending = []
            yield Paragraph("heading", (line,))
            continue
        if pending and _starts_paragraph(pending[-1], line, left=left, right=right, first=index == len(pending)):
            yield from _prose(pending, body_size)
            pending = []
        pending.append(line)
    yield from _prose(pending, body_size)


def _prose(lines: Sequence[PrintedLine], body_size: float) -> Iterator[Paragraph]:
    if not lines:
        return
    characters = sum(len(word.text) for line in lines for word in line.words)
    if opens_caption(lines[0], body_size=body_size):
        yield Paragraph("caption", tuple(lines))
    elif opens_statement(lines[0]):
        yield Paragraph("theorem", tuple(lines))
    elif sum(line.math * sum(len(word.text) for word in line.words) for line in lines) > 0.45 * characters and len(lines) <= 4:
        yield Paragraph("formula", tuple(lines))
    else:
        yield Paragraph("prose", tuple(lines))


def _is_heading(line: PrintedLine, *, body_size: float, titles: Collection[str], alone: bool) -> bool:
    """Larger type, or a short line all in bold that opens a paragraph, or what the outline names."""
    text = line.text
    if len(text) > 140 or not any(map(str.isalpha, text)):
        return False
    if titles and outline_key(text) in titles and len(text) <= 120:
        return alone or line.bold > 0.8 or line.size > 1.05 * body_size
    if line.mono > 0.5 or line.math > 0.5 or text[-1] in ",;":
        return False
    if line.size >= 1.15 * body_size:
        return True
    opens = text[0].isupper() or text[0].isdigit() or is_cjk(text[0])
    return alone and opens and line.bold >= 0.9 and line.size >= 0.95 * body_size and len(line.words) <= 14 and not re.search(r"[a-z]{2}\.$", text)


def _starts_paragraph(before: PrintedLine, line: PrintedLine, *, left: float, right: float, first: bool) -> bool:
    """A list item, or an indented line after a line that was not, or a new sentence after a line that ended early."""
    if _BULLET.fullmatch(line.words[0].text) and len(line.words) > 1 and (_ENDS_SENTENCE.search(before.words[-1].text) or not line.words[0].text[0].isalnum()):
        return True
    ended = bool(_ENDS_SENTENCE.search(before.words[-1].text))
    if ended and opens_statement(line):
        return True
    # The second line of a hanging paragraph (a glossary's entry) is indented too, but there the first one stands out.
    if ended and not first and line.x0 - left > 0.9 * line.size and before.x0 - left < 0.5 * line.size and line.x0 - before.x0 < 4 * line.size:
        return True
    return ended and right - before.x1 > 4 * line.size and not line.text[0].islower()


def _join(paragraphs: Sequence[Paragraph], titles: Collection[str]) -> list[Paragraph]:
    """Code that was cut at blank lines, headings of several lines, and prose that goes on in the next block or column."""
    joined: list[Paragraph] = []
    prose = [line for paragraph in paragraphs if paragraph.kind == "prose" for line in paragraph.lines]
    for paragraph in paragraphs:
        alike = bool(joined) and (joined[-1].kind == paragraph.kind or (joined[-1].kind == "theorem" and paragraph.kind == "prose"))
        if alike and (_belongs(joined[-1], paragraph, titles) or _goes_on_below(joined[-1], paragraph, prose)):
            joined[-1] = Paragraph(joined[-1].kind, joined[-1].lines + paragraph.lines)
        else:
            joined.append(paragraph)
    return joined


def _goes_on_below(before: Paragraph, after: Paragraph, prose: Sequence[PrintedLine]) -> bool:
    """Whether Chinese or Japanese prose goes on in the next block: no capital tells, but the line above is as full as others of the column."""
    last, first = before.lines[-1], after.lines[0]
    if before.kind != "prose" or after.kind != "prose" or not (is_cjk(last.text[-1]) or is_cjk(first.text[0])):
        return False
    if _ENDS_SENTENCE.search(last.words[-1].text) or _BULLET.fullmatch(first.words[0].text) or abs(last.size - first.size) > 0.6:
        return False
    size = last.size
    full = sum(abs(line.x1 - last.x1) < 1.5 * size and line.x0 < last.x1 - 10 * size for line in prose) >= 3
    wider = any(line.x1 > last.x1 + 2 * size and line.x0 < last.x1 - 10 * size for line in prose)
    hanging = len(last.words) > 1 and _BULLET.fullmatch(last.words[0].text) is not None
    left = last.words[1].x0 if hanging else last.x0
    return full and not wider and -0.5 * size < first.y0 - last.y1 < 1.1 * size and first.x0 < left + 0.5 * size


def _belongs(before: Paragraph, after: Paragraph, titles: Collection[str]) -> bool:
    last, first = before.lines[-1], after.lines[0]
    down = first.y0 - last.y1
    if before.kind == "code":
        return -2 * last.size < down < 2.5 * last.size
    if before.kind == "heading":
        if outline_key(after.text) in titles and outline_key(before.text) in titles:
            return False
        return abs(last.size - first.size) < 0.5 and -0.5 * last.size < down < 0.9 * last.size and abs(last.bold - first.bold) < 0.5
    if before.kind == "theorem" and after.kind == "prose" and min(last.italic, first.italic) > 0.6:
        return True
    if before.kind in ("prose", "theorem") and after.kind == "prose":
        ending = last.words[-1].text
        if abs(last.size - first.size) > 0.6 or _ENDS_SENTENCE.search(ending):
            return False
        if (first.text[0].islower() or runs_right_to_left(first.text[0])) and (ending[-1].isalnum() or ending[-1] in "-‐,’)"):
            return True
        # The rest of a hanging list item: right below a line that is full.
        right = max(line.x1 for line in after.lines)
        return -0.5 * last.size < down < 0.7 * last.size and right - 2 * last.size < last.x1 < right + last.size and not _BULLET.fullmatch(first.words[0].text)
    return False

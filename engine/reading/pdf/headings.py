"""Headings of a document that has no outline, told by type, numbering and white; and the levels that they stand on. Pure.

A missed heading costs little, a false one cuts a chapter in two: what could as well be a caption, a line of a figure or a word
in bold is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from engine.reading.messages import OutlineEntry
from engine.reading.pdf.printed import PrintedLine, is_cjk
from engine.reading.pdf.statements import opens_caption, opens_statement

LARGER = 1.12
"""The least size of a heading that is not in bold, in units of the text's."""

LONGEST = 110
DEEPEST = 4
MOST_LINES = 1_500
"""A page of more lines is a map or a poster."""

MOST_PER_PAGE = 3.0
"""With more headings than this on the average the smallest of them are none."""

CHAPTER_REACH = 120.0
"""How far in points the title of a chapter may stand below its number."""

_NUMBERED = re.compile(r"(?:§\s*)?(?P<number>\d{1,2}(?:\.\d{1,3}){0,4})\.?\s+(?=\S)|(?P<appendix>[A-Z](?:\.\d{1,2}){1,3})\.?\s+(?=\S)")
_LISTED = re.compile(r"\s\d{1,4}$")
_DATE = re.compile(r"(?:\d{1,2}\.?\s+)?[^\W\d]+\.?\s+(?:\d{1,2},?\s+)?(?:19|20)\d\d")
_CHAPTER = re.compile(
    r"(?:chapter|part|appendix|lecture|unit|kapitel|teil|chapitre|capítulo|глава)\s+(?:\d{1,2}|[ivxlc]{1,6}|[A-Z])\b"
    r"|第\s*[\d一二三四五六七八九十]{1,3}\s*[章讲部编]",
    re.IGNORECASE,
)
_CJK_SECTION = re.compile(r"第\s*[\d一二三四五六七八九十]{1,3}\s*节")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line, or lines that belong together, that may be a heading. `bottom` and `lines` tell whether the next line goes on with it."""

    page: int
    top: float
    bottom: float
    text: str
    size: float
    bold: bool
    lines: int = 1

    @property
    def style(self) -> tuple[float, bool]:
        """What headings of one level have in common."""
        return round(self.size * 2) / 2, self.bold

    @property
    def depth(self) -> int | None:
        """The level that its number states; None where it has none."""
        if _CHAPTER.match(self.text):
            return 1
        match = _NUMBERED.match(self.text)
        if match is not None:
            return (match["number"] or match["appendix"]).count(".") + 1
        return 2 if _CJK_SECTION.match(self.text) else None


def headings_on(number: int, lines: Sequence[PrintedLine], *, body_size: float) -> list[Heading]:
    """What may be a heading on page `number`; `lines` are without running heads, from top to bottom of each block."""
    found: list[Heading] = []
    upright = [line for line in lines if not line.aside]
    if len(upright) > MOST_LINES:
        return found
    for index, line in enumerate(upright):
        bold = line.bold >= 0.8
        heading = Heading(number, line.y0, line.y1, line.text, line.size, bold)
        before = found[-1] if found else None
        if before is not None and before.bottom == upright[index - 1].y1 and _goes_on(before, heading):
            found[-1] = replace(before, bottom=line.y1, text=f"{before.text} {line.text}", lines=before.lines + 1)
        elif _may_be_heading(line, upright, body_size=body_size):
            found.append(heading)
    return [heading for heading in found if len(heading.text) <= LONGEST and heading.lines <= 3]


def outline_of(headings: Iterable[Heading], pages: int) -> tuple[OutlineEntry, ...]:
    """The outline that these headings make, in the order of the document."""
    kept = _with_their_titles(_without_recurring(list(headings)))
    styles = _levels_of_styles(kept, pages)
    kept = [heading for heading in kept if heading.style in styles or heading.depth is not None]
    if not kept or len(kept) > max(8.0, MOST_PER_PAGE * pages):
        return ()
    numbered = sum(heading.depth is not None for heading in kept) >= 0.5 * len(kept)
    entries: list[OutlineEntry] = []
    below = 0
    for heading in kept:
        depth = heading.depth if numbered else None
        level = depth if depth is not None else styles.get(heading.style, 1)
        if numbered and depth is None:
            # Between numbered ones a heading without a number stands where its type stands, or below the last number.
            level = _level_of_style_among_numbered(heading, kept) or below + 1
        below = depth if depth is not None else below
        level = min(level, DEEPEST, (entries[-1].level if entries else 0) + 1)
        entries.append(OutlineEntry(max(1, level), " ".join(heading.text.split()), heading.page, round(heading.top, 1)))
    return tuple(entries)


def _may_be_heading(line: PrintedLine, lines: Sequence[PrintedLine], *, body_size: float) -> bool:
    text = line.text
    letters = sum(map(str.isalpha, text))
    enough = letters >= 3 or sum(map(is_cjk, text)) >= 2
    if not enough or letters < 0.5 * len(text.replace(" ", "")) or len(text) > LONGEST or line.mono > 0.5 or line.math > 0.4:
        return False
    if text[-1] in ",;" or text[0] in ",.;)" or opens_caption(line, body_size=body_size) or opens_statement(line):
        return False
    opens = text[0].isupper() or text[0].isdigit() or is_cjk(text[0]) or text[0] in '§“"('
    if not opens or re.search(r"[a-z]{2}[.]$", text):
        return False
    white = _white_above(line, lines)
    if line.size >= LARGER * body_size:
        return white >= 0.3 * line.size
    numbered = _NUMBERED.match(text) is not None or _CHAPTER.match(text) is not None
    return line.bold >= 0.9 and line.size >= 0.95 * body_size and len(line.words) <= 14 and white >= (0.4 if numbered else 0.6) * line.size


def _white_above(line: PrintedLine, lines: Sequence[PrintedLine]) -> float:
    """The distance in points to the next line above in the same column; a page's height where there is none."""
    above = [other.y1 for other in lines if other.y1 <= line.y0 + 0.3 * line.size and min(other.x1, line.x1) > max(other.x0, line.x0) and other is not line]
    return line.y0 - max(above) if above else 1000.0


def _goes_on(before: Heading, after: Heading) -> bool:
    """Whether a line is the second one of a heading: "Chapter 4" does not go on, "A very long" does."""
    same = abs(before.size - after.size) < 0.3 and before.bold == after.bold
    near = -0.3 * after.size < after.top - before.bottom < 0.6 * after.size
    return same and near and after.depth is None and not _CHAPTER.fullmatch(before.text.strip()) and before.text[-1] not in ".:"


def _without_recurring(headings: list[Heading]) -> list[Heading]:
    """Without what stands on page after page (a running head that nothing proved), and without what a title page says alone."""
    texts = Counter(heading.text.casefold() for heading in headings)
    pages = {heading.text.casefold(): set[int]() for heading in headings}
    for heading in headings:
        pages[heading.text.casefold()].add(heading.page)
    kept = [heading for heading in headings if texts[heading.text.casefold()] < 4 or len(pages[heading.text.casefold()]) < 4]
    later = {heading.style for heading in kept if heading.page > 1}
    # "1.2 Lists 17" beside "1.2 Lists" is a line of a table of contents; a date is no numbered heading.
    kept = [heading for heading in kept if (bare := _LISTED.sub("", heading.text.casefold())) == heading.text.casefold() or bare not in texts]
    kept = [heading for heading in kept if not _DATE.fullmatch(heading.text)]
    return [heading for heading in kept if heading.page > 1 or heading.style in later or _CHAPTER.match(heading.text) or "." in heading.text.split()[0][:-1]]


def _with_their_titles(headings: Sequence[Heading]) -> list[Heading]:
    """ "Chapter 4" and the title that stands below it as one heading."""
    joined: list[Heading] = []
    for heading in headings:
        before = joined[-1] if joined else None
        alone = before is not None and _CHAPTER.fullmatch(before.text.strip(" .:")) is not None
        if before is not None and alone and heading.page == before.page and heading.depth is None and 0 <= heading.top - before.bottom < CHAPTER_REACH:
            joined[-1] = replace(before, bottom=heading.bottom, text=f"{before.text} {heading.text}")
        else:
            joined.append(heading)
    return joined


def _levels_of_styles(headings: Sequence[Heading], pages: int) -> dict[tuple[float, bool], int]:
    """The level of each type that headings are set in: the larger the higher. What occurs once in a longer document is decoration."""
    counts = Counter(heading.style for heading in headings)
    styles = sorted((style for style, count in counts.items() if count >= 2 or pages <= 6), key=lambda style: (-style[0], not style[1]))
    while len(styles) > 1 and sum(counts[style] for style in styles) > max(8.0, MOST_PER_PAGE * pages):
        styles.pop()
    levels: dict[tuple[float, bool], int] = {}
    level = 0
    before: tuple[float, bool] | None = None
    for style in styles:
        # Half a point more or less is the same level, set on another page by another hand.
        level += before is None or before[0] - style[0] > 0.6 or before[1] != style[1]
        levels[style] = level
        before = style
    return levels


def _level_of_style_among_numbered(heading: Heading, headings: Sequence[Heading]) -> int | None:
    depths = Counter(other.depth for other in headings if other.style == heading.style and other.depth is not None)
    return max(depths, key=lambda depth: (depths[depth], -depth)) if depths else None

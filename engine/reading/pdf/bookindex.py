"""The index at the back of a book as knowledge: which term it finds on which pages. Pure.

An index is set in columns, an entry a line, what stands under it indented, and goes on over columns and pages. It names its
pages in as many ways as there are publishers: "12, 15–18", "125n", ". . . . 40", "see also lists".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from engine.reading.messages import IndexEntry, PageRead
from engine.reading.pdf.numbering import PageNumbers

LONGEST_TERM = 120
MOST_LINES = 1_500
"""Lines of a page that are looked at: four columns of small type have 400."""

MOST_PAGES = 60
"""Pages kept of one entry: what is on more of them is everywhere."""

_NUMBER = r"(?:\d{1,4}|[ivxlcdm]{1,8}|[A-Z]{1,2}[-.–]?\d{1,4})"
_REFERENCE = re.compile(rf"(?P<pages>{_NUMBER}(?:\s?[-–—‒]{{1,2}}\s?{_NUMBER})?)\s?(?P<mark>nn?|ff?|t)?\.?(?:\s?\d{{1,2}})?\s*(?:\([^()]{{1,24}}\))?[.]?")
_LEADER = re.compile(r"(?:\s*\.){2,}\s*|\s*…[\s…]*|\s{2,}")
_SEPARATOR = re.compile(r"\s*[,，、]\s*")
_SEE = re.compile(r"[\s.,;:(]*\b(?:see(?: also)?|siehe(?: auch)?|voir(?: aussi)?|véase(?: también)?)\b[:\s]+(?P<target>[^)]+?)[).]?\s*$", re.IGNORECASE)
_SEE_CJK = re.compile(r"[\s.,;:(（]*(?:参见|另见|见|參見)\s*[:：]?\s*(?P<target>[^)）]+)[)）]?\s*$")
_CONTINUED = re.compile(r"[\s,]*[(\[]?(?:cont(?:inued|['’]?d|\.)|fortsetzung|续)[)\]]?\s*$", re.IGNORECASE)
_STEP = 0.6
"""The least indentation of what stands under an entry, in units of the height of a line; signs hang out less ("\\circle" above "circuit")."""

_EDGES = " \t,;:.…·，、；："


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of an index page with the left and right edge of its text, and its top and bottom edge."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float


@dataclass(slots=True)
class _Entry:
    """An entry as far as its lines were read."""

    text: str
    indent: float
    above: tuple[str, ...]
    full: bool
    term: str = ""


@dataclass(slots=True)
class _Found:
    """What was found so far: pages by term, in the order in which the terms came; and what sends the reader elsewhere."""

    pages: dict[str, tuple[str, list[int]]] = field(default_factory=dict)
    elsewhere: list[tuple[str, str]] = field(default_factory=list)

    def add(self, term: str, pages: Iterable[int]) -> None:
        """These pages for this term, beside those that it has."""
        kept = self.pages.setdefault(_key(term), (term, []))[1]
        kept += [page for page in dict.fromkeys(pages) if page not in kept]


def parse_index(pages: Sequence[PageRead], numbers: PageNumbers) -> tuple[IndexEntry, ...]:
    """The entries of the index pages (in order), subentries as "list, circular"; none where nothing tells which pages are meant."""
    if not numbers.known:
        return ()
    columns = [column for page in pages for column in _columns(page)]
    with_commas = _sets_commas(line.text for column in columns for line in column)
    found = _Found()
    for entry in _entries(columns, numbers, with_commas):
        _take_apart(entry, numbers, with_commas, found)
    for term, target in found.elsewhere:
        named = found.pages.get(_key(target))
        if named is not None and _key(term) != _key(target):
            found.add(term, named[1])
    return tuple(IndexEntry(term, tuple(named[:MOST_PAGES])) for term, named in found.pages.values() if named)


# ---- lines and columns ---------------------------------------------------------------------------------------------------


def _lines(page: PageRead) -> list[_Line]:
    """The lines of a page's text with where they stand."""
    starts = [word.start for word in page.words]
    lines: list[_Line] = []
    for match in re.finditer(r"[^\n]*\S[^\n]*", page.text):
        words = page.words[bisect_left(starts, match.start()) : bisect_left(starts, match.end())]
        if words:
            edges = [min(word.x0 for word in words), max(word.x1 for word in words), min(word.y0 for word in words), max(word.y1 for word in words)]
            lines.append(_Line(match[0].strip(), *edges))
    return lines[:MOST_LINES]


def _columns(page: PageRead) -> list[list[_Line]]:
    """The lines column by column, from top to bottom; what runs through several columns (a title, a preamble) is left out."""
    lines = _lines(page)
    edges = _column_edges(lines)
    columns: list[list[_Line]] = [[] for _ in range(len(edges) + 1)]
    for line in lines:
        column = sum(edge <= line.x0 for edge in edges)
        width = line.x1 - line.x0
        if column == len(edges) or line.x1 - edges[column] < 0.3 * width:
            columns[column].append(line)
    joined: list[list[_Line]] = []
    for lines in columns:
        # White instead of dots between the terms and their pages makes the pages look like a column.
        only_pages = lines and sum(bool(re.fullmatch(r"[\divxlc,;\s–—-]+[nf]{0,2}", line.text)) for line in lines) > 0.8 * len(lines)
        if only_pages and joined:
            joined[-1] += lines
        elif lines:
            joined.append(lines)
    return [_on_baselines(column) for column in joined]


def _column_edges(lines: Sequence[_Line]) -> list[float]:
    """Where columns begin after the first one: many lines begin there, and hardly one runs across."""
    edges: list[float] = []
    for edge in sorted({round(line.x0) for line in lines}):
        begins = sum(-1.5 < line.x0 - edge < 8.0 for line in lines)
        before = sum(line.x1 < edge for line in lines)
        across = sum(line.x0 < edge - 2.0 and line.x1 > edge - 1.0 for line in lines)
        apart = not edges or edge - edges[-1] > 40.0
        if begins >= max(3, 0.08 * len(lines)) and before >= 0.1 * len(lines) and across <= 0.12 * len(lines) and apart:
            edges.append(edge - 1.5)
    return edges


def _on_baselines(column: list[_Line]) -> list[_Line]:
    """The lines of a column from top to bottom; what stands on one baseline is one line."""
    joined: list[_Line] = []
    for line in sorted(column, key=lambda line: (line.y0 + line.y1, line.x0)):
        before = joined[-1] if joined else None
        if before is not None and min(before.y1, line.y1) - max(before.y0, line.y0) > 0.6 * min(before.y1 - before.y0, line.y1 - line.y0):
            first, second = (before, line) if before.x0 <= line.x0 else (line, before)
            joined[-1] = _Line(f"{first.text}  {second.text}", first.x0, max(line.x1, before.x1), min(before.y0, line.y0), max(before.y1, line.y1))
        else:
            joined.append(line)
    return joined


# ---- entries -------------------------------------------------------------------------------------------------------------


def _sets_commas(texts: Iterable[str]) -> bool:
    """Whether a comma (and not mere white) stands between a term and its first page, as most lines have it."""
    commas = whites = 0
    for text in texts:
        commas += bool(re.search(r"[^\d\s,;], ?\d", text))
        whites += bool(re.fullmatch(r"[^,;]*[^\d,;\s.] \d{1,4}(?:[,;–-].*)?", text))
    return commas >= whites


def _entries(columns: Sequence[Sequence[_Line]], numbers: PageNumbers, with_commas: bool) -> Iterator[_Entry]:
    """The entries with their continuation lines joined, each with the terms that it stands under."""
    open_entries: list[_Entry] = []
    pending: _Entry | None = None
    for column in columns:
        left = _left_edge(column)
        right = max(line.x1 for line in column)
        for line in column:
            indent, full = max(0.0, line.x0 - left), line.x1 > right - 0.12 * (right - left)
            height = line.y1 - line.y0
            if pending is not None and _goes_on(pending, line.text, indent, height, numbers, with_commas):
                pending.text = _joined(pending.text, line.text)
                pending.full = full
                continue
            if pending is not None:
                yield pending
            while open_entries and open_entries[-1].indent > indent - _STEP * height:
                open_entries.pop()
            pending = _Entry(line.text, indent, tuple(entry.term for entry in open_entries if entry.term), full)
            pending.term = _term_of(line.text, numbers, with_commas)
            open_entries.append(pending)
    if pending is not None:
        yield pending


def _left_edge(column: Sequence[_Line]) -> float:
    """Where entries begin: the leftmost place at which several lines do."""
    many = max(2, len(column) // 12)
    edges = sorted(line.x0 for line in column)
    return next((edge for edge in edges if sum(abs(other - edge) < 2.0 for other in edges) >= many), edges[0])


def _goes_on(entry: _Entry, text: str, indent: float, height: float, numbers: PageNumbers, with_commas: bool) -> bool:
    """Whether a line continues the entry before it: pages alone, or after a comma or a full line without pages."""
    has_pages = bool(_split_off(entry.text, numbers, with_commas)[1])
    if _all_references(text, numbers) is not None and (not has_pages or entry.text.endswith((",", "，", "、", ";", "-", "–"))):
        return True
    deeper = indent > entry.indent + _STEP * height
    if not deeper:
        return False
    if entry.text.endswith((",", "，", "、", ";")) or entry.text.endswith(("-", "–")):
        return True
    return entry.full and not has_pages and not _SEE.search(entry.text)


def _joined(before: str, after: str) -> str:
    """A line and its continuation; a broken word is made whole, a broken run of pages too."""
    if before.endswith(("-", "–", "—")):
        return (before if before[-2:-1].isdigit() or not after[:1].islower() else before[:-1]) + after
    return f"{before} {after}"


def _take_apart(entry: _Entry, numbers: PageNumbers, with_commas: bool, found: _Found) -> None:
    """Note the pages of an entry and of what is run in with it ("lists, 12; circular, 15")."""
    text = _CONTINUED.sub("", entry.text)
    see = _SEE.search(text) or _SEE_CJK.search(text)
    target = see["target"].strip(_EDGES) if see else None
    text = text[: see.start()] if see else text
    parts = [part for part in re.split(r"\s*[;；]\s*", text) if part]
    term = ""
    for part in parts:
        references = _all_references(part, numbers) if term else None
        if references is not None:
            found.add(term, references)
            continue
        name, pages = _split_off(part, numbers, with_commas)
        name = name.strip(_EDGES)
        if not name:
            continue
        under = (*entry.above, term.rsplit(", ", 1)[-1]) if term and part is not parts[0] else entry.above
        full = ", ".join((*under, name))
        term = term or full
        if len(full) <= LONGEST_TERM and (under or not name.isdecimal()) and (pages or len(parts) == 1):
            found.add(full, pages)
    if target and term:
        for one in target.split(";"):
            found.elsewhere.append((term, one.strip(_EDGES)))


def _term_of(text: str, numbers: PageNumbers, with_commas: bool) -> str:
    """The term of a line, for what stands under it. A letter that opens its part of the index is none."""
    bare = _CONTINUED.sub("", text)
    see = _SEE.search(bare) or _SEE_CJK.search(bare)
    name, pages = _split_off(bare[: see.start()] if see else bare, numbers, with_commas)
    name = name.split(";")[0].strip(_EDGES)
    return "" if len(name) == 1 and not pages else name


def _split_off(text: str, numbers: PageNumbers, with_commas: bool) -> tuple[str, list[int]]:
    """The term and the pages that follow it."""
    parts = _SEPARATOR.split(text.strip().rstrip(",，、"))
    pages: list[int] = []
    first = len(parts)
    while first > 1 and (named := _reference(parts[first - 1], numbers)) is not None:
        pages[:0] = named
        first -= 1
    last = parts[first - 1]
    cut = _cut_at_leader(last, numbers, with_commas and bool(pages or len(parts) > 1))
    if cut is not None:
        last, named = cut
        pages[:0] = named
    return ", ".join([*parts[: first - 1], last]), pages


def _cut_at_leader(text: str, numbers: PageNumbers, commas_only: bool) -> tuple[str, tuple[int, ...]] | None:
    """A term and its first page with dots or white between them."""
    for leader in reversed(list(_LEADER.finditer(text))):
        named = _reference(text[leader.end() :], numbers)
        if named is not None and text[: leader.start()].strip():
            return text[: leader.start()], named
    if commas_only:
        return None
    before, _, after = text.rpartition(" ")
    if after.startswith("(") and before:  # "accessor 15 (library)"
        before, _, rest = before.rpartition(" ")
        after = f"{rest} {after}"
    named = _reference(after, numbers) if before.strip() and after[:1].isdigit() else None
    return None if named is None else (before, named)


def _all_references(text: str, numbers: PageNumbers) -> list[int] | None:
    """The pages of a line that names nothing else."""
    if not text[:1].isdigit():
        return None
    pages: list[int] = []
    for part in re.split(r"\s*[,;，、；]\s*", text.strip(_EDGES)):
        named = _reference(part, numbers)
        if named is None:
            return None
        pages += named
    return pages


def _reference(text: str, numbers: PageNumbers) -> tuple[int, ...] | None:
    """The pages of "125n" or "12–15"; None where it is no reference to pages, or to none that there are."""
    match = _REFERENCE.fullmatch(text.strip())
    if match is None:
        return None
    pages = numbers.pages_of(match["pages"])
    if not pages:
        return None
    following = {"f": 1, "ff": 2}.get(match["mark"] or "", 0)
    return (*pages, *(pages[-1] + step for step in range(1, following + 1)))


def _key(term: str) -> str:
    """What is the same for two ways to print one term."""
    return " ".join(term.casefold().split())

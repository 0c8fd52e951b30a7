"""What every line of a Markdown text is, and its headings. Pure, and linear in the text.

Read are CommonMark's blocks and what textbooks are written with: front matter, tables, formulas between `$$`, footnotes,
admonitions of MkDocs (`!!! note`, indented) and of MyST (`:::`, directives in fences).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

LineKind = Literal["heading", "rule", "code", "table", "item", "prose", "formula", "footnote", "meta", "blank"]
"""A rule is the underline of a heading; meta is what no reader sees (comments, marks of containers, pictures, front matter)."""

_ATX = re.compile(r" {0,3}(?P<marks>#{1,6})[ \t]+(?P<title>\S.*)$")
_SETEXT = re.compile(r" {0,3}(?:(?P<first>=+)|(?P<second>-{2,}))[ \t]*$")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,}|:{3,})(?P<info>[^`]*)$")
_LIST_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s")
_TABLE_ROW = re.compile(r"\s*\|.*\|\s*$")
_TABLE_RULE = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+){1,200}\|?\s*$")
_THEMATIC = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?|===!?\+?)\s+\S")
_DIRECTIVE = re.compile(r"\s*\{(?P<name>[\w:-]{1,40})\}")
_READ_DIRECTIVES = re.compile(
    r"note|warning|tip|hint|important|caution|danger|attention|seealso|admonition|exercise|solution|prf:|proof|theorem|margin|sidebar|topic|dropdown|card|tab|epigraph|div"
)
_FOOTNOTE = re.compile(r" {0,3}\[\^[^\]\s]{1,60}\]:\s")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_PICTURE = re.compile(r"\[?!\[[^\]\n]{0,300}\](?:\([^)\n]{0,500}\)|\[[^\]\n]{0,100}\])(?:\]\([^)\n]{0,500}\))?(?:\{[^}\n]{0,200}\})?")
_MARKS = re.compile(r"\[TOC\]|\[\[toc\]\]|\{:[^}\n]{0,200}\}|\{%.{0,200}%\}|--8<--.{0,200}|:::+", re.IGNORECASE)
_REFERENCE = re.compile(r" {0,3}\[[^\]\n^]{1,200}\]:\s+\S+")
_META_LINE = re.compile(r"(?P<key>[A-Za-z][\w -]{0,30}):(?:\s+(?P<value>.*))?$")
_META_KEYS = frozenset("title author authors date tags description disqus status summary keywords layout lang license copyright template".split(" "))  # noqa: SIM905
_MARKUP = re.compile(r"!?\[(?P<text>[^\]]{0,300})\]\([^)]{0,500}\)|[*_`]+(?P<word>[^*_`]{1,200})[*_`]+|<[^<>]{1,300}>|\s*\{#[^}]{0,100}\}")
_CLOSING_MARKS = re.compile(r"[ \t]+#+[ \t]*\Z")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on a line (from 0)."""

    line: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Lines:
    """A kind per line, the headings, and the title that the front matter states."""

    kinds: list[LineKind]
    headings: list[Heading]
    title: str | None


def read_lines(lines: Sequence[str]) -> Lines:
    """Tell what every line is."""
    start, title = _front_matter(lines)
    reader = _Reader(lines, start)
    for index in range(start, len(lines)):
        reader.read(index)
    return Lines(reader.kinds, reader.headings, title)


class _Reader:
    def __init__(self, lines: Sequence[str], start: int) -> None:
        self._lines = lines
        self._start = start
        self._until: str | None = None  # what ends the fence, formula or comment that is open
        self._inside: LineKind = "code"
        self._containers: list[str] = []  # fences of directives whose content is read
        self._indent = 0  # of the admonition that the line stands in
        self.kinds: list[LineKind] = ["meta" if index < start else "prose" for index in range(len(lines))]
        self.headings: list[Heading] = []

    def read(self, index: int) -> None:
        """Take the next line."""
        line = self._lines[index]
        if self._until is not None:
            self.kinds[index] = self._inside
            if self._ends(line):
                self._until = None
            return
        if not line.strip():
            self.kinds[index] = "blank"
            return
        depth = len(line) - len(line.lstrip(" "))
        while self._indent and depth < self._indent:
            self._indent -= 4
        line = line[self._indent :].replace("\t", "    ", 1)
        self.kinds[index] = self._opened(line) or self._kind(line, index)
        if (
            self.kinds[index] == "table"
            and _TABLE_RULE.match(line)
            and self.kinds[index - 1] == "prose"
            and index > self._start
            and "|" in self._lines[index - 1]
        ):
            self.kinds[index - 1] = "table"

    def _ends(self, line: str) -> bool:
        until = self._until or ""
        if until in ("$$", "\\]", "-->"):
            return until in line
        bare = line.strip()
        return len(bare) >= len(until) and bare[:1] == until[0] and not bare.strip(until[0])

    def _opened(self, line: str) -> LineKind | None:
        """The kind of a line that opens (or closes) something that reaches over several."""
        text = line.strip()
        fence = _FENCE.match(line)
        if fence is not None:
            directive = _DIRECTIVE.match(fence["info"])
            closes = not fence["info"].strip()
            if closes and self._containers and fence["fence"][0] == self._containers[-1][0] and len(fence["fence"]) >= len(self._containers[-1]):
                self._containers.pop()
                return "meta"
            if fence["fence"][0] == ":" and (directive is None or _READ_DIRECTIVES.match(directive["name"])) and (closes or len(self._containers) < 20):
                if not closes:
                    self._containers.append(fence["fence"])
                return "meta" if closes or directive else "prose"
            if directive and _READ_DIRECTIVES.match(directive["name"]) and len(self._containers) < 20:
                self._containers.append(fence["fence"])
                return "prose" if fence["info"][directive.end() :].strip() else "meta"
            self._until = fence["fence"]
            silent = directive and directive["name"] in ("toctree", "figure", "image", "bibliography", "contents", "raw", "eval-rst", "mermaid")
            self._inside = "formula" if directive and directive["name"] == "math" else "meta" if silent else "code"
            return self._inside
        if text.startswith(("$$", "\\[")):
            until = "$$" if text.startswith("$$") else "\\]"
            self._until, self._inside = (None if until in text[2:] else until), "formula"
            return "formula"
        if text.startswith("<!--"):
            after = text.find("-->", 4)
            if after < 0:
                self._until, self._inside = "-->", "meta"
            return "meta" if after < 0 or not text[after + 3 :].strip() else None
        if _ADMONITION.match(text):
            self._indent += len(line) - len(line.lstrip()) + 4
            return "prose"
        return None

    def _kind(self, line: str, index: int) -> LineKind:
        before = self.kinds[index - 1] if index > self._start else "blank"
        if (atx := _ATX.match(line)) and (title := _CLOSING_MARKS.sub("", atx["title"][:400]).strip("# ")):
            self.headings.append(Heading(index, len(atx["marks"]), plain_title(title)))
            return "heading"
        setext = _SETEXT.match(line)
        if setext and before == "prose" and (index == self._start + 1 or self.kinds[index - 2] != "prose"):
            self.kinds[index - 1] = "heading"
            self.headings.append(Heading(index - 1, 1 if setext["first"] else 2, plain_title(self._lines[index - 1][:400])))
            return "rule"
        if _TABLE_ROW.match(line) or _TABLE_RULE.match(line) or (before == "table" and "|" in line):
            return "table"
        if _THEMATIC.match(line):
            return "meta"
        if line.startswith("    ") and before in ("blank", "code") and not self._in_list(index):
            return "code"
        if _FOOTNOTE.match(line):
            return "footnote"
        if _shows_nothing(line):
            return "meta"
        return "item" if _LIST_ITEM.match(line) else "prose"

    def _in_list(self, index: int) -> bool:
        """Whether the indented line continues a list item: the nearest line above that is not blank belongs to one."""
        for before in range(index - 1, max(self._start - 1, index - 200), -1):
            if self.kinds[before] != "blank":
                return self.kinds[before] in ("item", "footnote") or (self.kinds[before] in ("prose", "formula") and self._lines[before].startswith("  "))
        return False


def plain_title(title: str) -> str:
    """A heading without links and marks."""
    return " ".join(_MARKUP.sub(lambda match: match["text"] or match["word"] or "", title).split()) or title.strip()


def _shows_nothing(line: str) -> bool:
    """Whether a line holds tags, pictures without a description, targets of links and the like only."""
    if _REFERENCE.match(line):
        return True
    if not line.lstrip().startswith(("<", "!", "[", "{", "-", ":")):
        return False
    rest = _TAG.sub("", _MARKS.sub("", _PICTURE.sub("", line[:4000])))
    return len(line) <= 4000 and not rest.strip(" \t|·•")


def _front_matter(lines: Sequence[str]) -> tuple[int, str | None]:
    """How many lines the front matter takes (between two lines of dashes, or fields before the first blank line), and the title in it."""
    if lines[0].strip() == "---":
        for index, line in enumerate(lines[1:200], start=1):
            if line.strip() in ("---", "..."):
                return index + 1, _stated_title(lines[1:index])
        return 0, None
    first = _META_LINE.match(lines[0])
    if first is None or first["key"].lower() not in _META_KEYS:
        return 0, None
    end = next((index for index, line in enumerate(lines[:40]) if not (_META_LINE.match(line) or line.startswith("    "))), 0)
    if end and end < len(lines) and lines[end].strip():
        return 0, None  # a sentence that begins with "Title:" goes on
    return end, _stated_title(lines[:end])


def _stated_title(rows: Sequence[str]) -> str | None:
    stated = (re.match(r"title\s*:\s*(.+)", row, re.IGNORECASE) for row in rows)
    return next((match[1].strip().strip("\"'") for match in stated if match), None) or None

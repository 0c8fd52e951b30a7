"""The section tree of a document with the numbers that are printed before its titles, and how a part is found in it. Pure.

A PDF's outline often leaves the numbers out ("Threads"), while the page has them: "Chapter 2" stands above the title, or "2.1" before it.
So a section's label comes from its title, else from the headings of its first page, else from its children ("3.1" lies in 3), and
only where a document has none at all are the entries of the first level counted, without prefaces and bibliographies.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.surveying.wanted import PartWord
from engine.surveying.wanted_zh import number_of
from engine.values import Section

_NUMBER = r"\d{1,3}(?:\.\d{1,3}){0,5}"
_LETTERED = r"[A-Z](?:\.\d{1,3}){0,4}"
_HEAD = re.compile(
    rf"^\s*(?:(?P<word>chapter|part|section|appendix|lecture|unit|§)\s*)?(?P<label>{_NUMBER}|{_LETTERED}|"
    rf"[IVX]{{1,6}})\s*[.:)]?(?:\s+[-–—:]?\s*|$)(?P<title>.*)$",
    re.IGNORECASE,
)
_HEAD_CJK = re.compile(rf"^\s*第\s*(?P<label>{_NUMBER}|[〇零一二两三四五六七八九十]{{1,4}})\s*(?P<word>章|节|部分|篇|讲)\s*[:：、.]?\s*(?P<title>.*)$")
_CJK_NUMBERED = re.compile(rf"^\s*(?P<label>{_NUMBER})\s*[.、:：]?\s*(?P<title>[\u3400-\u9fff].*)$")
_AROUND = re.compile(
    r"^(?:(?:unofficial|half)[- ].*|(?:short |brief )?(?:table of )?contents|title ?page|cover|copyright.*|licen[cs]e|dedication|foreword|"
    r"preface.*|acknowledge?ments?|about .*|"
    r"colophon|bibliography|references|(?:subject |general |author |name )?index|glossary|list of .*|further reading|errata|contributions|contributors?|"
    r"gnu free documentation license|credits|notation|notations|answers.*|solutions.*|"
    r"目录|前言|序言?|致谢|参考文献|索引|版权.*|后记|附录.*|appendix.*|appendices)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A section with its label ("3.2", "A", "II"; None: it has none) and its title without it."""

    section: Section
    label: str | None
    title: str
    word: str = ""
    """"part", "appendix" or "chapter" where the book says so."""
    counted: bool = False
    """The label is ours, because the document prints none."""

    @property
    def heading(self) -> str:
        """ "3.2 Hash tables", as the document prints it."""
        return self.title if self.counted else self.numbered

    @property
    def numbered(self) -> str:
        """The same with a label that is ours."""
        return f"{self.label} {self.title}" if self.label and self.title else self.title or self.label or ""


@dataclass(frozen=True, slots=True)
class Outline:
    """All sections of a document in its order. `counted`: labels are ours, because the document prints none."""

    entries: tuple[Entry, ...]
    counted: bool = False

    def below(self, entry: Entry) -> tuple[Entry, ...]:
        """The sections one step below, in order."""
        inner = self.inside(entry)
        nearest = min((other.section.level for other in inner), default=0)
        return tuple(other for other in inner if other.section.level == nearest)

    def inside(self, entry: Entry) -> tuple[Entry, ...]:
        """Everything deeper that follows it."""
        found: list[Entry] = []
        for other in self.entries[self.entries.index(entry) + 1 :]:
            if other.section.level <= entry.section.level:
                break
            found.append(other)
        return tuple(found)

    def above(self, entry: Entry) -> tuple[Entry, ...]:
        """The sections that it lies in, the outermost first."""
        found: list[Entry] = []
        level = entry.section.level
        for other in reversed(self.entries[: self.entries.index(entry)]):
            if other.section.level < level:
                found.insert(0, other)
                level = other.section.level
        return tuple(found)

    def tops(self) -> tuple[Entry, ...]:
        """The chapters: entries of the first level without what stands around them; where that is one alone (the title), those below it."""
        level = min((entry.section.level for entry in self.entries), default=1)
        while True:
            found = [entry for entry in self.entries if entry.section.level == level]
            tops = tuple(entry for entry in found if not is_around(entry.title))
            if len(found) == 1 and self.below(found[0]):
                level += 1
                continue
            return tops or tuple(found)

    def chapters(self) -> tuple[Entry, ...]:
        """The tops, with the parts that a book is divided into replaced by their chapters."""
        found: list[Entry] = []
        for top in self.tops():
            below = self.below(top)
            is_part = top.word == "part" or (
                below and top.label is not None and not re.match(r"\d", top.label) and any(e.label and e.label.isdecimal() for e in below)
            )
            found += below if is_part and below else (top,)
        return tuple(found)

    def labelled(self, label: str, part: PartWord) -> Entry | None:
        """The part with this number, as the question names it."""
        wanted = number_of(label).casefold()
        found = [entry for entry in self.entries if entry.label is not None and entry.label.casefold() == wanted]
        said = (
            [entry for entry in found if entry.word == part]
            if part in ("part", "appendix")
            else [entry for entry in found if entry.word not in ("part", "appendix")]
        )
        if part == "part" and not said and wanted.isdecimal():
            return self.labelled(_roman(int(wanted)), part) if 0 < int(wanted) < 40 else None
        candidates = said or (found if part != "part" else [])
        return min(candidates, key=lambda entry: entry.section.level) if candidates else None

    def titled(self, title: str) -> tuple[Entry, ...]:
        """The parts with exactly this title, else those whose title holds all its words."""
        wanted = squeezed(title)
        exact = tuple(entry for entry in self.entries if wanted and _singular(squeezed(entry.title)) == _singular(wanted))
        return exact

    def about(self, title: str) -> tuple[Entry, ...]:
        """The parts whose title holds all words of `title`, those of the highest level only."""
        exact = self.titled(title)
        if exact:
            return exact
        wanted = _stems(title)
        found = [entry for entry in self.entries if wanted and wanted <= _stems(entry.title)]
        highest = min((entry.section.level for entry in found), default=0)
        return tuple(entry for entry in found if entry.section.level == highest)


def is_around(title: str) -> bool:
    """Whether a section stands around a book's text rather than in it: a preface, the bibliography, an index."""
    return _AROUND.match(title.strip(" !！.。:：")) is not None


def make_outline(sections: Sequence[Section], headings: Mapping[int, Sequence[str]]) -> Outline:
    """The outline; `headings` holds the headings of each section's first page in their order, by the page's number."""
    entries = [_entry(section, headings.get(section.first_page, ())) for section in sections]
    entries = _labels_from_children(entries)
    if any(entry.label is not None for entry in entries):
        return Outline(tuple(entries))
    plain = Outline(tuple(entries))
    numbers = {entry.section.number: str(number) for number, entry in enumerate(plain.tops(), 1) if not is_around(entry.title)}
    return Outline(tuple(Entry(e.section, numbers.get(e.section.number), e.title, e.word, counted=True) for e in entries), counted=True)


def _entry(section: Section, headings: Sequence[str]) -> Entry:
    label, word, title = split_label(section.title)
    if label is not None and (word or label[0].isdigit()):
        return Entry(section, label, title, word or _word_above(section.title, label, headings))
    wanted = squeezed(section.title)
    for index, heading in enumerate(headings):
        whole = squeezed(heading)
        if not wanted or not whole.endswith(wanted):
            continue
        printed, said, rest = split_label(heading)
        if printed is not None and squeezed(rest) == wanted:
            return Entry(section, printed, section.title, said)
        if len(whole) > len(wanted) and (end := re.search(rf"({_NUMBER})\.?\s*$", heading[: _start_of(heading, wanted)])):
            return Entry(section, end[1], section.title)
        if index and whole == wanted:
            printed, said, rest = split_label(headings[index - 1])
            if printed is not None and said and not rest:
                return Entry(section, printed, section.title, said)
    if label is not None:  # "I Trees" under "Part I", "A Lists": a letter is a label where the page, or nothing else, explains it
        above = _word_above(section.title, label, headings)
        if above or re.fullmatch(r"[A-HIVX]+", label):
            return Entry(section, label, title, above)
    return Entry(section, None, section.title.strip())


def _word_above(title: str, label: str, headings: Sequence[str]) -> str:
    """ "part" where the page has "Part I" above "Trees"."""
    for heading in headings:
        printed, word, rest = split_label(heading)
        if printed == label and word and (not rest or squeezed(rest) in squeezed(title)):
            return word
    return ""


def split_label(title: str) -> tuple[str | None, str, str]:
    """(label, "chapter" or the like where it is said, the rest) of a heading."""
    text = unicodedata.normalize("NFKC", title).strip()
    if match := _HEAD_CJK.match(text):
        word = {"章": "chapter", "讲": "chapter", "节": "section"}.get(match["word"], "part")
        return number_of(match["label"]), word, match["title"].strip()
    if match := _CJK_NUMBERED.match(text):
        return match["label"], "", match["title"].strip()
    if match := re.match(r"^\s*附录\s*([A-Z一二三四五六])\s*[:：、.]?\s*(.*)$", text):
        return number_of(match[1]), "appendix", match[2].strip()
    match = _HEAD.match(text)
    if match is None or not (match["label"][0].isdigit() or match["label"].isupper()):
        return None, "", text
    word = (match["word"] or "").casefold()
    return match["label"], {"lecture": "chapter", "unit": "chapter", "§": "section"}.get(word, word), match["title"].strip()


def _labels_from_children(entries: list[Entry]) -> list[Entry]:
    """A section without a label whose children are 3.1, 3.2 … is 3."""
    outline = Outline(tuple(entries))
    found: list[Entry] = []
    for entry in entries:
        if entry.label is None and not is_around(entry.title):
            prefixes = {child.label.rpartition(".")[0] for child in outline.below(entry) if child.label and "." in child.label}
            if len(prefixes) == 1 and not any(other.label in prefixes for other in entries if other.section.level <= entry.section.level):
                entry = Entry(entry.section, prefixes.pop(), entry.title, entry.word)
        found.append(entry)
    return found


def squeezed(text: str) -> str:
    """Letters and digits only, without case: titles differ in blanks, quotes and hyphens."""
    return "".join(character for character in unicodedata.normalize("NFKC", text).casefold() if character.isalnum())


def _singular(text: str) -> str:
    return text.removesuffix("s")


def _stems(text: str) -> frozenset[str]:
    from engine.answering.terms import content_terms

    return frozenset(content_terms(text))


def _start_of(heading: str, wanted: str) -> int:
    """Where the title begins in a heading that ends with it, letters and digits compared."""
    left = len(wanted)
    for place in range(len(heading) - 1, -1, -1):
        left -= heading[place].isalnum()
        if left == 0:
            return place
    return 0


def _roman(number: int) -> str:
    signs = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, sign in signs:
        while number >= value:
            text, number = text + sign, number - value
    return text

"""The numbers and marks before the list items and numbered headings of a Word document, counted as Word counts. Pure but for the counting."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.reading.parts.markup import Node
from engine.reading.parts.symbol_fonts import is_symbol_font

BULLETS = ("•", "–", "·")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LARGEST = 9999


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = "%1."
    legal: bool = False
    restarts_after: int | None = None


@dataclass(slots=True)
class Numbering:
    """The lists of a document; each paragraph takes its label in document order."""

    abstract_of: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, Mapping[int, _Level]] = field(default_factory=dict)
    overrides: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    by_style: Mapping[str, int] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def level_of_style(self, style: str) -> int | None:
        """The level that a list gives to paragraphs of this style."""
        return self.by_style.get(style)

    def next_label(self, number: str, level: int) -> str:
        """The label of the next paragraph of this list at this level: "1.", "(a)", "•", or nothing."""
        abstract = self.abstract_of.get(number)
        if abstract is None:
            return ""
        levels = self.levels.get(abstract, {})
        counts = self._counts.setdefault(abstract, {})
        if number not in self._begun:
            self._begun.add(number)
            for overridden, start in self.overrides.get(number, {}).items():
                counts[overridden] = start - 1
        here = levels.get(level, _Level())
        counts[level] = counts.get(level, here.start - 1) + 1
        for deeper in [depth for depth in counts if depth > level]:
            after = levels.get(deeper, _Level()).restarts_after
            if after is None or (after and level < after):
                del counts[deeper]
        if here.form == "bullet":
            return bullet(here.text, level)
        if here.form == "none":
            return ""
        return re.sub(r"%([1-9])", lambda found: self._shown(levels, counts, int(found[1]) - 1, legal=here.legal), here.text).strip()

    def _shown(self, levels: Mapping[int, _Level], counts: Mapping[int, int], level: int, *, legal: bool) -> str:
        stated = levels.get(level, _Level())
        return formatted(counts.get(level, stated.start), "decimal" if legal else stated.form)


def read_numbering(tree: Node | None) -> Numbering:
    """The lists of `word/numbering.xml`."""
    if tree is None:
        return Numbering()
    levels: dict[str, Mapping[int, _Level]] = {}
    by_style: dict[str, int] = {}
    links: dict[str, str] = {}
    for abstract in tree.all("w:abstractNum"):
        key = abstract.get("w:abstractNumId")
        levels[key] = {_number(level.get("w:ilvl"), 0): _level(level) for level in abstract.all("w:lvl")}
        for level in abstract.all("w:lvl"):
            style = level.find("w:pStyle")
            if style is not None:
                by_style.setdefault(style.get("w:val"), _number(level.get("w:ilvl"), 0))
        link = abstract.find("w:styleLink")
        if link is not None:
            links[link.get("w:val")] = key
    for abstract in tree.all("w:abstractNum"):
        linked = abstract.find("w:numStyleLink")
        if linked is not None and linked.get("w:val") in links:
            levels[abstract.get("w:abstractNumId")] = levels[links[linked.get("w:val")]]
    abstract_of: dict[str, str] = {}
    overrides: dict[str, Mapping[int, int]] = {}
    for number in tree.all("w:num"):
        key, stated = number.get("w:numId"), number.find("w:abstractNumId")
        if stated is None:
            continue
        abstract_of[key] = stated.get("w:val")
        overrides[key] = _starts(number)
        own = {_number(override.get("w:ilvl"), 0): _level(level) for override in number.all("w:lvlOverride") for level in override.all("w:lvl")}
        if own:
            abstract_of[key] = f"{stated.get('w:val')} as {key}"
            levels[abstract_of[key]] = {**levels.get(stated.get("w:val"), {}), **own}
    return Numbering(abstract_of, levels, overrides, by_style)


def formatted(number: int, form: str) -> str:
    """A number as a list shows it; forms that we don't know are shown in digits."""
    number = max(0, min(number, _LARGEST))
    if form in ("lowerLetter", "upperLetter") and number:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman") and number:
        roman = ""
        for value, sign in _ROMAN:
            roman, number = roman + sign * (number // value), number % value
        return roman if form == "lowerRoman" else roman.upper()
    if form == "decimalZero":
        return f"{number:02}"
    return "" if form == "none" else str(number)


def bullet(mark: str, level: int) -> str:
    """The mark of an unnumbered item: the file's own where every font has it, else one by level."""
    mark = mark.strip()
    plain = len(mark) == 1 and not mark.isalnum() and not "\ue000" <= mark <= "\uf8ff"
    return mark if plain else BULLETS[min(level, len(BULLETS) - 1)]


def _level(level: Node) -> _Level:
    def value(name: str, default: str) -> str:
        found = level.find(name)
        return found.get("w:val", default) if found is not None else default

    legal = level.find("w:isLgl")
    fonts = level.find("w:rPr", "w:rFonts")
    signs = fonts is not None and is_symbol_font(fonts.get("w:ascii"))
    restart = value("w:lvlRestart", "")
    return _Level(
        _number(value("w:start", "1"), 1),
        value("w:numFmt", "decimal"),
        "" if signs and value("w:numFmt", "decimal") == "bullet" else value("w:lvlText", ""),
        legal is not None and legal.get("w:val", "1") not in ("0", "false"),
        _number(restart, 0) if restart else None,
    )


def _starts(number: Node) -> dict[int, int]:
    starts: dict[int, int] = {}
    for override in number.all("w:lvlOverride"):
        start = override.find("w:startOverride")
        if start is not None:
            starts[_number(override.get("w:ilvl"), 0)] = _number(start.get("w:val"), 1)
    return starts


def _number(text: str, default: int) -> int:
    return int(text) if text.isdigit() and len(text) < 6 else default

"""What the styles of a Word document say: headings, code, captions, and how runs are set. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.reading.parts.markup import Node
from engine.reading.parts.typesetting import Look

_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|заголовок|标题|標題|見出し|제목)\s*(\d)", re.IGNORECASE
)
_TITLE = re.compile(r"(?:title|titel|book title|标题|標題|表題|제목|название)$", re.IGNORECASE)
_CODE = re.compile(
    r"(?:^|[\s_\-])(?:source|html|program)?(?:code|source|listing|verbatim|preformatted|macro text|console|terminal|quelltext|quellcode)"
    r"(?:$|[\s_\-\d])|代码|程序",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"caption|beschriftung|légende|leyenda|didascalia|题注|図表番号", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|contents|index|verzeichnis|table of figures|table of authorities)\s*(?:heading|\d)?$|目录", re.IGNORECASE)
_COLOUR = re.compile("[0-9a-fA-F]{6}")
_NO = frozenset({"0", "false", "off", "none"})


SMALLEST_SEEN = 1.6
"""Type size in points: what is set smaller is not meant to be read."""

_LIGHTEST = 235
"""Of 255: what is lighter tells itself from white paper as little as `LEAST_CONTRAST` in PDFs."""


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it inherits. `level` counts headings from 1, 0 is body text; `numbering` is the list's id and level."""

    names: tuple[str, ...] = ()
    level: int = 0
    look: Look = field(default_factory=Look)
    numbering: tuple[str, int] | None = None
    grounded: bool = False
    """Whether it gives its text another ground than white paper."""

    @property
    def is_title(self) -> bool:
        """The title of the document."""
        return bool(self.names) and bool(_TITLE.fullmatch(self.names[0]))

    @property
    def is_code(self) -> bool:
        """A program or what a terminal shows."""
        return any(_CODE.search(name) for name in self.names)

    @property
    def is_caption(self) -> bool:
        """What a figure or table is called."""
        return any(_CAPTION.search(name) for name in self.names)

    @property
    def is_contents(self) -> bool:
        """A line of a table of contents or an index that the program made: it repeats headings."""
        return any(_CONTENTS.match(name) for name in self.names)


@dataclass(frozen=True, slots=True)
class Styles:
    """All styles of a document, by their ids."""

    by_id: Mapping[str, Style] = field(default_factory=dict)
    default: Style = field(default_factory=Style)

    def paragraph(self, style: str | None) -> Style:
        """A paragraph's style; an unknown one is the default."""
        return self.by_id.get(style or "", self.default)

    def character(self, style: str | None) -> Style:
        """A character style; an unknown one says nothing."""
        return self.by_id.get(style or "", _NOTHING)


_NOTHING = Style()


def read_styles(tree: Node | None) -> Styles:
    """The styles of `word/styles.xml`."""
    if tree is None:
        return Styles()
    stated = {style.get("w:styleId"): style for style in tree.all("w:style")}
    ground = look_of(tree.find("w:docDefaults", "w:rPrDefault", "w:rPr"))
    ground = replace(ground, size=ground.size or 10.0)
    resolved = {key: _resolved(key, stated, ground) for key in stated}
    default = next(
        (resolved[key] for key, style in stated.items() if style.get("w:type") == "paragraph" and style.get("w:default") in ("1", "true")), Style(look=ground)
    )
    return Styles(resolved, default)


def look_of(properties: Node | None) -> Look:
    """What `w:rPr` says about the look of text."""
    if properties is None:
        return Look()
    fonts, size = properties.find("w:rFonts"), properties.find("w:sz")
    stated_size = size.get("w:val") if size is not None else ""
    underline, align = properties.find("w:u"), properties.find("w:vertAlign")
    return Look(
        _switch(properties, "w:b"),
        _switch(properties, "w:i"),
        _switch(properties, "w:vanish"),
        None if underline is None else underline.get("w:val", "single") != "none",
        (fonts.get("w:ascii") or fonts.get("w:hAnsi") or None) if fonts is not None else None,
        float(stated_size) / 2 if stated_size.isdigit() and len(stated_size) < 5 else None,
        {"superscript": "^", "subscript": "_"}.get(align.get("w:val"), "") if align is not None else None,
    )


def is_unseen(properties: Node | None) -> bool:
    """Whether letters that `w:rPr` itself sets in white or a point high can't be seen on white paper."""
    if properties is None:
        return False
    colour, size = properties.find("w:color"), properties.find("w:sz")
    half_points = size.get("w:val") if size is not None else ""
    if half_points.isdigit() and len(half_points) < 5 and int(half_points) / 2 < SMALLEST_SEEN:
        return True
    return colour is not None and _is_white(colour.get("w:val")) and not has_ground(properties)


def has_ground(properties: Node | None) -> bool:
    """Whether `w:pPr` or `w:rPr` gives text another ground than white paper."""
    shading = properties.find("w:shd") if properties is not None else None
    fill = shading.get("w:fill", "auto") if shading is not None else "auto"
    shaded = shading is not None and ((fill.lower() != "auto" and not _is_white(fill)) or shading.get("w:themeFill") != "")
    marked = properties.find("w:highlight") if properties is not None else None
    return shaded or (marked is not None and marked.get("w:val") not in ("none", "white"))


def _is_white(colour: str) -> bool:
    """Whether a colour in six hexadecimal digits can hardly be told from white."""
    if not _COLOUR.fullmatch(colour):
        return colour.lower() == "white"
    red, green, blue = bytes.fromhex(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue > _LIGHTEST


def outline_level(properties: Node | None) -> int | None:
    """The heading level from 1 that `w:pPr` states, 0 for body text, None where it says nothing."""
    stated = properties.find("w:outlineLvl") if properties is not None else None
    value = stated.get("w:val") if stated is not None else ""
    if not value.isdigit():
        return None
    return int(value) + 1 if int(value) < 9 else 0


def numbering_of(properties: Node | None) -> tuple[str | None, int | None]:
    """The id of the list that `w:pPr` puts a paragraph into ("0": none at all), and the level from 0."""
    stated = properties.find("w:numPr") if properties is not None else None
    if stated is None:
        return None, None
    number, level = stated.find("w:numId"), stated.find("w:ilvl")
    depth = level.get("w:val") if level is not None else ""
    return (number.get("w:val") if number is not None else None), (min(int(depth), 8) if depth.isdigit() else None)


def _switch(properties: Node, name: str) -> bool | None:
    stated = properties.find(name)
    return None if stated is None else stated.get("w:val", "1").lower() not in _NO


def _resolved(key: str, stated: Mapping[str, Node], ground: Look) -> Style:
    """A style with what it inherits from those it is based on; circles end where they close."""
    chain: list[Node] = []
    seen: set[str] = set()
    current = key
    while current in stated and current not in seen:
        seen.add(current)
        chain.append(stated[current])
        based_on = stated[current].find("w:basedOn")
        current = based_on.get("w:val") if based_on is not None else ""
    names = tuple(found.get("w:val") for style in chain if (found := style.find("w:name")) is not None)
    look = Look()
    for style in chain:
        look = look.over(look_of(style.find("w:rPr")))
    if stated[key].get("w:type") == "paragraph":
        look = look.over(ground)
    grounded = any(has_ground(style.find(name)) for style in chain for name in ("w:pPr", "w:rPr"))
    return Style(names, _level(chain), look, _numbering(chain), grounded)


def _level(chain: list[Node]) -> int:
    for style in chain:
        name = style.find("w:name")
        named = _HEADING.match(name.get("w:val")) if name is not None else None
        level = outline_level(style.find("w:pPr"))
        if level is not None:
            return level
        if named:
            return int(named[1])
        if name is not None and (_TITLE.fullmatch(name.get("w:val")) or _CONTENTS.match(name.get("w:val"))):
            return 0
    return 0


def _numbering(chain: list[Node]) -> tuple[str, int] | None:
    number: str | None = None
    level: int | None = None
    for style in chain:
        stated, depth = numbering_of(style.find("w:pPr"))
        number, level = number or stated, depth if level is None else level
    return (number, level or 0) if number and number != "0" else None

"""What the styles of an OpenDocument file say: how text is set, what is a title, code or caption, and how lists are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.reading.parts.docx_numbering import bullet, formatted
from engine.reading.parts.markup import Node
from engine.reading.parts.symbol_fonts import is_symbol_font
from engine.reading.parts.typesetting import Look

_CODE = re.compile(r"preformatted|source[ _]?(?:text|code)|\bcode\b|listing|verbatim|quelltext", re.IGNORECASE)
_CAPTION = re.compile(r"caption|illustration|beschriftung|^(?:table|figure|drawing|abbildung|tabelle)$", re.IGNORECASE)
_TITLE = re.compile(r"title|titel|标题", re.IGNORECASE)
_LENGTH = re.compile(r"(-?[\d.]+)(cm|mm|in|pt|pc|px)")
_POINTS = {"cm": 72 / 2.54, "mm": 7.2 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_ESCAPED = re.compile(r"_([0-9a-f]{2,4})_")


@dataclass(frozen=True, slots=True)
class OdfStyle:
    """A style with what it inherits; `names` are its own and those of its parents, as a person sees them."""

    names: tuple[str, ...] = ()
    look: Look = field(default_factory=Look)
    list_style: str | None = None

    @property
    def is_code(self) -> bool:
        """A program or what a terminal shows."""
        return any(_CODE.search(name) for name in self.names)

    @property
    def is_caption(self) -> bool:
        """What a figure or table is called."""
        return any(_CAPTION.search(name) for name in self.names)

    @property
    def is_title(self) -> bool:
        """The title of the document."""
        return any(_TITLE.fullmatch(name) for name in self.names)


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How items of one level are marked."""

    form: str
    """"bullet", "none", or the form of a number (decimal, lowerLetter …)."""
    before: str = ""
    after: str = ""
    mark: str = ""
    start: int = 1
    shown_levels: int = 1


@dataclass(slots=True)
class OdfStyles:
    """All styles of a file, by family and name, resolved when they are asked for."""

    stated: Mapping[tuple[str, str], Node] = field(default_factory=dict)
    lists: Mapping[str, Mapping[int, ListLevel]] = field(default_factory=dict)
    outline: Mapping[int, ListLevel] = field(default_factory=dict)
    fonts: Mapping[str, str] = field(default_factory=dict)
    _resolved: dict[tuple[str, str], OdfStyle] = field(default_factory=dict)

    def get(self, family: str, name: str) -> OdfStyle:
        """A style of a family (paragraph, text, presentation, graphic); an unknown one says nothing."""
        key = (family, name)
        if key not in self._resolved:
            self._resolved[key] = self._resolve(family, name)
        return self._resolved[key]

    def level(self, list_style: str | None, level: int) -> ListLevel:
        """How a list marks its items at a level (from 0); an unknown list has bullets."""
        return self.lists.get(list_style or "", {}).get(level, ListLevel("bullet"))

    def _resolve(self, family: str, name: str) -> OdfStyle:
        names: list[str] = []
        look = Look()
        list_style: str | None = None
        seen: set[str] = set()
        while name and name not in seen and (node := self.stated.get((family, name))) is not None:
            seen.add(name)
            names.append(node.get("style:display-name") or _ESCAPED.sub(lambda found: chr(int(found[1], 16)), name))
            look = look.over(self._look(node.find("style:text-properties")))
            list_style = list_style or node.get("style:list-style-name") or None
            name = node.get("style:parent-style-name")
        default = self.stated.get((family, ""))
        if default is not None and family != "text":
            look = look.over(self._look(default.find("style:text-properties")))
        return OdfStyle(tuple(names), look, list_style)

    def _look(self, properties: Node | None) -> Look:
        if properties is None:
            return Look()
        weight, slope = properties.get("fo:font-weight"), properties.get("fo:font-style")
        underline, shown = properties.get("style:text-underline-style"), properties.get("text:display")
        font, position = properties.get("style:font-name"), properties.get("style:text-position")
        return Look(
            None if not weight else weight == "bold" or (weight.isdigit() and int(weight) >= 600),
            None if not slope else slope in ("italic", "oblique"),
            None if not shown else shown == "none",
            None if not underline else underline != "none",
            self.fonts.get(font, font) or properties.get("fo:font-family") or None,
            points(properties.get("fo:font-size")),
            None if not position else "^" if position.startswith("super") else "_" if position.startswith("sub") else "",
        )


def read_odf_styles(*trees: Node | None) -> OdfStyles:
    """The styles of `styles.xml` and `content.xml`; what the later tree states counts."""
    stated: dict[tuple[str, str], Node] = {}
    lists: dict[str, Mapping[int, ListLevel]] = {}
    outline: Mapping[int, ListLevel] = {}
    fonts: dict[str, str] = {}
    for tree in trees:
        for node in _style_nodes(tree):
            if node.name == "style:style":
                stated[node.get("style:family"), node.get("style:name")] = node
            elif node.name == "style:default-style":
                stated[node.get("style:family"), ""] = node
            elif node.name == "text:list-style":
                lists[node.get("style:name")] = _levels(node)
            elif node.name == "text:outline-style":
                outline = _levels(node)
            elif node.name == "style:font-face":
                fonts[node.get("style:name")] = node.get("svg:font-family") or node.get("style:name")
    return OdfStyles(stated, lists, outline, fonts)


def label_of(levels: Mapping[int, ListLevel], counts: Mapping[int, int], level: int) -> str:
    """The mark or number of an item, given how many items each level has had."""
    here = levels.get(level, ListLevel("bullet"))
    if here.form == "bullet":
        return bullet(here.mark, level)
    if here.form == "none":
        return ""
    shown = range(max(0, level - here.shown_levels + 1), level + 1)
    numbers = [formatted(counts.get(depth, 1), levels.get(depth, here).form) for depth in shown if levels.get(depth, here).form not in ("none", "bullet")]
    return f"{here.before}{'.'.join(numbers)}{here.after}".strip()


def points(length: str) -> float | None:
    """A length like "2.5cm" in points; None for what is no length (percentages)."""
    found = _LENGTH.fullmatch(length.strip())
    try:
        return float(found[1]) * _POINTS[found[2]] if found else None
    except ValueError:
        return None


def _style_nodes(tree: Node | None) -> Iterator[Node]:
    for holder in tree.all("office:styles", "office:automatic-styles", "office:font-face-decls") if tree is not None else ():
        yield from holder


def _levels(node: Node) -> dict[int, ListLevel]:
    levels: dict[int, ListLevel] = {}
    for child in node:
        stated = child.get("text:level")
        if not stated.isdigit() or len(stated) > 2:
            continue
        before, after = child.get("style:num-prefix"), child.get("style:num-suffix")
        if child.name == "text:list-level-style-bullet":
            properties = child.find("style:text-properties")
            signs = properties is not None and is_symbol_font(properties.get("fo:font-family") or properties.get("style:font-name"))
            level = ListLevel("bullet", mark="" if signs else child.get("text:bullet-char"))
        elif child.name == "text:list-level-style-image":
            level = ListLevel("bullet")
        else:
            start, shown = child.get("text:start-value"), child.get("text:display-levels")
            form = _FORMS.get(child.get("style:num-format"), "decimal" if child.get("style:num-format") else "none")
            level = ListLevel(
                form,
                before,
                after,
                start=int(start) if start.isdigit() and len(start) < 6 else 1,
                shown_levels=int(shown) if shown.isdigit() and len(shown) < 3 else 1,
            )
        levels[int(stated) - 1] = level
    return levels

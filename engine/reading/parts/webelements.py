"""What single elements of a web page say, read in one go: listings, marks of notes, levels, whether a table is but layout. Pure."""

from __future__ import annotations

import re

from engine.reading.parts import furniture
from engine.reading.parts.composing import seen
from engine.reading.parts.mathml import formula_text
from engine.reading.parts.webtree import Element, local_name

_NOTE_MARK = re.compile(r"[\[(]?(?:[a-z]+ ?)?(?:\d{1,3}|[*†‡§]{1,3}|[a-z])[\])]?")


def verbatim(element: Element) -> str:
    """The text of a listing as it stands, without the numbers of its lines."""
    said: list[str] = []
    waiting: list[tuple[Element, bool]] = [(element, False)]
    while waiting:
        node, leaves = waiting.pop()
        name = local_name(node.tag)
        if not leaves and name and not furniture.is_beside_code(node) and name not in ("script", "style", "button"):
            said.append("\n" if name == "br" else formula_text(node) if name == "math" else node.text or "")
            waiting.append((node, True))
            if name != "math":
                waiting += [(child, False) for child in reversed(list(node))]
        elif node is not element:
            said.append(node.tail or "")
    lines = [seen(line) for line in "".join(said).replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    text = "\n".join(line.rstrip() for line in lines).rstrip()
    return re.sub(r"\A(?:[ \t]*\n)+", "", text)


def short_text(element: Element, longest: int = 24) -> str | None:
    """The text of a small element without structure of its own, or None where it is more than that."""
    said = [element.text or ""]
    for child in element:
        if len(child) or local_name(child.tag) not in ("sup", "sub", "i", "em", "span", "small", "b", "strong", "var"):
            return None
        said += [child.text or "", child.tail or ""]
    text = seen("".join(said)).strip()
    return text if len(text) <= longest else None


def is_mark(link: Element) -> bool:
    """A number or sign that leads to a place: raised, it is the mark of a note."""
    mark = short_text(link, 12)
    return mark is not None and "#" in (link.get("href") or "") and bool(_NOTE_MARK.fullmatch(mark)) and not furniture.leads_back(link)


def raises(link: Element) -> bool:
    return len(link) == 1 and local_name(next(iter(link)).tag) == "sup" and not (link.text or "").strip()


def only_link(element: Element) -> Element | None:
    """The link that is all there is in an element."""
    if len(element) != 1 or (element.text or "").strip(" []()\n"):
        return None
    child = next(iter(element))
    return child if local_name(child.tag) == "a" and not (child.tail or "").strip(" []()\n") else None


def spoken_level(element: Element) -> int:
    """The level of what is no heading by name but by role."""
    if element.get("role") != "heading":
        return 0
    level = element.get("aria-level") or "2"
    return min(max(int(level), 1), 6) if level.isdecimal() and len(level) < 3 else 2


def first_number(element: Element) -> int:
    start = element.get("start") or "1"
    return int(start) if start.isdecimal() and len(start) < 7 else 1


def is_layout(table: Element) -> bool:
    """Whether a table only puts blocks side by side: it holds headings, code, lists or another table, or has but one column."""
    if (table.get("role") or "") in ("presentation", "none"):
        return True
    columns = cells = 0
    for element in table.iter():
        name = local_name(element.tag)
        if name in ("h1", "h2", "h3", "h4", "h5", "h6", "pre") or (name == "table" and element is not table):
            return True
        if name == "tr":
            cells = 0
        elif name in ("td", "th"):
            cells += 1
            columns = max(columns, cells)
    return columns <= 1

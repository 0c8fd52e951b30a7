"""What drawings in office documents say: the texts of diagrams and charts, and descriptions of pictures. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.reading.parts.composing import seen
from engine.reading.parts.formula import omml
from engine.reading.parts.markup import Node

MAX_CATEGORIES = 60
"""A chart of a long series says nothing in words."""

_FILE_NAME = re.compile(r"\S*[\w-]+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp|eps|pdf|wav|mp[34])|https?://\S+|\w:\\.*", re.IGNORECASE)
_EMPTY_WORDS = re.compile(
    r"(?:picture|image|grafik|bild|diagram|chart|graphic|shape|screenshot|screen shot|content placeholder|logo|photo|untitled)\b[\s\d:.\-–]*",
    re.IGNORECASE,
)
_BY_MACHINE = re.compile(r"\s*(?:description automatically generated(?: with [\w ]+ confidence)?|automatisch generierte beschreibung)\s*", re.IGNORECASE)


def description(text: str) -> str | None:
    """The description of a picture if it tells anything: no file name, no "Picture 3", nothing of a single word."""
    line = " ".join(_BY_MACHINE.sub("", seen(text)).split())
    if _FILE_NAME.fullmatch(line) or _EMPTY_WORDS.fullmatch(line) or len(line) < 8:
        return None
    return line if " " in line or not line.isascii() else None


def spoken_description(drawing: Node) -> str | None:
    """The first description within a drawing that tells anything."""
    for node in drawing.every("wp:docPr", "p:cNvPr", "pic:cNvPr", "v:shape"):
        told = description(node.get("descr") or node.get("alt"))
        if told:
            return told
    return None


def diagram_lines(tree: Node) -> Iterator[str]:
    """The texts of a diagram's data (`dgm:dataModel`) or of a chart (`c:chartSpace`), a line each."""
    if tree.name == "c:chartSpace":
        yield from _chart_lines(tree)
        return
    for point in tree.every("dgm:pt", "dsp:sp"):
        if point.get("type", "node") not in ("node", "asst", "doc"):
            continue  # the others repeat texts for their place in the drawing
        for paragraph in point.every("a:p"):
            text = drawn_text(paragraph)
            if text.strip():
                yield " ".join(text.split())


def _chart_lines(tree: Node) -> Iterator[str]:
    titles = [" ".join(" ".join(drawn_text(paragraph) for paragraph in title.every("a:p")).split()) for title in tree.every("c:title")]
    series = [_cached(name) for one in tree.every("c:ser") if (name := one.find("c:tx")) is not None]
    categories = [_cached(found) for found in tree.every("c:cat")][:1]
    yield from (title for title in titles if title)
    names = list(dict.fromkeys(value for values in series for value in values))
    if names:
        yield "Series: " + ", ".join(names)
    if categories and categories[0]:
        yield "Categories: " + ", ".join(categories[0][:MAX_CATEGORIES])


def _cached(node: Node) -> list[str]:
    return [text for value in node.every("c:v") if (text := " ".join(seen(value.text()).split()))]


def drawn_text(paragraph: Node) -> str:
    """The text of a paragraph of DrawingML (`a:p`), line breaks kept."""
    text = ""
    for child in paragraph:
        if child.name in ("a:r", "a:fld"):
            told = child.find("a:t")
            text += seen(told.text()) if told is not None else ""
        elif child.name == "a:br":
            text += "\n"
        elif child.name in ("a14:m", "m:oMath", "m:oMathPara"):
            text += " ".join(omml(found) for found in child.every("m:oMath"))
    return text

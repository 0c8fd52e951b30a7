"""What drawings in office documents say: the texts of diagrams and charts, and descriptions of pictures. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.reading.parts.composing import seen
from engine.reading.parts.formula import omml
from engine.reading.parts.markup import Node
from engine.reading.parts.symbol_fonts import in_todays_letters, scripted

MAX_CATEGORIES = 60
"""A chart of a long series says nothing in words."""

MAX_DESCRIPTION = 2000
_FILE_NAME = re.compile(r"\S{0,200}\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp|eps|pdf|wav|mp[34])|https?://\S+|\w:\\.*", re.IGNORECASE)
_EMPTY_WORDS = re.compile(
    r"(?:picture|image|grafik|bild|diagram|chart|graphic|shape|screenshot|screen shot|content placeholder|logo|photo|untitled)\b[\s\d:.\-–]*",
    re.IGNORECASE,
)
_BY_MACHINE = re.compile(r"\s*(?:description automatically generated(?: with [\w ]+ confidence)?|automatisch generierte beschreibung)\s*", re.IGNORECASE)


def description(text: str) -> str | None:
    """The description of a picture if it tells anything: no file name, no "Picture 3", nothing of a single word."""
    line = " ".join(_BY_MACHINE.sub("", seen(text[:MAX_DESCRIPTION])).split())
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
    return "".join(text for _, text in drawn_runs(paragraph))


def drawn_runs(paragraph: Node) -> Iterator[tuple[Node, str]]:
    """The runs of a paragraph of DrawingML and what each of them says; what is raised or lowered is marked as such."""
    before = ""
    waiting: tuple[Node, str, str] | None = None
    for run in paragraph:
        text, mark = _run(run), _raised(run)
        if waiting is not None and mark != waiting[2]:
            yield waiting[0], (told := scripted(before, waiting[1], waiting[2]))
            before, waiting = before + told, None
        if mark and text:
            waiting = (waiting[0], waiting[1] + text, mark) if waiting is not None else (run, text, mark)
        elif text:
            yield run, text
            before += text
    if waiting is not None:
        yield waiting[0], scripted(before, waiting[1], waiting[2])


def _run(run: Node) -> str:
    if run.name in ("a:r", "a:fld"):
        told, properties = run.find("a:t"), run.find("a:rPr")
        font = properties.find("a:sym") or properties.find("a:latin") if properties is not None else None
        return seen(in_todays_letters(told.text(), font.get("typeface") if font is not None else None)) if told is not None else ""
    if run.name == "a:br":
        return "\n"
    if run.name in ("a14:m", "m:oMath", "m:oMathPara"):
        return " ".join(omml(found) for found in run.every("m:oMath"))
    return ""


def _raised(run: Node) -> str:
    properties = run.find("a:rPr") if run.name == "a:r" else None
    baseline = properties.get("baseline", "0") if properties is not None else "0"
    return "_" if baseline.startswith("-") else "^" if baseline.rstrip("%").strip("0.") else ""

"""The shapes of a PowerPoint slide: where they stand and what they say. A placeholder takes from its layout and master what it doesn't state."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.reading.parts.composing import Piece, piece_of, table_piece
from engine.reading.parts.docx_numbering import bullet, formatted
from engine.reading.parts.drawings import description, diagram_lines, drawn_runs, drawn_text
from engine.reading.parts.markup import Node
from engine.reading.parts.package import Package
from engine.reading.parts.slides import Area, Box, ListNumbers
from engine.reading.parts.symbol_fonts import is_symbol_font
from engine.reading.parts.typesetting import is_monospaced

MAX_NESTING = 30
_FURNITURE = frozenset({"dt", "ftr", "sldNum", "hdr", "sldImg"})
_TITLES = frozenset({"title", "ctrTitle"})
_BODIES = frozenset({"body", "obj", "tbl", ""})
_SHAPES = frozenset({"p:sp", "p:pic", "p:graphicFrame", "p:cxnSp", "p:grpSp"})
_FORMS = {"arabic": "decimal", "alphaLc": "lowerLetter", "alphaUc": "upperLetter", "romanLc": "lowerRoman", "romanUc": "upperRoman"}

Transform = tuple[float, float, float, float]
"""From a group's coordinates to the slide's: x * sx + dx, y * sy + dy as (sx, dx, sy, dy)."""

_AS_IS: Transform = (1.0, 0.0, 1.0, 0.0)


@dataclass(frozen=True, slots=True)
class Layout:
    """What a layout and its master say about placeholders: where they stand, and how their paragraphs are marked."""

    shapes: tuple[Mapping[tuple[str, str], Node], ...] = ()
    """Of the layout, then of the master: shapes by type and index, and by each alone."""
    body_style: Node | None = None

    @classmethod
    def of(cls, layout: Node, master: Node | None) -> Layout:
        """From the trees of both."""
        style = master.find("p:txStyles", "p:bodyStyle") if master is not None else None
        return cls(tuple(_placeholders(tree) for tree in (layout, master) if tree is not None), style)

    def above(self, kind: str, index: str) -> Iterator[Node]:
        """The shapes that a placeholder takes after, nearest first."""
        for shapes in self.shapes:
            found = (
                shapes.get((kind, index))
                or shapes.get(("", index) if index else (kind, ""))
                or shapes.get((kind, ""))
                or shapes.get((_ALIKE.get(kind, "body"), ""))
            )
            if found is not None:
                yield found


_ALIKE = {"ctrTitle": "title", "title": "title"}


@dataclass(slots=True)
class Shapes:
    """Reads the shapes of one slide; `pictures` counts those that show something instead of saying it."""

    package: Package
    relations: Mapping[str, tuple[str, str]]
    layout: Layout
    pictures: int = field(default=0, init=False)

    def boxes(self, tree: Node) -> tuple[Box, ...]:
        """The boxes of a slide that say something, in the file's order."""
        shapes = tree.find("p:cSld", "p:spTree")
        return tuple(self._group(shapes, _AS_IS, 0)) if shapes is not None else ()

    def notes(self, tree: Node) -> tuple[Piece, ...]:
        """What the speaker says: the body of a page of notes."""
        found: list[Piece] = []
        for shape in tree.every("p:sp"):
            kind, _ = _placeholder(shape)
            body = shape.find("p:txBody")
            if kind == "body" and body is not None:
                found += [piece_of("prose", drawn_text(paragraph)) for paragraph in body.all("a:p")]
        return tuple(piece for piece in found if piece.text)

    def _group(self, group: Node, transform: Transform, depth: int) -> Iterator[Box]:
        if depth > MAX_NESTING:
            return
        for node in group:
            if node.name == "p:grpSp":
                yield from self._group(node, _within(node, transform), depth + 1)
            elif node.name in ("p:sp", "p:cxnSp"):
                yield from self._text_shape(node, transform)
            elif node.name == "p:graphicFrame":
                yield Box(tuple(self._frame(node)), _area(node.find("p:xfrm"), transform))
            elif node.name == "p:pic":
                yield Box(tuple(self._picture(node)), _area(node.find("p:spPr", "a:xfrm"), transform))
            elif node.name not in ("p:nvGrpSpPr", "p:grpSpPr", "p:extLst", "p:contentPart"):
                yield from self._group(node, transform, depth + 1)

    def _text_shape(self, shape: Node, transform: Transform) -> Iterator[Box]:
        kind, index = _placeholder(shape)
        if kind in _FURNITURE:
            return
        above = list(self.layout.above(kind or "", index)) if kind is not None else []
        frames = (found for node in (shape, *above) if (found := node.find("p:spPr", "a:xfrm")) is not None)
        area = _area(next(frames, None), transform)
        filled = shape.find("p:spPr", "a:blipFill") is not None
        self.pictures += filled
        body = shape.find("p:txBody")
        pieces = list(self._paragraphs(body, [node for node in above if node is not shape], bulleted=kind in _BODIES)) if body is not None else []
        if not any(piece.text for piece in pieces) and filled:
            pieces = _described(shape)
        yield Box(tuple(pieces), area, kind in _TITLES)

    def _paragraphs(self, body: Node, above: list[Node], *, bulleted: bool) -> Iterator[Piece]:
        lists = [found for node in (body, *(node.find("p:txBody") for node in above)) if node is not None and (found := node.find("a:lstStyle")) is not None]
        if bulleted and self.layout.body_style is not None:
            lists.append(self.layout.body_style)
        numbers = ListNumbers()
        for paragraph in body.all("a:p"):
            properties = paragraph.find("a:pPr")
            stated = properties.get("lvl") if properties is not None else ""
            level = min(int(stated), 8) if stated.isdigit() else 0
            levels = [found for style in lists if (found := style.find(f"a:lvl{level + 1}pPr")) is not None]
            text = drawn_text(paragraph)
            if not text.strip():
                yield Piece("prose", "")
                continue
            mark = _mark([*([properties] if properties is not None else []), *levels], level, numbers)
            if _only_formula(paragraph):
                yield piece_of("formula", text)
            elif mark:
                front = f"{'  ' * level}{mark} "
                shift = len(front) - (len(text) - len(text.lstrip()))
                shifted = [(max(len(front), start + shift), end + shift) for start, end in _emphasis(paragraph)]
                yield piece_of("prose", front + " ".join(text.strip().split("\n")), shifted, item=1)
            elif _is_code(paragraph, levels):
                yield piece_of("code", "    " * level + text.replace("\t", "    "))
            else:
                yield piece_of("prose", text.replace("\t", " "), _emphasis(paragraph))

    def _frame(self, frame: Node) -> Iterator[Piece]:
        """What a frame shows: a table, a chart or a diagram; objects of other programs only say how they are described."""
        table = next(frame.every("a:tbl"), None)
        if table is not None:
            piece = table_piece([[_cell(cell) for cell in row.all("a:tc")] for row in table.all("a:tr")])
            if piece is not None:
                yield piece
            return
        self.pictures += 1
        yield from _described(frame)
        for node in frame.every("dgm:relIds", "c:chart"):
            reference = node.get("r:dm") if node.name == "dgm:relIds" else node.get("r:id")
            tree = self.package.tree(self.relations.get(reference, ("", None))[1])
            for text in diagram_lines(tree) if tree is not None else ():
                yield piece_of("prose", f"• {text}" if node.name == "dgm:relIds" else text)

    def _picture(self, picture: Node) -> Iterator[Piece]:
        self.pictures += 1
        yield from _described(picture)


def _described(shape: Node) -> list[Piece]:
    named = next(shape.every("p:cNvPr"), None)
    told = description(named.get("descr")) if named is not None else None
    return [Piece("caption", told)] if told else []


def _placeholders(tree: Node) -> dict[tuple[str, str], Node]:
    found: dict[tuple[str, str], Node] = {}
    for shape in tree.every("p:sp"):
        kind, index = _placeholder(shape)
        if kind is not None:
            for key in ((kind, index), ("", index) if index else (kind, ""), (kind, "")):
                found.setdefault(key, shape)
    return found


def _placeholder(shape: Node) -> tuple[str | None, str]:
    """The type ("" for one of any content) and index of a placeholder; None for any other shape."""
    properties = next(shape.all("p:nvSpPr", "p:nvCxnSpPr", "p:nvPicPr"), None)
    stated = properties.find("p:nvPr", "p:ph") if properties is not None else None
    return (None, "") if stated is None else (stated.get("type"), stated.get("idx"))


def _number(node: Node | None, attribute: str) -> float:
    try:
        return float(node.get(attribute, "0")) if node is not None else 0.0
    except ValueError:
        return 0.0


def _area(frame: Node | None, transform: Transform) -> Area | None:
    if frame is None or frame.find("a:off") is None:
        return None
    offset, size = frame.find("a:off"), frame.find("a:ext")
    x0, y0 = _number(offset, "x"), _number(offset, "y")
    x1, y1 = x0 + _number(size, "cx"), y0 + _number(size, "cy")
    sx, dx, sy, dy = transform
    return x0 * sx + dx, y0 * sy + dy, x1 * sx + dx, y1 * sy + dy


def _within(group: Node, transform: Transform) -> Transform:
    frame = group.find("p:grpSpPr", "a:xfrm")
    if frame is None:
        return transform
    offset, size, inner, inner_size = (frame.find(name) for name in ("a:off", "a:ext", "a:chOff", "a:chExt"))
    sx = _number(size, "cx") / (_number(inner_size, "cx") or 1.0) if inner_size is not None else 1.0
    sy = _number(size, "cy") / (_number(inner_size, "cy") or 1.0) if inner_size is not None else 1.0
    dx, dy = _number(offset, "x") - _number(inner, "x") * sx, _number(offset, "y") - _number(inner, "y") * sy
    return sx * transform[0], dx * transform[0] + transform[1], sy * transform[2], dy * transform[2] + transform[3]


def _mark(styles: list[Node], level: int, numbers: ListNumbers) -> str:
    """The mark or number before a paragraph, as the nearest of its styles has it."""
    signs = any(is_symbol_font(font.get("typeface")) for style in styles for font in style.all("a:buFont"))
    for style in styles:
        for node in style:
            if node.name == "a:buNone":
                numbers.interrupt(level)
                return ""
            if node.name in ("a:buChar", "a:buBlip"):
                numbers.interrupt(level)
                return bullet("" if signs else node.get("char"), level)
            if node.name == "a:buAutoNum":
                stated = node.get("startAt")
                return numbers.label(level, node.get("type"), int(stated) if stated.isdigit() and len(stated) < 6 else 1, _shown_as(node.get("type")))
    numbers.interrupt(level)
    return ""


def _shown_as(form: str) -> Callable[[int], str]:
    """How PowerPoint shows the numbers of a list."""
    base = next((ours for theirs, ours in _FORMS.items() if form.startswith(theirs)), "decimal")
    before, after = ("(", ")") if form.endswith("ParenBoth") else ("", ")") if form.endswith("ParenR") else ("", "") if form.endswith("Plain") else ("", ".")
    return lambda number: f"{before}{formatted(number, base)}{after}"


def _cell(cell: Node) -> str:
    if cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true"):
        return ""
    return " ".join(drawn_text(paragraph) for paragraph in cell.every("a:p"))


def _emphasis(paragraph: Node) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    offset = 0
    for run, text in drawn_runs(paragraph):
        properties = run.find("a:rPr")
        if properties is not None and ({properties.get("b"), properties.get("i")} & {"1", "true"}) and not _monospaced(properties):
            ranges.append((offset, offset + len(text)))
        offset += len(text)
    return ranges


def _only_formula(paragraph: Node) -> bool:
    said = [run.name for run, text in drawn_runs(paragraph) if text.strip()]
    return bool(said) and not {"a:r", "a:fld"} & set(said)


def _is_code(paragraph: Node, levels: list[Node]) -> bool:
    """Whether all that is said is set in letters of equal width."""
    inherited = next((font for level in levels if (font := _font(level.find("a:defRPr")))), None)
    visible = equal = 0
    for run, text in drawn_runs(paragraph):
        said = len("".join(text.split()))
        visible += said
        equal += said if is_monospaced(_font(run.find("a:rPr")) or inherited) else 0
    return bool(visible) and equal >= 0.95 * visible


def _monospaced(properties: Node) -> bool:
    return is_monospaced(_font(properties))


def _font(properties: Node | None) -> str | None:
    latin = properties.find("a:latin") if properties is not None else None
    return latin.get("typeface") or None if latin is not None else None

"""The text of a Word paragraph: runs, field results, formulas, notes it refers to, boxes anchored in it.

Tracked insertions are read and deletions are not; nor are comments, hidden text, field codes and embedded objects.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.reading.parts.composing import seen
from engine.reading.parts.docx_styles import Styles, has_ground, is_unseen, look_of
from engine.reading.parts.formula import omml
from engine.reading.parts.markup import Node
from engine.reading.parts.symbol_fonts import in_todays_letters, symbol
from engine.reading.parts.typesetting import Line, Look

_SILENT = frozenset(
    {
        *("w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:sectPr", "w:rt"),
        *("w:del", "w:moveFrom", "w:delText", "w:instrText", "w:delInstrText"),
        *("w:annotationRef", "w:footnoteRef", "w:endnoteRef", "w:commentReference", "w:separator", "w:continuationSeparator", "w:pgNum"),
        *("w:object", "w:control", "w:altChunk", "w:softHyphen"),
    }
)


class Runs:
    """Reads the runs of paragraphs, one paragraph after the other: a field may reach over several of them."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.hidden = 0
        """Characters so far that nobody sees on the page, and that were left out."""
        self._on_paper = True
        self._unseen = False
        self._fields: list[bool] = []
        """Fields that are open; True while their code is read and not yet their result."""

    def line(self, paragraph: Node, look: Look, *, on_paper: bool = True) -> Line:
        """What a paragraph says, `look` being how its style sets it. `on_paper`: its ground is white, for all that is known."""
        line = Line()
        self._on_paper = on_paper and not has_ground(paragraph.find("w:pPr"))
        # A code that is still open at a paragraph's end is a torn field: it must not swallow the rest of the document.
        self._fields = [False for _ in self._fields]
        self._inside(paragraph, look, line)
        line.settle()
        return line

    def _inside(self, node: Node, look: Look, line: Line) -> None:
        for child in node:
            self._one(child, look, line)

    def _one(self, node: Node, look: Look, line: Line) -> None:
        kind = node.name
        if kind == "w:r":
            self._run(node, look, line)
        elif kind in ("m:oMath", "m:oMathPara"):
            formulas = [omml(found) for found in node.every("m:oMath")] if kind == "m:oMathPara" else [omml(node)]
            self._say("\n".join(text for text in formulas if text), look, line, formula=True)
        elif kind == "w:sdt":
            content = node.find("w:sdtContent")
            if content is not None and not self._is_prompt(node, content):
                self._inside(content, look, line)
        elif kind not in _SILENT:
            self._inside(node, look, line)

    def _is_prompt(self, control: Node, content: Node) -> bool:
        """Whether a control shows only what to fill in: some programs set the flag for real text too, but not the style."""
        flagged = control.find("w:sdtPr", "w:showingPlcHdr") is not None
        return flagged and any("Placeholder" in style.get("w:val") for style in content.every("w:rStyle"))

    def _run(self, run: Node, look: Look, line: Line) -> None:
        properties = run.find("w:rPr")
        style = properties.find("w:rStyle") if properties is not None else None
        named = self._styles.character(style.get("w:val") if style is not None else None)
        own = look_of(properties).over(named.look).over(look)
        self._unseen = self._on_paper and not named.grounded and is_unseen(properties)
        for part in run:
            self._part(part, own, line)
        self._unseen = False

    def _part(self, part: Node, look: Look, line: Line) -> None:
        kind = part.name
        if kind == "w:fldChar":
            self._field(part.get("w:fldCharType"))
        elif kind == "w:t":
            self._say(seen(in_todays_letters(part.text(), look.font)), look, line)
        elif kind in _PLAIN:
            self._say(_PLAIN[kind], look, line)
        elif kind == "w:br":
            self._say("" if part.get("w:type") in ("page", "column") else "\n", look, line)
        elif kind == "w:sym":
            self._say(symbol(part.get("w:font"), part.get("w:char")), look, line)
        elif kind in ("w:footnoteReference", "w:endnoteReference"):
            if not look.hidden:
                line.notes.append((kind[2:-9], part.get("w:id")))
        elif kind in ("w:drawing", "w:pict"):
            if not look.hidden:
                self._drawing(part, line)
        elif kind not in _SILENT:
            self._one(part, look, line)

    def _field(self, step: str) -> None:
        if step == "begin":
            self._fields.append(True)
        elif step == "separate" and self._fields:
            self._fields[-1] = False
        elif step == "end" and self._fields:
            self._fields.pop()

    def _say(self, text: str, look: Look, line: Line, *, formula: bool = False) -> None:
        if self._unseen:
            self.hidden += len("".join(text.split()))
        elif not look.hidden and not any(self._fields):
            line.add(text, look, formula=formula)

    def _drawing(self, drawing: Node, line: Line) -> None:
        line.drawings.append(drawing)
        waiting = [drawing]
        while waiting:
            node = waiting.pop(0)
            if node.name == "w:txbxContent":
                line.boxes.append(node)  # what is anchored within it is found when the box is read
            else:
                waiting += list(node)


_PLAIN: Mapping[str, str] = {"w:tab": "\t", "w:ptab": "\t", "w:cr": "\n", "w:noBreakHyphen": "-"}

"""One structure-preserving walk from the tree of a web page to its headings, paragraphs, code, tables, formulas and notes.

It goes down iteratively, so that no depth can exhaust the stack; what is read and what is page furniture is decided in
`furniture`. Text runs into a buffer that every beginning and end of a block empties into a leaf.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.reading.messages import BlockKind, PageKind
from engine.reading.parts import furniture
from engine.reading.parts.composing import Piece, piece_of, seen
from engine.reading.parts.mathml import formula_text, script
from engine.reading.parts.smuggled import smuggled_in
from engine.reading.parts.text import paragraph_blocks
from engine.reading.parts.webelements import first_number, is_layout, is_mark, only_link, raises, short_text, spoken_level, verbatim
from engine.reading.parts.webinline import Inline, Link
from engine.reading.parts.webtree import Element, attribute, local_name

LONGEST_HEADING = 300
"""Characters from which on a heading is a paragraph that somebody set in large letters."""

LONGEST_THEOREM = 2500
"""Characters up to which a statement of several paragraphs is one block."""

LONG_LISTING = 6000
"""Characters from which on a `pre` may be a plain text file with paragraphs rather than a program."""

LEAST_OF_MAIN = 10
"""Characters without which what a page calls its main part is perhaps filled by a program."""

_HEADING = re.compile(r"h([1-6])")
_FORMULA_ONLY = re.compile(r"\s*(?:\\\[.*\\\]|\$\$.*\$\$|\\begin\{(\w+\*?)\}.*\\end\{\1\})\s*[.,;]?\s*", re.DOTALL)
_FILE_NAME = re.compile(r"\S+\.\w{2,4}")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A piece of the page, what it belongs to (running text, contents, index), its links, and how deep in lists it stands."""

    piece: Piece
    role: PageKind
    links: tuple[Link, ...] = ()
    depth: int = 0


@dataclass(frozen=True, slots=True)
class WebPage:
    """What a page says. `anchors` are the leaves at which its named places begin, `hrefs` all links in order (those of furniture too)."""

    title: str
    leaves: tuple[Leaf, ...]
    anchors: Mapping[str, int]
    hrefs: tuple[str, ...]
    pictures: int
    hidden: int = 0
    """Characters that stand in the page and that nobody sees; they are not read."""


def read_page(root: Element) -> WebPage:
    """What the page with this tree says. The tree is left as it was."""
    title, hrefs, pictures, in_head = "", [], 0, True
    for element in root.iter():
        match local_name(element.tag):
            case "body":
                in_head = False
            case "title" if in_head and not title:
                title = " ".join(seen(element.text or "").split())
            case "a" | "area":
                hrefs.append(element.get("href") or "")
            case "frame" | "iframe":
                hrefs.append(element.get("src") or "")
            case "img" | "image" | "svg":
                pictures += 1
    smuggled = smuggled_in(root)
    walk = _Walk(smuggled)
    walk.down(_main_part(root))
    hidden = sum(smuggled.values())
    return WebPage(title, tuple(walk.leaves), dict(reversed(walk.anchors)), tuple(href for href in hrefs if href), pictures, hidden)


def _main_part(root: Element) -> Element:
    """The element that the page itself calls its main part, where there is one of them and it says something; else the whole."""
    found = [element for element in root.iter() if local_name(element.tag) == "main" or element.get("role") == "main"]
    inside = sum(local_name(element.tag) == "main" or element.get("role") == "main" for element in found[0].iter()) if found else 0
    if not found or inside < len(found):
        return root
    letters = 0
    for element in found[0].iter():
        letters += len((element.text or "").strip()) + len((element.tail or "").strip())
        if letters >= LEAST_OF_MAIN:
            return found[0]
    return root


class _Walk:
    """The state of one walk: where it is (lists, notes, headings, tables) and the buffer of the block that is being read."""

    def __init__(self, smuggled: Collection[Element]) -> None:
        self._smuggled = smuggled
        self.leaves: list[Leaf] = []
        self.anchors: list[tuple[str, int]] = []
        self._buffer = Inline()
        self._kinds: list[BlockKind] = ["prose"]
        self._roles: list[PageKind] = ["text"]
        self._lists: list[int | None] = []
        self._list_number = 0
        self._mark = ""
        self._glued = False
        self._level = 0
        self._figures = 0
        self._boxes = 0
        self._equation = False
        self._alternatives: list[str] = []
        self._rows: list[list[Inline]] | None = None

    def down(self, root: Element) -> None:
        waiting: list[tuple[Element, bool]] = [(root, False)]
        leaving: list[tuple[int, bool, bool]] = []
        while waiting:
            element, leaves = waiting.pop()
            name = local_name(element.tag)
            if leaves:
                self._leave(element, name, *leaving.pop())
            elif element in self._smuggled:
                pass
            elif name and not furniture.is_left_out(element, name) and not self._whole(element, name):
                leaving.append(self._enter(element, name))
                waiting.append((element, True))
                waiting += [(child, False) for child in reversed(list(element))]
                self._say(element.text)
                continue
            elif name == "script" and (element.get("type") or "").startswith("math/tex"):
                self._formula(" ".join((element.text or "").split()), display="display" in (element.get("type") or ""))
            if element is not root:
                self._say(element.tail)
        self._flush()

    # ---- elements that are read in one go ----------------------------------------------------------------------------

    def _whole(self, element: Element, name: str) -> bool:
        """Whether the element was read here and now, with all that is in it."""
        if name == "math":
            self._formula(seen(formula_text(element)), display=element.get("display") == "block" or (element.get("mode") == "display"))
        elif name in ("img", "image"):
            self._picture(element)
        elif name == "br":
            self._say(" ")
        elif name in furniture.CODE and not self._inside_a_line:
            self._break()
            self._anchor(element)
            self._listing(verbatim(element), bare=not furniture.classes(element))
        elif name == "sup" and (link := only_link(element)) is not None and is_mark(link):
            self._anchor(link)
        elif name in ("sup", "sub") and (short := short_text(element)) is not None:
            if not re.fullmatch(r"st|nd|rd|th|[TtSs][MmRr]?|™|®", short):
                self._say(script("", "^" if name == "sup" else "_", short))
            else:
                self._say(short)
        elif name == "a" and element.get("href") is not None and (mark := short_text(element, 12)) is not None:
            return self._mark_of_note(element, mark)
        else:
            return False
        return True

    def _mark_of_note(self, link: Element, text: str) -> bool:
        """Whether a short link was the mark of a note. In the text it would stick to the word before it; at the note it stays."""
        if furniture.is_note_mark(link, text) or furniture.is_way_back(link, text) or (raises(link) and is_mark(link)):
            self._anchor(link)
        elif furniture.leads_back(link):
            self._anchor(link)
            self._say(f"{text.strip('[]() .')}. ")
        else:
            return False
        return True

    def _formula(self, text: str, *, display: bool) -> None:
        if not text:
            return
        if display and not self._inside_a_line and self._kinds[-1] in ("prose", "theorem"):
            self._flush()
            self._add(Piece("formula", text))
        else:
            self._buffer.say(text.replace("\n", "; "))

    def _picture(self, element: Element) -> None:
        text = " ".join(seen(element.get("alt") or "").split())
        names = furniture.classes(element)
        if any("math" in each.lower() or each.lower() in ("tex", "latex", "equation") for each in names) or self._inside_a_line:
            self._buffer.say(text)
        elif len(text.split()) >= 2 and not _FILE_NAME.fullmatch(text.split()[-1]) and text.lower() not in ("cover image", "book cover"):
            self._alternatives.append(text)

    def _listing(self, text: str, *, bare: bool) -> None:
        if not text.strip():
            return
        if bare and len(text) > LONG_LISTING:
            for block in paragraph_blocks(text):
                self._add(Piece(block.kind, text[block.start : block.end]))
        else:
            self._add(Piece("code", text))

    # ---- elements that are gone through ------------------------------------------------------------------------------

    def _enter(self, element: Element, name: str) -> tuple[int, bool, bool]:
        """What is undone when the element is left: how many leaves there were, whether it set the blocks' kind, whether their role."""
        heading = _HEADING.fullmatch(name)
        # The heading of a theorem is its name.
        level = 0 if "theorem" in self._kinds else int(heading[1]) if heading else spoken_level(element)
        if name in furniture.BLOCKS or level:
            if self._inside_a_line:
                self._say(" ")
            elif not (self._glued and name in ("dd", "p", "div")):
                self._break()
        self._anchor(element)
        if level and not self._inside_a_line:
            self._level = level
        elif name in ("ul", "ol", "menu", "dir"):
            self._list_number += not self._lists
            self._lists.append(first_number(element) if name == "ol" else None)
        elif name == "li":
            self._mark = self._next_mark(element)
        elif name == "table" and self._rows is None and not is_layout(element):
            self._rows, self._equation = [], furniture.is_equation(element)
        elif name == "tr" and self._rows is not None:
            self._rows.append([])
        elif name in ("td", "th") and self._rows is not None:
            self._buffer = Inline()
        elif name == "figure":
            self._figures += 1
        elif furniture.is_emphasised(element, name):
            self._buffer.emphasise()
        elif name == "a" and element.get("href"):
            self._buffer.link(element.get("href") or "")
        self._boxes += furniture.is_box(element, name)
        role = furniture.role_of(element) if self._roles[-1] == "text" else None
        if role is not None:
            self._roles.append(role)
        kind: BlockKind | None = furniture.kind_in(element, name)
        if kind is None and furniture.is_theorem(element) and "theorem" not in self._kinds and name in furniture.BLOCKS:
            kind = "theorem"
        if kind is not None:
            if kind == "caption" and self._rows is not None:
                self._buffer = Inline()
            self._kinds.append(kind)
        return len(self.leaves), kind is not None, role is not None

    def _leave(self, element: Element, name: str, before: int, set_kind: bool, set_role: bool) -> None:
        if name == "figure":
            self._figures -= 1
        self._boxes -= furniture.is_box(element, name)
        if self._level and name == "span" and re.search(r"num|label|prefix", element.get("class") or ""):
            self._say(" ")
        if furniture.is_emphasised(element, name):
            self._buffer.calm()
        elif name == "a" and element.get("href"):
            self._buffer.unlink()
        elif name in ("td", "th") and self._rows is not None:
            self._rows = self._rows or [[]]
            self._rows[-1].append(self._buffer)
            self._buffer = Inline()
        elif name == "table" and self._rows is not None:
            rows, self._rows = self._rows, None
            self._table(rows)
        elif name == "dt" and not self._buffer.blank and len(self._buffer.text) <= 120:
            self._buffer.whole_is_emphasised()
            self._buffer.say(": ")
            self._glued = True
        elif name in furniture.BLOCKS or (self._level and spoken_level(element)):
            self._end_of_block(element, name)
        if set_kind:
            self._kinds.pop()
            if "theorem" not in self._kinds and furniture.is_theorem(element):
                self._one_statement(before)
        if set_role:
            self._roles.pop()

    def _end_of_block(self, element: Element, name: str) -> None:
        if self._level and (_HEADING.fullmatch(name) or spoken_level(element)):
            self._head()
        elif name == "caption" and self._rows is not None:
            self._flush()
        elif self._inside_a_line:
            self._say(" ")
        else:
            self._break()
        if name in ("ul", "ol", "menu", "dir") and self._lists:
            self._lists.pop()
        elif name in ("li", "dd"):
            self._mark, self._glued = "", False

    @property
    def _inside_a_line(self) -> bool:
        """Whether blocks only mean a space: in headings and the cells of tables."""
        return bool(self._level) or self._rows is not None

    def _say(self, text: str | None) -> None:
        if text:
            if self._rows is not None and not self._rows and self._kinds[-1] != "caption":
                return  # white space between the rows
            self._buffer.say(seen(text))
            if self._glued and text.strip():
                self._glued = False

    def _anchor(self, element: Element) -> None:
        name = element.get("id") or attribute(element, "id") or (element.get("name") if local_name(element.tag) == "a" else None)
        if name:
            self.anchors.append((name, len(self.leaves)))

    # ---- what the buffer becomes ---------------------------------------------------------------------------------------

    def _break(self) -> None:
        self._glued = False
        self._flush()

    def _flush(self) -> None:
        """The buffer becomes a leaf, and what pictures say follows it."""
        buffer, self._buffer = self._buffer, self._buffer.continued()
        if not buffer.blank:
            self._paragraph(buffer)
        if not self._figures:
            alternatives, self._alternatives = self._alternatives, []
            for text in alternatives:
                self._add(Piece("caption", text))

    def _paragraph(self, buffer: Inline) -> None:
        kind = self._kinds[-1]
        kind = "theorem" if kind == "prose" and "theorem" in self._kinds else kind
        links = buffer.links
        if kind == "prose" and self._roles[-1] == "text" and furniture.is_link_bar(buffer.text, links):
            return
        if kind == "prose" and len(buffer.text) <= 3 and not any(map(str.isalnum, buffer.text)):
            return  # an ornament, or what folds a menu
        if kind == "caption" and self._alternatives and self._alternatives[-1].lower() in buffer.text.lower():
            self._alternatives.pop()
        if kind == "prose" and _FORMULA_ONLY.fullmatch(buffer.text):
            self._add(Piece("formula", buffer.text.strip()))
            return
        mark, self._mark = self._mark, ""
        shifted = tuple((start + len(mark), end + len(mark), href) for start, end, href in links)
        emphasis = [(start + len(mark), end + len(mark)) for start, end in buffer.emphasis if end - start <= 80]
        item = self._list_number if self._lists and kind == "prose" and mark else 0
        self._add(piece_of(kind, mark + buffer.text, emphasis, item=item), shifted)

    def _head(self) -> None:
        level, self._level = self._level, 0
        buffer, self._buffer = self._buffer, Inline()
        text = " ".join(buffer.text.split())
        if not text:
            text, self._alternatives = " ".join(self._alternatives), []
        if text and len(text) <= LONGEST_HEADING:
            # What stands in a box beside the text opens no section of it.
            self._add(Piece("heading", text, level=0 if self._boxes else level), buffer.links)
        elif text:
            self._add(piece_of("prose", text))

    def _table(self, rows: Sequence[Sequence[Inline]]) -> None:
        self._buffer = Inline()
        lines, links, length = [], [], 0
        said = {column for row in rows for column, cell in enumerate(row) if not cell.blank}
        for row in rows:
            cells = [cell for column, cell in enumerate(row) if column in said]
            while cells and cells[-1].blank:
                cells.pop()
            line = ""
            for number, cell in enumerate(cells):
                line += " | " if number else ""
                text = cell.text.rstrip().replace(" | ", " ¦ ")
                links += [(length + len(line) + start, length + len(line) + end, href) for start, end, href in cell.links]
                line += text
            if line.strip(" |"):
                lines.append(line)
                length += len(line) + 1
            else:
                links = [link for link in links if link[0] < length]
        if len(lines) == 1 and max((len(row) for row in rows), default=0) == 1:
            self._add(piece_of("prose", lines[0]), tuple(links))
        elif lines and self._equation:
            self._add(Piece("formula", "\n".join(line.replace(" | ", " ") for line in lines)))
        elif lines:
            self._add(Piece("table", "\n".join(lines)), tuple(links))
        self._flush()

    def _one_statement(self, before: int) -> None:
        """A theorem's paragraphs as one block, unless there is code in it, a section, or too much."""
        self._flush()
        inside = self.leaves[before:]
        together = "\n".join(leaf.piece.text for leaf in inside)
        if len(inside) < 2 or len(together) > LONGEST_THEOREM or any(leaf.piece.kind in ("code", "table", "heading") for leaf in inside):
            if all(leaf.piece.kind == "theorem" for leaf in inside) and len(together) <= LONGEST_THEOREM:
                return
            self.leaves[before:] = [replace(leaf, piece=replace(leaf.piece, kind="prose")) if leaf.piece.kind == "theorem" else leaf for leaf in inside]
            return
        self.leaves[before:] = [Leaf(Piece("theorem", together), inside[0].role)]
        for index in range(len(self.anchors) - 1, -1, -1):
            name, at = self.anchors[index]
            if at <= before:
                break
            self.anchors[index] = (name, before)

    def _add(self, piece: Piece, links: tuple[Link, ...] = ()) -> None:
        if piece.text.strip():
            self.leaves.append(Leaf(piece, self._roles[-1], links, len(self._lists)))

    def _next_mark(self, element: Element) -> str:
        indent = "  " * (len(self._lists) - 1)
        if not self._lists or self._lists[-1] is None:
            return f"{indent}- " if self._roles[-1] == "text" else indent
        value = element.get("value") or ""
        number = int(value) if value.isdecimal() and len(value) < 7 else self._lists[-1]
        self._lists[-1] = number + 1
        return f"{indent}{number}. "

"""Sets the sample book: Markdown in, a PDF with outline, page labels, running heads and vector figures out.

The text is laid out block by block, because only then can a heading stay with what follows it and a listing stay whole.
Nothing here depends on the day or on the fonts of the machine, so the same source gives the same bytes. Run it with
`python -m engine.sample.build [TARGET]`.
"""

from __future__ import annotations

import html
import io
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from engine.sample import SAMPLE_BOOK, SAMPLE_BOOK_TITLE
from engine.sample.figures import FIGURE_HEIGHTS, draw_figure

SOURCE = Path(__file__).parent / "data-structures.md"

PAGE = (0.0, 0.0, 499.0, 709.0)
"""ISO B5 in points."""
LEFT, RIGHT, TOP, BOTTOM = 62.0, 437.0, 76.0, 652.0
INK, SOFT_INK, ACCENT, RULE = (0.13, 0.13, 0.15), (0.42, 0.42, 0.46), (0.13, 0.33, 0.53), (0.80, 0.81, 0.84)

CSS = """
body { font-family: serif; font-size: 10.1pt; line-height: 1.33; color: #222226; margin: 0; }
p { margin: 0; text-align: justify; }
h1 { font-family: sans-serif; font-size: 19pt; font-weight: bold; color: #215387; margin: 0; line-height: 1.2; }
h2 { font-family: sans-serif; font-size: 12pt; font-weight: bold; color: #222226; margin: 0; line-height: 1.2; }
.number { color: #8a8f99; font-weight: normal; }
code { font-family: monospace; font-size: 9pt; }
pre { font-family: monospace; font-size: 8.7pt; line-height: 1.28; margin: 0; white-space: pre; color: #111114; }
.whole { white-space: nowrap; }
ol { margin: 0 0 0 16pt; padding: 0; }
li { margin: 2pt 0; }
sub { font-size: 7pt; }
table { font-size: 9.4pt; margin: 0; border-collapse: collapse; }
th { font-family: sans-serif; font-size: 8.4pt; text-align: left; padding: 2.5pt 14pt 2.5pt 0; }
td { padding: 2.2pt 14pt 2.2pt 0; text-align: left; }
.caption { font-family: sans-serif; font-size: 8.4pt; color: #63636b; text-align: center; }
.title { font-family: sans-serif; font-size: 30pt; font-weight: bold; color: #215387; line-height: 1.15; text-align: left; }
.subtitle { font-size: 13pt; color: #63636b; text-align: left; }
.licence { font-size: 8.8pt; color: #63636b; text-align: left; }
"""

SUBTITLE = '<p class="subtitle">Arrays, lists, trees, tables, heaps and graphs<br>for a first course in computer science</p>'

_UNBREAKABLE = re.compile(r"O\((?:n )?log [nh]\)|(?<![\w</-])[A-Za-z]+(?:-[A-Za-z]+)+(?![^<]*>)")
"""Orders of growth and hyphenated compounds stay on one line: a hyphen at a line's end can't be told from a word break."""

SPACE_BEFORE = {"h1": 32.0, "h2": 18.0, "p": 6.5, "pre": 9.0, "ol": 7.0, "table": 12.0, "figure": 14.0}
"""Points above a block, by its kind; nothing at the top of a page."""
CODE_PADDING = 7.0
SPACE_AFTER_CODE = 5.0
LEAST_ROOM_FOR_TEXT = 30.0
"""Two lines: a paragraph that finds less room starts on the next page."""


@dataclass
class Block:
    """One element of the book, ready to be laid out. `name` is the figure's, `title` the heading's."""

    kind: str
    markup: str
    title: str = ""
    name: str = ""


@dataclass
class Heading:
    """Where a heading came to stand; `page` counts from 0 within the body."""

    level: int
    number: str
    title: str
    page: int
    top: float


@dataclass
class Body:
    """The laid-out body: its pages as PDF bytes and what has to be drawn on them afterwards."""

    pdf: bytes = b""
    pages: int = 0
    headings: list[Heading] = field(default_factory=list)
    figures: list[tuple[int, str, float]] = field(default_factory=list)
    shades: list[tuple[int, float, float]] = field(default_factory=list)
    rules: list[tuple[int, float, float]] = field(default_factory=list)


def read_blocks(markdown: str) -> list[Block]:
    """The blocks of the book in order; chapters and sections get their numbers (the glossary stays unnumbered)."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    blocks: list[Block] = []
    chapter = section = 0
    for part in re.split(r"\n{2,}(?=[^\s])", _protect_code(markdown)):
        text = part.replace("\x00", "\n\n").strip()
        if match := re.fullmatch(r"(#{1,2}) (.+)", text):
            title = match[2]
            if len(match[1]) == 1:
                chapter, section = chapter + 1, 0
                number = "" if title == "Glossary" else f"{chapter}"
            else:
                section += 1
                number = f"{chapter}.{section}"
            kind = f"h{len(match[1])}"
            shown = f'<span class="number">{number}&nbsp;&nbsp;</span>' if number else ""
            blocks.append(Block(kind, f"<{kind}>{shown}{html.escape(title)}</{kind}>", title=f"{number} {title}".strip()))
        elif match := re.fullmatch(r"!\[(\w+)\]\((.+)\)", text):
            blocks.append(Block("figure", f'<p class="caption">{html.escape(match[2])}</p>', name=match[1]))
        elif text.startswith("```"):
            code = html.escape("\n".join(text.split("\n")[1:-1]))
            blocks.append(Block("pre", f"<pre>{code}</pre>"))
        else:
            markup = _UNBREAKABLE.sub(r'<span class="whole">\g<0></span>', parser.render(text.replace("$n$", "*n*")))
            kind = "table" if markup.startswith("<table") else "ol" if markup.startswith("<ol") else "p"
            blocks.append(Block(kind, markup))
    return blocks


def _protect_code(markdown: str) -> str:
    """Blank lines inside listings become NUL, so that splitting at blank lines leaves a listing whole."""
    return re.sub(r"```.*?```", lambda match: match[0].replace("\n\n", "\x00"), markdown, flags=re.DOTALL)


class Setter:
    """Puts blocks below each other and turns the page when one doesn't fit."""

    def __init__(self) -> None:
        import pymupdf

        self._mupdf = pymupdf
        self._buffer = io.BytesIO()
        self._writer = pymupdf.DocumentWriter(self._buffer)
        self._device: Any = None
        self._y = TOP
        self.body = Body()

    def set_blocks(self, blocks: list[Block]) -> Body:
        """Lay out all blocks and return the finished body."""
        self._turn_page()
        for index, block in enumerate(blocks):
            needed = self._room_needed(blocks, index)
            space = SPACE_BEFORE[block.kind] if self._y > TOP else 0.0
            if self._y + space + needed > BOTTOM:
                self._turn_page()
                space = 0.0
            self._y += space
            self._set(block)
        self._writer.end_page()
        self._writer.close()
        self.body.pdf = self._buffer.getvalue()
        return self.body

    def _room_needed(self, blocks: list[Block], index: int) -> float:
        """Points a block must find on this page: all of it if it may not be split, with what a heading introduces."""
        block = blocks[index]
        if block.kind == "p":
            return min(self._height(block), LEAST_ROOM_FOR_TEXT)
        height = self._height(block)
        if block.kind in ("h1", "h2") and index + 1 < len(blocks):
            follower = blocks[index + 1]
            height += SPACE_BEFORE[follower.kind] + (self._room_needed(blocks, index + 1) if follower.kind != "p" else 3 * LEAST_ROOM_FOR_TEXT / 2)
        return height

    def _story(self, block: Block) -> Any:
        return self._mupdf.Story(block.markup, user_css=CSS)

    def _height(self, block: Block) -> float:
        _, filled = self._story(block).place((LEFT, 0, RIGHT, 5000))
        extra = FIGURE_HEIGHTS[block.name] + 6.0 if block.kind == "figure" else 2 * CODE_PADDING if block.kind == "pre" else 0.0
        return float(filled[3]) + extra

    def _set(self, block: Block) -> None:
        page = self.body.pages - 1
        if block.kind in ("h1", "h2"):
            number, _, title = block.title.partition(" ") if block.title[0].isdigit() else ("", "", block.title)
            self.body.headings.append(Heading(int(block.kind[1]), number, title, page, self._y))
        if block.kind == "figure":
            self.body.figures.append((page, block.name, self._y))
            self._y += FIGURE_HEIGHTS[block.name] + 6.0
        start = self._y
        if block.kind == "pre":
            self.body.shades.append((page, start, start + self._height(block)))
            self._y += CODE_PADDING
        story, more = self._story(block), 1
        while more:
            left = LEFT + (10.0 if block.kind == "pre" else 0.0)
            more, filled = story.place((left, self._y, RIGHT, BOTTOM + 4.0))
            story.draw(self._device)
            self._y = float(filled[3])
            if more:
                self._turn_page()
        if block.kind == "pre":
            self._y += CODE_PADDING + SPACE_AFTER_CODE
        if block.kind == "table":
            self.body.rules.append((page, start, self._y))

    def _turn_page(self) -> None:
        if self._device is not None:
            self._writer.end_page()
        self._device = self._writer.begin_page(self._mupdf.Rect(PAGE))
        self.body.pages += 1
        self._y = TOP


def draw_on_body(document: Any, body: Body) -> None:
    """Add what the text flow can't: shades behind listings, rules of tables, figures, running heads and page numbers."""
    for page, top, bottom in body.shades:
        document[page].draw_rect((LEFT, top, RIGHT, bottom), color=None, fill=(0.953, 0.957, 0.965), overlay=False, radius=0.02)
    for page, top, bottom in body.rules:
        for y, width in ((top - 2.0, 0.9), (top + 16.0, 0.5), (bottom + 2.0, 0.9)):
            document[page].draw_line((LEFT, y), (RIGHT, y), color=RULE if width < 0.9 else SOFT_INK, width=width)
    for page, name, top in body.figures:
        draw_figure(document[page], name, (LEFT + RIGHT) / 2, top)
    chapter = ""
    for index in range(body.pages):
        page = document[index]
        starting = [heading for heading in body.headings if heading.level == 1 and heading.page == index]
        running = chapter if chapter else starting[0].title
        if starting:
            chapter = starting[-1].title
        if not (starting and starting[0].top <= TOP):
            _write(page, running if index % 2 else SAMPLE_BOOK_TITLE, 52.0, "right" if index % 2 else "left")
            page.draw_line((LEFT, 58.0), (RIGHT, 58.0), color=RULE, width=0.5)
        _write(page, str(index + 1), 680.0, "center")


def _write(page: Any, text: str, y: float, side: str) -> None:
    import pymupdf

    width = pymupdf.get_text_length(text, fontname="helv", fontsize=8.2)
    x = {"left": LEFT, "right": RIGHT - width, "center": (LEFT + RIGHT - width) / 2}[side]
    page.insert_text((x, y), text, fontname="helv", fontsize=8.2, color=SOFT_INK)


def make_front(headings: list[Heading]) -> Any:
    """The title page and the contents; the caller links the contents lines when all pages are in one file."""
    import pymupdf

    front = pymupdf.open()
    title = front.new_page(width=PAGE[2], height=PAGE[3])
    title.draw_rect((0, 0, 14, PAGE[3]), color=None, fill=ACCENT)
    draw_figure(title, "cover", (LEFT + RIGHT) / 2 + 40, 86.0)
    title.insert_htmlbox((LEFT, 330, RIGHT, 470), '<p class="title">A Small Book of<br>Data Structures</p>', css=CSS)
    title.insert_htmlbox((LEFT, 420, RIGHT, 470), SUBTITLE, css=CSS)
    licence = (
        '<p class="licence">The ByteBrain sample book. This work is licensed under the Creative Commons Attribution-ShareAlike 4.0 '
        "International License (CC BY-SA 4.0): you may share and adapt it if you give credit and pass on the same freedom. "
        "See creativecommons.org/licenses/by-sa/4.0.</p>"
    )
    title.insert_htmlbox((LEFT, 590, RIGHT, 650), licence, css=CSS)
    contents = front.new_page(width=PAGE[2], height=PAGE[3])
    contents.insert_text((LEFT, TOP + 14), "Contents", fontname="hebo", fontsize=19, color=ACCENT)
    y = TOP + 40.0
    for heading in headings:
        chapter = heading.level == 1
        y += 15.4 if chapter else 11.6
        font, size = ("tibo", 10.2) if chapter else ("tiro", 9.4)
        left = LEFT + (0.0 if chapter else 18.0)
        contents.insert_text((left, y), heading.number, fontname=font, fontsize=size, color=SOFT_INK)
        left += 18.0 if chapter and heading.number else 24.0 if heading.number else 0.0
        contents.insert_text((left, y), heading.title, fontname=font, fontsize=size, color=INK)
        label = str(heading.page + 1)
        contents.insert_text((RIGHT - pymupdf.get_text_length(label, font, size), y), label, fontname=font, fontsize=size, color=INK)
    _write(contents, "ii", 680.0, "center")
    return front


def build(target: Path) -> int:
    """Write the book to `target` and return how many PDF pages it has."""
    import pymupdf

    body = Setter().set_blocks(read_blocks(SOURCE.read_text(encoding="utf-8")))
    document = make_front(body.headings)
    front_pages = document.page_count
    text = pymupdf.open("pdf", body.pdf)
    draw_on_body(text, body)
    document.insert_pdf(text)
    contents = document[front_pages - 1]
    y = TOP + 40.0
    for heading in body.headings:
        y += 15.4 if heading.level == 1 else 11.6
        place = pymupdf.Point(LEFT, heading.top)
        contents.insert_link({"kind": pymupdf.LINK_GOTO, "from": pymupdf.Rect(LEFT, y - 10, RIGHT, y + 2), "page": front_pages + heading.page, "to": place})
    document.set_toc(
        [[1, "Contents", front_pages, {"kind": pymupdf.LINK_GOTO, "to": pymupdf.Point(LEFT, TOP)}]]
        + [
            [h.level, f"{h.number} {h.title}".strip(), front_pages + h.page + 1, {"kind": pymupdf.LINK_GOTO, "to": pymupdf.Point(LEFT, h.top)}]
            for h in body.headings
        ]
    )
    document.set_page_labels([{"startpage": 0, "style": "r", "firstpagenum": 1}, {"startpage": front_pages, "style": "D", "firstpagenum": 1}])
    document.set_metadata({"title": SAMPLE_BOOK_TITLE, "author": "The ByteBrain project", "subject": "Data structures", "keywords": "CC BY-SA 4.0"})
    document.subset_fonts()
    document.save(target, garbage=4, deflate=True, no_new_id=True)
    return int(document.page_count)


if __name__ == "__main__":
    written = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE_BOOK
    pages = build(written)
    sys.stdout.write(f"{written}: {pages} pages, {written.stat().st_size} bytes\n")

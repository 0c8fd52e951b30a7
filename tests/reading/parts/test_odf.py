"""OpenDocument texts and presentations are read like their sisters."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.reading.messages import PageRead
from engine.reading.parts.odf import open_odp, open_odt
from engine.reading.parts.text import Parts
from engine.trouble import DocumentRefused

ODF = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(
    [
        *(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "table", "presentation", "style", "meta")),
        f'xmlns:draw="{ODF}:drawing:1.0" xmlns:fo="{ODF}:xsl-fo-compatible:1.0" xmlns:svg="{ODF}:svg-compatible:1.0"',
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ]
)
STYLES = """
<style:style style:name="Title" style:family="paragraph"/>
<style:style style:name="Preformatted_20_Text" style:display-name="Preformatted Text" style:family="paragraph">
  <style:text-properties style:font-name="Liberation Mono"/></style:style>
<style:style style:name="Caption" style:family="paragraph"/>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Preformatted_20_Text"/>
<style:style style:name="Big" style:family="paragraph"><style:text-properties fo:font-size="20pt" fo:font-weight="bold"/></style:style>
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="Gone" style:family="text"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
  <text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>
  <text:list-level-style-bullet text:level="2" text:bullet-char="\uf0a7"/></text:list-style>
<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="1"/>
  <text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>
"""


def par(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def heading(text: str, level: int = 1) -> str:
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def items(style: str, *contents: str, more: str = "") -> str:
    inside = "".join(f"<text:list-item>{content}</text:list-item>" for content in contents)
    named = f'text:style-name="{style}"' if style else ""
    return f"<text:list {named} {more}>{inside}</text:list>"


def made(folder: Path, kind: str, inside: str, **entries: str) -> Path:
    path = folder / "paper.odf"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        automatic = f"<office:automatic-styles>{STYLES}</office:automatic-styles>"
        file.writestr(
            "content.xml",
            f"<office:document-content {SPACES}>{automatic}<office:body><office:{kind}>{inside}</office:{kind}></office:body></office:document-content>",
        )
        for name, content in entries.items():
            file.writestr(name.replace("__", "/") + ".xml", content)
    return path


def text(folder: Path, inside: str, **entries: str) -> Parts:
    return open_odt(made(folder, "text", inside, **entries), "my_paper.odt")


def blocks(part: PageRead) -> list[tuple[str, str]]:
    return [(block.kind, part.text[block.start : block.end]) for block in part.blocks]


def test_each_heading_of_a_text_opens_a_section_and_has_its_number(tmp_path: Path) -> None:
    book = text(tmp_path, par("On Trees", "Title") + par("Before.") + heading("Roots") + par("They hold.") + heading("Depth", 2) + heading("Leaves"))
    assert (book.kind, book.title, book.paged) == ("odt", "On Trees", False)
    told = [(entry.level, entry.title, entry.page) for entry in book.outline]
    assert told == [(1, "On Trees", 1), (1, "1 Roots", 2), (2, "1.1 Depth", 3), (1, "2 Leaves", 4)]
    assert [(part.place.kind, part.place.from_) for part in book.parts if part.place] == [("section", k) for k in (1, 2, 3, 4)]


def test_lists_of_a_text_have_their_numbers_and_go_on_where_they_say_so(tmp_path: Path) -> None:
    inside = items("L1", par("one") + items("", par("a"), par("b")), par("two") + items("", par("a again")))
    inside += par("Then:") + items("L1", par("three"), more='text:continue-numbering="true"') + items("L2", par("dot") + items("", par("deeper")))
    inside += par("And:") + items("L1", par("anew"))
    expected = "1. one\n  (a) a\n  (b) b\n2. two\n  (a) a again\n\nThen:\n\n3. three\n• dot\n  – deeper\n\nAnd:\n\n1. anew"
    assert text(tmp_path, inside).parts[0].text == expected


def test_spans_spaces_and_hidden_text(tmp_path: Path) -> None:
    span = '<text:span text:style-name="T1">heap</text:span>'
    line = f'A  {span}<text:s text:c="2"/>is\n n<text:span text:style-name="Up">2</text:span><text:span text:style-name="Gone">not this</text:span>'
    part = text(tmp_path, par(line + "<office:annotation><text:p>a comment</text:p></office:annotation>.")).parts[0]
    assert part.text == "A heap  is n^2."
    assert [part.text[start:end] for start, end in part.emphasis] == ["heap"]


def test_code_captions_tables_notes_and_boxes_of_a_text(tmp_path: Path) -> None:
    code = par("def f():", "P1") + par('<text:s text:c="4"/>return 1', "P1")
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Slowly.</text:p></text:note-body></text:note>'
    )
    cells = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in ("Tree", "Depth"))
    table = f"<table:table><table:table-header-rows><table:table-row>{cells}</table:table-row></table:table-header-rows><table:table-row>"
    table += "<table:table-cell table:number-columns-repeated='2'><text:p>x</text:p></table:table-cell></table:table-row></table:table>"
    box = "<draw:frame><draw:text-box><text:p>Boxed.</text:p></draw:text-box></draw:frame>"
    deleted = "<text:tracked-changes><text:changed-region><text:deletion><text:p>deleted</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    contents = "<text:table-of-content><text:index-body><text:p>Roots 1</text:p></text:index-body></text:table-of-content>"
    part = text(tmp_path, deleted + contents + par(f"They grow.{note}{box}") + code + table + par("A tree", "Caption")).parts[0]
    assert blocks(part) == [
        ("prose", "They grow."),
        ("prose", "Boxed."),
        ("code", "def f():\n    return 1"),
        ("table", "Tree | Depth\nx | x"),
        ("caption", "A tree"),
        ("footnote", "Slowly."),
    ]


def test_a_formula_lies_in_an_object_of_its_own(tmp_path: Path) -> None:
    formula = '<math xmlns="http://www.w3.org/1998/Math/MathML"><mfrac><mi>a</mi><mn>2</mn></mfrac></math>'
    frame = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
    part = text(tmp_path, par(frame) + par(f"It is {frame}."), **{"Object 1__content": formula}).parts[0]
    assert blocks(part) == [("formula", "a/2"), ("prose", "It is a/2.")]


def test_large_lines_are_headings_where_none_is_marked(tmp_path: Path) -> None:
    book = text(
        tmp_path, par("Roots", "Big") + par("They hold the tree.") + par("They drink.") + par("Leaves", "Big") + par("They breathe.") + par("They fall.")
    )
    assert [entry.title for entry in book.outline] == ["Roots", "Leaves"]


def frame(inside: str, role: str = "", at: tuple[int, int] | None = None) -> str:
    place = f'svg:x="{at[0]}cm" svg:y="{at[1]}cm" svg:width="5cm" svg:height="2cm"' if at else ""
    return f'<draw:frame presentation:class="{role}" {place}>{inside}</draw:frame>'


def box(inside: str, role: str = "", at: tuple[int, int] | None = None) -> str:
    return frame(f"<draw:text-box>{inside}</draw:text-box>", role, at)


def test_a_presentation_has_a_part_per_slide(tmp_path: Path) -> None:
    first = box(par("Trees"), "title") + box(items("L2", par("grow") + items("", par("slowly"))), "outline")
    first += box(par("left out"), "footer") + box(par("7"), "page-number")
    first += f"<presentation:notes>{box(par('Say it loud.'), 'notes')}</presentation:notes>"
    second = frame("<draw:image/><svg:desc>A heap with five nodes</svg:desc>")
    third = frame("<draw:image/>")
    cells = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in "ab")
    table = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    pages = "".join(f"<draw:page>{page}</draw:page>" for page in (first, second, third, "", frame(table)))
    book = open_odp(made(tmp_path, "presentation", pages), "talk.odp")
    assert (book.kind, book.title, book.pages) == ("odp", "Trees", 5)
    assert book.parts[0].text == "Trees\n\n• grow\n  – slowly\n\nNotes\n\nSay it loud."
    assert [part.kind for part in book.parts] == ["text", "text", "picture", "blank", "text"]
    assert blocks(book.parts[1]) == [("caption", "A heap with five nodes")]
    assert blocks(book.parts[4]) == [("table", "a | b")]
    assert [(part.place.kind, part.place.from_) for part in book.parts if part.place] == [("slide", n) for n in (1, 2, 3, 4, 5)]


def test_shapes_of_a_slide_are_read_by_place(tmp_path: Path) -> None:
    drawn = '<draw:custom-shape svg:x="1cm" svg:y="4cm" svg:width="5cm" svg:height="2cm"><text:p>first</text:p></draw:custom-shape>'
    page = box(par("second"), at=(1, 9)) + f"<draw:g>{drawn}</draw:g>" + box(par("T"), "title", (1, 1))
    assert open_odp(made(tmp_path, "presentation", f"<draw:page>{page}</draw:page>"), "talk.odp").parts[0].text == "T\n\nfirst\n\nsecond"


@pytest.mark.parametrize("opener", [open_odt, open_odp])
def test_what_is_locked_or_broken_is_refused_with_the_reason(tmp_path: Path, opener: Callable[[Path, str], Parts]) -> None:
    def refusal(path: Path) -> str:
        with pytest.raises(DocumentRefused) as raised:
            opener(path, "x.odt")
        return raised.value.notice.code

    assert refusal(made(tmp_path, "text", "", **{"META-INF__manifest": "<manifest:encryption-data/>"})) == "encrypted-office"
    assert refusal(made(tmp_path, "spreadsheet", "")) == "damaged"
    empty = tmp_path / "empty.odt"
    with zipfile.ZipFile(empty, "w") as file:
        file.writestr("mimetype", "x")
    assert refusal(empty) == "damaged"

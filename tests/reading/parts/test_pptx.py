"""Presentations become slides in the order they are shown, with all that is said on them and about them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from engine.reading.messages import PageRead
from engine.reading.parts.pptx import open_pptx
from engine.reading.parts.text import Parts
from engine.trouble import DocumentRefused

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    f'xmlns:r="{OFFICE}" xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)
BODY_STYLE = '<a:lvl1pPr><a:buChar char="•"/></a:lvl1pPr><a:lvl2pPr><a:buFont typeface="Wingdings"/><a:buChar char="§"/></a:lvl2pPr>'


def par(text: str, level: int = 0, properties: str = "", run: str = "") -> str:
    inside = text if text.startswith("<") else f"<a:r><a:rPr>{run}</a:rPr><a:t>{text}</a:t></a:r>"
    return f'<a:p><a:pPr lvl="{level}">{properties}</a:pPr>{inside}</a:p>'


def shape(*paragraphs: str, ph: str | None = None, at: tuple[int, int, int, int] | None = None, name: str = "Box") -> str:
    placeholder = f"<p:ph {ph}/>" if ph is not None else ""
    place = f'<a:xfrm><a:off x="{at[0]}" y="{at[1]}"/><a:ext cx="{at[2]}" cy="{at[3]}"/></a:xfrm>' if at else ""
    frame = f'<p:nvSpPr><p:cNvPr id="1" name="{name}"/><p:cNvSpPr/><p:nvPr>{placeholder}</p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr>'
    return f"<p:sp>{frame}<p:txBody><a:bodyPr/><a:lstStyle/>{''.join(paragraphs)}</p:txBody></p:sp>"


def title(text: str) -> str:
    return shape(par(text), ph='type="title"')


def body(*paragraphs: str) -> str:
    return shape(*paragraphs, ph='idx="1"')


def picture(described: str) -> str:
    return f'<p:pic><p:nvPicPr><p:cNvPr id="4" name="Picture 3" descr="{described}"/></p:nvPicPr><p:spPr/></p:pic>'


def relationships(targets: Mapping[str, tuple[str, str]]) -> str:
    inside = "".join(f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>' for key, (kind, target) in targets.items())
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'


def tree(name: str, shapes: str, more: str = "", attributes: str = "") -> str:
    return f"<p:{name} {SPACES} {attributes}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>{more}</p:{name}>"


def opened(folder: Path, *slides: str, notes: Mapping[int, str] | None = None, sections: str = "", order: Sequence[int] = (), **entries: str) -> Parts:
    path = folder / "talk.pptx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("_rels/.rels", relationships({"d": ("officeDocument", "/ppt/presentation.xml")}))
        listed = "".join(f'<p:sldId id="{255 + number}" r:id="s{number}"/>' for number in order or range(1, len(slides) + 1))
        file.writestr(
            "ppt/presentation.xml", f"<p:presentation {SPACES}><p:sldIdLst>{listed}</p:sldIdLst><p:sldSz cx='1000' cy='700'/>{sections}</p:presentation>"
        )
        file.writestr("ppt/_rels/presentation.xml.rels", relationships({f"s{n}": ("slide", f"slides/slide{n}.xml") for n in range(1, len(slides) + 1)}))
        file.writestr(
            "ppt/layouts/l.xml", tree("sldLayout", shape(par("Click"), ph='type="title"', at=(0, 0, 1000, 100)) + shape(ph='idx="1"', at=(0, 120, 1000, 500)))
        )
        file.writestr("ppt/layouts/_rels/l.xml.rels", relationships({"m": ("slideMaster", "../m.xml")}))
        file.writestr("ppt/m.xml", tree("sldMaster", shape(ph='type="body" idx="1"'), f"<p:txStyles><p:bodyStyle>{BODY_STYLE}</p:bodyStyle></p:txStyles>"))
        for number, shapes in enumerate(slides, start=1):
            file.writestr(f"ppt/slides/slide{number}.xml", shapes if shapes.startswith("<p:sld ") else tree("sld", shapes))
            related = {"l": ("slideLayout", "../layouts/l.xml"), "c": ("chart", "../chart.xml"), "g": ("diagramData", "../data.xml")}
            if notes and number in notes:
                related["n"] = ("notesSlide", f"../notes{number}.xml")
                file.writestr(f"ppt/notes{number}.xml", tree("notes", shape(par(notes[number]), ph='type="body"') + shape(par("7"), ph='type="sldNum"')))
            file.writestr(f"ppt/slides/_rels/slide{number}.xml.rels", relationships(related))
        for name, content in entries.items():
            file.writestr(f"ppt/{name}.xml", content)
    return open_pptx(path, "my_talk.pptx")


def blocks(part: PageRead) -> list[tuple[str, str]]:
    return [(block.kind, part.text[block.start : block.end]) for block in part.blocks]


def test_a_slide_is_a_part_with_its_number_and_title(tmp_path: Path) -> None:
    book = opened(tmp_path, title("Trees") + body(par("They grow")), title("Heaps"), order=(2, 1))
    assert (book.kind, book.title, book.paged, book.pages) == ("pptx", "Heaps", False, 2)
    assert [(entry.level, entry.title, entry.page) for entry in book.outline] == [(1, "Heaps", 1), (1, "Trees", 2)]
    assert [(part.place.kind, part.place.from_, part.place.to) for part in book.parts if part.place] == [("slide", 1, 1), ("slide", 2, 2)]
    assert blocks(book.parts[1]) == [("heading", "Trees"), ("prose", "• They grow")]


def test_a_short_subtitle_is_part_of_the_title(tmp_path: Path) -> None:
    cover = title("Algorithms") + shape(par("Lecture 3"), ph='type="subTitle"')
    assert opened(tmp_path, cover).title == "Algorithms · Lecture 3"
    assert opened(tmp_path, cover + body(par("A long list of names and institutes " * 3))).title == "Algorithms"


def test_bullets_keep_their_levels_and_numbers_are_counted(tmp_path: Path) -> None:
    number, letter = '<a:buAutoNum type="arabicPeriod"/>', '<a:buAutoNum type="alphaLcParenBoth" startAt="2"/>'
    shapes = title("Lists") + body(
        par("dot"),
        par("square", 1),
        par("none", 0, "<a:buNone/>"),
        par("one", 0, number),
        par("b", 1, letter),
        par("c", 1, letter),
        par("two", 0, number),
        par("b again", 1, letter),
    )
    assert opened(tmp_path, shapes).parts[0].text == "Lists\n\n• dot\n  – square\nnone\n1. one\n  (b) b\n  (c) c\n2. two\n  (b) b again"


def test_a_slide_with_notes_keeps_them_apart(tmp_path: Path) -> None:
    book = opened(tmp_path, title("Trees"), notes={1: "Say that they grow."})
    assert blocks(book.parts[0]) == [("heading", "Trees"), ("heading", "Notes"), ("prose", "Say that they grow.")]


def test_footers_dates_and_slide_numbers_are_left_out(tmp_path: Path) -> None:
    furniture = "".join(shape(par("left out"), ph=f'type="{kind}"') for kind in ("ftr", "dt", "sldNum"))
    assert opened(tmp_path, title("Trees") + furniture).parts[0].text == "Trees"


def test_hidden_empty_and_pictured_slides_count(tmp_path: Path) -> None:
    hidden = tree("sld", title("Hidden"), attributes='show="0"')
    book = opened(tmp_path, hidden, "", picture("image1.png"), picture("A tree with five nodes"))
    assert [(part.number, part.kind, part.text) for part in book.parts] == [
        (1, "text", "Hidden"),
        (2, "blank", ""),
        (3, "picture", ""),
        (4, "text", "A tree with five nodes"),
    ]
    assert blocks(book.parts[3])[0][0] == "caption"


def test_tables_are_tables(tmp_path: Path) -> None:
    def cell(text: str, attributes: str = "") -> str:
        return f"<a:tc {attributes}><a:txBody>{par(text)}</a:txBody></a:tc>"

    merged = 'vMerge="1"'
    rows = f"<a:tr>{cell('Tree')}{cell('Depth')}</a:tr><a:tr>{cell('AVL')}{cell('log n')}</a:tr><a:tr>{cell('x', merged)}{cell('1')}</a:tr>"
    frame = f"<p:graphicFrame><p:nvGraphicFramePr/><p:xfrm/><a:graphic><a:graphicData><a:tbl>{rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    assert blocks(opened(tmp_path, frame).parts[0]) == [("table", "Tree | Depth\nAVL | log n\n| 1")]


def test_letters_of_equal_width_are_code(tmp_path: Path) -> None:
    mono = '<a:latin typeface="Courier New"/>'
    shapes = title("Code") + shape(par("def f(x):", run=mono), "<a:p/>", par("  return x", run=mono)) + shape(par("plain"))
    assert blocks(opened(tmp_path, shapes).parts[0]) == [("heading", "Code"), ("code", "def f(x):\n\n  return x"), ("prose", "plain")]


def test_shapes_are_read_by_place_where_the_order_of_the_file_contradicts_it(tmp_path: Path) -> None:
    def box(text: str, x: int, y: int) -> str:
        return shape(par(text), at=(x, y, 300, 80))

    columns = box("right below", 600, 400) + box("left below", 0, 420) + box("left above", 0, 200) + box("right above", 600, 210) + title("T")
    assert opened(tmp_path, columns).parts[0].text.split("\n\n") == ["T", "left above", "right above", "left below", "right below"]
    pairs = title("T") + box("head one", 0, 150) + box("body one", 0, 300) + box("head two", 600, 150) + box("body two", 600, 300)
    assert opened(tmp_path, pairs).parts[0].text.split("\n\n") == ["T", "head one", "body one", "head two", "body two"]


def test_grouped_shapes_stand_where_their_group_puts_them(tmp_path: Path) -> None:
    inner = shape(par("in the group"), at=(0, 0, 100, 50))
    frame = '<a:xfrm><a:off x="0" y="150"/><a:ext cx="200" cy="100"/><a:chOff x="0" y="0"/><a:chExt cx="100" cy="50"/></a:xfrm>'
    group = f"<p:grpSp><p:nvGrpSpPr/><p:grpSpPr>{frame}</p:grpSpPr>{inner}</p:grpSp>"
    assert opened(tmp_path, title("T") + shape(par("last"), at=(0, 500, 100, 50)) + group).parts[0].text == "T\n\nin the group\n\nlast"


def test_a_short_line_at_the_top_serves_as_title_where_none_is_marked(tmp_path: Path) -> None:
    book = opened(tmp_path, shape(par("Binary trees"), at=(0, 20, 500, 60)) + shape(par("Text."), at=(0, 300, 500, 60)), shape(par("Just text here.")))
    assert blocks(book.parts[0]) == [("heading", "Binary trees"), ("prose", "Text.")]
    assert [entry.title for entry in book.outline] == ["Binary trees", "Just text here."]


def test_sections_of_the_file_stand_above_its_slides(tmp_path: Path) -> None:
    def section(name: str, *slides: int) -> str:
        members = "".join(f'<p14:sldId id="{255 + number}"/>' for number in slides)
        return f'<p14:section name="{name}"><p14:sldIdLst>{members}</p14:sldIdLst></p14:section>'

    sections = f"<p:extLst><p:ext><p14:sectionLst>{section('First', 1)}{section('Second', 2)}</p14:sectionLst></p:ext></p:extLst>"
    book = opened(tmp_path, title("a"), title("b"), sections=sections)
    assert [(entry.level, entry.title, entry.page) for entry in book.outline] == [(1, "First", 1), (2, "a", 1), (1, "Second", 2), (2, "b", 2)]


def test_charts_and_diagrams_say_what_is_written_in_them(tmp_path: Path) -> None:
    def frame(inside: str) -> str:
        return f"<p:graphicFrame><p:nvGraphicFramePr/><p:xfrm/><a:graphic><a:graphicData>{inside}</a:graphicData></a:graphic></p:graphicFrame>"

    def values(*texts: str) -> str:
        return "".join(f"<c:pt><c:v>{text}</c:v></c:pt>" for text in texts)

    series = f"<c:ser><c:tx>{values('Sales')}</c:tx><c:cat>{values('2024', '2025')}</c:cat><c:val>{values('1', '2')}</c:val></c:ser>"
    chart = f"<c:chartSpace {SPACES}><c:chart><c:title>{par('Growth')}</c:title>{series}</c:chart></c:chartSpace>"
    data = f"<dgm:dataModel {SPACES}><dgm:pt><dgm:t>{par('Plan')}</dgm:t></dgm:pt><dgm:pt type='pres'><dgm:t>{par('twice')}</dgm:t></dgm:pt></dgm:dataModel>"
    book = opened(tmp_path, frame('<c:chart r:id="c"/>') + frame('<dgm:relIds r:dm="g"/>'), chart=chart, data=data)
    assert book.parts[0].text == "Growth\nSeries: Sales\nCategories: 2024, 2025\n\n• Plan"


def test_emphasis_and_raised_letters_are_kept(tmp_path: Path) -> None:
    runs = '<a:r><a:t>A </a:t></a:r><a:r><a:rPr b="1"/><a:t>heap</a:t></a:r><a:r><a:t> has 2</a:t></a:r><a:r><a:rPr baseline="30000"/><a:t>h-1</a:t></a:r>'
    part = opened(
        tmp_path, title("T") + body(par(runs + '<a:r><a:t> leaves</a:t></a:r><a:r><a:rPr><a:sym typeface="Wingdings"/></a:rPr><a:t>\uf0e0</a:t></a:r>'))
    ).parts[0]
    assert part.text == "T\n\n• A heap has 2^(h-1) leaves→"
    assert [part.text[start:end] for start, end in part.emphasis] == ["heap"]


def test_a_slide_that_is_missing_is_blank_and_the_others_keep_their_numbers(tmp_path: Path) -> None:
    book = opened(tmp_path, title("a"), title("b"), order=(1, 9, 2))
    assert [(part.number, part.text) for part in book.parts] == [(1, "a"), (2, ""), (3, "b")]


def test_what_holds_no_presentation_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.pptx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("ppt/presentation.xml", "<other/>")
    with pytest.raises(DocumentRefused, match="holds no presentation"):
        open_pptx(path, "x.pptx")

"""Word documents become sections with everything in them as it was meant."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from engine.cancellation import Cancellation
from engine.reading.messages import PageRead
from engine.reading.parts.composing import PART_CHARACTERS, PART_LINES
from engine.reading.parts.docx import open_docx
from engine.reading.parts.text import Parts
from engine.trouble import DocumentRefused

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
SPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}/relationships" xmlns:m="{OFFICE}/math" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
PROMPT = '<w:rStyle w:val="PlaceholderText"/>'
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri"/><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Unter"><w:name w:val="Überschrift 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="My chapter"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Circle1"><w:name w:val="One"/><w:basedOn w:val="Circle2"/></w:style>
<w:style w:type="paragraph" w:styleId="Circle2"><w:name w:val="Two"/><w:basedOn w:val="Circle1"/></w:style>
<w:style w:type="paragraph" w:styleId="Code"><w:name w:val="Source Code"/></w:style>
<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="Toc"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Dark"><w:name w:val="Dark"/><w:pPr><w:shd w:val="clear" w:fill="1F3864"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Banner"><w:name w:val="Banner"/><w:basedOn w:val="Dark"/></w:style>
<w:style w:type="character" w:styleId="Mark"><w:name w:val="Mark"/><w:rPr><w:shd w:val="clear" w:fill="1F3864"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2.%3"/><w:isLgl/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="§"/><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="*"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
"""


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(content: str, style: str = "", properties: str = "") -> str:
    inside = content if content.startswith("<") else run(content)
    stated = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{stated}{properties}</w:pPr>{inside}</w:p>"


def item(text: str, number: int, level: int = 0) -> str:
    return par(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def relationships(**targets: str) -> str:
    inside = "".join(f'<Relationship Id="{key}" Type="{OFFICE}/relationships/{key}" Target="{target}"/>' for key, target in targets.items())
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'


def made(folder: Path, body: str, *, document: str | None = None, **more: str) -> Path:
    path = folder / "paper.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("_rels/.rels", relationships(officeDocument="word/document.xml"))
        file.writestr("word/_rels/document.xml.rels", relationships(styles="styles.xml", numbering="numbering.xml", footnotes="footnotes.xml"))
        file.writestr("word/document.xml", document or f"<w:document {SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>")
        file.writestr("word/styles.xml", f"<w:styles {SPACES}>{STYLES}</w:styles>")
        file.writestr("word/numbering.xml", f"<w:numbering {SPACES}>{NUMBERING}</w:numbering>")
        for name, content in more.items():
            file.writestr(f"word/{name}.xml", f"<w:{name} {SPACES}>{content}</w:{name}>")
    return path


def opened(folder: Path, body: str, **more: str) -> Parts:
    return open_docx(made(folder, body, **more), "my_paper.docx")


def only(folder: Path, body: str, **more: str) -> PageRead:
    (part,) = opened(folder, body, **more).parts
    return part


def blocks(part: PageRead) -> list[tuple[str, str]]:
    return [(block.kind, part.text[block.start : block.end]) for block in part.blocks]


def test_each_heading_opens_a_section_with_its_place(tmp_path: Path) -> None:
    book = opened(tmp_path, par("Before.") + par("Trees", "berschrift1") + par("They grow.") + par("AVL", "Unter") + par("Balanced.") + par("Heaps", "Own"))
    assert (book.kind, book.title, book.paged) == ("docx", "my paper", False)
    assert [(entry.level, entry.title, entry.page) for entry in book.outline] == [(1, "my paper", 1), (1, "Trees", 2), (2, "AVL", 3), (1, "Heaps", 4)]
    assert [(part.place.kind, part.place.from_, part.place.to) for part in book.parts if part.place] == [("section", k, k) for k in (1, 2, 3, 4)]
    assert blocks(book.parts[1]) == [("heading", "Trees"), ("prose", "They grow.")]
    assert all((part.words, part.label) == ((), None) for part in book.parts)


def test_the_title_names_the_document_and_opens_no_section(tmp_path: Path) -> None:
    book = opened(tmp_path, par("On Trees", "Titel") + par("By a student.") + par("Roots", "berschrift1"))
    assert (book.title, [entry.title for entry in book.outline]) == ("On Trees", ["On Trees", "Roots"])
    assert blocks(book.parts[0])[0] == ("heading", "On Trees")


def test_a_long_section_is_divided_and_keeps_its_place(tmp_path: Path) -> None:
    sentence = "A heap is a tree in which no child is larger than its parent. "
    book = opened(tmp_path, par("Heaps", "berschrift1") + "".join(par(f"{number} {sentence * 10}") for number in range(30)) + par("x" * 13_000))
    assert len(book.parts) > 3
    assert {part.place.from_ for part in book.parts if part.place} == {1}
    assert all(len(part.text) < 1.2 * PART_CHARACTERS and part.text.count("\n") <= 2 * PART_LINES for part in book.parts)
    assert sum(part.text.count("A heap is") for part in book.parts) == 300
    assert sum(part.text.count("x") for part in book.parts) == 13_000


def test_lists_have_their_numbers_and_marks(tmp_path: Path) -> None:
    body = item("one", 1) + item("a", 1, 1) + item("b", 1, 1) + item("deep", 1, 2) + item("two", 1) + item("a again", 1, 1)
    body += par("Then:") + item("dot", 2) + item("star", 2, 1) + item("five", 3)
    assert only(tmp_path, body).text == "1. one\n  (a) a\n  (b) b\n    1.2.1 deep\n2. two\n  (a) a again\n\nThen:\n\n• dot\n  * star\n5. five"


def test_short_bold_lines_are_headings_where_no_style_names_any(tmp_path: Path) -> None:
    body = "".join(
        par(run(f"Part {name}", "<w:b/>")) + par(f"Here is a paragraph about {name}.") + par(f"And another one about {name}.") for name in ("one", "two")
    )
    book = opened(tmp_path, par("Some words first.") + body + par(run("The end", "<w:b/>")))
    assert [entry.title for entry in book.outline] == ["my paper", "Part one", "Part two"]


def test_bold_as_a_habit_makes_no_headings(tmp_path: Path) -> None:
    book = opened(tmp_path, "".join(par(run(f"Line {number}", "<w:b/>")) for number in range(9)) + par("Plain."))
    assert len(book.outline) == 1


def test_emphasis_is_kept_where_it_is_not_the_whole_paragraph(tmp_path: Path) -> None:
    body = par(run("A ") + run("red", "<w:b/>") + run("-black", "<w:b/>") + run(" tree is ") + run("balanced", '<w:rStyle w:val="Strong"/>') + run("."))
    part = only(tmp_path, body + par(run("All of it", "<w:i/>")) + item("x", 2).replace("<w:rPr></w:rPr>", "<w:rPr><w:b/></w:rPr>"))
    assert [part.text[start:end] for start, end in part.emphasis] == ["red-black", "balanced", "x"]


def test_code_is_kept_together_with_its_indentation(tmp_path: Path) -> None:
    mono = '<w:rFonts w:ascii="Consolas"/>'
    body = par("def f(x):", "Code") + par("", "Code") + par("    return x", "Code") + par("Text.") + par(run("if x:", mono)) + par(run("\ty = 1", mono))
    assert blocks(only(tmp_path, body)) == [("code", "def f(x):\n\n    return x"), ("prose", "Text."), ("code", "if x:\n    y = 1")]


def test_a_document_in_typewriter_letters_is_not_all_code(tmp_path: Path) -> None:
    path = made(tmp_path, par("Dear diary."))
    other = tmp_path / "other.docx"
    with zipfile.ZipFile(path) as file, zipfile.ZipFile(other, "w") as target:
        for name in file.namelist():
            target.writestr(name, file.read(name).replace(b"Calibri", b"Courier New"))
    assert blocks(open_docx(other, "x.docx").parts[0]) == [("prose", "Dear diary.")]


def test_tables_have_a_line_per_row(tmp_path: Path) -> None:
    def cell(content: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"

    inner = f"<w:tbl><w:tr>{cell(par('a'))}{cell(par('b'))}</w:tr><w:tr>{cell(par('c'))}{cell(par('d'))}</w:tr></w:tbl>"
    rows = [
        cell(par("Tree")) + cell(par("Depth")),
        cell(par("AVL"), "<w:vMerge w:val='restart'/>") + cell(par("log") + par("n")),
        cell(par("hidden"), "<w:vMerge/>") + cell(inner + par("")),
    ]
    body = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + f"<w:tr><w:trPr><w:del/></w:trPr>{cell(par('gone'))}{cell(par('gone'))}</w:tr></w:tbl>"
    assert blocks(only(tmp_path, body)) == [("table", "Tree | Depth\nAVL | log n\n| a, b; c, d")]


def test_a_box_around_code_is_code_and_no_table(tmp_path: Path) -> None:
    body = f"<w:tbl><w:tr><w:tc>{par('a = 1', 'Code')}{par('b = 2', 'Code')}</w:tc></w:tr></w:tbl>"
    assert blocks(only(tmp_path, body)) == [("code", "a = 1\nb = 2")]


def test_notes_stand_at_the_end_of_the_part_that_refers_to_them(tmp_path: Path) -> None:
    body = par(run("Trees grow.") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + par("More.") + par("Next", "berschrift1") + par("Nothing.")
    footnotes = f'<w:footnote w:id="0" w:type="separator">{par("---")}</w:footnote><w:footnote w:id="2">{par("Slowly.")}</w:footnote>'
    book = opened(tmp_path, body, footnotes=footnotes)
    assert blocks(book.parts[0]) == [("prose", "Trees grow."), ("prose", "More."), ("footnote", "Slowly.")]
    assert "Slowly" not in book.parts[1].text


def test_insertions_are_read_and_deletions_comments_and_hidden_text_are_not(tmp_path: Path) -> None:
    body = par(
        run("Keep ")
        + f"<w:ins>{run('this ')}</w:ins><w:del><w:r><w:delText>not</w:delText></w:r></w:del><w:moveFrom>{run('moved')}</w:moveFrom>"
        + run("secret", "<w:vanish/>")
        + run("shown", '<w:vanish w:val="0"/>')
        + '<w:r><w:commentReference w:id="1"/></w:r>'
    )
    assert only(tmp_path, body).text == "Keep this shown"


def test_results_of_fields_are_read_and_not_their_codes(tmp_path: Path) -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText>REF x</w:instrText></w:r>"
    nested = mark("begin") + code + mark("begin") + code + mark("separate") + run("inner") + mark("end") + mark("separate") + run("3") + mark("end")
    body = (
        par(run("Figure ") + nested) + par(f"<w:fldSimple w:instr='DATE'>{run('today')}</w:fldSimple>") + par(mark("begin") + run("lost")) + par("Still here.")
    )
    assert only(tmp_path, body).text == "Figure 3\n\ntoday\n\nStill here."


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{par('In the box.')}</w:txbxContent>"
    picture = '<wp:docPr id="1" name="Picture 1" descr="A tree with five nodes"/>'
    drawing = f"<w:drawing><wp:inline>{picture}<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></wp:inline></w:drawing>"
    body = par(
        f"<w:r><mc:AlternateContent><mc:Choice>{drawing}</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert blocks(only(tmp_path, par("Text.") + body)) == [("prose", "Text."), ("prose", "In the box."), ("caption", "A tree with five nodes")]


def test_controls_links_and_smart_tags_are_seen_through(tmp_path: Path) -> None:
    link = f"<w:hyperlink r:id='x'>{run('a link')}</w:hyperlink>"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{par('Controlled.')}</w:sdtContent></w:sdt>"
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here.', PROMPT)}</w:sdtContent></w:sdt>"
    gallery = "<w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
    contents = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{par('Trees 1')}</w:sdtContent></w:sdt>"
    body = contents + par("Heaps 2", "Toc") + control + par(link + f"<w:smartTag>{run(' here')}</w:smartTag>" + prompt)
    assert only(tmp_path, body).text == "Controlled.\n\na link here"


def test_raised_and_symbol_letters_stay_legible(tmp_path: Path) -> None:
    up, down = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
    body = par(run("O(n") + run("k", up) + run("+1", up) + run(") on the 1") + run("st", up) + run(" day, x") + run("i", down) + run(" "))
    body += par(run("Let ") + '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>' + run(" be.") + "<w:r><w:tab/><w:noBreakHyphen/></w:r>")
    assert only(tmp_path, body).text == "O(n^(k+1)) on the 1st day, x_i\n\nLet α be. -"


def test_a_line_of_formula_is_a_formula(tmp_path: Path) -> None:
    half = "<m:f><m:num><m:r><m:t>n+1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    body = par(f"<m:oMathPara><m:oMath>{half}</m:oMath></m:oMathPara>") + par(run("It is ") + f"<m:oMath>{half}</m:oMath>" + run("."))
    assert blocks(only(tmp_path, body)) == [("formula", "(n+1)/2"), ("prose", "It is (n+1)/2.")]


def test_captions_are_known_by_style_and_by_wording(tmp_path: Path) -> None:
    assert [kind for kind, _ in blocks(only(tmp_path, par("A tree", "Caption") + par("Figure 2: A heap") + par("Figure it out.")))] == [
        "caption",
        "caption",
        "prose",
    ]


def test_styles_that_are_based_on_each_other_in_a_circle_do_no_harm(tmp_path: Path) -> None:
    assert only(tmp_path, par("Round.", "Circle1") + par("Unknown.", "Nowhere")).text == "Round.\n\nUnknown."


def test_an_empty_document_is_one_blank_part(tmp_path: Path) -> None:
    part = only(tmp_path, "<w:p/>")
    assert (part.kind, part.text, part.blocks) == ("blank", "", ())


def refusal(path: Path) -> tuple[str, str]:
    with pytest.raises(DocumentRefused) as raised:
        open_docx(path, "x.docx")
    assert raised.value.notice.remedy
    return raised.value.notice.code, raised.value.notice.sentence


def test_what_breaks_off_or_lacks_its_text_is_refused_with_the_reason(tmp_path: Path) -> None:
    assert "breaks off" in refusal(made(tmp_path, "", document=f"<w:document {SPACES}><w:body><w:p>"))[1]
    assert "no text of a Word document" in refusal(made(tmp_path, "", document="<other/>"))[1]
    path = tmp_path / "none.docx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
    assert refusal(path) == ("damaged", "“x.docx” is damaged: the text itself is missing in it.")


def test_entities_are_never_unfolded_nor_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    body = f"<w:document {SPACES}><w:body>{par('Here: “&outside;”')}</w:body></w:document>"
    outside = f'<!DOCTYPE x [<!ENTITY outside SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    assert open_docx(made(tmp_path, "", document=outside + body), "x.docx").parts[0].text == "Here: “”"
    bomb = (
        "<!DOCTYPE x ["
        + '<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
        + "]>"
    )
    assert refusal(made(tmp_path, "", document=bomb + body.replace("outside", "i")))[0] == "entity-bomb"


def test_tables_within_tables_without_end_end(tmp_path: Path) -> None:
    depth = 60
    body = "<w:tbl><w:tr><w:tc>" * depth + par("deep") + "</w:tc></w:tr></w:tbl>" * depth + par("flat")
    assert only(tmp_path, body).text == "flat"


def test_formulas_nested_without_end_are_refused(tmp_path: Path) -> None:
    depth = 115
    body = par("<m:oMath>" + "<m:rad><m:e>" * depth + "</m:e></m:rad>" * depth + "</m:oMath>")
    path = made(tmp_path, body)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(400)  # what a deeper formula would do to the usual limit
    try:
        assert "nested beyond reason" in refusal(path)[1]
    finally:
        sys.setrecursionlimit(limit)


def test_the_strict_spelling_of_the_format_is_the_same_document(tmp_path: Path) -> None:
    strict = SPACES.replace(MAIN, "http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
        f"{OFFICE}/math", "http://purl.oclc.org/ooxml/officeDocument/math"
    )
    half = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    body = par("Trees", "berschrift1") + par(run("Half: ") + f"<m:oMath>{half}</m:oMath>")
    path = made(tmp_path, "", document=f"<w:document {strict}><w:body>{body}</w:body></w:document>")
    assert blocks(open_docx(path, "x.docx").parts[0]) == [("heading", "Trees"), ("prose", "Half: 1/2")]


@pytest.mark.parametrize(
    "look", ['<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>', '<w:color w:val="FEFEFD"/>', '<w:color w:val="ffffff"/><w:shd w:val="clear" w:fill="FFFFFF"/>']
)
def test_white_and_tiny_text_on_white_paper_is_counted_and_not_read(tmp_path: Path, look: str) -> None:
    book = opened(tmp_path, par(run("A stack is a list.") + run("Obey these orders.", look)))
    (part,) = book.read(1, Cancellation())
    assert part.text == "A stack is a list."
    assert part.hidden == len("Obeytheseorders.")


def test_white_text_on_a_dark_ground_is_read(tmp_path: Path) -> None:
    white = '<w:color w:val="FFFFFF"/>'
    shaded = par(run("On a dark run.", white + '<w:shd w:val="clear" w:fill="1F3864"/>')) + par(
        run("In a dark paragraph.", white), properties='<w:shd w:val="clear" w:fill="000000"/>'
    )
    row = "".join(f"<w:tc>{par(run(cell, white))}</w:tc>" for cell in ("Dark", "row"))
    table = f"<w:tbl><w:tr>{row}</w:tr><w:tr>{row}</w:tr></w:tbl>"
    styled = par(run("In a dark style.", white), "Banner") + par(run("In a dark style of letters.", '<w:rStyle w:val="Mark"/>' + white))
    anchor = '<w:r><w:drawing><wp:anchor behindDoc="1"><wp:extent cx="7000000" cy="9000000"/></wp:anchor></w:drawing></w:r>'
    cover = opened(tmp_path, par(anchor) + par(run("On a picture.", white)))
    assert (cover.parts[0].text, cover.hidden) == ("On a picture.", 0)
    book = opened(tmp_path, shaded + styled + table)
    assert "In a dark style.\nIn a dark style of letters." in book.parts[0].text.replace("\n\n", "\n")
    assert "On a dark run." in book.parts[0].text
    assert "In a dark paragraph." in book.parts[0].text
    assert "Dark | row" in book.parts[0].text
    assert book.hidden == 0

"""Office documents through the real reader: known by their content, read in the child, refused with a reason."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from engine.children import Child
from engine.reading.messages import DocumentOpened, DocumentRead, PageRead, ReadDocument
from engine.trouble import Trouble
from engine.values import Place

pytestmark = pytest.mark.real

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def packed(path: Path, entries: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return path


def word(path: Path) -> Path:
    heading = '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Heaps</w:t></w:r></w:p>'
    text = "<w:p><w:r><w:t>No child is larger than its parent.</w:t></w:r></w:p>"
    return packed(path, {"word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{heading}{text}</w:body></w:document>'})


def presentation(path: Path) -> Path:
    title = '<p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>Heaps</a:t></a:r></a:p></p:txBody></p:sp>'
    relation = f'<Relationship Id="r1" Type="{RELATIONS}/slide" Target="slides/slide1.xml"/>'
    return packed(
        path,
        {
            "ppt/presentation.xml": f'<p:presentation xmlns:p="{SLIDES}" xmlns:r="{RELATIONS}"><p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst></p:presentation>',
            "ppt/_rels/presentation.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>',
            "ppt/slides/slide1.xml": f'<p:sld xmlns:p="{SLIDES}" xmlns:a="{DRAWING}"><p:cSld><p:spTree>{title}</p:spTree></p:cSld></p:sld>',
        },
    )


def open_document(path: Path, kind: str, inside: str) -> Path:
    spaces = f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0" xmlns:draw="{ODF}:drawing:1.0"'
    content = f"<office:document-content {spaces}><office:body><office:{kind}>{inside}</office:{kind}></office:body></office:document-content>"
    return packed(path, {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content})


def test_each_kind_is_known_by_its_content_and_has_its_places(reader: Child, tmp_path: Path) -> None:
    files = {
        "docx": (word(tmp_path / "a"), Place("section", 1, 1)),
        "pptx": (presentation(tmp_path / "b"), Place("slide", 1, 1)),
        "odt": (open_document(tmp_path / "c", "text", "<text:h>Heaps</text:h>"), Place("section", 1, 1)),
        "odp": (open_document(tmp_path / "d", "presentation", "<draw:page><draw:rect><text:p>Heaps</text:p></draw:rect></draw:page>"), Place("slide", 1, 1)),
    }
    for kind, (path, place) in files.items():
        opened, page, ended = reader.ask(ReadDocument(str(path), "a document"))
        assert isinstance(opened, DocumentOpened)
        assert isinstance(page, PageRead)
        assert (opened.kind, opened.paged, [entry.title for entry in opened.outline]) == (kind, False, ["Heaps"])
        assert (page.place, page.text.splitlines()[0]) == (place, "Heaps")
        assert ended == DocumentRead(1)


def test_a_bomb_and_a_torn_file_are_refused_and_the_reader_lives(reader: Child, tmp_path: Path) -> None:
    bomb = packed(tmp_path / "bomb.docx", {"word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{" " * 20_000_000}</w:body></w:document>'})
    torn = word(tmp_path / "torn.docx")
    torn.write_bytes(torn.read_bytes()[:-30])
    codes = []
    for path in (bomb, torn):
        with pytest.raises(Trouble) as caught:
            reader.ask_once(ReadDocument(str(path), path.name))
        codes.append(caught.value.notice.code)
    assert codes == ["too-large", "damaged"]
    assert reader.starts == 1

"""PDFs made on the spot: outline, labels, boxes on turned and cropped pages, pictures, drawing."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from engine.reading.messages import PageRead
from engine.reading.pdf.mupdf import MAX_PAGES, MAX_PIXELS, PdfBook, draw_page
from engine.trouble import DocumentRefused, Trouble

NewPdf = Callable[[], pymupdf.Document]
Read = Callable[..., tuple[Any, list[PageRead]]]

PROSE = "A hash table keeps its entries in buckets, and a good hash function spreads them evenly over these buckets."


def write(page: pymupdf.Page, text: str = PROSE, *, rectangle: pymupdf.Rect | None = None, **how: Any) -> None:
    """Text that is broken into lines in a box."""
    left = page.insert_textbox(rectangle or pymupdf.Rect(60, 100, 300, 400), text, fontsize=11, **how)
    assert left >= 0


def assert_boxes_agree(sheet: pymupdf.Page, page: PageRead) -> None:
    """Every word that MuPDF sees stands in the text, and its box is where MuPDF shows it."""
    shown = [(word[4], pymupdf.Rect(word[:4]) * sheet.rotation_matrix) for word in sheet.get_text("words")]
    assert [page.text[word.start : word.end] for word in page.words] == [text for text, _ in shown]
    for word, (_, rectangle) in zip(page.words, shown, strict=True):
        box = pymupdf.Rect(word.x0, word.y0, word.x1, word.y1)
        assert max(abs(one - other) for one, other in zip(box, rectangle, strict=True)) < 1.0
        assert sheet.rect.contains(box)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("cropped", [False, True])
def test_words_stand_where_the_page_shows_them_however_it_is_turned_and_cropped(new_pdf: NewPdf, read: Read, rotation: int, cropped: bool) -> None:
    document = new_pdf()
    sheet = document.new_page(width=400, height=600)
    write(sheet)
    if cropped:
        sheet.set_cropbox(pymupdf.Rect(40, 80, 320, 500))
    sheet.set_rotation(rotation)
    page = read(document)[1][0]
    assert page.text == PROSE
    assert (page.width, page.height) == (document[0].rect.width, document[0].rect.height)
    assert_boxes_agree(document[0], page)


@pytest.mark.parametrize("direction", [90, 180, 270])
def test_text_that_runs_sideways_is_read_in_order(new_pdf: NewPdf, read: Read, direction: int) -> None:
    document = new_pdf()
    write(document.new_page(width=400, height=600), rotate=direction)
    page = read(document)[1][0]
    assert page.text == PROSE
    assert_boxes_agree(document[0], page)


def test_two_columns_are_read_one_after_the_other(new_pdf: NewPdf, read: Read) -> None:
    document = new_pdf()
    sheet = document.new_page(width=600, height=400)
    write(sheet, "The left column speaks of stacks. " * 6, rectangle=pymupdf.Rect(50, 60, 280, 380))
    write(sheet, "The right column speaks of queues. " * 6, rectangle=pymupdf.Rect(320, 60, 550, 380))
    text = read(document)[1][0].text
    assert text.rindex("stacks") < text.index("right column")
    assert "left column speaks of stacks. The left column" in text


def test_hyphenation_and_code_of_a_real_page(new_pdf: NewPdf, read: Read) -> None:
    document = new_pdf()
    sheet = document.new_page()
    sheet.insert_text((72, 100), "The next program shows how the imple-\nmentation of a stack looks in Python:", fontsize=11)
    sheet.insert_text((90, 160), "def push(items, item):\n    items.append(item)", fontsize=10, fontname="cour")
    page = read(document)[1][0]
    assert [(block.kind, page.text[block.start : block.end]) for block in page.blocks] == [
        ("prose", "The next program shows how the implementation of a stack looks in Python:"),
        ("code", "def push(items, item):\n    items.append(item)"),
    ]


def test_the_outline_names_pages_and_where_on_them_the_headings_stand(new_pdf: NewPdf, read: Read) -> None:
    document = new_pdf()
    for number in (1, 2):
        sheet = document.new_page()
        sheet.insert_text((72, 300), f"{number}.1 Trees of kind {number}", fontsize=16)
        sheet.insert_text((72, 340), PROSE[:60], fontsize=11)
    document.set_toc([[1, "Trees of kind 1", 1], [2, "Trees of kind 2", 2], [2, "Never seen", 2]])
    book, pages = read(document)
    assert [(entry.level, entry.title, entry.page) for entry in book.outline] == [(1, "Trees of kind 1", 1), (2, "Trees of kind 2", 2), (2, "Never seen", 2)]
    heading = pages[0].words[0]
    assert book.outline[0].top == pytest.approx(heading.y0, abs=1.0)
    assert pages[1].blocks[0].kind == "heading"


def test_printed_page_numbers_come_from_the_labels_and_are_none_without_them(new_pdf: NewPdf, read: Read) -> None:
    document = new_pdf()
    for _ in range(4):
        write(document.new_page())
    assert [page.label for page in read(document)[1]] == [None] * 4
    document.set_page_labels(
        [{"startpage": 0, "prefix": "", "style": "r", "firstpagenum": 1}, {"startpage": 2, "prefix": "A-", "style": "D", "firstpagenum": 7}]
    )
    assert [page.label for page in read(document)[1]] == ["i", "ii", "A-7", "A-8"]


def test_titles_come_from_the_metadata_unless_these_name_a_file(new_pdf: NewPdf, read: Read) -> None:
    document = new_pdf()
    sheet = document.new_page()
    sheet.insert_text((72, 100), "Open Data Structures", fontsize=24)
    write(sheet, rectangle=pymupdf.Rect(60, 200, 400, 500))
    assert read(document)[0].title == "Open Data Structures"
    document.set_metadata({"title": "top.dvi"})
    assert read(document)[0].title == "Open Data Structures"
    document.set_metadata({"title": "A Book of Trees"})
    assert read(document)[0].title == "A Book of Trees"
    document.set_metadata({"title": "**A Draft of Trees**"})
    assert read(document)[0].title == "A Draft of Trees"


def test_a_large_number_on_the_first_slide_stands_apart_from_the_title(new_pdf: NewPdf, read: Read) -> None:
    document = new_pdf()
    page = document.new_page()
    page.insert_text((60, 120), "2", fontsize=60)
    page.insert_text((94, 120), "Graph theory", fontsize=20)
    page.insert_text((60, 200), "A graph has nodes and edges, and nothing else is needed for it to be one.", fontsize=9)
    assert read(document)[0].title == "2 Graph theory"


def test_a_page_without_text_is_a_picture_or_blank(new_pdf: NewPdf, read: Read) -> None:
    document = new_pdf()
    document.new_page().draw_rect(pymupdf.Rect(50, 50, 200, 200), fill=(0, 0, 1))
    document.new_page()
    write(document.new_page())
    assert [page.kind for page in read(document)[1]] == ["picture", "blank", "text"]


def test_contents_and_index_pages_are_recognised(new_pdf: NewPdf, read: Read) -> None:
    document = new_pdf()
    contents = document.new_page()
    contents.insert_text((72, 80), "Contents", fontsize=18)
    contents.insert_text((72, 120), [f"{number} Chapter on trees . . . . . . . . {number * 10}" for number in range(1, 15)], fontsize=11)
    for _ in range(8):
        write(document.new_page())
    index = document.new_page()
    index.insert_text((72, 80), "Index", fontsize=18)
    terms = ("array", "binary", "cache", "deque", "edge", "forest", "graph", "heap")
    index.insert_text((72, 120), [f"{term}, {7 * number % 90 + 3}" for number, term in enumerate(terms)], fontsize=11)
    kinds = [page.kind for page in read(document)[1]]
    assert (kinds[0], kinds[-1], set(kinds[1:-1])) == ("contents", "index", {"text"})


def test_a_drawn_page_is_private_and_of_the_stated_size(new_pdf: NewPdf, tmp_path: Path) -> None:
    document = new_pdf()
    write(document.new_page(width=300, height=500))
    path, target = tmp_path / "book.pdf", tmp_path / "page.rgb"
    document.save(path)
    target.write_bytes(b"an older picture")
    picture = draw_page(path, 1, 2.0, target)
    pixels = target.read_bytes()
    assert (picture.width, picture.height, picture.page_width, picture.page_height) == (600, 1000, 300.0, 500.0)
    assert len(pixels) == picture.stride * picture.height
    assert hashlib.sha256(pixels).hexdigest() == picture.sha256
    assert len(set(pixels)) > 2
    if sys.platform != "win32":
        assert target.stat().st_mode & 0o777 == 0o600


def test_a_huge_page_is_scaled_down_and_a_missing_one_refused(new_pdf: NewPdf, tmp_path: Path) -> None:
    document = new_pdf()
    document.new_page(width=9000, height=9000)
    path = tmp_path / "poster.pdf"
    document.save(path)
    picture = draw_page(path, 1, 3.0, tmp_path / "page.rgb")
    assert picture.width * picture.height <= MAX_PIXELS * 1.01
    with pytest.raises(DocumentRefused) as caught:
        draw_page(path, 2, 1.0, tmp_path / "none.rgb")
    assert caught.value.notice.code == "no-such-page"


def test_a_picture_that_can_not_be_written_is_a_trouble(new_pdf: NewPdf, tmp_path: Path) -> None:
    document = new_pdf()
    document.new_page()
    document.save(tmp_path / "book.pdf")
    with pytest.raises(Trouble, match="could not be written"):
        draw_page(tmp_path / "book.pdf", 1, 1.0, tmp_path / "no" / "such" / "folder.rgb")


def test_importing_mupdf_brings_no_models_and_prints_nothing() -> None:
    program = (
        "import sys; from engine.reading.pdf.mupdf import import_mupdf; import_mupdf(); "
        "print(sorted({'onnxruntime', 'networkx', 'numpy', 'pymupdf.layout'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert done.stdout.strip() == "[]"


def pdf_of_empty_pages(count: int) -> bytes:
    """The smallest file with so many pages, written by hand."""
    kids = " ".join(f"{number} 0 R" for number in range(3, count + 3))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {count}/Kids[{kids}]/MediaBox[0 0 9 9]>>", *["<</Type/Page/Parent 2 0 R>>"] * count]
    written, places = b"%PDF-1.7\n", []
    parts = [written]
    place = len(written)
    for number, content in enumerate(objects, 1):
        places.append(place)
        parts.append(f"{number} 0 obj{content}endobj\n".encode())
        place += len(parts[-1])
    rows = "".join(f"{each:010} 00000 n \n" for each in places)
    parts.append(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{place}\n%%EOF".encode())
    return b"".join(parts)


def test_a_file_with_more_pages_than_anybody_wrote_is_refused(read: Read, tmp_path: Path) -> None:
    (tmp_path / "small.pdf").write_bytes(pdf_of_empty_pages(3))
    assert [page.kind for page in read(tmp_path / "small.pdf")[1]] == ["blank"] * 3
    (tmp_path / "trap.pdf").write_bytes(pdf_of_empty_pages(MAX_PAGES + 1))
    with pytest.raises(DocumentRefused) as caught:
        read(tmp_path / "trap.pdf")
    assert caught.value.notice.code == "too-large"


def test_an_image_that_fills_a_page_with_a_stamp_is_a_picture_and_a_slide_with_text_is_none(new_pdf: NewPdf, tmp_path: Path) -> None:
    document = new_pdf()
    pixmap = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 40, 60))
    pixmap.set_rect(pixmap.irect, (90, 120, 150))
    for text in ("p. 7", PROSE):
        sheet = document.new_page(width=400, height=600)
        sheet.insert_image(sheet.rect, pixmap=pixmap)
        write(sheet, text)
    document.new_page(width=400, height=600).insert_text((60, 60), "p. 9")
    document.save(tmp_path / "stamped.pdf")
    book = PdfBook(tmp_path / "stamped.pdf", "stamped.pdf")
    assert [book._is_picture(book.printed(number)) for number in (1, 2, 3)] == [True, False, False]
    book.close()

"""PDFs made on the spot: the book's own index, headings where there is no outline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf

from engine.cancellation import Cancellation
from engine.reading.messages import IndexEntry, PageRead
from engine.reading.pdf.mupdf import PdfBook

NewPdf = Callable[[], pymupdf.Document]
Read = Callable[..., tuple[Any, list[PageRead]]]

PROSE = "A hash table keeps its entries in buckets, and a good hash function spreads them evenly over these buckets. "
TERMS = ("abort", "access", "address", "buffer", "cache", "daemon", "deadlock", "file", "inode", "kernel", "lock", "monitor", "mutex", "page", "pipe", "queue")


def chapter(document: pymupdf.Document, title: str, sections: tuple[str, ...], *, size: float = 18) -> None:
    page = document.new_page(width=400, height=600)
    page.insert_text((60, 90), title, fontsize=size, fontname="hebo")
    for number, section in enumerate(sections):
        top = 120 + 180 * number
        page.insert_text((60, top), section, fontsize=13, fontname="hebo")
        page.insert_textbox(pymupdf.Rect(60, top + 15, 340, top + 150), PROSE * 3, fontsize=10)


def book_with_index(new_pdf: NewPdf, *, labels: bool) -> pymupdf.Document:
    """Two pages of front matter, sixteen that are numbered from 1 at their foot, and an index of two columns."""
    document = new_pdf()
    for number in range(1, 19):
        page = document.new_page(width=400, height=600)
        page.insert_textbox(pymupdf.Rect(60, 60, 340, 500), f"{PROSE}{TERMS[number % 16]} " * 3, fontsize=10)
        if number > 2:
            page.insert_text((195, 560), str(number - 2), fontsize=9)
    page = document.new_page(width=400, height=600)
    page.insert_text((60, 60), "Index", fontsize=16)
    for number, term in enumerate(TERMS):
        page.insert_text((60 if number < 8 else 220, 100 + 20 * (number % 8)), f"{term}, {number + 1}", fontsize=10)
        page.insert_text((70 if number < 8 else 230, 110 + 20 * (number % 8)), f"of {term}s, {1 + number // 2}-{2 + number // 2}", fontsize=10)
    if labels:
        document.set_page_labels(
            [{"startpage": 0, "prefix": "", "style": "r", "firstpagenum": 1}, {"startpage": 2, "prefix": "", "style": "D", "firstpagenum": 1}]
        )
    return document


def index_of(document: pymupdf.Document, path: Path, first_page: int) -> tuple[IndexEntry, ...]:
    document.save(path)
    book = PdfBook(path, path.name)
    try:
        for _ in book.read(first_page, Cancellation()):
            pass
        return book.index
    finally:
        book.close()


def test_the_books_own_index_comes_in_counted_pages_wherever_reading_began(new_pdf: NewPdf, tmp_path: Path) -> None:
    document = book_with_index(new_pdf, labels=True)
    whole = index_of(document, tmp_path / "whole.pdf", 1)
    pages = {entry.term: entry.pages for entry in whole}
    assert (pages["deadlock"], pages["deadlock, of deadlocks"]) == ((9,), (6, 7))
    assert len(whole) == 32
    assert [index_of(document, tmp_path / f"{first}.pdf", first) for first in (5, 19, 20)] == [whole] * 3


def test_without_labels_the_numbers_at_the_foot_of_the_pages_tell_which_are_meant(new_pdf: NewPdf, tmp_path: Path) -> None:
    labelled = index_of(book_with_index(new_pdf, labels=True), tmp_path / "labelled.pdf", 1)
    assert index_of(book_with_index(new_pdf, labels=False), tmp_path / "bare.pdf", 1) == labelled


def test_a_document_without_outline_gets_one_of_its_headings(new_pdf: NewPdf, read: Read) -> None:
    document = new_pdf()
    chapter(document, "Chapter 1 Sorting", ("1.1 Insertion sort", "1.2 Merge sort"))
    chapter(document, "Chapter 2 Trees", ("2.1 Binary search trees",))
    book, pages = read(document)
    assert [(entry.level, entry.title, entry.page) for entry in book.outline] == [
        (1, "Chapter 1 Sorting", 1),
        (2, "1.1 Insertion sort", 1),
        (2, "1.2 Merge sort", 1),
        (1, "Chapter 2 Trees", 2),
        (2, "2.1 Binary search trees", 2),
    ]
    assert [pages[1].text[block.start : block.end] for block in pages[1].blocks if block.kind == "heading"] == ["Chapter 2 Trees", "2.1 Binary search trees"]


def test_text_from_right_to_left_comes_as_it_is_spoken_and_its_boxes_stand_where_it_is_shown(new_pdf: NewPdf, read: Read) -> None:
    document = new_pdf()
    page = document.new_page(width=400, height=600)
    page.insert_htmlbox(
        pymupdf.Rect(50, 50, 350, 500),
        '<p dir="rtl">שלום עולם, זה מבחן 123 של Python (טוב) מאוד, והוא ממשיך בשורה הבאה 12–15 וגם שם.</p><p>An English line with שלום עולם inside.</p>',
    )
    text = read(document)[1][0]
    assert text.text == "שלום עולם, זה מבחן 123 של Python (טוב) מאוד, והוא ממשיך בשורה הבאה 12–15 וגם שם.\n\nAn English line with שלום עולם inside."
    first, second, *_ = text.words
    assert second.x1 < first.x0
    assert 320 < first.x1 < 355
    latin = next(word for word in text.words if text.text[word.start : word.end] == "English")
    assert latin.x0 < 110

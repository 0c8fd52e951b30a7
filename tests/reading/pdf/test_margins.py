"""Running heads and page numbers are told from text, wherever reading begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pymupdf

from engine.reading.messages import PageRead

Read = Callable[..., tuple[Any, list[PageRead]]]


def body_of(number: int) -> list[str]:
    """Two lines that no other page has."""
    name = "".join(chr(ord("a") + int(digit)) for digit in str(number * 7919))
    return [f"The lemma of {name} speaks of the height.", f"It is proven by induction over {name}."]


def book_with_heads(document: pymupdf.Document, pages: int = 30) -> pymupdf.Document:
    """Pages with a head that counts along on the left pages, a section's title on the right ones, and text that differs."""
    for number in range(1, pages + 1):
        page = document.new_page(width=420, height=600)
        head = f"{number}    CHAPTER {1 + number // 10}. TREES" if number % 2 == 0 else f"Section {number * 7 % 11} of some chapter    {number}"
        page.insert_text((60, 40), head, fontsize=9)
        page.insert_text((60, 100), body_of(number), fontsize=11)
        page.insert_text((205, 570), "confidential draft", fontsize=8)
    return document


def test_heads_feet_and_page_numbers_are_no_text(new_pdf: Callable[[], pymupdf.Document], read: Read) -> None:
    _, pages = read(book_with_heads(new_pdf()))
    for page in pages:
        assert page.text == " ".join(body_of(page.number))


def test_going_on_in_the_middle_gives_the_same_pages(new_pdf: Callable[[], pymupdf.Document], read: Read) -> None:
    document = book_with_heads(new_pdf())
    _, whole = read(document)
    for first_page in (2, 14, 30):
        assert read(document, first_page=first_page)[1] == whole[first_page - 1 :]


def test_a_single_page_keeps_its_first_line_and_loses_its_number(new_pdf: Callable[[], pymupdf.Document], read: Read) -> None:
    document = new_pdf()
    page = document.new_page(width=420, height=600)
    page.insert_text((60, 40), "Minutes of the meeting", fontsize=11)
    page.insert_text((205, 580), "- 1 -", fontsize=9)
    assert read(document)[1][0].text == "Minutes of the meeting"


def test_large_titles_that_recur_on_slides_are_kept(new_pdf: Callable[[], pymupdf.Document], read: Read) -> None:
    document = new_pdf()
    for number, title in enumerate(("Example", "Example", "Example", "Proof"), start=1):
        page = document.new_page(width=720, height=540)
        page.insert_text((60, 60), title, fontsize=28)
        page.insert_text((60, 200), f"This slide is number {number} of its kind, and says something of its own.", fontsize=14)
    assert [page.text.split("\n")[0] for page in read(document)[1]] == ["Example", "Example", "Example", "Proof"]


def test_pages_that_repeat_each_other_as_slides_do_are_kept_whole(new_pdf: Callable[[], pymupdf.Document], read: Read) -> None:
    document = new_pdf()
    for shown in range(1, 9):
        page = document.new_page(width=420, height=300)
        page.insert_text((40, 40), [f"This is step {number} of a proof" for number in range(1, shown + 2)], fontsize=11)
    assert [page.text.count("This is step") for page in read(document)[1]] == list(range(2, 10))


def test_pages_of_one_line_each_are_kept(new_pdf: Callable[[], pymupdf.Document], read: Read) -> None:
    document = new_pdf()
    for number in range(1, 9):
        document.new_page().insert_text((72, 72), f"This is page {number}", fontsize=11)
    assert [page.text for page in read(document)[1]] == [f"This is page {number}" for number in range(1, 9)]

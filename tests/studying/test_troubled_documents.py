"""Documents that kill the reader, are locked, or whose drive is gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.cancellation import Cancellation
from engine.messages import DocumentStudied, Studied
from engine.studying.reading_lane import DEADLY_PAGES_ALLOWED, READER_SILENCE_S, Order, patience_s, reason_for_gaps

pytestmark = pytest.mark.real

Desk = Any
OpenDesk = Callable[..., Any]
MakeBook = Callable[..., Path]
Scripted = Callable[..., tuple[str, ...]]


def outcome(said: list[Any]) -> dict[str, DocumentStudied]:
    return {Path(each.path).stem: each for each in said if isinstance(each, DocumentStudied)}


def test_a_page_that_kills_the_reader_twice_costs_only_itself(open_desk: OpenDesk, scripted_reader: Scripted, make_book: MakeBook) -> None:
    desk = open_desk(reader=scripted_reader("--die-at", "20", "41"))
    studied = outcome(desk.study(make_book("deadly", 50), make_book("good")))
    assert studied["good"].state == "ready"
    assert (studied["deadly"].state, studied["deadly"].pages) == ("ready", 50)
    assert studied["deadly"].reason == "Pages 20, 41 could not be read: each made the reader crash twice."
    document = next(row.document for row in desk.library.documents() if row.title == "deadly")
    assert [number for number in range(1, 51) if not desk.library.page(document, number).text] == [20, 41]
    assert desk.library.verify() == ((), ())


def test_the_pages_before_a_deadly_one_are_read_once(open_desk: OpenDesk, scripted_reader: Scripted, make_book: MakeBook) -> None:
    desk = open_desk(reader=scripted_reader("--die-at", "10"))
    assert outcome(desk.study(make_book("deadly", 12)))["deadly"].state == "ready"
    assert desk.reader.starts == 3


def test_a_first_and_a_last_page_may_be_deadly(open_desk: OpenDesk, scripted_reader: Scripted, make_book: MakeBook) -> None:
    desk = open_desk(reader=scripted_reader("--die-at", "1", "5"))
    studied = outcome(desk.study(make_book("deadly", 5)))["deadly"]
    assert (studied.state, studied.chunks) == ("ready", 3)


def test_two_deadly_pages_in_a_row_are_a_poison_document(open_desk: OpenDesk, scripted_reader: Scripted, make_book: MakeBook) -> None:
    desk = open_desk(reader=scripted_reader("--die-at", "3", "4"))
    studied = outcome(desk.study(make_book("deadly", 9), make_book("good")))
    assert (studied["deadly"].state, studied["deadly"].code) == ("refused", "poison")
    assert studied["good"].state == "ready"


def test_a_reader_that_dies_before_any_page_came_is_given_two_tries(open_desk: OpenDesk, scripted_reader: Scripted, make_book: MakeBook) -> None:
    desk = open_desk(reader=scripted_reader("--die-at", "1", "--survey"))
    studied = outcome(desk.study(make_book("deadly", 400)))
    assert studied["deadly"].code == "poison"
    assert desk.reader.starts <= 2 * 2


def test_too_many_deadly_pages_are_a_poison_document(open_desk: OpenDesk, scripted_reader: Scripted, make_book: MakeBook) -> None:
    deadly = [str(2 * number) for number in range(1, DEADLY_PAGES_ALLOWED + 2)]
    desk = open_desk(reader=scripted_reader("--die-at", *deadly))
    assert outcome(desk.study(make_book("deadly", 40)))["deadly"].code == "poison"


def test_a_locked_document_is_refused_with_a_code_and_read_once_its_password_is_known(
    open_desk: OpenDesk, scripted_reader: Scripted, make_book: MakeBook
) -> None:
    desk = open_desk(reader=scripted_reader())
    book = make_book("diary", 2, first="LOCKED secret")
    refused = outcome(desk.study(book))["diary"]
    assert (refused.state, refused.code) == ("refused", "encrypted")
    (row,) = desk.library.documents()
    assert (row.state, row.code) == ("refused", "encrypted")
    order = Order(passwords=("wrong", "secret"))
    ready = outcome(list(desk.studying.study([str(book)], order=order, cancellation=Cancellation())))["diary"]
    assert (ready.state, ready.code) == ("ready", None)
    (row,) = desk.library.documents()
    assert (row.state, row.code, row.reason) == ("ready", None, None)


def test_a_locked_document_whose_drive_is_gone_is_read_from_the_librarys_copy(open_desk: OpenDesk, scripted_reader: Scripted, make_book: MakeBook) -> None:
    desk = open_desk(reader=scripted_reader())
    book = make_book("diary", 2, first="LOCKED secret")
    desk.study(book)
    book.unlink()
    said = list(desk.studying.study([str(book)], order=Order(passwords=("secret",)), cancellation=Cancellation()))
    assert outcome(said)["diary"].state == "ready"


def test_a_locked_document_can_be_named_by_its_id_too(open_desk: OpenDesk, scripted_reader: Scripted, make_book: MakeBook) -> None:
    desk = open_desk(reader=scripted_reader())
    desk.study(make_book("diary", 2, first="LOCKED secret"))
    (row,) = desk.library.documents()
    said = list(desk.studying.study((), documents=[row.document], order=Order(passwords=("secret",)), cancellation=Cancellation()))
    assert outcome(said)["diary"].state == "ready"


def test_a_drive_that_vanishes_while_its_books_wait_in_line_costs_nothing(open_desk: OpenDesk, scripted_reader: Scripted, make_book: MakeBook) -> None:
    desk = open_desk(reader=scripted_reader())
    books = [make_book(f"book {number}", 3) for number in range(3)]
    said = []
    for each in desk.studying.study([str(book) for book in books], cancellation=Cancellation()):
        said.append(each)
        for book in books if len(said) == len(books) else ():
            book.unlink()  # each has its copy by now
    assert {each.state for each in outcome(said).values()} == {"ready"}
    ending = desk.study(*books)[-1]
    assert isinstance(ending, Studied)
    assert ending.refused == 3  # it is not there any more, which is said plainly; the documents stay
    assert {row.state for row in desk.library.documents()} == {"ready"}


def test_text_recognition_can_be_switched_off(open_desk: OpenDesk, scripted_reader: Scripted, make_book: MakeBook) -> None:
    desk = open_desk(reader=scripted_reader())
    book = make_book("scan", 2, first="PICTURE")
    list(desk.studying.study([str(book)], order=Order(recognise=False), cancellation=Cancellation()))
    (row,) = desk.library.documents()
    assert desk.library.page(row.document, 1).text == ""


def test_gaps_are_told_in_plain_sentences() -> None:
    assert reason_for_gaps((), (), 3) is None
    assert reason_for_gaps((1, 2), (), 2) == "All pages are pictures without text, so nothing in it can be searched yet."
    assert reason_for_gaps((2,), (), 5, remedy="Install it.") == "1 of 5 pages are pictures without text: 2. Install it."
    assert reason_for_gaps((), (), 5, hidden=(2, 4)) == "Pages 2, 4 hold text that can't be seen there; it was left out."
    assert reason_for_gaps((), (), 5, hidden=(1,), paged=False) == "It holds text that can't be seen when it is opened; that was left out."
    assert reason_for_gaps((2,), (3,), 5) == "1 of 5 pages are pictures without text: 2. Page 3 could not be read: it made the reader crash twice."


def test_a_large_manual_of_web_pages_may_take_its_time_before_its_first_part() -> None:
    assert patience_s(".pdf", 400 * 2**20) == patience_s(".zip", 0) == READER_SILENCE_S
    assert patience_s(".zip", 100 * 2**20) > READER_SILENCE_S + 3 * 50.0  # 50 s were measured

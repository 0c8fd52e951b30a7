"""The rows of the library: kept true by what the engine says, and put into words."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QListView
from pytestqt.modeltest import ModelTester

from desktop.library_delegate import LibraryDelegate
from desktop.library_model import FRACTION, LINE, TONE, LibraryModel, Row, fraction_done
from desktop.theme import light
from engine.messages import Accepted, DocumentStudied, Progressed, Searchable
from engine.values import Document, DocumentId

BOOK = Document(DocumentId("b" * 64), "Algorithms", "/books/a.pdf", "reading", pages=1_234)
READY = msgspec.structs.replace(BOOK, state="ready", chunks=3_000)


@pytest.fixture
def model(qapp: object, qtmodeltester: ModelTester) -> Iterator[LibraryModel]:
    """A model that Qt's own tester looks at after the test."""
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    made = LibraryModel()
    yield made
    qtmodeltester.check(made)
    QLocale.setDefault(before)


def progress(stage: str, done: int, total: int, per_second: float = 10.0, left: float | None = None) -> Progressed:
    return Progressed(BOOK.document, stage, done, total, "pages" if stage == "reading" else "chunks", per_second, left)  # type: ignore[arg-type]


def line(model: LibraryModel, at: int = 0) -> str:
    return str(model.data(model.index(at), LINE))


def test_a_book_goes_from_waiting_to_ready(model: LibraryModel) -> None:
    model.wait(7, ["/books/a.pdf"])
    assert (model.rows()[0].title, line(model)) == ("a.pdf", "Waiting")
    model.accept(7, Accepted("/books/a.pdf", BOOK))
    assert (model.rows()[0].title, line(model)) == ("Algorithms", "Reading · 1234 pages")
    model.advance(7, progress("reading", 600, 1_234, 48.4, 13.2))
    assert line(model) == "Reading page 600 of 1234\n48 pages/s · 13 s left"
    model.mark_searchable(7, Searchable("/books/a.pdf", BOOK.document))
    assert line(model) == "1234 pages · searchable, meaning follows"
    model.advance(7, progress("embedding", 30, 120, 31.0, 200.0))
    assert line(model) == "Searchable · meaning 25 %\n31 passages/s · 3 min left"
    model.finish(DocumentStudied("/books/a.pdf", BOOK.document, "ready", None, None, 1_234, 120, 60.0))
    assert line(model) == "1234 pages"
    assert len(model.rows()) == 1
    assert model.data(model.index(0), TONE) == "muted"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, "10 pages/s"),
        (0.2, "10 pages/s · 1 s left"),
        (89.0, "10 pages/s · 89 s left"),
        (600.0, "10 pages/s · 10 min left"),
        (20_000.0, "10 pages/s · 6 h left"),
    ],
)
def test_time_left_is_said_only_as_precisely_as_it_is_known(model: LibraryModel, seconds: float | None, said: str) -> None:
    model.accept(1, Accepted("/books/a.pdf", BOOK))
    model.advance(1, progress("reading", 1, 10, 10.0, seconds))
    assert line(model).splitlines()[1] == said


def test_the_bar_gives_reading_and_meaning_a_half_each() -> None:
    reading, embedding = progress("reading", 5, 10), progress("embedding", 5, 10)
    assert fraction_done(Row("b", "B", BOOK, 1, reading)) == 0.25
    assert fraction_done(Row("b", "B", BOOK, 1, embedding)) == 0.75
    assert fraction_done(Row("b", "B", READY)) is None
    assert fraction_done(Row("b", "B", BOOK)) is None
    assert fraction_done(Row("b", "B", msgspec.structs.replace(BOOK, pages_read=617), 1)) == 0.25


def test_a_refused_file_has_a_row_with_reason_and_remedy(model: LibraryModel) -> None:
    model.wait(1, ["/books/locked.pdf"])
    model.finish(DocumentStudied("/books/locked.pdf", None, "refused", "It is locked.", "Unlock it.", 0, 0, 0.0))
    model.end_request(1)
    assert (model.rows()[0].title, line(model)) == ("locked.pdf", "It is locked. Unlock it.")
    assert model.data(model.index(0), TONE) == "danger"
    model.set_documents([READY])
    assert [row.title for row in model.rows()] == ["locked.pdf", "Algorithms"]


def test_a_refused_book_that_is_tried_again_waits_until_its_turn_comes(model: LibraryModel) -> None:
    locked = msgspec.structs.replace(BOOK, state="refused", reason="It needs a password.", code="encrypted")
    model.set_documents([locked])
    model.wait_again(7, ["/books/a.pdf", "/books/other.pdf"])
    assert (line(model), model.rows()[0].is_refused, model.rows()[0].can_be_stopped) == ("Waiting", False, True)
    wrong = DocumentStudied("/books/a.pdf", BOOK.document, "refused", "No password that was given opens it.", "Try another.", 0, 0, 0.1, "encrypted")
    model.finish(wrong)
    assert line(model) == "No password that was given opens it. Enter the password to read it."
    assert model.rows()[0].is_locked


def test_a_book_that_is_read_does_not_wait_when_it_is_added_again(model: LibraryModel) -> None:
    model.set_documents([READY])
    model.wait_again(7, ["/books/a.pdf"])
    assert line(model) == "1234 pages"


def test_many_files_at_once_each_have_a_row_in_their_order(model: LibraryModel) -> None:
    model.set_documents([READY])
    model.wait(1, [f"/books/{at}.pdf" for at in range(500)] + ["/books/0.pdf"])
    assert [row.title for row in model.rows()[:3]] == ["0.pdf", "1.pdf", "2.pdf"]
    assert len(model.rows()) == 501
    model.finish(DocumentStudied("/books/1.pdf", None, "refused", "It is empty.", None, 0, 0, 0.0))
    model.end_request(1)
    assert [row.title for row in model.rows()] == ["1.pdf", "Algorithms"]


def test_a_folders_row_goes_when_its_first_file_is_known(model: LibraryModel) -> None:
    model.wait(1, ["/books"])
    model.accept(1, Accepted("/books/a.pdf", BOOK))
    assert [row.title for row in model.rows()] == ["Algorithms"]


def test_a_request_that_ends_early_leaves_honest_rows(model: LibraryModel) -> None:
    model.wait(1, ["/books/b.pdf"])
    model.accept(1, Accepted("/books/a.pdf", msgspec.structs.replace(BOOK, pages_read=12)))
    model.end_request(1)
    assert [line(model)] == ["Stopped after 12 of 1234 pages"]
    assert model.rows()[0].is_unfinished


def test_what_the_engine_says_unasked_changes_and_removes_rows(model: LibraryModel) -> None:
    model.set_documents([BOOK])
    model.change([READY], [])
    assert line(model) == "1234 pages"
    model.change([], [BOOK.document])
    assert model.rows() == ()


def test_pages_seen_counts_what_can_be_searched(model: LibraryModel) -> None:
    other = Document(DocumentId("c" * 64), "Other", "/o.pdf", "ready", pages=100)
    model.set_documents([other])
    model.accept(1, Accepted("/books/a.pdf", BOOK))
    model.advance(1, progress("reading", 34, 1_234))
    assert model.pages_seen() == (134, 1_334)
    unopened = msgspec.structs.replace(BOOK, document=DocumentId("e" * 64), pages=0)
    model.accept(2, Accepted("/books/e.pdf", unopened))
    model.advance(2, Progressed(unopened.document, "reading", 1, 50, "pages", 0.75, None))
    assert model.pages_seen() == (135, 1_384)
    assert line(model) == "Reading page 1 of 50\n0.8 pages/s"


def test_a_document_without_pages_counts_passages(model: LibraryModel) -> None:
    model.set_documents([Document(DocumentId("d" * 64), "Notes", "/n.md", "ready", chunks=7)])
    assert line(model) == "7 passages"


def test_a_screen_reader_hears_title_and_state(model: LibraryModel) -> None:
    model.accept(1, Accepted("/books/a.pdf", BOOK))
    model.advance(1, progress("reading", 600, 1_234, 48.4, 13.2))
    assert model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole) == "Algorithms, Reading page 600 of 1234, 48 pages/s · 13 s left"


def test_every_kind_of_row_can_be_drawn(model: LibraryModel) -> None:
    model.set_documents([READY, msgspec.structs.replace(READY, document=DocumentId("e" * 64), state="refused", reason="It is empty. " * 20)])
    model.accept(1, Accepted("/books/a.pdf", msgspec.structs.replace(BOOK, document=DocumentId("f" * 64))))
    view = QListView()
    view.setModel(model)
    delegate = LibraryDelegate(light(), view)
    view.setItemDelegate(delegate)
    view.resize(260, 400)
    picture = QPixmap(view.size())
    view.render(picture)
    assert view.visualRect(model.index(2)).height() > view.visualRect(model.index(1)).height()
    assert model.data(model.index(0), FRACTION) == 0.0

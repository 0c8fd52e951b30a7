"""The reader as a real child: it streams, refuses, stops, draws, and can be lost."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest

from engine.cancellation import Cancellation
from engine.children import Child
from engine.reading.__main__ import MAX_PAGE_CHARACTERS, MAX_PAGE_WORDS, within_bounds
from engine.reading.messages import Block, DocumentOpened, DocumentRead, DrawPage, PageDrawn, PageRead, ReadDocument, Word
from engine.trouble import ChildDied, Stopped, Trouble

pytestmark = pytest.mark.real

NewPdf = Callable[[], pymupdf.Document]


def book(document: pymupdf.Document, path: Path, pages: int) -> Path:
    for number in range(1, pages + 1):
        page = document.new_page(width=300, height=300)
        page.insert_text((40, 60), [f"This is sentence {line} of page {number}, and it is not short." for line in range(15)], fontsize=8)
    document.save(path)
    return path


def code_of(reader: Child, path: Path, name: str | None = None) -> str:
    with pytest.raises(Trouble) as caught:
        reader.ask_once(ReadDocument(str(path), name or path.name))
    notice = caught.value.notice
    assert (name or path.name) in notice.sentence
    assert notice.sentence.endswith(".")
    assert notice.remedy.endswith(".")
    return notice.code


def test_a_document_is_opened_read_page_by_page_and_ended(reader: Child, new_pdf: NewPdf, tmp_path: Path) -> None:
    path = book(new_pdf(), tmp_path / "a.pdf", 20)
    reports = list(reader.ask(ReadDocument(str(path), "A.pdf", first_page=5)))
    assert isinstance(reports[0], DocumentOpened)
    assert (reports[0].kind, reports[0].pages, reports[0].paged) == ("pdf", 20, True)
    assert [page.number for page in reports[1:-1] if isinstance(page, PageRead)] == list(range(5, 21))
    assert reports[-1] == DocumentRead(20)


def test_a_document_without_text_is_read_and_its_pictures_are_named(reader: Child, new_pdf: NewPdf, tmp_path: Path) -> None:
    document = new_pdf()
    for _ in range(2):
        document.new_page().draw_circle((200, 200), 50)
    document.save(tmp_path / "scan.pdf")
    assert reader.ask_once(ReadDocument(str(tmp_path / "scan.pdf"), "scan.pdf", recognise=False)) == DocumentRead(2, (1, 2))


def test_bad_files_are_refused_one_by_one_and_the_reader_lives(reader: Child, new_pdf: NewPdf, tmp_path: Path) -> None:
    document = new_pdf()
    document.new_page().insert_text((72, 72), "secret")
    document.save(tmp_path / "locked.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="pass", owner_pw="word")
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "named.pdf").write_text("This is plain text.")
    (tmp_path / "damaged.pdf").write_bytes(b"%PDF-1.7\n" + os.urandom(4000))
    (tmp_path / "thing.xyz").write_bytes(bytes(range(256)) * 20)
    assert code_of(reader, tmp_path / "locked.pdf") == "encrypted"
    assert code_of(reader, tmp_path / "empty.pdf") == "empty"
    assert code_of(reader, tmp_path / "named.pdf") == "not-a-pdf"
    assert code_of(reader, tmp_path / "damaged.pdf") in ("damaged", "no-pages")
    assert code_of(reader, tmp_path / "thing.xyz") == "unknown-kind"
    assert code_of(reader, tmp_path / "gone.pdf", "Gone.pdf") == "unreadable"
    assert reader.starts == 1


def test_a_document_that_only_its_owner_may_change_is_read(reader: Child, new_pdf: NewPdf, tmp_path: Path) -> None:
    document = new_pdf()
    document.new_page().insert_text((72, 72), "open to all")
    document.save(tmp_path / "open.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="", owner_pw="word")
    assert reader.ask_once(ReadDocument(str(tmp_path / "open.pdf"), "open.pdf")) == DocumentRead(1)


@pytest.mark.parametrize("password", ["pass", "word", "pässwört ß", "SaSLprep"])
def test_a_locked_document_is_read_with_any_of_its_passwords(reader: Child, new_pdf: NewPdf, tmp_path: Path, password: str) -> None:
    document = new_pdf()
    document.new_page().insert_text((72, 72), "secret")
    user, owner = ("pass", "word") if password in ("pass", "word") else (password, password)
    document.save(tmp_path / "locked.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=user, owner_pw=owner)
    path = str(tmp_path / "locked.pdf")
    typed = "S\u00aaSL\u00adprep" if password == "SaSLprep" else password  # the example of RFC 4013
    assert reader.ask_once(ReadDocument(path, "locked.pdf", passwords=("wrong", typed))) == DocumentRead(1)
    drawn = reader.ask_once(DrawPage(path, 1, 1.0, str(tmp_path / "page.rgb"), passwords=(typed,)))
    assert isinstance(drawn, PageDrawn)
    with pytest.raises(Trouble) as caught:
        reader.ask_once(ReadDocument(path, "locked.pdf", passwords=("wrong",)))
    assert caught.value.notice.code == "encrypted"
    assert "wrong" not in caught.value.notice.sentence
    assert "--password-file" in caught.value.notice.remedy


def test_a_part_of_a_page_is_drawn(reader: Child, new_pdf: NewPdf, tmp_path: Path) -> None:
    path = book(new_pdf(), tmp_path / "a.pdf", 1)
    target = tmp_path / "part.rgb"
    whole = reader.ask_once(DrawPage(str(path), 1, 2.0, str(target))).picture
    pixels, row = target.read_bytes(), 2 * 60
    part = reader.ask_once(DrawPage(str(path), 1, 2.0, str(target), clip=(40, 50, 140, 100))).picture
    assert (part.width, part.height, part.pixels_per_point, part.page_width) == (200, 100, 2.0, 300.0)
    inside = pixels[row * whole.stride + 3 * 80 : row * whole.stride + 3 * 280]
    assert target.read_bytes()[20 * part.stride : 20 * part.stride + 600] == inside
    assert set(inside) != {255}
    with pytest.raises(Trouble) as caught:
        reader.ask_once(DrawPage(str(path), 1, 2.0, str(target), clip=(400, 400, 500, 500)))
    assert caught.value.notice.code == "page-not-drawn"


def test_one_page_yields_no_more_than_a_page_may() -> None:
    text = "word " * (MAX_PAGE_CHARACTERS // 5)
    blocks = tuple(Block("prose", start, start + 1000) for start in range(0, len(text), 1000))
    words = tuple(Word(start, start + 4, 0.0, 0.0, 1.0, 1.0) for start in range(0, len(text), 5))
    bounded = within_bounds(PageRead(1, None, 100.0, 100.0, "text", text, blocks, words))
    assert 0 < len(bounded.words) <= MAX_PAGE_WORDS
    assert bounded.blocks[-1].end == len(bounded.text) >= bounded.words[-1].end
    assert within_bounds(bounded) is bounded


def test_stop_is_heard_in_the_middle_of_a_book_and_the_next_request_works(reader: Child, new_pdf: NewPdf, tmp_path: Path) -> None:
    path = book(new_pdf(), tmp_path / "long.pdf", 400)
    cancellation = Cancellation()
    pages = 0
    with pytest.raises(Stopped):
        for report in reader.ask(ReadDocument(str(path), "long.pdf"), cancellation=cancellation, room=4):  # else it may be through before the stop is heard
            pages += isinstance(report, PageRead)
            if pages == 3:
                cancellation.cancel()
    assert pages < 400
    assert reader.ask_once(ReadDocument(str(path), "long.pdf", first_page=400)) == DocumentRead(400)
    assert reader.starts == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_reader_killed_in_the_middle_of_a_book_ends_the_request_and_is_replaced(reader: Child, new_pdf: NewPdf, tmp_path: Path) -> None:
    path = book(new_pdf(), tmp_path / "long.pdf", 400)
    with pytest.raises(ChildDied) as caught:
        for report in reader.ask(ReadDocument(str(path), "long.pdf"), room=4):
            if isinstance(report, PageRead) and report.number == 3:
                assert reader.pid is not None
                os.kill(reader.pid, signal.SIGKILL)
    assert caught.value.notice.code == "reader-died"
    assert reader.ask_once(ReadDocument(str(path), "long.pdf", first_page=400)) == DocumentRead(400)
    assert reader.starts == 2


def test_a_page_is_drawn_into_the_target(reader: Child, new_pdf: NewPdf, tmp_path: Path) -> None:
    path = book(new_pdf(), tmp_path / "a.pdf", 1)
    drawn = reader.ask_once(DrawPage(str(path), 1, 1.5, str(tmp_path / "page.rgb")))
    assert isinstance(drawn, PageDrawn)
    assert (drawn.picture.width, drawn.picture.height, drawn.picture.pixels_per_point) == (450, 450, 1.5)
    assert (tmp_path / "page.rgb").stat().st_size == drawn.picture.stride * 450


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_the_reader_runs_within_its_limits(reader: Child) -> None:
    with pytest.raises(Trouble):
        reader.ask_once(ReadDocument("/nonexistent", "nothing"))
    limits = Path(f"/proc/{reader.pid}/limits").read_text()
    rows = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()[1:]}
    assert rows["Max core file size"] == "0"
    assert int(rows["Max address space"]) <= 4 * 2**30
    assert rows["Max file size"] != "unlimited"

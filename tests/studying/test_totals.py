"""How far all documents are together: arithmetic over the files in line."""

from __future__ import annotations

import pytest

from engine.studying.task import Task
from engine.studying.totals import EVERY_S, MANY_FILES, Totals, bytes_per_page, guess_pages, pages_understood
from engine.trouble import Notice
from engine.values import DocumentId


def task(name: str = "trees", *, size_bytes: int = 120_000, **values: object) -> Task:
    made = Task(path=f"/{name}.pdf", name=f"{name}.pdf", document=DocumentId(name), size_bytes=size_bytes, suffix=".pdf")
    for field, value in values.items():
        setattr(made, field, value)
    return made


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_file_that_nobody_has_opened_is_guessed_by_its_size_and_kind() -> None:
    assert guess_pages(120_000, ".pdf") == 10
    assert guess_pages(120_000, ".txt") == 30
    assert guess_pages(1, ".pdf") == 1


def test_files_of_the_same_kind_that_were_opened_know_better() -> None:
    known = bytes_per_page([(".pdf", 1_000_000, 10), (".pdf", 3_000_000, 30), (".txt", 1_000, 100), (".md", 10, 0)])
    assert known == {".pdf": 100_000, ".txt": 10}
    assert guess_pages(500_000, ".pdf", known) == 5


@pytest.mark.parametrize(
    ("values", "pages"),
    [
        ({}, 0.0),
        ({"pages_stored": 10, "chunks_stored": 20}, 0.0),
        ({"pages_stored": 10, "chunks_stored": 20, "chunks_embedded": 5}, 2.5),
        ({"pages_stored": 10, "read": True}, 10.0),
        ({"pages_stored": 10, "chunks_stored": 20, "stage": "done"}, 10.0),
        ({"pages_stored": 10, "stage": "done", "refusal": Notice("poison", "", "")}, 0.0),
    ],
)
def test_a_page_counts_when_its_chunks_have_their_vectors(values: dict[str, object], pages: float) -> None:
    assert pages_understood(task(**values)) == pages


def test_it_is_said_now_and_then_and_after_every_document() -> None:
    clock = Clock()
    totals = Totals(clock=clock)
    assert totals.look([task()]) is not None
    assert totals.look([task()]) is None
    assert totals.look([task()], at_once=True) is not None
    clock.now += 2 * EVERY_S
    assert totals.look([task()]) is not None
    assert totals.look([]) is None


def test_the_time_left_is_told_once_it_can_be_known_and_what_an_earlier_run_did_is_no_speed() -> None:
    clock = Clock()
    totals = Totals(clock=clock)
    book = task(pages_total=100, pages_stored=40, chunks_stored=40, chunks_embedded=40, stage="reading")
    first = totals.look([book])
    assert first is not None
    assert (first.pages_done, first.pages_total, first.pages_per_second, first.seconds_left) == (40, 100, 0.0, None)
    clock.now += 10.0
    book.pages_stored, book.chunks_stored, book.chunks_embedded = 60, 60, 60
    second = totals.look([book])
    assert second is not None
    assert (second.pages_done, second.pages_per_second, second.seconds_left) == (60, 2.0, 20.0)


def test_what_was_left_out_counts_for_nothing() -> None:
    said = Totals(clock=Clock()).look([task("trees", stage="left out"), task("heaps", stage="done", pages_stored=3)])
    assert said is not None
    assert (said.documents_done, said.documents_total, said.pages_total) == (1, 1, 3)


def test_in_a_long_line_not_every_file_that_is_through_is_told_at_once_but_the_last_one_is() -> None:
    line = [task(str(number), stage="done") for number in range(MANY_FILES)] + [task("last")]
    totals = Totals(clock=Clock())
    assert totals.look(line, at_once=True) is not None
    assert totals.look(line, at_once=True) is None
    line[-1].stage = "done"
    assert totals.look(line, at_once=True) is not None

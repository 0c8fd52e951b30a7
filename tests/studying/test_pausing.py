"""Studying that is laid down and taken up again: for a question, by a person, document by document."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.cancellation import Cancellation
from engine.messages import Accepted, DocumentStudied, Progressed, Searchable, Studied, StudyingProgressed
from engine.studying.gate import YOU_PAUSED_IT, Gate
from engine.studying.reading_lane import PAGES_AHEAD, PAGES_PER_BATCH, Order
from engine.trouble import Stopped

pytestmark = pytest.mark.real

Desk = Any
OpenDesk = Callable[..., Any]
MakeBook = Callable[..., Path]
Scripted = Callable[..., tuple[str, ...]]

LONG = 40 * PAGES_PER_BATCH


class CountingGate(Gate):
    """A gate that counts the batches that were begun, and knows which lanes wait at it."""

    def __init__(self) -> None:
        super().__init__()
        self.begun = 0
        self.pause_at: int | None = None
        """Pauses itself before this batch begins: on a busy machine a book is read before a test comes to it."""
        self._waiting: set[str] = set()
        self._moved_here = threading.Condition()

    def wait(self, stop: Cancellation) -> None:
        name = threading.current_thread().name
        if self.pause_at is not None and self.begun >= self.pause_at:
            self.pause_at = None
            self.pause("person", YOU_PAUSED_IT)
        with self._moved_here:
            self._waiting.add(name)
            self._moved_here.notify_all()
        try:
            super().wait(stop)
        finally:
            with self._moved_here:
                self._waiting.discard(name)
        self.begun += 1

    def until_paused(self) -> None:
        """Wait until it has paused itself."""
        with self._moved_here:
            assert self._moved_here.wait_for(lambda: self.paused_because is not None, 30.0)

    def until_laid_down(self, desk: Desk) -> None:
        """Wait until nobody works: the reading lane waits here, and so does the embedding lane unless it has nothing to do."""
        deadline = time.monotonic() + 30.0
        with self._moved_here:
            while True:
                idle = all(row.chunks == row.chunks_embedded for row in desk.library.documents())
                if "reading-lane" in self._waiting and (idle or "embedding-lane" in self._waiting):
                    return
                assert time.monotonic() < deadline
                self._moved_here.wait(0.01)


class InBackground:
    """A study that somebody else listens to."""

    def __init__(self, said: Iterator[object]) -> None:
        self.said: list[object] = []
        self.moved = threading.Condition()
        self._thread = threading.Thread(target=self._listen, args=(said,))
        self._thread.start()

    def _listen(self, said: Iterator[object]) -> None:
        try:
            for each in said:
                with self.moved:
                    self.said.append(each)
                    self.moved.notify_all()
        except Stopped:
            self.said.append(Stopped)

    def until(self, *kinds: type) -> None:
        """Wait until something of each of these kinds was said."""
        with self.moved:
            assert self.moved.wait_for(lambda: all(any(isinstance(each, kind) for each in self.said) for kind in kinds), 30.0)

    def result(self) -> list[object]:
        self._thread.join()
        return self.said


@pytest.fixture
def gate() -> CountingGate:
    return CountingGate()


@pytest.fixture
def desk(open_desk: OpenDesk, scripted_reader: Scripted, gate: CountingGate) -> Desk:
    return open_desk(reader=scripted_reader(), gate=gate)


def begin(desk: Desk, *books: Path, order: Order | None = None, cancellation: Cancellation | None = None) -> InBackground:
    return InBackground(desk.studying.study([str(book) for book in books], order=order, cancellation=cancellation or Cancellation()))


def states(desk: Desk) -> dict[str, str]:
    return {document.title: document.state for document in desk.library.documents()}


def test_no_batch_begins_while_a_question_is_served_and_all_is_done_afterwards(desk: Desk, gate: CountingGate, make_book: MakeBook) -> None:
    gate.pause_at = 4
    study = begin(desk, make_book("trees", LONG))
    gate.until_paused()
    with gate.question():
        gate.resume("person")
        gate.until_laid_down(desk)
        begun, stored = gate.begun, desk.library.documents()
        assert desk.meaning.embed(["What is a tree?"]).count == 1  # the embedder is free at once
        assert (gate.begun, desk.library.documents()) == (begun, stored)
    assert isinstance(study.result()[-1], Studied)
    assert gate.begun > begun
    assert states(desk) == {"trees": "ready"}


def test_a_pause_lays_down_the_work_within_a_batch_keeps_the_children_and_forgets_nothing(desk: Desk, gate: CountingGate, make_book: MakeBook) -> None:
    gate.pause_at = 4
    study = begin(desk, make_book("trees", LONG))
    gate.until_paused()
    gate.until_laid_down(desk)
    pids = desk.reader.pid, desk.embedder.pid
    (row,) = desk.library.documents()
    assert row.pages_read < LONG
    assert desk.library.documents() == (row,)
    gate.resume("person")
    ending = study.result()[-1]
    assert isinstance(ending, Studied)
    assert (ending.ready, ending.pages) == (1, LONG)
    assert (desk.reader.pid, desk.embedder.pid) == pids
    assert (desk.reader.starts, desk.embedder.starts) == (1, 1)
    assert desk.library.verify() == ((), ())


def test_a_drop_while_studying_is_paused_shows_its_rows_and_reads_nothing(desk: Desk, gate: CountingGate, make_book: MakeBook) -> None:
    gate.pause("person", YOU_PAUSED_IT)
    study = begin(desk, make_book("trees"), make_book("heaps"))
    with study.moved:
        assert study.moved.wait_for(lambda: len(study.said) == 2, 30.0)
    assert all(isinstance(each, Accepted) for each in study.said)
    assert states(desk) == {"trees": "queued", "heaps": "queued"}
    gate.resume("person")
    assert isinstance(study.result()[-1], Studied)


def test_a_paused_study_can_be_stopped(desk: Desk, gate: CountingGate, make_book: MakeBook) -> None:
    cancellation = Cancellation()
    gate.pause_at = 4
    study = begin(desk, make_book("trees", LONG), cancellation=cancellation)
    gate.until_paused()
    gate.until_laid_down(desk)
    cancellation.cancel()
    assert study.result()[-1] is Stopped
    assert states(desk) == {}


def test_the_sample_book_is_read_in_spite_of_a_pause_because_a_question_waits_for_it(desk: Desk, gate: CountingGate, make_book: MakeBook) -> None:
    gate.pause("person", YOU_PAUSED_IT)
    with gate.question():
        said = list(desk.studying.study([str(make_book("sample"))], order=Order(sample=True), cancellation=Cancellation()))
    assert isinstance(said[-1], Studied)


def test_the_document_that_is_being_read_is_left_out_at_once_and_forgotten_the_next_ones_are_read(desk: Desk, gate: CountingGate, make_book: MakeBook) -> None:
    gate.pause_at = 4
    study = begin(desk, make_book("trees", LONG), make_book("heaps"), make_book("queues"))
    gate.until_paused()
    gate.until_laid_down(desk)
    (trees,) = [row.document for row in desk.library.documents() if row.title == "trees"]
    assert desk.studying.leave_out([trees]) == (trees,)
    assert states(desk) == {"heaps": "queued", "queues": "queued"}
    gate.resume("person")
    ending = study.result()[-1]
    assert isinstance(ending, Studied)
    assert (ending.ready, ending.refused) == (2, 0)
    assert states(desk) == {"heaps": "ready", "queues": "ready"}
    assert desk.library.verify() == ((), ())
    assert desk.reader.starts == 1


def test_a_document_in_line_is_left_out_without_being_opened(desk: Desk, gate: CountingGate, make_book: MakeBook) -> None:
    gate.pause("person", YOU_PAUSED_IT)
    twin = make_book("heaps").with_name("twin.txt")
    twin.write_bytes(make_book("heaps").read_bytes())
    study = begin(desk, make_book("trees"), make_book("heaps"), twin, make_book("queues"))
    with study.moved:
        assert study.moved.wait_for(lambda: len(study.said) == 3, 30.0)
    (heaps,) = [row.document for row in desk.library.documents() if row.title == "heaps"]
    assert desk.studying.leave_out([heaps]) == (heaps,)
    assert states(desk) == {"trees": "queued", "queues": "queued"}
    gate.resume("person")
    said = study.result()
    assert {Path(each.path).stem for each in said if isinstance(each, DocumentStudied)} == {"trees", "queues"}
    assert states(desk) == {"trees": "ready", "queues": "ready"}


def test_a_document_that_can_be_searched_already_is_left_out_of_the_embedding_and_stays(
    desk: Desk, gate: CountingGate, make_book: MakeBook, open_desk: OpenDesk, scripted_reader: Scripted
) -> None:
    study = begin(desk, make_book("trees", LONG))
    study.until(Searchable)
    gate.pause("person", YOU_PAUSED_IT)
    (trees,) = [row.document for row in desk.library.documents()]
    left = desk.studying.leave_out([trees])
    gate.resume("person")
    assert isinstance(study.result()[-1], Studied)
    if left:  # else the last vector was quicker
        assert states(desk) == {"trees": "searchable"}
        assert not [each for each in study.said if isinstance(each, DocumentStudied)]
    assert desk.studying.unfinished() == ()  # nobody takes it up again by himself,
    desk = open_desk(reader=scripted_reader())
    desk.go_on()  # but the next program does
    assert states(desk) == {"trees": "ready"}


def test_what_an_earlier_run_left_unfinished_can_be_left_out_although_nobody_reads_it(desk: Desk, make_book: MakeBook) -> None:
    cancellation = Cancellation()
    with pytest.raises(Stopped):
        for said in desk.studying.study([str(make_book("trees", LONG)), str(make_book("heaps"))], cancellation=cancellation):
            if isinstance(said, Progressed):
                cancellation.cancel(leaving=True)
    rows = {row.title: row for row in desk.library.documents()}
    wanted = [row.document for row in rows.values()]
    assert set(desk.studying.leave_out(wanted)) == set(wanted)
    assert desk.library.documents() == ()
    assert desk.studying.leave_out(wanted) == ()


def test_a_document_that_was_left_out_can_be_added_again(desk: Desk, gate: CountingGate, make_book: MakeBook) -> None:
    book = make_book("trees", LONG)
    study = begin(desk, book)
    study.until(Progressed)
    gate.pause("person", YOU_PAUSED_IT)
    desk.studying.leave_out([row.document for row in desk.library.documents()])
    gate.resume("person")
    study.result()
    ending = desk.study(book)[-1]
    assert isinstance(ending, Studied)
    assert (ending.ready, ending.pages) == (1, LONG)


def test_how_far_all_is_together_grows_to_the_end_and_never_runs_ahead(desk: Desk, make_book: MakeBook) -> None:
    said = desk.study(make_book("trees", 60), make_book("heaps", 30), make_book("queues", 10))
    together = [each for each in said if isinstance(each, StudyingProgressed)]
    assert [each.documents_done for each in together] == sorted(each.documents_done for each in together)
    assert all(0 <= each.pages_done <= each.pages_total for each in together)
    assert (together[-1].documents_done, together[-1].documents_total) == (3, 3)
    assert together[-1].pages_done == together[-1].pages_total == 100


def test_the_reader_does_not_run_ahead_of_what_is_stored(desk: Desk, gate: CountingGate, make_book: MakeBook) -> None:
    """A paused study holds no more than some batches of pages in memory, however long the book is."""
    gate.pause_at = 4
    study = begin(desk, make_book("trees", LONG))
    gate.until_paused()
    gate.until_laid_down(desk)
    pending = desk.reader._pending
    (reports,) = pending._reports.values()
    assert len(reports._waiting) <= PAGES_AHEAD
    gate.resume("person")
    study.result()


def test_a_question_does_not_wait_for_the_batch_in_the_embedder_which_is_done_again_afterwards(
    open_desk: OpenDesk, scripted_reader: Scripted, gate: CountingGate, make_book: MakeBook, tmp_path: Path
) -> None:
    begun, go_on = tmp_path / "begun", tmp_path / "go on"
    desk = open_desk(reader=scripted_reader(), gate=gate, embedder=("--hold-at", "Page 7 ", str(begun), str(go_on)))
    study = begin(desk, make_book("trees", 20))
    deadline = time.monotonic() + 30.0
    while not begun.exists():
        assert time.monotonic() < deadline
        time.sleep(0.002)
    with gate.question():
        assert desk.meaning.embed(["What is a tree?"]).count == 1  # else the embedder would hold the batch for ever
        go_on.touch()
    assert isinstance(study.result()[-1], Studied)
    assert states(desk) == {"trees": "ready"}
    assert desk.embedder.starts == 1

"""The engine's switchboard: one ending for every request, whatever happens to the engine behind it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from engine import messages as m
from engine.__main__ import Switchboard
from engine.cancellation import Cancellation
from engine.home import Home
from engine.trouble import HomeTrouble
from engine.values import Document, DocumentId
from engine.wire import Cancel, Cancelled, Envelope, Failed, Wire


class ScriptedBrain:
    """An engine that does what its script says for each kind of request."""

    def __init__(
        self, script: dict[type, Callable[[Cancellation], Iterator[Any]]], *, rows: Callable[[], tuple[Any, ...]] = tuple, unfinished: Sequence[str] = ()
    ) -> None:
        self.read_only = not unfinished
        self._unfinished = unfinished
        self._script = script
        self._rows = rows
        self.asked: list[type] = []

    def handle(self, request: Any, cancellation: Cancellation) -> Iterator[Any]:
        self.asked.append(type(request))
        yield from self._script[type(request)](cancellation)

    def documents(self) -> tuple[Any, ...]:
        return self._rows()

    def unfinished(self) -> tuple[str, ...]:
        return tuple(self._unfinished)

    def state(self) -> m.EngineState:
        return m.EngineState("home", None, "missing", "missing", None, "")

    def warm_up(self) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to close."""


class Window:
    """The other end of the wire."""

    def __init__(self, open_brain: Callable[..., Any], **options: Any) -> None:
        to_engine, from_window = os.pipe()
        to_window, from_engine = os.pipe()
        self._files = [os.fdopen(to_engine, "rb"), os.fdopen(from_engine, "wb", buffering=0), os.fdopen(to_window, "rb")]
        self._outgoing = os.fdopen(from_window, "wb", buffering=0)
        self._wire = Wire(self._files[2], self._outgoing, accepts=m.Reply)
        self._said = self._wire.receive()
        board = Switchboard(wire=Wire(self._files[0], self._files[1], accepts=m.Request), home=Home(Path("/nonexistent")), open_brain=open_brain, **options)
        self._thread = threading.Thread(target=board.run, name="switchboard")
        self._thread.start()

    def send(self, number: int, request: Any) -> None:
        self._wire.send(number, request)

    def next_ending(self) -> Envelope[Any]:
        """The next ending of a request."""
        return next(said for said in self._said if said.id)

    def said(self) -> Iterator[Envelope[Any]]:
        """Whatever the engine says from here on."""
        return self._said

    def close(self) -> None:
        self._outgoing.close()
        self._thread.join()
        for file in self._files:
            file.close()


@pytest.fixture
def open_window() -> Iterator[Callable[..., Window]]:
    windows: list[Window] = []

    def open_one(open_brain: Callable[..., Any], **options: Any) -> Window:
        windows.append(Window(open_brain, **options))
        return windows[-1]

    yield open_one
    for window in windows:
        window.close()


def test_an_engine_that_cannot_be_opened_for_a_reason_of_its_own_ends_every_request(
    open_window: Callable[..., Window], capfd: pytest.CaptureFixture[str]
) -> None:
    def open_brain(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    window = open_window(open_brain)
    window.send(1, m.ListDocuments())
    ending = window.next_ending()
    assert isinstance(ending.body, Failed)
    assert ending.body.bug
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_a_request_that_was_stopped_in_line_is_not_begun(open_window: Callable[..., Window]) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def verify(_: Cancellation) -> Iterator[Any]:
        begun.set()
        go_on.wait(10.0)
        yield m.Verified(True, (), ())

    brain = ScriptedBrain({m.Verify: verify})
    window = open_window(lambda *_, **__: brain)
    window.send(1, m.Verify())
    assert begun.wait(10.0)
    window.send(2, m.Study(("a book",)))
    window.send(2, Cancel(2))
    window.send(3, m.GetState())  # another lane: when it fails, the stop was heard
    assert window.next_ending().id == 3
    go_on.set()
    assert isinstance(window.next_ending().body, m.Verified)
    assert isinstance(window.next_ending().body, Cancelled)
    assert m.Study not in brain.asked


def test_a_library_that_fails_after_the_ending_costs_neither_a_second_ending_nor_the_lane(open_window: Callable[..., Window]) -> None:
    def rows() -> tuple[Any, ...]:
        raise HomeTrouble("home-busy", "Another program keeps the library busy.", "Wait.")

    def remove(_: Cancellation) -> Iterator[Any]:
        yield m.Removed(())

    brain = ScriptedBrain({m.Remove: remove, m.LeaveOut: lambda _: iter((m.LeftOut(()),))}, rows=rows)
    window = open_window(lambda *_, **__: brain)
    for number in (1, 2):
        window.send(number, m.Remove(("a book",)))
    window.send(3, m.LeaveOut(()))
    assert [(said.id, type(said.body)) for said in (window.next_ending() for _ in range(3))] == [(1, m.Removed), (2, m.Removed), (3, m.LeftOut)]


def test_a_study_that_is_stopped_while_the_library_fails_does_not_lose_its_lane(open_window: Callable[..., Window]) -> None:
    def rows() -> tuple[Any, ...]:
        raise HomeTrouble("home-busy", "Another program keeps the library busy.", "Wait.")

    def study(cancellation: Cancellation) -> Iterator[Any]:
        cancellation.cancel()
        cancellation.raise_if_cancelled()
        yield m.Studied(0, 0, 0, 0, 0, 0.0, 0.0)

    brain = ScriptedBrain({m.Study: study, m.Verify: lambda _: iter((m.Verified(True, (), ()),))}, rows=rows)
    window = open_window(lambda *_, **__: brain)
    window.send(1, m.Study(("a book",)))
    window.send(2, m.Verify())
    assert isinstance(window.next_ending().body, Cancelled)
    assert isinstance(window.next_ending().body, m.Verified)


@pytest.mark.parametrize(
    ("request_", "ending"),
    [
        (m.PauseStudying(), m.EngineState("home", None, "missing", "missing", None, "", "paused", "You paused it.")),
        (m.ResumeStudying(), m.EngineState("home", None, "missing", "missing", None, "", "running")),
        (m.LeaveOut(()), m.LeftOut(())),
        (m.Remove(("a book",)), m.Removed(())),
        (m.EstimateStudy(("/books",)), m.StudyEstimated(1, 0, 1, {".pdf": 1}, 1, None)),
    ],
)
def test_what_is_asked_about_studying_does_not_wait_for_its_end(open_window: Callable[..., Window], request_: Any, ending: Any) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def study(_: Cancellation) -> Iterator[Any]:
        begun.set()
        go_on.wait(10.0)
        yield m.Studied(0, 0, 0, 0, 0, 0.0, 0.0)

    window = open_window(lambda *_, **__: ScriptedBrain({m.Study: study, type(request_): lambda _: iter((ending,))}))
    window.send(1, m.Study(("a book",)))
    assert begun.wait(10.0)
    window.send(2, request_)
    said = window.next_ending()
    assert (said.id, said.body) == (2, ending)
    go_on.set()
    assert isinstance(window.next_ending().body, m.Studied)


def test_a_document_that_is_left_out_changes_its_row_or_takes_it_away(open_window: Callable[..., Window]) -> None:
    forgotten, kept = DocumentId("f" * 64), Document(DocumentId("e" * 64), "kept", "/books/kept.pdf", "searchable")

    class Rows(ScriptedBrain):
        def find(self, document: DocumentId) -> Document | None:
            return kept if document == kept.document else None

    window = open_window(lambda *_, **__: Rows({m.LeaveOut: lambda _: iter((m.LeftOut((forgotten, kept.document)),))}))
    window.send(1, m.LeaveOut((forgotten, kept.document)))
    changed = next(said.body for said in window.said() if isinstance(said.body, m.LibraryChanged))
    assert changed == m.LibraryChanged((kept,), removed=(forgotten,))


def test_what_an_earlier_run_left_is_looked_up_before_anything_is_taken_in(open_window: Callable[..., Window]) -> None:
    """Else a book that a person has just added and stopped would be taken for one, and read again."""
    studied = threading.Event()
    looked_at: list[list[type]] = []

    class LookedAt(ScriptedBrain):
        def unfinished(self) -> tuple[str, ...]:
            studied.wait(0.3)  # gives a lane that had already begun the time to get there first
            looked_at.append(list(self.asked))
            return ()

    def study(_cancellation: Cancellation) -> Iterator[Any]:
        studied.set()
        yield m.Studied(0, 0, 0, 0, 0, 0.0, 0.0)

    brain = LookedAt({m.Study: study, m.StudySample: study})
    brain.read_only = False
    window = open_window(lambda *_, **__: brain)
    window.send(1, m.Study(("book.pdf",)))
    assert isinstance(window.next_ending().body, m.Studied)
    assert looked_at[0] == []


def test_a_drop_of_many_files_tells_each_row_once_and_not_the_whole_list_for_each(open_window: Callable[..., Window]) -> None:
    documents = [Document(DocumentId(f"{number:064x}"), f"book {number}", f"/books/{number}.pdf", "queued") for number in range(100)]

    def study(_cancellation: Cancellation) -> Iterator[Any]:
        for document in documents:
            yield m.Accepted(document.path, document)
        yield m.Studied(0, 0, 0, 0, 0, 0.0, 0.0)

    window = open_window(lambda *_, **__: ScriptedBrain({m.Study: study}, rows=lambda: tuple(documents)))
    window.send(1, m.Study(("/books",)))
    rows = 0
    for said in window.said():
        if isinstance(said.body, m.LibraryChanged):
            rows += len(said.body.documents)
        if isinstance(said.body, m.Studied):
            break
    assert rows == len(documents)


def test_an_idle_engine_does_its_errands_and_says_only_what_changed(open_window: Callable[..., Window]) -> None:
    class Errands(ScriptedBrain):
        def __init__(self) -> None:
            super().__init__({m.LookForChanges: lambda _: iter((m.LibraryChanged(()), m.Studied(0, 0, 0, 0, 0, 0.0, 0.0)))})
            self.read_only = False
            self._left = [m.LookForChanges()]

        def documents(self) -> tuple[Any, ...]:
            return ("a book",)

        def errand(self) -> Any | None:
            return self._left.pop() if self._left else None

    window = open_window(lambda *_, **__: Errands(), errands_every_s=0.01)
    said = next(each for each in window.said() if not isinstance(each.body, m.EngineState))
    assert (said.id, said.body) == (0, m.LibraryChanged(()))


def test_an_errand_that_fails_for_a_reason_of_its_own_does_not_cost_the_lane(open_window: Callable[..., Window], capfd: pytest.CaptureFixture[str]) -> None:
    failed = threading.Event()

    class Failing(ScriptedBrain):
        def errand(self) -> Any | None:
            failed.set()
            raise ZeroDivisionError("a bug")

    brain = Failing({m.Verify: lambda _: iter((m.Verified(True, (), ()),))}, rows=lambda: ("a book",))
    brain.read_only = False
    window = open_window(lambda *_, **__: brain, errands_every_s=0.01)
    assert failed.wait(10.0)
    window.send(1, m.Verify())
    assert isinstance(window.next_ending().body, m.Verified)
    assert "ZeroDivisionError" in capfd.readouterr().err

"""Requests about studying, over the engine as a plain library: pauses, estimates, settings, what is left out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine import messages as m
from engine.brain import Brain
from engine.cancellation import Cancellation
from engine.home import Home
from engine.settings import PAUSE_ON_BATTERY
from engine.trouble import HomeTrouble, Trouble

pytestmark = pytest.mark.real

TESTS = Path(__file__).parent


class Laptop:
    """A machine whose plug can be pulled."""

    def __init__(self) -> None:
        self.battery = False

    def on_battery(self) -> bool:
        return self.battery

    def keep_awake(self) -> None:
        """Nothing here can do that."""


@pytest.fixture
def laptop() -> Laptop:
    return Laptop()


@pytest.fixture
def states() -> list[m.EngineState]:
    """How the engine said that it stands, in order."""
    return []


@pytest.fixture
def brain(tmp_path: Path, laptop: Laptop, states: list[m.EngineState]) -> Iterator[Brain]:
    brain = Brain.open(
        Home(tmp_path / "home"),
        writing="required",
        program="a test",
        commands={
            "reader": (sys.executable, "-P", str(TESTS / "studying" / "scripted_reader.py")),
            "embedder": (sys.executable, "-P", str(TESTS / "hashing_embedder.py")),
        },
        power=laptop,
        on_state=states.append,
    )
    yield brain
    brain.close()


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """A folder with three small books."""
    folder = tmp_path / "books"
    folder.mkdir()
    for name in ("trees", "heaps", "queues"):
        pages = [f"Page {number} of {name}: each of the {name} keeps its order." for number in range(1, 60)]
        (folder / f"{name}.txt").write_text("\f".join(pages))
    return folder


def do(brain: Brain, request: Any) -> list[Any]:
    return list(brain.handle(request, Cancellation()))


def test_pausing_and_going_on_end_with_how_the_engine_stands(brain: Brain, states: list[m.EngineState]) -> None:
    (paused,) = do(brain, m.PauseStudying())
    assert (paused.studying, paused.paused_because) == ("paused", "You paused it.")
    (running,) = do(brain, m.ResumeStudying())
    assert (running.studying, running.paused_because) == ("idle", None)
    assert [state.studying for state in states] == ["paused", "idle"]


def test_it_is_said_when_studying_begins_and_ends(brain: Brain, books: Path, states: list[m.EngineState]) -> None:
    do(brain, m.Study((str(books),)))
    assert [state.studying for state in states] == ["running", "idle"]


def test_a_question_is_answered_while_studying_is_paused(brain: Brain, books: Path) -> None:
    do(brain, m.Study((str(books / "trees.txt"),)))
    do(brain, m.PauseStudying())
    (found,) = do(brain, m.Search("trees keep order", by="words"))
    assert found.passages


def test_on_battery_studying_pauses_by_itself_if_that_is_wished_and_goes_on_at_a_persons_word(
    brain: Brain, books: Path, laptop: Laptop, states: list[m.EngineState]
) -> None:
    do(brain, m.ChangeSetting(PAUSE_ON_BATTERY, True))
    laptop.battery = True
    said = []
    for each in brain.handle(m.Study((str(books),)), Cancellation()):
        said.append(each)
        if isinstance(each, m.Accepted) and brain.state().studying == "paused":
            (state,) = do(brain, m.ResumeStudying())
            assert state.studying == "running"
    assert [state.paused_because for state in states if state.studying == "paused"] == ["The laptop runs on battery."]
    assert isinstance(said[-1], m.Studied)
    assert said[-1].ready == 3


def test_a_removal_takes_what_is_being_read_out_of_the_line(brain: Brain, books: Path) -> None:
    said = []
    for each in brain.handle(m.Study((str(books),)), Cancellation()):
        said.append(each)
        if isinstance(each, m.Accepted) and len(said) == 1:
            do(brain, m.PauseStudying())
        if isinstance(each, m.Accepted) and len(said) == 3:
            (removed,) = do(brain, m.Remove(tuple(row.document for row in brain.documents()[:2])))
            assert len(removed.removed) == 2
            do(brain, m.ResumeStudying())
    assert len(brain.documents()) == 1
    assert isinstance(said[-1], m.Studied)
    assert brain.library.verify() == ((), ())


def test_leaving_out_what_is_not_in_line_leaves_nothing_out(brain: Brain, books: Path) -> None:
    do(brain, m.Study((str(books),)))
    ids = tuple(row.document for row in brain.documents())
    assert do(brain, m.LeaveOut(ids)) == [m.LeftOut(())]
    assert len(brain.documents()) == 3


def test_an_estimate_counts_by_kind_and_knows_what_is_unchanged(brain: Brain, books: Path, tmp_path: Path) -> None:
    import os

    for file in books.iterdir():
        os.utime(file, (1e9, 1e9))  # long enough ago to be relied on
    (before,) = do(brain, m.EstimateStudy((str(books), str(tmp_path / "missing.pdf"))))
    assert (before.files, before.unchanged, before.kinds, before.seconds) == (3, 0, {".txt": 3}, None)
    assert before.size_bytes == sum(file.stat().st_size for file in books.iterdir())
    assert before.pages >= 3
    do(brain, m.Study((str(books),)))
    (after,) = do(brain, m.EstimateStudy((str(books),)))
    assert (after.files, after.unchanged, after.size_bytes, after.pages, after.seconds) == (3, 3, 0, 0, 0.0)
    other = tmp_path / "other.txt"
    other.write_text("Something new.\n")
    (more,) = do(brain, m.EstimateStudy((str(books), str(other))))
    assert (more.files, more.unchanged) == (4, 3)
    assert more.seconds > 0  # from how fast the three were


def test_a_password_given_once_serves_as_long_as_the_engine_runs(brain: Brain, tmp_path: Path) -> None:
    diary, letters = tmp_path / "diary.txt", tmp_path / "letters.txt"
    diary.write_text("LOCKED secret\fA page of the diary.")
    letters.write_text("LOCKED secret\fA page of a letter.")
    refused = [each for each in do(brain, m.Study((str(diary),))) if isinstance(each, m.DocumentStudied)]
    assert [each.code for each in refused] == ["encrypted"]
    assert do(brain, m.Study((str(diary),), passwords=("secret",)))[-1].ready == 1
    assert do(brain, m.Study((str(letters),)))[-1].ready == 1


def test_settings_are_listed_and_changed(brain: Brain) -> None:
    (listed,) = do(brain, m.ListSettings())
    assert {setting.name: setting.value for setting in listed.settings}[PAUSE_ON_BATTERY] is False
    (changed,) = do(brain, m.ChangeSetting(PAUSE_ON_BATTERY, True))
    assert {setting.name: setting.value for setting in changed.settings}[PAUSE_ON_BATTERY] is True
    with pytest.raises(Trouble, match="no setting"):
        do(brain, m.ChangeSetting("colour", "red"))


def test_who_may_only_read_can_neither_study_nor_leave_out(brain: Brain, books: Path, tmp_path: Path) -> None:
    beside = Brain.open(Home(tmp_path / "home"), writing="never", program="another test")
    try:
        for request in (m.Study((str(books),)), m.LeaveOut(()), m.Remove(())):
            with pytest.raises(HomeTrouble):
                do(beside, request)
    finally:
        beside.close()

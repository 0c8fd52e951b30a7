"""The engine as the window's child: the real process with its real children and the real starter models."""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pymupdf
import pytest

from engine import messages as m
from engine.cancellation import Cancellation
from engine.children import Child, Nursery
from engine.trouble import Stopped, Trouble
from engine.wire import Cancelled, Failed

pytestmark = pytest.mark.real

ENDINGS = m.Ending.__args__  # type: ignore[attr-defined]


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


def start_engine(nursery: Nursery, home: Path) -> Child:
    return Child(
        role="engine",
        command=(sys.executable, "-P", "-m", "engine", "--home", str(home)),
        nursery=nursery,
        protocol=m.PROTOCOL,
        accepts=m.Reply,
        endings=(*ENDINGS, Failed, Cancelled),
        stop_heard_within_s=120.0,  # it stops others, who may take their time
    )


@pytest.fixture
def engine(nursery: Nursery, tmp_path: Path) -> Iterator[Child]:
    engine = start_engine(nursery, tmp_path / "home")
    yield engine
    engine.close()


def children_of(pid: int | None) -> dict[str, int]:
    """The engine's children by the module that they run."""
    assert pid is not None
    found: dict[str, int] = {}
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            command = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
            found[command[-2].decode()] = int(child)
    return found


def make_long_book(path: Path, pages: int) -> Path:
    with pymupdf.open() as book:
        for number in range(pages):
            page = book.new_page()
            for line in range(40):
                page.insert_text((72, 100 + 15 * line), f"Line {line} of page {number} speaks about queue number {number * 40 + line} at some length.")
        book.save(path)
    return path


def test_the_sample_book_is_read_and_a_question_about_it_answered(engine: Child) -> None:
    engine.ask_once(m.StudySample())
    said = list(engine.ask(m.Ask("What is a red-black tree?", max_tokens=60, remember=True)))
    assert isinstance(said[0], m.PassagesFound)
    answered = said[-1]
    assert isinstance(answered, m.Answered)
    assert not answered.answer.refused
    assert answered.answer.citations
    assert answered.conversation is not None


def test_a_generator_killed_in_mid_answer_leaves_the_engine_alive_and_the_next_question_answered(engine: Child) -> None:
    engine.ask_once(m.StudySample())
    killed = False
    with pytest.raises(Trouble) as caught:
        for said in engine.ask(m.Ask("What is a red-black tree?", max_tokens=300)):
            if isinstance(said, m.PassagesBeingRead | m.Wrote) and not killed:
                os.kill(children_of(engine.pid)["engine.generation"], signal.SIGKILL)
                killed = True
    assert killed
    assert "generator" in caught.value.notice.sentence
    assert engine.starts == 1
    answered = engine.ask_once(m.Ask("What is a red-black tree?", max_tokens=20))
    assert not answered.answer.refused


def test_a_reader_killed_in_mid_book_leaves_the_engine_alive_and_the_book_whole(engine: Child, tmp_path: Path) -> None:
    engine.ask_once(m.StudySample())
    book = make_long_book(tmp_path / "long.pdf", 120)
    killed = False
    for said in engine.ask(m.Study((str(book),))):
        if isinstance(said, m.Progressed) and said.stage == "reading" and not killed:
            reader = children_of(engine.pid).get("engine.reading")
            if reader is not None:
                os.kill(reader, signal.SIGKILL)
                killed = True
    assert killed
    assert isinstance(said, m.Studied)
    assert (said.ready, said.pages) == (1, 120)
    assert engine.starts == 1
    assert engine.ask_once(m.Verify()).ok


def test_stopping_a_book_leaves_the_engine_ready_for_the_next_request(engine: Child, tmp_path: Path) -> None:
    book = make_long_book(tmp_path / "long.pdf", 200)
    cancellation = Cancellation()
    said = engine.ask(m.Study((str(book),)), cancellation=cancellation)
    for happening in said:
        if isinstance(happening, m.Accepted):
            cancellation.cancel()
            break
    with pytest.raises(Stopped):
        list(said)
    names = {document.title for document in engine.ask_once(m.ListDocuments()).documents}
    assert "long" not in names


def test_the_engine_and_its_children_end_when_the_window_is_killed(nursery: Nursery, tmp_path: Path) -> None:
    engine = start_engine(nursery, tmp_path / "home")
    engine.ask_once(m.StudySample())
    pids = [engine.pid, *children_of(engine.pid).values()]
    assert len(pids) > 1
    engine.kill()
    engine.close()
    handles = [os.pidfd_open(pid) for pid in pids if pid is not None and Path(f"/proc/{pid}").exists()]
    for handle in handles:
        assert select.select([handle], [], [], 10.0)[0], "a child outlived the engine"
        os.close(handle)


@pytest.mark.parametrize("ended", [Child.kill, Child.close])
def test_an_unfinished_book_is_finished_by_the_next_engine(nursery: Nursery, tmp_path: Path, ended: Callable[[Child], None]) -> None:
    book = make_long_book(tmp_path / "long.pdf", 64)
    first = start_engine(nursery, tmp_path / "home")
    for said in first.ask(m.Study((str(book),))):
        if isinstance(said, m.Progressed):
            ended(first)
            break
    first.close()
    book.unlink()
    second = start_engine(nursery, tmp_path / "home")
    # The lane of studying does one thing after the other: behind the unfinished book stands this request.
    second.ask_once(m.Verify())
    second.ask_once(m.Verify())
    states = {document.title: document.state for document in second.ask_once(m.ListDocuments()).documents}
    second.close()
    assert states["long"] == "ready"

"""A change of embedder: old vectors serve until the new ones are whole, killed anywhere it goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine import messages as m
from engine.cancellation import Cancellation
from engine.children import Child, Nursery
from engine.embedding import messages as embedding
from engine.living.renewal import same_model
from engine.meaning import Meaning
from engine.trouble import ChildDied, Stopped, Trouble

pytestmark = pytest.mark.real

Write = Callable[..., Path]

QUESTION = "Which lesson says term7?"
ANOTHER = ("--name", "another/onnx-int8/0123")
LINES = [f"The word number {number} of this lesson is term{number}, and nobody else says term{number}." for number in range(120)]


class OnBattery:
    """A laptop without its charger."""

    def on_battery(self) -> bool:
        return True

    def keep_awake(self) -> None:
        """Nothing here can."""


@pytest.fixture
def earlier(tmp_path: Path) -> Iterator[Callable[[str], Meaning | None]]:
    """The embedder "hashing", which can still be loaded beside the new one."""
    nursery = Nursery()
    command = (sys.executable, "-P", str(Path(__file__).parent.parent / "hashing_embedder.py"))
    child = Child(role="embedder", command=command, nursery=nursery, protocol=embedding.PROTOCOL, accepts=embedding.Report, endings=embedding.ENDINGS)
    meaning = Meaning(child=child, directory=tmp_path, backend="onnx", threads=1, languages=("en",))
    yield lambda name: meaning if name == "hashing" else None
    child.close()
    nursery.close()


@pytest.fixture
def studied(open_desk: Any, write: Write) -> list[str]:
    """A home whose documents were embedded by "hashing"; what was found by meaning then."""
    desk = open_desk()
    desk.study(*(write(f"lesson{number}.txt", "\n\n".join(LINES[number::12]) + "\n") for number in range(12)))
    assert desk.library.embedders.serving() == "hashing"
    found = desk.found(QUESTION, by="meaning")
    desk.close()
    return found


def renew(desk: Any) -> int:
    """Errands until none renews vectors (then the library is calibrated); how many did."""
    count = 0
    while (errand := desk.brain.errand()) != m.Calibrate():
        assert errand == m.RenewVectors()
        desk.do(errand)
        count += 1
    return count


def embedders(desk: Any) -> list[tuple[str, int]]:
    with desk.library.database.reading() as connection:
        return connection.execute("SELECT e.name, count(v.number) FROM embedders e LEFT JOIN vectors v ON v.embedder = e.key GROUP BY e.key").fetchall()


def test_old_vectors_serve_until_the_new_ones_are_whole(open_desk: Any, studied: list[str], earlier: Any) -> None:
    desk = open_desk(embedder=ANOTHER, earlier=earlier)
    total = sum(row.chunks for row in desk.brain.documents())
    assert desk.brain.errand() is None  # nothing is loaded yet: nobody knows of a change
    desk.brain.meaning.load()
    assert desk.brain.errand() == m.RenewVectors()
    assert desk.brain.state().chunks_to_renew == total
    assert desk.found(QUESTION, by="meaning") == studied
    assert embedders(desk) == [("hashing", total), (ANOTHER[1], 0)]
    assert renew(desk) >= 1
    assert embedders(desk) == [(ANOTHER[1], total)]
    assert desk.brain.state().chunks_to_renew == 0
    assert desk.library.embedders.serving() == ANOTHER[1]
    assert desk.found(QUESTION, by="meaning") == studied
    assert desk.brain.ask_once(m.Verify(), m.Verified) == m.Verified(True, (), ())


def test_where_the_old_embedder_is_gone_words_serve_until_then(open_desk: Any, studied: list[str]) -> None:
    desk = open_desk(embedder=ANOTHER)
    desk.brain.meaning.load()
    assert desk.found(QUESTION)[0] == "lesson7.txt"
    with pytest.raises(Trouble, match="not ready"):
        desk.found(QUESTION, by="meaning")
    renew(desk)
    assert desk.found(QUESTION, by="meaning") == studied


def test_it_is_stopped_between_batches_and_goes_on_in_the_next_program(open_desk: Any, studied: list[str]) -> None:
    desk = open_desk(embedder=ANOTHER)
    desk.brain.meaning.load()
    assert desk.brain.errand() == m.RenewVectors()
    cancellation = Cancellation()
    work = desk.brain.renewal.work(cancellation)
    left = next(work)
    cancellation.cancel(leaving=True)
    if left:
        with pytest.raises(Stopped):
            next(work)
    desk.close()
    again = open_desk(embedder=ANOTHER)
    assert again.brain.state().chunks_to_renew == left
    assert again.brain.ask_once(m.Verify(), m.Verified).ok
    again.brain.meaning.load()
    renew(again)
    assert [name for name, _ in embedders(again)] == [ANOTHER[1]]
    assert again.brain.ask_once(m.Verify(), m.Verified).ok


def test_an_embedder_that_dies_loses_no_old_vector(open_desk: Any, studied: list[str], earlier: Any) -> None:
    desk = open_desk(embedder=(*ANOTHER, "--die-on", "term5"), earlier=earlier)
    desk.brain.meaning.load()
    assert desk.brain.errand() == m.RenewVectors()
    with pytest.raises(ChildDied):
        for _ in range(9):
            desk.do(m.RenewVectors())
    assert desk.library.embedders.serving() == "hashing"
    assert desk.found(QUESTION)[0] == "lesson7.txt"


def test_what_is_studied_meanwhile_gets_the_new_vectors(open_desk: Any, studied: list[str], write: Write) -> None:
    desk = open_desk(embedder=ANOTHER)
    desk.study(write("new.txt", "A stack is a collection in which the item added last is removed first.\n"))
    assert desk.rows()["new.txt"].state == "ready"
    assert desk.rows()["new.txt"].chunks_embedded == desk.rows()["new.txt"].chunks
    assert desk.library.embedders.serving() == "hashing"
    assert desk.brain.ask_once(m.Verify(), m.Verified).ok
    renew(desk)
    assert desk.found("What is removed first?", by="meaning")[0] == "new.txt"


def test_going_back_to_the_old_embedder_makes_only_what_it_lacks(open_desk: Any, studied: list[str], write: Write) -> None:
    desk = open_desk(embedder=ANOTHER)
    desk.study(write("new.txt", "A stack is a collection in which the item added last is removed first.\n"))
    desk.close()
    back = open_desk()
    back.brain.meaning.load()
    assert back.brain.errand() == m.RenewVectors()
    assert back.brain.state().chunks_to_renew == 1
    renew(back)
    assert back.library.embedders.serving() == "hashing"
    assert [name for name, _ in embedders(back)] == ["hashing"]
    assert back.brain.ask_once(m.Verify(), m.Verified).ok


def test_another_backend_of_the_same_model_asks_for_both() -> None:
    assert same_model("all-MiniLM-L6-v2/onnx-int8/53aa5117", "all-MiniLM-L6-v2/torch-bfloat16/53aa5117")
    assert not same_model("all-MiniLM-L6-v2/onnx-int8/53aa5117", "all-MiniLM-L6-v2/onnx-int8/99999999")
    assert not same_model("all-MiniLM-L6-v2/onnx-int8/53aa5117", "e5-small/onnx-int8/53aa5117")


def test_a_document_that_an_older_reader_read_is_read_again_when_nothing_else_is_to_be_done(desk: Any, write: Write) -> None:
    desk.study(write("stacks.txt", LINES[0]), write("queues.txt", LINES[1]))
    with desk.library.database.transaction() as connection:
        connection.execute("UPDATE documents SET reader_version = 0")
    errands = []
    while (errand := desk.brain.errand()) != m.Calibrate():
        errands.append(type(errand))
        assert [state for _, state in desk.outcome(desk.do(errand))] == ["ready"]
    assert errands == [m.StudyAgain, m.StudyAgain]
    assert desk.library.read_by_older(1) == ()
    assert set(desk.rows()) == {"stacks.txt", "queues.txt"}
    assert desk.brain.ask_once(m.Verify(), m.Verified).ok


def test_what_was_left_unfinished_is_finished_when_nothing_else_is_to_be_done(desk: Any, write: Write) -> None:
    desk.study(write("stacks.txt", LINES[0]))
    desk.library.start_over(desk.rows()["stacks.txt"].document)
    desk.do(desk.brain.errand())
    assert desk.rows()["stacks.txt"].state == "ready"
    desk.library.start_over(desk.rows()["stacks.txt"].document)
    assert desk.brain.errand() is None  # tried once: what can't be finished would be tried for ever


def test_new_vectors_wait_for_the_charger_if_that_is_wished(open_desk: Any, studied: list[str]) -> None:
    desk = open_desk(embedder=ANOTHER, power=OnBattery())
    desk.brain.meaning.load()
    assert desk.brain.errand() == m.RenewVectors()
    desk.do(m.ChangeSetting("pause_on_battery", True))
    assert desk.brain.errand() is None
    desk.do(m.ChangeSetting("pause_on_battery", False))
    assert desk.brain.errand() == m.RenewVectors()

"""The embedder as a child process: asked over the wire, lost, and started again."""

from __future__ import annotations

import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.cancellation import Cancellation
from engine.children import Child, Nursery, child_command
from engine.embedding.messages import ENDINGS, PROTOCOL, Embed, Embedded, EmbedderLoaded, LoadEmbedder, Report
from engine.trouble import ChildDied, Stopped, Trouble

pytestmark = pytest.mark.real

MANY = tuple("The pumping lemma shows that a language is not regular. " * 20 for _ in range(4000))
"""More than a minute of work."""


@pytest.fixture
def child() -> Iterator[Child]:
    nursery = Nursery()
    child = Child(role="embedder", command=child_command("engine.embedding"), nursery=nursery, protocol=PROTOCOL, accepts=Report, endings=ENDINGS)
    yield child
    child.close()
    nursery.close()


def embed(child: Child, *texts: str) -> list[tuple[float, ...]]:
    embedded: Embedded = child.ask_once(Embed(texts), silence_s=30.0)
    assert embedded.count == len(texts)
    return list(struct.iter_unpack(f"<{embedded.dimensions}f", embedded.vectors))


def start_long_work(child: Child, cancellation: Cancellation) -> tuple[threading.Thread, list[BaseException]]:
    """Ask for a minute of work in a thread; returns it and what it will have raised."""
    raised: list[BaseException] = []

    def work() -> None:
        try:
            child.ask_once(Embed(MANY), cancellation=cancellation)
        except (Trouble, Stopped) as error:
            raised.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    return thread, raised


def wait_until_busy(child: Child) -> None:
    """Wait until the child has spent processor time on its work (fields 14 and 15 of /proc/pid/stat, in ticks)."""

    def ticks() -> int:
        fields = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    before = ticks()
    while ticks() < before + 20:
        threading.Event().wait(0.01)


def test_it_loads_and_embeds(child: Child, exported: Path) -> None:
    loaded = child.ask_once(LoadEmbedder(str(exported), "onnx", 1))
    assert loaded == EmbedderLoaded("all-minilm-l6-v2/onnx-int8.2/53aa5117", 384, 256)
    tree, same, bread = embed(child, "a red-black tree", "a red-black tree", "bread and butter")
    assert tree == same != bread
    assert sum(number * number for number in tree) == pytest.approx(1.0, abs=1e-5)


def test_it_says_what_is_wrong_and_lives_on(child: Child, exported: Path, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="No embedder is loaded"):
        embed(child, "x")
    with pytest.raises(Trouble) as caught:
        child.ask_once(LoadEmbedder(str(tmp_path), "onnx", 1))
    assert caught.value.notice.code == "embedder-missing"
    child.ask_once(LoadEmbedder(str(exported), "onnx", 1))
    assert len(embed(child, "x")) == 1
    assert child.starts == 1


def test_killed_in_the_middle_of_work_the_request_ends_and_the_next_one_works(child: Child, exported: Path) -> None:
    child.ask_once(LoadEmbedder(str(exported), "onnx", 1))
    thread, raised = start_long_work(child, Cancellation())
    wait_until_busy(child)
    child.kill()
    thread.join(10.0)
    assert [type(error) for error in raised] == [ChildDied]
    child.ask_once(LoadEmbedder(str(exported), "onnx", 1))
    assert len(embed(child, "a heap")) == 1
    assert child.starts == 2


def test_a_cancelled_request_stops_at_once_and_the_embedder_stays_loaded(child: Child, exported: Path) -> None:
    child.ask_once(LoadEmbedder(str(exported), "onnx", 2))
    cancellation = Cancellation()
    thread, raised = start_long_work(child, cancellation)
    wait_until_busy(child)
    cancellation.cancel()
    thread.join(10.0)
    assert [type(error) for error in raised] == [Stopped]
    assert len(embed(child, "a heap")) == 1
    assert child.starts == 1


def test_nothing_is_reported_to_the_maker_of_the_runtime(exported: Path, tmp_path: Path) -> None:
    """Its telemetry leaves a device id and a database in the user's cache folder; an embedder that is quiet leaves nothing."""
    nursery = Nursery()
    environment = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "PATH": ""}
    child = Child(
        role="embedder",
        command=child_command("engine.embedding"),
        nursery=nursery,
        protocol=PROTOCOL,
        accepts=Report,
        endings=ENDINGS,
        environment=environment,
    )
    try:
        child.ask_once(LoadEmbedder(str(exported), "onnx", 1))
        embed(child, "a stack is last in, first out")
    finally:
        child.close()
        nursery.close()
    assert list(tmp_path.iterdir()) == []

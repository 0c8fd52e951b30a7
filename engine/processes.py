"""The engine's child processes: which there are, what each runs and what it speaks."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from engine.children import Child, Nursery, child_command
from engine.embedding import messages as embedding
from engine.generation import messages as generation
from engine.reading import messages as reading


def make_children(nursery: Nursery, commands: Mapping[str, Sequence[str]]) -> dict[str, Child]:
    """The children of the engine: two readers (one studies, one draws), two embedders (one for questions, and the heavier
    one for whole books that a machine may have), the generator."""
    log = logging.getLogger("engine.children").info

    def child(role: str, module: str, protocol: int, accepts: Any, endings: tuple[type, ...], name: str) -> Child:
        return Child(
            role=role, command=commands.get(name, child_command(module)), nursery=nursery, protocol=protocol, accepts=accepts, endings=endings, log=log
        )

    return {
        "reader": child("reader", "engine.reading", reading.PROTOCOL, reading.Report, reading.ENDINGS, "reader"),
        "drawing reader": child("drawing reader", "engine.reading", reading.PROTOCOL, reading.Report, reading.ENDINGS, "reader"),
        "embedder": child("embedder", "engine.embedding", embedding.PROTOCOL, embedding.Report, embedding.ENDINGS, "embedder"),
        "bulk embedder": child("bulk embedder", "engine.embedding", embedding.PROTOCOL, embedding.Report, embedding.ENDINGS, "embedder"),
        "generator": child("generator", "engine.generation", generation.PROTOCOL, generation.Report, generation.ENDINGS, "generator"),
    }

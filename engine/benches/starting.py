"""How soon a fresh engine answers: from the start of its process to the first passages, as the window would ask it."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Literal

from engine import messages as m
from engine.benches.figures import Figure
from engine.children import Child, Nursery, child_command
from engine.wire import Cancelled, Failed

ROUNDS = 5
QUESTION = "How does a hash table resolve collisions?"


def starting_figures(home: Path) -> list[Figure]:
    """Seconds from the start of an engine on this home to the answer to its first search, by meaning and by words in turn.

    Its files are in the disk cache of the system; nothing of it is in memory.

    Raises:
        Trouble: the engine can't start or can't search.
    """
    spent: dict[Literal["meaning", "words"], list[tuple[float, float]]] = {"meaning": [], "words": []}
    for _ in range(ROUNDS):
        for by, seconds in spent.items():
            seconds.append(first_search_seconds(home, by))
    figures = []
    for by, seconds in spent.items():
        whole = statistics.median(one[0] for one in seconds)
        alone = statistics.median(one[1] for one in seconds)
        figures.append(
            Figure(f"first search by {by}, cold engine", whole, "s", f"from the start of the process, median of {ROUNDS}; in the search itself {alone:.2f} s")
        )
    return figures


def first_search_seconds(home: Path, by: Literal["meaning", "words"]) -> tuple[float, float]:
    """Seconds from the start of a fresh engine to its first answer, and those that it says the search took.

    Raises:
        Trouble: the engine can't start or can't search.
    """
    nursery = Nursery()
    engine = Child(
        role="engine",
        command=(*child_command("engine"), "--home", str(home)),
        nursery=nursery,
        protocol=m.PROTOCOL,
        accepts=m.Reply,
        endings=(*m.Ending.__args__, Failed, Cancelled),
    )
    try:
        began = time.monotonic()
        found: m.Found = engine.ask_once(m.Search(QUESTION, by=by))
        return time.monotonic() - began, found.seconds
    finally:
        engine.close()
        nursery.close()

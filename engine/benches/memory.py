"""How much memory the engine's own process takes at most, with one book and with all of them.

    python -P -m engine.benches.memory HOME BOOK...

The process that adds the books is a fresh one and says its own peak; its children (reader, embedder) are not counted.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from engine.benches.figures import Figure
from engine.trouble import Trouble

MB = 1e6

BYTES_PER_VECTOR = 4 * 384
"""A vector of the starter, as the index keeps it in memory."""


def memory_figures(books: Sequence[Path]) -> list[Figure]:
    """Peak resident memory after adding all books less that after adding one, vectors not counted.

    Raises:
        Trouble: a measuring process died.
    """
    name = f"memory, from 1 book to {len(books)}"
    if len(books) < 2 or getattr(sys, "frozen", False) or not sys.platform.startswith("linux"):
        return [Figure(name, 0.0, "skipped", "needs two books or more, a Python interpreter, and Linux, which tells a process its peak")]
    one, all_of_them = _peak(books[:1]), _peak(books)
    grown = all_of_them["peak_bytes"] - one["peak_bytes"]
    vectors = (all_of_them["chunks"] - one["chunks"]) * BYTES_PER_VECTOR
    return [
        Figure("peak memory of the engine, 1 book", one["peak_bytes"] / MB, "MB", f"{one['chunks']} chunks"),
        Figure(f"peak memory of the engine, {len(books)} books", all_of_them["peak_bytes"] / MB, "MB", f"{all_of_them['chunks']} chunks, fresh process"),
        Figure(name, (grown - vectors) / MB, "MB", f"{grown / MB:.1f} MB less {vectors / MB:.1f} MB of vectors, {BYTES_PER_VECTOR} bytes each"),
    ]


def _peak(books: Sequence[Path]) -> dict[str, int]:
    with tempfile.TemporaryDirectory(prefix="bytebrain-bench-") as home:
        done = subprocess.run((sys.executable, "-P", "-m", "engine.benches.memory", home, *map(str, books)), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Trouble("bench-memory", f"The measuring process ended with status {done.returncode}.", "Add the books by hand to see why.")
    measured: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return measured


def main(home: str, books: Sequence[str]) -> None:
    """Add the books, search once, and say the peak."""
    from engine import messages as m
    from engine.brain import Brain
    from engine.cancellation import Cancellation
    from engine.home import Home

    brain = Brain.open(Home(Path(home)), writing="required", program="bytebrain bench")
    try:
        studied = brain.ask_once(m.Study(tuple(books)), m.Studied, Cancellation())
        brain.ask_once(m.Search("How does a hash table resolve collisions?"), m.Found)
    finally:
        brain.close()
    sys.stdout.write(json.dumps({"peak_bytes": peak_bytes(), "chunks": studied.chunks}) + "\n")


def peak_bytes() -> int:
    """The most resident memory that this process has had (Linux), in bytes.

    Not getrusage's: that one remembers the process which this one was forked from.
    """
    status = Path("/proc/self/status").read_text(encoding="utf-8", errors="replace")
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:"))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

"""`make run`: opens the window, or does the same job on the terminal where there is no display to open it on."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import main

QUESTION = "What is a red-black tree?"


def demonstrate(program: Path) -> int:
    """Index the sample book in a home of its own and ask it a question; returns the exit status."""
    print("There is no display here, so ByteBrain shows its work on the terminal: it reads its sample book and answers a question from it.\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="bytebrain-") as home:
        print(f"$ bytebrain ask {QUESTION!r}\n", flush=True)
        return subprocess.run([program, "--home", home, "ask", QUESTION], check=False).returncode


def start(program: Path) -> int:
    """Open the window or demonstrate; returns the exit status."""
    if main.has_display():
        return subprocess.run([program], check=False).returncode
    return demonstrate(program)


if __name__ == "__main__":
    try:
        sys.exit(start(Path(sys.executable).with_name("bytebrain")))
    except KeyboardInterrupt:
        sys.exit(130)

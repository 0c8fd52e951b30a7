"""Where `bytebrain` begins: a command goes to the command line, anything else opens the window with the files that were named.

Nothing heavy is imported before it is clear who is wanted: the window must not pay for the engine, nor `--help` for Qt.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Wanted(NamedTuple):
    """What a command line asks for: the home that was chosen, if any, and the words beside it."""

    home: str | None
    words: tuple[str, ...]


def split_home(arguments: Sequence[str]) -> Wanted:
    """Take `--home DIR` out of the arguments, wherever before a `--` it stands; the last one counts."""
    home: str | None = None
    words: list[str] = []
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word == "--":
            return Wanted(home, (*words, word, *rest))
        if word == "--home" and rest:
            home = rest.pop(0)
        elif word.startswith("--home="):
            home = word.removeprefix("--home=")
        else:
            words.append(word)
    return Wanted(home, tuple(words))


def wants_window(words: Sequence[str], commands: frozenset[str]) -> bool:
    """Whether these words open the window: none at all, or files. A mistyped command is no file."""
    if not words:
        return True
    first = words[0]
    if first in commands or first.startswith("-"):
        return False
    return Path(first).exists() or os.sep in first or bool(Path(first).suffix)


def has_display() -> bool:
    """Whether a window can be shown. Only on Linux is there any doubt; a Qt platform named on purpose settles it."""
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Hand over; returns the exit status."""
    from engine.commandline import COMMANDS

    wanted = split_home(sys.argv[1:] if arguments is None else arguments)
    if not wants_window(wanted.words, COMMANDS):
        from engine.commandline import run as run_command

        return run_command([*(("--home", wanted.home) if wanted.home is not None else ()), *wanted.words])
    if not has_display():
        sys.stderr.write("There is no display here to open a window on. The same on the terminal: bytebrain --help\n")
        return 1
    from desktop.app import run as run_window

    return run_window(tuple(wanted.words), wanted.home)


if __name__ == "__main__":
    sys.exit(main())

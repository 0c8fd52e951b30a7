"""The command line: turns what a person types into requests, and what the engine says into text or JSON.

This file is light (the window's start goes through it): the commands themselves load when one is run.
"""

from __future__ import annotations

from collections.abc import Sequence

COMMANDS = frozenset(
    (
        *("add", "ask", "bench", "collections", "doctor", "documents", "evaluate", "export", "hit-test", "import"),
        *("instructions", "models", "pairs", "remove", "search", "self-test", "settings", "template", "verify", "watch"),
    )
)
"""Every command's name; what is none of these and exists as a file opens the window."""


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status: 0 done, 1 not everything could be done, 2 wrong usage."""
    from engine.commandline.commands import run_command

    return run_command(list(arguments))

"""Steps of the set-up: done once for given inputs, logged, and plain about what went wrong.

A step leaves a stamp that holds a digest of its inputs. It is done again when the inputs change or when what it made is
gone, and not otherwise: the second run of a set-up takes well under a second.
"""

from __future__ import annotations

import collections
import hashlib
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from progress import StepLine

LONGEST_LOGGED_LINE = 600
"""Compiler command lines of several thousand characters make 16 MB of log; their beginning tells which file it was."""


class StepFailed(Exception):
    """A step could not be done: the last lines of its output, for the person who has to mend it."""

    def __init__(self, last_lines: Sequence[str]) -> None:
        super().__init__(last_lines[-1] if last_lines else "no output")
        self.last_lines = tuple(last_lines)


@dataclass(frozen=True)
class Step:
    """One step: `work` makes `proof` from `inputs`; `remedy` is one sentence for when it fails."""

    name: str
    title: str
    inputs: str
    proof: Path
    work: Callable[[StepLine], None]
    remedy: str


def digest(text: str) -> str:
    """A short digest that names a set of inputs (16 hex digits of its sha256)."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def is_done(step: Step, stamps: Path) -> bool:
    """Whether the step was done for these very inputs and what it made is still there."""
    stamp = stamps / step.name
    return step.proof.exists() and stamp.is_file() and stamp.read_text(encoding="utf-8") == digest(step.inputs)


def mark_done(step: Step, stamps: Path) -> None:
    """Leave the stamp, whole or not at all."""
    stamps.mkdir(parents=True, exist_ok=True)
    fresh = stamps / f"{step.name}.new"
    fresh.write_text(digest(step.inputs), encoding="utf-8")
    fresh.replace(stamps / step.name)


def do(step: Step, *, stamps: Path, stream: TextIO) -> None:
    """Do the step and leave its stamp.

    Raises:
        StepFailed: a command of the step failed.
    """
    (stamps / step.name).unlink(missing_ok=True)
    line = StepLine(step.title, stream)
    try:
        step.work(line)
    except BaseException:
        line.failed()
        raise
    mark_done(step, stamps)
    line.done()


def run_logged(
    command: Sequence[str | Path],
    *,
    log: Path,
    cwd: Path,
    line: StepLine,
    describe: Callable[[str], str | None],
    environment: Mapping[str, str] | None = None,
) -> None:
    """Run a command with its output in the log; `describe` turns an output line into what the person sees, or None.

    Raises:
        StepFailed: it can't be started or ended with another status than 0.
    """
    words = [str(word) for word in command]
    last_lines: collections.deque[str] = collections.deque(maxlen=20)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8", errors="replace") as written:
        written.write(f"\n$ {' '.join(words)}\n")
        try:
            process = subprocess.Popen(
                words,
                cwd=cwd,
                env=dict(environment if environment is not None else os.environ),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
            )
        except OSError as error:
            raise StepFailed([f"{words[0]}: {error.strerror}"]) from error
        assert process.stdout is not None
        with process:
            for raw in process.stdout:
                text = raw.rstrip()[:LONGEST_LOGGED_LINE]
                written.write(text + "\n")
                if text:
                    last_lines.append(text)
                detail = describe(text)
                if detail is not None:
                    line.update(detail)
        if process.returncode != 0:
            raise StepFailed(tuple(last_lines))

"""What a set-up says while it works: one line per step, alive while the step lasts.

Compilers and pip talk a lot; a person wants to know which step runs, that it moves, and how long it took. The parsing is
pure; the only effect is writing to one stream.
"""

from __future__ import annotations

import re
import threading
import time
from typing import TextIO

NINJA_COUNT = re.compile(r"\[(\d+)/(\d+)\]")
MAKE_PERCENT = re.compile(r"\[\s*(\d{1,3})%\]")
PIP_ACTIVITY = re.compile(r"^\s*(Collecting|Downloading|Building wheel for|Installing collected packages)\b:?\s*(\S*)")

SECONDS_BETWEEN_PLAIN_LINES = 30.0
"""Without a terminal a living line would be thousands of lines in a log; one each half minute shows that it moves."""


def build_percent(line: str) -> int | None:
    """How far a build is, from a line of ninja (`[123/382] …`) or make (`[ 32%] …`); None where the line doesn't say."""
    counted = NINJA_COUNT.search(line)
    if counted:
        done, total = int(counted[1]), int(counted[2])
        return min(100, done * 100 // total) if total else None
    percent = MAKE_PERCENT.search(line)
    return min(100, int(percent[1])) if percent else None


def pip_activity(line: str) -> str | None:
    """What pip is busy with, in a few words; None where the line doesn't say."""
    found = PIP_ACTIVITY.match(line)
    if not found:
        return None
    verb, what = found[1], found[2]
    if verb == "Installing collected packages":
        return "unpacking"
    name = re.split(r"[<>=!~\[;(]|-\d", what.rsplit("/", 1)[-1], maxsplit=1)[0]
    return {"Collecting": "looking for", "Downloading": "downloading", "Building wheel for": "building"}[verb] + f" {name}"


def in_words(seconds: float) -> str:
    """A duration as people say it: `0.4 s`, `12 s`, `7 min 08 s`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    return f"{int(seconds) // 60} min {int(seconds) % 60:02d} s"


class StepLine:
    """One line on a terminal, redrawn in place; on anything else a plain line at the start, now and then, and at the end."""

    def __init__(self, title: str, stream: TextIO) -> None:
        self._title = title
        self._stream = stream
        self._alive = stream.isatty()
        self._begun = time.monotonic()
        self._last_drawn = self._begun
        self._detail = ""
        self._ended = threading.Event()
        self._ticking = threading.Thread(target=self._tick, name="step-line", daemon=True)
        if self._alive:
            self._draw()
            self._ticking.start()
        else:
            self._say(f"  · {title} …")

    def update(self, detail: str) -> None:
        """Show what the step is doing."""
        now = time.monotonic()
        if self._alive:
            self._detail = detail
        elif detail != self._detail and now - self._last_drawn >= SECONDS_BETWEEN_PLAIN_LINES:
            self._detail = detail
            self._last_drawn = now
            self._say(f"    {detail} · {in_words(now - self._begun)}")

    def done(self) -> None:
        """Say that it is done and how long it took."""
        self._finish("✓")

    def failed(self) -> None:
        """Say that it failed."""
        self._finish("✗")

    def _finish(self, mark: str) -> None:
        if self._alive:
            self._ended.set()
            self._ticking.join()
            self._stream.write("\r\x1b[K")
        self._say(f"  {mark} {self._title}  {in_words(time.monotonic() - self._begun)}")

    def _tick(self) -> None:
        """Redraw every second, also while the compiler is silent; only this thread draws until the end."""
        while not self._ended.wait(1.0):
            self._draw()

    def _draw(self) -> None:
        self._last_drawn = time.monotonic()
        tail = f" — {self._detail}" if self._detail else ""
        text = f"  · {self._title}{tail} · {in_words(self._last_drawn - self._begun)}"
        self._stream.write(f"\r\x1b[K{text[:110]}")
        self._stream.flush()

    def _say(self, text: str) -> None:
        self._stream.write(text + "\n")
        self._stream.flush()

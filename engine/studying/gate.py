"""The gate at which the lanes of studying wait between two batches: while a question is served, and while studying is paused."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Literal

from engine.cancellation import Cancellation

Who = Literal["person", "battery"]

YOU_PAUSED_IT = "You paused it."


class Gate:
    """Open, unless somebody asks a question or studying is paused. Safe to use from several threads.

    A pause lasts until it is taken back or the program ends: nothing of it is written down.
    """

    def __init__(self, *, changed: Callable[[], None] = lambda: None) -> None:
        """`changed` is called after every pause and resumption, outside of all locks."""
        self._changed = changed
        self._moved = threading.Condition()
        self._questions = 0
        self._paused: dict[Who, str] = {}
        self._at_work: list[Cancellation] = []
        self._closed_since: float | None = None
        self._closed_before_s = 0.0

    @property
    def paused_because(self) -> str | None:
        """The plain sentence why studying is paused, or None when it is not."""
        with self._moved:
            return self._paused.get("person") or self._paused.get("battery")

    def working_time_s(self) -> float:
        """A clock that stands while the gate is closed: speeds are measured by it."""
        with self._moved:
            return (self._closed_since if self._closed_since is not None else time.monotonic()) - self._closed_before_s

    def pause(self, who: Who, sentence: str) -> None:
        """Let the lanes lay their work down after the batch in hand."""
        with self._moved:
            already = who in self._paused
            self._paused[who] = sentence
            self._set_clock()
        self._give_up_work()
        if not already:
            self._changed()

    def resume(self, *who: Who) -> None:
        """Take a pause back; the lanes go on when nobody else has paused them."""
        with self._moved:
            held = [each for each in who if self._paused.pop(each, None) is not None]
            self._set_clock()
            self._moved.notify_all()
        if held:
            self._changed()

    @contextlib.contextmanager
    def question(self) -> Iterator[None]:
        """A question is being served: no batch begins for as long as the block runs."""
        with self._moved:
            self._questions += 1
            self._set_clock()
        try:
            self._give_up_work()
            yield
        finally:
            with self._moved:
                self._questions -= 1
                self._set_clock()
                self._moved.notify_all()

    def wait(self, stop: Cancellation) -> None:
        """Wait until the gate is open.

        Raises:
            Stopped: `stop` was cancelled meanwhile.
        """
        with stop.telling(self._look_up), self._moved:
            while (self._questions or self._paused) and not stop.cancelled:
                self._moved.wait()
        stop.raise_if_cancelled()

    def _set_clock(self) -> None:
        closed, now = bool(self._questions or self._paused), time.monotonic()
        if closed and self._closed_since is None:
            self._closed_since = now
        elif not closed and self._closed_since is not None:
            self._closed_before_s += now - self._closed_since
            self._closed_since = None

    @contextlib.contextmanager
    def at_work(self, work: Cancellation) -> Iterator[None]:
        """Work that is given up (cancelled) when the gate closes, and begun anew when it is open again."""
        with self._moved:
            self._at_work.append(work)
            closed = self._closed_since is not None
        if closed:
            work.cancel()
        try:
            yield
        finally:
            with self._moved:
                self._at_work.remove(work)

    def _give_up_work(self) -> None:
        with self._moved:
            under_way = tuple(self._at_work)
        for work in under_way:
            work.cancel()

    def _look_up(self) -> None:
        with self._moved:
            self._moved.notify_all()

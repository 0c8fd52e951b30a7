"""The requests that wait on one child process: what was reported on each and not heard yet, and which of them the child serves now.

A child does one request after the other in the order in which they were sent. So silence counts against the first of them
only: whoever stands behind it is not stuck, he waits.
"""

from __future__ import annotations

import collections
import threading
import time
from typing import Any, Final


class Woken:
    """No report: something has changed for whoever waits (he was stopped, say)."""


WOKEN: Final = Woken()


class Reports:
    """What one request was told, in order. With `room`, whoever brings more than that waits until some of it was heard."""

    def __init__(self, room: int | None = None) -> None:
        self._room = room
        self._waiting: collections.deque[Any] = collections.deque()
        self._changed = threading.Condition()
        self._let_go = room is None

    def put(self, report: Any) -> None:
        """Bring a report; None says that the process is gone. Waits for room unless it was let go."""
        with self._changed:
            while not self._let_go and self._room is not None and len(self._waiting) >= self._room:
                self._changed.wait()
            self._waiting.append(report)
            self._changed.notify_all()

    def wake(self) -> None:
        """Let whoever waits look up."""
        with self._changed:
            self._waiting.append(WOKEN)
            self._changed.notify_all()

    def get(self, timeout_s: float | None) -> Any:
        """The next report, or `WOKEN` when nothing came for so long."""
        with self._changed:
            if not self._waiting:
                self._changed.wait(timeout_s)
            if not self._waiting:
                return WOKEN
            report = self._waiting.popleft()
            self._changed.notify_all()
            return report

    def let_go(self) -> None:
        """Nobody is made to wait for room any more."""
        with self._changed:
            self._let_go = True
            self._changed.notify_all()


class Pending:
    """All requests that wait on one process.

    It has a lock of its own: the thread that tells them of the death is joined by whoever starts the next process, and
    that one holds the child's lock.
    """

    def __init__(self) -> None:
        self.sending = threading.Lock()
        """Held from taking a place in the line to sending the request, so that the line is as the child sees it."""
        self._lock = threading.Lock()
        self._reports: dict[int, Reports] = {}
        self._line: dict[int, None] = {}
        self._heard_at = time.monotonic()
        self._gone = False

    def add(self, number: int, room: int | None = None) -> Reports:
        """Where the reports on this request will come in; None there says that the process is gone."""
        reports = Reports(room)
        with self._lock:
            if not self._line:
                self._heard_at = time.monotonic()
            self._line[number] = None
            self._reports[number] = reports
            if self._gone:
                reports.put(None)
        return reports

    def remove(self, number: int) -> None:
        """Nobody listens to this request any more. It stays in the line until the child has ended it."""
        with self._lock:
            reports = self._reports.pop(number, None)
        if reports is not None:
            reports.let_go()

    def hand_over(self, number: int, report: Any, *, ends: bool) -> None:
        """A report came: whoever still waits for it gets it."""
        with self._lock:
            self._heard_at = time.monotonic()
            if ends:
                self._line.pop(number, None)
            reports = self._reports.get(number)
        if reports is not None:
            reports.put(report)

    def is_served(self, number: int) -> bool:
        """Whether the child works on this request; else another one is before it."""
        with self._lock:
            return next(iter(self._line), number) == number

    def silent_for_s(self, number: int) -> float:
        """For how long the child has said nothing while it served this request; 0 while another one is before it."""
        with self._lock:
            served = next(iter(self._line), number) == number
            return time.monotonic() - self._heard_at if served else 0.0

    def tell_gone(self) -> None:
        """The process is gone: all that wait, and all that still come, are told."""
        with self._lock:
            self._gone = True
            told = list(self._reports.values())
        for reports in told:
            reports.let_go()
            reports.put(None)

    def let_go(self) -> None:
        """Nobody is made to wait for room any more: the process is being ended."""
        with self._lock:
            told = list(self._reports.values())
        for reports in told:
            reports.let_go()

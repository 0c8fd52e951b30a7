"""How a running request learns that somebody pressed stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from engine.trouble import Stopped


class Cancellation:
    """Set once, from any thread; looked at between the steps of long work."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cancelled = False
        self._leaving = False
        self._listeners: list[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        """Whether somebody pressed stop."""
        return self._cancelled

    @property
    def leaving(self) -> bool:
        """Whether it was stopped because the program ends: then what is half done is kept, for the next one to go on with."""
        return self._leaving

    def cancel(self, *, leaving: bool = False) -> None:
        """Stop the request; listeners are told once. `leaving`: nobody changed his mind, the program ends."""
        with self._lock:
            if self._cancelled:
                return
            self._leaving = leaving
            self._cancelled = True
            listeners = list(self._listeners)
        for listener in listeners:
            listener()

    def raise_if_cancelled(self) -> None:
        """Leave the work at this point when stopped.

        Raises:
            Stopped: somebody pressed stop.
        """
        if self._cancelled:
            raise Stopped

    @contextmanager
    def telling(self, listener: Callable[[], None]) -> Iterator[None]:
        """Call `listener` on cancel for as long as the block runs (at once if it already happened)."""
        with self._lock:
            self._listeners.append(listener)
            already = self._cancelled
        if already:
            listener()
        try:
            yield
        finally:
            with self._lock:
                self._listeners.remove(listener)

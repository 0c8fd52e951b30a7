"""Good manners on a laptop: studying pauses on battery if the student wishes so, and keeps the machine awake while it runs."""

from __future__ import annotations

import threading
from collections.abc import Callable

from engine.power import Awake, Power
from engine.studying.gate import Gate

LOOK_EVERY_S = 20.0
"""How soon a plug that was pulled is noticed. No machine goes to sleep by itself in so short a time, so that keeping awake
needs not begin before the first such look: most additions are over by then."""

ON_BATTERY = "The laptop runs on battery."


class Manners:
    """Looks at the power now and then, only while something is studied. Safe to use from several threads."""

    def __init__(
        self, *, gate: Gate, power: Power, pause_on_battery: Callable[[], bool], keep_awake: Callable[[], bool], look_every_s: float = LOOK_EVERY_S
    ) -> None:
        """`pause_on_battery` and `keep_awake` are asked at every look: the student may change his mind."""
        self._gate = gate
        self._power = power
        self._pause_on_battery = pause_on_battery
        self._keep_awake = keep_awake
        self._look_every_s = look_every_s
        self._lock = threading.RLock()
        self._thread: threading.Thread | None = None
        self._ended = threading.Event()
        self._battery = False
        self._awake: Awake | None = None

    def begin(self) -> None:
        """Studying begins."""
        with self._lock:
            if self._thread is not None:
                return
            self._ended = threading.Event()
            self._thread = threading.Thread(target=self._watch, args=(self._ended,), name="power", daemon=True)
            self._thread.start()
        self.look()

    def end(self) -> None:
        """Studying is over (or the program ends)."""
        with self._lock:
            thread, self._thread = self._thread, None
            self._ended.set()
        if thread is not None:
            thread.join()
        with self._lock:
            self._battery = False
            self._let_sleep()
        self._gate.resume("battery")

    @property
    def rests(self) -> bool:
        """Whether the student wishes that nothing is studied at this moment, because the machine runs on battery."""
        return self._pause_on_battery() and self._power.on_battery() is True

    def look(self) -> None:
        """Act on a change of the power, of a wish or of a pause. A person who goes on although it runs on battery is not paused again."""
        with self._lock:
            if self._thread is None:
                return
            battery = self.rests
            changed, self._battery = battery != self._battery, battery
            if not self._keep_awake() or self._gate.paused_because is not None:
                self._let_sleep()
        if changed and battery:
            self._gate.pause("battery", ON_BATTERY)
        elif changed:
            self._gate.resume("battery")

    def _watch(self, ended: threading.Event) -> None:
        while not ended.wait(self._look_every_s):
            self.look()
            with self._lock:
                if self._awake is None and self._thread is not None and self._keep_awake() and self._gate.paused_because is None:
                    self._awake = self._power.keep_awake()

    def _let_sleep(self) -> None:
        awake, self._awake = self._awake, None
        if awake is not None:
            awake.release()

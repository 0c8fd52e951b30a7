"""Mains or battery, and keeping the machine awake: what the operating system tells about it and lets a program ask for.

Whoever keeps it awake is a child process of the system's own making that ends with us (or, on Windows, a thread): asking the
desktop's bus ourselves would open a socket in the engine. Where there is no such program, the machine sleeps when it likes.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

SUPPLIES = Path("/sys/class/power_supply")
"""Where Linux shows mains and batteries, a folder each (kernel: Documentation/ABI/testing/sysfs-class-power)."""

WHY = "ByteBrain is reading your books"

END_GRACE_S = 2.0

TRIAL_S = 5.0
"""How long a keeper may take to say whether it works."""


class Awake(Protocol):
    """Something that keeps the machine awake."""

    def release(self) -> None:
        """Let it sleep again."""


class Power(Protocol):
    """What studying wants to know of the machine's power, and to ask of it."""

    def on_battery(self) -> bool | None:
        """Whether the machine runs on battery; None where that can't be told (a desktop computer, say)."""

    def keep_awake(self) -> Awake | None:
        """Keep the machine from going to sleep by itself; None where nothing here can do that."""


class SystemPower:
    """The power of this machine."""

    def __init__(self, *, supplies: Path = SUPPLIES, keepers: Sequence[Sequence[str]] | None = None) -> None:
        """`supplies` and `keepers` (commands that keep the machine awake until their stdin closes) stand in for the system's, for tests."""
        self._supplies = supplies
        self._keepers = _keepers(sys.platform, os.environ) if keepers is None else keepers

    def on_battery(self) -> bool | None:
        """See `Power.on_battery`."""
        if sys.platform == "win32":
            return _on_battery_windows()
        if sys.platform == "darwin":
            return _on_battery_mac()
        return on_battery_linux(self._supplies)

    def keep_awake(self) -> Awake | None:
        """See `Power.keep_awake`."""
        if sys.platform == "win32":
            return _AwakeThread()
        started = [process for command in self._keepers if shutil.which(command[0]) and (process := _start(command)) is not None]
        return _AwakeProcesses(started) if started else None

    def keeper(self) -> str | None:
        """What can keep the machine awake, by name, tried out for a moment; None where there is nothing."""
        if sys.platform == "win32":
            return "Windows"
        return next((Path(command[0]).name for command in self._keepers if _works(command)), None)


def on_battery_linux(supplies: Path) -> bool | None:
    """What the kernel says; batteries of mice and headsets don't count."""
    batteries: list[str] = []
    mains = False
    for supply in sorted(supplies.glob("*")):
        kind = _line(supply / "type")
        if kind == "Battery" and _line(supply / "scope") != "Device":
            batteries.append(_line(supply / "status"))
        elif kind in ("Mains", "USB"):
            mains = mains or _line(supply / "online") == "1"
    if not batteries:
        return None
    return not mains and "Discharging" in batteries


def _line(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def _on_battery_mac() -> bool | None:
    try:
        said = subprocess.run(("/usr/bin/pmset", "-g", "batt"), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=5.0, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    return "'Battery Power'" in said if "InternalBattery" in said else None


def _keepers(platform: str, environment: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Commands that keep the machine awake for as long as `cat` waits for the end of its input, which comes with our end."""
    if platform == "darwin":
        return (("caffeinate", "-i", "cat"),)
    if platform != "linux":
        return ()
    keepers: list[tuple[str, ...]] = [("systemd-inhibit", "--what=idle", "--mode=block", "--who=ByteBrain", f"--why={WHY}", "cat")]
    if "GNOME" in environment.get("XDG_CURRENT_DESKTOP", ""):
        # GNOME decides about its automatic sleep itself and does not look at logind's locks.
        keepers.append(("gnome-session-inhibit", "--app-id", "ByteBrain", "--reason", WHY, "--inhibit", "suspend", "cat"))
    return tuple(keepers)


def _start(command: Sequence[str]) -> subprocess.Popen[bytes] | None:
    try:
        return subprocess.Popen(
            tuple(command), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environment_of_the_system(os.environ)
        )
    except OSError:
        return None


def _works(command: Sequence[str]) -> bool:
    """Whether it keeps awake while something runs: it may be there without the service behind it."""
    try:
        ran = subprocess.run(
            tuple(command), stdin=subprocess.DEVNULL, capture_output=True, env=_environment_of_the_system(os.environ), timeout=TRIAL_S, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return ran.returncode == 0


def _environment_of_the_system(environment: Mapping[str, str]) -> dict[str, str]:
    """A frozen program looks for libraries in its own folder first: programs of the system must not."""
    own = dict(environment)
    before = own.pop("LD_LIBRARY_PATH_ORIG", None)
    if getattr(sys, "frozen", False):
        own.pop("LD_LIBRARY_PATH", None)
    return own if before is None else {**own, "LD_LIBRARY_PATH": before}


class _AwakeProcesses:
    """Children that hold the system's locks until their input ends."""

    def __init__(self, processes: Sequence[subprocess.Popen[bytes]]) -> None:
        self._processes = processes

    def release(self) -> None:
        """See `Awake.release`."""
        for process in self._processes:
            if process.stdin is not None:
                with contextlib.suppress(OSError):
                    process.stdin.close()
        for process in self._processes:
            try:
                process.wait(END_GRACE_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


if sys.platform == "win32":
    import ctypes

    ES_CONTINUOUS, ES_SYSTEM_REQUIRED = 0x80000000, 0x00000001
    """winbase.h: the state lasts until it is taken back by the same thread; the system (not the screen) stays awake."""

    class _PowerStatus(ctypes.Structure):
        """SYSTEM_POWER_STATUS of winbase.h."""

        _fields_ = (
            ("ac_line", ctypes.c_ubyte),
            ("battery", ctypes.c_ubyte),
            ("percent", ctypes.c_ubyte),
            ("saver", ctypes.c_ubyte),
            ("seconds_left", ctypes.c_ulong),
            ("seconds_full", ctypes.c_ulong),
        )

    def _on_battery_windows() -> bool | None:
        status = _PowerStatus()
        if not ctypes.windll.kernel32.GetSystemPowerStatus(ctypes.byref(status)) or status.battery & 128 or status.ac_line > 1:
            return None
        return bool(status.ac_line == 0)

    def _set_state(state: int) -> None:
        ctypes.windll.kernel32.SetThreadExecutionState(ctypes.c_uint(state))

else:
    ES_CONTINUOUS = ES_SYSTEM_REQUIRED = 0

    def _on_battery_windows() -> bool | None:
        return None

    def _set_state(_state: int) -> None:
        """Only Windows has it."""


class _AwakeThread:
    """Windows keeps awake for as long as the thread that asked lives."""

    def __init__(self) -> None:
        self._released = threading.Event()
        self._thread = threading.Thread(target=self._hold, name="awake", daemon=True)
        self._thread.start()

    def _hold(self) -> None:
        _set_state(ES_CONTINUOUS | ES_SYSTEM_REQUIRED)
        self._released.wait()
        _set_state(ES_CONTINUOUS)

    def release(self) -> None:
        """See `Awake.release`."""
        self._released.set()
        self._thread.join()

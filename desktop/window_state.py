"""Where the window stood and how it looked: a small file that may be lost without harm.

Written through a temporary name, so a crash leaves the old file or the new one. What can't be read is as good as no file.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Literal

import msgspec

MAX_BYTES = 64 * 2**10
"""Far more than the file ever holds; whatever is larger is not ours."""


class WindowState(msgspec.Struct, frozen=True):
    """Geometry in device-independent pixels, as Qt's own opaque text; sizes of the splitters; the chosen scheme."""

    geometry: str | None = None
    panes: tuple[int, ...] = ()
    lists: tuple[int, ...] = ()
    page_width: int | None = None
    scheme: Literal["system", "light", "dark"] = "system"


def state_file(home: Path) -> Path:
    """The file below a home."""
    return home / "window_state.json"


def load_state(file: Path) -> WindowState:
    """The state of last time, or a fresh one."""
    try:
        with open(file, "rb") as handle:
            return msgspec.json.decode(handle.read(MAX_BYTES), type=WindowState)
    except (OSError, msgspec.MsgspecError):
        return WindowState()


def save_state(file: Path, state: WindowState) -> bool:
    """Write the state; returns whether that worked (a full or read-only disk loses only where the window stood)."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary.write_bytes(msgspec.json.format(msgspec.json.encode(state), indent=2) + b"\n")
        temporary.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        return False
    return True

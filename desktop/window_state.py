"""Where the window stood and how it looked: a small file that may be lost without harm. What can't be read is as good as no file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from desktop.small_file import read_small, write_small


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
    return read_small(file, WindowState) or WindowState()


def save_state(file: Path, state: WindowState) -> bool:
    """Write the state; returns whether that worked (a full or read-only disk loses only where the window stood)."""
    return write_small(file, state)

"""Processor time of a process: where other programs share the machine it says more than the clock."""

from __future__ import annotations

import os
from pathlib import Path


def spent_s(pid: int | None) -> float | None:
    """Seconds of processor time that a process has spent so far (Linux; None elsewhere, and where it doesn't run)."""
    try:
        # proc(5): fields 14 and 15 are user and system time in clock ticks; the name, field 2, may hold spaces.
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

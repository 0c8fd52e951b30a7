"""What a benchmark reports: a named figure with its unit."""

from __future__ import annotations

import msgspec


class Figure(msgspec.Struct, frozen=True):
    """One figure of the report."""

    name: str
    value: float
    unit: str
    detail: str


def percentile(values: list[float], part: float) -> float:
    """The value below which `part` (0..1) of the values lie: the nearest rank. Pure."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]

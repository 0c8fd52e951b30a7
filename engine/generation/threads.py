"""How many threads llama.cpp should use, found by a short measurement.

The count is a cliff: on a busy 2-core machine a 135M model decoded 70 tokens/s with one thread and 18 with two, because
the threads wait for each other by spinning; on the same machine when idle two are faster. So nobody assumes: a few steps
are timed with each candidate. Reading a prompt is bound by arithmetic and writing by memory, so each has its own count.
"""

from __future__ import annotations

import math
import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

CLOSE_ENOUGH = 1.05
"""Fewer threads are preferred while they take at most so many times the best time: the rest of the laptop is glad."""

MOST_TIMES_THE_BEST = 10.0
"""A step that takes so many times the best one so far need not be waited for."""

CPU_TOPOLOGY = Path("/sys/devices/system/cpu")
CGROUP_QUOTA = Path("/sys/fs/cgroup/cpu.max")


def available_cores() -> tuple[int, int]:
    """(physical cores, hardware threads) that this process may use, at least (1, 1)."""
    usable = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    siblings = set()
    for number in usable:
        try:
            siblings.add((CPU_TOPOLOGY / f"cpu{number}" / "topology" / "thread_siblings_list").read_text())
        except OSError:
            siblings.add(str(number))  # not Linux, or not told: each counts as a core
    quota = _cgroup_cores()
    return max(1, min(len(siblings), quota)), max(1, min(len(usable), quota))


def _cgroup_cores() -> int:
    """Whole cores that a container's quota allows."""
    try:
        limit, period = CGROUP_QUOTA.read_text().split()[:2]
        return math.ceil(int(limit) / int(period))
    except (OSError, ValueError):  # no container, or "max"
        return 2**16


def candidate_counts(physical: int, hardware: int) -> tuple[int, ...]:
    """The counts worth timing, the likeliest first: all physical cores, halves of that, all hardware threads."""
    halves = []
    count = physical
    while count >= 1:
        halves.append(count)
        count //= 2
    return tuple(dict.fromkeys([*halves[:1], hardware, *halves[1:]]))


def choose(timings: Mapping[int, Sequence[float]]) -> int:
    """The count with the least median time; the smallest count among those that are close to it."""
    medians = {count: statistics.median(seconds) for count, seconds in timings.items() if seconds}
    best = min(medians.values())
    return min(count for count, median in medians.items() if median <= best * CLOSE_ENOUGH)


def measure(
    step: Callable[[int, float], bool],
    candidates: Sequence[int],
    *,
    rounds: int,
    steps: int,
    uncounted: int,
    budget_s: float,
    clock: Callable[[], float] = time.perf_counter,
) -> int:
    """Time `step(threads, patience_s)` for every candidate, in rounds so that a passing disturbance hits all alike, and choose.

    A step that gives up because its patience is at an end returns False; a candidate without a timing is out then. `uncounted` steps
    come first after each change of threads, because then the pool of threads is built. All takes little more than
    `budget_s` seconds; what was not timed by then is not chosen, the first candidate apart.
    """
    timings: dict[int, list[float]] = {}
    ruled_out: set[int] = set()
    started = clock()

    def left() -> float:
        best = min((min(seconds) for seconds in timings.values()), default=budget_s)
        return min(budget_s - (clock() - started), best * MOST_TIMES_THE_BEST)

    for threads in list(candidates) * rounds if len(candidates) > 1 else []:
        for number in range(uncounted + steps):
            if threads in ruled_out or left() <= 0:
                break
            before = clock()
            if not step(threads, left() if number >= uncounted else budget_s):
                ruled_out.add(threads)
            elif number >= uncounted:
                timings.setdefault(threads, []).append(clock() - before)
    if timings:
        return choose(timings)
    return next((threads for threads in candidates if threads not in ruled_out), min(candidates))

"""How far all studying of a run is together: pure arithmetic over the files in line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType

from engine.messages import StudyingProgressed
from engine.studying.task import Task

BYTES_PER_PAGE = {
    **dict.fromkeys((".pdf", ".odp", ".pptx"), 12_000),
    **dict.fromkeys((".epub", ".docx", ".ipynb"), 20_000),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".tex"), 15_000),
}
"""What a page (a part, in what has none) takes in a file nobody has opened yet: the median of some forty course books, whose
extremes lie at a third and ten times that. As soon as files of a kind were opened, their own pages count."""

BYTES_PER_PAGE_OTHERWISE = 4_000

EVERY_S = 0.3
"""Often enough for a bar that moves smoothly."""

SURE_AFTER_PAGES, SURE_AFTER_S = 10, 2.0
"""Before that much is done, nobody can say how long the rest takes."""


MANY_FILES = 100
"""In a longer line not every file that is through is told at once: looking through thousands for each would take longer than reading them."""


def bytes_per_page(opened: Iterable[tuple[str, int, int]]) -> dict[str, float]:
    """What a page takes in the files that were opened, by suffix; these come as (suffix, bytes, pages)."""
    sums: dict[str, tuple[int, int]] = {}
    for suffix, size, pages in opened:
        if pages > 0 and size > 0:
            size_before, pages_before = sums.get(suffix, (0, 0))
            sums[suffix] = (size_before + size, pages_before + pages)
    return {suffix: size / pages for suffix, (size, pages) in sums.items()}


def guess_pages(size_bytes: int, suffix: str, known: Mapping[str, float] = MappingProxyType({})) -> int:
    """How many pages a file of that size has; `known` is what a page takes in files of its kind (`bytes_per_page`)."""
    per_page = known.get(suffix) or BYTES_PER_PAGE.get(suffix, BYTES_PER_PAGE_OTHERWISE)
    return max(1, round(size_bytes / per_page))


def pages_understood(task: Task) -> float:
    """Pages that are read and whose chunks have their vectors; what is embedded counts in proportion."""
    if task.stage == "done":
        return float(task.pages_stored if task.refusal is None else 0)
    if not task.chunks_stored:
        return float(task.pages_stored) if task.read else 0.0
    return task.pages_stored * min(1.0, task.chunks_embedded / task.chunks_stored)


class Totals:
    """Counts a run's pages together and says so now and then."""

    def __init__(self, *, clock: Callable[[], float]) -> None:
        """`clock` stands while studying is paused."""
        self._clock = clock
        self._said_at: float | None = None
        self._began: float | None = None
        self._before: dict[str, float] = {}

    def look(self, tasks: Collection[Task], *, at_once: bool = False) -> StudyingProgressed | None:
        """How far they are, or None where that was said a moment ago (`at_once`: also then, unless the line is long and goes on)."""
        now = self._clock()
        recently = self._said_at is not None and now - self._said_at < EVERY_S
        if recently and (not at_once or (len(tasks) > MANY_FILES and any(task.stage != "done" for task in tasks))):
            return None
        line = [task for task in tasks if task.stage != "left out"]
        if not line:
            return None
        self._said_at = now
        if self._began is None:
            self._began = now
        opened = bytes_per_page((task.suffix, task.size_bytes, task.pages_total) for task in line if task.pages_total)
        done = total = fresh = 0.0
        for task in line:
            understood = pages_understood(task)
            fresh += understood - self._before.setdefault(task.document, understood)
            done += understood
            if task.stage == "done":
                total += understood
            else:
                total += max(task.pages_total or guess_pages(task.size_bytes, task.suffix, opened), task.pages_stored)
        seconds = max(now - self._began, 1e-3)
        per_second = fresh / seconds
        sure = fresh >= SURE_AFTER_PAGES and seconds >= SURE_AFTER_S
        left = max(0.0, total - done) / per_second if sure else None
        through = sum(task.stage == "done" for task in line)
        return StudyingProgressed(through, len(line), int(done), round(total), per_second, left)

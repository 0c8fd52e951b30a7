"""Progress of long work on stderr: bars on a terminal, silence elsewhere; and what is said before and while it is laid down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from engine.messages import Accepted, DocumentStudied, EngineState, Progressed, StudyEstimated, StudyingProgressed, Transferred
from engine.values import DocumentId

BIG_FILES, BIG_BYTES = 200, 200 * 10**6
"""From here on it is said beforehand how much there is to do."""


Ended = TypeVar("Ended")


class StudyProgress:
    """One bar for each document in work, and one for all together."""

    def __init__(self, *, quiet: bool) -> None:
        console = Console(stderr=True, quiet=quiet)
        self._progress = Progress(
            TextColumn("{task.fields[title]:40.40}"),
            TextColumn("{task.fields[stage]:9}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[speed]}"),
            TimeRemainingColumn(),
            console=console,
            disable=quiet or not console.is_terminal,
            transient=True,
        )
        self._titles: dict[DocumentId, str] = {}
        self._tasks: dict[DocumentId, TaskID] = {}
        self._together: TaskID | None = None

    def __enter__(self) -> StudyProgress:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()

    def accepted(self, happening: Accepted) -> None:
        """A document joins the line; it has no bar before its turn comes: there may be a thousand."""
        self._titles[happening.document.document] = happening.document.title

    def progressed(self, happening: Progressed) -> None:
        """Move a bar."""
        task = self._tasks.get(happening.document)
        if task is None:
            title = self._titles.get(happening.document, "")
            task = self._tasks[happening.document] = self._progress.add_task("", title=title, stage="", speed="", total=None)
        speed = f"{happening.per_second:.0f} {happening.unit}/s"
        self._progress.update(task, completed=happening.done, total=happening.total, stage=happening.stage, speed=speed)

    def together(self, happening: StudyingProgressed) -> None:
        """Move the bar of all documents together; a single document is enough with its own."""
        if happening.documents_total < 2:
            return
        title = f"{happening.documents_done} of {happening.documents_total} documents"
        if self._together is None:
            self._together = self._progress.add_task("", title=title, stage="together", speed="", total=None)
        speed = f"{happening.pages_per_second:.0f} pages/s"
        self._progress.update(self._together, completed=happening.pages_done, total=happening.pages_total, title=title, speed=speed)

    def studied(self, happening: DocumentStudied) -> None:
        """Take a bar away."""
        task = self._tasks.pop(happening.document, None) if happening.document is not None else None
        if task is not None:
            self._progress.remove_task(task)


def is_big(estimate: StudyEstimated) -> bool:
    """Whether so much is to be done that it should be said beforehand."""
    return estimate.files - estimate.unchanged > BIG_FILES or estimate.size_bytes > BIG_BYTES


def estimate_as_text(estimate: StudyEstimated) -> str:
    """What is to be done, in a line: "312 files (300 .pdf, 12 .epub; 20 of them unchanged), 1.2 GB, some 28,000 pages, about 40 minutes."."""
    kinds = ", ".join(f"{count} {suffix or 'without suffix'}" for suffix, count in list(estimate.kinds.items())[:6])
    unchanged = f"; {estimate.unchanged} of them unchanged" if estimate.unchanged else ""
    parts = [f"{estimate.files} files ({kinds}{unchanged})", f"{estimate.size_bytes / 1e6:,.0f} MB to read"]
    if estimate.pages is not None:
        pages = round_to_two_digits(estimate.pages)
        parts.append(f"some {pages:,} page{'s' if pages != 1 else ''}")
    if estimate.seconds is not None:
        parts.append(f"about {duration(estimate.seconds)}")
    return ", ".join(parts) + "."


def round_to_two_digits(number: int) -> int:
    """A guess should not look like a count."""
    places = max(0, len(str(number)) - 2)
    return round(number, -places)


def duration(seconds: float) -> str:
    """A length of time, for people."""
    if seconds < 90:
        return f"{max(2, round(seconds))} seconds"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} minutes"
    return f"{seconds / 3600:.1f} hours"


class PauseTeller:
    """Says on stderr when studying is laid down by itself and when it goes on: else it would look stuck."""

    def __init__(self) -> None:
        self._told: str | None = None

    def __call__(self, state: EngineState) -> None:
        """Hear how the engine stands."""
        if state.paused_because == self._told:
            return
        self._told = state.paused_because
        line = "Studying goes on." if self._told is None else f"Studying is paused: {self._told} See `bytebrain settings pause_on_battery`."
        Console(stderr=True).print(line)


class QuestionsProgress:
    """One bar for questions that are asked one after the other."""

    def __init__(self, *, quiet: bool) -> None:
        console = Console(stderr=True, quiet=quiet)
        columns = (TextColumn("Asking"), BarColumn(), MofNCompleteColumn(), TextColumn("questions"), TimeRemainingColumn())
        self._progress = Progress(*columns, console=console, disable=quiet or not console.is_terminal, transient=True)

    def __enter__(self) -> QuestionsProgress:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()

    def through(self, said: Iterable[Ended], total: int) -> Iterator[Ended]:
        """What is said, passed on, with the bar moved for each."""
        task = self._progress.add_task("", total=total)
        for each in said:
            self._progress.advance(task)
            yield each


class TransferProgress:
    """One bar for what is carried from one file to another."""

    def __init__(self, title: str, *, quiet: bool) -> None:
        console = Console(stderr=True, quiet=quiet)
        columns = (TextColumn(title), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=console, disable=quiet or not console.is_terminal, transient=True)

    def __enter__(self) -> TransferProgress:
        self._task = self._progress.add_task("", total=None)
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()

    def until(self, ending: type[Ended], said: Iterable[Any]) -> Ended:
        """Move the bar until the ending comes, and return that."""
        for each in said:
            if isinstance(each, Transferred):
                self._progress.update(self._task, completed=each.bytes_done, total=each.bytes_total)
            elif isinstance(each, ending):
                return each
        raise AssertionError(f"there was no {ending.__name__}")

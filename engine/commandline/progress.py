"""Progress of long work on stderr: bars on a terminal, silence elsewhere."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from engine.messages import Accepted, DocumentStudied, Progressed
from engine.values import DocumentId


class StudyProgress:
    """One bar for each document that is being read."""

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
        self._tasks: dict[DocumentId, TaskID] = {}

    def __enter__(self) -> StudyProgress:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._progress.stop()

    def accepted(self, happening: Accepted) -> None:
        """A new bar."""
        document = happening.document
        if document.document not in self._tasks:
            self._tasks[document.document] = self._progress.add_task("", title=document.title, stage="waiting", speed="", total=None)

    def progressed(self, happening: Progressed) -> None:
        """Move a bar."""
        task = self._tasks.get(happening.document)
        if task is not None:
            speed = f"{happening.per_second:.0f} {happening.unit}/s"
            self._progress.update(task, completed=happening.done, total=happening.total, stage=happening.stage, speed=speed)

    def studied(self, happening: DocumentStudied) -> None:
        """Take a bar away."""
        task = self._tasks.pop(happening.document, None) if happening.document is not None else None
        if task is not None:
            self._progress.remove_task(task)

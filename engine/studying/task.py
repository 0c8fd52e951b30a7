"""What the lanes of studying share: the files in line, and the bench that both work at."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass, field
from typing import Literal

from engine.cancellation import Cancellation
from engine.library.library import Library
from engine.messages import Happening
from engine.studying.gate import Gate
from engine.trouble import Notice
from engine.values import DocumentId

Stage = Literal["waiting", "reading", "embedding", "done", "left out"]


@dataclass(slots=True)
class Task:
    """One file on its way through the two lanes. Counts are changed by one lane each, under the bench's `moved`."""

    path: str
    name: str
    document: DocumentId
    size_bytes: int
    suffix: str
    again: bool = False
    """It could be searched before, and is read anew: then it is never forgotten, whoever stops that."""
    stage: Stage = "waiting"
    started: float = 0.0
    pages_total: int | None = None
    """Pages or parts, once somebody has opened it."""
    pages_stored: int = 0
    pages_before: int = 0
    """How many of them an earlier run had stored."""
    chunks_stored: int = 0
    chunks_embedded: int = 0
    chunks_before: int = 0
    """How many of them had a vector from an earlier run."""
    read: bool = False
    """The reading lane is done with it, well or not."""
    refusal: Notice | None = None
    reason: str | None = None
    embedding_since: float | None = None
    stop: Cancellation = field(default_factory=Cancellation)
    """Cancelled when it is left out, and when the whole run is abandoned."""
    settled: threading.Event = field(default_factory=threading.Event)
    """Set when no page of it will be stored any more."""


@dataclass(frozen=True, slots=True)
class LaneEnded:
    """A lane is through; `error` is what ended it early."""

    error: BaseException | None


@dataclass(frozen=True, slots=True)
class Bench:
    """The library, the files in line, what was said so far, and whether both lanes should leave.

    `moved` guards the tasks and is notified when something about them has changed.
    """

    library: Library
    gate: Gate
    tasks: dict[DocumentId, Task] = field(default_factory=dict)
    said: queue.SimpleQueue[Happening | LaneEnded] = field(default_factory=queue.SimpleQueue)
    moved: threading.Condition = field(default_factory=threading.Condition)
    abandoned: Cancellation = field(default_factory=Cancellation)

    def take_up(self, task: Task) -> None:
        """A file joins the line.

        Raises:
            Stopped: the run was abandoned.
        """
        with self.moved:
            self.abandoned.raise_if_cancelled()
            self.tasks[task.document] = task

    def abandon(self) -> None:
        """Let both lanes leave their work."""
        self.abandoned.cancel()
        with self.moved:
            under_way = list(self.tasks.values())
        for task in under_way:
            task.stop.cancel()
        self.notify()

    def notify(self) -> None:
        """Something about the tasks has changed."""
        with self.moved:
            self.moved.notify_all()

    def leave_out(self, document: DocumentId) -> Task | None:
        """Take a file out of the line; one that nobody has begun is skipped, another is stopped. None where it is not in line (any more)."""
        with self.moved:
            task = self.tasks.get(document)
            if task is None or task.stage in ("done", "left out"):
                return None
            begun = task.stage != "waiting"
            task.stage = "left out"
            self.moved.notify_all()
        task.stop.cancel()
        if not begun:
            task.settled.set()
        return task

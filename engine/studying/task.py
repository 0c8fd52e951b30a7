"""What the two lanes of studying share: the file in work, and the bench that both work at."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass, field

from engine.cancellation import Cancellation
from engine.library.library import Library
from engine.messages import Happening
from engine.values import DocumentId


@dataclass(slots=True)
class Task:
    """One file on its way through the two lanes."""

    path: str
    document: DocumentId
    started: float
    chunks_stored: int = 0
    chunks_embedded: int = 0
    read: threading.Event = field(default_factory=threading.Event)
    reason: str | None = None
    refused: bool = False
    embedding_since: float | None = None


@dataclass(frozen=True, slots=True)
class LaneEnded:
    """A lane is through; `error` is what ended it early."""

    error: BaseException | None


@dataclass(frozen=True, slots=True)
class Bench:
    """The library, what was said so far, and whether both lanes should leave. `stored` is notified when chunks are."""

    library: Library
    said: queue.SimpleQueue[Happening | LaneEnded] = field(default_factory=queue.SimpleQueue)
    stored: threading.Condition = field(default_factory=threading.Condition)
    abandoned: Cancellation = field(default_factory=Cancellation)

    def abandon(self) -> None:
        """Let both lanes leave their work."""
        self.abandoned.cancel()
        with self.stored:
            self.stored.notify_all()

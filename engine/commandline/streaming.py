"""An answer on a terminal while it comes: what is being done, the words, the lines of a long answer; all of it on stderr."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console, RenderableType
from rich.live import Live
from rich.text import Text

from engine import messages as m
from engine.brain import Brain
from engine.cancellation import Cancellation
from engine.commandline import output

LINES_SHOWN = 12
"""Of what is written, so that the end of a long answer stays in sight."""


class Display(Protocol):
    """What shows one thing at a time."""

    def update(self, renderable: RenderableType, *, refresh: bool) -> None:
        """Show this in place of what was shown."""


def stream_answer(brain: Brain, request: m.Ask, cancellation: Cancellation, *, quiet: bool) -> m.Answered:
    """Show the answer while it is written; the proven one replaces it. Without a terminal only the progress of a long answer is told, line by line."""
    console = Console(stderr=True, quiet=quiet)
    written = ""
    answered: m.Answered | None = None
    is_shown = console.is_terminal and not quiet
    with Live(console=console, transient=True, auto_refresh=False) if is_shown else no_display() as display:
        for happening in brain.handle(request, cancellation):
            if isinstance(happening, m.Wrote):
                written += happening.text
                display.update(Text(_end_of(written), style="dim"), refresh=True)
            elif isinstance(happening, m.SurveyProgressed):
                said = survey_sentence(happening)
                if is_shown:
                    display.update(Text(f"{_end_of(written)}\n{said}".lstrip(), style="dim"), refresh=True)
                else:
                    output.remark(said)
            elif isinstance(happening, m.Answered):
                answered = happening
            elif said := _what_is_done(happening):
                display.update(Text(said, style="dim"), refresh=True)
    assert answered is not None
    return answered


def _what_is_done(happening: object) -> str:
    """What goes on before the first word; "" for what is not told."""
    if isinstance(happening, m.PassagesFound):
        return f"{len(happening.passages)} passages found …"
    if isinstance(happening, m.ModelLoading):
        return f"Loading {happening.model} …"
    if isinstance(happening, m.PassagesBeingRead):
        return f"Reading the passages: {happening.tokens_done} of {happening.tokens_total} tokens"
    return ""


def survey_sentence(progress: m.SurveyProgressed) -> str:
    """ "Section 4 of 17: 3.2 Hash tables" """
    return f"Section {progress.done + 1} of {progress.total}: {progress.section or progress.title}"


def _end_of(text: str) -> str:
    return "\n".join(text.rstrip().split("\n")[-LINES_SHOWN:])


@contextmanager
def no_display() -> Iterator[Display]:
    """Stands in for the live display where there is no terminal."""

    class Nothing:
        def update(self, renderable: RenderableType, *, refresh: bool) -> None:
            """Show nothing."""

    yield Nothing()

"""Studying on a terminal: progress on stderr, what became of each file on stdout. `add`, `watch scan` and a repair share it."""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec

from engine import messages as m
from engine.brain import Brain
from engine.commandline import output
from engine.commandline.progress import StudyProgress, estimate_as_text, is_big
from engine.commandline.running import CannotBeDone, stop_on_interrupt
from engine.trouble import Notice, Stopped, Trouble

MANY_PATHS = 20
"""So many files named one by one may be worth an estimate; folders always are."""


def study_and_show(brain: Brain, request: m.Study | m.LookForChanges, as_json: bool) -> m.Studied:
    """Do a request that studies, say what becomes of each file, and in the end how many.

    Raises:
        CannotBeDone: some files were refused; that was said.
    """
    if isinstance(request, m.Study):
        say_if_big(brain, request.paths)
    ending: m.Studied | None = None
    with stop_on_interrupt() as cancellation, StudyProgress(quiet=as_json) as progress:
        for happening in brain.handle(request, cancellation):
            if isinstance(happening, m.Accepted):
                progress.accepted(happening)
            elif isinstance(happening, m.Progressed):
                progress.progressed(happening)
            elif isinstance(happening, m.StudyingProgressed):
                progress.together(happening)
            elif isinstance(happening, m.Searchable) and as_json:
                output.say_json({"event": "searchable", "path": happening.path, "document": happening.document})
            elif isinstance(happening, m.DocumentStudied):
                progress.studied(happening)
                show_studied(happening, as_json)
            elif isinstance(happening, m.Studied):
                ending = happening
    assert ending is not None
    if as_json:
        output.say_json({"event": "done", **msgspec.to_builtins(ending, str_keys=True), "type": "Studied"})
    else:
        output.say(f"{ending.ready} ready, {ending.unchanged} unchanged, {ending.refused} refused; {ending.pages} pages in {ending.seconds:.1f} s.")
    calibrate(brain)
    if ending.refused:
        raise CannotBeDone("some files were refused")
    return ending


def calibrate(brain: Brain) -> None:
    """Let the library learn what it does not know, where it has become another one. Everything can be searched by now; this takes a second or two.

    The window's engine does it when idle. Whatever keeps it from being done, the general weights serve.
    """
    if not brain.calibrating.is_pending():
        return
    with stop_on_interrupt() as cancellation, contextlib.suppress(Trouble, Stopped):
        brain.ask_once(m.Calibrate(), m.EngineState, cancellation)


def say_if_big(brain: Brain, paths: tuple[str, ...]) -> None:
    """Say on stderr how much a big folder is, before it is begun."""
    if len(paths) < MANY_PATHS and not any(Path(path).is_dir() for path in paths):
        return
    estimate = brain.ask_once(m.EstimateStudy(paths), m.StudyEstimated)
    if is_big(estimate):
        output.remark(estimate_as_text(estimate))


def show_studied(happening: m.DocumentStudied, as_json: bool) -> None:
    """What became of one file."""
    if as_json:
        value = msgspec.to_builtins(happening)
        output.say_json({"event": "document", **{name: value[name] for name in value if name != "type"}})
    elif happening.state != "refused":
        output.say(f"{happening.state:9s} {happening.path}" + (f" ({happening.reason})" if happening.reason else ""))
    if happening.state == "refused":
        output.complain(Notice("refused", f"{happening.path}: {happening.reason}", happening.remedy or ""))

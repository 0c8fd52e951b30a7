"""`bytebrain verify`: the library checked against itself, and repaired."""

from __future__ import annotations

import contextlib

import click

from engine import messages as m
from engine.brain import Brain
from engine.commandline import output
from engine.commandline.progress import StudyProgress
from engine.commandline.running import CannotBeDone, as_json_option, brain_for, stop_on_interrupt
from engine.home import Home, WriterLock
from engine.studying.reading_lane import READER_VERSION
from engine.trouble import HomeTrouble, Trouble

DAMAGED = "library-damaged"


@click.command()
@click.option("--repair", is_flag=True, help="Mend what can be mended, and read again what can't: afterwards the library is sound.")
@as_json_option
@click.pass_context
def verify(context: click.Context, repair: bool, as_json: bool) -> None:
    """Check the library against itself."""
    home = Home.at(context.obj["home"])
    damaged = False
    try:
        with brain_for(context, "required" if repair else "never") as brain:
            # Not to be mended row by row: the database is made anew from the copies of the files.
            damaged = repair and brain.library.is_damaged()
            verified = None if damaged else _verified(brain, repair, as_json)
            if repair and verified is not None:
                _bring_up_to_date(brain, as_json)
    except HomeTrouble as trouble:
        if not repair or trouble.notice.code != DAMAGED:
            raise
        damaged, verified = True, None
    if verified is None:
        _rebuild(home, as_json)
        with brain_for(context, "required") as brain:
            verified = _verified(brain, True, as_json)
        verified = m.Verified(verified.ok, verified.problems, ("The database was damaged and was made anew from the files.", *verified.repaired))
    _show(verified, as_json)


def _verified(brain: Brain, repair: bool, as_json: bool) -> m.Verified:
    ending = _study_until(brain, m.Verify(repair=repair), m.Verified, as_json)
    assert isinstance(ending, m.Verified)
    return ending


def _bring_up_to_date(brain: Brain, as_json: bool) -> None:
    """What the window's engine does in idle moments: read again what an older reader read, make the vectors of a new embedder."""
    stale = brain.library.read_by_older(READER_VERSION)
    if stale:
        _study_until(brain, m.StudyAgain(stale), m.Studied, as_json)
    if brain.library.embedders.serving() is None:
        return
    with contextlib.suppress(Trouble):  # without an embedder words serve, and nothing is unsound
        brain.meaning.load()
    before = -1
    while brain.renewal.is_pending() and brain.renewal.chunks_left() != before:
        before = brain.renewal.chunks_left()
        _study_until(brain, m.RenewVectors(), m.EngineState, as_json)


def _study_until(brain: Brain, request: m.Verify | m.StudyAgain | m.RenewVectors, ending: type, as_json: bool) -> object:
    ended: object = None
    with stop_on_interrupt() as cancellation, StudyProgress(quiet=as_json) as progress:
        for said in brain.handle(request, cancellation):
            if isinstance(said, m.Accepted):
                progress.accepted(said)
            elif isinstance(said, m.Progressed):
                progress.progressed(said)
            elif isinstance(said, m.DocumentStudied):
                progress.studied(said)
                if not as_json:
                    output.say(f"Studied again: {said.path}" + (f" ({said.reason})" if said.reason else ""))
            elif isinstance(said, ending):
                ended = said
    return ended


def _rebuild(home: Home, as_json: bool) -> None:
    from engine.library.rebuilding import rebuild_library

    lock = WriterLock(home)
    lock.acquire("bytebrain verify --repair")
    try:
        count = rebuild_library(home)
    finally:
        lock.release()
    if not as_json:
        output.say(f"The database is damaged. It is made anew: {count} documents are read again from the library's copies.")


def _show(verified: m.Verified, as_json: bool) -> None:
    if as_json:
        output.say_json({"ok": verified.ok, "problems": verified.problems, "repaired": verified.repaired})
    else:
        for problem in verified.problems:
            output.say(problem)
        for mended in verified.repaired:
            output.say(f"Repaired: {mended}")
        output.say("The library is sound." if verified.ok else "The library needs repair: run `bytebrain verify --repair`.")
    if not verified.ok:
        raise CannotBeDone("the library is not sound")

"""What every command shares: the engine over the chosen home, Ctrl-C, and what a person is told when something goes wrong."""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from engine.brain import Brain, Writing
from engine.cancellation import Cancellation
from engine.commandline import output
from engine.commandline.progress import PauseTeller
from engine.home import Home
from engine.serving import BUG
from engine.trouble import Notice, Stopped, Trouble
from engine.values import Scope

MODEL_PATIENCE_S = 600.0
"""On the command line nobody looks at a spinning window: wait for the model rather than answer without it."""

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
Named = TypeVar("Named", str, tuple[str, ...])


def must_be_named(_context: click.Context, _parameter: click.Parameter, value: Named) -> Named:
    """For names of files and folders: an empty one, as an unset variable of a script leaves it, is not the folder one happens to be in."""
    if "" in (value if isinstance(value, tuple) else (value,)):
        raise click.BadParameter("It is empty.")
    return value


class CannotBeDone(click.ClickException):
    """Something asked for could not be done; it was said already."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        """Nothing: the notice stands on stderr already."""


def run_command_of(group: click.Group, arguments: list[str]) -> int:
    """Run a command of the group and return its exit status."""
    chosen: dict[str, Any] = {"home": None}
    try:
        status = group.main(arguments, prog_name="bytebrain", standalone_mode=False, obj=chosen)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.exceptions.Abort:
        return 1
    except Trouble as trouble:
        output.complain(trouble.notice)
        return 1
    except Stopped:
        sys.stderr.write("Stopped. What was read so far is kept.\n")
        return 1
    except Exception as error:  # noqa: BLE001 — a bug, or a world that nobody thought of: logged, and told in one sentence
        output.complain(_unforeseen(error, chosen["home"]))
        return 1
    return status if isinstance(status, int) else 0


def _unforeseen(error: Exception, home: str | None) -> Notice:
    """Put the traceback into the home's log, and make the sentence that says so."""
    sentence = f"Something went wrong that should not have: {type(error).__name__}: {error}"
    try:
        log = Home.at(home).logs / "commands.log"
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="replace") as file:
            traceback.print_exception(error, file=file)
    except (OSError, Trouble):
        return Notice(BUG, sentence, "Try again; its details could not be written down, because the home can't be used.")
    return Notice(BUG, sentence, f"Try again; if it happens again, please report it with the file {log}.")


@contextmanager
def stop_on_interrupt() -> Iterator[Cancellation]:
    """Ctrl-C cancels the request instead of tearing the program down in the middle of a write."""
    cancellation = Cancellation()
    before = signal.signal(signal.SIGINT, lambda *_: cancellation.cancel(leaving=True))
    try:
        yield cancellation
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def brain_for(context: click.Context, writing: Writing) -> Iterator[Brain]:
    """The engine over the chosen home, closed at the end."""
    home = Home.at(context.obj["home"])
    brain = Brain.open(home, writing=writing, program="bytebrain on the command line", patience_for_model_s=MODEL_PATIENCE_S, on_state=PauseTeller())
    try:
        yield brain
    finally:
        brain.close()


def scopes_of(brain: Brain, within: tuple[str, ...], collections: tuple[str, ...]) -> tuple[Scope, ...]:
    """What is asked: these documents and all that is in these collections; nothing of it means everything."""
    return (*(Scope(brain.resolve(reference)) for reference in within), *(Scope(collection=name) for name in collections))


def as_json_option(command: Decorated) -> Decorated:
    """Add `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON only.")(command)

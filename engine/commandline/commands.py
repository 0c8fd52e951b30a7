"""The commands of `bytebrain`, one function each, over `Brain`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

import click
import msgspec

from engine import messages as m
from engine.cancellation import Cancellation
from engine.commandline import output
from engine.commandline.benching import bench
from engine.commandline.evaluating import evaluate, hit_test
from engine.commandline.house_rules import instructions, pairs, template
from engine.commandline.living import collections, export_library, import_library, watch
from engine.commandline.preferences import settings
from engine.commandline.running import CannotBeDone, Decorated, as_json_option, brain_for, must_be_named, run_command_of, scopes_of, stop_on_interrupt
from engine.commandline.shelf import models
from engine.commandline.streaming import stream_answer
from engine.commandline.studying import study_and_show
from engine.commandline.verifying import verify
from engine.keyring import read_passwords
from engine.surveying.wanted import recognise
from engine.trouble import Trouble
from engine.values import Check


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option("--home", metavar="DIR", help="Where ByteBrain keeps everything (default: BYTEBRAIN_HOME, else your user data folder).")
@click.version_option(package_name="bytebrain", prog_name="ByteBrain")
@click.pass_context
def bytebrain(context: click.Context, home: str | None) -> None:
    """ByteBrain, an offline study assistant. Without a command it opens the window."""
    context.ensure_object(dict)["home"] = home


@bytebrain.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", callback=must_be_named)
@click.option("--collection", metavar="NAME", help="Put the documents into this collection.")
@click.option("--password-file", type=click.Path(path_type=Path), metavar="FILE", help="Passwords to try on locked files, one a line (UTF-8).")
@as_json_option
@click.pass_context
def add(context: click.Context, paths: tuple[str, ...], collection: str | None, password_file: Path | None, as_json: bool) -> None:
    """Read and index files and folders; returns when all is durable and searchable."""
    passwords = read_passwords(password_file) if password_file is not None else ()
    with brain_for(context, "required") as brain:
        study_and_show(brain, m.Study(paths=paths, collection=collection, passwords=passwords), as_json)


@bytebrain.command()
@as_json_option
@click.pass_context
def documents(context: click.Context, as_json: bool) -> None:
    """What the library holds."""
    with brain_for(context, "never") as brain:
        listed = brain.ask_once(m.ListDocuments(), m.Documents).documents
    if as_json:
        output.say_json({"documents": listed})
    else:
        output.say(output.documents_as_text(listed))


@bytebrain.command()
@click.argument("references", nargs=-1, required=True, metavar="DOCUMENT…")
@as_json_option
@click.pass_context
def remove(context: click.Context, references: tuple[str, ...], as_json: bool) -> None:
    """Forget documents and all that came from them."""
    with brain_for(context, "required") as brain:
        removed = brain.ask_once(m.Remove(references), m.Removed).removed
    if as_json:
        output.say_json({"removed": removed})
    else:
        output.say(f"Removed {len(removed)} document{'s' if len(removed) != 1 else ''}.")


def questions_options(command: Decorated) -> Decorated:
    """What `search` and `ask` share."""
    for option in (
        as_json_option,
        click.option("--batch", "batch", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A JSONL file of questions; answers as JSONL."),
        click.option("--earlier", "earlier", multiple=True, metavar="QUESTION", help="What was asked before, for a follow-up (may be repeated, in order)."),
        click.option("--within", "within", multiple=True, metavar="DOCUMENT", help="Only this document (may be repeated)."),
        click.option("--collection", "within_collections", multiple=True, metavar="NAME", help="Only what is in this collection (may be repeated)."),
        click.argument("question", required=False),
    ):
        command = option(command)
    return command


class BatchLine(msgspec.Struct):
    """One question of a batch file."""

    id: str | int
    question: str
    history: tuple[str, ...] = ()


def run_batch(file: Path, answer: Callable[[BatchLine], dict[str, Any]]) -> None:
    """Answer every line of a batch file; a line that fails becomes `{"id","error"}` and the rest is done."""
    failed = False
    for number, raw in enumerate(file.read_bytes().splitlines(), 1):
        if not raw.strip():
            continue
        identity: str | int = f"line {number}"
        try:
            line = msgspec.json.decode(raw, type=BatchLine)
            identity = line.id
            output.say_json(answer(line))
        except msgspec.DecodeError as error:
            failed = True
            output.say_json({"id": identity, "error": f"Line {number} is not a question: {error}"})
        except Trouble as trouble:
            failed = True
            output.say_json({"id": identity, "error": trouble.notice.sentence})
    if failed:
        raise CannotBeDone("some lines failed")


def one_or_batch(question: str | None, batch: Path | None) -> None:
    """Wrong usage unless exactly one of both is given."""
    if (question is None) == (batch is None):
        raise click.UsageError("Give a question, or a file of questions with --batch.")


@bytebrain.command()
@questions_options
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 200), help="How many passages.")
@click.option("--by", type=click.Choice(["words", "meaning", "both"]), default="both", show_default=True, help="Which search.")
@click.pass_context
def search(
    context: click.Context,
    question: str | None,
    within: tuple[str, ...],
    within_collections: tuple[str, ...],
    earlier: tuple[str, ...],
    batch: Path | None,
    as_json: bool,
    limit: int,
    by: Literal["words", "meaning", "both"],
) -> None:
    """Find passages, best first."""
    one_or_batch(question, batch)
    with brain_for(context, "if-empty") as brain:
        scopes = scopes_of(brain, within, within_collections)

        def find(identity: str | int | None, wanted: str, history: tuple[str, ...]) -> dict[str, Any]:
            found = brain.ask_once(m.Search(wanted, limit=limit, within=scopes, by=by, history=history), m.Found)
            passages = [output.passage_as_json(passage) for passage in found.passages]
            return {**msgspec.to_builtins(found), "id": identity, "passages": passages}

        if batch is not None:
            run_batch(batch, lambda line: find(line.id, line.question, line.history))
            return
        assert question is not None
        if as_json:
            output.say_json(find(None, question, earlier))
            return
        found = brain.ask_once(m.Search(question, limit=limit, within=scopes, by=by, history=earlier), m.Found)
        if found.searched_for:
            output.say(f"(Searched for: {found.searched_for})\n")
        if not found.answerable:
            output.say("This does not seem to be in your library; the nearest passages:\n")
        output.say(output.passages_as_text(found.passages))


@bytebrain.command()
@questions_options
@click.option("--mode", type=click.Choice(["strict", "open"]), default="strict", show_default=True, help="open also lets the model speak, marked as such.")
@click.option("--books", is_flag=True, help="Ask the books, even where you have an answer of your own.")
@click.option("--max-tokens", default=400, show_default=True, type=click.IntRange(1, 4000), help="Longest answer.")
@click.pass_context
def ask(
    context: click.Context,
    question: str | None,
    within: tuple[str, ...],
    within_collections: tuple[str, ...],
    earlier: tuple[str, ...],
    batch: Path | None,
    as_json: bool,
    mode: Literal["strict", "open"],
    max_tokens: int,
    books: bool,
) -> None:
    """Answer from the library; every sentence is traced to a page."""
    one_or_batch(question, batch)
    # What a long answer noted of each section is kept, so that it costs nothing the next time: for that the home has to be writable.
    is_long = question is not None and recognise(question) is not None
    with brain_for(context, "if-free" if is_long else "if-empty") as brain, stop_on_interrupt() as cancellation:
        scopes = scopes_of(brain, within, within_collections)
        request = functools.partial(m.Ask, within=scopes, mode=mode, max_tokens=max_tokens, own_answers=not books)
        if batch is not None:

            def answer(line: BatchLine) -> dict[str, Any]:
                return output.answer_as_json(line.id, brain.ask_once(request(line.question, history=line.history), m.Answered, cancellation).answer)

            run_batch(batch, answer)
            return
        assert question is not None
        answered = stream_answer(brain, request(question, history=earlier), cancellation, quiet=as_json)
    if as_json:
        output.say_json(output.answer_as_json(None, answered.answer))
    else:
        output.say(output.answer_as_text(answered.answer))


@bytebrain.command()
@as_json_option
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """What this machine offers and what is wrong, each with a remedy."""
    from engine.doctor import examine

    with brain_for(context, "never") as brain:
        checks = tuple(examine(brain))
    show_checks(checks, "checks", as_json)


@bytebrain.command("self-test")
@as_json_option
@click.pass_context
def self_test(context: click.Context, as_json: bool) -> None:
    """Try every native part: embed, read a PDF, answer with a citation, start and kill each child."""
    from engine.selftest import steps

    with brain_for(context, "required") as brain:
        checks = tuple(steps(brain, Cancellation()))
    show_checks(checks, "steps", as_json)


def show_checks(checks: tuple[Check, ...], name: str, as_json: bool) -> None:
    """Print checks; exit status 1 where one fails."""
    sound = all(check.ok for check in checks)
    if as_json:
        output.say_json({"ok": sound, name: checks})
    else:
        output.say(output.checks_as_text(checks))
    if not sound:
        raise CannotBeDone("not everything is well")


bytebrain.add_command(bench)
bytebrain.add_command(evaluate)
bytebrain.add_command(hit_test)
bytebrain.add_command(models)
bytebrain.add_command(collections)
bytebrain.add_command(pairs)
bytebrain.add_command(instructions)
bytebrain.add_command(template)
bytebrain.add_command(verify)
bytebrain.add_command(settings)
bytebrain.add_command(watch)
bytebrain.add_command(export_library)
bytebrain.add_command(import_library)


def run_command(arguments: list[str]) -> int:
    """Run the command line and return its exit status."""
    return run_command_of(bytebrain, arguments)


def known_commands() -> Sequence[str]:
    """The names of the commands, for the test that compares them with what the window's start knows."""
    return sorted(bytebrain.commands)

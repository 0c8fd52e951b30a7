"""The student's house rules on the command line: answers of his own, instructions for the model, templates of the prompt."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click
import msgspec

from engine import messages as m
from engine.brain import Brain
from engine.commandline import output
from engine.commandline.running import Decorated, as_json_option, brain_for, must_be_named
from engine.reading.encodings import decode
from engine.trouble import Trouble
from engine.values import Pair, PairId, Rules

SHOWN_LETTERS = 8
"""Of an id; more than a few thousand pairs there are not."""

LARGEST_TEXT_BYTES = 2**20


def collection_option(text: str) -> Callable[[Decorated], Decorated]:
    """Add `--collection NAME`."""
    return click.option("--collection", metavar="NAME", help=text)


# ---- pairs -----------------------------------------------------------------------------------------------------------


@click.group(invoke_without_command=True)
@as_json_option
@click.pass_context
def pairs(context: click.Context, as_json: bool) -> None:
    """Your own answers, which go before what the books say. Without a command: list them."""
    if context.invoked_subcommand is None:
        list_pairs(context, None, as_json)


@pairs.command("list")
@collection_option("Only those of this collection.")
@as_json_option
@click.pass_context
def pairs_list(context: click.Context, collection: str | None, as_json: bool) -> None:
    """Which questions you have answered yourself."""
    list_pairs(context, collection, as_json)


def list_pairs(context: click.Context, collection: str | None, as_json: bool) -> None:
    """Print the pairs."""
    with brain_for(context, "never") as brain:
        listed = [pair for pair in brain.ask_once(m.ListPairs(), m.Pairs).pairs if collection in (None, pair.collection)]
    if as_json:
        output.say_json({"pairs": listed})
    elif not listed:
        output.say("There are no answers of your own. Make one with `bytebrain pairs add QUESTION ANSWER`.")
    else:
        output.say("\n\n".join(pair_as_text(pair) for pair in listed))


def pair_as_text(pair: Pair) -> str:
    """A pair for people."""
    where = f" ({pair.collection})" if pair.collection else ""
    also = [f"          also: {question}" for question in pair.questions[1:]]
    answer = [f"          {line}" for line in pair.answer.splitlines()]
    return "\n".join((f"{pair.pair[:SHOWN_LETTERS]}  {pair.questions[0]}{where}", *also, *answer))


@pairs.command("add")
@click.argument("question")
@click.argument("answer", required=False)
@click.option(
    "--answer-file", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE", help="Take the answer (Markdown) from a file, - for standard input."
)
@click.option("--also", "wordings", multiple=True, metavar="QUESTION", help="Another wording of the question (may be repeated).")
@collection_option("It answers only where this collection, or everything, is asked.")
@as_json_option
@click.pass_context
def pairs_add(
    context: click.Context, question: str, answer: str | None, answer_file: Path | None, wordings: tuple[str, ...], collection: str | None, as_json: bool
) -> None:
    """Answer a question yourself, in Markdown."""
    if (answer is None) == (answer_file is None):
        raise click.UsageError("Give an answer, or a file with --answer-file.")
    told = answer if answer is not None else text_of(answer_file)
    with brain_for(context, "required") as brain:
        ending = brain.ask_once(m.KeepPair(Pair(PairId(""), (question, *wordings), told or "", collection)), m.Pairs)
    show_changed(ending, "Kept: {ids}.", as_json)


@pairs.command("change")
@click.argument("reference", metavar="ID")
@click.option("--question", help="The question in another wording.")
@click.option("--answer", help="Another answer (Markdown).")
@click.option("--answer-file", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE", help="Another answer from a file, - for standard input.")
@click.option("--also", "wordings", multiple=True, metavar="QUESTION", help="Instead of the other wordings there were (may be repeated).")
@collection_option("Let it belong to this collection.")
@click.option("--everywhere", is_flag=True, help="Let it belong to no collection.")
@as_json_option
@click.pass_context
def pairs_change(
    context: click.Context,
    reference: str,
    question: str | None,
    answer: str | None,
    answer_file: Path | None,
    wordings: tuple[str, ...],
    collection: str | None,
    everywhere: bool,
    as_json: bool,
) -> None:
    """Change an answer of your own; what is not named stays."""
    if collection is not None and everywhere:
        raise click.UsageError("Give --collection or --everywhere, not both.")
    if answer is not None and answer_file is not None:
        raise click.UsageError("Give --answer or --answer-file, not both.")
    with brain_for(context, "required") as brain:
        pair = pair_of(brain, reference)
        changed = msgspec.structs.replace(
            pair,
            questions=(question or pair.questions[0], *(wordings or pair.questions[1:])),
            answer=answer if answer is not None else text_of(answer_file) if answer_file is not None else pair.answer,
            collection=None if everywhere else collection or pair.collection,
        )
        ending = brain.ask_once(m.KeepPair(changed), m.Pairs)
    show_changed(ending, "Changed: {ids}.", as_json)


@pairs.command("remove")
@click.argument("references", nargs=-1, required=True, metavar="ID…")
@as_json_option
@click.pass_context
def pairs_remove(context: click.Context, references: tuple[str, ...], as_json: bool) -> None:
    """Forget answers of your own."""
    with brain_for(context, "required") as brain:
        gone = tuple(dict.fromkeys(pair_of(brain, reference).pair for reference in references))
        ending = brain.ask_once(m.ForgetPairs(gone), m.Pairs)
    show_changed(ending, "Forgotten: {ids}.", as_json)


@pairs.command("import")
@click.argument("file", callback=must_be_named)
@collection_option("Where those go that name no collection.")
@as_json_option
@click.pass_context
def pairs_import(context: click.Context, file: str, collection: str | None, as_json: bool) -> None:
    """Take answers from a CSV file (columns question, answer, collection, wordings) or a JSONL file."""
    with brain_for(context, "required") as brain:
        ending = brain.ask_once(m.ImportPairs(file, collection), m.PairsImported)
    if as_json:
        output.say_json({"added": ending.added, "unchanged": ending.unchanged})
    else:
        output.say(f"{ending.added} came new, {ending.unchanged} were there.")


@pairs.command("export")
@click.argument("file", callback=must_be_named)
@collection_option("Only those of this collection.")
@click.option("--overwrite", is_flag=True, help="Write over a file that is there.")
@as_json_option
@click.pass_context
def pairs_export(context: click.Context, file: str, collection: str | None, overwrite: bool, as_json: bool) -> None:
    """Write your own answers into a file: JSONL where its name ends in .jsonl, else CSV."""
    with brain_for(context, "never") as brain:
        ending = brain.ask_once(m.ExportPairs(file, collection, overwrite), m.PairsExported)
    if as_json:
        output.say_json({"path": ending.path, "pairs": ending.pairs})
    else:
        output.say(f"{ending.pairs} written: {ending.path}")


def pair_of(brain: Brain, reference: str) -> Pair:
    """The pair that an id, or the beginning of one, means.

    Raises:
        Trouble: none, or more than one.
    """
    fitting = [pair for pair in brain.ask_once(m.ListPairs(), m.Pairs).pairs if reference and pair.pair.startswith(reference)]
    if len(fitting) != 1:
        why = "no answer of your own has an id" if not fitting else f"{len(fitting)} answers of your own have ids"
        raise Trouble("no-pair", f"{why[0].upper()}{why[1:]} that begins with {reference}.", "See them with `bytebrain pairs`.")
    return fitting[0]


def show_changed(ending: m.Pairs, said: str, as_json: bool) -> None:
    """What was changed, for programs or people."""
    if as_json:
        output.say_json({"changed": ending.changed, "pairs": ending.pairs})
    else:
        output.say(said.format(ids=", ".join(pair[:SHOWN_LETTERS] for pair in ending.changed)))


def text_of(file: Path | None) -> str:
    """The text of a file, or of standard input.

    Raises:
        Trouble: it can't be read, or is no text.
    """
    name = "Standard input" if file is None or str(file) == "-" else str(file)
    try:
        raw = sys.stdin.buffer.read(LARGEST_TEXT_BYTES) if file is None or str(file) == "-" else file.read_bytes()[:LARGEST_TEXT_BYTES]
    except OSError as error:
        raise Trouble("unreadable", f"{name} can't be read: {error.strerror or error}.", "Check the name, and that you may read it.") from error
    text = decode(raw, whole=True)
    if text is None:
        raise Trouble("unreadable", f"{name} is no text.", "Save it as UTF-8.")
    return text


# ---- instructions and templates --------------------------------------------------------------------------------------


class Chosen(NamedTuple):
    """What is chosen for a collection or the library, and what holds there."""

    own: Rules
    in_force: Rules
    built_in: str


def chosen_for(brain: Brain, collection: str | None) -> Chosen:
    """The rules of a collection or the library.

    Raises:
        Trouble: there is no such collection.
    """
    listed = brain.ask_once(m.ListRules(), m.HouseRules)
    if collection is not None and collection not in {rules.collection for rules in listed.rules}:
        brain.collections.members(collection)
    own = next((rules for rules in listed.rules if rules.collection == collection), Rules(collection))
    return Chosen(own, brain.house_rules.rules.of(collection), listed.built_in)


def keep(context: click.Context, collection: str | None, *, instructions: str | None = None, template: str | None = None) -> None:
    """Keep one of the two, and leave the other."""
    with brain_for(context, "required") as brain:
        own = chosen_for(brain, collection).own
        brain.ask_once(
            m.KeepRules(Rules(collection, own.instructions if instructions is None else instructions, own.template if template is None else template)),
            m.HouseRules,
        )


def show(context: click.Context, collection: str | None, field: str, as_json: bool) -> None:
    """Print what holds."""
    with brain_for(context, "never") as brain:
        chosen = chosen_for(brain, collection)
    own, in_force = getattr(chosen.own, field), getattr(chosen.in_force, field)
    origin = "collection" if own and collection is not None else "library" if in_force else "built-in"
    text = in_force or (chosen.built_in if field == "template" else "")
    if as_json:
        output.say_json({"collection": collection, field: text, "origin": origin})
    else:
        output.say(text or "There are no instructions.")
        if collection is not None and origin != "collection":
            output.remark("These are the library's." if origin == "library" else "This collection has none of its own.")


def said(collection: str | None, sentence: str, as_json: bool) -> None:
    """What was done."""
    if as_json:
        output.say_json({"collection": collection})
    else:
        output.say(sentence.format(where="your library" if collection is None else collection))


@click.group()
def instructions() -> None:
    """What the model is told beside the built-in wording, for the library or a collection. What it writes is proven all the same."""


@instructions.command("show")
@collection_option("Those of this collection (else the library's).")
@as_json_option
@click.pass_context
def instructions_show(context: click.Context, collection: str | None, as_json: bool) -> None:
    """What it is told."""
    show(context, collection, "instructions", as_json)


@instructions.command("set")
@click.argument("text")
@collection_option("For this collection (else for the library).")
@as_json_option
@click.pass_context
def instructions_set(context: click.Context, text: str, collection: str | None, as_json: bool) -> None:
    """Tell it something: "answer in bullet points", "use the notation of lecture 3"."""
    keep(context, collection, instructions=text)
    said(collection, "Kept for {where}.", as_json)


@instructions.command("clear")
@collection_option("For this collection (else for the library).")
@as_json_option
@click.pass_context
def instructions_clear(context: click.Context, collection: str | None, as_json: bool) -> None:
    """Tell it nothing more than the built-in wording."""
    keep(context, collection, instructions="")
    said(collection, "There are no instructions for {where} any more.", as_json)


@click.group()
def template() -> None:
    """The whole wording of the prompt, for the library or a collection, with {question}, {passages} and {instructions}."""


@template.command("show")
@collection_option("That of this collection (else the library's).")
@as_json_option
@click.pass_context
def template_show(context: click.Context, collection: str | None, as_json: bool) -> None:
    """The wording in force."""
    show(context, collection, "template", as_json)


@template.command("set")
@click.argument("text", required=False)
@click.option("--file", "file", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE", help="Take it from a file, - for standard input.")
@collection_option("For this collection (else for the library).")
@as_json_option
@click.pass_context
def template_set(context: click.Context, text: str | None, file: Path | None, collection: str | None, as_json: bool) -> None:
    """Word the prompt yourself."""
    if (text is None) == (file is None):
        raise click.UsageError("Give the template, or a file with --file.")
    told = text if text is not None else text_of(file)
    if not told or not told.strip():
        raise click.UsageError("It is empty. The built-in wording comes back with `bytebrain template reset`.")
    keep(context, collection, template=told)
    said(collection, "Kept for {where}.", as_json)


@template.command("reset")
@collection_option("For this collection (else for the library).")
@as_json_option
@click.pass_context
def template_reset(context: click.Context, collection: str | None, as_json: bool) -> None:
    """Back to the built-in wording (for a collection: to the library's)."""
    keep(context, collection, template="")
    said(collection, "The built-in wording holds for {where} again." if collection is None else "The library's wording holds for {where} again.", as_json)

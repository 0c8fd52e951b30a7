"""`bytebrain evaluate` and `bytebrain hit-test`: how good the search is, on many labelled questions, and why one question finds what it finds."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Literal

import click

from engine import messages as m
from engine.brain import Brain
from engine.cancellation import Cancellation
from engine.commandline import output
from engine.commandline.measured import hit_test_as_json, hit_test_as_text, report_as_json, report_as_text
from engine.commandline.progress import QuestionsProgress
from engine.commandline.running import as_json_option, brain_for, scopes_of, stop_on_interrupt
from engine.evaluating.labels import Labelled, read_lines, understand
from engine.evaluating.made import made_of
from engine.evaluating.measuring import Outcome, Way, measure
from engine.evaluating.report import report_on
from engine.trouble import Stopped, Trouble
from engine.values import Document, DocumentId, Scope

QUESTIONS_MADE = 300
"""So many questions a library makes of itself where nobody says how many: half a minute at most, and intervals of some five points."""


@click.command()
@click.argument("truth", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--within", "within", multiple=True, metavar="DOCUMENT", help="Ask this document only (may be repeated).")
@click.option("--collection", "within_collections", multiple=True, metavar="NAME", help="Ask only what is in this collection (may be repeated).")
@click.option("--by", type=click.Choice(["words", "meaning", "both"]), default="both", show_default=True, help="Which search.")
@click.option("--depth", type=click.IntRange(10, 50), default=10, show_default=True, help="How many passages of each question are looked at.")
@click.option("--answers", is_flag=True, help="Also answer every question, and check each citation.")
@click.option("--no-model", is_flag=True, help="With --answers: let the passages answer in their own words.")
@click.option("--limit-questions", type=click.IntRange(min=1), metavar="N", help="Ask only so many, chosen by --seed.")
@click.option("--seed", type=int, default=1, show_default=True, help="Which questions are chosen where not all are asked.")
@as_json_option
@click.pass_context
def evaluate(
    context: click.Context,
    truth: Path | None,
    within: tuple[str, ...],
    within_collections: tuple[str, ...],
    by: Literal["words", "meaning", "both"],
    depth: int,
    answers: bool,
    no_model: bool,
    limit_questions: int | None,
    seed: int,
    as_json: bool,
) -> None:
    """How good searching and refusing are, measured on the labelled questions of TRUTH, or on a set that the library makes of itself.

    TRUTH holds a JSON object a line: {"id", "question", "document": "book.pdf", "pages": [12, 13]}; "answerable": false is a question to refuse.
    Without it the terms of the books' indexes and the headings are asked, and questions that no library is about.
    """
    with brain_for(context, "if-empty") as brain, stop_on_interrupt() as cancellation:
        if not brain.read_only and not brain.documents():
            brain.ask_once(m.StudySample(), m.Studied, cancellation)
        way = Way(scopes_of(brain, within, within_collections), by, depth, "nobody" if not answers else "passages" if no_model else "model")
        questions, left_out = _questions(brain, truth, way, limit_questions, seed)
        outcomes = _asked(brain, questions, way, cancellation, quiet=as_json)
        books = {document.document: Path(document.path).name for document in brain.documents()}
    report = report_on(outcomes, depth=depth, names=books)
    if as_json:
        output.say_json(report_as_json(report, made=truth is None, left_out=left_out, books=books))
    else:
        output.say(report_as_text(report, made=truth is None, left_out=left_out, books=books))


def _questions(brain: Brain, truth: Path | None, way: Way, most: int | None, seed: int) -> tuple[tuple[Labelled, ...], dict[str, int]]:
    """The questions to ask, and how many of a file are about documents that the library doesn't hold.

    Raises:
        Trouble: a line can't be read, or nothing is left to be asked.
    """
    documents = brain.documents()
    if truth is None:
        made = made_of(brain.library, _asked_about(documents, way.scopes), count=most or QUESTIONS_MADE, seed=seed)
        if not any(question.answerable for question in made):
            raise Trouble("nothing-to-ask", "These documents have no index and no headings to make questions of.", "Give a file of labelled questions.")
        return made, {}
    try:
        raw = truth.read_bytes()
    except OSError as error:
        raise Trouble("unreadable", f"{truth.name} can't be read: {error.strerror}.", "Check that you may read it.") from error
    questions, left_out = understand(read_lines(raw, truth.name), documents)
    if not questions:
        raise Trouble("nothing-to-ask", f"The library holds none of the documents that {truth.name} asks about.", "Add them with `bytebrain add`.")
    if most is not None and most < len(questions):
        questions = tuple(random.Random(seed).sample(questions, most))  # noqa: S311 — a sample, no secret
    return questions, left_out


def _asked_about(documents: tuple[Document, ...], scopes: tuple[Scope, ...]) -> list[Document]:
    """The documents that can be found, the sample book only where it is alone; with scopes those that are in them."""
    found = [document for document in documents if document.chunks]
    if not scopes:
        return [document for document in found if not document.sample] or found
    named = {scope.document for scope in scopes}
    collections = {scope.collection for scope in scopes} - {None}
    return [document for document in found if document.document in named or not collections.isdisjoint(document.collections)]


def _asked(brain: Brain, questions: tuple[Labelled, ...], way: Way, cancellation: Cancellation, *, quiet: bool) -> list[Outcome]:
    """Ask them, with a bar on stderr.

    Raises:
        Trouble: it was stopped, or a question can't be asked.
    """
    found: list[Outcome] = []

    def text_of(document: DocumentId, sheet: int) -> str:
        return brain.library.page(document, sheet).text

    outcomes = measure(questions, way=way, searching=brain.searching, asking=brain.asking, text_of=text_of, cancellation=cancellation)
    try:
        with QuestionsProgress(quiet=quiet) as progress:
            found.extend(progress.through(outcomes, len(questions)))
    except Stopped as stopped:
        raise Trouble("stopped", f"Stopped after {len(found)} of {len(questions)} questions.", "Ask fewer with --limit-questions.") from stopped
    return found


@click.command("hit-test")
@click.argument("question")
@click.option("--within", "within", multiple=True, metavar="DOCUMENT", help="Only this document (may be repeated).")
@click.option("--collection", "within_collections", multiple=True, metavar="NAME", help="Only what is in this collection (may be repeated).")
@click.option("--earlier", "earlier", multiple=True, metavar="QUESTION", help="What was asked before, for a follow-up (may be repeated, in order).")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 80), help="How many passages.")
@as_json_option
@click.pass_context
def hit_test(
    context: click.Context, question: str, within: tuple[str, ...], within_collections: tuple[str, ...], earlier: tuple[str, ...], limit: int, as_json: bool
) -> None:
    """How one question is understood, which ranking finds which passage, and whether the evidence is enough to answer."""
    with brain_for(context, "if-empty") as brain, stop_on_interrupt() as cancellation:
        request = m.HitTest(question, limit=limit, within=scopes_of(brain, within, within_collections), history=earlier)
        tested = brain.ask_once(request, m.HitTested, cancellation)
    if as_json:
        output.say_json(hit_test_as_json(tested))
    else:
        output.say(hit_test_as_text(tested))

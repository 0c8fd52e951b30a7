"""What `bytebrain evaluate` and `bytebrain hit-test` print: tables for people, JSON for scripts. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import msgspec

from engine import messages as m
from engine.commandline.output import passage_as_json, where
from engine.evaluating.labels import Labelled
from engine.evaluating.made import INDEX_RANKING
from engine.evaluating.measuring import Outcome
from engine.evaluating.report import Proofs, Report, Scores
from engine.values import DocumentId, Passage, PassageTested

Names = Mapping[DocumentId, str]

MOST_BOOKS = 20
"""A table of more books than this nobody reads; JSON has them all."""

RANKINGS = ("meaning", "any word", "all words", "introduced", "named")


def report_as_json(report: Report, *, made: bool, left_out: Mapping[str, int], books: Names) -> dict[str, Any]:
    """The figures at the top, as the contract promises them, and all else below."""
    return {
        "questions": report.questions,
        **_rounded(report.scores.means),
        "labelled": report.scores.questions,
        "intervals": {name: [round(low, 4), round(high, 4)] for name, (low, high) in report.scores.intervals.items()},
        "made": made,
        "left_out": dict(left_out),
        "by_kind": {kind: {"questions": scores.questions, **_rounded(scores.means)} for kind, scores in report.by_kind.items()},
        "by_book": {book: {"questions": scores.questions, **_rounded(scores.means)} for book, scores in report.by_book.items()},
        "refusal": None if report.refusing is None else _rounded(asdict(report.refusing)),
        "answers": None if report.proofs is None else _rounded(asdict(report.proofs)),
        "worst": [_outcome_as_json(outcome, books) for outcome in report.worst],
        "wrongly_refused": [_outcome_as_json(outcome, books) for outcome in report.wrongly_refused],
        "wrongly_answered": [_outcome_as_json(outcome, books) for outcome in report.wrongly_answered],
        "seconds_per_search": round(report.seconds_per_search, 4),
    }


def _rounded(figures: Mapping[str, Any]) -> dict[str, Any]:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in figures.items()}


def _outcome_as_json(outcome: Outcome, books: Names) -> dict[str, Any]:
    first = outcome.first
    return {
        "id": outcome.labelled.id,
        "question": outcome.labelled.question,
        "rank": outcome.rank,
        "confidence": outcome.confidence,
        "right": _right_places(outcome.labelled, books),
        "first": None
        if first is None
        else {"document": first.document, "title": first.title, "page": first.page, "place": first.place, "section": first.section},
    }


def report_as_text(report: Report, *, made: bool, left_out: Mapping[str, int], books: Names) -> str:
    """A short report."""
    parts = [_heading(report, made, left_out), _table(report)]
    if report.refusing is not None and (report.refusing.unanswerable or report.refusing.answerable):
        one = report.refusing
        lines = [f"Answerable questions that were not refused: {one.answered:.3f} of {one.answerable}"]
        if one.unanswerable:
            lines.append(
                f"Questions to refuse: {one.unanswerable}; of refusals precision {one.precision:.3f}, recall {one.recall:.3f}, F1 {one.f1:.3f}"
                f" (F1 of answering {one.f1_answering:.3f})" + ("" if one.auroc is None else f"; AUROC of the confidence {one.auroc:.3f}")
            )
        parts.append("\n".join(lines))
    if report.proofs is not None:
        parts.append(_proofs_as_text(report.proofs))
    parts += [
        _list("Furthest from right", report.worst, books),
        _list("Wrongly refused", report.wrongly_refused, books),
        _list("Wrongly answered", report.wrongly_answered, books),
    ]
    return "\n\n".join(part for part in parts if part)


def _heading(report: Report, made: bool, left_out: Mapping[str, int]) -> str:
    lines = [f"{report.questions} questions, {report.scores.questions} of them labelled; {1000 * report.seconds_per_search:.0f} ms a search (median)."]
    if made:
        said = (
            "The set was made of the library itself: terms of the books' indexes, headings, and questions of other fields. The ranking by the"
            f" books' indexes (“{INDEX_RANKING}”) took no part where an index term was asked: it would be label and signal at once."
            " Headings stand in the passages, so they are easy."
        )
        lines += textwrap.wrap(said, 110)
    if left_out:
        named = ", ".join(f"{count} about {name}" for name, count in left_out.items())
        lines += textwrap.wrap(f"Left out, because the library doesn't hold their documents: {named}.", 110)
    return "\n".join(lines)


def _table(report: Report) -> str:
    if not report.scores.questions:
        return ""
    names = list(report.scores.means)
    low_high = " ".join(f"{low:.2f}–{high:.2f}" for low, high in report.scores.intervals.values())
    lines = [f"{'':34}{'':>6} " + " ".join(f"{name:>9}" for name in names), _row("all", report.scores), f"{'95 % of resamples':34}{'':>6} {low_high}"]
    lines += [_row(f"  {kind}", scores) for kind, scores in report.by_kind.items()]
    if 1 < len(report.by_book) <= MOST_BOOKS:
        lines += [_row(f"  {book}", scores) for book, scores in report.by_book.items()]
    return "\n".join(lines)


def _row(name: str, scores: Scores) -> str:
    return f"{textwrap.shorten(name.strip(), 32, placeholder='…'):34}{scores.questions:>6} " + " ".join(f"{value:9.3f}" for value in scores.means.values())


def _proofs_as_text(proofs: Proofs) -> str:
    def share(value: float | None) -> str:
        return "–" if value is None else f"{value:.3f}"

    lines = [
        f"Answers: {proofs.asked}, {proofs.by_model} of them the model's own sentences. With a proven sentence: {share(proofs.answered)} of the answerable;"
        f" refused: {share(proofs.refused)} of the others.",
        f"Sentences: {proofs.sentences}, {proofs.supported} of them supported. Citations: {proofs.citations}; every word on the named page:"
        f" {share(proofs.quotes_on_their_page)}; dangling: {proofs.dangling}; a citation where the labels say: {share(proofs.cites_right)}.",
    ]
    return "\n".join(lines)


def _list(title: str, outcomes: Iterable[Outcome], books: Names) -> str:
    lines = []
    for outcome in outcomes:
        rank = "not found" if outcome.rank is None else f"rank {outcome.rank}"
        right = _right_places(outcome.labelled, books)
        told = f"{rank}; " if outcome.labelled.rights and outcome.labelled.answerable else ""
        lines.append(f"  {textwrap.shorten(outcome.labelled.question, 90, placeholder=' …')}")
        lines.append(f"      {told}confidence {outcome.confidence:.2f}" + (f"; right: {right}" if right and outcome.labelled.answerable else ""))
        if outcome.first is not None and outcome.rank != 1:
            lines.append(f"      first came {_place_of(outcome.first, books)}")
    return "\n".join([f"{title}:", *lines]) if lines else ""


def _place_of(passage: Passage, books: Names) -> str:
    path = " › ".join(passage.section)
    return f"{books.get(passage.document, passage.title)}, {where(passage.page, passage.page_label, passage.place)}" + (f" ({path})" if path else "")


def _right_places(labelled: Labelled, books: Names) -> str:
    """Where the labels say that the answer stands: "sicp.pdf 12, 13"."""
    found: dict[str, list[str]] = {}
    for right in labelled.rights:
        numbers = found.setdefault("" if right.document is None else books.get(right.document, right.document[:8]), [])
        if right.sheet is not None:
            numbers.append(str(right.sheet))
        elif right.place is not None:
            numbers.append("–".join(str(end) for end in dict.fromkeys(right.place)))
    return "; ".join(f"{book} {', '.join(numbers[:6])}{' …' if len(numbers) > 6 else ''}".strip() for book, numbers in list(found.items())[:3])


# ---- one question ---------------------------------------------------------------------------------------------------


def hit_test_as_json(tested: m.HitTested) -> dict[str, Any]:
    """All that is known, without what only the engine needs."""
    value: dict[str, Any] = msgspec.to_builtins(tested)
    value.pop("type", None)
    value["passages"] = [{**passage_as_json(one.passage), "ranks": one.ranks, "scores": one.scores} for one in tested.passages]
    return value


def hit_test_as_text(tested: m.HitTested) -> str:
    """How the question was understood, the passages with their ranks, and how sure it is."""
    words = ", ".join(f"{term.text} ({term.chunks:,})" for term in tested.terms)
    lines = [f"Asks about: {tested.subject}"]
    if tested.searched != tested.question:
        lines.insert(0, f"Searched as: {tested.searched}")
    if tested.parts:
        lines.append(f"Searched for each side: {'; '.join(tested.parts)}")
    lines.append(f"Words (in how many of {tested.chunks:,} chunks): {words or 'none'}")
    lines.append(f"Language: {tested.language}; meaning {'takes part' if tested.by_meaning else 'takes no part'}")
    columns = [name for name in RANKINGS if any(name in one.ranks for one in tested.passages)]
    columns += sorted({name for one in tested.passages for name in one.ranks} - set(columns))
    table = [f"{'':>4}  {'fused':>7}  " + "  ".join(f"{name:>14}" for name in columns)]
    for one in tested.passages:
        table.append(f"{one.passage.rank:>3}.  {one.passage.score:7.4f}  " + "  ".join(f"{_cell(one, name):>14}" for name in columns))
        table.append(f"      {one.passage.title}, {where(one.passage.page, one.passage.page_label, one.passage.place)}" + _path(one.passage))
    verdict = "enough to answer" if tested.answerable else "not enough: the question is refused"
    sure = f"Confidence {tested.confidence:.2f}, {verdict} (the threshold lies at {tested.threshold:.2f})"
    if tested.features:
        total = sum(feature.points for feature in tested.features)
        features = [f"{feature.name} {feature.value:.2f} ({feature.points:+.2f})" for feature in tested.features]
        sure += "\n" + textwrap.fill(f"from {', '.join(features)}; together {total:+.2f}, enough from 0 on", 110, initial_indent="  ", subsequent_indent="  ")
    return "\n\n".join(["\n".join(lines), "\n".join(table) if tested.passages else "No passage was found.", sure])


def _cell(one: PassageTested, name: str) -> str:
    return f"{one.ranks[name]} ({one.scores[name]:.3g})" if name in one.ranks else "–"


def _path(passage: Passage) -> str:
    return f" ({' › '.join(passage.section)})" if passage.section else ""

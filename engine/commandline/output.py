"""What commands print: JSON for programs on stdout, words for people, and everything else on stderr."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence
from typing import Any

import msgspec

from engine.trouble import Notice
from engine.values import Answer, Check, Citation, Document, MatchedPair, Passage, Place


def say_json(value: Any) -> None:
    """One JSON value on a line of its own."""
    sys.stdout.write(msgspec.json.encode(value).decode() + "\n")
    sys.stdout.flush()


def say(text: str = "") -> None:
    """One line for people."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def complain(notice: Notice) -> None:
    """One plain sentence and one remedy, on stderr."""
    sys.stderr.write(f"{notice.sentence}\n{notice.remedy}\n")
    sys.stderr.flush()


def remark(text: str) -> None:
    """One line beside the output, on stderr."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def where(page: int | None, label: str | None, place: Place | None) -> str:
    """Where something stands, for people: "p. xii (PDF page 12)", "line 3", "slides 3–9"."""
    if place is not None:
        one = place.kind.removesuffix("s")
        return f"{one} {place.from_}" if place.from_ == place.to else f"{one}s {place.from_}–{place.to}"
    if label and label != str(page):
        return f"p. {label} (PDF page {page})"
    return f"p. {page}"


def passage_as_json(passage: Passage) -> dict[str, Any]:
    """A passage as the contract promises it, without what only the engine needs."""
    value: dict[str, Any] = msgspec.to_builtins(passage)
    for inner in ("chunk", "sheet", "start"):
        del value[inner]
    return value


def answer_as_json(identity: str | int | None, answer: Answer) -> dict[str, Any]:
    """An answer as the contract promises it."""
    value: dict[str, Any] = {"id": identity, **msgspec.to_builtins(answer)}
    value["passages"] = [passage_as_json(passage) for passage in answer.passages]
    return value


def documents_as_text(documents: Sequence[Document]) -> str:
    """The library as a list for people."""
    if not documents:
        return "The library is empty. Add something with `bytebrain add FILE…`."
    lines = []
    for document in documents:
        size = document.kind if not document.pages else "1 page" if document.pages == 1 else f"{document.pages} pages"
        mark = " (sample)" if document.sample else ""
        lines.append(f"{document.document[:8]}  {document.state:10s} {size:>10s}  {document.title}{mark}")
        if document.reason:
            lines.append(f"{'':22s}{document.reason}")
    return "\n".join(lines)


def passages_as_text(passages: Sequence[Passage]) -> str:
    """Passages for people, best first."""
    blocks = []
    for passage in passages:
        head = f"{passage.rank}. {passage.title}, {where(passage.page, passage.page_label, passage.place)}"
        path = " › ".join(passage.section)
        body = textwrap.indent(textwrap.shorten(passage.text, 400, placeholder=" …"), "   ")
        blocks.append("\n".join(filter(None, (head, f"   {path}" if path else "", body))))
    return "\n\n".join(blocks)


def answer_as_text(answer: Answer) -> str:
    """An answer for people: its sentences with their marks, then the citations."""
    if answer.pair is not None:
        return own_answer_as_text(answer, answer.pair)
    parts = [f"(Searched for: {answer.searched_for})"] if answer.searched_for else []
    if answer.note:
        parts.append(f"({answer.note})")
    if answer.refused:
        parts.append(answer.answer)
        if answer.passages:
            near = [f"  {p.title}, {where(p.page, p.page_label, p.place)}" for p in answer.passages[:3]]
            parts.append("Nearest in your library:\n" + "\n".join(near))
        return "\n\n".join(parts)
    marked = []
    if answer.layout == "outline":
        parts.append(outline_as_text(answer))
    for sentence in answer.sentences if answer.layout == "prose" else ():
        if sentence.status == "unsupported":
            continue
        marks = "".join(f"[{number}]" for number in sentence.citations)
        general = " (not from your books)" if sentence.status == "general" else ""
        marked.append(f"{sentence.text.strip()}{' ' + marks if marks else ''}{general}")
    parts.append("\n".join(textwrap.fill(text, 100) if "\n" not in text else text for text in marked))
    left_out = sum(sentence.status == "unsupported" for sentence in answer.sentences)
    if left_out:
        parts.append(f"({left_out} sentence{'s' if left_out > 1 else ''} left out: no passage bears {'them' if left_out > 1 else 'it'}.)")
    parts.append("\n".join(citation_as_text(citation) for citation in answer.citations))
    return "\n\n".join(filter(None, parts))


def own_answer_as_text(answer: Answer, pair: MatchedPair) -> str:
    """An answer of the student's own, as such, and how to ask the books."""
    where = f" ({pair.collection})" if pair.collection else ""
    about = f"(Your own answer to: {pair.question}{where})"
    return "\n\n".join(filter(None, (about, answer.answer, answer.note and f"({answer.note})", "To ask the books instead: bytebrain ask --books …")))


def outline_as_text(answer: Answer) -> str:
    """A long answer for people: its headings, and its lines with their marks."""
    sentences = iter(sentence for sentence in answer.sentences if sentence.status != "unsupported")
    lines = []
    for line in answer.answer.split("\n"):
        if line.startswith("- "):
            marks = "".join(f"[{number}]" for number in next(sentences).citations)
            lines.append(textwrap.fill(f"{line} {marks}", 100, subsequent_indent="  "))
        else:
            lines.append(line)
    return "\n".join(lines)


def citation_as_text(citation: Citation) -> str:
    """One citation for people."""
    quote = textwrap.shorten(citation.quote, 300, placeholder=" …")
    return f"[{citation.number}] {citation.title}, {where(citation.page, citation.page_label, citation.place)}\n    “{quote}”"


def checks_as_text(checks: Sequence[Check]) -> str:
    """Checks for people, each with its remedy where it fails."""
    lines = []
    for check in checks:
        lines.append(f"{'ok ' if check.ok else 'BAD'}  {check.name}: {check.detail}")
        if check.remedy:
            lines.append(f"     {check.remedy}")
    return "\n".join(lines)

"""What copying an answer puts on the clipboard: the words, their citation marks and the list of sources."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from desktop.chat.markdown_tree import Block, Cell
from desktop.chat.outline import markdown_prefix
from desktop.chat.proof_marks import answer_blocks, locate_sentences, plain_blocks
from desktop.chat.wording import of_citation, one_line
from engine import values

_MEANS_SOMETHING = re.compile(r"[\\`*_<>~|$&#\[\]](?<!\[(?=\d+\]))(?<!\[\d\])(?<!\[\d\d\])")
"""What is special anywhere in Markdown, but for the brackets around a number."""
_STARTS_A_BLOCK = re.compile(r"^([ \t]*\d*)([-+=.)])", re.MULTILINE)
"""What may begin a list item or underline a heading."""


def marks(numbers: tuple[int, ...]) -> str:
    """ "[1][3]" """
    return "".join(f"[{number}]" for number in numbers)


def as_text(answer: values.Answer) -> str:
    """The answer as plain text: each sentence with its marks, then `[1] Title, p. 12: “quote”` for each citation."""
    blocks = answer_blocks(answer)
    lines: list[str] = []
    previous: Block | None = None
    for block in blocks:
        if previous is not None and not (previous.indent and block.indent):
            lines.append("")
        lines.append(_block_as_text(block))
        previous = block
    return _with_sources("\n".join(lines), answer)


def as_markdown(answer: values.Answer) -> str:
    """The answer as the Markdown that the model wrote (quoted text as Markdown that shows it as it is), with marks, and the citations below."""
    if answer.layout == "outline":
        return _with_sources("\n".join(map(_outline_as_markdown, answer_blocks(answer))).strip(), answer)
    if answer.origin == "passages":
        return _with_sources("\n\n".join(_escaped(_cell_as_text(block.runs)) for block in answer_blocks(answer)), answer)
    text = answer.answer
    fences = _fenced_spans(text)
    insertions: list[tuple[int, str]] = []
    for sentence, span in zip(answer.sentences, locate_sentences(text, answer.sentences), strict=True):
        if span is None or not sentence.citations:
            continue
        fence_end = next((end for start, end in fences if start <= span.end <= end), None)
        if fence_end is None:
            insertions.append((span.end, f" {marks(sentence.citations)}"))
        else:
            insertions.append((fence_end, f"\n\n{marks(sentence.citations)}\n"))
    for position, mark in sorted(insertions, key=lambda insertion: insertion[0], reverse=True):
        text = text[:position] + mark + text[position:]
    return _with_sources(text.rstrip(), answer)


def words_as_markdown(answer: values.Answer) -> str:
    """The words of an answer alone, as Markdown, without marks and citations: what a student begins with who makes it his own."""
    if answer.origin == "passages":
        return "\n\n".join(_escaped(_cell_as_text(block.runs)) for block in plain_blocks(answer.answer))
    return answer.answer


def _with_sources(text: str, answer: values.Answer) -> str:
    entry = QCoreApplication.translate("Copying", "[{number}] {place}: “{quote}”")
    sources = [entry.format(number=citation.number, place=of_citation(citation), quote=one_line(citation.quote)) for citation in answer.citations]
    return "\n".join([text, "", *sources]) if sources else text


def _outline_as_markdown(block: Block) -> str:
    """A heading of a long answer stands apart from what is before it."""
    words = _cell_as_text(block.runs)
    if block.kind == "heading":
        return "\n" + markdown_prefix(block) + _MEANS_SOMETHING.sub(r"\\\g<0>", words)
    return markdown_prefix(block) + _escaped(words)


def _block_as_text(block: Block) -> str:
    if block.kind == "code":
        return block.text
    if block.kind == "rule":
        return "⁂"
    if block.kind == "table":
        return "\n".join("\t".join(_cell_as_text(cell) for cell in row) for row in block.rows)
    indent = "  " * max(0, block.indent - (1 if block.marker else 0))
    marker = f"{block.marker} " if block.marker else ""
    return "> " * block.quotes + indent + marker + _cell_as_text(block.runs)


def _cell_as_text(cell: Cell) -> str:
    return "".join(f" {marks(run.cites)}" if run.cites else run.text for run in cell).strip()


def _escaped(plain_text: str) -> str:
    """Plain text as Markdown that shows every character of it, but for citation marks, which are plain there too."""
    return _STARTS_A_BLOCK.sub(r"\1\\\2", _MEANS_SOMETHING.sub(r"\\\g<0>", plain_text))


def _fenced_spans(text: str) -> list[tuple[int, int]]:
    """Character spans of the fenced code blocks, from the opening line's start to the closing line's end."""
    spans: list[tuple[int, int]] = []
    start: int | None = None
    position = 0
    for line in text.splitlines(keepends=True):
        if line.lstrip(" ").startswith(("```", "~~~")):
            if start is None:
                start = position
            else:
                spans.append((start, position + len(line.rstrip("\n"))))
                start = None
        position += len(line)
    return spans

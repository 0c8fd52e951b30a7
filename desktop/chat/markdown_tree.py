"""Markdown as values: the few kinds of block and run that an answer may consist of.

An answer is untrusted: a sentence in a document can make a model write anything. So what is drawn is built from these
values only, and they can't say more than text: there is no image, no HTML and no address but https in them. (A Markdown
image that fetches an address with the question in it is how CVE-2026-32626 carried documents away.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. `link` is an https address; `cites` makes it a citation mark without text."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    struck: bool = False
    link: str | None = None
    cites: tuple[int, ...] = ()
    general: bool = False
    """Said from the model's general knowledge: no passage bears it."""


Cell = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `indent` is the depth of the list around it, `quotes` the depth of the quotation, `marker` its bullet or number."""

    kind: Literal["paragraph", "heading", "code", "table", "rule"]
    runs: tuple[Run, ...] = ()
    level: int = 0
    indent: int = 0
    quotes: int = 0
    marker: str | None = None
    text: str = ""
    language: str = ""
    rows: tuple[tuple[Cell, ...], ...] = ()


def safe_address(untrusted_address: str) -> str | None:
    """The address if it is https with a host and nothing odd in it (it must be plain ASCII, percent-encoded), else None."""
    try:
        parts = urlsplit(untrusted_address)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme != "https" or not host or parts.username is not None or not all(32 < ord(character) < 127 for character in untrusted_address):
        return None
    return untrusted_address


def parse_markdown(untrusted_text: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text, in reading order. Raw HTML stays visible as text, an image becomes its description."""
    return _TreeBuilder().build(_parser().parse(untrusted_text))


def visible_text(blocks: Sequence[Block]) -> str:
    """What a reader sees of the blocks, a line break after each block and cell."""
    pieces: list[str] = []
    for block in blocks:
        if block.kind == "code":
            pieces.append(block.text)
        pieces.extend("".join(run.text for run in cell) for cell in cells_of(block))
    return "\n".join(pieces)


def cells_of(block: Block) -> tuple[Cell, ...]:
    """The stretches of runs in a block: its own, or those of its table cells in reading order."""
    if block.kind == "table":
        return tuple(cell for row in block.rows for cell in row)
    return (block.runs,) if block.kind in ("paragraph", "heading") else ()


@cache
def _parser() -> MarkdownIt:
    # Loaded with the first answer, not with the window: it costs some 60 ms.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


class _TreeBuilder:
    """Walks markdown-it's flat token list and keeps what the list and quotation around a block are."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._lists: list[int | None] = []
        self._quotes = 0
        self._marker: str | None = None
        self._heading = 0
        self._rows: list[list[Cell]] | None = None

    def build(self, tokens: Sequence[Token]) -> tuple[Block, ...]:
        for token in tokens:
            self._take(token)
        return tuple(self._blocks)

    def _take(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._open_item()
            case "list_item_close":
                if self._marker is not None:  # an empty item still shows its bullet
                    self._add(Block("paragraph"))
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
            case "heading_open":
                self._heading = int(token.tag[1])
            case "heading_close":
                self._heading = 0
            case "fence" | "code_block":
                language = token.info.split()[0].lower() if token.info.split() else ""
                self._add(Block("code", text=token.content.rstrip("\n"), language=language))
            case "hr":
                self._add(Block("rule"))
            case "table_open":
                self._rows = []
            case "table_close":
                self._add(Block("table", rows=tuple(tuple(row) for row in self._rows or ())))
                self._rows = None
            case "tr_open":
                if self._rows is not None:
                    self._rows.append([])
            case "inline":
                self._take_inline(token)
            case _:
                pass  # paragraphs and cells are opened by their inline text

    def _open_item(self) -> None:
        number = self._lists[-1]
        self._marker = "•" if number is None else f"{number}."
        if number is not None:
            self._lists[-1] = number + 1

    def _take_inline(self, token: Token) -> None:
        runs = _runs(token.children or ())
        if self._rows is not None:
            self._rows[-1].append(runs)
        elif self._heading:
            self._add(Block("heading", runs, level=self._heading))
        else:
            self._add(Block("paragraph", runs))

    def _add(self, block: Block) -> None:
        self._blocks.append(replace(block, indent=len(self._lists), quotes=self._quotes, marker=self._marker))
        self._marker = None


def _runs(tokens: Sequence[Token]) -> tuple[Run, ...]:
    """The styled stretches of a block's inline tokens; a description stands for an image, text for a dead link."""
    runs: list[Run] = []
    style = Run("")
    for index, token in enumerate(tokens):
        match token.type:
            case "strong_open" | "strong_close":
                style = replace(style, bold=token.nesting > 0)
            case "em_open" | "em_close":
                style = replace(style, italic=token.nesting > 0)
            case "s_open" | "s_close":
                style = replace(style, struck=token.nesting > 0)
            case "link_open":
                style = replace(style, link=safe_address(str(token.attrs.get("href", ""))))
            case "link_close":
                style = replace(style, link=None)
            case "code_inline":
                runs.append(replace(style, text=token.content, code=True))
            case "softbreak":
                runs.append(replace(style, text=_soft_break(runs, tokens[index + 1 :])))
            case "hardbreak":
                runs.append(replace(style, text="\n"))
            case _:
                runs.append(replace(style, text=token.content))
    return tuple(run for run in runs if run.text)


def _soft_break(before: Sequence[Run], after: Sequence[Token]) -> str:
    """A line end in the source is a space between words, and nothing between Chinese or Japanese characters."""
    last = next((run.text[-1] for run in reversed(before) if run.text), "")
    first = next((token.content[0] for token in after if token.content), "")
    return "" if _is_ideographic(last) and _is_ideographic(first) else " "


def _is_ideographic(character: str) -> bool:
    return bool(character) and (0x2E80 <= ord(character) <= 0x9FFF or 0xF900 <= ord(character) <= 0xFAFF or 0xFF00 <= ord(character) <= 0xFF60)

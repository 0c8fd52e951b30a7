"""A long answer as blocks: its `#` lines are headings, its `- ` lines are items. Pure.

Only the beginnings of lines mean anything here: what follows is quoted, and a book's own asterisks and underscores have to stay what they are.
"""

from __future__ import annotations

import re

from desktop.chat.markdown_tree import Block, Run

_HEADING = re.compile(r"(#{1,3}) (.+)")
BULLET = "•"


def outline_blocks(text: str) -> tuple[Block, ...]:
    """The headings and items of a long answer, in order."""
    blocks: list[Block] = []
    for line in text.split("\n"):
        if heading := _HEADING.fullmatch(line):
            blocks.append(Block("heading", (Run(heading[2]),), level=len(heading[1])))
        elif line.startswith("- "):
            blocks.append(Block("paragraph", (Run(line[2:]),), indent=1, marker=BULLET))
        elif line.strip():
            blocks.append(Block("paragraph", (Run(line),)))
    return tuple(blocks)


def markdown_prefix(block: Block) -> str:
    """What stands before a block of an outline in Markdown."""
    return f"{'#' * block.level} " if block.kind == "heading" else "- " if block.marker else ""

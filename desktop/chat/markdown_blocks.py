"""Splits a growing Markdown text into blocks that can't change any more and a tail that still may.

A streamed answer is drawn again and again while it grows. Drawing all of it for every token costs seconds (6,000
characters: 6.0 s with `setMarkdown` per token, 0.6 s when only the tail is drawn again), so what is finished is frozen.
"""

from __future__ import annotations

import re

_FENCE = re.compile(r"^ {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_LIST_MARKER = re.compile(r"^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_HEADING = re.compile(r"^ {0,3}#{1,6}(?:[ \t]|$)")


def split_blocks(text: str) -> tuple[tuple[str, ...], str]:
    """The finished top-level blocks at the start of `text`, and the tail that further text may still change.

    Nothing is lost: the blocks and the tail, put together, are `text`. A decision once taken holds whatever follows, so
    splitting piece by piece (`split_blocks(tail + piece)`) gives the same blocks as splitting at once. An item of a list
    counts as a block of its own, so that a long list is not drawn again for each of its words.
    """
    blocks: list[str] = []
    start = 0
    fence = ""
    blank_before = False
    position = 0
    while position < len(text):
        end = text.find("\n", position)
        complete = end >= 0
        line = text[position:end] if complete else text[position:]
        content_before = bool(text[start:position].strip())
        if fence:
            if complete and _closes(line, fence):
                fence = ""
                blocks.append(text[start : end + 1])
                start = end + 1
            blank_before = False
        elif not line.strip():
            blank_before = blank_before or content_before
        else:
            if content_before and _begins_block(line, complete, blank_before):
                blocks.append(text[start:position])
                start = position
            opening = _FENCE.match(line) if complete else None
            if opening:
                fence = opening.group(1)
            elif complete and _HEADING.match(line) and not text[start:position].strip():
                blocks.append(text[start : end + 1])
                start = end + 1
            blank_before = False
        position = end + 1 if complete else len(text)
    return tuple(blocks), text[start:]


def open_fence(tail: str) -> bool:
    """Whether the tail is inside a fenced code block that has not been closed yet."""
    fence = ""
    for line in tail.split("\n"):
        if fence:
            if _closes(line, fence):
                fence = ""
        elif opening := _FENCE.match(line):
            fence = opening.group(1)
    return bool(fence)


def _closes(line: str, fence: str) -> bool:
    stripped = line.strip()
    return len(line) - len(line.lstrip(" ")) < 4 and len(stripped) >= len(fence) and set(stripped) == {fence[0]}


def _begins_block(line: str, complete: bool, blank_before: bool) -> bool:
    """Whether `line` begins a new top-level block after what stands before it.

    An incomplete line may still become anything, unless a blank line stands before it and it begins with a letter: then
    it can't be an item, a fence or a continuation any more.
    """
    if not complete:
        return blank_before and line[0].isalpha()
    if _FENCE.match(line) or _HEADING.match(line):
        return True
    if _LIST_MARKER.match(line) and not line.startswith(" ") and not _is_rule(line):
        return True
    return blank_before and not line.startswith((" ", "\t"))


def _is_rule(line: str) -> bool:
    return set(line.strip()) <= {"-", "*", " "} and len(line.strip()) > 1

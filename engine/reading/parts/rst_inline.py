"""Marks within a line of reStructuredText: roles, links, emphasis become the words that a reader would see. Pure."""

from __future__ import annotations

import re

from engine.reading.parts.latex_words import legible_math

_MARK = re.compile(
    r"""``(?P<literal>[^`]{1,400}(?:`[^`]{1,200}){0,3})``
      | (?::(?P<role>[A-Za-z][\w:+.-]{0,40}):)?`(?P<text>[^`]{1,600})`(?P<link>__?)?
      | \*\*(?P<strong>[^\s*](?:[^*]{0,300}[^\s*])?)\*\*
      | (?<![\w*])\*(?P<emphasis>[^\s*](?:[^*]{0,300}[^\s*])?)\*(?![\w*])
      | \|(?P<substitution>[^|\s](?:[^|\n]{0,80}[^|\s])?)\|_{0,2}(?!\w)
      | \[(?P<note>[#*]?[\w.-]{0,60})\]_(?!\w)
      | (?<![\w`_])(?P<reference>[A-Za-z0-9]{1,60})_{1,2}(?=[\s.,;:!?)\]]|$)
      | \\(?P<escaped>.)""",
    re.VERBOSE | re.DOTALL,
)
_TARGET = re.compile(r"\s*(.*?)\s*<([^<>]*)>\s*", re.DOTALL)
_EMPHASIS_ROLES = frozenset(["term", "dfn", "strong", "emphasis", "abbr"])
_UNREAD_ROLES = frozenset(["index", "raw", "raw-html", "raw-latex", "label", "eq-label"])


def read_marks(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text of a paragraph without marks, on one line, and what is emphasised in it."""
    said: list[str] = []
    emphasis: list[tuple[int, int]] = []
    length = at = 0
    text = " ".join(text.split())

    def add(words: str, *, stressed: bool = False) -> None:
        nonlocal length
        if stressed:
            emphasis.append((length, length + len(words)))
        said.append(words)
        length += len(words)

    for mark in _MARK.finditer(text):
        add(text[at : mark.start()])
        at = mark.end()
        if mark["text"] is not None:
            add(_said_by_role(mark["role"] or "", mark["text"]), stressed=mark["role"] in _EMPHASIS_ROLES)
        elif (stressed := mark["strong"] or mark["emphasis"]) is not None:
            add(stressed, stressed=True)
        elif mark["note"] is not None:
            add(f"[{mark['note'].lstrip('#')}]")
        elif mark["escaped"] is not None:
            add("" if mark["escaped"] == " " else mark["escaped"])
        else:
            add(mark["literal"] or mark["substitution"] or mark["reference"] or "")
    add(text[at:])
    return "".join(said), emphasis


def _said_by_role(role: str, text: str) -> str:
    if role == "math":
        return legible_math(text)
    if role in _UNREAD_ROLES:
        return ""
    if (target := _TARGET.fullmatch(text)) is not None and target[1]:
        return target[1].replace("%s", f"[{target[2]}]") if role == "numref" else target[1]
    if role and text.startswith("~"):
        return text[1:].rsplit(".", 1)[-1]
    return text.lstrip("!") if role else text

"""Commands that a LaTeX document defines for itself: simple ones are replaced by what they stand for, with limits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from engine.reading.parts.latex_source import Source
from engine.reading.parts.latex_words import THEOREMS, VERBATIM

MAX_DEPTH = 8
MAX_EXPANSION = 20_000
MAX_EXPANDED = 400_000
"""How deep macros may stand in macros, how long one may become, and all of a document together (characters)."""

_COMMANDS = "newcommand renewcommand providecommand DeclareRobustCommand NewDocumentCommand def edef gdef DeclareMathOperator let title"
_ENVIRONMENTS = "newtheorem declaretheorem newenvironment renewenvironment DefineVerbatimEnvironment lstnewenvironment newminted"
DEFINING = frozenset(f"{_COMMANDS} {_ENVIRONMENTS}".split())
_NAME = re.compile(r"\s*\{?\s*\\([A-Za-z]+)\s*\}?")
_DEFINED = re.compile(r"\s*\\([A-Za-z]+)\s*((?:#\d)*)\s*")


@dataclass(frozen=True, slots=True)
class Macro:
    """`count` arguments, of which the first may be left out where there is a `default`."""

    count: int
    default: str | None
    body: str


@dataclass(slots=True)
class Definitions:
    """What a document has defined so far, and how much expansion it may still ask for."""

    macros: dict[str, Macro] = field(default_factory=dict)
    theorems: dict[str, str] = field(default_factory=lambda: dict(THEOREMS))
    verbatim: set[str] = field(default_factory=lambda: set(VERBATIM))
    title: str | None = None
    ends: dict[str, str] = field(default_factory=dict)
    """Commands of its own for the end of an environment (`\\def\\ee{\\end{equation}}`)."""
    left: int = MAX_EXPANDED

    def add(self, name: str, macro: Macro) -> None:
        """Take a macro in; the later of two counts."""
        self.macros[name] = macro
        if ended := re.fullmatch(r"\s*\\end\s*\{([A-Za-z]+\*?)\}\s*", macro.body[:80]):
            self.ends[ended[1]] = name


def define(source: Source, command: str, offset: int, known: Definitions) -> int:
    """Take the definition that follows a defining command; returns where to go on."""
    if offset < len(source.text) and source.text[offset] == "*":
        offset += 1
    if command in ("def", "edef", "gdef"):
        return _plain_definition(source, offset, known)
    if command == "let":
        found = re.compile(r"\s*\\[A-Za-z@]+\s*=?\s*(?:\\[A-Za-z@]+|\\.|.)").match(source.text, offset)
        return found.end() if found else offset
    if command in (
        "newtheorem",
        "declaretheorem",
        "newenvironment",
        "renewenvironment",
        "DefineVerbatimEnvironment",
        "lstnewenvironment",
        "newminted",
        "title",
    ):
        return _environment(source, command, offset, known)
    name = _NAME.match(source.text, offset)
    if name is None:
        return offset
    at = name.end()
    count, default = 0, None
    if (stated := source.option(at)) is not None:
        count = int(number) if (number := source.text[stated[0] : stated[1]].strip()).isdigit() and len(number) == 1 else 0
        at = stated[2]
        if (first := source.option(at)) is not None:
            default, at = source.text[first[0] : first[1]], first[2]
    body = source.argument(at)
    if body is None:
        return at
    if command == "NewDocumentCommand":
        return source.after_arguments(body[2], 1)
    said = source.text[body[0] : body[1]]
    known.add(name[1], Macro(count, default, rf"\mathrm{{{said}}}" if command == "DeclareMathOperator" else said))
    return body[2]


def expand(source: Source, name: str, offset: int, known: Definitions) -> tuple[str, int]:
    """What a macro stands for here, and where to go on. Past the limits it stands for nothing."""
    macro = known.macros[name]
    arguments: list[str] = []
    at = offset
    if macro.default is not None and macro.count:
        option = source.option(at)
        arguments.append(source.text[option[0] : option[1]] if option else macro.default)
        at = option[2] if option else at
    while len(arguments) < macro.count:
        found = source.argument(at)
        if found is None:
            break
        arguments.append(source.text[found[0] : found[1]])
        at = found[2]
    if len(macro.body) > min(MAX_EXPANSION, known.left):
        return "", at
    said = re.sub(r"#(\d)", lambda match: arguments[int(match[1]) - 1] if 0 < int(match[1]) <= len(arguments) else "", macro.body)
    if len(said) > min(MAX_EXPANSION, known.left):
        return "", at
    known.left -= len(said) + 1
    return said, at


def _plain_definition(source: Source, offset: int, known: Definitions) -> int:
    head = _DEFINED.match(source.text, offset)
    body = source.argument(head.end()) if head else None
    if head is None or body is None:
        return offset
    known.add(head[1], Macro(head[2].count("#"), None, source.text[body[0] : body[1]]))
    return body[2]


def _environment(source: Source, command: str, offset: int, known: Definitions) -> int:
    at = source.after_options(offset)
    name = source.argument(at)
    if name is None:
        return offset
    said = source.text[name[0] : name[1]].strip()
    if command == "title":
        known.title = said
        return name[2]
    if command in ("newenvironment", "renewenvironment"):
        return source.after_arguments(name[2], 2)
    if command == "newtheorem":
        title = source.argument(source.after_options(name[2]))
        known.theorems[said] = source.text[title[0] : title[1]] if title else said.title()
        return source.after_options(title[2]) if title else name[2]
    if command == "declaretheorem":
        known.theorems[said] = said.title()
        return source.after_options(name[2])
    known.verbatim.add(f"{said}code" if command == "newminted" else said)
    return source.after_arguments(name[2], {"DefineVerbatimEnvironment": 2, "lstnewenvironment": 2, "newminted": 1}[command])

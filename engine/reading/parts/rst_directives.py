"""The directives of reStructuredText and Sphinx: what each holds, and where it begins and ends. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


CODE = _words(
    """
    code code-block sourcecode parsed-literal doctest testcode testoutput prompt ipython highlight-block console-block terminal productionlist
    literal code-cell
    """
)
UNREAD = _words(
    """
    toctree index contents include raw meta highlight currentmodule module py:module py:currentmodule default-role role bibliography
    tabularcolumns sectnum graphviz digraph graph uml mermaid plot todolist target-notes literalinclude automodule autoclass autofunction
    autosummary youtube image class cssclass rst-class header footer title date unicode replace default-domain program testsetup testcleanup
    video
    """
)
"""What shows nothing, names other files or draws."""

ADMONITIONS = {
    name: name.title()
    for name in _words("note warning tip hint important caution danger attention error exercise solution question answer todo example exercise-start seealso")
} | {"seealso": "See also", "versionadded": "New in version", "versionchanged": "Changed in version", "deprecated": "Deprecated since version"}
TITLED = _words("admonition topic sidebar rubric centered describe")
THEOREMS = _words("theorem lemma definition proposition corollary axiom conjecture remark proof property observation algorithm criterion")
SIGNATURES = _words(
    """
    function method class attribute data exception classmethod staticmethod property decorator macro type struct enum enumerator member var
    option cmdoption confval envvar
    """
)

_DIRECTIVE = re.compile(r"\.\.\s+(?:\|[^|]{1,80}\|\s+)?(?P<name>[A-Za-z][\w:+.-]{0,60}?)\s?::(?:\s+(?P<argument>.*))?$")
_OPTION = re.compile(r"\s+:(?P<name>[\w-]{1,40}):(?:\s+(?P<value>.*))?$")


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive at line `at` (from 0); its content are the lines `[body, end)`."""

    name: str
    argument: str
    options: Mapping[str, str]
    at: int
    body: int
    end: int


def directive_at(lines: Sequence[str], at: int, end: int) -> Directive | None:
    """The directive that begins at a line and ends before line `end`, or None where it is a comment, a target or a substitution."""
    line = lines[at].strip()
    head = _DIRECTIVE.match(line)
    if head is None or re.match(r"\.\.\s+\|", line):
        return None
    name = head["name"].lower()
    argument = (head["argument"] or "").strip()
    body = at + 1
    options: dict[str, str] = {}
    takes_lines = name in ("figure", "image", "table", "admonition", "topic")
    while body < end and lines[body].strip():
        option = _OPTION.match(lines[body])
        if option is not None:
            options[option["name"].lower()] = (option["value"] or "").strip()
        elif takes_lines and argument and not options:
            argument += " " + lines[body].strip()
        else:
            break
        body += 1
    return Directive(name, argument, options, at, body, end)

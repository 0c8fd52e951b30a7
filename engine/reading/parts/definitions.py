"""Which lines of source code define something, by name. Pure."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

MAX_PARSED = 2**20
LONGEST_LINE = 300
"""Longer lines define nothing that a person would look for."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A function, class or the like on the lines `[start, end)`, from 0, its comments included; a method has level 2."""

    name: str
    level: int
    start: int
    end: int


_NAME = r"(?P<name>[A-Za-z_$][\w$'!?.:<>-]{0,80}?)"
_MODIFIERS = (
    r"(?:(?:export|default|public|private|protected|internal|static|final|abstract|async|pub(?:\([\w:]{1,20}\))?|inline|virtual|override|unsafe|extern|sealed|open|data|"
    r"partial|const|constexpr|suspend|noncomputable|local|global|implicit|case|lazy|native|synchronized|fileprivate|mutating|declare)\s+){0,6}"
)
_KEYWORDS = (
    r"(?:class|interface|struct|enum|trait|impl(?:<[^<>]{0,60}>)?|module|namespace|record|object|protocol|extension|union|func|fn|fun|function\*?|def|defp|defmodule|"
    r"defmacro|sub|procedure|proc|method|theorem|lemma|Theorem|Lemma|Definition|Fixpoint|Inductive|inductive|structure|instance|newtype|entity|architecture|"
    r"signature|functor|macro|type|typedef struct|enum class|subroutine|program|predicate|locale|datatype)"
)
_TYPED = re.compile(rf"(?P<indent>\s*){_MODIFIERS}{_KEYWORDS}\s+(?:\([^()]{{1,80}}\)\s*)?{_NAME}(?=[\s({{\[:=,)]|$)")
_LISP = re.compile(r"(?P<indent>)\((?:def[\w*+-]{0,30}|define[\w*-]{0,30}|ns|module)\s+\(*(?P<name>[^\s()\"]{1,80})")
_C_LIKE = re.compile(
    r"(?P<indent>\s*)(?!(?:return|else|if|for|while|switch|do|case|throw|new|delete|using|goto|sizeof|assert|print\w*|echo)\b)"
    r"(?:template\s*<[^;{}]{0,80}>\s*)?[A-Za-z_][\w:<>,*&\[\]\s~.?]{0,120}?[\s*&](?P<name>~?[A-Za-z_][\w:~]{0,80})\s*\([^;{}]{0,250}(?:\)\s*(?:const|noexcept|override|throws\s[\w,\s]{1,80})?\s*\{?\s*|,)$"
)
_ASSIGNED = re.compile(
    r"(?P<indent>\s*)(?:export\s+)?(?:const|let|var|local|val)?\s*(?P<name>[A-Za-z_.][\w.$]{0,80})\s*(?:=|<-|:=)\s*(?:async\s+)?(?:function\b|\([^()]{0,120}\)\s*=>|\w{1,40}\s*=>|fun\b|lambda\b)"
)
_LET = re.compile(r"(?P<indent>)(?:let(?:\s+rec)?|and|val|type|data|newtype|class|instance|axiom|abbrev)\s+(?P<name>[a-zA-Z_][\w']{0,60})")
_SIGNATURE = re.compile(r"(?P<indent>)(?P<name>[a-z_][\w']{0,60})\s*::\s")
_SQL = re.compile(
    r"(?P<indent>\s*)create\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+)?(?:unique\s+)?(?:table|view|function|procedure|trigger|index|type|materialized\s+view)\s+(?:if\s+not\s+exists\s+)?(?P<name>[\w.\"`\[\]]{1,80})",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?P<indent>)(?P<name>[A-Za-z_.$][\w.$@]{0,60}):(?:\s|$)")
_CLAUSE = re.compile(r"(?P<indent>)(?P<name>[a-z]\w{0,60})(?:\([^.]{0,200}\))?\s*(?::-|-->|->)")
_TLA = re.compile(r"(?P<indent>)(?P<name>[A-Za-z]\w{0,60})(?:\([\w,\s]{0,80}\))?\s*==")
_SHELL = re.compile(r"(?P<indent>\s*)(?:function\s+)?(?P<name>[\w-]{1,60})\s*\(\)\s*\{?\s*$")

_LISPS = frozenset([".scm", ".ss", ".rkt", ".sld", ".lisp", ".lsp", ".cl", ".el", ".clj", ".cljs"])
_FUNCTIONAL = frozenset([".hs", ".lhs", ".ml", ".mli", ".sml", ".sig", ".fs", ".fsx", ".elm", ".purs", ".idr", ".agda", ".lean", ".coq"])
_BRACED = frozenset(
    [
        ".c",
        ".h",
        ".cc",
        ".cpp",
        ".cxx",
        ".hh",
        ".hpp",
        ".java",
        ".cs",
        ".cu",
        ".glsl",
        ".d",
        ".dart",
        ".m",
        ".js",
        ".mjs",
        ".jsx",
        ".ts",
        ".tsx",
        ".groovy",
        ".php",
        ".kt",
        ".scala",
        ".swift",
    ]
)
_OTHERS: dict[str, re.Pattern[str]] = {
    ".sql": _SQL, ".asm": _LABEL, ".s": _LABEL, ".pro": _CLAUSE, ".prolog": _CLAUSE,
    ".pl": _CLAUSE, ".erl": _CLAUSE, ".tla": _TLA, ".sh": _SHELL, ".bash": _SHELL,
}  # fmt: skip
_COMMENT = re.compile(r"\s*(?://|#(?!include|define|if|endif|else|pragma|lang)|--|;|%|\*|/\*|\{-|\(\*|@\w|#\[|\"\"\"|REM\b|'\s)")
_STARRED = frozenset([".ml", ".mli", ".sml", ".sig", ".pas", ".pp", ".thy", ".coq", ".fs", ".fsx", ".tla", ".v"])
_DASHED = frozenset([".hs", ".lhs", ".elm", ".purs", ".idr", ".agda"])


def find_definitions(lines: Sequence[str], suffix: str) -> list[Definition]:
    """What a file defines at its top and one level below, in the order of the lines."""
    if suffix in (".py", ".pyi") and (found := _parsed("\n".join(lines))) is not None:
        return _with_comments(found, lines)
    heads = list(_heads(lines, suffix))
    found = []
    for index, (line, indent, name) in enumerate(heads):
        end = next((later for later, deeper, _ in heads[index + 1 : index + 500] if deeper <= indent), len(lines) if len(heads) - index < 500 else line + 1)
        found.append(Definition(name, 1 if indent == 0 else 2, line, end))
    return _with_comments(found, lines)


def _parsed(text: str) -> list[Definition] | None:
    """The definitions of a Python module by its grammar, or None where it doesn't parse."""
    if len(text) > MAX_PARSED:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    found: list[Definition] = []
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.append(_definition(node, 1))
            if isinstance(node, ast.ClassDef):
                found += [_definition(inner, 2) for inner in node.body if isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))]
    return found


def _definition(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, level: int) -> Definition:
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return Definition(node.name, level, first - 1, node.end_lineno or node.lineno)


def _heads(lines: Sequence[str], suffix: str) -> Iterator[tuple[int, int, str]]:
    """Line, indentation and name of what begins like a definition, outside of comments."""
    patterns = _patterns(suffix)
    opening, mark = ("(*", "*)") if suffix in _STARRED else ("{-", "-}") if suffix in _DASHED else ("#|", "|#") if suffix in _LISPS else ("/*", "*/")
    closing: str | None = None
    last = ""
    for number, line in enumerate(lines):
        if closing is not None:
            closing = None if closing in line[:LONGEST_LINE] else closing
            continue
        if len(line) > LONGEST_LINE or not line.strip():
            continue
        opened = line.find(opening)
        if opened >= 0 and mark not in line[opened + 2 :]:
            closing = mark
        if _COMMENT.match(line):
            continue
        head = next((match for pattern in patterns if (match := pattern.match(line))), None)
        if head is None:
            continue
        indent = len(head["indent"].expandtabs(4))
        name = head["name"].rstrip(":")
        # Methods stand one step in; what is deeper is local. Clauses of one function are one definition.
        if indent > 8 or (indent == 0 and name == last and (suffix in _FUNCTIONAL or suffix in _OTHERS)):
            continue
        last = name if indent == 0 else last
        yield number, 0 if indent < 2 else 1, name


def _patterns(suffix: str) -> tuple[re.Pattern[str], ...]:
    if suffix in _LISPS:
        return (_LISP,)
    if suffix in _OTHERS:
        return (_OTHERS[suffix],)
    if suffix in _FUNCTIONAL:
        return (_TYPED, _SIGNATURE, _LET)
    return (_TYPED, _ASSIGNED, _C_LIKE) if suffix in _BRACED else (_TYPED, _ASSIGNED)


def _with_comments(found: Sequence[Definition], lines: Sequence[str]) -> list[Definition]:
    """The same, each beginning with the comments and annotations that stand right above it; ends follow the next beginning."""
    begun: list[Definition] = []
    for definition in found:
        start = definition.start
        floor = begun[-1].start + 1 if begun else 0
        while start > floor and lines[start - 1].strip() and _COMMENT.match(lines[start - 1]) and definition.start - start < 60:
            start -= 1
        begun.append(Definition(definition.name, definition.level, start, max(definition.end, start + 1)))
    ended: list[Definition] = []
    following = {1: len(lines), 2: len(lines)}
    for definition in reversed(begun):
        ended.append(replace(definition, end=max(definition.start + 1, min(definition.end, following[definition.level]))))
        following = {1: definition.start, 2: definition.start} if definition.level == 1 else {**following, 2: definition.start}
    return ended[::-1]

"""Which words of a piece of code are keywords, strings, comments: for colouring it, never for running it."""

from __future__ import annotations

from typing import Any, Literal

Kind = Literal["plain", "keyword", "string", "number", "comment", "name"]

_NAMES = (
    "ada asm awk bash c c# c++ clojure cmake coq cpp cs csharp css d dart diff docker dockerfile elixir elm erlang f# fortran fsharp "
    "glsl go golang groovy haskell hs html ini java javascript js json jsx julia kotlin latex lean lisp common-lisp llvm lua make makefile "
    "mathematica matlab nasm nix objective-c ocaml octave pascal perl php postscript powershell prolog proto protobuf py python python3 r "
    "racket rb ruby rs rust sass scala scheme sh shell smalltalk sml solidity sql swift systemverilog tcl tex toml ts tsx typescript verilog "
    "vhdl vim wasm xml yaml yml zig zsh"
)
LANGUAGES = frozenset(_NAMES.split())
"""Names that are looked up. An unknown one would make pygments search installed plug-ins, and a document chooses the name."""

_LONGEST_CODE = 20_000
"""Characters; longer code stays uncoloured, because some lexers take seconds on hostile text."""


def colour_code(code: str, language: str) -> tuple[tuple[Kind, str], ...]:
    """The code in stretches of one kind, which put together are `code`; all plain for an unknown language."""
    if language not in LANGUAGES or len(code) > _LONGEST_CODE:
        return (("plain", code),)
    from pygments.lexers import get_lexer_by_name  # loaded with the first code block, not with the window
    from pygments.token import Token
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return (("plain", code),)
    kinds: tuple[tuple[Any, Kind], ...] = (
        (Token.Comment, "comment"),
        (Token.Keyword, "keyword"),
        (Token.Operator.Word, "keyword"),
        (Token.Literal.String, "string"),
        (Token.Literal.Number, "number"),
        (Token.Name.Function, "name"),
        (Token.Name.Class, "name"),
        (Token.Name.Builtin, "name"),
    )
    stretches: list[tuple[Kind, str]] = []
    for token, text in lexer.get_tokens(code):
        kind = _kind_of(token, kinds)
        if stretches and stretches[-1][0] == kind:
            stretches[-1] = (kind, stretches[-1][1] + text)
        else:
            stretches.append((kind, text))
    if "".join(text for _, text in stretches) != code:  # a lexer that normalises would change what is quoted
        return (("plain", code),)
    return tuple(stretches)


def _kind_of(token: Any, kinds: tuple[tuple[Any, Kind], ...]) -> Kind:
    for family, kind in kinds:
        if token in family:
            return kind
    return "plain"

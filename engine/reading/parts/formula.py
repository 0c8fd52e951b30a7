"""Formulas of office documents (OMML of Word and PowerPoint, MathML of OpenDocument) on one line, legible and searchable. Pure.

Fractions become a/b, indices x_i and x^2, roots √(x), sums ∑_(i=1)^n, matrices [a, b; c, d]; brackets are set where they are needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from engine.reading.parts.composing import seen
from engine.reading.parts.markup import Node
from engine.reading.parts.symbol_fonts import in_todays_letters

_SIMPLE = re.compile(r"[^\W_]+(?:[.,]\d+)?['′]*|\S|√\([^()]*\)|\([^()]*\)|\[[^\[\]]*\]")
_INTEGRAL = "∫"
_ACCENTS = {"^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "¯": "\u0305", "‾": "\u0305", "→": "\u20d7", "⃗": "\u20d7", "˙": "\u0307"}


def omml(node: Node) -> str:
    """A formula of Office (`m:oMath` or what lies in one)."""
    return _spaced(_omml_inside(node))


def mathml(node: Node) -> str:
    """A formula in MathML (`math:math` or what lies in one)."""
    return _spaced(_mathml_inside(node))


def _omml_inside(node: Node | None) -> str:
    return "".join(_omml_one(child) for child in node) if node is not None else ""


def _omml_one(node: Node) -> str:
    kind = node.name
    if kind in ("m:t", "w:t"):
        return node.text()
    if kind in ("w:del", "w:moveFrom", "m:ctrlPr", "m:phant") or kind.endswith("Pr"):
        return ""
    if kind == "w:br":
        return " "
    handler = _OMML.get(kind)
    return handler(node) if handler is not None else _omml_inside(node)


def _e(node: Node, name: str = "m:e") -> str:
    return _omml_inside(node.find(name)).strip()


def _property(node: Node, properties: str, name: str, default: str = "") -> str:
    found = node.find(properties, name)
    return found.get("m:val", found.get("val", default)) if found is not None else default


def _fraction(node: Node) -> str:
    above, below = _e(node, "m:num"), _e(node, "m:den")
    if _property(node, "m:fPr", "m:type") == "noBar":
        return f"{above} choose {below}"
    return f"{_grouped(above)}/{_grouped(below)}"


def _root(node: Node) -> str:
    return _rooted(_e(node), _e(node, "m:deg"))


def _nary(node: Node) -> str:
    sign = _property(node, "m:naryPr", "m:chr", _INTEGRAL) or _INTEGRAL
    return f"{_indexed(sign, _e(node, 'm:sub'), _e(node, 'm:sup'))} {_e(node)}"


def _delimited(node: Node) -> str:
    opening, closing, between = (_property(node, "m:dPr", name, default) for name, default in (("m:begChr", "("), ("m:endChr", ")"), ("m:sepChr", "|")))
    inside = [_omml_inside(part).strip() for part in node.all("m:e")]
    only = next(node.all("m:e"), None)
    matrix = only is not None and [child.name for child in only] == ["m:m"]
    text = f"{between} ".join(inside) if between == "," else between.join(inside)
    return text if matrix and (opening, closing) == ("[", "]") else f"{opening}{text[1:-1] if matrix else text}{closing}"


def _matrix(node: Node) -> str:
    return _rows([_omml_inside(cell).strip() for cell in row.all("m:e")] for row in node.all("m:mr"))


def _function(node: Node) -> str:
    named, argument = _e(node, "m:fName"), _e(node)
    return f"{named}{argument}" if argument.startswith(("(", "[", "{")) else f"{named} {argument}"


def _accent(node: Node) -> str:
    return _accented(_e(node), _property(node, "m:accPr", "m:chr", "\u0302") or "\u0302")


_OMML: Mapping[str, Callable[[Node], str]] = {
    "m:f": _fraction,
    "m:rad": _root,
    "m:nary": _nary,
    "m:d": _delimited,
    "m:m": _matrix,
    "m:func": _function,
    "m:acc": _accent,
    "m:bar": lambda node: _accented(_e(node), "\u0305"),
    "m:eqArr": lambda node: "; ".join(_omml_inside(row).strip() for row in node.all("m:e")),
    "m:sSup": lambda node: _indexed(_e(node), "", _e(node, "m:sup")),
    "m:sSub": lambda node: _indexed(_e(node), _e(node, "m:sub"), ""),
    "m:sSubSup": lambda node: _indexed(_e(node), _e(node, "m:sub"), _e(node, "m:sup")),
    "m:sPre": lambda node: _indexed("", _e(node, "m:sub"), _e(node, "m:sup")) + _e(node),
    "m:limLow": lambda node: _indexed(_e(node), _e(node, "m:lim"), ""),
    "m:limUpp": lambda node: _indexed(_e(node), "", _e(node, "m:lim")),
}


def _mathml_inside(node: Node) -> str:
    return "".join(_mathml_one(child) for child in node)


def _mathml_one(node: Node) -> str:
    kind = node.name.rpartition(":")[2]
    if kind in ("mi", "mn", "mo", "mtext", "ms"):
        text = " ".join(node.text().split())
        return f" {text} " if kind == "mtext" or (len(text) > 1 and text.isalpha() and kind == "mo") else text
    if kind in ("annotation", "annotation-xml", "mphantom", "none", "mprescripts"):
        return ""
    if kind == "mspace":
        return " "
    parts = [_mathml_one(child).strip() for child in node]
    if kind == "mtable":
        return _rows([_mathml_inside(cell).strip() for cell in row] for row in node)
    if kind == "msqrt":
        return _rooted("".join(parts), "")
    if kind == "mfenced":
        return f"{node.get('open', '(')}{', '.join(parts)}{node.get('close', ')')}"
    if len(parts) == 2 and kind in _OF_TWO:
        return _OF_TWO[kind](parts[0], parts[1])
    if len(parts) == 3 and kind in ("msubsup", "munderover"):
        return _indexed(parts[0], parts[1], parts[2]) + (" " if kind == "munderover" else "")
    return _mathml_inside(node)


_OF_TWO: Mapping[str, Callable[[str, str], str]] = {
    "mfrac": lambda above, below: f"{_grouped(above)}/{_grouped(below)}",
    "msup": lambda base, index: _indexed(base, "", index),
    "msub": lambda base, index: _indexed(base, index, ""),
    "munder": lambda base, index: _indexed(base, index, ""),
    "mover": lambda base, index: _accented(base, _ACCENTS[index]) if index in _ACCENTS else _indexed(base, "", index),
    "mroot": lambda base, degree: _rooted(base, degree),
}


def _indexed(base: str, below: str, above: str) -> str:
    return (
        (base if not base or _SIMPLE.fullmatch(base) or _is_sign(base) else _grouped(base))
        + (f"_{_grouped(below)}" if below else "")
        + (f"^{_grouped(above)}" if above else "")
    )


def _is_sign(text: str) -> bool:
    return text.isalpha() or not any(map(str.isalnum, text))


def _grouped(text: str) -> str:
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def _rooted(text: str, degree: str) -> str:
    return f"√{f'[{degree}]' if degree else ''}({text})"


def _accented(text: str, mark: str) -> str:
    if len(text) == 1 and len(mark) == 1:
        return text + mark
    return f"overline({text})" if mark == "\u0305" else text + mark


def _rows(rows: Iterable[Iterable[str]]) -> str:
    return "[" + "; ".join(", ".join(cells) for cells in rows) + "]"


def _spaced(text: str) -> str:
    plain = seen(in_todays_letters(text))
    return " ".join(plain.replace("\u2061", " ").replace("\u2062", "").replace("\u2063", "").split())

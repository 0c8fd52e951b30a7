"""Formulas of web pages as a line of text: the TeX that they were made from where it is there, else what MathML says. Pure.

Powers and indices are written `x^2` and `a_(i+1)`, fractions with a slash: so one can read, type and find them.
"""

from __future__ import annotations

import re

from engine.reading.parts.webtree import Element, attribute, local_name

_SPACED = frozenset("=≠≡≈≃≅∼<>≤≥≪≫∈∉∋⊂⊃⊆⊇→←↔⇒⇐⇔↦⟶⟹+−±×÷∧∨∪∩≺≻⊢⊨∝") | {"-", ":=", "mod", "==", "!=", "<=", ">=", "->"}
_AFTER = frozenset(",;")
_UNSEEN = str.maketrans("", "", "\u2061\u2062\u2063\u2064\u200b\u00ad\ufeff\n\t")
_OVER = {"¯": "¯", "^": "^", "~": "~", "→": "→", "˙": "˙", "‾": "¯"}
_ATOM = re.compile(r"[^\W_]*(?:\.\d+)?|[\(\[{|][^()\[\]{}|]*[\)\]}|]|\S")
_DISPLAYSTYLE = re.compile(r"^\{?\\(?:displaystyle|textstyle)\b\s*(.*?)\}?$", re.DOTALL)


def formula_text(element: Element) -> str:
    """A `math` element as one line (rows of a table as several)."""
    tex = attribute(element, "alttext") or _annotation(element)
    if tex.strip():
        line = " ".join(tex.split())
        wrapped = _DISPLAYSTYLE.match(line)
        return wrapped[1].strip() if wrapped else line
    return _linear(element)


def script(base: str, mark: str, raised: str) -> str:
    """A base with what is set above (`^`) or below (`_`) it."""
    raised = raised.strip()
    if not raised:
        return base
    return f"{base}{mark}{raised if _ATOM.fullmatch(raised) else f'({raised})'}"


def _annotation(element: Element) -> str:
    for node in element.iter():
        if local_name(node.tag) == "annotation" and "tex" in (node.get("encoding") or "").lower():
            return node.text or ""
    return ""


def _linear(root: Element) -> str:
    """Bottom up over the tree: each element leaves one text to the one above it."""
    below: list[list[str]] = [[]]
    waiting: list[tuple[Element, bool]] = [(root, False)]
    while waiting:
        element, leaving = waiting.pop()
        name = local_name(element.tag)
        if leaving:
            parts = below.pop()
            below[-1].append(_said(name, element, parts))
        elif name and name not in ("annotation", "annotation-xml", "mphantom", "none", "mprescripts"):
            waiting.append((element, True))
            below.append([])
            waiting += [(child, False) for child in reversed(list(element))]
        elif name in ("none", "mprescripts"):
            below[-1].append("")
    lines = [" ".join(line.split()) for line in "".join(below[0]).split("\n")]
    return "\n".join(line for line in lines if line)


def _said(name: str, element: Element, parts: list[str]) -> str:
    if not parts and name in ("mi", "mn", "mo", "mtext", "ms", "ci", "cn"):
        return " ".join((element.text or "").replace("\xa0", " ").translate(_UNSEEN).split()) if name != "mtext" else (element.text or "").replace("\xa0", " ")
    first, second, third = (*parts, "", "", "")[:3]
    match name:
        case "mfrac":
            return f"{_atom(first)}/{_atom(second)}"
        case "msqrt":
            return f"√({_row(parts)})" if len(_row(parts)) > 1 else f"√{_row(parts)}"
        case "mroot":
            return f"root_{_atom(second)}({first})"
        case "msup" | "mover":
            if name == "mover" and second in _OVER:
                return first + _OVER[second]
            prime = second and not second.strip("′″‴'*†")
            return first + second if prime else script(first, "^", second)
        case "msub" | "munder":
            return script(first, "_", second)
        case "msubsup" | "munderover":
            return script(script(first, "_", second), "^", third)
        case "mmultiscripts":
            return script(script(first, "_", second), "^", third)
        case "mfenced":
            opening, closing = element.get("open"), element.get("close")
            return f"{'(' if opening is None else opening}{', '.join(parts)}{')' if closing is None else closing}"
        case "mspace":
            return " "
        case "mtd":
            return _row(parts)
        case "mtr" | "mlabeledtr":
            return "  ".join(part for part in parts if part.strip())
        case "mtable":
            return "\n" + "\n".join(part for part in parts if part.strip()) + "\n" if len(parts) > 1 else "".join(parts)
        case "semantics":
            return first
        case _:
            return _row(parts)


def _row(parts: list[str]) -> str:
    """Neighbours on one line, with space around relations and between words."""
    line = before = ""
    for part in parts:
        if not part:
            continue
        if part in _SPACED:
            operand = bool(line.rstrip()) and line.rstrip()[-1] not in "([{,;=<>≤≥+−-×⋅/^_|"
            line = f"{line.rstrip()} {part} " if operand else line + part
        elif part in _AFTER:
            line = line.rstrip() + part + " "
        elif line and line[-1].isalnum() and part[0].isalnum() and (_word_at_end(line) or _word_at_start(part) or any(mark in before for mark in "_^/")):
            line += " " + part
        else:
            line += part
        before = part
    return line


def _word_at_end(line: str) -> bool:
    return len(line) > 1 and line[-1].isalpha() and line[-2].isalpha()


def _word_at_start(part: str) -> bool:
    return len(part) > 1 and part[0].isalpha() and part[1].isalpha()


def _atom(part: str) -> str:
    part = part.strip()
    return part if _ATOM.fullmatch(part) else f"({part})"

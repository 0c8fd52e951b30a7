"""Commands within a line of Texinfo become the words that a reader would see; footnotes are taken out. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from engine.reading.parts.latex_words import accented, is_accent, legible_math, plain_marks

MAX_DEPTH = 40

_TOKEN = re.compile(r"@end\s+[a-z]+|@(?P<word>[A-Za-z]+)(?P<open>\{)?|@(?P<sign>.)|[{}]", re.DOTALL)
_EMPHASIS = frozenset(["emph", "strong", "dfn", "i", "b", "slanted", "cite", "newterm"])
_UNREAD = frozenset(["anchor", "image", "cindex", "findex", "vindex", "kindex", "tindex", "pindex", "hyphenation", "caption"])
_REFERENCES = frozenset(["ref", "xref", "pxref", "inforef", "link", "abbr", "acronym", "email"])
_SYMBOL_WORDS = """
    dots … enddots … copyright © registeredsymbol ® result ⇒ expansion ↦ print ⊣ error error→ equiv ≡ point ⋆ TeX TeX LaTeX LaTeX bullet • minus
    − euro € pounds £ geq ≥ leq ≤ arrow → aa å AA Å ae æ AE Æ o ø O Ø ss ß l ł L Ł oe œ OE Œ exclamdown ¡ questiondown ¿ quotedblleft “
    quotedblright ” atchar @ lbracechar { rbracechar } hashchar # comma , quoteleft ‘ quoteright ’ textdegree ° tab  |
"""
_TABLE = _SYMBOL_WORDS.split()
_SYMBOLS = dict(zip(_TABLE[::2], _TABLE[1::2], strict=True)) | {"tie": " ", "today": "", "tab": " | ", "backslashchar": "\\"}


@dataclass(slots=True)
class Said:
    """The words of a stretch of source, what is emphasised in them, and the footnotes that stood among them."""

    text: str = ""
    emphasis: list[tuple[int, int]] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)


def read_commands(source: str, emphatic: frozenset[str] = frozenset(), *, code: bool = False) -> Said:
    """The text without commands. `emphatic` are macros of the document that stress their words; code keeps its spaces and dashes."""
    said = Said()
    out: list[str] = []
    frames: list[tuple[str, int, int]] = []  # command, pieces and characters before it
    length = at = 0
    text = source if code else " ".join(source.split())

    def add(words: str) -> None:
        nonlocal length
        out.append(words)
        length += len(words)

    for token in _TOKEN.finditer(text):
        between = text[at : token.start()]
        mathematics = any(frame[0] == "math" for frame in frames[-3:])
        add(between if code or mathematics else plain_marks(between))
        at = token.end()
        if token["word"]:
            if token["open"] and len(frames) < MAX_DEPTH:
                frames.append((token["word"], len(out), length))
            elif not token["open"]:
                add(_SYMBOLS.get(token["word"], ""))
        elif token["sign"]:
            sign = token["sign"]
            if is_accent(sign) and (letter := re.compile(r"\{?([^\W\d_])\}?").match(text, at)):
                add(accented(sign, letter[1]))
                at = letter.end()
            else:
                add(sign if sign in "@{}" else " " if sign in "*/ \n\t" else sign if sign in ".!?" else "")
        elif token[0] == "{":
            if mathematics:
                add("{")
            if len(frames) < MAX_DEPTH:
                frames.append(("{" if mathematics else "", len(out), length))
        elif token[0] == "}" and frames:
            command, pieces, begin = frames.pop()
            words = "".join(out[pieces:])
            del out[pieces:]
            length = begin
            inside = [span for span in said.emphasis if span[0] >= begin]
            shown = _shown(command, words, said)
            if shown != words:
                said.emphasis = [span for span in said.emphasis if span[0] < begin]
            elif (command in _EMPHASIS or command in emphatic) and shown.strip() and not inside:
                said.emphasis.append((begin, begin + len(shown)))
            add(shown)
    add(text[at:] if code else plain_marks(text[at:]))
    said.text = "".join(out)
    return said


def _shown(command: str, words: str, said: Said) -> str:
    """What a command shows of the words in its braces."""
    if command == "{":
        return words + "}"
    if command == "footnote":
        said.footnotes.append(" ".join(words.split()))
        return ""
    if command in _UNREAD:
        return ""
    if command == "math":
        return legible_math(words)
    if command in _SYMBOLS:
        return _SYMBOLS[command] or words
    if command in _REFERENCES:
        listed = [part.strip() for part in words.split(",")]
        return next((part for part in (listed[2:3] + listed[1:2] if command not in ("abbr", "acronym") else []) + listed if part), "")
    if command in ("url", "uref"):
        listed = [part.strip() for part in words.split(",")]
        return next((part for part in listed[1:2] + listed[:1] if part), "")
    return words

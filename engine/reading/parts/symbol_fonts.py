"""Characters of the old symbol fonts in today's letters, and raised and lowered text on one line. Pure."""

from __future__ import annotations

import re
import unicodedata

from engine.reading.parts.composing import seen

_GREEK_CAPITALS = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_GREEK_SMALL = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_SYMBOL_CODES = bytes.fromhex("222427a3a5acaeb1b3b4b6b7b9babbc6c7c8c9cccdcecfd0d5d6d8d9dadbdcdee5f2")
_SYMBOL = dict(zip(_SYMBOL_CODES, "∀∃∋≤∞←→±≥×∂•≠≡≈∅∩∪⊃⊂⊆∈∉∠∏√¬∧∨⇔⇐⇒∑∫", strict=True))
_WINGDINGS = {0xE0: "→", 0xDF: "←", 0xE8: "→", 0xE7: "←", 0xF0: "⇨", 0xF3: "⇔", 0xA7: "•", 0x9F: "•", 0xFC: "✓", 0xFB: "✗", 0x4A: "☺", 0x4C: "☹"}
_SLANTED = re.compile("[\U0001d400-\U0001d7ff]")
"""Letters of formulas in italics, bold and the like: nobody types them when searching."""

_PRIVATE = re.compile("[\uf020-\uf0ff]")

_CARRIES_SCRIPT = re.compile(r"[\w)\]}|'′]")
_PLAIN_WHEN_RAISED = frozenset({"st", "nd", "rd", "th", "tm", "®", "™", "ª", "º", "°", "er", "re", "e", "ème", "a", "o", "*", "†", "‡"})
_LONGEST_SCRIPT = 12


def is_symbol_font(font: str) -> bool:
    """Whether a font shows signs in the place of letters."""
    return font.lower().startswith(("symbol", "wingding", "webding", "zapfding", "monotype sorts", "marlett"))


def symbol(font: str, untrusted_code: str) -> str:
    """The character that a symbol font shows for a code in hex, or nothing where there is none like it."""
    try:
        code = int(untrusted_code, 16)
    except ValueError:
        return ""
    if not 0xF000 <= code <= 0xF0FF and not (code < 0x100 and is_symbol_font(font)):
        return seen(chr(code)) if 0x20 <= code < 0xD800 or 0xF900 <= code < 0x110000 else ""
    return _shown(font, code & 0xFF)


def in_todays_letters(text: str, font: str | None = None) -> str:
    """The text with characters of the private area as what the font shows for them, and formulas' slanted letters upright."""
    text = _SLANTED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return _PRIVATE.sub(lambda found: _shown(font or "wingdings", ord(found[0]) & 0xFF), text)


def scripted(before: str, text: str, mark: str) -> str:
    """Raised (`mark` "^") or lowered ("_") text as it follows `before` on one line: 2^n, x_(i+1), but 1st.

    Raised digits of Unicode would be legible too, but they are letters of the word before them: nobody would find it.
    """
    inner = text.strip()
    if not mark or not inner or len(inner) > _LONGEST_SCRIPT or not _CARRIES_SCRIPT.fullmatch(before[-1:]):
        return text
    if mark == "^" and inner.lower() in _PLAIN_WHEN_RAISED:
        return text
    closed = inner if inner.isalnum() or len(inner) == 1 else f"({inner})"
    return mark + closed + (" " if text[-1:].isspace() else "")


def _shown(font: str, code: int) -> str:
    if font.lower().startswith("wingding"):
        return _WINGDINGS.get(code, "")
    if not font.lower().startswith("symbol"):
        return ""
    if 0x41 <= code <= 0x5A:
        return _GREEK_CAPITALS[code - 0x41]
    if 0x61 <= code <= 0x7A:
        return _GREEK_SMALL[code - 0x61]
    return _SYMBOL.get(code, chr(code) if 0x20 <= code < 0x7F else "")

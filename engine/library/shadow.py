"""What the keyword index sees of a text: its shadow, in which every writing system and every identifier can be found.

SQLite's tokenizer splits at whatever is no letter or digit, which serves most languages but neither Chinese (no spaces:
a sentence would be one word) nor code (`call/cc`, `\\hbox`, `set!`). So runs of CJK characters are written as overlapping
pairs, and every word with signs in it is written once more, in a column of its own, with its signs turned into private
letters. Changing anything here asks for a rebuilt index: raise VERSION.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

VERSION = 1

_CJK = (
    "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3031-\u3035\u3040-\u30ff\u3105-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\u1100-\u11ff\uf900-\ufaff\U00020000-\U0003ffff"
)
CJK_RUN = re.compile(f"[{_CJK}]+")
_OPENING = "([{\"'“”‘’«»„‹›`"
_PUNCTUATION = ")]}\"'“”‘’«»‹›`,;.:…"
_CLOSING = _PUNCTUATION + "!?"
_SEPARATORS = re.compile(r"[()\[\]{}\"'`,;“”‘’«»]+")
_CONTROL_SEQUENCE = re.compile(r"\\(?:[A-Za-z@]+|[^\sA-Za-z])")
_LONGEST_SYMBOL = 48
_PRIVATE = 0xE000


def index_text(text: str) -> str:
    """`text` as it is indexed: compatibility forms unified, CJK runs as overlapping pairs.

    The last character of a run also stands alone, so that every single character begins exactly one word.
    """
    return CJK_RUN.sub(lambda run: " " + " ".join([*_pairs(run[0]), run[0][-1]]) + " ", normalise(text))


def query_text(text: str) -> str:
    """`text` as it is asked for: as `index_text`, without the lone last character (it would break a phrase)."""
    return CJK_RUN.sub(lambda run: " " + " ".join(_pairs(run[0]) or [run[0]]) + " ", normalise(text))


def index_symbols(text: str) -> str:
    """Every word of `text` that has signs in it, encoded as one word each; in the order of the text, repetitions kept."""
    found: list[str] = []
    for word in normalise(text).split():
        # Most words with a sign in them are the last ones of a clause: nothing but the sign stands around their letters.
        if not (word.isalnum() or word.lstrip(_OPENING).rstrip(_PUNCTUATION).isalnum()):
            found += symbols_of(word)
    return " ".join(found)


@lru_cache(maxsize=8192)
def symbols_of(word: str) -> tuple[str, ...]:
    """The encoded forms under which a word with signs can be found: without the quotes and punctuation around it.

    `(set! x` holds `set!`; `\\hbox{\\vbox` holds `\\hbox` and `\\vbox`; plain words and ends of sentences give nothing.
    """
    if word.isalnum():
        return ()
    found = dict.fromkeys(form for form in _forms(word) if 0 < len(form) <= _LONGEST_SYMBOL and not CJK_RUN.search(form))
    return tuple(encode_symbol(form) for form in found if not form.isalnum())


def encode_symbol(form: str) -> str:
    """Signs become letters of Unicode's private area, which the tokenizer takes for parts of a word."""
    return "".join(letter if letter.isalnum() else chr(_PRIVATE + (ord(letter) & 0xFFF)) for letter in form.casefold())


def normalise(text: str) -> str:
    """Compatibility forms unified (ligatures, full width), so that the same word is the same letters."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)]


def _forms(word: str) -> Iterator[str]:
    if not any(letter.isalnum() for letter in word):
        yield word
    for piece in (word, *(_SEPARATORS.split(word) if _SEPARATORS.search(word) else ())):
        opened = piece.lstrip(_OPENING)
        yield from (opened.rstrip(_PUNCTUATION), opened.rstrip(_CLOSING))
    yield from _CONTROL_SEQUENCE.findall(word)

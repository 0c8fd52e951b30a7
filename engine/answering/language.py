"""Which language a question is in, told from its script and its most frequent words, and who knows that language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from engine.answering.vocabulary import listed

_SCRIPTS = (
    ("kana", re.compile(r"[\u3040-\u30ff]")),
    ("han", re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")),
    ("hangul", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("cyrillic", re.compile(r"[\u0400-\u052f]")),
    ("arabic", re.compile(r"[\u0600-\u06ff\u0750-\u077f]")),
    ("hebrew", re.compile(r"[\u0590-\u05ff]")),
    ("devanagari", re.compile(r"[\u0900-\u097f]")),
    ("thai", re.compile(r"[\u0e00-\u0e7f]")),
    ("greek", re.compile(r"[\u0370-\u03ff]")),
    ("latin", re.compile(r"[A-Za-zÀ-ɏ]")),
)
_ENGLISH = listed(
    "the a an is are was of in to and or what how why when which who does do can it for on with by from between that this explain describe define list"
)
_OTHER_LATIN = listed(
    """
    der die das ein eine ist sind wie warum wird und oder nicht mit für von den dem im zu
    le la les un une est sont comment pourquoi quelle quel des du et ou avec dans que qu
    el los las una es son cómo qué por cuál y con del en para
    il lo gli che cosa come perché di della sono
    o os um uma é são como por que qual do da em
    een het zijn hoe waarom wat van
    """
)


def guess_language(text: str) -> str:
    """`en`, `zh`, or `other:<script>`; English words around one Greek letter stay English, Chinese with English terms stays Chinese."""
    counts = Counter({name: len(pattern.findall(text)) for name, pattern in _SCRIPTS})
    if counts["kana"]:
        return "other:kana"
    english = any(word in _ENGLISH for word in re.findall(r"[a-z]+", text.casefold()))
    if counts["han"] and (counts["han"] * 3 >= counts["latin"] or not english):
        return "zh"
    script, found = counts.most_common(1)[0]
    if not found or script == "latin":
        return _guess_latin(text)
    return f"other:{script}"


def _guess_latin(text: str) -> str:
    """Latin script is English unless at least two words are of another language and none is English."""
    found = re.findall(r"[^\W\d_]+", text.casefold())
    english = sum(word in _ENGLISH for word in found)
    other = sum(word in _OTHER_LATIN for word in found)
    return "other:latin" if other >= 2 and other > english else "en"


def is_in_other_script(language: str, texts: Sequence[str]) -> bool:
    """Whether all these texts are in another script than a question in `language`: what is said in its words can't be compared with theirs."""
    return bool(texts) and all(_script(guess_language(text)) != _script(language) for text in texts)


def _script(language: str) -> str:
    return {"en": "latin", "zh": "han", "other:kana": "han"}.get(language, language.removeprefix("other:"))


def knows(languages: Sequence[str], language: str) -> bool:
    """Whether a model with these languages (ISO 639-1; empty: nothing is known of it) may be asked in `language`.

    Of a model about which nothing is known it is assumed: what it writes is proven anyway.
    """
    return not languages or language.split(":")[0] in languages

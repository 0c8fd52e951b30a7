"""The fixed sentences of long answers, in English and Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from engine.answering.phrases import NoModelReason, note_for
from engine.surveying.wanted import Kind, Wanted

WhyQuoted = Literal["small"] | NoModelReason
"""Why a model did not write it; "small": it is one that can only repeat sentences, and those are chosen better without it."""

MOST_NAMED = 16
"""Chapters or books that a refusal names."""

_SMALL = {
    "en": "The language model is too small to sum up a text, so these lines quote your document word for word.",
    "zh": "语言模型太小，无法归纳文本，因此以下各条逐字引用您的文档。",
}
_MAY_LACK = {
    "en": "The list has what your document says in one sentence; it may not be all.",
    "zh": "列表只包含文档中用一句话说明的内容，可能并不完整。",
}
_WHICH_BOOK = {"en": "Which book do you mean? Your library holds {books}.", "zh": "您指的是哪一本书？资料库中有：{books}。"}
_NO_BOOK = {"en": "No document of your library is called “{name}”. It holds {books}.", "zh": "资料库中没有名为“{name}”的文档。其中有：{books}。"}
_NO_PART = {"en": "“{title}” has no {part} {label}. {has}", "zh": "《{title}》没有第 {label} {part}。{has}"}
_NO_TITLE = {"en": "“{title}” has no chapter or section on {label}. {has}", "zh": "《{title}》没有题为“{label}”的章节。{has}"}
_NO_SUCH_TITLE = {"en": "None of your documents has a chapter or section on “{title}”.", "zh": "资料库中没有题为“{title}”的章节。"}
_WHICH_PART = {"en": "Which chapter of “{title}” do you mean? {has}", "zh": "您指的是《{title}》的哪一章？{has}"}
_HAS = {"en": "Its chapters are: {chapters}.", "zh": "它的各章是：{chapters}。"}
_HAS_NONE = {"en": "It is not divided into chapters that could be told apart.", "zh": "它没有可以区分的章节。"}
_AND_MORE = {"en": "and {count} more", "zh": "等另外 {count} 项"}
_PARTS = {
    "en": {"chapter": "chapter", "section": "section", "part": "part", "appendix": "appendix"},
    "zh": {"chapter": "章", "section": "节", "part": "部分", "appendix": "附录"},
}
_NOTHING: dict[str, dict[Kind, str]] = {
    "en": {
        "summary": "There is nothing in “{where}” that could be quoted: it holds no whole sentences of text.",
        "algorithms": "I found no sentence in “{where}” that names an algorithm{timed}.",
        "definitions": "I found no definition in “{where}”.",
        "theorems": "I found no theorem in “{where}”.",
        "structures": "I found no sentence in “{where}” that says what a data structure is.",
        "terms": "I found no emphasised term in “{where}” that is explained there.",
    },
    "zh": {
        "summary": "“{where}”中没有可以引用的完整句子。",
        "algorithms": "在“{where}”中没有找到给出算法{timed}的句子。",
        "definitions": "在“{where}”中没有找到定义。",
        "theorems": "在“{where}”中没有找到定理。",
        "structures": "在“{where}”中没有找到说明数据结构的句子。",
        "terms": "在“{where}”中没有找到带有解释的强调术语。",
    },
}
_TIMED = {"en": " with its running time", "zh": "及其时间复杂度"}


def quoted_note(why: WhyQuoted, language: str) -> str:
    """Why the lines are quotations."""
    return _SMALL[_table(language)] if why == "small" else note_for(why, language)


def may_lack(language: str) -> str:
    """What a list can't promise."""
    return _MAY_LACK[_table(language)]


def which_book(language: str, titles: Sequence[str]) -> str:
    """Several documents, and none is named."""
    return _WHICH_BOOK[_table(language)].format(books=_listed(titles, language))


def no_book(language: str, name: str, titles: Sequence[str]) -> str:
    """None of them is called so."""
    return _NO_BOOK[_table(language)].format(name=name, books=_listed(titles, language))


def no_such_title(language: str, title: str) -> str:
    """No document has a chapter of this title."""
    return _NO_SUCH_TITLE[_table(language)].format(title=title)


def no_part(language: str, wanted: Wanted, title: str, chapters: Sequence[str]) -> str:
    """The document has no such chapter: which it has."""
    table = _table(language)
    has = _HAS[table].format(chapters=_listed(chapters, language, "; " if table == "en" else "；")) if chapters else _HAS_NONE[table]
    if wanted.titled:
        return _NO_TITLE[table].format(title=title, label=f"“{wanted.titled}”" if table == "en" else wanted.titled, has=has)
    if wanted.label:
        return _NO_PART[table].format(title=title, part=_PARTS[table][wanted.part], label=wanted.label, has=has)
    return _WHICH_PART[table].format(title=title, has=has)


def nothing_found(language: str, wanted: Wanted, where: str) -> str:
    """Nothing of the wanted kind stands there."""
    table = _table(language)
    return _NOTHING[table][wanted.kind].format(where=where, timed=_TIMED[table] if wanted.timed else "")


def _table(language: str) -> str:
    return language if language in _HAS else "en"


def _listed(names: Sequence[str], language: str, separator: str = "") -> str:
    table = _table(language)
    quoted = [f"“{name}”" if table == "en" else f"《{name}》" for name in names[:MOST_NAMED]] if not separator else list(names[:MOST_NAMED])
    more = len(names) - len(quoted)
    said = (separator or (", " if table == "en" else "、")).join(quoted)
    return said if more <= 0 else f"{said} {_AND_MORE[table].format(count=more)}"

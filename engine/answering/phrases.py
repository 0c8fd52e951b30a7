"""The fixed sentences of an answer, in English and Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from engine.finding.small_talk import SmallTalk
from engine.values import Passage

NoModelReason = Literal["missing", "loading", "weak", "language", "script"]
"""Why the model did not write an answer: none is there, it is still loading, its text was hardly borne by the passages, it doesn't know the language,
or the passages are in another script than the question, so that nothing it could say would be borne by them."""

_NOTES: dict[str, dict[str, str]] = {
    "en": {
        "missing": "No language model is available, so this answer quotes your documents word for word.",
        "loading": "The language model is still loading, so this answer quotes your documents word for word.",
        "weak": "Your documents did not bear out enough of what the language model wrote, so this answer quotes them word for word.",
        "script": "Your documents are in another language than the question, so this answer quotes them word for word.",
        "language": "The language model does not know the language of the question, so this answer quotes your documents word for word.",
    },
    "zh": {
        "missing": "没有可用的语言模型，因此以下回答逐字引用您的文档。",
        "loading": "语言模型仍在加载，因此以下回答逐字引用您的文档。",
        "weak": "语言模型所写的内容大多无法由您的文档证实，因此以下回答逐字引用您的文档。",
        "script": "您的文档与提问使用的语言不同，因此以下回答逐字引用您的文档。",
        "language": "语言模型不支持提问所用的语言，因此以下回答逐字引用您的文档。",
    },
}
_REFUSALS = {
    "en": "I could not find an answer to this in your library.",
    "zh": "在您的资料库中没有找到这个问题的答案。",
}
_REFUSALS_IN_SCOPE = {
    "en": "I could not find an answer to this in the part of your library that you asked. Other books or chapters may have one.",
    "zh": "在您所选的范围内没有找到这个问题的答案。其他书籍或章节中也许有。",
}
_NEARBY = {
    "en": " The nearest I found: {place}. The passages are listed, but they do not answer it.",
    "zh": "最接近的是{place}。下面列出了这些段落，但它们没有回答这个问题。",
}
_PLACES = {
    "en": ("“{title}”", "“{section}” in “{title}”", "{named}, p. {page}"),
    "zh": ("《{title}》", "《{title}》中的“{section}”", "{named}第 {page} 页"),
}
"""A document, a section of one, and either with its page."""
_SMALL_TALK: dict[str, dict[SmallTalk, str]] = {
    "en": {
        "greeting": "Hello! I am here for questions about your documents. Ask me what one of them says, and I will show you where it stands.",
        "thanks": "You are welcome! Ask on whenever you like.",
        "agreement": "All right. Ask me whatever you want to know from your documents.",
        "parting": "Goodbye, and good luck with your studies!",
        "about": "I am ByteBrain. I answer questions from the documents in your library, and show you the page where each sentence stands. "
        "I work on this computer alone; nothing you ask leaves it.",
    },
    "zh": {
        "greeting": "你好！我可以回答有关您的文档的问题。请问我文档里的内容，我会告诉您它写在哪里。",
        "thanks": "不客气！您可以随时继续提问。",
        "agreement": "好的。您可以继续询问文档中的内容。",
        "parting": "再见，祝您学习顺利！",
        "about": "我是 ByteBrain。我根据您资料库中的文档回答问题，并指出每句话出自哪一页。我只在这台电脑上运行，您的问题不会传到外面。",
    },
}

_UNREAD = {
    "en": ("One document is not read yet: the answer may be in it.", "{count} documents are not read yet: the answer may be in one of them."),
    "zh": ("还有 1 个文档尚未读完，答案可能在其中。", "还有 {count} 个文档尚未读完，答案可能在其中。"),
}


def note_for(reason: NoModelReason, language: str) -> str:
    """One plain sentence that says why the answer quotes instead of being written; English for languages without a table."""
    return _NOTES.get(language, _NOTES["en"])[reason]


def refusal(language: str, *, nearest: Passage | None, scoped: bool) -> str:
    """The honest sentence that the library doesn't have it. `nearest`: the first of the passages that are shown beside it; `scoped`: only a part was asked."""
    table = language if language in _NEARBY else "en"
    sentence = (_REFUSALS_IN_SCOPE if scoped else _REFUSALS)[table]
    return sentence if nearest is None else sentence + _NEARBY[table].format(place=_place_of(nearest, table))


def small_talk_reply(language: str, kind: SmallTalk = "greeting") -> str:
    """What a greeting, thanks or the like get, in place of a refusal."""
    return _SMALL_TALK.get(language, _SMALL_TALK["en"])[kind]


def _place_of(passage: Passage, table: str) -> str:
    """ "“Hash tables” in “Data Structures”, p. 94" """
    document, section, paged = _PLACES[table]
    named = section.format(section=passage.section[-1], title=passage.title) if passage.section else document.format(title=passage.title)
    return named if passage.page_label is None else paged.format(named=named, page=passage.page_label)


def unread_note(language: str, count: int) -> str | None:
    """What a refusal adds while documents are still being read; None where all are."""
    one, many = _UNREAD.get(language, _UNREAD["en"])
    return None if count == 0 else one if count == 1 else many.format(count=count)


_ALSO_ANSWERED = {
    "en": "You have other answers to this question for: {names}.",
    "zh": "对于这个问题，您在以下合集中还有其他答案：{names}。",
}
_BY_WORDS_ONLY = {
    "en": "The embedding model does not know the language of this question, so only documents that use the same words were found. "
    "Ask in the language of your books as well.",
    "zh": "嵌入模型不支持提问所用的语言，因此只找到了使用相同词语的文档。请再用书籍的语言提问一次。",
}


def also_answered_note(language: str, collections: Sequence[str]) -> str | None:
    """What an answer of the student's own adds where other collections have other ones; None where none has."""
    names = ("、" if language == "zh" else ", ").join(collections)
    return _ALSO_ANSWERED.get(language, _ALSO_ANSWERED["en"]).format(names=names) if collections else None


def by_words_only_note(language: str) -> str:
    """What a refusal adds where the question could not be searched by meaning, so that books in another language were out of its reach."""
    return _BY_WORDS_ONLY.get(language, _BY_WORDS_ONLY["en"])

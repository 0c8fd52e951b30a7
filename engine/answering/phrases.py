"""The fixed sentences of an answer, in English and Chinese."""

from __future__ import annotations

from typing import Literal

NoModelReason = Literal["missing", "loading", "weak", "language"]
"""Why the model did not write an answer: none is there, it is still loading, its text was hardly borne by the passages, it doesn't know the language."""

_NOTES: dict[str, dict[str, str]] = {
    "en": {
        "missing": "No language model is available, so this answer quotes your documents word for word.",
        "loading": "The language model is still loading, so this answer quotes your documents word for word.",
        "weak": "Your documents did not bear out enough of what the language model wrote, so this answer quotes them word for word.",
        "language": "The language model does not know the language of the question, so this answer quotes your documents word for word.",
    },
    "zh": {
        "missing": "没有可用的语言模型，因此以下回答逐字引用您的文档。",
        "loading": "语言模型仍在加载，因此以下回答逐字引用您的文档。",
        "weak": "语言模型所写的内容大多无法由您的文档证实，因此以下回答逐字引用您的文档。",
        "language": "语言模型不支持提问所用的语言，因此以下回答逐字引用您的文档。",
    },
}
_REFUSALS = {
    "en": "I could not find an answer to this in your library.",
    "zh": "在您的资料库中没有找到这个问题的答案。",
}
_REFUSALS_NEARBY = {
    "en": "I could not find an answer to this in your library. The nearest passages are listed, but they do not answer it.",
    "zh": "在您的资料库中没有找到这个问题的答案。下面列出了最接近的段落，但它们没有回答这个问题。",
}


def note_for(reason: NoModelReason, language: str) -> str:
    """One plain sentence that says why the answer quotes instead of being written; English for languages without a table."""
    return _NOTES.get(language, _NOTES["en"])[reason]


def refusal(language: str, *, nearby: bool) -> str:
    """The honest sentence that the library doesn't have it; `nearby`: passages are shown beside it."""
    table = _REFUSALS_NEARBY if nearby else _REFUSALS
    return table.get(language, table["en"])

"""What the model is told: the passages in the order of their books, then the question.

Document order keeps the beginning of the prompt the same from question to question, so that the model's KV cache is
reused. The wording is short because the starter model is small. Passages are data: they stand between marks, and marks
inside them are taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.answering.templates import fill_template
from engine.generation.messages import ChatMessage
from engine.values import Passage, Rules

_QUOTING = {
    "en": (
        "You quote the sentences of a text that answer a question.",
        "Repeat the sentences of the passages above that best answer this question: {question}",
    ),
    "zh": ("你从文本中引用能回答问题的句子。", "请重复以上段落中最能回答这个问题的句子：{question}"),
}
"""System message and task for a small model. Of seven wordings tried with SmolLM2-135M-Instruct (Q4_1) on twelve index terms of
four textbooks, asking it to *repeat* sentences was the only kind that got a fair share of them supported: 10 of 47, against 1 of
36 for "answer from the passages" and 0 of 52 with an example before. It wants a repeat penalty of 1.0: quoting is repeating."""
_ANSWERING = {
    "en": (
        "You answer questions of students. Use only the passages. Write complete sentences that stay close to the words of the passages. "
        "Do not repeat the question.",
        "Answer this question from the passages above: {question}",
    ),
    "zh": ("你回答学生的问题。只使用所给的段落，用完整的句子回答，尽量沿用段落中的原话。不要重复问题。", "请根据以上段落回答这个问题：{question}"),
}
"""System message and task for a model that can put things in its own words."""
_SYSTEM_ALONE = {"en": "You are a study assistant for computer science. Answer briefly.", "zh": "你是计算机科学的学习助手。请简短回答。"}
"""For when there are no passages and the model may speak for itself."""
_OVERHEAD_TOKENS = 12
"""What a chat template adds around each message, generously."""
_IN_ITS_LANGUAGE = " Answer in the language of the question."
"""For languages without a table of their own: the English wording must not make the answer English."""


def in_document_order(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The same passages by document, then by place in it."""
    return tuple(sorted(passages, key=lambda passage: (passage.document, passage.sheet or passage.page or 0, passage.start, passage.rank)))


def compose_messages(
    question: str,
    passages: Sequence[Passage],
    *,
    language: str,
    budget_tokens: int,
    count: Callable[[str], int],
    quoting: bool = False,
    rules: Rules | None = None,
) -> tuple[ChatMessage, ...]:
    """The chat messages for one question.

    Passages come best first; as many of them as fit into `budget_tokens` (the whole prompt, counted with `count`) are
    used, put into document order. At least one is always there, cut to fit. Without passages the bare question is asked.
    `quoting` asks for sentences of the passages, which is all that a very small model can do. `rules` are the student's: a
    template takes the place of the whole wording; where rules are long, passages keep half of the budget all the same.
    """
    asked, rules = question.strip(), rules or Rules()
    system, task = _wording(language, bool(passages), quoting, rules.instructions)
    if not passages:
        return ChatMessage("system", system), ChatMessage("user", asked)
    ask = task.format(question=asked)
    if rules.template:
        around = count(fill_template(rules.template, question=asked, passages="", instructions=rules.instructions))
    else:
        around = count(system) + count(ask) + _OVERHEAD_TOKENS
    left = max(budget_tokens - around - _OVERHEAD_TOKENS, budget_tokens // 2 if rules.template or rules.instructions else 0)
    kept: list[Passage] = []
    for passage in passages:
        cost = count(_block(0, passage.text))
        if cost <= left:
            kept.append(passage)
            left -= cost
        elif not kept:
            break
    texts = [passage.text for passage in in_document_order(kept)]
    if not texts:
        texts = [_cut(passages[0].text, max(16, left), count)]
    blocks = "".join(_block(number, text) for number, text in enumerate(texts, 1))
    if rules.template:
        return (ChatMessage("user", fill_template(rules.template, question=asked, passages=blocks, instructions=rules.instructions)),)
    return ChatMessage("system", system), ChatMessage("user", f"{blocks}\n{ask}")


def _wording(language: str, with_passages: bool, quoting: bool, instructions: str) -> tuple[str, str]:
    """System message and task."""
    table = language if language in _SYSTEM_ALONE else "en"
    system, task = (_QUOTING if quoting else _ANSWERING)[table] if with_passages else (_SYSTEM_ALONE[table], "")
    if language not in _SYSTEM_ALONE and not (quoting and with_passages):
        system += _IN_ITS_LANGUAGE
    return (f"{system}\n{instructions}" if instructions else system), task


def _block(number: int, text: str) -> str:
    return f"<passage {number}>\n{_defused(text)}\n</passage>\n"


def _defused(text: str) -> str:
    """A passage can't close its own mark, nor speak with the chat template's marks."""
    return text.replace("</passage", "< /passage").replace("<passage", "< passage").replace("<|", "< |").strip()


def _cut(text: str, budget: int, count: Callable[[str], int]) -> str:
    """The longest beginning of `text`, in whole words, that fits."""
    tokens = text.split(" ")
    low, high = 1, len(tokens)
    while low < high:
        middle = (low + high + 1) // 2
        if count(_block(1, " ".join(tokens[:middle]))) <= budget:
            low = middle
        else:
            high = middle - 1
    return " ".join(tokens[:low])

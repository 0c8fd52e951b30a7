"""What the model is told: the passages in the order of their books, then the question.

Document order keeps the beginning of the prompt the same from question to question, so that the model's KV cache is
reused. The wording is short because the starter model is small. Passages are data: they stand between marks, and marks
inside them are taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.generation.messages import ChatMessage
from engine.values import Passage

_SYSTEM = {
    "en": (
        "You answer questions of students. Use only the numbered passages. "
        "Answer in one to three complete sentences that stay close to the words of the passages. Do not repeat the question."
    ),
    "zh": "你回答学生的问题。只使用编号的段落，用一到三个完整的句子回答，尽量沿用段落中的原话。不要重复问题。",
}
_QUESTION = {"en": "Question: {question}\nAnswer:", "zh": "问题：{question}\n回答："}
_HEAD = {"en": "Passages:", "zh": "段落："}
_OVERHEAD_TOKENS = 12
"""What a chat template adds around each message, generously."""


def in_document_order(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The same passages by document, then by place in it."""
    return tuple(sorted(passages, key=lambda passage: (passage.document, passage.sheet or passage.page or 0, passage.start, passage.rank)))


def compose_messages(question: str, passages: Sequence[Passage], *, language: str, budget_tokens: int, count: Callable[[str], int]) -> tuple[ChatMessage, ...]:
    """The chat messages for one question.

    Passages come best first; as many of them as fit into `budget_tokens` (the whole prompt, counted with `count`) are
    used, put into document order. At least one is always there, cut to fit.
    """
    table = language if language in _SYSTEM else "en"
    system, head, ask = _SYSTEM[table], _HEAD[table], _QUESTION[table].format(question=question.strip())
    left = budget_tokens - count(system) - count(head) - count(ask) - 2 * _OVERHEAD_TOKENS
    kept: list[Passage] = []
    for passage in passages:
        cost = count(_block(0, passage.text))
        if cost <= left:
            kept.append(passage)
            left -= cost
        elif not kept:
            break
    texts = [passage.text for passage in in_document_order(kept)]
    if not texts and passages:
        texts = [_cut(passages[0].text, max(16, left), count)]
    blocks = "".join(_block(number, text) for number, text in enumerate(texts, 1))
    return ChatMessage("system", system), ChatMessage("user", f"{head}\n{blocks}\n{ask}")


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

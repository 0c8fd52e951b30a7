"""What the model is told: the passages in the order of their books, then the question.

Document order keeps the beginning of the prompt the same from question to question, so that the model's KV cache is
reused. The wording is short because the starter model is small. Passages are data: they stand between marks, and marks
inside them are taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

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
LEAST_TO_WIDEN = 24
"""Tokens; with less there is no room for another sentence."""
LONGEST_PATH = 120
"""Characters of a section path."""
_IN_ITS_LANGUAGE = " Answer in the language of the question."
"""For languages without a table of their own: the English wording must not make the answer English."""


def in_document_order(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The same passages by document, then by place in it."""
    return tuple(sorted(passages, key=lambda passage: (passage.document, passage.sheet or passage.page or 0, passage.start, passage.rank)))


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the model is told, and the passages in it as it sees them, best first."""

    messages: tuple[ChatMessage, ...]
    passages: tuple[Passage, ...]


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
    """The messages of `compose_prompt`, passages as they are."""
    return compose_prompt(question, passages, language=language, budget_tokens=budget_tokens, count=count, quoting=quoting, rules=rules).messages


def compose_prompt(
    question: str,
    passages: Sequence[Passage],
    *,
    language: str,
    budget_tokens: int,
    count: Callable[[str], int],
    quoting: bool = False,
    rules: Rules | None = None,
    widened: Callable[[Passage], Sequence[Passage]] = lambda passage: (passage,),
) -> Prompt:
    """The prompt for one question.

    Passages come best first; as many of them as fit into `budget_tokens` (the whole prompt, counted with `count`) are
    used, put into document order. At least one is always there, cut to fit. Without passages the bare question is asked.
    `quoting` asks for sentences of the passages, which is all that a very small model can do. `rules` are the student's: a
    template takes the place of the whole wording; where rules are long, passages keep half of the budget all the same.
    `widened` gives a passage with more around it, the widest first: what is left of the budget goes to the best passages.
    """
    asked, rules = question.strip(), rules or Rules()
    system, task = _wording(language, bool(passages), quoting, rules.instructions)
    if not passages:
        return Prompt((ChatMessage("system", system), ChatMessage("user", asked)), ())
    ask = task.format(question=asked)
    if rules.template:
        around = count(fill_template(rules.template, question=asked, passages="", instructions=rules.instructions))
    else:
        around = count(system) + count(ask) + _OVERHEAD_TOKENS
    left = max(budget_tokens - around - _OVERHEAD_TOKENS, budget_tokens // 2 if rules.template or rules.instructions else 0)
    shown = _fitting(passages, left, count, widened, with_path=not quoting)
    paths = {passage.rank: "" if quoting else _path(passage) for passage in shown}
    if not shown:
        shown = (msgspec.structs.replace(passages[0], text=_cut(passages[0].text, max(16, left), count)),)
    blocks = "".join(_block(number, passage.text, paths.get(passage.rank, "")) for number, passage in enumerate(in_document_order(shown), 1))
    if rules.template:
        filled = fill_template(rules.template, question=asked, passages=blocks, instructions=rules.instructions)
        return Prompt((ChatMessage("user", filled),), shown)
    return Prompt((ChatMessage("system", system), ChatMessage("user", f"{blocks}\n{ask}")), shown)


def as_shown(passages: Sequence[Passage], prompt: Prompt) -> tuple[Passage, ...]:
    """All passages, those that the model saw with more around them as it saw them: what it says is proven by what it was shown."""
    shown = {passage.rank: passage for passage in prompt.passages}
    return tuple(max(passage, shown.get(passage.rank, passage), key=lambda one: len(one.text)) for passage in passages)


def _fitting(
    passages: Sequence[Passage], left: int, count: Callable[[str], int], widened: Callable[[Passage], Sequence[Passage]], *, with_path: bool
) -> tuple[Passage, ...]:
    """The passages that fit into `left` tokens, best first, each as wide as what is left after all of them allows."""
    kept: list[tuple[Passage, int]] = []
    for passage in passages:
        cost = count(_block(0, passage.text, _path(passage) if with_path else ""))
        if cost <= left:
            kept.append((passage, cost))
            left -= cost
        elif not kept:
            break
    shown: list[Passage] = []
    for passage, cost in kept:
        chosen = passage
        for wider in widened(passage) if left >= LEAST_TO_WIDEN else ():
            if wider.text == passage.text or any(_overlap(wider, other) for other in shown) or cost * len(wider.text) > (cost + left) * len(passage.text):
                continue  # it says twice what is shown, or by its length it can't fit and need not be counted
            more = count(_block(0, wider.text, _path(wider) if with_path else "")) - cost
            if more <= left:
                chosen, left = wider, left - more
                break
        shown.append(chosen)
    return tuple(shown)


def _overlap(one: Passage, other: Passage) -> bool:
    """Whether two stretches of the same page hold some of the same characters."""
    if (one.document, one.sheet) != (other.document, other.sheet):
        return False
    return one.start < other.start + len(other.text) and other.start < one.start + len(one.text)


def _path(passage: Passage) -> str:
    """Where a passage stands, in the words of its book's headings: the last two of them."""
    return " › ".join(filter(None, passage.section[-2:]))[:LONGEST_PATH]


def _wording(language: str, with_passages: bool, quoting: bool, instructions: str) -> tuple[str, str]:
    """System message and task."""
    table = language if language in _SYSTEM_ALONE else "en"
    system, task = (_QUOTING if quoting else _ANSWERING)[table] if with_passages else (_SYSTEM_ALONE[table], "")
    if language not in _SYSTEM_ALONE and not (quoting and with_passages):
        system += _IN_ITS_LANGUAGE
    return (f"{system}\n{instructions}" if instructions else system), task


def _block(number: int, text: str, path: str = "") -> str:
    where = f"[{_defused(path)}]\n" if path else ""
    return f"<passage {number}>\n{where}{_defused(text)}\n</passage>\n"


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

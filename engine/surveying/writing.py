"""What a model is told to note of a part of a book, and what of its sentences the part bears. Pure.

The same proof as for any answer: a sentence counts only where one verbatim span of one passage bears it, whatever the model says of itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.answering.proof import Prover, says_something
from engine.answering.sentences import split_into_sentences
from engine.answering.written import clean, unfinished
from engine.generation.messages import ChatMessage
from engine.surveying.material import Material
from engine.surveying.notes import Note
from engine.surveying.standing import stands_alone
from engine.surveying.wanted import Kind
from engine.values import Passage

WINDOW_TOKENS = 1600
"""Room for the passages of one window; with the answer it fits into the context of 4,096 tokens."""
MOST_WINDOWS = 2
"""Of one unit: a longer one is read by the passages that hold the most telling sentences."""
WRITTEN_SCORE = 10.0
"""What the model put into words goes before quotations."""

_SYSTEM = {
    "en": "You take notes of textbooks for students. Use only the text. Write complete sentences that stay close to its words and are understood alone.",
    "zh": "你为学生做教材笔记。只使用所给的文本，写完整的句子，尽量沿用原文的词语，每一句都能单独理解。",
}
_TASKS: dict[str, dict[Kind, str]] = {
    "en": {
        "summary": "Write the {count} most important statements of this text from “{title}”, the most important first, one sentence a line.",
        "algorithms": "List every algorithm of this text with its running time, one complete sentence for each, a line each.",
        "definitions": "List every term that this text defines, with its definition, one complete sentence for each, a line each.",
        "theorems": "List every theorem of this text as it is stated, a line each.",
        "structures": "List every data structure that this text explains and what it is, one complete sentence for each, a line each.",
        "terms": "List every technical term that this text explains, with its meaning, one complete sentence for each, a line each.",
    },
    "zh": {
        "summary": "写出以上文本（选自“{title}”）中最重要的 {count} 个论点，最重要的在前，每行一句。",
        "algorithms": "列出以上文本中的每个算法及其时间复杂度，每个用一个完整的句子，每行一个。",
        "definitions": "列出以上文本定义的每个术语及其定义，每个用一个完整的句子，每行一个。",
        "theorems": "列出以上文本中的每个定理，每行一个。",
        "structures": "列出以上文本解释的每种数据结构，每种用一个完整的句子，每行一个。",
        "terms": "列出以上文本解释的每个术语及其含义，每个用一个完整的句子，每行一个。",
    },
}


def windows(material: Material, quoted: Sequence[Note], kind: Kind, count: Callable[[str], int]) -> tuple[tuple[Passage, ...], ...]:
    """The passages to be read, in as many windows as a model's context makes of them, in the order of the book.

    A list needs only the passages in which items were found; of a long unit the most telling passages are read.
    """
    telling = {note.chunk: index for index, note in reversed(list(enumerate(sorted(quoted, key=lambda note: -note.score))))}
    passages = [passage for passage in material.passages if passage.chunk in telling] if kind != "summary" else list(material.passages)
    passages.sort(key=lambda passage: telling.get(passage.chunk, len(telling) + passage.rank))
    room = MOST_WINDOWS * WINDOW_TOKENS
    kept: list[tuple[Passage, int]] = []
    for passage in passages:
        cost = count(passage.text) + 8
        if cost <= WINDOW_TOKENS and cost <= room:
            kept.append((passage, cost))
            room -= cost
    kept.sort(key=lambda pair: (pair[0].sheet, pair[0].start))
    made: list[list[Passage]] = []
    left = 0
    for passage, cost in kept:
        if cost > left:
            made.append([])
            left = WINDOW_TOKENS
        made[-1].append(passage)
        left -= cost
    return tuple(tuple(window) for window in made)


def compose(window: Sequence[Passage], *, kind: Kind, title: str, language: str, lines: int) -> tuple[ChatMessage, ...]:
    """The chat messages for one window. Passages are data: they can't close their own mark."""
    table = language if language in _SYSTEM else "en"
    text = "\n\n".join(passage.text for passage in window).replace("</text", "< /text").replace("<text", "< text").replace("<|", "< |")
    task = _TASKS[table][kind].format(count=lines, title=title)
    return ChatMessage("system", _SYSTEM[table]), ChatMessage("user", f"<text>\n{text}\n</text>\n{task}")


def prove(raw: str, window: Sequence[Passage]) -> tuple[tuple[Note, ...], tuple[str, ...]]:
    """The sentences of the model that the window bears, best first as it wrote them, and those that it doesn't."""
    text = clean(raw)
    spans = split_into_sentences(text)
    if len(spans) > 1 and unfinished(text, spans[-1]):
        spans = spans[:-1]
    prover = Prover(window)
    notes: list[Note] = []
    unproven: list[str] = []
    for start, end in spans:
        sentence = " ".join(text[start:end].split())
        proof = prover.prove(sentence)
        if proof is not None and stands_alone(sentence):
            chunk = window[proof.passage].chunk
            notes.append(Note(chunk, proof.start, proof.end, sentence, WRITTEN_SCORE - 0.1 * len(notes), written=True))
        elif proof is None and says_something(sentence) and len(sentence.split()) > 6:
            unproven.append(sentence)
    return tuple(notes), tuple(unproven)

"""From question, passages and the model's text to a proven answer, end to end, without a model."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import msgspec
import pytest

from engine.answering.assemble import Locate, assemble_answer, with_context
from engine.answering.phrases import note_for, refusal
from engine.answering.sentences import split_into_sentences
from engine.values import Answer, Passage, Timings

Answering = Callable[..., Answer]


@pytest.fixture
def answer(passages: tuple[Passage, ...], locate: Locate) -> Answering:
    """Assemble with the usual arguments; every answer is checked for what must always hold."""

    def assembled(question: str, raw: str | None = None, **more: object) -> Answer:
        arguments = {"passages": passages, "answerable": True, "locate": locate, "language": "en", "model": "tiny"} | more
        made = assemble_answer(question=question, raw=raw, **arguments)  # type: ignore[arg-type]
        check_always(made)
        return made

    return assembled


def check_always(made: Answer) -> None:
    """Quotes are verbatim, numbers run from 1 and none dangles, the answer carries no markers."""
    assert [citation.number for citation in made.citations] == list(range(1, len(made.citations) + 1))
    assert len({(citation.document, citation.quote, citation.page) for citation in made.citations}) == len(made.citations)
    for citation in made.citations:
        assert any(citation.quote in passage.text and citation.page == passage.page for passage in made.passages)
        assert len(re.findall(r"\w+", citation.quote)) >= 4 or not citation.quote.isascii()
        assert citation.boxes
    known = {citation.number for citation in made.citations}
    used = [number for sentence in made.sentences for number in sentence.citations]
    assert set(used) == known
    assert "`" in made.answer or not re.search(r"\[\d{1,2}\]", made.answer)
    for sentence in made.sentences:
        assert (sentence.status == "supported") == bool(sentence.citations)
    assert made.answer.strip()


def test_a_supported_answer_of_the_model_stands_with_its_citations(answer: Answering) -> None:
    made = answer(
        "What is a stack?",
        "A stack is a collection in which the element that was added last is removed first. The operation that removes the top element is called pop.",
    )
    assert made.origin == "model"
    assert made.model == "tiny"
    assert made.note is None
    assert [sentence.status for sentence in made.sentences] == ["supported", "supported"]
    assert [citation.number for citation in made.citations] == [1, 2]


def test_unsupported_sentences_are_listed_but_left_out_of_the_answer(answer: Answering) -> None:
    made = answer(
        "What is a stack?",
        "A stack is a collection in which the element that was added last is removed first. It was invented by penguins on the moon. "
        "The operation that removes the top element is called pop.",
    )
    assert [sentence.status for sentence in made.sentences] == ["supported", "unsupported", "supported"]
    assert "penguins" not in made.answer
    assert made.answer.startswith("A stack is")
    assert made.answer.endswith("called pop.")


def test_a_weak_model_is_replaced_by_quotations_that_say_so(answer: Answering) -> None:
    made = answer("What is a stack?", "A stack is a yellow fruit. It grows on trees in summer. The operation that removes the top element is called pop.")
    assert made.origin == "passages"
    assert made.note == note_for("weak", "en")
    assert made.answer.startswith("A stack is a collection in which")
    assert all(sentence.status == "supported" for sentence in made.sentences)


@pytest.mark.parametrize("reason", ["missing", "loading", "language"])
def test_without_a_model_the_passages_answer_and_the_note_says_why(reason: str, answer: Answering) -> None:
    made = answer("What is a red-black tree?", None, why_no_model=reason, model=None)
    assert made.origin == "passages"
    assert made.note == note_for(reason, "en")  # type: ignore[arg-type]
    assert made.model is None
    assert made.sentences[0].text.startswith("A red-black tree is a binary search tree")


@pytest.mark.parametrize("raw", ["", "   \n", "Here is the answer:", "What is a stack?", "I don't know."])
def test_an_empty_or_contentless_text_counts_as_weak(raw: str, answer: Answering) -> None:
    assert answer("What is a stack?", raw).note == note_for("weak", "en")


def test_true_sentences_beside_the_point_count_as_weak_too(answer: Answering) -> None:
    made = answer("What is a page fault?", "UDP does not guarantee delivery. A red node has no red child.")
    assert made.note == note_for("weak", "en")
    assert made.answer.startswith("A page fault occurs when")


def test_a_definition_that_a_passage_has_may_not_be_missed(answer: Answering) -> None:
    made = answer("What is a queue?", "With two indices, a circular buffer supports both queue operations in constant time without moving anything.")
    assert made.note == note_for("weak", "en")
    assert made.answer.startswith("A queue is a collection")


def test_without_evidence_the_answer_is_an_honest_refusal(answer: Answering) -> None:
    made = answer("What is the capital of Mongolia?", None, answerable=False)
    assert (made.refused, made.origin, made.sentences, made.citations) == (True, "none", (), ())
    assert made.answer == refusal("en", nearest=made.passages[0], scoped=False)
    assert answer("What is it?", None, answerable=False, passages=()).answer == refusal("en", nearest=None, scoped=False)


def test_a_refusal_names_the_place_that_comes_nearest(answer: Answering, make_passage: Callable[..., Passage]) -> None:
    nearest = msgspec.structs.replace(make_passage(0, "A table."), title="Structures", section=("Tables", "Hash tables"), page=94, page_label="92")
    assert "“Hash tables” in “Structures”, p. 92." in refusal("en", nearest=nearest, scoped=False)
    assert "《Structures》中的“Hash tables”第 92 页" in refusal("zh", nearest=nearest, scoped=True)
    unpaged = msgspec.structs.replace(nearest, section=(), page=None, page_label=None)
    assert "The nearest I found: “Structures”. " in refusal("en", nearest=unpaged, scoped=False)


@pytest.mark.parametrize(
    ("said", "beginning"), [("hello", "Hello!"), ("Thank you!", "You are welcome!"), ("bye", "Goodbye"), ("你好", "你好"), ("谢谢你！", "不客气")]
)
def test_small_talk_is_answered_kindly_and_shows_no_passages(said: str, beginning: str, answer: Answering) -> None:
    made = answer(said, None, answerable=False, language="zh" if said > "一" else "en")
    assert (made.refused, made.origin, made.passages, made.citations) == (True, "greeting", (), ())
    assert made.answer.startswith(beginning)


def test_a_refusal_says_how_many_documents_are_not_read_yet(answer: Answering) -> None:
    assert answer("What is it?", None, answerable=False).note is None
    assert answer("What is it?", None, answerable=False, unread=1).note == "One document is not read yet: the answer may be in it."
    assert answer("What is it?", None, answerable=False, unread=7).note == "7 documents are not read yet: the answer may be in one of them."


def test_evidence_that_yields_no_sentence_is_refused_too(answer: Answering, make_passage: Callable[..., Passage]) -> None:
    made = answer("What is a stack?", None, passages=(make_passage(0, "stack 12, 45, 103"),))
    assert made.refused


def test_strict_mode_refuses_even_if_the_model_wrote_something(answer: Answering) -> None:
    assert answer("What is it?", "A stack is a fruit.", answerable=False).refused


def test_open_mode_lets_the_model_speak_marked_as_general(answer: Answering) -> None:
    made = answer("What is a stack?", "The operation that removes the top element is called pop. Stacks are lovely things.", mode="open")
    assert [sentence.status for sentence in made.sentences] == ["supported", "general"]
    assert "lovely" in made.answer
    without_evidence = answer("What is the capital of Mongolia?", "The capital of Mongolia is Ulaanbaatar.", mode="open", answerable=False)
    assert not without_evidence.refused
    assert [sentence.status for sentence in without_evidence.sentences] == ["general"]


@pytest.mark.parametrize("marker", [" [1]", "[2].", " (Source 2)", " [Passage 3]", " (passage 1)", "【1】", " [1, 2]", "</passage>"])
def test_markers_that_the_model_invents_are_taken_out(marker: str, answer: Answering) -> None:
    made = answer("What is pop?", f"The operation that removes the top element is called pop{marker}")
    assert made.origin == "model"
    assert made.answer.rstrip(".").endswith("called pop")


def test_indices_in_code_are_no_markers(answer: Answering, make_passage: Callable[..., Passage]) -> None:
    passage = make_passage(0, "The first element of the list is written `items[0]` and costs constant time.")
    made = answer("How is the first element written?", "The first element of the list is written `items[0]`.", passages=(passage,))
    assert made.origin == "passages" or "items[0]" in made.answer


def test_lists_and_code_keep_their_shape(answer: Answering) -> None:
    raw = (
        "Here is what the passages say:\n\n- A queue is a collection in which the element that was added first is removed first.\n"
        "- Queues are always made of gold and silver.\n- UDP does not guarantee delivery.\n\n"
        "```python\ndef merge(left, right):\n    result = []\n    while left and right:\n        result.append(left.pop(0))\n    return result\n```"
    )
    made = answer("What are queues and UDP?", raw)
    assert made.origin == "model"
    assert "gold" not in made.answer
    assert made.answer.startswith("- A queue is a collection")
    assert "\n- UDP does not" in made.answer
    assert "```python\ndef merge" in made.answer
    assert not re.search(r"^-\s*$", made.answer, re.MULTILINE)


def test_loops_of_small_models_are_cut(answer: Answering) -> None:
    sentence = "The operation that removes the top element is called pop."
    made = answer("What is pop?", " ".join([sentence] * 12))
    assert made.answer == sentence
    assert len(made.sentences) == 1


def test_the_same_thing_said_twice_in_other_words_is_said_once(answer: Answering) -> None:
    made = answer("What is pop?", "The operation that removes the top element is called pop. Pop is the operation that removes the top element.")
    assert made.answer == "The operation that removes the top element is called pop."


def test_a_sentence_cut_off_by_the_token_limit_is_dropped(answer: Answering) -> None:
    made = answer("What is pop?", "The operation that removes the top element is called pop. The operation that removes the")
    assert made.answer == "The operation that removes the top element is called pop."
    assert len(made.sentences) == 1


def test_one_quote_gets_one_number_however_often_it_is_used(answer: Answering) -> None:
    made = answer("What are push and pop?", "Push adds an element to the top of a stack. The operation that removes the top element is called pop.")
    assert len(made.citations) == 1
    assert [sentence.citations for sentence in made.sentences] == [(1,), (1,)]


def test_a_chinese_question_gets_chinese_fixed_sentences(answer: Answering) -> None:
    made = answer("什么是栈？", None, language="zh", why_no_model="language")
    assert made.note == note_for("language", "zh")
    assert made.sentences[0].text == "栈是一种后进先出的线性数据结构。"
    refused = answer("蒙古的首都是哪里？", None, language="zh", answerable=False)
    assert refused.answer == refusal("zh", nearest=refused.passages[0], scoped=False)


def test_a_books_own_reference_numbers_do_not_reach_the_answer(answer: Answering, make_passage: Callable[..., Passage]) -> None:
    passage = make_passage(0, "A monitor is an object whose methods exclude each other [12], as was shown early.")
    made = answer("What is a monitor?", None, passages=(passage,))
    assert made.answer == "A monitor is an object whose methods exclude each other, as was shown early."
    assert made.citations[0].quote == passage.text


def test_timings_travel_with_the_answer(answer: Answering) -> None:
    assert answer("What is a stack?", None, timings=Timings(tokens_answer=7)).timings.tokens_answer == 7


def test_whatever_the_model_writes_every_quote_is_verbatim(answer: Answering, passages: tuple[Passage, ...]) -> None:
    dice = random.Random(7)
    sentences = [sentence for passage in passages for sentence in re.split(r"(?<=[.。])\s*", passage.text) if sentence]
    for _ in range(150):
        pieces = dice.sample(sentences, dice.randint(1, 4))
        tokens = " ".join(pieces).split(" ")
        for _ in range(dice.randint(0, 3)):
            tokens.insert(dice.randrange(len(tokens) + 1), dice.choice(["not", "[1]", "42", "\n\n- ", "**", "Bayer", "？", "#"]))
        answer(dice.choice(["What is a stack?", "How does paging work?", "什么是队列？"]), " ".join(tokens), mode=dice.choice(["strict", "open"]))


def test_a_very_short_quotation_takes_the_next_sentence_along_but_not_over_a_paragraphs_end() -> None:
    text = "The rules of such a tree are few, and each of them is about the colors of its nodes.  The root is black. A red node has no red child.\n\nNext."
    start = text.index("The root")
    end = start + len("The root is black.")
    assert with_context(text, start, end) == (start, text.index("\n\nNext"))
    last = text.index("A red node")
    assert with_context(text, last, text.index("\n\n")) == (last, text.index("\n\n"))


def test_a_sentence_that_opens_a_footnote_is_quoted_with_the_next_one_unless_it_is_long() -> None:
    first = "A queue is a collection in which the element that was added first is removed first."
    text = f"{first} Web servers and printers use queues."
    assert with_context(text, 0, len(first)) == (0, len(first))
    note = f"Queues.\n\n³⁶ {text}"
    start = note.index(first)
    assert with_context(note, start, start + len(first)) == (start, len(note))
    long_first = f"{first[:-1]}, and in which nothing else than the two ends can be looked at or changed by anybody who uses it."
    assert with_context(f"² {long_first} Printers use queues.", 2, 2 + len(long_first)) == (2, 2 + len(long_first))


def test_the_mark_of_a_footnote_is_no_part_of_its_first_sentence() -> None:
    text = "³⁶ Lazy evaluation was the idea of several people at once. Others came later."
    assert [text[start:end] for start, end in split_into_sentences(text)] == ["Lazy evaluation was the idea of several people at once.", "Others came later."]

"""What a question wants (a number, a time, a name), and lists of slides that are quoted as a whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.answering.assemble import Location, assemble_answer
from engine.answering.bullets import list_units
from engine.answering.extract import best_sentences
from engine.answering.facts import holds_fact, wanted_by
from engine.answering.sentencehood import is_real_sentence
from engine.answering.sentences import split_into_sentences
from engine.values import Passage

SLIDE = "Maximal independent set\n\n• Independent: no two neighbours are chosen\n• Maximal: not a subset of another solution\n  • easy to find: add greedily"


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How many bytes does a page have?", "amount"),
        ("When was Unix developed?", "time"),
        ("Who invented the stack?", "person"),
        ("What is the running time of heapsort?", "cost"),
        ("并查集的时间复杂度是多少？", "cost"),
        ("跳表是谁发明的？", "person"),
        ("What is a stack?", ""),
        ("How does paging work?", ""),
    ],
)
def test_a_question_tells_what_kind_of_fact_it_wants(question: str, wanted: str) -> None:
    assert wanted_by(question) == wanted


def test_a_fact_is_one_that_the_question_does_not_hold() -> None:
    assert holds_fact("amount", "A page has 4096 bytes.", "How many bytes does a page have?")
    assert not holds_fact("amount", "Pages are loaded into frames.", "How many bytes does a page have?")
    assert holds_fact("person", "It was described by John McCarthy.", "Who described it?")
    assert not holds_fact("person", "Stacks were known to Turing.", "Who is Turing?")
    assert holds_fact("time", "It was published in 1962.", "When was it published?")
    assert holds_fact("cost", "查找需要 $O(\\log n)$ 的时间．", "复杂度是多少？")


def test_a_sentence_with_the_number_comes_before_one_without(make_passage: Callable[..., Passage]) -> None:
    passage = make_passage(0, "The pages of a process are kept in a table. The processor of this machine uses pages of 8192 bytes.")
    index, start, end = best_sentences("How many bytes do the pages have?", (passage,), limit=1)[0]
    assert index == 0
    assert "8192" in passage.text[start:end]


def test_a_list_of_a_slide_is_quoted_with_its_title(make_passage: Callable[..., Passage], locate: Callable[[Passage, int, int], Location]) -> None:
    slide = make_passage(1, SLIDE)
    answer = assemble_answer(
        question="What is a maximal independent set?", passages=(make_passage(0, "Sets of nodes are drawn in blue."), slide), answerable=True, raw=None,
        locate=locate, language="en",
    )  # fmt: skip
    assert answer.citations[0].quote == SLIDE
    assert answer.sentences[0].text.startswith("Maximal independent set • Independent: no two neighbours are chosen • Maximal")


def test_a_long_list_is_quoted_point_by_point() -> None:
    text = "Plan\n\n" + "\n".join(f"• The point with number {number} says something that nobody has said so far" for number in range(12))
    units = [text[slice(*span)] for span, _ in list_units(text)]
    assert len(units) == 12
    assert all(unit.startswith("• The point") for unit in units)


def test_lists_of_whole_sentences_questions_and_code_are_no_units() -> None:
    assert list_units("- A stack removes the last element first.\n- A queue removes the first element first.") == []
    assert list_units("Quiz\n\n• Which graphs have a perfect matching at all?") == []
    assert list_units("Nothing is listed here, and it is said in one sentence.") == []


def test_no_sentence_ends_inside_a_formula_or_code() -> None:
    text = "Let $a_1. B$ be given and call `list. Append`. Then $x$ grows."
    assert [text[slice(*span)] for span in split_into_sentences(text)] == ["Let $a_1. B$ be given and call `list. Append`.", "Then $x$ grows."]


def test_a_formula_counts_as_one_word_of_a_sentence() -> None:
    assert is_real_sentence(r"The search takes $\Theta(\log_2 (n+1)) + \sum_{i=0}^{k} 2^{i}$ steps in the worst case.")

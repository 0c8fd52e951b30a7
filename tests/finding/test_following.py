"""Follow-up questions: what they leave out is put back, and what leaves nothing out stays letter for letter.

`follow_ups.jsonl` and `self_contained.jsonl` are our own lists of questions, English and Chinese.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.finding.aspects import is_aspect, is_hollow, split_aspect
from engine.finding.following import make_self_contained
from engine.finding.topics import read_topic

HERE = Path(__file__).parent


def lines(name: str) -> list[dict[str, list[str] | str]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


FOLLOW_UPS = lines("follow_ups.jsonl")
SELF_CONTAINED = lines("self_contained.jsonl")


@pytest.mark.parametrize("line", FOLLOW_UPS, ids=[f"{'; '.join(line['history'])} → {line['question']}" for line in FOLLOW_UPS])
def test_what_a_follow_up_leaves_out_is_put_back(line: dict[str, list[str]]) -> None:
    said = make_self_contained(str(line["question"]), line["history"]).casefold()
    assert said != line["question"]
    assert [part for part in line["holds"] if part.casefold() not in said] == []
    assert [part for part in line["lacks"] if part.casefold() in said] == []


@pytest.mark.parametrize("line", SELF_CONTAINED, ids=[str(line["question"]) for line in SELF_CONTAINED])
def test_a_question_that_names_what_it_is_about_stays_letter_for_letter(line: dict[str, list[str]]) -> None:
    assert make_self_contained(str(line["question"]), line["history"]) == line["question"]


def test_the_lists_are_long_enough_to_mean_something() -> None:
    assert len(FOLLOW_UPS) >= 60
    assert len(SELF_CONTAINED) >= 60


def test_the_topic_is_kept_through_a_whole_conversation() -> None:
    history: list[str] = []
    searched = []
    for question in ("What is quicksort?", "And its worst case?", "why?", "what about mergesort?", "How much memory does it need?"):
        searched.append(make_self_contained(question, history))
        history.append(question)
    assert searched == [
        "What is quicksort?",
        "worst case of quicksort",
        "Why worst case of quicksort?",
        "worst case of mergesort",
        "How much memory does mergesort need?",
    ]


def test_a_new_topic_takes_the_place_of_the_old_one() -> None:
    assert make_self_contained("And its worst case?", ("How does TCP handle congestion?", "What is a heap?")) == "worst case of heap"


def test_a_follow_up_without_anything_before_it_is_searched_as_it_stands() -> None:
    for history in ((), ("",), ("hello!",), ("why?",)):
        assert make_self_contained("And its worst case?", history) == "And its worst case?"


def test_a_question_asked_again_of_other_books_means_what_it_meant_before() -> None:
    first = make_self_contained("why?", ("Is quicksort stable?",))
    assert make_self_contained("why?", ("Is quicksort stable?", "why?")) == first == "Why is quicksort stable?"


def test_a_pasted_page_is_no_follow_up() -> None:
    pasted = "It is fast. " * 40
    assert make_self_contained(pasted, ("What is quicksort?",)) == pasted


def test_any_text_at_all_can_come_before_and_after() -> None:
    odd = (
        "???",
        "…",
        "((((",
        "\\",
        "他",
        "那",
        "呢？",
        "it",
        "its",
        "and",
        "what about",
        "what about it",
        "the latter",
        "a" * 5000,
        "\u202e它",
        "%s {x}",
        "[",
        "vs",
        "和",
    )
    for before in odd:
        for question in odd:
            assert make_self_contained(question, (before, "What is a [stack]?"))


@pytest.mark.parametrize(
    ("question", "thing", "aspect"),
    [
        ("What is a red-black tree?", "red-black tree", ""),
        ("What is the time complexity of merge sort on linked lists?", "merge sort", "time complexity"),
        ("How does a hash table handle collisions?", "hash table", ""),
        ("How do I implement a stack in C?", "stack", ""),
        ("Why is quicksort not stable?", "quicksort", ""),
        ("快速排序的最坏情况是什么？", "快速排序", "最坏情况"),
        ("什么是栈？", "栈", ""),
    ],
)
def test_the_thing_and_what_is_asked_of_it_are_told_apart(question: str, thing: str, aspect: str) -> None:
    topic = read_topic(question)
    assert topic is not None
    assert (topic.thing, topic.aspect) == (thing, aspect)


def test_an_aspect_is_no_topic() -> None:
    assert is_aspect("the worst case")
    assert is_aspect("优缺点")
    assert not is_aspect("binary search tree")
    assert is_hollow("how fast is insertion?")
    assert is_hollow("有什么优点？")
    assert not is_hollow("what is a heap?")
    assert split_aspect("quicksort worst case") == ("worst case", "quicksort")
    assert split_aspect("radix sort") == ("", "radix sort")

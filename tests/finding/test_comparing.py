"""Comparisons: their sides, what is no comparison, and passages of both sides by turns."""

from __future__ import annotations

import pytest

from engine.finding.comparing import Comparison, names_all, read_comparison, take_turns


@pytest.mark.parametrize(
    ("question", "sides", "respect"),
    [
        ("stack vs queue", ("stack", "queue"), ""),
        ("Stack vs. queue: which should I use?", ("Stack", "queue"), ""),
        ("What is the difference between paging and segmentation?", ("paging", "segmentation"), ""),
        ("What's the difference between a mutex and a semaphore in operating systems?", ("mutex", "semaphore"), "operating systems"),
        ("How does TCP differ from UDP?", ("TCP", "UDP"), ""),
        ("How is a process different from a thread?", ("process", "thread"), ""),
        ("How do stacks and queues differ?", ("stacks", "queues"), ""),
        ("Compare the running time of quicksort and mergesort.", ("running time of quicksort", "running time of mergesort"), ""),
        ("Is quicksort faster than mergesort?", ("quicksort", "mergesort"), ""),
        ("Why is quicksort usually faster than heapsort?", ("quicksort", "heapsort"), ""),
        ("Which is better, a stack or a queue?", ("stack", "queue"), ""),
        ("When should I use a hash table instead of a tree?", ("hash table", "tree"), ""),
        ("What is the advantage of a linked list over an array?", ("linked list", "array"), ""),
        ("differences between TCP, UDP and SCTP", ("TCP", "UDP", "SCTP"), ""),
        ("difference between singly and doubly linked lists", ("singly linked lists", "doubly linked lists"), ""),
        ("difference between depth-first and breadth-first search", ("depth-first search", "breadth-first search"), ""),
        ("nodes in a tree vs nodes in a graph", ("nodes in a tree", "nodes in a graph"), ""),
        ("let vs let*", ("let", "let*"), ""),
        ("stack or queue?", ("stack", "queue"), ""),
        ("比较栈和队列", ("栈", "队列"), ""),
        ("栈和队列有什么区别？", ("栈", "队列"), ""),
        ("请问进程和线程之间有什么不同？", ("进程", "线程"), ""),
        ("TCP和UDP的区别", ("TCP", "UDP"), ""),
        ("饱和运算和模运算的区别", ("饱和运算", "模运算"), ""),
        ("快速排序比归并排序快吗？", ("快速排序", "归并排序"), ""),
        ("比较快速排序和归并排序的时间复杂度", ("快速排序", "归并排序"), "时间复杂度"),
        ("栈 vs 队列", ("栈", "队列"), ""),
    ],
)
def test_a_comparison_is_split_into_its_sides(question: str, sides: tuple[str, ...], respect: str) -> None:
    assert read_comparison(question) == Comparison(sides, respect)


@pytest.mark.parametrize(
    "question",
    [
        "What is a stack?",
        "How many people lived there between 1990 and 2000?",
        "What percentage of nodes are larger than 65?",
        "What is the relationship between P and NP?",
        "What is a comparison sort?",
        "What is the difference in price?",
        "Is it faster than mergesort?",
        "How does that differ from this?",
        "search and replace",
        "什么是比较排序？",
        "比较排序的下界是多少？",
        "哪个比较快？",
        "比赛还剩多少时间？",
        "",
    ],
)
def test_what_is_no_comparison_or_points_elsewhere_is_left_whole(question: str) -> None:
    assert read_comparison(question) is None


def test_each_side_has_a_search_and_a_definition_of_its_own() -> None:
    comparison = Comparison(("B-tree", "binary search tree"), "disk access")
    assert comparison.questions == ("B-tree disk access", "binary search tree disk access")
    assert comparison.definitions == ("What is B-tree?", "What is binary search tree?")
    assert Comparison(("栈", "队列")).definitions == ("栈是什么？", "队列是什么？")


def test_sides_take_turns_and_nothing_stands_twice() -> None:
    taken = take_turns(["both", "a1", "x"], [["a1", "a2"], ["b1", "a2"]], key=lambda item: item, holds_all=lambda item: item == "both")
    assert taken == ["both", "a1", "b1", "a2", "x"]


def test_without_a_passage_on_both_the_best_of_each_side_opens_the_ranking() -> None:
    taken = take_turns(["x", "y"], [["a1", "a2"], ["b1"]], key=lambda item: item, holds_all=lambda item: False)
    assert taken == ["a1", "b1", "x", "a2", "y"]


def test_a_text_names_all_sides_in_whatever_form() -> None:
    assert names_all("Queues serve who comes first, stacks who comes last.", ("stack", "queue"))
    assert not names_all("A stack holds plates.", ("stack", "queue"))
    assert names_all("栈后进先出，队列先进先出。", ("栈", "队列"))

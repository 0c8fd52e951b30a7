"""The best verbatim sentences: definitions first, whole sentences only, explanations together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.answering.extract import best_sentences
from engine.answering.questions import take_apart
from engine.answering.sentencehood import is_real_sentence
from engine.values import Passage


def texts(question: str, passages: tuple[Passage, ...], limit: int = 3) -> list[str]:
    return [passages[index].text[start:end] for index, start, end in best_sentences(question, passages, limit=limit)]


@pytest.mark.parametrize(
    ("question", "beginning"),
    [
        ("What is a stack?", "A stack is a collection in which"),
        ("What are queues?", "A queue is a collection in which"),
        ("What is a binary search tree?", "A binary search tree is a binary tree"),
        ("Define AVL tree", "An AVL tree is a binary search tree"),
        ("what is a red-black tree", "A red-black tree is a binary search tree in which"),
        ("What does push mean?", "The operation that adds an element"),
        ("What is thrashing?", "Thrashing means that"),
        ("What is a page fault?", "A page fault occurs when"),
        ("What is tree, AVL?", "An AVL tree is a binary search tree"),
        ("Who published the AVL tree in 1962?", "It is named after its inventors"),
        ("How many bytes has the UDP header?", "The TCP header has at least 20 bytes"),
        ("Why does merge sort need additional memory?", "Merge sort needs additional memory because"),
        ("When does a deadlock occur?", "A deadlock occurs when two threads"),
        ("什么是栈？", "栈是一种后进先出"),
        ("队列是什么？", "队列是一种先进先出"),
        ("归并排序的时间复杂度是多少？", "归并排序是稳定的排序算法"),
    ],
)
def test_the_answering_sentence_comes_first(question: str, beginning: str, passages: tuple[Passage, ...]) -> None:
    found = texts(question, passages)
    assert any(text.startswith(beginning) for text in found[:2]), found


def test_definition_beats_mention_even_from_a_lower_rank(make_passage: Callable[..., Passage]) -> None:
    mention = make_passage(0, "Every process waits at the semaphore before it enters the critical section of the program.")
    definition = make_passage(1, "A semaphore is an integer variable that is changed only by two atomic operations.")
    assert texts("What is a semaphore?", (mention, definition))[0].startswith("A semaphore is an integer")


def test_a_part_of_a_compound_is_not_the_thing(make_passage: Callable[..., Passage]) -> None:
    compound = make_passage(0, "Python is an object-oriented language, which means that object-oriented programs are easily written in it.")
    thing = make_passage(1, "An object is a bundle of state and of the operations on it.")
    assert texts("What is an object?", (compound, thing)) == ["An object is a bundle of state and of the operations on it."]


def test_named_things_count_as_defined(make_passage: Callable[..., Passage]) -> None:
    passage = make_passage(0, "Programs change often. Repeated execution of a set of statements is called iteration. Iteration is common.")
    assert "Repeated execution of a set of statements is called iteration." in texts("What is iteration?", (passage,))


def test_a_sentence_that_points_back_brings_the_one_before_it(make_passage: Callable[..., Passage]) -> None:
    passage = make_passage(0, "Codes differ. No codeword is the beginning of another codeword here. Such a code is called a prefix code. It saves space.")
    found = texts("What is a preﬁx code?", (passage,))
    assert found[:2] == ["No codeword is the beginning of another codeword here.", "Such a code is called a prefix code."]


def test_a_glossary_entry_is_a_definition(make_passage: Callable[..., Passage]) -> None:
    passage = make_passage(
        0,
        "Glossary\n\nbug An error in a program.\n\nHeap property. The condition that no key is larger than those of its children.",
    )
    assert texts("What is a bug?", (passage,))[0] == "bug An error in a program."
    assert texts("What is the heap property?", (passage,))[0].startswith("Heap property. The condition")


def test_how_questions_get_sentences_that_stand_together(make_passage: Callable[..., Passage]) -> None:
    passage = make_passage(
        0,
        "Many lists are long. To insert a key into a heap, append it to the array. "
        "It is then swapped with its parent until its parent is no larger. Insertion takes little time.",
    )
    spans = best_sentences("How is a key inserted into a heap?", (passage,))
    found = [passage.text[start:end] for _, start, end in spans]
    assert found[:2] == ["To insert a key into a heap, append it to the array.", "It is then swapped with its parent until its parent is no larger."]


def test_the_same_sentence_from_two_books_is_given_once(make_passage: Callable[..., Passage]) -> None:
    text = "A monitor is an object whose methods exclude each other."
    found = texts("What is a monitor?", (make_passage(0, text), make_passage(1, text, document="d2")))
    assert found == [text]


def test_headings_captions_exercises_code_and_index_lines_are_no_answers(make_passage: Callable[..., Passage]) -> None:
    debris = (
        "Binary heaps\n\nFigure 3.1: A binary heap with seven keys is shown.\n\nExercise 4. Show that a binary heap has a root.\n\n"
        "heap, 12, 45, 103\n\nheap = []\nheap.append(3)\n\nA binary heap is a complete tree whose parents are no larger than their children."
    )
    found = texts("What is a binary heap?", (make_passage(0, debris),))
    assert found == ["A binary heap is a complete tree whose parents are no larger than their children."]


def test_unfinished_entries_serve_when_there_is_no_whole_sentence(make_passage: Callable[..., Passage]) -> None:
    assert texts("What is a tableau?", (make_passage(0, "tableau a stream of streams in which each is a transform of the one before"),))


def test_nothing_comes_of_passages_about_something_else(passages: tuple[Passage, ...]) -> None:
    assert best_sentences("What is photosynthesis?", passages) == ()
    assert best_sentences("What is a stack?", ()) == ()


def test_there_are_never_more_than_asked_for_and_spans_do_not_repeat(passages: tuple[Passage, ...]) -> None:
    for limit in (1, 2, 3):
        spans = best_sentences("How are trees and keys sorted in memory?", passages, limit=limit)
        assert len(spans) <= limit
        assert len(set(spans)) == len(spans)


@pytest.mark.parametrize(
    "text",
    [
        "A stack is a list that grows at one end.",
        "list.append() adds an element to the end of the list.",
        "栈是一种后进先出的线性数据结构。",
        "(In practice, arrays are faster than lists.)",
    ],
)
def test_real_sentences_are_recognised(text: str) -> None:
    assert is_real_sentence(text)


@pytest.mark.parametrize(
    "text",
    [
        "Binary search trees",
        "and continues from the page before.",
        "Figure 2.4: The stack after two pushes is shown.",
        "Table 1 lists the costs of operations.",
        "x = y + 1; z = 3; w = x * y.",
        "Knuth, D., The Art of Computer Programming, vol. 3, pp. 12.",
        "stack, 12, 45, 103",
        "What is a stack and how does it work?",
        "Show that the height of a heap is logarithmic.",
        "1 2 3 4 5 6 7 8 is 9.",
        "It is.",
    ],
)
def test_debris_is_not_a_sentence(text: str) -> None:
    assert not is_real_sentence(text)


@pytest.mark.parametrize(
    ("question", "subject", "intent"),
    [
        ("What is a red-black tree?", ("red", "black", "tre"), "definition"),
        ("What's recursion", ("recurs",), "definition"),
        ("What does thrashing mean?", ("thrash",), "definition"),
        ("What is page table, hashed?", ("hash", "pag", "tabl"), "definition"),
        ("How does paging work?", (), "explanation"),
        ("Which trees are balanced?", (), "other"),
        ("什么是二叉树？", ("二叉树",), "definition"),
        ("为什么快速排序很快？", (), "explanation"),
    ],
)
def test_a_question_is_taken_apart(question: str, subject: tuple[str, ...], intent: str) -> None:
    asked = take_apart(question)
    assert (asked.subject, asked.intent) == (subject, intent)


def test_the_end_of_a_chinese_sentence_that_was_cut_off_does_not_go_before_a_whole_one(make_passage: Callable[..., Passage]) -> None:
    text = "的面包会因此变得很硬而且很干。\n\n面包放在空气里会慢慢变硬。"
    assert texts("面包为什么会变硬？", (make_passage(1, text),), limit=1) == ["面包放在空气里会慢慢变硬。"]

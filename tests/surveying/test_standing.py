"""Which sentences can stand in a list, and which term a sentence defines."""

from __future__ import annotations

import pytest

from engine.surveying.defined import defined_term
from engine.surveying.standing import plainness, stands_alone


@pytest.mark.parametrize(
    "sentence",
    [
        "A stack is a collection in which the item added last is removed first.",
        "Memory protection is the most fundamental barrier between processes.",
        "The time of a search grows with the height of the tree.",
        "First-come, first-served scheduling is fair but slow.",
        "快速排序是一种基于分治思想的排序算法。",
    ],
)
def test_a_sentence_that_stands_alone(sentence: str) -> None:
    assert stands_alone(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "This is why it is used everywhere in the system.",
        "However, the other thread has to wait for the lock.",
        "As shown in Figure 3.2, the tree is balanced again.",
        "The following procedure removes an item from the list.",
        "Show that every tree with n nodes has n minus one edges.",
        "For example, a list of names can be sorted by length.",
        "We will see in the next section how it works in detail.",
        "What is the purpose of a lock in such a program?",
        "It takes O(n) time to walk through the whole list.",
        "7.5 Explain the relationship between handles and capabilities.",
        "While the operations on the tail of the array are fast.",
        "因此，它的时间复杂度是线性的。",
        "如图 3 所示，这棵树是平衡的。",
    ],
)
def test_a_sentence_that_leans_on_what_is_around_it(sentence: str) -> None:
    assert not stands_alone(sentence)


def test_what_points_at_something_or_tells_an_example_is_less_plain() -> None:
    assert plainness("A queue keeps its items in the order of their arrival.") == 1.0
    assert plainness("A queue keeps these items in the order of their arrival.") < 0.7
    assert plainness("Peter takes $10 from the account while I watch him.") < 0.6


def test_a_term_is_defined_where_it_is_set_apart_and_said_to_be_something() -> None:
    assert defined_term("A mutex that uses busy waiting is called a spinlock.", ("spinlock",)) == "spinlock"
    assert defined_term("A zombie is a process that has ended.", ("zombie",)) == "zombie"
    assert defined_term("红黑树是一种自平衡二叉查找树。", ("红黑树",)) == "红黑树"
    assert defined_term("A thread may wait for a spinlock.", ("spinlock",)) is None
    assert defined_term("The word is never used with care.", ("never",)) is None


def test_without_emphasis_only_naming_words_define() -> None:
    assert defined_term("The uncontrolled interactions are called races.", (), set_apart=False) == "races"
    assert defined_term("The uncontrolled interactions are called races.", ()) is None
    assert defined_term("后进先出的线性表称为栈。", (), set_apart=False) == "栈"
    assert defined_term("The calls are called pthread_cond_signal and pthread_cond_broadcast.", ("pthread_cond_signal",)) is None

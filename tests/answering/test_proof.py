"""Which sentences a passage bears, and which only look as if: a changed number, name, negation or direction disproves."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pytest

from engine.answering.proof import Proof, Prover, prove
from engine.answering.terms import bare_digits, long_word_prefixes
from engine.values import Passage

TRUE = (
    "A stack is a collection in which the element that was added last is removed first.",
    "A stack is a collection where the last element added is removed first.",
    "**Push** adds an element to the top of a stack.",
    "The operation that removes the top element is called pop.",
    "A queue is a collection in which the element added first is removed first.",
    "Web servers and printers use queues.",
    "A circular buffer supports both queue operations in constant time.",
    "In a binary search tree, every key in the left subtree of a node is smaller than the key of the node.",
    "A search takes O(h) time, where h is the tree's height.",
    "If keys arrive in sorted order, the tree degenerates into a linked list.",
    "An AVL tree is a binary search tree in which the heights of the two subtrees of every node differ by at most one.",
    "An AVL tree is named after its inventors Adelson-Velsky and Landis.",
    "The AVL tree was published in 1962 and is named after its inventors Adelson-Velsky and Landis.",
    "The height of an AVL tree with n keys is at most about 1.44 log n.",
    "In a red-black tree, every node is colored red or black.",
    "A red node has no red child.",
    "A red-black tree needs fewer rotations than an AVL tree.",
    "Merge sort and insertion sort are stable.",
    "Heapsort and quicksort are not stable.",
    "Quicksort takes O(n²) time in the worst case.",
    "Quicksort takes O(n log n) time on average.",
    "Merge sort needs additional memory.",
    "Paging divides the memory into frames of 4096 bytes.",
    "A page fault occurs when a program accesses a page that isn't in memory.",
    "The operating system loads the page from disk into a free frame.",
    "Thrashing means that the computer spends more time on page faults than on useful work.",
    "UDP does not guarantee delivery.",
    "TCP retransmits lost segments and delivers bytes in order.",
    "A router forwards packets between networks.",
    "The TCP header has at least 20 bytes.",
    "A mutex must be locked before shared data is accessed.",
    "A deadlock occurs when two threads wait for each other forever.",
    "`threading.Lock` offers the methods acquire and release.",
    "A semaphore counts the available resources.",
    "栈是一种后进先出的线性数据结构。",
    "队列是先进先出的数据结构。",
    "归并排序是稳定的排序算法。",
)

FALSE = (
    ("number", "An AVL tree with n keys has a height of at most about 1.54 log n."),
    ("number", "Paging divides memory into frames of 8192 bytes."),
    ("year", "It is named after its inventors Adelson-Velsky and Landis, who published it in 1972."),
    ("number word", "A deadlock occurs when three threads wait for each other forever."),
    ("number word", "The heights of the two subtrees of every node of an AVL tree differ by at most two."),
    ("bound", "The heights of the two subtrees of every node of an AVL tree differ by at least one."),
    ("bound dropped", "In an AVL tree, the heights of the two subtrees of every node differ by one."),
    ("numbers exchanged", "The UDP header has 20 bytes."),
    ("order of growth", "Quicksort takes O(n) time in the worst case."),
    ("case", "Quicksort takes O(n²) time on average."),
    ("growth", "A circular buffer supports both queue operations in linear time."),
    ("negation added", "A search does not take O(h) time, where h is the height of the tree."),
    ("negation added", "A router does not forward packets between networks by their destination address."),
    ("negation dropped", "UDP does guarantee delivery."),
    ("negation dropped", "A red node has a red child."),
    ("negation dropped", "A page fault occurs when a program accesses a page that is in memory."),
    ("negation moved", "Heapsort and quicksort are stable."),
    ("negation moved", "Merge sort and insertion sort are not stable."),
    ("name", "It is named after its inventors Bayer and Landis, who published it in 1962."),
    ("name", "A splay tree needs fewer rotations than an AVL tree when keys are inserted and deleted."),
    ("acronym", "SCTP delivers bytes in order and retransmits lost segments."),
    ("subject", "A stack is a collection in which the element that was added first is removed first."),
    ("subject", "A queue is a collection in which the element that was added last is removed first."),
    ("subject", "A semaphore must be locked before the shared data is accessed."),
    ("opposite", "The operation that adds an element to the top of a stack is called pop."),
    ("opposite", "The operation that removes the top element is called push."),
    ("opposite", "In a binary search tree every key in the left subtree of a node is larger than the key of the node."),
    ("opposite", "Every key in the right subtree of a node is smaller than the key of the node in a binary search tree."),
    ("opposite", "If the keys arrive in unsorted order, the tree degenerates into a linked list."),
    ("direction", "A mutex must be locked after the shared data is accessed."),
    ("direction", "An AVL tree needs fewer rotations than a red-black tree when keys are inserted and deleted."),
    ("comparison", "A red-black tree needs more rotations than an AVL tree when keys are inserted and deleted."),
    ("comparison", "Thrashing means that a computer spends less time on page faults than on useful work."),
    ("word", "A red-black tree is a binary search tree in which every node is colored red or blue."),
    ("word", "Merge sort needs additional threads because it copies both halves."),
    ("identifier", "Python's `threading.Event` offers the methods acquire and release."),
    ("invented", "A stack is commonly implemented by means of a garbage collector."),
    ("kind", "A circular buffer is a collection of circular arrays that supports both queue operations in constant time without moving anything."),
    ("fragment", "A search tree."),
    ("heading", "Search trees"),
    ("lead-in", "Here is the answer to the question:"),
    ("question", "What is a binary search tree?"),
    ("nothing", "It is a collection."),
    ("chinese opposite", "归并排序是不稳定的排序算法。"),
    ("chinese other", "栈是一种用于网络通信的协议标准。"),
)


def quote_of(proof: Proof, passages: Sequence[Passage]) -> str:
    return passages[proof.passage].text[proof.start : proof.end]


@pytest.mark.parametrize("sentence", TRUE)
def test_a_true_sentence_is_proven(sentence: str, passages: tuple[Passage, ...]) -> None:
    proof = prove(sentence, passages)
    assert proof is not None
    assert proof.coverage >= 0.75


@pytest.mark.parametrize(("kind", "sentence"), FALSE, ids=[f"{kind}: {sentence}" for kind, sentence in FALSE])
def test_a_subtly_false_sentence_is_not_proven(kind: str, sentence: str, passages: tuple[Passage, ...]) -> None:
    proof = prove(sentence, passages)
    assert proof is None, quote_of(proof, passages)


@pytest.mark.parametrize("sentence", TRUE)
def test_the_quote_holds_the_numbers_and_most_of_the_words(sentence: str, passages: tuple[Passage, ...]) -> None:
    proof = prove(sentence, passages)
    assert proof is not None
    quote = quote_of(proof, passages)
    said = long_word_prefixes(sentence)
    assert bare_digits(sentence) <= bare_digits(quote)
    assert len(said & long_word_prefixes(quote)) >= 0.6 * len(said)
    assert len(re.findall(r"\w+", quote)) >= 4 or not quote.isascii()


def test_every_sentence_of_the_passages_proves_itself_verbatim(passages: tuple[Passage, ...]) -> None:
    prover = Prover(passages)
    for passage in passages[:-1]:
        for sentence in re.split(r"(?<=\.) (?=[A-Z])", passage.text.split("\n\n")[-1 if "trees\n" in passage.text else 0]):
            proof = prover.prove(sentence)
            assert proof is not None, sentence
            assert quote_of(proof, passages) == sentence


def test_copied_code_is_proven_and_changed_code_is_not(passages: tuple[Passage, ...]) -> None:
    code = "```python\ndef merge(left, right):\n    result = []\n    while left and right:\n        result.append(left.pop(0))\n    return result\n```"
    proof = prove(code, passages)
    assert proof is not None
    assert quote_of(proof, passages).startswith("def merge(left, right):")
    assert prove(code.replace("pop(0)", "pop(1)"), passages) is None


def test_the_question_said_again_is_never_proven(passages: tuple[Passage, ...]) -> None:
    assert prove("A stack is a collection.", passages, question="Is a stack a collection?") is None


def test_two_sentences_that_follow_each_other_may_bear_one_together(passages: tuple[Passage, ...]) -> None:
    proof = prove("An AVL tree is a binary search tree that was published in 1962 by its inventors Adelson-Velsky and Landis.", passages)
    assert proof is not None
    assert quote_of(proof, passages).count(". ") == 1


def test_a_pair_does_not_lend_one_subject_the_words_of_another(passages: tuple[Passage, ...]) -> None:
    assert prove("A deadlock must be locked before the shared data is accessed.", passages) is None


def test_no_passages_prove_nothing() -> None:
    assert prove("A stack is a collection.", ()) is None


def test_a_sentence_that_denies_twice_is_not_borne_by_one_that_denies_once(passages: tuple[Passage, ...]) -> None:
    assert prove("Merge sort and quicksort are not stable, and heapsort and quicksort are not.", passages) is None


def test_two_statements_may_be_proven_part_by_part(passages: tuple[Passage, ...]) -> None:
    proof = prove("TCP retransmits lost segments, but a router forwards packets between networks.", passages)
    assert proof is not None
    assert {"TCP", "router"} <= set(re.findall(r"\w+", quote_of(proof, passages)))
    assert prove("TCP retransmits lost segments, but a router forwards segments between processes.", passages) is None


def test_code_does_not_prove_what_is_said_about_it(make_passage: Callable[..., Passage]) -> None:
    code = make_passage(0, "while neighbor in waiting:\n    distance[neighbor] = distance[vertex] + 1\n    waiting.append(neighbor)")
    assert prove("The distance of the neighbor waiting is the distance of the vertex.", (code,)) is None


def test_a_word_that_the_passage_does_not_have_is_made_up(passages: tuple[Passage, ...]) -> None:
    assert prove("A circular buffer elegantly supports both queue operations in constant time without moving anything.", passages) is None


def test_what_is_used_instead_of_another_thing_does_not_prove_the_other(make_passage: Callable[..., Passage]) -> None:
    passage = make_passage(0, "The scheduler of this system uses a queue rather than a heap.")
    assert prove("The scheduler of this system uses a queue.", (passage,)) is not None
    assert prove("The scheduler of this system uses a heap.", (passage,)) is None


def test_one_of_two_alternatives_is_not_proven_alone(make_passage: Callable[..., Passage]) -> None:
    passage = make_passage(0, "The database rejects the deletion or deletes the rows that refer to it.")
    assert prove("The database rejects the deletion.", (passage,)) is None

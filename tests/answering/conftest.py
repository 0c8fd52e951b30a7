"""Passages of two made-up books, as a reader would deliver them: paragraphs apart by blank lines, code with its lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.answering.assemble import Location
from engine.values import Passage

TEXTS = (
    (
        "Stacks",
        "A stack is a collection in which the element that was added last is removed first. This rule is called last in, first out. "
        "The operation that adds an element to the top of a stack is called push, and the operation that removes the top element is called pop.",
    ),
    (
        "Queues",
        "A queue is a collection in which the element that was added first is removed first. Printers and web servers use queues. "
        "With two indices, a circular buffer supports both queue operations in constant time without moving anything.",
    ),
    (
        "Search trees",
        "Search trees\n\nA binary search tree is a binary tree in which every key in the left subtree of a node is smaller than the key of the node, "
        "and every key in its right subtree is larger. A search takes O(h) time, where h is the height of the tree. "
        "If the keys arrive in sorted order, the tree degenerates into a linked list.",
    ),
    (
        "AVL trees",
        "An AVL tree is a binary search tree in which the heights of the two subtrees of every node differ by at most one. "
        "It is named after its inventors Adelson-Velsky and Landis, who published it in 1962. "
        "The height of an AVL tree with n keys is at most about 1.44 log n.",
    ),
    (
        "Red-black trees",
        "A red-black tree is a binary search tree in which every node is colored red or black. A red node has no red child. "
        "A red-black tree needs fewer rotations than an AVL tree when keys are inserted and deleted.",
    ),
    (
        "Sorting",
        "Merge sort and insertion sort are stable, and heapsort and quicksort are not. "
        "Quicksort takes O(n log n) time on average and O(n²) time in the worst case. "
        "Merge sort needs additional memory because it copies both halves.\n\n"
        "def merge(left, right):\n    result = []\n    while left and right:\n        result.append(left.pop(0))\n    return result",
    ),
    (
        "Paging",
        "Paging divides memory into frames of 4096 bytes. A page fault occurs when a program accesses a page that is not in memory. "
        "The operating system then loads the page from disk into a free frame. "
        "Thrashing means that a computer spends more time on page faults than on useful work.",
    ),
    (
        "Networks",
        "TCP delivers bytes in order and retransmits lost segments. UDP does not guarantee delivery. "
        "A router forwards packets between networks by their destination address. "
        "The TCP header has at least 20 bytes, and the UDP header has 8 bytes.",
    ),
    (
        "Threads",
        "A mutex must be locked before the shared data is accessed. A deadlock occurs when two threads wait for each other forever. "
        "Python's threading.Lock offers the methods acquire and release. The kernel schedules threads, and a semaphore counts the available resources.",
    ),
    (
        "栈与队列",
        "栈是一种后进先出的线性数据结构。元素只能在栈顶插入和删除。队列是一种先进先出的数据结构。"
        "归并排序是稳定的排序算法，其时间复杂度为O(n log n)。二叉堆的插入操作需要对数时间。",
    ),
)


def _passage(index: int, text: str, section: str = "", document: str = "d1") -> Passage:
    return Passage(
        rank=index + 1,
        document=document,
        path=f"/books/{document}.pdf",
        title="A Book",
        page=index + 1,
        page_label=str(index + 1),
        section=("Chapter", section),
        text=text,
        score=1.0 / (index + 1),
        boxes=(),
        chunk=index,
        sheet=index + 1,
        start=0,
    )


@pytest.fixture(scope="session")
def make_passage() -> Callable[..., Passage]:
    """`make_passage(index, text, section="", document="d1")`: one more passage of a made-up book."""
    return _passage


@pytest.fixture(scope="session")
def passages() -> tuple[Passage, ...]:
    return tuple(_passage(index, text, section) for index, (section, text) in enumerate(TEXTS))


@pytest.fixture(scope="session")
def locate() -> Callable[[Passage, int, int], Location]:
    """A library that knows every passage's page and draws one box as long as the quote."""

    def found(passage: Passage, start: int, end: int) -> Location:
        assert 0 <= start < end <= len(passage.text)
        page = passage.page or 1
        return Location(page=page, page_label=passage.page_label, boxes=((page, 0.0, 0.0, float(end - start), 10.0),))

    return found

"""A sentence may not claim more than its source, nor under conditions of its own."""

from __future__ import annotations

import pytest

from engine.answering.qualifications import overstates

OVERSTATED = (
    ("Programmers do not think about the continuation.", "Normally the continuation is hidden and programmers do not think about the continuation."),
    (
        "When a continuation is evaluated at top level, it includes actions specified by user code.",
        "Most of the time the continuation includes actions specified by user code.",
    ),
    ("No algorithm can sort faster than n log n comparisons.", "No algorithm that only compares elements can sort faster than n log n comparisons."),
    ("A hash table lookup takes constant time.", "A hash table lookup usually takes constant time."),
    ("The cache holds the page because it was read recently.", "The cache holds the page that was read recently."),
    ("哈希表的查找需要常数时间。", "哈希表的查找通常需要常数时间。"),
    ("Tail calls are executed in constant space.", "Tail calls are executed in constant space if the compiler supports it."),
    ("A problem is complete if it belongs to the class.", "A problem is complete if it belongs to the class and every other problem can be reduced to it."),
    ("The earth stands still in the middle of the planets.", "It was believed that the earth stands still in the middle of the planets."),
)
FAITHFUL = (
    ("A hash table lookup usually takes constant time.", "In general, a hash table lookup takes constant time."),
    ("A hash table lookup often takes constant time.", "A hash table lookup usually takes constant time."),
    ("If the array is sorted, binary search works.", "Binary search works when the array is sorted."),
    ("A stack is a collection in which the last element is removed first.", "A stack is a collection where the element added last is removed first."),
    ("A queue removes the oldest element.", "A queue removes the oldest element, and usually it is implemented with a ring of memory cells."),
    ("A book about trees describes rotations.", "The book about trees describes rotations."),
    ("The call replaces the program of the process.", "The call replaces the program of the process and does not return unless an error occurs."),
    ("A blocked process must become ready.", "Only a running process can become blocked, and a blocked process must become ready."),
)


@pytest.mark.parametrize(("sentence", "source"), OVERSTATED)
def test_what_claims_more_than_its_source_is_told(sentence: str, source: str) -> None:
    assert overstates(sentence, source)


@pytest.mark.parametrize(("sentence", "source"), FAITHFUL)
def test_what_says_as_much_as_its_source_is_let_through(sentence: str, source: str) -> None:
    assert not overstates(sentence, source)

"""Other orders of the same words say the same, and the roles in them stay."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.answering.contradictions import contradicts
from engine.answering.proof import prove
from engine.answering.rewordings import rewordings
from engine.values import Passage


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("In linear time, counting sort orders small integers.", "counting sort orders small integers in linear time."),
        ("A frame is reused if its page is clean.", "if its page is clean, A frame is reused."),
        ("Two queues are merged into one by the operation meld.", "the operation meld merged two queues into one."),
    ],
)
def test_a_sentence_is_told_in_another_order(sentence: str, other: str) -> None:
    assert other in rewordings(sentence)


def test_how_something_is_done_is_not_who_does_it() -> None:
    assert all("reference passed" not in other for other in rewordings("Large arrays are passed by reference."))


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Every worker asks the master for a job.", "The master asks every worker for a job."),
        ("The sort makes n comparisons in all.", "The sort makes 2n comparisons in all."),
        ("The sons of node i are at 2i and 2i + 1.", "The sons of node i are at 2i + 1 and 2i + 2."),
        ("The printer first tries with compression.", "The printer first tries without compression."),
        ("A record is a field with a name and a list.", "A field is a record with a name and a list."),
    ],
)
def test_exchanged_roles_and_changed_expressions_speak_against_a_sentence(sentence: str, source: str) -> None:
    assert contradicts(sentence, source) is not None


def test_a_pronoun_is_read_as_what_the_sentence_before_is_about(make_passage: Callable[..., Passage]) -> None:
    passage = make_passage(0, "Shell sort sorts an array with shrinking gaps. With good gaps it needs fewer than n squared comparisons.")
    assert prove("With good gaps, Shell sort needs fewer than n squared comparisons.", [passage]) is not None
    assert prove("With good gaps, bubble sort needs fewer than n squared comparisons.", [passage]) is None

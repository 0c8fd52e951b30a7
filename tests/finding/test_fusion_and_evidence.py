"""Fusion, evidence and what introduces a term: pure arithmetic on small examples."""

from __future__ import annotations

import pytest

from engine.finding.defining import Candidate, Defining, rank_by_definition
from engine.finding.evidence import Features, judge_evidence, rarity
from engine.finding.fusion import Ranking, fuse_rankings


def test_fusion_adds_what_each_ranking_gives_of_its_weight() -> None:
    fused = fuse_rankings([Ranking("one", [("a", 8.0), ("b", 4.0)]), Ranking("two", [("b", 3.0), ("c", 1.5)], weight=3.0)])
    assert fused == pytest.approx({"a": 1 / 4, "b": 0.5 / 4 + 3 / 4, "c": 1.5 / 4})


def test_scores_without_a_zero_count_from_the_lowest_and_known_ones_up_to_what_is_full() -> None:
    assert fuse_rankings([Ranking("cosines", [("a", 0.7), ("b", 0.6), ("c", 0.5)], nothing=None)]) == pytest.approx({"a": 1.0, "b": 0.5, "c": 0.0})
    assert fuse_rankings([Ranking("points", [("a", 6.0), ("b", 1.0)], full=4.0)]) == pytest.approx({"a": 1.0, "b": 0.25})


def test_a_ranking_that_finds_all_alike_moves_nothing() -> None:
    before = fuse_rankings([Ranking("one", [("a", 2.0), ("b", 1.0)])])
    after = fuse_rankings([Ranking("one", [("a", 2.0), ("b", 1.0)]), Ranking("same", [("a", 0.4), ("b", 0.4)], nothing=None)])
    assert sorted(before, key=before.__getitem__) == sorted(after, key=after.__getitem__)


def test_what_a_ranking_did_not_find_is_not_held_against_the_others() -> None:
    assert fuse_rankings([Ranking("one", [("a", 2.0)]), Ranking("empty", [], weight=5.0)]) == {"a": 1.0}


def test_fusing_nothing_gives_nothing() -> None:
    assert fuse_rankings([]) == {}
    assert fuse_rankings([Ranking("empty", [])]) == {}


def test_rarer_words_tell_more() -> None:
    assert rarity(0, 1000) > rarity(1, 1000) > rarity(500, 1000) > rarity(1000, 1000) >= 0.0


def evidence(frequencies: tuple[int, ...], matches: tuple[set[int], ...], **more: object) -> bool:
    phrase = frozenset(more.pop("phrase", ()))  # type: ignore[call-overload]
    features = Features(frequencies, 5000, tuple(frozenset(found) for found in matches), phrase, **{"cosine": None, **more})  # type: ignore[arg-type]
    return judge_evidence(features).answerable


def test_a_term_of_the_library_is_answerable_with_and_without_meaning() -> None:
    assert evidence((20, 300), ({1, 2}, {1, 3}), phrase={1}, cosine=0.55, introduced=3.0)
    assert evidence((20, 300), ({1, 2}, {1, 3}), phrase={1}, introduced=3.0)
    assert evidence((20,), ({1},), cosine=0.5)


def test_words_scattered_over_a_book_are_no_evidence() -> None:
    assert not evidence((2, 30, 40, 10), ({1}, {2}, {3}, {4}), cosine=0.2)
    assert not evidence((2, 30, 40, 10), ({1}, {2}, {3}, {4}))


def test_a_short_question_with_a_word_that_never_occurs_is_not_answerable() -> None:
    assert not evidence((0, 300), (set(), {1}), cosine=0.3)
    assert not evidence((0,), (set(),), cosine=0.3)
    assert not evidence((0,), (set(),))


def test_near_meaning_makes_up_for_other_words() -> None:
    matches = ({1}, {1}, set(), {1}, set(), {2})
    assert evidence((90, 60, 30, 200, 40, 70), matches, cosine=0.65)
    assert not evidence((90, 60, 30, 200, 40, 70), matches, cosine=0.15)


def test_an_empty_library_or_question_has_no_evidence() -> None:
    assert judge_evidence(Features((), 5000, (), frozenset(), None)).confidence == 0.0
    assert judge_evidence(Features((0,), 0, (frozenset(),), frozenset(), 0.9)).confidence == 0.0


def points(subject: str, text: str, *, section: tuple[str, ...] = (), emphasis: str = "", opens: bool = False) -> float:
    return Defining(subject).points(Candidate(text, section, emphasis, opens))


@pytest.mark.parametrize(
    "text",
    [
        "Such a structure is called a heap.",
        "A heap is a tree in which every parent is larger than its children.",
        "What we mean: heap: a kind of tree. The word heap means such a tree.",
        "Heaps are said to be full when …",
        "(define (heap x) x)",
    ],
)
def test_a_defining_phrase_counts(text: str) -> None:
    assert points("heap", text) > points("heap", "We put it on the heap again.") == 0.0


def test_headings_and_emphasis_count_most_where_they_say_nothing_else() -> None:
    used = "Later we use a hash table."
    assert points("hash table", used, emphasis="hash table · other") > points("hash table", used, emphasis="a very long note on a hash table") > 0.0
    opening = points("hash table", used, section=("Structures", "3.2 Hash tables"), opens=True)
    assert (
        opening > points("hash table", used, section=("Structures", "3.2 Hash tables")) > points("hash table", used, section=("Hash tables", "Exercises")) > 0.0
    )


def test_terms_are_seen_across_lines_hyphens_and_plurals_but_not_inside_of_words() -> None:
    assert points("red-black tree", "These are called red-black\ntrees.") > 0.0
    assert points("red-black tree", "These are called red black trees.") > 0.0
    assert points("heap", "This is called a cheap trick.") == 0.0
    assert points("\\hbox", "The command called \\hbox builds a box.") > 0.0
    assert points("红黑树", "红黑树是一种平衡树。") > 0.0


def test_a_whole_sentence_is_no_term() -> None:
    assert points("how to avoid that two threads write at the same time", "called how to avoid that two threads write at the same time") == 0.0


def test_ties_keep_the_order_they_came_in() -> None:
    same = Candidate("It is called a heap.", (), "", False)
    assert [chunk for chunk, _ in rank_by_definition("heap", [(5, same), (2, same), (9, Candidate("no", (), "", False))])] == [5, 2]

"""Fusion, evidence and what introduces a term: pure arithmetic on small examples."""

from __future__ import annotations

import math
from typing import Any

import pytest

from engine.finding.defining import Candidate, Defining, rank_by_definition
from engine.finding.evidence import SPAN, STRICTNESS, UNLIKE, WEIGHTS_VERSION, Evidence, Features, judge_evidence, rarity
from engine.finding.fusion import Ranking, fuse_rankings
from engine.library.calibrations import Calibration


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


def judged(frequencies: tuple[int, ...], matches: tuple[set[int], ...], **more: Any) -> Evidence:
    """Evidence in a library of 5,000 chunks. Cosines are given as a triple: the nearest, the tenth, the last."""
    phrase = frozenset(more.pop("phrase", ()))
    together = tuple(frozenset(found) for found in more.pop("together", ()))
    typed = more.pop("typed", None)
    nearest, tenth, last = more.pop("cosines", (None, None, None))
    return judge_evidence(
        Features(
            frequencies,
            5000,
            tuple(frozenset(found) for found in matches),
            phrase,
            nearest,
            typed=None if typed is None else tuple(frozenset(found) for found in typed),
            together=together,
            cosine_tenth=tenth,
            cosine_last=last,
            **more,
        )
    )


def answerable(*given: Any, **more: Any) -> bool:
    return judged(*given, **more).answerable


def test_a_term_of_the_library_is_answerable_with_and_without_meaning() -> None:
    assert answerable((20, 300), ({1, 2}, {1, 3}), phrase={1}, together=({1},), cosines=(0.55, 0.41, 0.31), introduced=3.0)
    assert answerable((20, 300), ({1, 2}, {1, 3}), phrase={1}, together=({1},), introduced=3.0)
    assert answerable((20,), ({1},), cosines=(0.5, 0.38, 0.28), agreeing=2)


def test_words_scattered_over_a_book_are_no_evidence() -> None:
    assert not answerable((2, 30, 40, 10), ({1}, {2}, {3}, {4}), cosines=(0.2, 0.15, 0.1))
    assert not answerable((2, 30, 40, 10), ({1}, {2}, {3}, {4}))


def test_knowing_every_word_is_not_knowing_the_thing() -> None:
    apart = {"cosines": (0.4, 0.33, 0.24), "agreeing": 1}
    assert not answerable((60, 80, 90), ({1, 2}, {1, 3}, {4}), together=(set(), set()), **apart)
    assert answerable((60, 80, 90), ({1}, {1}, {1}), together=({1}, {1}), phrase={1}, **apart)


def test_a_word_in_another_form_says_less_than_the_word_itself() -> None:
    some = {"cosines": (0.35, 0.28, 0.2), "agreeing": 2}
    itself, related = judged((300,), ({1, 2},), typed=({1},), **some), judged((300,), ({1, 2},), typed=(set(),), **some)
    assert itself.answerable
    assert not related.answerable


def test_a_short_question_with_a_word_that_never_occurs_is_not_answerable() -> None:
    assert not answerable((0, 300), (set(), {1}), cosines=(0.3, 0.25, 0.2))
    assert not answerable((0,), (set(),), cosines=(0.3, 0.25, 0.2))
    assert not answerable((0,), (set(),))


def test_near_meaning_makes_up_for_other_words() -> None:
    matches = ({1}, {1}, set(), {1}, set(), {2})
    assert answerable((90, 60, 30, 200, 40, 70), matches, cosines=(0.7, 0.52, 0.35), agreeing=1)
    assert not answerable((90, 60, 30, 200, 40, 70), matches, cosines=(0.15, 0.13, 0.1), agreeing=1)


def test_the_nearest_of_a_library_must_stand_out_from_the_rest() -> None:
    matches = ({1}, set(), {1}, {2})
    assert judged((90, 60, 30, 20), matches, cosines=(0.5, 0.4, 0.2)).confidence > judged((90, 60, 30, 20), matches, cosines=(0.5, 0.48, 0.45)).confidence


def test_what_a_book_names_in_its_own_index_speaks_for_it() -> None:
    assert judged((400,), ({1},), cosines=(0.3, 0.25, 0.2), named=1.0).confidence > judged((400,), ({1},), cosines=(0.3, 0.25, 0.2), named=0.5).confidence


def test_an_empty_library_or_question_has_no_evidence() -> None:
    assert judge_evidence(Features((), 5000, (), frozenset(), None)).confidence == 0.0
    assert judge_evidence(Features((0,), 0, (frozenset(),), frozenset(), 0.9)).confidence == 0.0


def test_small_talk_is_no_question_however_often_its_words_occur() -> None:
    assert judged((3, 40), ({1}, {1}), phrase={1}, cosines=(0.6, 0.4, 0.2), small_talk=True) == Evidence(0.0, False)


def test_the_contributions_say_why() -> None:
    found = judged((20, 300), ({1, 2}, {1, 3}), phrase={1}, together=({1},), cosines=(0.55, 0.41, 0.31), introduced=3.0)
    points = {each.feature: each.points for each in found.contributions}
    assert found.confidence == pytest.approx(1 / (1 + math.exp(-sum(points.values()))), abs=1e-3)
    assert points["introduced"] > 0.0 > points["against any question"]


def test_strictness_and_what_the_library_taught_shift_the_sum() -> None:
    features = Features((20, 300), 5000, (frozenset({1}), frozenset({1})), frozenset({1}), None, together=(frozenset({1}),))
    usual = judge_evidence(features).confidence
    assert judge_evidence(features, leniency=STRICTNESS["lenient"]).confidence > usual > judge_evidence(features, leniency=STRICTNESS["strict"]).confidence
    assert judge_evidence(features, Calibration(words_shift=-1.0, version=WEIGHTS_VERSION)).confidence < usual
    assert judge_evidence(features, Calibration(shift=-1.0, version=WEIGHTS_VERSION)).confidence == usual
    assert judge_evidence(features, Calibration(words_shift=-1.0, version=WEIGHTS_VERSION - 1)).confidence == usual


def test_cosines_of_another_embedder_are_read_on_its_own_scale() -> None:
    def confidence(cosines: tuple[float, float, float], calibration: Calibration) -> float:
        features = Features((20, 300), 5000, (frozenset({1}), frozenset({1})), frozenset(), cosines[0], cosine_tenth=cosines[1], cosine_last=cosines[2])
        return judge_evidence(features, calibration).confidence

    usual = confidence((0.5, 0.4, 0.3), Calibration())
    narrow = tuple(0.7 + 0.2 * cosine for cosine in (0.5, 0.4, 0.3))
    taught = Calibration(unlike=0.7 + 0.2 * UNLIKE, span=0.2 * SPAN, version=WEIGHTS_VERSION)
    assert confidence((narrow[0], narrow[1], narrow[2]), taught) == pytest.approx(usual, abs=1e-3)


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

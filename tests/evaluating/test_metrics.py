"""The measures, against figures that can be worked out by hand."""

from __future__ import annotations

import math
import random

import pytest

from engine.evaluating.metrics import Judged, auroc, average_precision, hit_at, interval, mean, ndcg, reciprocal_rank, refusing


@pytest.mark.parametrize(("rank", "depth", "hit"), [(1, 1, 1.0), (5, 5, 1.0), (6, 5, 0.0), (None, 10, 0.0)])
def test_a_hit_is_a_right_one_among_the_first(rank: int | None, depth: int, hit: float) -> None:
    assert hit_at(depth, rank) == hit


@pytest.mark.parametrize(("rank", "worth"), [(1, 1.0), (4, 0.25), (10, 0.1), (11, 0.0), (None, 0.0)])
def test_the_reciprocal_rank_counts_down_to_the_tenth(rank: int | None, worth: float) -> None:
    assert reciprocal_rank(rank) == worth


def test_average_precision_is_the_mean_over_all_right_ones_found_or_not() -> None:
    # Manning, Raghavan and Schütze: precision at each right one, 0 for those that never come.
    assert average_precision([True, False, True], 2) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([True, False, True], 4) == pytest.approx((1 + 2 / 3) / 4)
    assert average_precision([], 3) == 0.0
    assert average_precision([], 0) == 0.0


def test_ndcg_is_one_when_the_right_ones_come_first_and_less_when_they_come_late() -> None:
    assert ndcg([True, True, False], 2) == pytest.approx(1.0)
    assert ndcg([False, True], 1) == pytest.approx(1 / math.log2(3))
    assert ndcg([False] * 10 + [True], 1) == 0.0
    assert ndcg([True], 0) == 0.0


def test_the_area_under_the_curve_is_the_share_of_pairs_in_order_and_ties_count_half() -> None:
    assert auroc([0.9, 0.8], [0.1, 0.2]) == 1.0
    assert auroc([0.1], [0.9]) == 0.0
    assert auroc([0.5, 0.5], [0.5]) == 0.5
    assert auroc([], [0.5]) is None
    dice = random.Random(7)
    high, low = [round(dice.random(), 1) for _ in range(40)], [round(dice.random(), 1) for _ in range(30)]
    by_pairs = sum((a > b) + 0.5 * (a == b) for a in high for b in low) / (len(high) * len(low))
    assert auroc(high, low) == pytest.approx(by_pairs)


def test_refusals_are_counted_as_what_is_looked_for() -> None:
    judged = [Judged(True, True, 0.9)] * 8 + [Judged(True, False, 0.4)] * 2 + [Judged(False, False, 0.1)] * 3 + [Judged(False, True, 0.6)]
    found = refusing(judged)
    assert (found.answerable, found.unanswerable) == (10, 4)
    assert found.answered == pytest.approx(0.8)
    assert found.precision == pytest.approx(3 / 5)
    assert found.recall == pytest.approx(3 / 4)
    assert found.f1 == pytest.approx(2 * 0.6 * 0.75 / 1.35)
    precision, recall = 8 / 9, 8 / 10
    assert found.f1_answering == pytest.approx(2 * precision * recall / (precision + recall))
    assert found.auroc == pytest.approx((8 * 4 + 2 * 3) / 40)


def test_without_questions_to_refuse_there_is_no_curve() -> None:
    found = refusing([Judged(True, True, 0.9)])
    assert (found.auroc, found.precision, found.recall, found.f1) == (None, 0.0, 0.0, 0.0)
    assert found.f1_answering == 1.0


def test_an_interval_holds_the_mean_and_narrows_with_more_questions() -> None:
    few, many = [1.0, 0.0, 1.0, 1.0] * 5, [1.0, 0.0, 1.0, 1.0] * 50
    low, high = interval(few)
    assert low < mean(few) < high
    narrow_low, narrow_high = interval(many)
    assert narrow_high - narrow_low < high - low
    assert interval(few) == (low, high)  # the same each time
    assert interval([1.0]) == (1.0, 1.0)
    assert interval([]) == (0.0, 0.0)

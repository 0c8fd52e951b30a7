"""The thread count is chosen by timing steps, here with a clock that the test turns."""

from __future__ import annotations

from engine.generation.threads import available_cores, candidate_counts, choose, measure


class Machine:
    """A made-up machine: a step with so many threads takes so long."""

    def __init__(self, seconds: dict[int, float]) -> None:
        self.now = 0.0
        self.seconds = seconds
        self.steps: list[int] = []

    def clock(self) -> float:
        return self.now

    def step(self, threads: int, patience_s: float) -> bool:
        self.steps.append(threads)
        self.now += min(self.seconds[threads], patience_s)
        return self.seconds[threads] <= patience_s

    def measure(self, *candidates: int, budget_s: float = 1.0) -> int:
        return measure(self.step, candidates, rounds=2, steps=3, uncounted=1, budget_s=budget_s, clock=self.clock)


def test_the_fastest_count_is_chosen() -> None:
    assert Machine({4: 0.010, 2: 0.007, 1: 0.012}).measure(4, 2, 1) == 2


def test_of_two_that_are_as_good_the_smaller_is_chosen() -> None:
    assert choose({4: [0.0100], 2: [0.0103], 1: [0.0200]}) == 2


def test_one_slow_step_does_not_decide() -> None:
    assert choose({2: [0.01, 0.01, 0.9], 1: [0.02, 0.02, 0.02]}) == 2


def test_two_threads_that_collapse_are_given_up_at_once() -> None:
    machine = Machine({2: 30.0, 1: 0.015})
    assert machine.measure(1, 2) == 1
    assert machine.now < 1.5


def test_the_time_for_measuring_is_bounded_on_a_slow_machine() -> None:
    machine = Machine({8: 0.4, 4: 0.5, 2: 0.9, 1: 1.8})
    assert machine.measure(8, 4, 2, 1) == 8
    assert machine.now <= 1.5


def test_when_no_step_ends_in_time_the_smallest_count_is_taken() -> None:
    assert Machine({8: 5.0, 1: 9.0}).measure(8, 1) == 1


def test_a_single_candidate_is_not_timed() -> None:
    machine = Machine({1: 0.1})
    assert machine.measure(1) == 1
    assert machine.steps == []


def test_the_candidates_are_the_cores_their_halves_and_the_hardware_threads() -> None:
    assert candidate_counts(8, 16) == (8, 16, 4, 2, 1)
    assert candidate_counts(2, 2) == (2, 1)
    assert candidate_counts(1, 1) == (1,)


def test_this_machine_has_at_least_one_core() -> None:
    physical, hardware = available_cores()
    assert 1 <= physical <= hardware

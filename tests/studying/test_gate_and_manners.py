"""The gate between two batches, and who closes it: questions, a person, the battery."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from engine.cancellation import Cancellation
from engine.studying.gate import YOU_PAUSED_IT, Gate
from engine.studying.manners import ON_BATTERY, Manners
from engine.trouble import Stopped


class Waiter:
    """Somebody who waits at the gate in a thread of his own."""

    def __init__(self, gate: Gate) -> None:
        self.stop = Cancellation()
        self.through = threading.Event()
        self.stopped = False
        self._gate = gate
        self._thread = threading.Thread(target=self._wait)
        self._thread.start()

    def _wait(self) -> None:
        try:
            self._gate.wait(self.stop)
            self.through.set()
        except Stopped:
            self.stopped = True

    def join(self) -> None:
        self._thread.join()


def test_an_open_gate_lets_through_at_once() -> None:
    Gate().wait(Cancellation())


def test_a_paused_gate_says_why_and_opens_when_it_is_taken_back() -> None:
    gate = Gate()
    gate.pause("person", YOU_PAUSED_IT)
    waiter = Waiter(gate)
    assert gate.paused_because == YOU_PAUSED_IT
    assert not waiter.through.is_set()
    gate.resume("person")
    waiter.join()
    assert waiter.through.is_set()
    assert gate.paused_because is None


def test_it_opens_only_when_nobody_holds_it_closed_any_more() -> None:
    gate = Gate()
    gate.pause("battery", ON_BATTERY)
    gate.pause("person", YOU_PAUSED_IT)
    with gate.question():
        waiter = Waiter(gate)
        gate.resume("person")
        assert gate.paused_because == ON_BATTERY
        gate.resume("battery")
        assert not waiter.through.is_set()
    waiter.join()
    assert waiter.through.is_set()


def test_whoever_is_stopped_does_not_wait_at_it() -> None:
    gate = Gate()
    gate.pause("person", YOU_PAUSED_IT)
    waiter = Waiter(gate)
    waiter.stop.cancel()
    waiter.join()
    assert waiter.stopped
    with pytest.raises(Stopped):
        gate.wait(waiter.stop)


def test_the_working_clock_stands_while_it_is_closed() -> None:
    gate = Gate()
    gate.pause("person", YOU_PAUSED_IT)
    paused_at = gate.working_time_s()
    assert gate.working_time_s() == paused_at
    with gate.question():
        assert gate.working_time_s() == paused_at
    gate.resume("person")
    assert gate.working_time_s() >= paused_at


def test_a_change_is_told_once_and_after_it_holds() -> None:
    told: list[str | None] = []
    gate = Gate(changed=lambda: told.append(gate.paused_because))
    gate.pause("person", YOU_PAUSED_IT)
    gate.pause("person", YOU_PAUSED_IT)
    gate.resume("person", "battery")
    gate.resume("person")
    assert told == [YOU_PAUSED_IT, None]


class FakeAwake:
    def __init__(self, power: FakePower) -> None:
        self._power = power

    def release(self) -> None:
        self._power.awake -= 1
        self._power.let_go.set()


class FakePower:
    """A laptop whose plug can be pulled."""

    def __init__(self) -> None:
        self.battery: bool | None = False
        self.awake = 0
        self.kept = threading.Event()
        self.let_go = threading.Event()

    def on_battery(self) -> bool | None:
        return self.battery

    def keep_awake(self) -> FakeAwake:
        self.awake += 1
        self.kept.set()
        return FakeAwake(self)


class Laptop:
    """Gate, power, wishes, and the manners over them."""

    def __init__(self, *, look_every_s: float = 3600.0) -> None:
        self.power = FakePower()
        self.wishes = {"pause": True, "awake": True}
        self.paused, self.went_on = threading.Event(), threading.Event()
        self.gate = Gate(changed=self._changed)
        self.manners = Manners(
            gate=self.gate,
            power=self.power,
            pause_on_battery=lambda: self.wishes["pause"],
            keep_awake=lambda: self.wishes["awake"],
            look_every_s=look_every_s,
        )

    def _changed(self) -> None:
        (self.paused if self.gate.paused_because else self.went_on).set()
        self.manners.look()


@pytest.fixture
def laptop() -> Iterator[Laptop]:
    laptop = Laptop()
    yield laptop
    laptop.manners.end()


@pytest.fixture
def attentive() -> Iterator[Laptop]:
    laptop = Laptop(look_every_s=0.001)
    yield laptop
    laptop.manners.end()


def test_studying_that_begins_on_battery_is_paused_before_its_first_batch_if_that_is_wished(laptop: Laptop) -> None:
    laptop.power.battery = True
    laptop.manners.begin()
    assert laptop.gate.paused_because == ON_BATTERY


def test_without_the_wish_or_without_a_battery_nothing_is_paused(laptop: Laptop) -> None:
    laptop.wishes["pause"], laptop.power.battery = False, True
    laptop.manners.begin()
    assert laptop.gate.paused_because is None
    laptop.wishes["pause"], laptop.power.battery = True, None
    laptop.manners.look()
    assert laptop.gate.paused_because is None


def test_a_plug_that_is_pulled_and_put_back_pauses_and_resumes_by_itself(attentive: Laptop) -> None:
    attentive.manners.begin()
    attentive.power.battery = True
    assert attentive.paused.wait(10.0)
    attentive.power.battery = False
    assert attentive.went_on.wait(10.0)
    assert attentive.gate.paused_because is None


def test_who_goes_on_although_it_runs_on_battery_is_not_paused_again_until_the_plug_was_back(laptop: Laptop) -> None:
    laptop.power.battery = True
    laptop.manners.begin()
    laptop.gate.resume("person", "battery")
    laptop.manners.look()
    assert laptop.gate.paused_because is None
    laptop.power.battery = False
    laptop.manners.look()
    laptop.power.battery = True
    laptop.manners.look()
    assert laptop.gate.paused_because == ON_BATTERY


def test_a_wish_that_is_taken_back_lets_it_go_on(laptop: Laptop) -> None:
    laptop.power.battery = True
    laptop.manners.begin()
    laptop.wishes["pause"] = False
    laptop.manners.look()
    assert laptop.gate.paused_because is None


def test_the_machine_is_kept_awake_while_studying_goes_on_and_may_sleep_while_it_is_paused(attentive: Laptop) -> None:
    attentive.manners.begin()
    assert attentive.power.kept.wait(10.0)
    attentive.gate.pause("person", YOU_PAUSED_IT)
    assert attentive.power.let_go.wait(10.0)
    attentive.power.kept.clear()
    attentive.gate.resume("person")
    assert attentive.power.kept.wait(10.0)
    attentive.manners.end()
    assert attentive.power.awake == 0


def test_the_end_of_studying_takes_the_pause_of_the_battery_along_but_not_a_persons(laptop: Laptop) -> None:
    laptop.power.battery = True
    laptop.manners.begin()
    laptop.gate.pause("person", YOU_PAUSED_IT)
    laptop.manners.end()
    assert laptop.gate.paused_because == YOU_PAUSED_IT
    laptop.gate.resume("person")
    assert laptop.gate.paused_because is None


def test_work_is_given_up_when_the_gate_closes_and_not_begun_while_it_is_closed() -> None:
    gate = Gate()
    first, second, third = Cancellation(), Cancellation(), Cancellation()
    with gate.at_work(first):
        assert not first.cancelled
        with gate.question():
            assert first.cancelled
            with gate.at_work(second):
                assert second.cancelled
    with gate.at_work(third):
        assert not third.cancelled

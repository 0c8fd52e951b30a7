"""A child process can be lost; the request that waited on it can't."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.cancellation import Cancellation
from engine.children import Child, Nursery
from engine.pending import Reports
from engine.trouble import ChildDied, Stopped, Trouble
from engine.wire import Cancel, Cancelled, Envelope, Failed, Hello, Wire, WireBroken

SCRIPT = Path(__file__).parent / "echo_child.py"


def echo_messages() -> object:
    """The messages that the echo child speaks, from its own file."""
    import importlib.util

    specification = importlib.util.spec_from_file_location("echo_child", SCRIPT)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules["echo_child"] = module
    specification.loader.exec_module(module)
    return module


echo = echo_messages()


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


def make_child(nursery: Nursery, *arguments: str, stop_heard_within_s: float = 60.0) -> Child:
    return Child(
        role="echo",
        command=(sys.executable, "-P", str(SCRIPT), *arguments),
        nursery=nursery,
        protocol=1,
        accepts=echo.Report,  # type: ignore[attr-defined]
        endings=(echo.Said, Failed, Cancelled),  # type: ignore[attr-defined]
        stop_heard_within_s=stop_heard_within_s,
    )


@pytest.fixture
def child(nursery: Nursery) -> Iterator[Child]:
    child = make_child(nursery)
    yield child
    child.close()


def test_a_request_is_answered_by_happenings_and_one_ending(child: Child) -> None:
    reports = list(child.ask(echo.Say("hello", times=2)))
    assert [type(report).__name__ for report in reports] == ["Whispered", "Whispered", "Said"]


def test_stray_prints_do_not_tear_messages(child: Child) -> None:
    assert child.ask_once(echo.Say("printing")).text == "printing"


def test_a_child_that_dies_ends_the_request_and_the_next_one_works(child: Child) -> None:
    with pytest.raises(ChildDied, match="echo"):
        child.ask_once(echo.Say("die"))
    assert child.ask_once(echo.Say("again")).text == "again"
    assert child.starts == 2


def test_a_child_killed_from_outside_ends_the_request(child: Child) -> None:
    reports = child.ask(echo.Say("forever"))
    next(reports)
    child.kill()
    with pytest.raises(ChildDied):
        list(reports)
    assert child.ask_once(echo.Say("again")).text == "again"


def test_stop_reaches_the_child_in_the_middle_of_its_work(child: Child) -> None:
    cancellation = Cancellation()
    reports = child.ask(echo.Say("forever"), cancellation=cancellation)
    next(reports)
    cancellation.cancel()
    with pytest.raises(Stopped):
        list(reports)
    assert child.ask_once(echo.Say("again")).text == "again"
    assert child.starts == 1


def test_trouble_in_the_child_is_trouble_here(child: Child) -> None:
    with pytest.raises(Trouble) as caught:
        child.ask_once(echo.Say("trouble"))
    assert caught.value.notice.code == "echo-trouble"
    assert child.starts == 1


def test_a_bug_in_the_child_ends_the_request_and_the_child_lives(child: Child) -> None:
    with pytest.raises(Trouble) as caught:
        child.ask_once(echo.Say("bug"))
    assert caught.value.notice.code == "bug"
    assert child.ask_once(echo.Say("again")).text == "again"
    assert child.starts == 1


def test_a_silent_child_is_killed_by_the_watchdog(child: Child) -> None:
    with pytest.raises(ChildDied, match="said nothing"):
        child.ask_once(echo.Say("sleep"), silence_s=0.3)
    assert child.ask_once(echo.Say("again")).text == "again"


def test_a_child_that_does_not_heed_a_stop_is_killed_and_the_request_ends_as_stopped(nursery: Nursery) -> None:
    child = make_child(nursery, stop_heard_within_s=0.1)
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Stopped):
        child.ask_once(echo.Say("sleep"), cancellation=cancellation)
    assert child.ask_once(echo.Say("again")).text == "again"
    assert child.starts == 2
    child.close()


def test_waiting_in_line_is_no_silence(child: Child) -> None:
    first = child.ask(echo.Say("forever"))
    next(first)
    answers: list[str] = []
    second = threading.Thread(target=lambda: answers.append(child.ask_once(echo.Say("second"), silence_s=0.2).text))
    second.start()
    for _ in range(400):  # at least a millisecond each
        next(first)
    first.close()  # type: ignore[attr-defined]
    second.join()
    assert answers == ["second"]
    assert child.starts == 1


def test_a_request_that_is_stopped_while_it_waits_in_line_ends_at_once_and_costs_nobody_anything(child: Child) -> None:
    first = child.ask(echo.Say("forever"))
    next(first)
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Stopped):
        child.ask_once(echo.Say("second"), cancellation=cancellation)
    next(first)
    first.close()  # type: ignore[attr-defined]
    assert child.ask_once(echo.Say("again")).text == "again"
    assert child.starts == 1


def test_a_listener_that_takes_his_time_makes_the_child_wait_instead_of_piling_up_what_it_says(child: Child) -> None:
    reports = child.ask(echo.Say("hello", times=3000), room=4)
    assert [type(report).__name__ for report in reports] == [*["Whispered"] * 3000, "Said"]
    unheard = child.ask(echo.Say("hello", times=3000), room=4)
    next(unheard)
    child.kill()  # nobody may be left waiting for room
    with pytest.raises(ChildDied):
        list(unheard)


def test_no_more_reports_lie_unheard_than_there_is_room_for() -> None:
    reports, brought = Reports(3), []

    def bring() -> None:
        for number in range(500):
            reports.put(number)
            brought.append(number)

    thread = threading.Thread(target=bring)
    thread.start()
    for heard in range(500):
        assert len(brought) <= heard + 3
        assert reports.get(10.0) == heard
    thread.join()


def test_a_request_that_nobody_listens_to_any_more_does_not_hold_up_the_next_one(child: Child) -> None:
    reports = child.ask(echo.Say("forever"))
    next(reports)
    reports.close()  # type: ignore[attr-defined]
    assert child.ask_once(echo.Say("again"), silence_s=10.0).text == "again"
    assert child.starts == 1


def test_a_child_that_closes_its_mouth_but_lives_on_ends_the_request(child: Child) -> None:
    with pytest.raises(ChildDied):
        child.ask_once(echo.Say("mute"))
    assert child.ask_once(echo.Say("again")).text == "again"


def test_an_interrupt_from_the_terminal_is_left_to_the_parent(child: Child) -> None:
    reports = child.ask(echo.Say("forever"))
    next(reports)
    assert child.pid is not None
    os.kill(child.pid, signal.SIGINT)
    for _ in range(100):
        next(reports)
    reports.close()  # type: ignore[attr-defined]
    assert child.ask_once(echo.Say("again")).text == "again"
    assert child.starts == 1


def test_two_requests_from_two_threads_get_their_own_answers(child: Child) -> None:
    answers: dict[str, str] = {}

    def ask(text: str) -> None:
        answers[text] = child.ask_once(echo.Say(text, times=20)).text

    threads = [threading.Thread(target=ask, args=(f"thread {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {f"thread {number}": f"thread {number}" for number in range(4)}


def test_another_protocol_is_refused(nursery: Nursery) -> None:
    child = make_child(nursery, "--protocol", "99")
    with pytest.raises(ChildDied):
        child.ask_once(echo.Say("hello"))
    child.close()


def test_a_command_that_does_not_exist_is_a_plain_sentence(nursery: Nursery) -> None:
    child = Child(role="ghost", command=("/nonexistent/ghost",), nursery=nursery, protocol=1, accepts=echo.Report, endings=(Failed,))
    with pytest.raises(ChildDied, match="could not be started"):
        child.ask_once(echo.Say("hello"))
    child.close()


def test_a_closed_child_is_gone_and_stays_gone(nursery: Nursery) -> None:
    child = make_child(nursery)
    child.start()
    child.close()
    assert child.pid is None
    with pytest.raises(ChildDied):
        child.ask_once(echo.Say("hello"))


def test_a_line_that_is_no_message_breaks_the_wire(tmp_path: Path) -> None:
    path = tmp_path / "line"
    path.write_bytes(b'{"id": 1, "body": {"type": "Nonsense"}}\n')
    with path.open("rb") as incoming, (tmp_path / "out").open("wb") as outgoing:
        wire = Wire(incoming, outgoing, accepts=Hello | Cancel)
        with pytest.raises(WireBroken):
            list(wire.receive())


def test_a_torn_last_line_is_the_end_and_no_message(tmp_path: Path) -> None:
    path = tmp_path / "line"
    path.write_bytes(b'{"id":1,"body":{"type":"Cancel","request":2}}\n{"id":1,"bo')
    with path.open("rb") as incoming, (tmp_path / "out").open("wb") as outgoing:
        wire = Wire(incoming, outgoing, accepts=Hello | Cancel)
        assert list(wire.receive()) == [Envelope(1, Cancel(2))]

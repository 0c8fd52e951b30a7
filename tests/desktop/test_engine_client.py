"""The window's end of the wire against a scripted engine in a process of its own."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.engine_client import EngineClient, engine_command
from engine import messages, wire

Start = Callable[..., EngineClient]


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path, engine_for: Callable[..., tuple[str, ...]]) -> Iterator[Start]:
    """Starts a client of a scripted engine and closes it at the end."""
    clients: list[EngineClient] = []

    def make(scene: str = "sample", *more: str, command: tuple[str, ...] | None = None, greeted: bool = True) -> EngineClient:
        client = EngineClient(command=command or engine_for(scene, *more), log=tmp_path / "home" / "logs" / "engine.log", pauses_ms=(0, 1))
        clients.append(client)
        if greeted:
            with qtbot.waitSignal(client.greeted, timeout=10_000):
                client.start()
        else:
            client.start()
        return client

    yield make
    for client in clients:
        client.close()


class Told:
    """What was said about one request."""

    def __init__(self) -> None:
        self.happenings: list[Any] = []
        self.endings: list[Any] = []

    def send(self, client: EngineClient, request: Any) -> int:
        return client.send(request, self.happenings.append, self.endings.append)


def test_a_request_gets_its_happenings_and_one_ending(qtbot: QtBot, start: Start) -> None:
    client, told = start(), Told()
    told.send(client, messages.Ask("What is a red-black tree?"))
    qtbot.waitUntil(lambda: bool(told.endings))
    assert isinstance(told.happenings[0], messages.PassagesFound)
    assert any(isinstance(happening, messages.Wrote) for happening in told.happenings)
    assert [type(ending) for ending in told.endings] == [messages.Answered]


def test_requests_wait_for_the_greeting(qtbot: QtBot, start: Start) -> None:
    client, told = start(greeted=False), Told()
    told.send(client, messages.ListDocuments())
    qtbot.waitUntil(lambda: bool(told.endings), timeout=10_000)
    assert isinstance(told.endings[0], messages.Documents)


def test_the_engine_speaks_unasked_about_its_state(qtbot: QtBot, start: Start) -> None:
    client = start(greeted=False)
    with qtbot.waitSignal(client.state_changed, timeout=10_000) as heard:
        pass
    assert heard.args is not None
    assert heard.args[0].model == "smollm2-135m-instruct"


def test_a_stopped_request_ends_with_cancelled(qtbot: QtBot, start: Start) -> None:
    client, told = start(), Told()
    number = told.send(client, messages.Ask("wait for me"))
    qtbot.waitUntil(lambda: any(isinstance(happening, messages.Wrote) for happening in told.happenings))
    client.cancel(number)
    qtbot.waitUntil(lambda: bool(told.endings))
    assert told.endings == [wire.Cancelled()]


def test_an_engine_killed_in_the_middle_ends_every_request_once_and_the_next_works(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    client, one, other, next_one = start(), Told(), Told(), Told()
    one.send(client, messages.Ask("wait for me"))
    other.send(client, messages.Ask("wait for me too"))
    qtbot.waitUntil(lambda: bool(one.happenings and other.happenings))
    first = client.process_id
    with qtbot.waitSignals([client.lost, client.greeted], timeout=10_000):
        os.kill(first, signal.SIGKILL)
    assert [ending.notice.code for ending in one.endings + other.endings] == ["engine-died", "engine-died"]
    next_one.send(client, messages.Ask("And now?"))
    qtbot.waitUntil(lambda: bool(next_one.endings))
    assert isinstance(next_one.endings[0], messages.Answered)
    assert client.process_id != first
    assert "ended with" in (tmp_path / "home/logs/engine.log").read_text()


def test_after_three_quick_deaths_the_client_says_so_and_starts_again_on_demand(qtbot: QtBot, start: Start, tmp_path: Path) -> None:
    client, waiting, later = start("stillborn", greeted=False), Told(), Told()
    waiting.send(client, messages.ListDocuments())
    with qtbot.waitSignal(client.gave_up, timeout=20_000) as heard:
        pass
    assert heard.args is not None
    assert heard.args[0].code == "engine-stopped"
    assert len(waiting.endings) == 1
    later.send(client, messages.ListDocuments())
    assert later.endings == []
    qtbot.waitUntil(lambda: bool(later.endings))
    assert later.endings[0].notice.code == "engine-stopped"
    assert (tmp_path / "home/logs/engine.log").read_text().count("ImportError") == 3
    with qtbot.waitSignal(client.gave_up, timeout=20_000):
        client.start_again()


@pytest.mark.parametrize(
    "said",
    ["print('not a message', flush=True)", 'print(\'{"id": 1, "body": {"type": "Unheard"}}\', flush=True)'],
    ids=["no JSON", "unknown kind"],
)
def test_an_engine_that_says_what_is_no_message_is_not_trusted(qtbot: QtBot, start: Start, said: str) -> None:
    client = start(command=(sys.executable, "-c", f"{said}; input()"), greeted=False)
    with qtbot.waitSignal(client.gave_up, timeout=20_000):
        pass
    assert not client.is_running


def test_another_version_of_the_protocol_is_named_as_such(qtbot: QtBot, start: Start) -> None:
    client = start("sample", "--protocol", "99", greeted=False)
    with qtbot.waitSignal(client.gave_up, timeout=20_000) as heard:
        pass
    assert heard.args is not None
    assert heard.args[0].code == "engine-version"


def test_a_missing_program_is_a_notice_and_no_traceback(qtbot: QtBot, start: Start) -> None:
    client = start(command=("/nonexistent/engine",), greeted=False)
    with qtbot.waitSignal(client.gave_up, timeout=20_000):
        pass


def test_closing_ends_the_process(qtbot: QtBot, start: Start) -> None:
    client, told = start(), Told()
    told.send(client, messages.Ask("wait"))
    pid = client.process_id
    client.close()
    assert not Path(f"/proc/{pid}").exists()
    assert told.endings == []


def test_the_command_starts_the_engine_of_this_home(tmp_path: Path) -> None:
    assert engine_command(tmp_path) == (sys.executable, "-P", "-m", "engine", "--home", str(tmp_path))

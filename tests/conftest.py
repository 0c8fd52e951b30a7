"""What every test shares: leaked processes and threads fail, stray WARNING logs fail."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["BYTEBRAIN_HOME"] = "/nonexistent/tests-must-choose-a-home"


def _children_of_this_process() -> set[int]:
    """Process ids of our direct children (Linux; elsewhere nothing is looked at)."""
    found: set[int] = set()
    for task in Path("/proc/self/task").glob("*/children") if Path("/proc/self/task").exists() else ():
        try:
            found.update(int(pid) for pid in task.read_text().split())
        except OSError:
            continue
    return found


@pytest.fixture(autouse=True)
def nothing_leaks(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that leaves a thread or a child process behind fails."""
    threads_before = set(threading.enumerate())
    children_before = _children_of_this_process()
    yield
    if request.node.get_closest_marker("shares_processes"):
        return
    left = [thread for thread in threading.enumerate() if thread not in threads_before and thread.is_alive()]
    for thread in left:
        thread.join(2.0)
    left = [thread for thread in left if thread.is_alive()]
    assert not left, f"threads left behind: {left}"
    leaked = _children_of_this_process() - children_before
    assert not leaked, f"child processes left behind: {leaked}"


@pytest.fixture(autouse=True)
def no_stray_warnings(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A WARNING that nobody expected fails the test; a test that expects one clears caplog."""
    yield
    stray = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not stray, [record.getMessage() for record in stray]

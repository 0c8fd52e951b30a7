"""Work done aside: what it returns comes back, what it breaks does not."""

from __future__ import annotations

import os
import signal
import sys
import threading

import pytest

from engine.cancellation import Cancellation
from engine.reading.aside import do_aside
from engine.trouble import Stopped

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork all is done in place")


def never_ending() -> bytes:
    threading.Event().wait()
    return b"never"


def killed() -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b"never"


def test_what_is_done_aside_comes_back_whole() -> None:
    assert do_aside(lambda: b"words " * 100_000, limit_s=30.0, cancellation=Cancellation()) == b"words " * 100_000


def test_what_fails_crashes_or_never_ends_comes_back_as_nothing() -> None:
    assert do_aside(lambda: bytes([1 // len("")]), limit_s=30.0, cancellation=Cancellation()) is None
    assert do_aside(killed, limit_s=30.0, cancellation=Cancellation()) is None
    assert do_aside(never_ending, limit_s=0.05, cancellation=Cancellation()) is None


def test_a_stop_ends_it() -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Stopped):
        do_aside(never_ending, limit_s=30.0, cancellation=cancellation)
    if sys.platform == "linux":
        with pytest.raises(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)

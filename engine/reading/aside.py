"""Work that may never end or take the process along is done aside: in a copy of this process, with a limit of time."""

from __future__ import annotations

import os
import select
import signal
import time
import warnings
from collections.abc import Callable

from engine.cancellation import Cancellation
from engine.serving import die_with_parent

_LOOK_EVERY_S = 0.1
_AT_ONCE = 1 << 20


def do_aside(work: Callable[[], bytes], *, limit_s: float, cancellation: Cancellation) -> bytes | None:
    """What `work` returns, or None where it failed, crashed or took longer than `limit_s`.

    The copy of the process (fork) sees all that is in memory. It must not read files that were open before: their
    positions are shared. Where a system knows no fork the work is done here, without limit.

    Raises:
        Stopped: cancelled; the copy is gone then.
    """
    if not hasattr(os, "fork"):
        return work()
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Newer Pythons warn of threads that hold locks: ours only waits for the pipe, and the copy never touches that.
        warnings.simplefilter("ignore", DeprecationWarning)
        copy = os.fork()
    if copy == 0:
        _do_and_vanish(work, reading, writing)
    os.close(writing)
    ends = time.monotonic() + limit_s
    received: list[bytes] = []
    whole = False
    try:
        while time.monotonic() < ends:
            cancellation.raise_if_cancelled()
            if select.select([reading], [], [], _LOOK_EVERY_S)[0]:
                some = os.read(reading, _AT_ONCE)
                if not some:
                    whole = True
                    break
                received.append(some)
    finally:
        os.close(reading)
        if not whole:
            os.kill(copy, signal.SIGKILL)
        _, status = os.waitpid(copy, 0)
    return b"".join(received) if whole and status == 0 else None


def _do_and_vanish(work: Callable[[], bytes], reading: int, writing: int) -> None:
    """In the copy: write what the work returns, then end without any of the usual farewells."""
    status = 1
    try:
        os.close(reading)
        die_with_parent()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # libraries remark on every odd picture, and nobody reads it
        with open(writing, "wb") as pipe:
            pipe.write(work())
        status = 0
    except BaseException:  # noqa: BLE001 — whatever it is, it must not come back as a second reader
        status = 1
    finally:
        os._exit(status)

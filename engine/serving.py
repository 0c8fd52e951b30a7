"""The child's side of the wire: claim it, say hello, do one request at a time, end every one exactly once.

A thread listens, so that `Cancel` is heard in the middle of work; the work itself runs in the main thread, because MuPDF
must not be used from several. The end of stdin ends the process at once: the parent is gone and nobody waits.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from typing import Any

from engine.cancellation import Cancellation
from engine.trouble import Notice, Stopped, Trouble
from engine.wire import Cancel, Cancelled, Envelope, Failed, Hello, Wire, WireBroken

BUG = "bug"
"""The code of a notice that speaks of our own fault. It stays when one process passes on what another reported."""

PR_SET_PDEATHSIG = 1
"""linux/prctl.h: the signal that this process gets when its parent dies."""


def die_with_parent() -> None:
    """Ask the kernel (Linux) to kill this process when its parent dies; elsewhere the end of stdin has to do."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def leave_interrupts_to_the_parent() -> None:
    """Ctrl-C in a terminal is sent to every process of the program: only the first one decides what it means."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def be_gentle(increment: int) -> None:
    """Lower this process's priority, so that the window and the rest of the laptop stay quick."""
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(increment)


def serve(
    *,
    role: str,
    protocol: int,
    accepts: Any,
    prepare: Callable[[], Callable[[Any, Cancellation], Iterator[Any]]],
    niceness: int = 0,
) -> None:
    """Serve requests until the parent closes the pipe. Never returns: the process ends here.

    `prepare` runs after the wire is claimed, does the heavy imports, and returns the function that turns a request into
    its happenings and its ending (the last thing yielded).
    """
    die_with_parent()
    leave_interrupts_to_the_parent()
    wire = Wire.claim(accepts=accepts)
    wire.send(0, Hello(role=role, protocol=protocol))
    waiting: queue.SimpleQueue[Envelope[Any]] = queue.SimpleQueue()
    cancellations: dict[int, Cancellation] = {}

    def listen() -> None:
        try:
            for envelope in wire.receive():
                if isinstance(envelope.body, Cancel):
                    cancellation = cancellations.get(envelope.body.request)
                    if cancellation is not None:
                        cancellation.cancel()
                else:
                    cancellations[envelope.id] = Cancellation()
                    waiting.put(envelope)
        except WireBroken as error:
            sys.stderr.write(f"{role}: {error}\n")
            sys.stderr.flush()
        os._exit(0)

    threading.Thread(target=listen, name=f"{role}-listener", daemon=True).start()
    be_gentle(niceness)
    handle: Callable[[Any, Cancellation], Iterator[Any]] | None = None
    while True:
        envelope = waiting.get()
        cancellation = cancellations[envelope.id]
        try:
            if handle is None:
                handle = prepare()
            for report in handle(envelope.body, cancellation):
                wire.send(envelope.id, report)
        except Stopped:
            wire.send(envelope.id, Cancelled())
        except Trouble as trouble:
            wire.send(envelope.id, Failed(trouble.notice))
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                os._exit(0)
            wire.send(envelope.id, failed_by_bug(role, error))
        except Exception as error:  # noqa: BLE001 — a bug: logged and reported as one, the child lives on
            wire.send(envelope.id, failed_by_bug(role, error))
        finally:
            del cancellations[envelope.id]


def failed_by_bug(role: str, error: BaseException) -> Failed:
    """Log the traceback and make the ending that says so."""
    traceback.print_exception(error)
    sys.stderr.flush()
    return Failed(
        Notice(
            code=BUG,
            sentence=f"Something went wrong in the {role} that should not have: {type(error).__name__}: {error}",
            remedy="Try again; if it happens again, please report it with the log file.",
        ),
        bug=True,
    )

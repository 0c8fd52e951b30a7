"""The parent's side of a child process: start it, ask it, notice its death, start it again.

A C++ abort, a CUDA out-of-memory or a hostile PDF can't be caught by `try`; a process can be lost. When a child dies,
every request that waits on it ends with `ChildDied`, and the next request starts a fresh one.
"""

from __future__ import annotations

import collections
import concurrent.futures
import contextlib
import itertools
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from engine.cancellation import Cancellation
from engine.pending import Pending, Reports, Woken
from engine.trouble import ChildDied, Stopped, Trouble
from engine.wire import Cancel, Cancelled, Failed, Hello, Wire, WireBroken

STOP_GRACE_S = 2.0
"""How long a child may take to end after its stdin closed, before it is killed."""

STOP_HEARD_WITHIN_S = 10.0
"""How long a child may take to end the request that it serves after it was told to stop, before it is killed. A reader
looks up between two pages, and hardly any page takes a second; text recognition of a dense one takes some seconds, on a
busy machine more. Killing costs a start, and a model that has to be loaded again."""

RESTART_PAUSES_S = (0.0, 0.0, 0.5, 2.0, 5.0)
"""Back-off before the next start, by how many times in a row the child died without one whole answer."""


NEVER_AT_WORK = frozenset({"child-closed", "child-missing"})
"""Codes of a `ChildDied` that is no fault of the request: the child was not there to begin it."""


def child_command(module: str) -> tuple[str, ...]:
    """The command that starts a child: `python -P -m module`, or the executable of that name beside a frozen program."""
    if getattr(sys, "frozen", False):
        name = {
            "engine": "bytebrain-engine",
            "engine.reading": "bytebrain-reader",
            "engine.embedding": "bytebrain-embedder",
            "engine.generation": "bytebrain-generator",
        }[module]
        suffix = ".exe" if sys.platform == "win32" else ""
        return (str(Path(sys.executable).with_name(name + suffix)),)
    return (sys.executable, "-P", "-m", module)


class Nursery:
    """Starts processes from one thread that lives as long as the program.

    The kernel's parent-death signal fires when the *thread* that started a child ends, not the process (prctl(2)), so
    a child must not be started by a thread that serves one request.
    """

    def __init__(self) -> None:
        self._orders: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def start(self, command: Sequence[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
        """Start a process with all three standard handles as pipes.

        Raises:
            OSError: it can't be started.
        """
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="nursery", daemon=True)
                self._thread.start()
        started: concurrent.futures.Future[subprocess.Popen[bytes]] = concurrent.futures.Future()

        def order() -> None:
            pipe = subprocess.PIPE
            try:
                started.set_result(subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment, bufsize=0))
            except OSError as error:
                started.set_exception(error)

        self._orders.put(order)
        return started.result()

    def close(self) -> None:
        """End the thread; close the children first, they die with it."""
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._orders.put(None)
            thread.join()

    def _work(self) -> None:
        while (order := self._orders.get()) is not None:
            order()


@dataclass(slots=True)
class _Waiting:
    """One request that waits for its next report."""

    number: int
    process: subprocess.Popen[bytes]
    pending: Pending
    reports: Reports
    cancellation: Cancellation
    stopped_at: float | None = None


class Child:
    """One supervised child process, started at the first request."""

    def __init__(
        self,
        *,
        role: str,
        command: Sequence[str],
        nursery: Nursery,
        protocol: int,
        accepts: Any,
        endings: tuple[type, ...],
        environment: dict[str, str] | None = None,
        log: Callable[[str], None] | None = None,
        stop_heard_within_s: float = STOP_HEARD_WITHIN_S,
        restart_pauses_s: Sequence[float] = RESTART_PAUSES_S,
    ) -> None:
        """`accepts` is the union of reports, `endings` those that end a request."""
        self.role = role
        self._command = tuple(command)
        self._nursery = nursery
        self._protocol = protocol
        self._accepts = accepts
        self._endings = endings
        self._environment = environment
        self._log = log
        self._stop_heard_within_s = stop_heard_within_s
        self._restart_pauses_s = restart_pauses_s
        self._lock = threading.RLock()
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._wire: Wire | None = None
        self._threads: list[threading.Thread] = []
        self._pending = Pending()
        self._last_lines: collections.deque[str] = collections.deque(maxlen=40)
        self._failures = 0
        self._closed = False
        self.starts = 0
        """How many times a process was started: whoever keeps state in the child looks here to know whether it is gone."""

    @property
    def pid(self) -> int | None:
        """The process id, or None when no child runs."""
        with self._lock:
            return self._process.pid if self._process is not None and self._process.poll() is None else None

    def start(self) -> int:
        """Start the process unless it runs; returns `starts`, which changes with every new process.

        Raises:
            ChildDied: it can't be started or does not speak our protocol.
        """
        with self._lock:
            if self._closed:
                raise ChildDied("child-closed", f"The {self.role} was closed.", "Start the program again.")
            if self._process is not None and self._process.poll() is None:
                return self.starts
            self._forget_process()
            time.sleep(self._restart_pauses_s[min(self._failures, len(self._restart_pauses_s) - 1)])
            try:
                process = self._nursery.start(self._command, self._environment if self._environment is not None else dict(os.environ))
            except OSError as error:
                raise ChildDied("child-missing", f"The {self.role} could not be started: {error.strerror}.", "Install ByteBrain again.") from error
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stderr is not None
            self._process = process
            self.starts += 1
            self._last_lines.clear()
            incoming = os.fdopen(os.dup(process.stdout.fileno()), "rb", buffering=2**16)
            process.stdout.close()
            self._wire = Wire(incoming, process.stdin, accepts=self._accepts)  # type: ignore[arg-type]
            pending = self._pending = Pending()
            self._threads = [
                threading.Thread(target=self._listen, args=(process, self._wire, incoming, pending), name=f"{self.role}-reports", daemon=True),
                threading.Thread(target=self._keep_stderr, args=(process.stderr,), name=f"{self.role}-stderr", daemon=True),
            ]
            for thread in self._threads:
                thread.start()
            return self.starts

    def ask(self, request: Any, *, cancellation: Cancellation | None = None, silence_s: float | None = None, room: int | None = None) -> Iterator[Any]:
        """Send a request and yield its happenings, then its ending (never Failed or Cancelled).

        `silence_s` is the watchdog: a child that says nothing for so long while it serves this request is killed. `room`
        is how many reports may lie unheard before the child is made to wait.

        Whoever leaves off listening before the ending (closes this generator) thereby cancels the request in the child.

        Raises:
            Stopped: the request was cancelled (the child is killed if it does not listen).
            Trouble: the child reported that it can't be done.
            ChildDied: the child died or was killed by the watchdog.
        """
        cancellation = cancellation or Cancellation()
        with self._lock:
            self.start()
            assert self._wire is not None
            assert self._process is not None
            number = next(self._numbers)
            wire, process, pending = self._wire, self._process, self._pending

        def pass_on_cancel() -> None:
            with contextlib.suppress(OSError, ValueError):  # the child is gone; the listener ends the request
                wire.send(number, Cancel(number))

        def stop() -> None:
            pass_on_cancel()
            reports.wake()

        try:
            with pending.sending:
                reports = pending.add(number, room)
                try:
                    wire.send(number, request)
                except (OSError, ValueError):
                    raise self._death(process) from None
            with cancellation.telling(stop):
                waiting = _Waiting(number, process, pending, reports, cancellation)
                while True:
                    report = self._next_report(waiting, silence_s)
                    if report is None:
                        raise self._death(process)
                    if isinstance(report, Cancelled):
                        raise Stopped
                    if isinstance(report, Failed):
                        self._failures = 0
                        raise Trouble.from_notice(report.notice)
                    if isinstance(report, self._endings):
                        self._failures = 0
                        yield report
                        return
                    try:
                        yield report
                    except GeneratorExit:
                        pass_on_cancel()  # nobody listens any more: else all that comes after would wait for its end
                        raise
        finally:
            pending.remove(number)

    def _next_report(self, waiting: _Waiting, silence_s: float | None) -> Any:
        """The next report on a request, or None when the process is gone.

        Raises:
            Stopped: it was stopped and stands in line behind another request, or the child did not heed the stop.
            ChildDied: the watchdog killed the child.
        """
        began = time.monotonic()
        while True:
            limit_s = silence_s
            if waiting.cancellation.cancelled:
                if not waiting.pending.is_served(waiting.number):
                    raise Stopped  # the child passes over it when its turn comes
                waiting.stopped_at = waiting.stopped_at or time.monotonic()
                limit_s, quiet_s = self._stop_heard_within_s, time.monotonic() - waiting.stopped_at
            else:
                quiet_s = min(time.monotonic() - began, waiting.pending.silent_for_s(waiting.number))
            if limit_s is not None and quiet_s >= limit_s:
                break
            report = waiting.reports.get(None if limit_s is None else limit_s - quiet_s)
            if not isinstance(report, Woken):
                return report
        waiting.process.kill()
        waiting.process.wait()
        if waiting.stopped_at is not None:
            self._tell(f"did not stop within {self._stop_heard_within_s:.0f} seconds and was ended")
            raise Stopped
        with self._lock:
            self._failures += 1
        raise ChildDied(f"{self.role}-stuck", f"The {self.role} said nothing for {silence_s:.0f} seconds and was stopped.", "Try again.")

    def ask_once(self, request: Any, *, cancellation: Cancellation | None = None, silence_s: float | None = None) -> Any:
        """Send a request and return its ending; happenings are passed over."""
        report: Any = None
        for report in self.ask(request, cancellation=cancellation, silence_s=silence_s):  # noqa: B007
            pass
        return report

    def kill(self) -> None:
        """End the process at once; the next request starts a fresh one."""
        with self._lock:
            if self._process is not None:
                self._process.kill()
                self._process.wait()  # else the next request could still find it running and be sent to the dying one

    def close(self) -> None:
        """End the process (stdin closes → grace → kill) and wait for it and its threads."""
        with self._lock:
            self._closed = True
            process = self._process
        if process is not None:
            self._stop(process)
        self._forget_process()

    def _stop(self, process: subprocess.Popen[bytes]) -> None:
        if self._wire is not None:
            with contextlib.suppress(OSError):  # it died with bytes unsent: there is nothing left to close
                self._wire.close()
        try:
            process.wait(STOP_GRACE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _forget_process(self) -> None:
        """Reap a dead process and close what belonged to it."""
        process, self._process = self._process, None
        if process is None:
            return
        self._pending.let_go()
        self._stop(process)
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join()
        self._threads = []
        self._wire = None

    def _listen(self, process: subprocess.Popen[bytes], wire: Wire, incoming: IO[bytes], pending: Pending) -> None:
        """Hand every report to the request that waits for it; at the end of the pipe, tell all that the child is gone."""
        try:
            for envelope in wire.receive():
                body = envelope.body
                if isinstance(body, Hello):
                    if body.protocol != self._protocol:
                        raise WireBroken(f"protocol {body.protocol}, wanted {self._protocol}")
                    continue
                ends = isinstance(body, (Cancelled, Failed, *self._endings))
                pending.hand_over(envelope.id, body, ends=ends)
        except WireBroken as error:
            self._last_lines.append(f"torn message: {error}")
            process.kill()
        finally:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(STOP_GRACE_S)
            process.kill()  # it lives, but can't be heard any more
            process.wait()
            pending.tell_gone()
            incoming.close()

    def _keep_stderr(self, stderr: IO[bytes]) -> None:
        with stderr:
            for raw in stderr:
                line = raw.decode("utf-8", "replace").rstrip()
                if line:
                    self._last_lines.append(line)
                    self._tell(line)

    def _tell(self, line: str) -> None:
        if self._log is not None:
            self._log(f"{self.role}: {line}")

    def _death(self, process: subprocess.Popen[bytes]) -> ChildDied:
        """Why the child is gone, in a sentence; its last telling line goes along."""
        code = process.wait()
        with self._lock:
            self._failures += 1
        how = f"was ended by signal {-code}" if code < 0 else f"ended with status {code}"
        last = self._last_lines[-1] if self._last_lines else ""
        self._tell(f"{how}; last line: {last}")
        return ChildDied(f"{self.role}-died", f"The {self.role} {how} in the middle of its work.", "Try again: a fresh one is started.")

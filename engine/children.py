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
from pathlib import Path
from typing import IO, Any

from engine.cancellation import Cancellation
from engine.trouble import ChildDied, Stopped, Trouble
from engine.wire import Cancel, Cancelled, Failed, Hello, Wire, WireBroken

STOP_GRACE_S = 2.0
"""How long a child may take to end after its stdin closed, before it is killed."""

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


class _Waiting:
    """The requests that wait on one process.

    It has a lock of its own: the thread that tells them of the death is joined by whoever starts the next process, and
    that one holds the child's lock.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reports: dict[int, queue.SimpleQueue[Any]] = {}
        self._gone = False

    def add(self, number: int) -> queue.SimpleQueue[Any]:
        """Where the reports on this request will come in; None there says that the process is gone."""
        reports: queue.SimpleQueue[Any] = queue.SimpleQueue()
        with self._lock:
            self._reports[number] = reports
            if self._gone:
                reports.put(None)
        return reports

    def remove(self, number: int) -> None:
        """The request has ended."""
        with self._lock:
            self._reports.pop(number, None)

    def put(self, number: int, report: Any) -> None:
        """Hand a report over, if anybody still waits for it."""
        with self._lock:
            reports = self._reports.get(number)
        if reports is not None:
            reports.put(report)

    def tell_gone(self) -> None:
        """The process is gone: all that wait, and all that still come, are told."""
        with self._lock:
            self._gone = True
            for reports in self._reports.values():
                reports.put(None)


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
        self._lock = threading.RLock()
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._wire: Wire | None = None
        self._threads: list[threading.Thread] = []
        self._waiting = _Waiting()
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
            time.sleep(RESTART_PAUSES_S[min(self._failures, len(RESTART_PAUSES_S) - 1)])
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
            waiting = self._waiting = _Waiting()
            self._threads = [
                threading.Thread(target=self._listen, args=(process, self._wire, incoming, waiting), name=f"{self.role}-reports", daemon=True),
                threading.Thread(target=self._keep_stderr, args=(process.stderr,), name=f"{self.role}-stderr", daemon=True),
            ]
            for thread in self._threads:
                thread.start()
            return self.starts

    def ask(self, request: Any, *, cancellation: Cancellation | None = None, silence_s: float | None = None) -> Iterator[Any]:
        """Send a request and yield its happenings, then its ending (never Failed or Cancelled).

        `silence_s` is the watchdog: a child that says nothing for so long is killed.

        Whoever leaves off listening before the ending (closes this generator) thereby cancels the request in the child.

        Raises:
            Stopped: the request was cancelled.
            Trouble: the child reported that it can't be done.
            ChildDied: the child died or was killed by the watchdog.
        """
        with self._lock:
            self.start()
            assert self._wire is not None
            assert self._process is not None
            number = next(self._numbers)
            wire, process, waiting = self._wire, self._process, self._waiting
            reports = waiting.add(number)

        def pass_on_cancel() -> None:
            try:
                wire.send(number, Cancel(number))
            except (OSError, ValueError):
                return  # the child is gone; the listener ends the request

        try:
            try:
                wire.send(number, request)
            except (OSError, ValueError):
                raise self._death(process) from None
            with (cancellation or Cancellation()).telling(pass_on_cancel):
                while True:
                    try:
                        report = reports.get(timeout=silence_s)
                    except queue.Empty:
                        with self._lock:
                            self._failures += 1
                        process.kill()
                        process.wait()
                        raise ChildDied(
                            f"{self.role}-stuck", f"The {self.role} said nothing for {silence_s:.0f} seconds and was stopped.", "Try again."
                        ) from None
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
            waiting.remove(number)

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
        self._stop(process)
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join()
        self._threads = []
        self._wire = None

    def _listen(self, process: subprocess.Popen[bytes], wire: Wire, incoming: IO[bytes], waiting: _Waiting) -> None:
        """Hand every report to the request that waits for it; at the end of the pipe, tell all that the child is gone."""
        try:
            for envelope in wire.receive():
                body = envelope.body
                if isinstance(body, Hello):
                    if body.protocol != self._protocol:
                        raise WireBroken(f"protocol {body.protocol}, wanted {self._protocol}")
                    continue
                waiting.put(envelope.id, body)
        except WireBroken as error:
            self._last_lines.append(f"torn message: {error}")
            process.kill()
        finally:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(STOP_GRACE_S)
            process.kill()  # it lives, but can't be heard any more
            process.wait()
            waiting.tell_gone()
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

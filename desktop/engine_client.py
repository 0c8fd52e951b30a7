"""The window's end of the wire: the engine as a child process that is started, asked, lost and started again.

Nothing here waits: reports come in as signals of `QProcess` and are handed to whoever sent the request. A request gets its
happenings and exactly one ending, also when the engine dies under it. After three quick deaths in a row the client
stops trying and says so; `start_again` is for the button beside that sentence.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

import msgspec
from PySide6.QtCore import QElapsedTimer, QObject, QProcess, QTimer, Signal

from engine import messages, trouble, wire

QUICK_DEATH_MS = 10_000
"""An engine that lived for less than this died quickly: probably of something that will happen again at once."""

RESTART_PAUSES_MS = (0, 1_500)
"""Back-off before the next start, by quick deaths in a row; one more death than there are pauses, and no more tries."""

CLOSE_GRACE_MS = 3_000
"""How long the engine may take to end after its stdin closed (it closes its own children), before it is killed."""

LOG_LIMIT_BYTES = 2 * 2**20
"""A log file larger than this is put aside as `.1` when the engine starts."""

OnHappening = Callable[[Any], None]
OnEnding = Callable[[Any], None]


def engine_command(home: Path) -> tuple[str, ...]:
    """The command that starts the engine: `python -P -m engine`, or the executable beside a frozen window."""
    if getattr(sys, "frozen", False):
        suffix = ".exe" if sys.platform == "win32" else ""
        start: tuple[str, ...] = (str(Path(sys.executable).with_name("bytebrain-engine" + suffix)),)
    else:
        start = (sys.executable, "-P", "-m", "engine")
    return (*start, "--home", str(home))


class _Pending(NamedTuple):
    """A request that waits for its ending."""

    on_happening: OnHappening | None
    on_ending: OnEnding


class EngineClient(QObject):
    """Starts the engine, sends it requests and hands out what it says."""

    greeted = Signal()
    """A fresh engine said hello (again after every restart): ask it for everything that is on show."""
    state_changed = Signal(object)
    """engine.messages.EngineState, said unasked."""
    library_changed = Signal(object)
    """engine.messages.LibraryChanged, said unasked."""
    happened = Signal(object)
    """Any other happening that is said unasked: the engine goes on with what an earlier run left unfinished."""
    lost = Signal(object)
    """engine.trouble.Notice: the engine died and is being started again."""
    gave_up = Signal(object)
    """engine.trouble.Notice: it died too often; nothing happens until `start_again`."""

    def __init__(
        self,
        *,
        command: Sequence[str],
        log: Path | None,
        quick_death_ms: int = QUICK_DEATH_MS,
        pauses_ms: Sequence[int] = RESTART_PAUSES_MS,
        parent: QObject | None = None,
    ) -> None:
        """`command` starts the engine; what it says on stderr is appended to `log`."""
        super().__init__(parent)
        self._command = tuple(command)
        self._log_path = log
        self._quick_death_ms = quick_death_ms
        self._pauses_ms = tuple(pauses_ms)
        self._log: IO[bytes] | None = None
        self._process: QProcess | None = None
        self._age = QElapsedTimer()
        self._restart = QTimer(self)
        self._restart.setSingleShot(True)
        self._restart.timeout.connect(self.start)
        self._number = 0
        self._pending: dict[int, _Pending] = {}
        self._unsent: list[bytes] = []
        self._buffer = bytearray()
        self._searched = 0
        self._has_greeted = False
        self._quick_deaths = 0
        self._given_up = False
        self._closing = False
        self._broken_because: str | None = None
        self._encoder = msgspec.json.Encoder()
        self._decoder: msgspec.json.Decoder[wire.Envelope[Any]] | None = None  # 3 ms, which the first frame need not wait for

    # ---- for the window ---------------------------------------------------------------------------------------------

    @property
    def process_id(self) -> int:
        """The process id of the engine, 0 when none runs."""
        return self._process.processId() if self._process is not None else 0

    @property
    def is_running(self) -> bool:
        """Whether an engine is there that said hello."""
        return self._has_greeted

    def start(self) -> None:
        """Start the engine unless it runs."""
        if self._process is not None or self._closing:
            return
        self._given_up = False
        self._open_log()
        process = QProcess(self)
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._keep_stderr)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._could_not_start)
        self._process = process
        self._buffer.clear()
        self._searched = 0
        self._broken_because = None
        self._age.start()
        process.start(self._command[0], list(self._command[1:]))

    def start_again(self) -> None:
        """A person asks for another try."""
        self._quick_deaths = 0
        self.start()

    def send(self, request: Any, on_happening: OnHappening | None, on_ending: OnEnding) -> int:
        """Send a request; returns its number. `on_ending` is called exactly once, never before this returns."""
        self._number += 1
        number = self._number
        self._pending[number] = _Pending(on_happening, on_ending)
        if self._given_up or self._closing:
            QTimer.singleShot(0, self, lambda: self._end(number, wire.Failed(self._stopped_notice())))
            return number
        self._write(number, request)
        return number

    def cancel(self, number: int) -> None:
        """Stop a request; it ends with Cancelled (or with what it had just finished)."""
        if number in self._pending:
            self._write(number, wire.Cancel(number))

    def close(self) -> None:
        """End the engine: its stdin closes, and after a grace it is killed. Pending requests are dropped silently."""
        self._closing = True
        self._pending.clear()
        self._restart.stop()
        process, self._process = self._process, None
        if process is not None:
            process.finished.disconnect(self._ended)
            process.errorOccurred.disconnect(self._could_not_start)
            process.closeWriteChannel()
            if process.state() != QProcess.ProcessState.NotRunning and not process.waitForFinished(CLOSE_GRACE_MS):
                process.kill()
                process.waitForFinished(CLOSE_GRACE_MS)
            process.deleteLater()
        self._has_greeted = False
        if self._log is not None:
            self._log.close()
            self._log = None

    # ---- the wire ---------------------------------------------------------------------------------------------------

    def _write(self, number: int, body: Any) -> None:
        line = self._encoder.encode(wire.Envelope(id=number, body=body)) + b"\n"
        if self._has_greeted and self._process is not None:
            self._process.write(line)
        else:
            self._unsent.append(line)

    def _read(self) -> None:
        if self._process is None:
            return
        self._buffer += self._process.readAllStandardOutput().data()
        if self._decoder is None:
            self._decoder = msgspec.json.Decoder(wire.Envelope[messages.Reply])
        while (end := self._buffer.find(b"\n", self._searched)) >= 0:
            line = bytes(memoryview(self._buffer)[:end])
            del self._buffer[: end + 1]
            self._searched = 0
            try:
                envelope = self._decoder.decode(line)
            except msgspec.MsgspecError as error:
                self._tear(f"a message that is none: {error}")
                return
            self._hear(envelope)
        self._searched = len(self._buffer)
        if self._searched > wire.MAX_LINE_BYTES:
            self._tear(f"a line of more than {wire.MAX_LINE_BYTES} bytes")

    def _hear(self, envelope: wire.Envelope[Any]) -> None:
        body = envelope.body
        if isinstance(body, wire.Hello):
            self._greet(body)
        elif isinstance(body, messages.EngineState) and envelope.id == 0:
            self.state_changed.emit(body)
        elif isinstance(body, messages.LibraryChanged):
            self.library_changed.emit(body)
        elif isinstance(body, messages.Ending):
            self._end(envelope.id, body)
        elif envelope.id == 0:
            self.happened.emit(body)
        else:
            pending = self._pending.get(envelope.id)
            if pending is not None and pending.on_happening is not None:
                pending.on_happening(body)

    def _greet(self, hello: wire.Hello) -> None:
        if hello.protocol != messages.PROTOCOL:
            self._tear(f"protocol {hello.protocol}, wanted {messages.PROTOCOL}")
            return
        self._has_greeted = True
        unsent, self._unsent = self._unsent, []
        if self._process is not None:
            for line in unsent:
                self._process.write(line)
        self.greeted.emit()

    def _end(self, number: int, ending: Any) -> None:
        pending = self._pending.pop(number, None)
        if pending is not None:
            pending.on_ending(ending)

    # ---- its death --------------------------------------------------------------------------------------------------

    def _tear(self, why: str) -> None:
        """What came is no message of ours: that engine can't be trusted any further."""
        self._broken_because = why
        self._note(f"window: the engine said {why}")
        if self._process is not None:
            self._process.kill()

    def _could_not_start(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._note(f"window: the engine could not be started: {self._process.errorString() if self._process else ''}")
            self._ended(-1)

    def _ended(self, code: int) -> None:
        self._read()  # what it said before it died counts
        self._keep_stderr()
        process, self._process = self._process, None
        if process is None:
            return
        self._note(f"window: the engine ended with {code} after {self._age.elapsed()} ms")
        process.deleteLater()
        self._has_greeted = False
        self._unsent.clear()
        quick = self._age.elapsed() < self._quick_death_ms
        self._quick_deaths = self._quick_deaths + 1 if quick else 1
        gives_up = self._quick_deaths > len(self._pauses_ms)
        self._given_up = gives_up
        notice = self._stopped_notice() if gives_up else self._lost_notice()
        pending, self._pending = self._pending, {}
        for waiting in pending.values():
            waiting.on_ending(wire.Failed(notice))
        if gives_up:
            self.gave_up.emit(notice)
        else:
            self.lost.emit(notice)
            self._restart.start(self._pauses_ms[self._quick_deaths - 1])

    def _lost_notice(self) -> trouble.Notice:
        return trouble.Notice(
            "engine-died",
            self.tr("The part of ByteBrain that reads and answers stopped unexpectedly and is being started again."),
            self.tr("Nothing in your library is lost. Ask again in a moment."),
        )

    def _stopped_notice(self) -> trouble.Notice:
        if self._broken_because is not None and "protocol" in self._broken_because:
            return trouble.Notice("engine-version", self.tr("The window and the engine are of different versions."), self.tr("Install ByteBrain again."))
        where = self.tr(" The log file is {path}.").format(path=self._log_path) if self._log_path is not None else ""
        return trouble.Notice(
            "engine-stopped",
            self.tr("The part of ByteBrain that reads and answers keeps stopping right after its start."),
            self.tr("Start it again; if that does not help, install ByteBrain again.") + where,
        )

    # ---- its log ----------------------------------------------------------------------------------------------------

    def _open_log(self) -> None:
        if self._log_path is None or self._log is not None:
            return
        try:
            self._log_path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._log_path.exists() and self._log_path.stat().st_size > LOG_LIMIT_BYTES:
                self._log_path.replace(self._log_path.with_suffix(self._log_path.suffix + ".1"))
            self._log = open(self._log_path, "ab", buffering=0)  # noqa: SIM115 — open for as long as the engine may speak
        except OSError as error:
            # A home that can't be written is the engine's to report; without a log the window works as well.
            if sys.stderr is not None:  # a windowed program on Windows has no standard handles
                sys.stderr.write(f"bytebrain: no log file at {self._log_path}: {error.strerror}\n")
            self._log_path = None

    def _keep_stderr(self) -> None:
        if self._process is not None:
            self._append(bytes(self._process.readAllStandardError().data()))

    def _note(self, line: str) -> None:
        self._append(line.encode() + b"\n")

    def _append(self, data: bytes) -> None:
        if self._log is None:
            return
        try:
            self._log.write(data)
        except OSError:  # a full disk must not end the window over a log line
            self._log.close()
            self._log = None

"""How soon the window takes input: beside a window of ten lines, the two taking turns."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from engine.benches.figures import Figure
from engine.trouble import Trouble

ROUNDS = 7
"""An odd number, so that the median is one of the measurements."""

TEN_LINE_WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
application = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QLabel("hello"))
window.show()
QTimer.singleShot(0, lambda: (print("ready", file=sys.stderr, flush=True), application.quit()))
application.exec()
"""


def window_figures() -> list[Figure]:
    """Seconds from start to a window that takes input: ours, a ten-line PySide6 window, and the median of the ratios.

    Raises:
        Trouble: a window did not open.
    """
    ours_s: list[float] = []
    plain_s: list[float] = []
    with tempfile.TemporaryDirectory(prefix="bytebrain-bench-") as home:
        for _ in range(ROUNDS + 1):
            plain_s.append(seconds_until_ready(plain_window_command(), {}))
            ours_s.append(seconds_until_ready(window_command(home), {"BYTEBRAIN_BENCH_WINDOW": "1"}))
    del ours_s[0], plain_s[0]  # the first round warms the disk cache
    ratio = statistics.median(ours / plain for ours, plain in zip(ours_s, plain_s, strict=True))
    return [
        Figure("window: start to input", statistics.median(ours_s), "s", f"median of {ROUNDS}"),
        Figure("ten-line PySide6 window: start to input", statistics.median(plain_s), "s", f"median of {ROUNDS}, interleaved"),
        Figure("window ÷ ten-line window", ratio, "ratio", "median of the pairs"),
    ]


def window_command(home: str) -> tuple[str, ...]:
    """The command that opens our window."""
    if getattr(sys, "frozen", False):
        return (str(Path(sys.executable).with_name("bytebrain-window")), "--home", home)
    return (sys.executable, "-P", "-c", "import sys, main; sys.exit(main.main())", "--home", home)


def plain_window_command() -> tuple[str, ...]:
    """The command that opens the ten-line window; it needs a Python interpreter, which a frozen program does not carry.

    Raises:
        Trouble: this is a frozen program.
    """
    if getattr(sys, "frozen", False):
        raise Trouble(
            "bench-frozen", "The comparison with a bare window needs Python, which the installed program doesn't carry.", "Run it from a source checkout."
        )
    return (sys.executable, "-P", "-c", TEN_LINE_WINDOW)


def seconds_until_ready(command: tuple[str, ...], extra_environment: dict[str, str]) -> float:
    """Seconds from starting the command until it says "ready" on stderr.

    Raises:
        Trouble: it ended without saying so.
    """
    began = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, **extra_environment}) as process:
        assert process.stderr is not None
        said = []
        for raw in process.stderr:
            said.append(raw.decode(errors="replace").strip())
            if said[-1] == "ready":
                seconds = time.monotonic() - began
                process.stderr.read()
                return seconds
    raise Trouble("bench-window", f"The window did not open: {' '.join(said[-1:])}", "Run it where there is a display, for example with xvfb-run.")

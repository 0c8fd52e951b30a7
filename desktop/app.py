"""The window as a program: builds every object once, shows the first frame, and only then starts the engine.

With `BYTEBRAIN_BENCH_WINDOW=1` in the environment the program says `ready` on stderr as soon as the first frame is painted
and the event loop turns, and ends: that is how `bytebrain bench --window` times the start.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from desktop.chat.view import ChatView
from desktop.engine_client import EngineClient, engine_command
from desktop.language import Choice, load_choice, speak
from desktop.main_window import MainWindow
from desktop.theme import Theme
from engine.home import Home
from engine.trouble import Notice

if TYPE_CHECKING:
    from desktop.page_view import PageView

BENCH_VARIABLE = "BYTEBRAIN_BENCH_WINDOW"


def run(files: Sequence[str] = (), home: str | None = None) -> int:
    """Open the window on a home (by default the platform's) and add `files` to the library; returns the exit status."""
    place = Home.at(home).root
    application = make_application(load_choice(place))
    client = EngineClient(command=engine_command(place), log=place / "logs" / "engine.log")
    window = make_window(home=place, client=client)
    window.study_when_ready([str(Path(file).resolve()) for file in files])
    report_bugs(window)
    if os.environ.get(BENCH_VARIABLE) == "1":
        window.first_frame.connect(_say_ready_and_end)
    else:
        window.first_frame.connect(client.start)
    signal.signal(signal.SIGINT, lambda _number, _frame: window.close())
    window.show()
    # Python sees a signal only when it gets a turn; without this, Ctrl+C would wait for the next event.
    turn = QTimer(window)
    turn.timeout.connect(lambda: None)
    turn.start(500)
    status = application.exec()
    client.close()
    return status


def make_application(language: Choice = "system") -> QApplication:
    """The application object with its name, style and language."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    QCoreApplication.setApplicationName("ByteBrain")
    QCoreApplication.setOrganizationName("ByteBrain")
    application.setDesktopFileName("bytebrain")
    application.setStyle("Fusion")
    speak(application, language)
    return application


def make_window(*, home: Path, client: EngineClient) -> MainWindow:
    """The window with its real chat; the page pane is imported and made when the first citation is clicked."""

    def make_page_view(theme: Theme) -> PageView:
        from desktop.page_view import PageView

        return PageView(theme=theme)

    return MainWindow(home=home, client=client, make_chat=lambda theme: ChatView(theme=theme), make_page_view=make_page_view)


def report_bugs(window: MainWindow) -> None:
    """From here on, what nobody caught is written to stderr and shown as a bug; the window stays."""

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if sys.stderr is not None:
            traceback.print_exception(kind, error, trace)
        translate = QCoreApplication.translate
        sentence = translate("App", "Something went wrong in the window that should not have: {error}").format(error=f"{kind.__name__}: {error}")
        window.notices.show_notice(Notice("bug", sentence, translate("App", "You can go on; if it happens again, please report it.")), kind="danger")

    sys.excepthook = show


def _say_ready_and_end() -> None:
    print("ready", file=sys.stderr, flush=True)  # noqa: T201 — the measuring program waits for this line
    QCoreApplication.quit()

"""What stands above the list while books are taken in: how far all of them are together, and the button that pauses and goes on."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QToolButton, QVBoxLayout

from desktop.durations import time_left
from desktop.engine_words import reason_in_window_words
from desktop.icons import icon
from desktop.theme import Theme
from engine.messages import EngineState, StudyingProgressed


class StudyingBar(QFrame):
    """Hidden while nothing is taken in. Decides nothing: pausing and going on are signals."""

    pause_wanted = Signal()
    resume_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("studying")
        self._theme = theme
        self._paused_because: str | None = None
        self._together: StudyingProgressed | None = None
        self.said = QLabel()
        self.said.setProperty("role", "muted")
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.button = QToolButton()
        self.button.setIconSize(QSize(16, 16))
        self.button.clicked.connect(lambda: (self.resume_wanted if self.is_paused else self.pause_wanted).emit())
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(4)
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(self.tr("All books together"))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.said, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 4)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.bar)
        self.hide()

    @property
    def is_paused(self) -> bool:
        """Whether studying is laid down, and the button goes on with it."""
        return self._paused_because is not None

    def show_progress(self, together: StudyingProgressed) -> None:
        """How far all studying is."""
        self._together = together
        self._say()

    def show_state(self, state: EngineState) -> None:
        """Whether studying goes on, is paused and why, or is over."""
        self._paused_because = state.paused_because if state.studying == "paused" else None
        if state.studying == "idle":
            self._together = None
        self.setVisible(state.studying != "idle")
        self._say()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self._say()

    def _say(self) -> None:
        name = self.tr("Go on reading") if self.is_paused else self.tr("Pause reading")
        self.button.setIcon(icon("play" if self.is_paused else "pause", self._theme.text_muted, 16))
        self.button.setToolTip(name)
        self.button.setAccessibleName(name)
        together = self._together
        self.bar.setVisible(together is not None)
        if together is not None:
            self.bar.setValue(round(1000 * together.pages_done / together.pages_total) if together.pages_total else 0)
        self.said.setText(self._sentence(together))
        self.setAccessibleDescription(self.said.text())

    def _sentence(self, together: StudyingProgressed | None) -> str:
        number = QLocale().toString
        parts: list[str] = []
        if self._paused_because is not None:
            parts.append(self.tr("Paused: {reason}").format(reason=reason_in_window_words(self._paused_because).rstrip(".。")))
        elif together is None:
            parts.append(self.tr("Taking books in…"))
        if together is not None:
            parts.append(self.tr("{done} of {total} books").format(done=number(together.documents_done), total=number(together.documents_total)))
            if self._paused_because is None:
                if together.pages_per_second >= 1:
                    parts.append(self.tr("{speed} pages/s").format(speed=number(round(together.pages_per_second))))
                if together.seconds_left is not None:
                    parts.append(time_left(together.seconds_left))
        return " · ".join(parts)

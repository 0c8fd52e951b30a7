"""The one door through which the window tells of trouble: calm bars above the chat, one sentence and one remedy each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.engine_words import in_window_words
from desktop.icons import icon, pixmap
from desktop.theme import Theme
from engine.trouble import Notice

Kind = Literal["info", "warning", "danger"]
MOST = 3
"""More bars than this are no longer calm: the oldest one goes."""


class NoticeBar(QFrame):
    """One notice. `dismissed` by its cross; its button, if any, does the remedy."""

    def __init__(self, notice: Notice, kind: Kind, theme: Theme, button: str | None, act: Callable[[], None] | None, close: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.setProperty("kind", kind)
        self.setAccessibleName(notice.sentence)
        self.setAccessibleDescription(notice.remedy)
        self.notice = notice
        self.kind = kind
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 8, 10)
        row.setSpacing(12)
        self._sign = QLabel()
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        for role, text in (("sentence", notice.sentence), ("remedy", notice.remedy)):
            label = QLabel(text)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setProperty("role", role)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setVisible(bool(text))
            words.addWidget(label)
        row.addLayout(words, 1)
        self.button: QPushButton | None = None
        if button is not None and act is not None:
            self.button = QPushButton(button)
            self.button.clicked.connect(act)
            row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.cross = QToolButton()
        self.cross.setIconSize(QSize(14, 14))
        self.cross.setToolTip(self.tr("Dismiss"))
        self.cross.setAccessibleName(self.tr("Dismiss this notice"))
        self.cross.clicked.connect(close)
        row.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignTop)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw the signs in the colours of `theme`."""
        colour = {"info": theme.accent, "warning": theme.warning, "danger": theme.danger}[self.kind]
        self._sign.setPixmap(pixmap("info" if self.kind == "info" else "warning", colour, 18))
        self.cross.setIcon(icon("close", theme.text_muted, 14))


class Notices(QWidget):
    """The bars that are on show, newest first, one per code."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bars: dict[str, NoticeBar] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 0)
        self._column.setSpacing(8)
        self.hide()

    def show_notice(self, notice: Notice, *, kind: Kind = "warning", button: str | None = None, act: Callable[[], None] | None = None) -> None:
        """Show a notice; one of the same code is replaced. `act` is what its button does (the bar then goes)."""
        self.withdraw(notice.code)
        code = notice.code

        def do() -> None:
            self.withdraw(code)
            if act is not None:
                act()

        bar = NoticeBar(in_window_words(notice), kind, self._theme, button, do if act is not None else None, lambda: self.withdraw(code))
        self._bars[code] = bar
        self._column.insertWidget(0, bar)
        while len(self._bars) > MOST:
            self.withdraw(next(iter(self._bars)))
        self.show()

    def withdraw(self, code: str) -> None:
        """Take a notice away when what it tells of is over."""
        bar = self._bars.pop(code, None)
        if bar is not None:
            self._column.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
        self.setVisible(bool(self._bars))

    def shown(self) -> tuple[NoticeBar, ...]:
        """The bars on show, newest first."""
        return tuple(reversed(self._bars.values()))

    def set_theme(self, theme: Theme) -> None:
        """Redraw in the colours of `theme`."""
        self._theme = theme
        for bar in self._bars.values():
            bar.set_theme(theme)

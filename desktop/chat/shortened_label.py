"""A line of text that gives way where there is little room: in a page's header, below an answer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.chat.wording import tool_tip


class ShortenedLabel(QLabel):
    """A line of text that is shortened to the room there is; the tool tip says all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""

    def show_text(self, text: str, detail: str = "") -> None:
        """Show this text; the tool tip says it in full, with the detail below it."""
        self._whole = text
        self.setToolTip(tool_tip(text, detail))
        self.setAccessibleName(text)
        self.setAccessibleDescription(detail)
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """More room, more text."""
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        self.ensurePolished()
        self.setText(QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, max(40, self.width())))

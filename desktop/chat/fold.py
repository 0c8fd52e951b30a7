"""A line that unfolds what belongs to it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.chat.glyphs import glyph
from desktop.theme import Theme


class Fold(QPushButton):
    """A quiet button with a small arrow; pressing it shows or hides its content."""

    def __init__(self, theme: Theme, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fold")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumWidth(80)  # a long line gives way in a narrow column instead of widening it
        self._theme = theme
        self._content = content
        content.setVisible(False)
        self.toggled.connect(self._unfold)
        self._unfold(False)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self._draw()

    def _unfold(self, unfolded: bool) -> None:
        self._content.setVisible(unfolded)
        self._draw()

    def _draw(self) -> None:
        self.setIcon(glyph("unfolded" if self.isChecked() else "folded", self._theme.text_muted, 14))

"""A question and its answer in the transcript."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.chat.answer_card import AnswerCard
from desktop.theme import Theme, ui_font


class Exchange(QWidget):
    """The question in a bubble at the right, the answer below it over the whole width."""

    def __init__(self, question: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.question = QLabel(question, self)
        self.question.setObjectName("question")
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self.question.setWordWrap(True)
        self.question.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.question.setAccessibleName(self.tr("Your question"))
        self.card = AnswerCard(theme, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.space_px)
        column.addWidget(self.question, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self.card)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme's colours."""
        self._theme = theme
        self.card.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """The bubble is as wide as its words, up to four fifths of the column."""
        super().resizeEvent(event)
        around = 2 * 16 + 16  # the bubble's padding, and what a label keeps to itself when it looks for its height
        metrics = QFontMetrics(ui_font(self._theme, self._theme.font_size_reading_px))
        needed = max(metrics.horizontalAdvance(line) for line in self.question.text().split("\n"))
        width = min(max(120, round(self.width() * 0.8)), needed + around)
        self.question.setFixedSize(width, self.question.heightForWidth(width))

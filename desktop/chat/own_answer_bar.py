"""What stands above an answer of the student's own: which question it answers, and the ways to the books and to changing it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine import values


class OwnAnswerBar(QFrame):
    """Says whose answer it is, so that nobody takes it for the books'."""

    books_wanted = Signal()
    edit_wanted = Signal(object)
    """engine.values.MatchedPair"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ownAnswer")
        self._pair: values.MatchedPair | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        self.said = QLabel(self)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.setProperty("role", "sentence")
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.books_button = QPushButton(self.tr("Ask the books"), self)
        self.books_button.setToolTip(self.tr("Answer this question from your library instead"))
        self.books_button.clicked.connect(lambda: self.books_wanted.emit())
        self.edit_button = QPushButton(self.tr("Change my answer…"), self)
        self.edit_button.clicked.connect(lambda: self.edit_wanted.emit(self._pair))
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.books_button, self.edit_button):
            button.setObjectName("source")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            row.addWidget(button)
        row.addStretch(1)
        column.addWidget(self.said)
        column.addLayout(row)
        self.hide()

    def show_pair(self, pair: values.MatchedPair) -> None:
        """Say which question of the student's own this answers, and where it holds."""
        self._pair = pair
        if pair.collection:
            said = self.tr("Your own answer to: “{question}” ({collection})").format(question=pair.question, collection=pair.collection)
        else:
            said = self.tr("Your own answer to: “{question}”").format(question=pair.question)
        self.said.setText(said)
        self.books_button.setAccessibleDescription(said)
        self.show()

"""One answer of the student's own, being written: the question, other wordings of it, the answer, and where it holds."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from desktop.dialog_column import begin_column
from desktop.engine_words import in_window_words
from engine.trouble import Notice
from engine.values import Pair


class PairEditor(QDialog):
    """Shows a pair and lets it be changed; `kept` carries it, and the dialog stays until it is told that this worked."""

    kept = Signal(object)
    """engine.values.Pair"""

    def __init__(self, parent: QWidget, pair: Pair, collections: Sequence[str]) -> None:
        super().__init__(parent)
        self._pair = pair
        self.setWindowTitle(self.tr("Your own answer"))
        self.resize(620, 560)
        column = begin_column(
            self, self.tr("It is shown instead of what your books say, whenever this question or one that means the same is asked."), spacing=6
        )
        self.question = QLineEdit(pair.questions[0] if pair.questions else "")
        self.wordings = QPlainTextEdit("\n".join(pair.questions[1:]))
        self.wordings.setFixedHeight(64)
        self.answer = QPlainTextEdit(pair.answer)
        self.collection = QComboBox()
        self.collection.addItem(self.tr("Whatever is asked"), None)
        names = [*collections, *((pair.collection,) if pair.collection and pair.collection not in collections else ())]
        for name in names:
            self.collection.addItem(self.tr("Only “{name}”, or everything").format(name=name), name)
        self.collection.setCurrentIndex(max(0, self.collection.findData(pair.collection)))
        for text, editor in (
            (self.tr("&Question"), self.question),
            (self.tr("Other &wordings, one a line (not needed)"), self.wordings),
            (self.tr("&Answer (Markdown)"), self.answer),
            (self.tr("&Holds when this is asked"), self.collection),
        ):
            label = QLabel(text)
            label.setBuddy(editor)
            editor.setAccessibleName(text.replace("&", ""))
            column.addSpacing(6)
            column.addWidget(label)
            column.addWidget(editor, 1 if editor is self.answer else 0)
        for writing in (self.wordings, self.answer):
            writing.setTabChangesFocus(True)
        self.trouble = QLabel()
        self.trouble.setProperty("role", "error")
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        column.addWidget(self.trouble)
        column.addSpacing(6)
        column.addLayout(self._foot())
        self.question.textChanged.connect(self.allow_keeping)
        self.answer.textChanged.connect(self.allow_keeping)
        self.allow_keeping()
        (self.answer if self.question.text() else self.question).setFocus()

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.keep_button = QPushButton(self.tr("Keep"))
        self.keep_button.setProperty("kind", "primary")
        self.keep_button.setDefault(True)
        self.keep_button.clicked.connect(self._keep)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.keep_button)
        return row

    def show_trouble(self, notice: Notice) -> None:
        """Why it could not be kept; what was written stays."""
        said = in_window_words(notice)
        self.trouble.setText(f"{said.sentence} {said.remedy}".strip().replace("。 ", "。"))
        self.trouble.show()
        self.allow_keeping()

    def allow_keeping(self) -> None:
        """Let it be kept where there is a question and an answer."""
        self.keep_button.setEnabled(bool(self.question.text().strip()) and bool(self.answer.toPlainText().strip()))

    def _keep(self) -> None:
        self.keep_button.setEnabled(False)
        questions = (self.question.text(), *(line for line in self.wordings.toPlainText().splitlines() if line.strip()))
        self.kept.emit(msgspec.structs.replace(self._pair, questions=questions, answer=self.answer.toPlainText(), collection=self.collection.currentData()))

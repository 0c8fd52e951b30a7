"""The student's own answers: which there are, and how one is added, changed or forgotten, and how they come and go as a file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QWidget

from desktop.dialog_column import begin_column
from engine.values import Pair, PairId

PAIR = int(Qt.ItemDataRole.UserRole)
SHOWN_CHARACTERS = 160
"""Of an answer, in its line of the list."""


class PairsDialog(QDialog):
    """Shows the pairs; every wish is a signal."""

    add_wanted = Signal()
    edit_wanted = Signal(object)
    """engine.values.Pair"""
    forget_wanted = Signal(object)
    import_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Your own answers"))
        self.resize(640, 520)
        column = begin_column(
            self, self.tr("Where a question means the same as one of these, your answer is shown, marked as yours. The books can still be asked.")
        )
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter"))
        self.filter.setAccessibleName(self.tr("Filter your own answers"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._show_matching)
        column.addWidget(self.filter)
        self.list = QListWidget()
        self.list.setObjectName("pairs")
        self.list.setAccessibleName(self.tr("Your own answers"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda item: self.edit_wanted.emit(item.data(PAIR)))
        self.list.currentItemChanged.connect(self._look)
        column.addWidget(self.list, 1)
        self.nothing = QLabel(self.tr("There are none yet. Add one, or keep an answer as yours where it stands in the conversation."))
        self.nothing.setProperty("role", "muted")
        self.nothing.setWordWrap(True)
        column.addWidget(self.nothing)
        column.addLayout(self._buttons())
        remove = QAction(self.tr("Forget…"), self.list)
        remove.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        remove.triggered.connect(self._forget)
        self.list.addAction(remove)
        self.show_pairs(())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.add_button = QPushButton(self.tr("Add…"))
        self.edit_button = QPushButton(self.tr("Change…"))
        self.forget_button = QPushButton(self.tr("Forget…"))
        self.import_button = QPushButton(self.tr("Import…"))
        self.import_button.setToolTip(self.tr("CSV with the columns question and answer, or JSONL"))
        self.export_button = QPushButton(self.tr("Export…"))
        done = QPushButton(self.tr("Done"))
        done.setProperty("kind", "primary")
        self.add_button.clicked.connect(self.add_wanted)
        self.edit_button.clicked.connect(self._edit)
        self.forget_button.clicked.connect(self._forget)
        self.import_button.clicked.connect(self.import_wanted)
        self.export_button.clicked.connect(self.export_wanted)
        done.clicked.connect(self.accept)
        for button in (self.add_button, self.edit_button, self.forget_button, self.import_button, self.export_button):
            button.setAutoDefault(False)  # Enter in the list changes an answer and presses nothing
            row.addWidget(button)
        row.addStretch(1)
        done.setAutoDefault(False)
        row.addWidget(done)
        return row

    def show_pairs(self, pairs: Sequence[Pair], chosen: PairId | None = None) -> None:
        """Show these pairs, one of them chosen."""
        self.list.clear()
        for pair in pairs:
            item = QListWidgetItem(_line(pair))
            item.setData(PAIR, pair)
            item.setSizeHint(QSize(0, 2 * self.list.fontMetrics().lineSpacing() + 18))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, " ".join(_line(pair).split("\n")))
            self.list.addItem(item)
            if pair.pair == chosen:
                self.list.setCurrentItem(item)
        self.nothing.setVisible(not pairs)
        self.export_button.setEnabled(bool(pairs))
        self._show_matching(self.filter.text())
        self._look()

    def _show_matching(self, text: str) -> None:
        for at in range(self.list.count()):
            item = self.list.item(at)
            pair: Pair = item.data(PAIR)
            whole = "\n".join((*pair.questions, pair.answer, pair.collection or ""))
            item.setHidden(text.casefold() not in whole.casefold())

    def _look(self) -> None:
        chosen = self.list.currentItem() is not None
        self.edit_button.setEnabled(chosen)
        self.forget_button.setEnabled(chosen)

    def _current(self) -> Pair | None:
        item = self.list.currentItem()
        pair: Pair | None = None if item is None else item.data(PAIR)
        return pair

    def _edit(self) -> None:
        if (pair := self._current()) is not None:
            self.edit_wanted.emit(pair)

    def _forget(self) -> None:
        if (pair := self._current()) is not None:
            self.forget_wanted.emit(pair)


def _line(pair: Pair) -> str:
    answer = " ".join(pair.answer.split())
    shown = answer if len(answer) <= SHOWN_CHARACTERS else answer[: SHOWN_CHARACTERS - 1] + "…"
    head = " · ".join(filter(None, (pair.questions[0], pair.collection)))
    return f"{head}\n{shown}"

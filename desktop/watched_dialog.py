"""The watched folders: which there are, what is wrong with them, and how one is added or left alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QWidget

from desktop.dialog_column import begin_column
from desktop.engine_words import reason_in_window_words
from engine.values import WatchedFolder

PATH = int(Qt.ItemDataRole.UserRole)


class WatchedDialog(QDialog):
    """Shows the folders; every wish is a signal."""

    watch_wanted = Signal()
    unwatch_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Watched folders"))
        self.resize(560, 360)
        column = begin_column(
            self, self.tr("What comes into these folders is read by itself, while ByteBrain is open. What goes from them stays in your library.")
        )
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Watched folders"))
        self.list.setWordWrap(True)
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        self.watch_button = QPushButton(self.tr("Watch a folder…"))
        self.watch_button.clicked.connect(self.watch_wanted)
        self.unwatch_button = QPushButton(self.tr("Watch it no longer"))
        self.unwatch_button.setEnabled(False)
        self.unwatch_button.clicked.connect(self._unwatch)
        self.list.currentItemChanged.connect(lambda now, _before: self.unwatch_button.setEnabled(now is not None))
        done = QPushButton(self.tr("Done"))
        done.setProperty("kind", "primary")
        done.setDefault(True)
        done.clicked.connect(self.accept)
        foot.addWidget(self.watch_button)
        foot.addWidget(self.unwatch_button)
        foot.addStretch(1)
        foot.addWidget(done)
        column.addLayout(foot)

    def show_folders(self, folders: Sequence[WatchedFolder]) -> None:
        """Show these folders."""
        self.list.clear()
        for folder in folders:
            item = QListWidgetItem(f"{folder.path}\n{self._line(folder)}")
            item.setData(PATH, folder.path)
            self.list.addItem(item)
        self.unwatch_button.setEnabled(False)

    def _line(self, folder: WatchedFolder) -> str:
        if folder.trouble is not None:
            return reason_in_window_words(folder.trouble)
        if folder.looked_at is None:
            return self.tr("Not looked through yet")
        when = QLocale().toString(QDateTime.fromSecsSinceEpoch(int(folder.looked_at)), QLocale.FormatType.ShortFormat)
        return self.tr("Looked through {when}").format(when=when)

    def _unwatch(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.unwatch_wanted.emit(item.data(PATH))

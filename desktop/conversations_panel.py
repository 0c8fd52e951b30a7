"""The conversations in the sidebar: begin one, open one, forget one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QDateTime, QLocale, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QMenu, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from desktop.icons import icon
from desktop.theme import Theme
from desktop.tips import tip
from engine.values import ConversationSummary

SUMMARY = int(Qt.ItemDataRole.UserRole)


class ConversationsModel(QAbstractListModel):
    """The conversations, latest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._summaries: tuple[ConversationSummary, ...] = ()

    def set_summaries(self, summaries: Sequence[ConversationSummary]) -> None:
        """The whole list."""
        self.beginResetModel()
        self._summaries = tuple(sorted(summaries, key=lambda summary: -summary.changed_at))
        self.endResetModel()

    def summaries(self) -> tuple[ConversationSummary, ...]:
        """The list as it is shown."""
        return self._summaries

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 — Qt's signature
        """Qt's question: how many rows."""
        return 0 if parent.isValid() else len(self._summaries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt's question: what stands at `index`."""
        if not index.isValid() or index.row() >= len(self._summaries):
            return None
        summary = self._summaries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(summary.title.split())
        if role == SUMMARY:
            return summary
        if role == Qt.ItemDataRole.ToolTipRole:
            when = QLocale().toString(QDateTime.fromSecsSinceEpoch(int(summary.changed_at)), QLocale.FormatType.ShortFormat)
            return tip(summary.title, when)
        return None


class ConversationsPanel(QWidget):
    """The list and the button for a new conversation. Every wish is a signal."""

    new_wanted = Signal()
    open_wanted = Signal(str)
    forget_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.model = ConversationsModel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 8)
        column.setSpacing(6)
        self.new_button = QPushButton(self.tr("New conversation"))
        self.new_button.setProperty("kind", "wide")
        self.new_button.setToolTip(self.tr("New conversation (Ctrl+N)"))
        self.new_button.setIconSize(QSize(16, 16))
        self.new_button.clicked.connect(self.new_wanted)
        column.addWidget(self.new_button)
        heading = QLabel(self.tr("Conversations"))
        heading.setProperty("role", "heading")
        heading.setContentsMargins(0, 8, 0, 0)
        column.addWidget(heading)
        self.view = self._list()
        self.empty = QLabel(self.tr("What you ask is kept here."))
        self.empty.setProperty("role", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.empty.setWordWrap(True)
        pile = QWidget()
        self._pile = QStackedLayout(pile)
        self._pile.addWidget(self.empty)
        self._pile.addWidget(self.view)
        column.addWidget(pile, 1)
        self.set_theme(theme)

    def _list(self) -> QListView:
        view = QListView()
        view.setObjectName("conversations")
        view.setAccessibleName(self.tr("Conversations"))
        view.setModel(self.model)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._menu_at)
        view.clicked.connect(self._open)
        view.activated.connect(self._open)
        forget = QAction(self.tr("Forget"), view)
        forget.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        forget.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        forget.triggered.connect(self._forget_current)
        view.addAction(forget)
        return view

    def show_conversations(self, summaries: Sequence[ConversationSummary], current: str | None) -> None:
        """Show the list and mark the one that is open."""
        self.model.set_summaries(summaries)
        if not summaries and self.view.hasFocus():
            self.new_button.setFocus()  # else the sentence that takes the list's place would get the keyboard
        self._pile.setCurrentIndex(1 if summaries else 0)
        self.mark(current)

    def mark(self, current: str | None) -> None:
        """Mark the open conversation (none for a new one)."""
        at = next((at for at, summary in enumerate(self.model.summaries()) if summary.conversation == current), None)
        if at is None:
            self.view.clearSelection()
            self.view.setCurrentIndex(QModelIndex())
        else:
            self.view.setCurrentIndex(self.model.index(at))

    def menu_for(self, summary: ConversationSummary) -> QMenu:
        """What can be done with a conversation."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open"), lambda: self.open_wanted.emit(summary.conversation))
        menu.addAction(self.tr("Forget…"), lambda: self.forget_wanted.emit(summary.conversation))
        return menu

    def set_theme(self, theme: Theme) -> None:
        """Redraw in the colours of `theme`."""
        self.new_button.setIcon(icon("add", theme.accent, 16))

    def _open(self, index: QModelIndex) -> None:
        self.open_wanted.emit(index.data(SUMMARY).conversation)

    def _menu_at(self, where: QPoint) -> None:
        index = self.view.indexAt(where)
        if index.isValid():
            self.menu_for(index.data(SUMMARY)).popup(self.view.viewport().mapToGlobal(where))

    def _forget_current(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            self.forget_wanted.emit(index.data(SUMMARY).conversation)

"""What stands above a long list of documents: which collection is shown, and how many files could not be read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QActionGroup, QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from desktop.icons import icon
from desktop.library_model import ROW, Row
from desktop.theme import Theme
from desktop.tips import tip

NAME_PX = 110
"""The widest that a collection's name gets on its button."""


class CollectionFilter(QSortFilterProxyModel):
    """The rows of one collection, and every file that is no document yet: what was just dropped, or refused, is not hidden."""

    def __init__(self, collection: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.collection = collection

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:  # noqa: N802 — Qt's name
        """Qt's question: whether a row is shown."""
        there: Row = self.sourceModel().index(row, 0, parent).data(ROW)
        return there.document is None or self.collection in there.document.collections


class LibraryFilter(QWidget):
    """Decides nothing: what is chosen and wished is a signal."""

    collection_chosen = Signal(object)
    """The name of a collection; None for all books."""
    rename_wanted = Signal(str)
    forget_wanted = Signal(str)
    rules_wanted = Signal(object)
    refused_wanted = Signal()
    """The next file that could not be read is to be shown."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._collections: tuple[str, ...] = ()
        self.chosen: str | None = None
        self.button = QToolButton(self)
        self.button.setProperty("kind", "chip")
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setIconSize(QSize(14, 14))
        self.button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the sign that it opens stands behind the words
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setToolTip(self.tr("Which books are listed"))
        menu = QMenu(self.button)
        menu.aboutToShow.connect(self.fill_menu)
        self.button.setMenu(menu)
        self.refused = QPushButton(self)
        self.refused.setProperty("kind", "status")
        self.refused.setToolTip(self.tr("Show the next one, with the reason and what to do"))
        self.refused.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.refused.clicked.connect(lambda: self.refused_wanted.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 2)
        row.setSpacing(4)
        row.addWidget(self.button)
        row.addWidget(self.refused, 1_000)
        row.addStretch(1)  # a button alone stays at the left
        self.show_state((), None, 0)

    def show_state(self, collections: Sequence[str], chosen: str | None, refused: int) -> None:
        """What there is to choose, what is chosen, and how many files could not be read (0: not worth a line)."""
        self._collections, self.chosen = tuple(collections), chosen
        self.button.setVisible(bool(collections))
        name = chosen if chosen is not None else self.tr("All books")
        self.button.setText(QFontMetrics(self.button.font()).elidedText(name, Qt.TextElideMode.ElideRight, NAME_PX).replace("&", "&&"))
        self.button.setAccessibleName(self.tr("Listed: {what}").format(what=name))
        if self.button.property("chosen") is not (chosen is not None):
            self.button.setProperty("chosen", chosen is not None)
            self.button.style().unpolish(self.button)
            self.button.style().polish(self.button)
        self.set_theme(self._theme)
        self.button.setToolTip(tip(name) if chosen is not None else self.tr("Which books are listed"))
        self.refused.setVisible(bool(refused))
        said = self.tr("1 could not be read") if refused == 1 else self.tr("{count} could not be read").format(count=QLocale().toString(refused))
        self.refused.setText(said)
        self.refused.setAccessibleName(said)
        self.setVisible(bool(collections) or bool(refused))

    def set_theme(self, theme: Theme) -> None:
        """Redraw in the colours of `theme`."""
        self._theme = theme
        self.button.setIcon(icon("chevron", theme.accent if self.chosen is not None else theme.text_muted, 14))

    def fill_menu(self) -> None:
        """The collections, and what can be done with the chosen one."""
        menu = self.button.menu()
        menu.clear()
        group = QActionGroup(menu)
        for name in (None, *self._collections):
            action = menu.addAction(self.tr("All books") if name is None else name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name == self.chosen)
            action.triggered.connect(lambda _checked=False, name=name: self.collection_chosen.emit(name))
            group.addAction(action)
        if self.chosen is not None:
            chosen = self.chosen
            menu.addSeparator()
            menu.addAction(self.tr("How to answer from it…"), lambda: self.rules_wanted.emit(chosen))
            menu.addAction(self.tr("Rename this collection…"), lambda: self.rename_wanted.emit(chosen))
            menu.addAction(self.tr("Forget this collection…"), lambda: self.forget_wanted.emit(chosen))

"""The library in the sidebar: the documents with their state, the button that adds, and what can be done with a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QLabel, QListView, QMenu, QToolButton, QVBoxLayout, QWidget

from desktop.icons import icon
from desktop.library_model import ROW, LibraryModel, Row
from desktop.studying_bar import StudyingBar
from desktop.theme import Theme
from engine.values import Document

if TYPE_CHECKING:
    from desktop.library_delegate import LibraryDelegate


class LibraryPanel(QWidget):
    """Shows a `LibraryModel`. Decides nothing: every wish is a signal with the key of a row."""

    files_wanted = Signal()
    folder_wanted = Signal()
    stop_wanted = Signal(str)
    open_wanted = Signal(str)
    ask_only_wanted = Signal(str)
    study_wanted = Signal(str)
    remove_wanted = Signal(str)
    password_wanted = Signal(str)
    watched_wanted = Signal()
    export_wanted = Signal()
    import_wanted = Signal()
    collect_wanted = Signal(str, str)
    uncollect_wanted = Signal(str, str)
    new_collection_wanted = Signal(str)

    def __init__(self, model: LibraryModel, theme: Theme) -> None:
        super().__init__()
        self.model = model
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 4)
        column.setSpacing(4)
        column.addLayout(self._heading())
        self.studying = StudyingBar(theme)
        column.addWidget(self.studying)
        self.view = QListView()
        self.view.setObjectName("library")
        self.view.setAccessibleName(self.tr("Library"))
        self.view.setModel(model)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._menu_at)
        self.view.activated.connect(lambda index: self._activate(index.data(ROW)))
        self._delegate: LibraryDelegate | None = None
        column.addWidget(self.view, 1)
        self.hint = self._drop_hint()
        column.addWidget(self.hint)
        remove = QAction(self.tr("Remove"), self.view)
        remove.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        remove.triggered.connect(self._remove_current)
        self.view.addAction(remove)
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.dataChanged):
            signal.connect(self._recount)
        self._theme = theme
        self.add_button.setIcon(icon("add", theme.text_muted, 16))
        self._recount()

        model.rowsAboutToBeInserted.connect(lambda: self.delegate)
        model.modelAboutToBeReset.connect(lambda: self.delegate)

    @property
    def delegate(self) -> LibraryDelegate:
        """What draws the rows; imported when there are rows, which is after the first frame."""
        if self._delegate is None:
            from desktop.library_delegate import LibraryDelegate

            self._delegate = LibraryDelegate(self._theme, self.view)
            self._delegate.stop_pressed.connect(self.stop_wanted)
            self._delegate.more_pressed.connect(self._menu_of)
            self.view.setItemDelegate(self._delegate)
        return self._delegate

    def _heading(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        name = QLabel(self.tr("Library"))
        name.setProperty("role", "heading")
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.add_button = QToolButton()
        self.add_button.setIconSize(QSize(16, 16))
        self.add_button.setToolTip(self.tr("Add books (Ctrl+O)"))
        self.add_button.setAccessibleName(self.tr("Add to the library"))
        self.add_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.add_button)
        menu.addAction(self.tr("Add files…"), self.files_wanted.emit)
        menu.addAction(self.tr("Add a folder…"), self.folder_wanted.emit)
        menu.addAction(self.tr("Watched folders…"), self.watched_wanted.emit)
        menu.addSeparator()
        menu.addAction(self.tr("Export the library…"), self.export_wanted.emit)
        menu.addAction(self.tr("Import a library…"), self.import_wanted.emit)
        self.add_button.setMenu(menu)
        row.addWidget(name)
        row.addWidget(self.count, 1)
        row.addWidget(self.add_button)
        return row

    def _drop_hint(self) -> QFrame:
        hint = QFrame()
        hint.setObjectName("dropHint")
        column = QVBoxLayout(hint)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(2)
        first = QLabel(self.tr("Drop your textbooks here"))
        second = QLabel(self.tr("PDF, EPUB, Word, slides, web pages, notebooks, text; folders too"))
        second.setProperty("role", "muted")
        for label in (first, second):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        return hint

    def set_theme(self, theme: Theme) -> None:
        """Redraw in the colours of `theme`."""
        self._theme = theme
        self.delegate.set_theme(theme)
        self.studying.set_theme(theme)
        self.add_button.setIcon(icon("add", theme.text_muted, 16))
        self.view.viewport().update()

    def menu_for(self, row: Row) -> QMenu:
        """What can be done with a row."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        key = row.key
        if row.document is not None and row.document.state in ("searchable", "ready"):
            menu.addAction(self.tr("Ask only this book"), lambda: self.ask_only_wanted.emit(key))
        if row.is_locked:
            menu.addAction(self.tr("Enter the password…"), lambda: self.password_wanted.emit(key))
        if row.document is not None:
            menu.addAction(self.tr("Open the original"), lambda: self.open_wanted.emit(key))
            menu.addMenu(self._collections_menu(menu, row.document))
        if row.is_unfinished or (row.is_refused and row.document is not None):
            menu.addAction(self.tr("Go on reading") if row.is_unfinished else self.tr("Try again"), lambda: self.study_wanted.emit(key))
        menu.addSeparator()
        if row.can_be_stopped:
            menu.addAction(self.tr("Stop reading…"), lambda: self.stop_wanted.emit(key))
        else:
            menu.addAction(self.tr("Remove from the library…") if row.document is not None else self.tr("Dismiss"), lambda: self.remove_wanted.emit(key))
        return menu

    def _collections_menu(self, menu: QMenu, document: Document) -> QMenu:
        """In which collections a document is: ticked are those that hold it."""
        inner = QMenu(self.tr("Collections"), menu)
        for name in self.model.collections():
            action = inner.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name in document.collections)
            wanted = self.uncollect_wanted if name in document.collections else self.collect_wanted
            action.triggered.connect(lambda _checked=False, wanted=wanted, name=name: wanted.emit(document.document, name))
        if not inner.isEmpty():
            inner.addSeparator()
        inner.addAction(self.tr("New collection…"), lambda: self.new_collection_wanted.emit(document.document))
        return inner

    def _activate(self, row: Row) -> None:
        """A locked book asks for its password, any other opens."""
        (self.password_wanted if row.is_locked else self.open_wanted).emit(row.key)

    def _menu_at(self, where: QPoint) -> None:
        index = self.view.indexAt(where)
        if index.isValid():
            self.menu_for(index.data(ROW)).popup(self.view.viewport().mapToGlobal(where))

    def _menu_of(self, key: str, where: QPoint) -> None:
        row = self.model.find(key)
        if row is not None:
            self.menu_for(row).popup(where)

    def _remove_current(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            self.remove_wanted.emit(index.data(ROW).key)

    def _recount(self) -> None:
        rows = self.model.rows()
        own = [row for row in rows if row.document is None or not row.document.sample]
        self.hint.setVisible(not own)
        seen, total = self.model.pages_seen()
        number = QLocale().toString
        if seen < total:
            self.count.setText(self.tr("{seen} of {total} pages seen").format(seen=number(seen), total=number(total)))
        else:
            self.count.setText(number(len(rows)) if rows else "")

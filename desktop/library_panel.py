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
    from desktop.library_filter import LibraryFilter

FEW_ROWS = 6
"""Among so few, a file that could not be read is seen without being counted."""


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
    hit_test_wanted = Signal()
    pairs_wanted = Signal()
    rules_wanted = Signal(object)
    """The name of the collection whose rules are wanted; None for the library's."""
    collect_wanted = Signal(str, str)
    uncollect_wanted = Signal(str, str)
    new_collection_wanted = Signal(str)
    collection_chosen = Signal(object)
    """The name of the collection whose documents are listed; None for all."""
    rename_wanted = Signal(str)
    forget_wanted = Signal(str)

    def __init__(self, model: LibraryModel, theme: Theme) -> None:
        super().__init__()
        self.model = model
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 4)
        column.setSpacing(4)
        column.addLayout(self._heading())
        self.studying = StudyingBar(theme)
        column.addWidget(self.studying)
        self._column = column
        self._filter: LibraryFilter | None = None
        self.collection: str | None = None
        """The collection that is listed; None for all."""
        self._renamed: dict[str, str] = {}
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
        self._theme = theme
        self.add_button.setIcon(icon("add", theme.text_muted, 16))
        self.recount()

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

    @property
    def filter(self) -> LibraryFilter:
        """The line above the list; imported and made when there is a collection, or much that could not be read."""
        if self._filter is None:
            from desktop.library_filter import LibraryFilter

            self._filter = LibraryFilter(self._theme, self)
            self._filter.collection_chosen.connect(self.choose_collection)
            self._filter.rename_wanted.connect(self.rename_wanted)
            self._filter.forget_wanted.connect(self.forget_wanted)
            self._filter.rules_wanted.connect(self.rules_wanted)
            self._filter.refused_wanted.connect(self.show_next_refused)
            self._column.insertWidget(self._column.indexOf(self.view), self._filter)
        return self._filter

    def choose_collection(self, name: str | None) -> None:
        """List only what is in a collection; None lists everything."""
        if name == self.collection:
            return
        self.collection = name
        shown = self.view.model()
        if name is None:
            self.view.setModel(self.model)
        else:
            from desktop.library_filter import CollectionFilter

            filtered = CollectionFilter(name, self)
            filtered.setSourceModel(self.model)
            self.view.setModel(filtered)
        if shown is not self.model:
            shown.deleteLater()
        self.collection_chosen.emit(name)
        self.recount()

    def follow_collection(self, before: str, now: str) -> None:
        """A collection has another name as soon as the rows say so; where it is listed, it stays so."""
        self._renamed[before] = now

    def show_next_refused(self) -> None:
        """Bring the next file that could not be read into sight, the first one after the last."""
        shown, now = self.view.model(), self.view.currentIndex().row()
        refused = [at for at in range(shown.rowCount()) if shown.index(at, 0).data(ROW).is_refused]
        if refused:
            index = shown.index(next((at for at in refused if at > now), refused[0]), 0)
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)
            self.view.setFocus()

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
        menu.addSeparator()
        menu.addAction(self.tr("Your own answers…"), self.pairs_wanted.emit)
        menu.addAction(self.tr("How to answer…"), lambda: self.rules_wanted.emit(self.collection))
        menu.addAction(self.tr("Test a question…"), self.hit_test_wanted.emit)
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
        if self._filter is not None:
            self._filter.set_theme(theme)
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
        elif not row.is_waiting:
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
        if index.isValid() and not (menu := self.menu_for(index.data(ROW))).isEmpty():
            menu.popup(self.view.viewport().mapToGlobal(where))

    def _menu_of(self, key: str, where: QPoint) -> None:
        row = self.model.find(key)
        if row is not None:
            self.menu_for(row).popup(where)

    def _remove_current(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            self.remove_wanted.emit(index.data(ROW).key)

    def recount(self) -> None:
        """Say how many there are, and what of them was read. Looks at every row, so it is not done for each that changes."""
        rows = self.model.rows()
        self.hint.setVisible(all(row.document is not None and row.document.sample for row in rows))
        seen, total = self.model.pages_seen()
        number = QLocale().toString
        if seen < total:
            self.count.setText(self.tr("{seen} of {total} pages seen").format(seen=number(seen), total=number(total)))
        else:
            self.count.setText(number(len(rows)) if rows else "")
        refused = sum(row.is_refused for row in rows)
        shown = refused if len(rows) > FEW_ROWS else 0
        collections = self.model.collections()
        if self.collection is not None and self.collection not in collections:
            now = self._renamed.pop(self.collection, None)
            self.choose_collection(now if now in collections else None)  # which counts again
        elif collections or shown or self._filter is not None:
            self.filter.show_state(collections, self.collection, shown)

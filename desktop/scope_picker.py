"""What a question is asked of: the whole library, a collection, one book, or one chapter. A chip beside the composer, and its popover."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QToolButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from desktop.icons import icon
from desktop.theme import Theme
from desktop.tips import tip
from engine.messages import Sections
from engine.values import Document, DocumentId, Scope, Section

SCOPE = int(Qt.ItemDataRole.UserRole)
TITLE_PX = 260
"""The widest that a chosen title gets on the chip."""


class ScopePopover(QFrame):
    """The tree of books and chapters with a line to filter it.

    Chapters are asked for when a book is unfolded, and those of one book after the other when something is looked for.
    """

    chosen = Signal(object, str)
    sections_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popover")
        self.resize(400, 420)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(8)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find a book or a chapter"))
        self.filter.setAccessibleName(self.tr("Find a book or a chapter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter)
        self.filter.returnPressed.connect(self._choose_first)
        column.addWidget(self.filter)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(self.tr("Ask of"))
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(18)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.tree.itemExpanded.connect(self._unfolded)
        self.tree.itemActivated.connect(self._choose)
        self.tree.itemClicked.connect(self._choose)
        self.none = QLabel(self.tr("No match"))
        self.none.setProperty("role", "muted")
        self.none.hide()
        column.addWidget(self.none)
        column.addWidget(self.tree, 1)
        self._asked: set[str] = set()
        """Books whose chapters were asked for."""
        self._listed: set[str] = set()
        """Books whose chapters came."""
        self.setFocusProxy(self.filter)

    def show_documents(self, documents: Sequence[Document]) -> None:
        """Fill the tree; chapters come when a book is unfolded."""
        self.tree.clear()
        self._asked.clear()
        self._listed.clear()
        self.filter.clear()
        everything = QTreeWidgetItem([self.tr("All books")])
        everything.setData(0, SCOPE, None)
        self.tree.addTopLevelItem(everything)
        for name in sorted({name for document in documents for name in document.collections}, key=str.casefold):
            item = QTreeWidgetItem([self.tr("Collection: {name}").format(name=name)])
            item.setToolTip(0, tip(name))
            item.setData(0, SCOPE, Scope(collection=name))
            self.tree.addTopLevelItem(item)
        for document in documents:
            item = QTreeWidgetItem([document.title])
            item.setToolTip(0, tip(document.title))
            item.setData(0, SCOPE, Scope(document.document))
            item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
            self.tree.addTopLevelItem(item)
        self.tree.setCurrentItem(everything)

    def show_sections(self, listed: Sections) -> None:
        """Hang the chapters of one book below it."""
        self._listed.add(listed.document)
        for item in self._books():
            if item.data(0, SCOPE).document == listed.document and item.childCount() == 0:
                hang_sections(item, listed.document, listed.sections)
                if not listed.sections:
                    item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.DontShowIndicator)
                if self.filter.text():
                    _show_matching(item, self.filter.text())
        self._look_further()

    def _books(self) -> list[QTreeWidgetItem]:
        """The items of the books: everything at the top but "All books" and the collections."""
        items = (self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount()))
        return [item for item in items if item is not None and item.data(0, SCOPE) is not None and item.data(0, SCOPE).collection is None]

    def _unfolded(self, item: QTreeWidgetItem) -> None:
        scope = item.data(0, SCOPE)
        if scope is not None and scope.collection is None and scope.section is None and item.childCount() == 0:
            self._ask_for(scope.document)

    def _ask_for(self, document: str) -> None:
        if document not in self._asked:
            self._asked.add(document)
            self.sections_wanted.emit(document)

    def _look_further(self) -> None:
        """While something is looked for: ask for the chapters of the next book; when all came, say whether nothing matches."""
        missing = [item.data(0, SCOPE).document for item in self._books() if item.data(0, SCOPE).document not in self._listed]
        if self.filter.text() and missing and not self._asked - self._listed:
            self._ask_for(missing[0])
        items = (self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount()))
        self.none.setVisible(not missing and all(item is None or item.isHidden() for item in items))

    def _choose(self, item: QTreeWidgetItem) -> None:
        scope: Scope | None = item.data(0, SCOPE)
        self.chosen.emit(scope, item.text(0))
        self.hide()

    def _choose_first(self) -> None:
        for at in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(at)
            if item is not None and not item.isHidden() and (not self.filter.text() or item.data(0, SCOPE) is not None):
                inner = next((child for child in _below(item) if not child.isHidden() and _matches(child, self.filter.text())), None)
                self._choose(item if inner is None or _matches(item, self.filter.text()) else inner)
                return

    def _filter(self, text: str) -> None:
        for at in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(at)
            if item is not None:
                _show_matching(item, text)
        self._look_further()


class ScopePicker(QToolButton):
    """The chip. `changed` carries the chosen scopes: empty for the whole library."""

    changed = Signal(object)
    sections_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._documents: tuple[Document, ...] = ()
        self._scope: Scope | None = None
        self._theme = theme
        self._popover: ScopePopover | None = None
        self.setProperty("kind", "chip")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(14, 14))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the sign that it opens stands behind the words
        self.setToolTip(self.tr("What the question is asked of"))
        self.clicked.connect(self.open)
        self._show(None)

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """What a question is asked of now; empty for the whole library."""
        return (self._scope,) if self._scope is not None else ()

    @property
    def documents(self) -> tuple[Document, ...]:
        """What can be asked."""
        return self._documents

    @property
    def popover(self) -> ScopePopover:
        """The tree, made when it is first needed."""
        if self._popover is None:
            self._popover = ScopePopover(self)
            self._popover.chosen.connect(self._choose)
            self._popover.sections_wanted.connect(self.sections_wanted)
        return self._popover

    def set_documents(self, documents: Sequence[Document]) -> None:
        """What can be asked. A chosen book that is gone gives way to the whole library."""
        self._documents = tuple(documents)
        if self._scope is not None and not any(_holds(document, self._scope) for document in documents):
            self._choose(None, "")

    def choose_document(self, document: Document) -> None:
        """Ask only this book."""
        self._choose(Scope(document.document), document.title)

    def choose_scopes(self, scopes: Sequence[Scope]) -> None:
        """Take up the scope of a stored question (its book may be gone by now)."""
        scope = scopes[0] if scopes else None
        if scope is not None and scope.collection is not None:
            there = any(_holds(document, scope) for document in self._documents)
            self._choose(scope if there else None, scope.collection)
            return
        book = next((document for document in self._documents if scope is not None and document.document == scope.document), None)
        self._choose(scope if book is not None else None, book.title if book is not None else "")
        if book is not None and scope is not None and scope.section is not None:
            self.sections_wanted.emit(scope.document)  # a stored scope knows the number of its section, not the title

    def show_sections(self, listed: Sections) -> None:
        """Chapters that were asked for: for the tree, or for the title of the chosen one."""
        chosen = self._scope if self._scope is not None and self._scope.document == listed.document else None
        title = next((section.title for section in listed.sections if chosen is not None and section.number == chosen.section), None)
        if title is not None:
            self._show(title)
        if self._popover is not None:
            self._popover.show_sections(listed)

    def open(self) -> None:
        """Open the tree above the chip."""
        popover = self.popover
        popover.show_documents(self._documents)
        corner = self.mapToGlobal(QPoint(0, 0))
        popover.move(corner.x(), max(0, corner.y() - popover.height() - 6))
        popover.show()
        popover.filter.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Redraw in the colours of `theme`."""
        self._theme = theme
        self.setIcon(icon("chevron", theme.accent if self._scope is not None else theme.text_muted, 14))

    def _choose(self, scope: Scope | None, title: str) -> None:
        self._scope = scope
        self._show(title if scope is not None else None)
        self.changed.emit(self.scopes)

    def _show(self, title: str | None) -> None:
        text = self.tr("All books") if title is None else QFontMetrics(self.font()).elidedText(title, Qt.TextElideMode.ElideRight, TITLE_PX)
        self.setText(text.replace("&", "&&"))  # one alone would underline the next letter
        self.setAccessibleName(self.tr("Ask of: {what}").format(what=title or self.tr("All books")))
        self.setProperty("chosen", title is not None)
        self.style().unpolish(self)
        self.style().polish(self)
        self.set_theme(self._theme)


def _holds(document: Document, scope: Scope) -> bool:
    """Whether something of this document is in the scope."""
    return scope.collection in document.collections if scope.collection is not None else document.document == scope.document


def hang_sections(book: QTreeWidgetItem, document: DocumentId, sections: Sequence[Section]) -> None:
    """Make a tree of a flat list of sections with levels, below `book`."""
    path: list[tuple[int, QTreeWidgetItem]] = [(0, book)]
    for section in sections:
        while path[-1][0] >= section.level and len(path) > 1:
            path.pop()
        item = QTreeWidgetItem(path[-1][1], [section.title])
        item.setToolTip(0, tip(section.title))
        item.setData(0, SCOPE, Scope(document, section.number))
        path.append((section.level, item))


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    """The items right below one (Qt's own answer may be None, for no reason that can happen here)."""
    return [child for at in range(item.childCount()) if (child := item.child(at)) is not None]


def _below(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    """Everything below an item, in order."""
    return [found for child in _children(item) for found in (child, *_below(child))]


def _matches(item: QTreeWidgetItem, text: str) -> bool:
    return text.casefold() in item.text(0).casefold()


def _show_matching(item: QTreeWidgetItem, text: str) -> bool:
    """Hide what matches nowhere; returns whether the item stays."""
    below = [_show_matching(child, text) for child in _children(item)]
    stays = any(below) or _matches(item, text)
    item.setHidden(not stays)
    if text and any(below):
        item.setExpanded(True)
    return stays

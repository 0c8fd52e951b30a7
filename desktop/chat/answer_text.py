"""The text of one answer: it grows with its content, shows citation marks as pills, and reaches for nothing outside itself."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPoint, QRect, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextOption,
    QTextTable,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QToolTip, QWidget

from desktop.chat.document_writer import AFTER_MARKS, CITATION, CODE, IS_CODE, QUOTES, DocumentWriter, Mark
from desktop.chat.markdown_tree import Block, safe_address
from desktop.theme import Theme, muted


class AnswerText(QTextBrowser):
    """Shows blocks of an answer. Tab moves from mark to mark, Enter follows one.

    Opens nothing by itself: a citation mark, an https link and the wish to copy a code block are signals.
    """

    citation_pressed = Signal(int)
    link_pressed = Signal(str)
    caret_moved = Signal(QRect)
    """Where the keyboard is in this widget, so that the transcript can bring it into sight."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setStyleSheet("AnswerText { background: transparent; border: none; padding: 0; }")
        self.viewport().setAutoFillBackground(False)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)  # the card around it has the menu
        self.setAccessibleName(self.tr("Answer"))
        self.setFixedHeight(0)
        self._theme = theme
        self._provisional = False
        self._writer = DocumentWriter(self.document(), theme)
        self._tips: Mapping[int, str] = {}
        self._fitting = False
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.anchorClicked.connect(self._follow)
        self.cursorPositionChanged.connect(self._tell_caret)

    # ---- showing ---------------------------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Colours of what is written from now on."""
        self._theme = theme
        self._begin_anew()

    @property
    def is_provisional(self) -> bool:
        """Whether what is written is muted, because nothing of it has been checked yet."""
        return self._provisional

    def set_provisional(self, provisional: bool) -> None:
        """Whether what is written from now on has not been checked yet; a change begins an empty text."""
        if provisional != self._provisional:
            self._provisional = provisional
            self._begin_anew()

    def _begin_anew(self) -> None:
        self._writer = DocumentWriter(self.document(), muted(self._theme) if self._provisional else self._theme)

    def set_tips(self, tips: Mapping[int, str]) -> None:
        """What the pointer is told over a citation mark, by its number."""
        self._tips = tips

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        """Show these blocks and nothing else."""
        self._writer.clear()
        self._writer.append(blocks)
        self._fit()

    def freeze(self, blocks: Sequence[Block]) -> None:
        """Add blocks for good, in place of the tail."""
        self._writer.take_back()
        self._writer.append(blocks)
        self._writer.keep()

    def show_tail(self, blocks: Sequence[Block], *, coloured: bool) -> None:
        """Show blocks after the frozen ones until the next call."""
        self._writer.take_back()
        self._writer.append(blocks, coloured=coloured)
        self._fit()

    @property
    def marks(self) -> Sequence[Mark]:
        """Where the citation marks stand in the document."""
        return tuple(self._writer.marks)

    # ---- nothing from outside --------------------------------------------------------------------------------------

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ARG002, N802 — Qt's name
        """A blank: an answer never loads a file, a style or a picture, whatever a document made the model write.

        Not None: to Qt that means "not found here", and QTextDocument then reads local files and data addresses itself (tried).
        """
        return QByteArray(b" ")

    def doSetSource(self, name: QUrl | str, kind: Any = None) -> None:  # noqa: N802 — Qt's name
        """Stay: an answer is not a place to browse from."""

    def _follow(self, untrusted_address: QUrl) -> None:
        address = untrusted_address.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        if address.startswith(CITATION) and address.removeprefix(CITATION).isdecimal():
            self.citation_pressed.emit(int(address.removeprefix(CITATION)))
        elif address.startswith(CODE) and address.removeprefix(CODE).isdecimal():
            index = int(address.removeprefix(CODE))
            if index < len(self._writer.codes):
                QGuiApplication.clipboard().setText(self._writer.codes[index])
                QToolTip.showText(self.mapToGlobal(self.cursorRect().bottomRight()), self.tr("Copied"), self)
        elif safe_address(address) is not None:
            self.link_pressed.emit(address)

    def _tell_caret(self) -> None:
        if self.hasFocus():
            self.caret_moved.emit(self.cursorRect())

    # ---- size ------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """A new width breaks the lines anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._fitting:
            return
        self._fitting = True
        try:
            height = math.ceil(self.document().size().height()) if not self.document().isEmpty() else 0
            if height != self.height():
                self.setFixedHeight(height)
        finally:
            self._fitting = False

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 — Qt's name
        """The transcript scrolls, not the answer."""
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 — Qt's name
        """A mark that Tab left is not shown as chosen any longer."""
        super().focusOutEvent(event)
        cursor = self.textCursor()
        if cursor.hasSelection() and cursor.charFormat().isAnchor():
            cursor.clearSelection()
            self.setTextCursor(cursor)

    def event(self, event: QEvent) -> bool:
        """Over a citation mark, say which book, which page and which words."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            address = self.anchorAt(self.viewport().mapFrom(self, event.pos()))
            if address.startswith(CITATION):
                tip = self._tips.get(int(address.removeprefix(CITATION)), "")
                QToolTip.showText(event.globalPos(), tip, self)
                return True
        return super().event(event)

    def mark_position(self, number: int) -> QPoint | None:
        """The middle of the first mark with this number, in this widget's coordinates."""
        for mark in self._writer.marks:
            cursor = QTextCursor(self.document())
            cursor.setPosition(mark.end)
            if cursor.charFormat().anchorHref() == f"{CITATION}{number}":
                return self.viewport().mapTo(self, self._mark_rectangle(mark).center().toPoint())
        return None

    # ---- copying ---------------------------------------------------------------------------------------------------

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 — Qt's name
        """Plain text, with citation marks as "[1]"."""
        data = QMimeData()
        data.setText(self.selected_text())
        return data

    def selected_text(self) -> str:
        """The selected words, with citation marks as "[1]"."""
        selection = self.textCursor()
        start, end = selection.selectionStart(), selection.selectionEnd()
        lines: list[str] = []
        block = self.document().findBlock(start)
        while block.isValid() and block.position() < end:
            lines.append(_block_text(block, start, end))
            block = block.next()
        return "\n".join(lines)

    # ---- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 — Qt's name
        """The text, over the rounded grounds of code, quotations and citation marks."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_code_grounds(painter)
        self._paint_quotation_bars(painter, event.rect().top(), event.rect().bottom())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.accent_soft))
        for mark in self._writer.marks:
            rectangle = self._mark_rectangle(mark)
            if rectangle.bottom() >= event.rect().top() and rectangle.top() <= event.rect().bottom():
                painter.drawRoundedRect(rectangle, rectangle.height() / 2, rectangle.height() / 2)
        painter.end()
        super().paintEvent(event)

    def _paint_code_grounds(self, painter: QPainter) -> None:
        if not self._writer.codes:
            return
        painter.setPen(QColor(self._theme.border))
        painter.setBrush(QBrush(QColor(self._theme.code_background)))
        layout = self.document().documentLayout()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable) and frame.format().boolProperty(IS_CODE):
                # frameBoundingRect of a table begins inside its padding, so the ground is spanned from its text.
                padding = frame.format().toTableFormat().cellPadding()
                first = layout.blockBoundingRect(frame.firstCursorPosition().block())
                last = layout.blockBoundingRect(frame.lastCursorPosition().block())
                left = frame.format().leftMargin() + 0.5
                top = first.top() - padding + 0.5
                ground = QRectF(left, top, self.viewport().width() - left - 0.5, last.bottom() + padding - top)
                painter.drawRoundedRect(ground, self._theme.radius_px, self._theme.radius_px)

    def _paint_quotation_bars(self, painter: QPainter, top: int, bottom: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.border_strong))
        block = self.document().begin()
        while block.isValid():
            depth = block.blockFormat().intProperty(QUOTES)
            if depth:
                place = self.document().documentLayout().blockBoundingRect(block)
                if place.bottom() >= top and place.top() <= bottom:
                    painter.drawRoundedRect(QRectF(2.0 * self._theme.space_px * (depth - 1), place.top(), 3, place.height()), 1.5, 1.5)
            block = block.next()

    def _mark_rectangle(self, mark: Mark) -> QRectF:
        """The pill of a citation mark in the viewport's coordinates; empty while its line is not laid out."""
        block = self.document().findBlock(mark.start)
        first, last = mark.start - block.position() + 1, mark.end - block.position()
        line = block.layout().lineForTextPosition(first)
        if not line.isValid():
            return QRectF()
        origin = self.document().documentLayout().blockBoundingRect(block).topLeft()
        left, right = _x(line.cursorToX(first)), _x(line.cursorToX(last))
        height = self._theme.font_size_small_px + 4.0
        baseline = origin.y() + line.y() + line.ascent()
        return QRectF(origin.x() + left - 1, baseline - height + 4.0, right - left + 2, height)


def _x(place: object) -> float:
    """PySide hands back the place together with the cursor position that it belongs to."""
    return float(place[0] if isinstance(place, tuple) else place)  # type: ignore[arg-type]


def _block_text(block: QTextBlock, start: int, end: int) -> str:
    pieces: list[str] = []
    fragments = block.begin()
    while not fragments.atEnd():
        fragment = fragments.fragment()
        left, right = max(start, fragment.position()), min(end, fragment.position() + fragment.length())
        if left < right:
            address = fragment.charFormat().anchorHref()
            if address.startswith(CITATION):
                pieces.append(f" [{address.removeprefix(CITATION)}]")
            else:
                text = fragment.text()[left - fragment.position() : right - fragment.position()]
                pieces.append(text.replace("\u2028", "\n").replace("\u00a0", " ").replace("\t", " ").replace(AFTER_MARKS, ""))
        fragments += 1
    return "".join(pieces)

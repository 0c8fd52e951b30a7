"""Shows the text of a document that has no pages, with line numbers and the quote marked."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from desktop.chat.proof_marks import Span, locate_quote
from desktop.theme import Theme, mono_font
from engine.messages import PartRead
from engine.values import Place


class PartText(QPlainTextEdit):
    """Read-only text with its line numbers at the left, counted from the part's first line."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("partText")
        self.setReadOnly(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.setAccessibleName(self.tr("Text of the document"))
        self.document().setDocumentMargin(12)
        self._theme = theme
        self._first_line = 1
        self._marked: Span | None = None
        self._numbers = _LineNumbers(self)
        self.updateRequest.connect(self._follow)
        self.set_theme(theme)

    @property
    def marked(self) -> Span | None:
        """The characters of the text that are marked."""
        return self._marked

    def show_part(self, part: PartRead, quote: str, place: Place | None) -> None:
        """Show a part with the quote in sight. Where the quote is not found, the lines of `place` are marked."""
        self._first_line = part.first_line or 1
        self.setPlainText(part.text)
        self._marked = locate_quote(part.text, quote) or self._lines_of(place)
        self._make_room()
        self._mark()
        self._numbers.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self.setFont(mono_font(theme))
        self._make_room()
        self._mark()

    def _lines_of(self, place: Place | None) -> Span | None:
        if place is None or place.kind != "lines":
            return None
        first = self.document().findBlockByNumber(place.from_ - self._first_line)
        last = self.document().findBlockByNumber(place.to - self._first_line)
        if not first.isValid():
            return None
        end = last if last.isValid() else self.document().lastBlock()
        return Span(first.position(), end.position() + end.length() - 1)

    def _mark(self) -> None:
        if self._marked is None:
            self.setExtraSelections([])
            return
        look = QTextCharFormat()
        look.setBackground(QColor(self._theme.highlight))
        look.setForeground(QColor(self._theme.highlight_text))
        cursor = self.textCursor()
        # Qt counts in UTF-16: characters beyond the basic plane are two of its positions.
        text = self.toPlainText()
        start, end = (_utf16_length(text[: self._marked.start]), _utf16_length(text[: self._marked.end]))
        cursor.setPosition(start)
        self.setTextCursor(cursor)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        selection = QTextEdit.ExtraSelection()
        selection.cursor = cursor
        selection.format = look
        self.setExtraSelections([selection])
        self.centerCursor()

    # ---- line numbers ----------------------------------------------------------------------------------------------

    def numbers_width(self) -> int:
        """Width in pixels that the line numbers take."""
        digits = len(str(self._first_line + self.blockCount()))
        return self.fontMetrics().horizontalAdvance("9") * max(3, digits) + 3 * self._theme.space_px

    def _make_room(self) -> None:
        self.setViewportMargins(self.numbers_width(), 0, 0, 0)
        self._place_numbers()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """The numbers are as tall as the text."""
        super().resizeEvent(event)
        self._place_numbers()

    def _place_numbers(self) -> None:
        inside = self.contentsRect()
        self._numbers.setGeometry(QRect(inside.left(), inside.top(), self.numbers_width(), inside.height()))

    def _follow(self, area: QRect, moved_y: int) -> None:
        if moved_y:
            self._numbers.scroll(0, moved_y)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())

    def paint_numbers(self, event: QPaintEvent) -> None:
        """Draw the numbers of the lines in sight."""
        painter = QPainter(self._numbers)
        painter.fillRect(event.rect(), QColor(self._theme.surface))
        painter.setFont(self.font())
        painter.setPen(QColor(self._theme.text_muted))
        block = self.firstVisibleBlock()
        place = self.blockBoundingGeometry(block).translated(self.contentOffset())
        width = self._numbers.width() - self._theme.space_px
        while block.isValid() and place.top() <= event.rect().bottom():
            line = QRectF(0, place.top(), width, self.fontMetrics().height())
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, str(self._first_line + block.blockNumber()))
            block = block.next()
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
        painter.end()


class _LineNumbers(QWidget):
    """The strip beside the text."""

    def __init__(self, text: PartText) -> None:
        super().__init__(text)
        self._text = text

    def sizeHint(self) -> QSize:  # noqa: N802 — Qt's name
        """As wide as the largest number."""
        return QSize(self._text.numbers_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 — Qt's name
        """The text knows its lines."""
        self._text.paint_numbers(event)


def _utf16_length(text: str) -> int:
    return len(text) + sum(ord(character) > 0xFFFF for character in text)

"""Shows the text of a document that has no pages, with the quote marked.

Where the text is the file's own lines, it stands in one width with their numbers. Text that was made for reading (slides,
sections, cells) is set as such, with its code in one width and its headings in bold.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from desktop.chat.proof_marks import Span, locate_quote
from desktop.theme import Theme, mono_font, ui_font
from engine.messages import PartRead
from engine.values import Place


class PartText(QPlainTextEdit):
    """Read-only text. Where the part has a first line, the numbers of its lines stand at the left."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("partText")
        self.setReadOnly(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.setAccessibleName(self.tr("Text of the document"))
        self.document().setDocumentMargin(12)
        self._theme = theme
        self._first_line: int | None = None
        self._part: PartRead | None = None
        self._places = Utf16Places("")
        self._marked: Span | None = None
        self.setProperty("reading", False)
        self._numbers = _LineNumbers(self)
        self.updateRequest.connect(self._follow)
        self.set_theme(theme)

    @property
    def marked(self) -> Span | None:
        """The characters of the text that are marked."""
        return self._marked

    def show_part(self, part: PartRead, quote: str, place: Place | None) -> None:
        """Show a part with the quote in sight. Where the quote is not found, the lines of `place` are marked."""
        self._part = part
        self._first_line = part.first_line
        self._places = Utf16Places(part.text)
        self.setPlainText(part.text)
        self._marked = (locate_quote(part.text, quote) if quote else None) or self._lines_of(place)
        self._dress()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self._dress()

    def _dress(self) -> None:
        """Set the text in its type, make room for the numbers and mark the quote."""
        is_source = self._part is None or self._first_line is not None
        self.setFont(mono_font(self._theme) if is_source else ui_font(self._theme, self._theme.font_size_reading_px))
        if self.property("reading") is is_source:
            self.setProperty("reading", not is_source)
            self.style().unpolish(self)  # a style sheet looks at properties only when polishing
            self.style().polish(self)
        if self._part is not None and not is_source:
            self._set_ranges(self._part.headings, _in_bold())
            code = QTextCharFormat()
            code.setFont(mono_font(self._theme), QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesSpecifiedOnly)
            code.setBackground(QColor(self._theme.code_background))
            self._set_ranges(self._part.code, code)
        self._numbers.setVisible(self._first_line is not None)
        self._make_room()
        self._mark()
        self._numbers.update()

    def _set_ranges(self, ranges: Sequence[tuple[int, int]], look: QTextCharFormat) -> None:
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for start, end in ranges:
            cursor.setPosition(self._places.of(start))
            cursor.setPosition(self._places.of(end), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(look)
        cursor.endEditBlock()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """The arrows move in the text; with Alt they are the pane's, which turns to the neighbouring part."""
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _lines_of(self, place: Place | None) -> Span | None:
        if place is None or place.kind != "lines" or self._first_line is None:
            return None
        first = self.document().findBlockByNumber(place.from_ - self._first_line)
        last = self.document().findBlockByNumber(place.to - self._first_line)
        if not first.isValid():
            return None
        end = last if last.isValid() else self.document().lastBlock()
        return Span(self._places.back(first.position()), self._places.back(end.position() + end.length() - 1))

    def _mark(self) -> None:
        if self._marked is None:
            self.setExtraSelections([])
            return
        look = QTextCharFormat()
        look.setBackground(QColor(self._theme.highlight))
        look.setForeground(QColor(self._theme.highlight_text))
        cursor = self.textCursor()
        start, end = self._places.of(self._marked.start), self._places.of(self._marked.end)
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
        if self._first_line is None:
            return 0
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
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, str((self._first_line or 1) + block.blockNumber()))
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


class Utf16Places:
    """From characters of a text to Qt's positions and back: Qt counts in UTF-16, where characters beyond the basic plane are two."""

    def __init__(self, text: str) -> None:
        self._wide = [at for at, character in enumerate(text) if character > "\uffff"] if text and max(text) > "\uffff" else []
        self._wide_positions = [at + before for before, at in enumerate(self._wide)]

    def of(self, character: int) -> int:
        """Qt's position of a character."""
        return character + bisect_left(self._wide, character)

    def back(self, position: int) -> int:
        """The character at a position of Qt's."""
        return position - bisect_left(self._wide_positions, position)


def _in_bold() -> QTextCharFormat:
    look = QTextCharFormat()
    look.setFontWeight(QFont.Weight.Bold)
    return look

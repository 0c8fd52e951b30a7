"""How a row of the library is drawn: title, how it stands, a thin bar while work goes on, one button at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.icons import paint_icon
from desktop.library_model import FRACTION, LINE, ROW, TONE
from desktop.theme import Theme, ui_font

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

    from desktop.library_model import Row

PADDING_PX = 10
ICON_PX = 18
BUTTON_PX = 26
REASON_LINES = 4
"""A refusal is shown in full as far as this; the tooltip has the rest."""


class LibraryDelegate(QStyledItemDelegate):
    """Draws rows. `stop_pressed` and `more_pressed` tell of the button at the right of a row (and where a menu belongs)."""

    stop_pressed = Signal(str)
    more_pressed = Signal(str, QPoint)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours and type of `theme` from now on."""
        self._theme = theme
        self._title_font = ui_font(theme)
        self._line_font = ui_font(theme, theme.font_size_small_px)
        self._heights: dict[str, tuple[Row, int, int]] = {}
        """By the key of a row: the row, the width of the list, and the height in pixels that came of them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: N802 — Qt's name
        """Qt's question: how much room a row wants. It is asked of every row whenever one changed, so what was found is kept."""
        row: Row = index.data(ROW)
        width = self._width(option)
        kept = self._heights.get(row.key)
        if kept is not None and kept[0] is row and kept[1] == width:
            return QSize(120, kept[2])
        height = 2 * 8 + QFontMetrics(self._title_font).height() + 2 + self._line_height(option, index)
        height += 9 if index.data(FRACTION) is not None else 0
        self._heights[row.key] = (row, width, height)
        return QSize(120, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Qt's request: draw one row."""
        theme, row = self._theme, index.data(ROW)
        whole: QRect = option.rect.adjusted(0, 1, 0, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or hovered:
            painter.setPen(QColor(theme.accent) if focused and chosen else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent_soft if chosen else theme.surface_hover))
            painter.drawRoundedRect(QRectF(whole).adjusted(0.5, 0.5, -0.5, -0.5), theme.radius_small_px, theme.radius_small_px)
        tone = {"muted": theme.text_muted, "accent": theme.accent, "danger": theme.danger}[index.data(TONE)]
        title_height = QFontMetrics(self._title_font).height()
        top = whole.top() + 7
        paint_icon(
            painter, "warning" if row.is_refused else "book", QRectF(whole.left() + PADDING_PX, top + (title_height - ICON_PX) / 2, ICON_PX, ICON_PX), tone
        )
        words = self._words(whole)
        painter.setFont(self._title_font)
        painter.setPen(QColor(theme.text))
        title = QFontMetrics(self._title_font).elidedText(row.title, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(QRect(words.left(), top, words.width(), title_height), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), title)
        self._paint_line(painter, row, index, QRect(words.left(), top + title_height + 2, words.width(), self._line_height(option, index)))
        fraction = index.data(FRACTION)
        if fraction is not None:
            self._paint_bar(painter, QRectF(words.left(), whole.bottom() - 9, words.width(), 3), fraction)
        if row.can_be_closed:
            paint_icon(painter, "close", QRectF(self._button(whole)).adjusted(5, 5, -5, -5), theme.text_muted)
        elif (hovered or chosen) and not row.is_waiting:
            paint_icon(painter, "more", QRectF(self._button(whole)).adjusted(4, 4, -4, -4), theme.text_muted)
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> bool:  # noqa: N802
        """Qt's report of a mouse event on a row: a click on its button."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            button = self._button(option.rect.adjusted(0, 1, 0, -1))
            if button.contains(event.position().toPoint()):
                row: Row = index.data(ROW)
                if row.can_be_closed:
                    self.stop_pressed.emit(row.key)
                elif not row.is_waiting:
                    self.more_pressed.emit(row.key, event.globalPosition().toPoint())
                return True
        return super().editorEvent(event, model, option, index)

    def button_rect(self, row_rect: QRect) -> QRect:
        """Where the button of a row is, in the coordinates of the view."""
        return self._button(row_rect.adjusted(0, 1, 0, -1))

    def _paint_line(self, painter: QPainter, row: Row, index: QModelIndex | QPersistentModelIndex, where: QRect) -> None:
        metrics = QFontMetrics(self._line_font)
        painter.setFont(self._line_font)
        painter.setPen(QColor(self._theme.danger if row.is_refused else self._theme.text_muted))
        line = index.data(LINE)
        if row.is_refused:
            painter.drawText(where, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft), line)
        else:
            for at, part in enumerate(line.splitlines()):
                below = QRect(where.left(), where.top() + at * metrics.height(), where.width(), metrics.height())
                shown = metrics.elidedText(part, Qt.TextElideMode.ElideRight, where.width())
                painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)

    def _paint_bar(self, painter: QPainter, where: QRectF, fraction: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.border_strong))
        painter.drawRoundedRect(where, 1.5, 1.5)
        painter.setBrush(QColor(self._theme.accent))
        painter.drawRoundedRect(QRectF(where.left(), where.top(), max(3.0, where.width() * fraction), where.height()), 1.5, 1.5)

    def _line_height(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> int:
        metrics = QFontMetrics(self._line_font)
        row: Row = index.data(ROW)
        if not row.is_refused:
            return metrics.height() * len(index.data(LINE).splitlines())
        words = self._words(QRect(0, 0, self._width(option), 10))
        wrapped = metrics.boundingRect(QRect(0, 0, words.width(), 1000), int(Qt.TextFlag.TextWordWrap), index.data(LINE)).height()
        return min(wrapped, REASON_LINES * metrics.height())

    def _width(self, option: QStyleOptionViewItem) -> int:
        view = option.widget
        return view.viewport().width() if isinstance(view, QWidget) and hasattr(view, "viewport") else 240

    def _words(self, whole: QRect) -> QRect:
        left = whole.left() + PADDING_PX + ICON_PX + 8
        return QRect(left, whole.top(), max(40, whole.right() - left - BUTTON_PX - 4), whole.height())

    def _button(self, whole: QRect) -> QRect:
        return QRect(whole.right() - BUTTON_PX - 3, whole.top() + 3, BUTTON_PX, BUTTON_PX)

"""The scrolling column of a conversation: it follows what is being written only while the reader is at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.chat.glyphs import glyph
from desktop.theme import Theme

SIDE_PX = 34
"""Room on both sides of the column."""
_NEAR_THE_END_PX = 24
_ABOVE_PX = 16
"""Room above what is brought to the top."""


class Transcript(QScrollArea):
    """A centred column of reading width. `follow` goes to the end and stays there until the reader scrolls up."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcript")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._following = True
        self._kept_from_end: int | None = None
        self._beginning: QWidget | None = None
        self.page = QWidget(self)
        self.page.setObjectName("transcriptPage")
        self._strip = QWidget(self.page)
        self._row = QHBoxLayout(self.page)
        self._row.setContentsMargins(SIDE_PX, 0, SIDE_PX, 0)
        self._row.addStretch(1)
        self._row.addWidget(self._strip, 10_000)  # all the room, up to its widest; only what is left over goes to the sides
        self._row.addStretch(1)
        outer = QVBoxLayout(self._strip)
        outer.setContentsMargins(0, 4 * theme.space_px, 0, 3 * theme.space_px)
        outer.setSpacing(0)
        self.column = QVBoxLayout()
        self.column.setSpacing(4 * theme.space_px)
        outer.addLayout(self.column)
        outer.addStretch(1)
        self.setWidget(self.page)
        self.latest_button = QPushButton(self)
        self.latest_button.setObjectName("latest")
        self.latest_button.setIconSize(QSize(18, 18))
        self.latest_button.setToolTip(self.tr("Go to the latest answer"))
        self.latest_button.setAccessibleName(self.tr("Go to the latest answer"))
        self.latest_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.latest_button.clicked.connect(self.follow)
        self.latest_button.hide()
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._grew)
        self.set_theme(theme)

    @property
    def is_following(self) -> bool:
        """Whether what is written next will be scrolled into sight."""
        return self._following

    def follow(self) -> None:
        """Go to the end and stay there."""
        self._beginning = None
        self._following = True
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        self.latest_button.hide()

    def show_beginning(self, widget: QWidget) -> None:
        """Bring the top of a part of the column into sight, and stay there while it finds its height; where all of it fits, that is the end."""
        self._beginning = widget
        self._go_to_beginning(self.verticalScrollBar().maximum())

    def _go_to_beginning(self, maximum: int) -> None:
        widget, self._beginning = self._beginning, None
        if widget is not None:
            top = widget.mapTo(self.page, QPoint(0, 0)).y() - _ABOVE_PX
            self.verticalScrollBar().setValue(min(maximum, max(0, top)))
            self._following = top >= maximum - _NEAR_THE_END_PX
            self._beginning = widget  # the move above is not the reader's, who would have left this place by it

    def show_area(self, widget: QWidget, area: QRect) -> None:
        """Bring a part of an answer into sight, as the keyboard moves through it."""
        place = widget.mapTo(self.page, area.center())
        self.ensureVisible(place.x(), place.y(), 0, 3 * area.height())

    @contextmanager
    def reading_place_kept(self) -> Iterator[None]:
        """What is read stays where it is while something is put above it."""
        bar = self.verticalScrollBar()
        self._beginning = None
        self._kept_from_end = bar.maximum() - bar.value()
        self._following = False
        try:
            yield
            self.page.adjustSize()
        finally:
            self._kept_from_end = None

    def set_theme(self, theme: Theme) -> None:
        """Take the measures and colours of another theme."""
        self._strip.setMaximumWidth(theme.reading_width_px)
        self.latest_button.setIcon(glyph("down", theme.text))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """The way to the end floats at the bottom."""
        super().resizeEvent(event)
        self.latest_button.adjustSize()
        self.latest_button.move((self.width() - self.latest_button.width()) // 2, self.height() - self.latest_button.height() - 12)

    def _scrolled(self, value: int) -> None:
        self._beginning = None
        self._following = value >= self.verticalScrollBar().maximum() - _NEAR_THE_END_PX
        self.latest_button.setVisible(not self._following)
        self.latest_button.raise_()

    def _grew(self, _minimum: int, maximum: int) -> None:
        # As much room at the left as the scroll bar takes at the right, and less beside them: the column stays above the composer.
        bar = self.verticalScrollBar().sizeHint().width() if maximum > 0 else 0
        self.setViewportMargins(bar, 0, 0, 0)
        self._row.setContentsMargins(SIDE_PX - bar, 0, SIDE_PX - bar, 0)
        maximum = self.verticalScrollBar().maximum()  # the new margins may have changed it again
        if self._kept_from_end is not None:
            self.verticalScrollBar().setValue(maximum - self._kept_from_end)
        elif self._beginning is not None:
            self._go_to_beginning(maximum)
            self.latest_button.setVisible(not self._following)
        elif self._following:
            self.verticalScrollBar().setValue(maximum)
        else:
            self.latest_button.setVisible(maximum > self.verticalScrollBar().value() + _NEAR_THE_END_PX)

"""The drawn page with its highlights, scaled to the size that it is wanted in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.highlights import Rectangle
from desktop.theme import Theme


class PageCanvas(QWidget):
    """A page as a sheet of paper, also in the dark: highlights are multiplied into it, so the print stays black on colour."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image: QImage | None = None
        self._rectangles: tuple[Rectangle, ...] = ()
        self._scaled: QPixmap | None = None
        self.setAccessibleName(self.tr("Page"))

    @property
    def rectangles(self) -> tuple[Rectangle, ...]:
        """The highlights in pixels of the picture."""
        return self._rectangles

    def show_picture(self, image: QImage, rectangles: Sequence[Rectangle]) -> None:
        """Show a picture with highlights, given in its pixels."""
        self._rectangles = tuple(rectangles)
        self._image = self._highlighted(image)
        self._scaled = None
        self.update()

    def clear(self) -> None:
        """Show no page."""
        self._image = None
        self._rectangles = ()
        self._scaled = None
        self.update()

    def image(self) -> QImage | None:
        """The picture with its highlights."""
        return self._image

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme (the page stays as it was drawn)."""
        self._theme = theme
        self.update()

    def set_page_size(self, size: QSize) -> None:
        """How large the page is shown, in device-independent pixels."""
        if size != self.size():
            self._scaled = None
        self.setFixedSize(size)

    def shown(self, rectangle: Rectangle) -> QRectF:
        """Where a rectangle of the picture stands in this widget."""
        if self._image is None:
            return QRectF()
        share = self.width() / self._image.width()
        return QRectF(rectangle.left * share, rectangle.top * share, (rectangle.right - rectangle.left) * share, rectangle.height * share)

    def _highlighted(self, image: QImage) -> QImage:
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_readable(QColor(self._theme.highlight)))
        for rectangle in self._rectangles:
            radius = min(rectangle.height / 4, 6.0)
            painter.drawRoundedRect(QRectF(rectangle.left, rectangle.top, rectangle.right - rectangle.left, rectangle.height), radius, radius)
        painter.end()
        return image

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 — Qt's name
        """The page, sharp at the screen's density, with a hairline around it."""
        if self._image is None:
            return
        density = self.devicePixelRatioF()
        if self._scaled is None or self._scaled.devicePixelRatioF() != density:
            wanted = (self.size().toSizeF() * density).toSize()
            smooth = Qt.TransformationMode.SmoothTransformation
            image = self._image if wanted == self._image.size() else self._image.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            self._scaled = QPixmap.fromImage(image)
            self._scaled.setDevicePixelRatio(density)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._scaled)
        painter.setPen(QColor(self._theme.border_strong))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()


def _readable(colour: QColor) -> QColor:
    """A highlight light enough to read black print through, whatever the theme says."""
    return QColor.fromHslF(max(0.0, colour.hslHueF()), colour.hslSaturationF(), max(0.72, colour.lightnessF()))

"""The window's icons as strokes on a 24 × 24 grid, drawn in the colours of the theme.

Drawn with a painter rather than loaded from files: no image plugin has to be found (also not in a frozen program), every
size and pixel ratio is sharp, and a change of theme is a change of colour.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

IconName = Literal["add", "book", "chevron", "chip", "close", "info", "more", "moon", "pause", "play", "sun", "warning"]

_RAYS = ((0, -1), (0.7, -0.7), (1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0), (-0.7, -0.7))

# Each stroke is a list of points; a circle is (centre x, centre y, radius).
_LINES: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "add": (((12, 5), (12, 19)), ((5, 12), (19, 12))),
    "book": (((5, 5), (5, 19), (19, 19), (19, 4), (7, 4), (5, 5.6), (5, 17.6), (7, 16), (19, 16)),),
    "chevron": (((7, 10), (12, 15), (17, 10)),),
    "chip": (((7, 7), (17, 7), (17, 17), (7, 17), (7, 7)), ((10, 3.5), (10, 7)), ((14, 3.5), (14, 7)), ((10, 17), (10, 20.5)), ((14, 17), (14, 20.5)),
             ((3.5, 10), (7, 10)), ((3.5, 14), (7, 14)), ((17, 10), (20.5, 10)), ((17, 14), (20.5, 14))),
    "close": (((6, 6), (18, 18)), ((18, 6), (6, 18))),
    "info": (((12, 11), (12, 16.5)),),
    "more": (),
    "moon": (),
    "pause": (((9, 6), (9, 18)), ((15, 6), (15, 18))),
    "play": (((8, 5.5), (18, 12), (8, 18.5), (8, 5.5)),),
    "sun": tuple(((12 + 7 * x, 12 + 7 * y), (12 + 9.5 * x, 12 + 9.5 * y)) for x, y in _RAYS),
    "warning": (((12, 4), (21, 19.5), (3, 19.5), (12, 4)), ((12, 10), (12, 14)), ((12, 16.6), (12, 16.9))),
}  # fmt: skip
_DOTS: dict[str, tuple[tuple[float, float, float], ...]] = {"more": ((6, 12, 1.5), (12, 12, 1.5), (18, 12, 1.5)), "info": ((12, 7.8, 1.1),)}
_CIRCLES: dict[str, tuple[tuple[float, float, float], ...]] = {"sun": ((12, 12, 4),), "info": ((12, 12, 8.7),)}


def paint_icon(painter: QPainter, name: IconName, where: QRectF, colour: str) -> None:
    """Draw an icon into `where` (square) with round strokes of `colour` (#rrggbb)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(where.topLeft())
    painter.scale(where.width() / 24, where.height() / 24)
    painter.setPen(QPen(QColor(colour), 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    for stroke in _LINES[name]:
        painter.drawPolyline([QPointF(x, y) for x, y in stroke])
    for x, y, radius in _CIRCLES.get(name, ()):
        painter.drawEllipse(QPointF(x, y), radius, radius)
    if name == "moon":
        painter.drawPath(_crescent())
    painter.setBrush(QColor(colour))
    painter.setPen(Qt.PenStyle.NoPen)
    for x, y, radius in _DOTS.get(name, ()):
        painter.drawEllipse(QPointF(x, y), radius, radius)
    painter.restore()


def _crescent() -> QPainterPath:
    whole, bite = QPainterPath(), QPainterPath()
    whole.addEllipse(QPointF(12, 12), 8, 8)
    bite.addEllipse(QPointF(16, 8.5), 7, 7)
    return whole.subtracted(bite)


def pixmap(name: IconName, colour: str, size_px: int = 18, ratio: float = 2.0) -> QPixmap:
    """An icon as a picture of `size_px` device-independent pixels."""
    picture = QPixmap(round(size_px * ratio), round(size_px * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_icon(painter, name, QRectF(0, 0, size_px, size_px), colour)
    painter.end()
    return picture


def icon(name: IconName, colour: str, size_px: int = 18) -> QIcon:
    """An icon for a button."""
    return QIcon(pixmap(name, colour, size_px))


def program_icon(accent: str, paper: str) -> QIcon:
    """ByteBrain's own icon: an open book with a bit set in it."""
    found = QIcon()
    for size in (32, 64, 256):
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(size / 64, size / 64)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(accent))
        painter.drawRoundedRect(QRectF(2, 2, 60, 60), 14, 14)
        painter.setPen(QPen(QColor(paper), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for side in (-1, 1):
            painter.drawPolyline([QPointF(32 + side * x, y) for x, y in ((0, 22), (8, 17), (19, 17), (19, 44), (8, 44), (0, 49))])
        painter.drawLine(QPointF(32, 22), QPointF(32, 49))
        painter.end()
        found.addPixmap(picture)
    return found

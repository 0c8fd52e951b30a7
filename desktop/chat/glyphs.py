"""The few signs on buttons of the conversation and the page view, drawn as strokes so that no icon file or icon font is needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

Name = Literal["send", "stop", "copy", "previous", "next", "zoom-in", "zoom-out", "fit", "open", "close", "down", "folded", "unfolded", "check", "write"]


def glyph(name: Name, colour: str, size_px: int = 18, *, disabled: str | None = None) -> QIcon:
    """The sign in one colour (and another while its button is disabled), sharp on screens of one, two and three times density."""
    icon = QIcon()
    for density in (1, 2, 3):
        icon.addPixmap(_draw(name, colour, size_px, density))
        if disabled is not None:
            icon.addPixmap(_draw(name, disabled, size_px, density), QIcon.Mode.Disabled)
    return icon


def _draw(name: Name, colour: str, size_px: int, density: int) -> QPixmap:
    pixmap = QPixmap(QSize(size_px, size_px) * density)
    pixmap.setDevicePixelRatio(density)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size_px / 18, size_px / 18)
    painter.setPen(QPen(QColor(colour), 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    if name == "stop":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(QRectF(4.5, 4.5, 9, 9), 2, 2)
    else:
        painter.drawPath(_PATHS[name]())
    painter.end()
    return pixmap


def _lines(*strokes: tuple[tuple[float, float], ...]) -> QPainterPath:
    path = QPainterPath()
    for stroke in strokes:
        path.moveTo(QPointF(*stroke[0]))
        for point in stroke[1:]:
            path.lineTo(QPointF(*point))
    return path


def _copy() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(6.5, 6.5, 8.5, 8.5), 2, 2)
    path.moveTo(4.8, 11.2)
    path.cubicTo(3.4, 11.2, 3, 10.5, 3, 9.6)
    path.lineTo(3, 4.8)
    path.cubicTo(3, 3.6, 3.6, 3, 4.8, 3)
    path.lineTo(9.6, 3)
    path.cubicTo(10.5, 3, 11.2, 3.4, 11.2, 4.6)
    return path


def _magnifier(plus: bool) -> QPainterPath:
    path = _lines(((11.6, 11.6), (15.5, 15.5)), ((5.6, 8), (10.4, 8)))
    path.addEllipse(QPointF(8, 8), 5, 5)
    if plus:
        path.addPath(_lines(((8, 5.6), (8, 10.4))))
    return path


_PATHS: dict[str, Callable[[], QPainterPath]] = {
    "send": lambda: _lines(((9, 14.5), (9, 3.8)), ((4.4, 8.4), (9, 3.8), (13.6, 8.4))),
    "copy": _copy,
    "previous": lambda: _lines(((11, 4), (6, 9), (11, 14))),
    "next": lambda: _lines(((7, 4), (12, 9), (7, 14))),
    "zoom-in": lambda: _magnifier(True),
    "zoom-out": lambda: _magnifier(False),
    "fit": lambda: _lines(((2.5, 4), (2.5, 14)), ((15.5, 4), (15.5, 14)), ((5, 9), (13, 9)), ((7, 7), (5, 9), (7, 11)), ((11, 7), (13, 9), (11, 11))),
    "open": lambda: _lines(((7.5, 4), (4, 4), (4, 14), (14, 14), (14, 10.5)), ((10, 3.5), (14.5, 3.5), (14.5, 8)), ((14.2, 3.8), (8.5, 9.5))),
    "close": lambda: _lines(((4.5, 4.5), (13.5, 13.5)), ((13.5, 4.5), (4.5, 13.5))),
    "down": lambda: _lines(((9, 3.5), (9, 14.2)), ((4.4, 9.6), (9, 14.2), (13.6, 9.6))),
    "folded": lambda: _lines(((7, 5), (11, 9), (7, 13))),
    "unfolded": lambda: _lines(((5, 7), (9, 11), (13, 7))),
    "write": lambda: _lines(((3.5, 14.5), (4.5, 11), (11.5, 4), (14, 6.5), (7, 13.5), (3.5, 14.5)), ((10, 5.5), (12.5, 8))),
    "check": lambda: _lines(((4, 9.5), (7.5, 13), (14, 5.5))),
}

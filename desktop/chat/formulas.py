"""Formulas that the text of a quote does not carry legibly, shown as they are printed: small pictures below a citation.

A picture knows its size from its box before it is drawn, and is asked for when it is painted for the first time: most
answers of a stored conversation are never scrolled to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.chat.wording import where_printed
from desktop.theme import Theme
from engine.values import Box, Citation, DocumentId, Passage

MOST_PER_CITATION = 2
MOST_PER_ANSWER = 4
"""More pictures than these would bury the words that they belong to."""

NEAR = 60.0
"""Points: a formula that stands further from the quoted words belongs to other words of the passage."""

PIXELS_PER_POINT = 1.25
"""How large a formula is shown: its letters are as tall as those of the answer."""

_PADDING_PX = 6
_LEFT_PX = 40


def crops_for(citations: Sequence[Citation], passages: Sequence[Passage]) -> dict[int, tuple[Box, ...]]:
    """The formulas to show below each citation (by its number): those of the passage it was taken from that stand near its words."""
    taken: set[tuple[DocumentId, Box]] = set()
    found: dict[int, tuple[Box, ...]] = {}
    for citation in citations:
        near: list[Box] = []
        for passage in passages:
            if citation.page is None or (passage.document, passage.page) != (citation.document, citation.page) or not _holds(passage, citation):
                continue
            near += [crop for crop in passage.crops if crop not in near and _distance(crop, citation.boxes) <= NEAR]
        fresh = [crop for crop in near if (citation.document, crop) not in taken]
        chosen = sorted(fresh, key=lambda crop: _distance(crop, citation.boxes))[: min(MOST_PER_CITATION, MOST_PER_ANSWER - len(taken))]
        if chosen:
            taken.update((citation.document, crop) for crop in chosen)
            found[citation.number] = tuple(sorted(chosen, key=lambda crop: crop[2]))
    return found


def _holds(passage: Passage, citation: Citation) -> bool:
    """Whether a citation was taken from a passage: its words are in it, or at least its boxes."""
    if citation.quote in passage.text:
        return True
    return bool(citation.boxes) and all(_distance(box, passage.boxes) <= 0 for box in citation.boxes)


def _distance(crop: Box, boxes: Iterable[Box]) -> float:
    """How far a formula stands above or below the nearest of some boxes on its page, in points."""
    return min((max(0.0, box[2] - crop[4], crop[2] - box[4]) for box in boxes if box[0] == crop[0]), default=float("inf"))


class FormulaPicture(QWidget):
    """One formula, on paper also in the dark. Never wider than its card; hidden where it could not be drawn."""

    wanted = Signal(object)
    """This picture, when it is in sight for the first time; `show_picture` or `fail` answers."""
    clicked = Signal()

    def __init__(self, citation: Citation, box: Box, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document, self.box = citation.document, box
        self._theme = theme
        self._image: QImage | None = None
        self._was_wanted = False
        width, height = max(1.0, box[3] - box[1]), max(1.0, box[4] - box[2])
        self._natural = (width * PIXELS_PER_POINT, height * PIXELS_PER_POINT)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        said = self.tr("Formula, as printed on {page}").format(page=where_printed(citation.page_label or str(citation.page)))
        self.setAccessibleName(said)
        self.setToolTip(said)

    def show_picture(self, image: QImage) -> None:
        """Show the drawn formula."""
        self._image = image
        self.update()

    def fail(self) -> None:
        """It can't be drawn: the words must do."""
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme (the paper stays paper)."""
        self._theme = theme
        self.update()

    @property
    def pixels_per_point(self) -> float:
        """How sharp it is wanted, in pixels of the screen."""
        return PIXELS_PER_POINT * self.devicePixelRatioF() * 1.25

    def hasHeightForWidth(self) -> bool:  # noqa: N802 — Qt's name
        """A wide formula is shown smaller in a narrow card."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 — Qt's name
        """Height in pixels at this width."""
        return round(self._natural[1] * self._scale(width)) + 2 * _PADDING_PX

    def sizeHint(self) -> QSize:  # noqa: N802 — Qt's name
        """As large as it is, where there is room."""
        width = max(self.width(), 320)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 — Qt's name
        """Narrow is allowed."""
        return QSize(120, self.heightForWidth(max(self.width(), 120)))

    def _scale(self, width: int) -> float:
        room = max(40, width - _LEFT_PX - 2 * _PADDING_PX)
        return min(1.0, room / self._natural[0])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 — Qt's name
        """A click shows the page."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 — Qt's name
        """The picture on a strip of paper; what is painted is in sight."""
        if not self._was_wanted:
            self._was_wanted = True
            self.wanted.emit(self)
        if self._image is None:
            return
        scale = self._scale(self.width())
        picture = QRectF(_LEFT_PX + _PADDING_PX, _PADDING_PX, self._natural[0] * scale, self._natural[1] * scale)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QColor(self._theme.border))
        painter.setBrush(QColor(self._image.pixelColor(0, 0)))
        around = picture.adjusted(-_PADDING_PX + 0.5, -_PADDING_PX + 0.5, _PADDING_PX - 0.5, _PADDING_PX - 0.5)
        painter.drawRoundedRect(around, self._theme.radius_small_px, self._theme.radius_small_px)
        painter.drawImage(picture, self._image)
        painter.end()

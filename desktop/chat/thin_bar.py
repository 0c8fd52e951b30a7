"""A line that fills while work is done, and glides while nobody can say how much there is."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QRectF, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import Theme


class ThinBar(QWidget):
    """A progress bar of three pixels. `set_progress(None, None)` makes it glide."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share: float | None = None
        self.setFixedHeight(3)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._glide = QVariantAnimation(self)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.setDuration(1600)
        self._glide.setLoopCount(-1)
        self._glide.setEasingCurve(QEasingCurve.Type.InOutQuad)
        self._glide.valueChanged.connect(self.update)

    @property
    def share(self) -> float | None:
        """The part that is done, 0 to 1; None while nobody can say."""
        return self._share

    def set_progress(self, done: int | None, total: int | None) -> None:
        """Show how much of the whole is done."""
        self._share = min(1.0, max(0.0, done / total)) if done is not None and total else None
        self._run_if_seen()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self.update()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 — Qt's name
        """Only a bar that is seen moves."""
        super().showEvent(event)
        self._run_if_seen()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 — Qt's name
        """A hidden bar costs nothing."""
        super().hideEvent(event)
        self._glide.stop()

    def _run_if_seen(self) -> None:
        if self._share is None and self.isVisible():
            if self._glide.state() != QVariantAnimation.State.Running:
                self._glide.start()
        else:
            self._glide.stop()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 — Qt's name
        """A groove and what is done of it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.border))
        painter.drawRoundedRect(QRectF(self.rect()), 1.5, 1.5)
        painter.setBrush(QColor(self._theme.accent))
        if self._share is not None:
            painter.drawRoundedRect(QRectF(0, 0, self.width() * self._share, 3), 1.5, 1.5)
        else:
            width = self.width() * 0.22
            painter.drawRoundedRect(QRectF((self.width() - width) * float(self._glide.currentValue() or 0.0), 0, width, 3), 1.5, 1.5)
        painter.end()

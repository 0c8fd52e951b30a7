"""Work that looks at every row, done at once and then at most every so often, however many rows change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class AtMost(QObject):
    """Calls `act` at once; what is wished for soon after is done together, when the pause is over."""

    def __init__(self, every_ms: int, act: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._act = act
        self._is_wanted = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(every_ms)
        self._pause.timeout.connect(self._over)

    def want(self) -> None:
        """It is to be done now, or as soon as the pause is over."""
        if self._pause.isActive():
            self._is_wanted = True
        else:
            self._pause.start()
            self._act()

    def _over(self) -> None:
        if self._is_wanted:
            self._is_wanted = False
            self.want()

"""How far an export or import is, with a button that stops it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from engine.messages import Transferred

SHOWN_AFTER_MS = 400
"""What takes no longer needs no dialog."""


class TransferDialog(QProgressDialog):
    """Shows itself when the work takes a moment; goes with `end`."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(title, QCoreApplication.translate("Transfer", "Stop"), 0, 1000, parent)
        self.setWindowTitle("ByteBrain")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumDuration(SHOWN_AFTER_MS)
        self.setAutoClose(False)
        self.setAutoReset(False)
        self._title = title
        self._over = False
        self.canceled.connect(self._stop)

    def show_progress(self, moved: Transferred) -> None:
        """So many bytes of so many."""
        if self._over:
            return
        size = QLocale().formattedDataSize
        whole = QLocale.DataSizeFormat.DataSizeSIFormat
        self.setLabelText(f"{self._title}\n{size(moved.bytes_done, 0, whole)} / {size(moved.bytes_total, 0, whole)}")
        self.setValue(round(1000 * moved.bytes_done / moved.bytes_total) if moved.bytes_total else 0)

    def end(self) -> None:
        """The work is over, well or not."""
        self._over = True
        self.hide()
        self.deleteLater()

    def _stop(self) -> None:
        if not self._over:
            self.stop_wanted.emit()

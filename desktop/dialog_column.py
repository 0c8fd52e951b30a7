"""How a dialog begins: its title once more in large letters, and below it in grey what it is for."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout


def begin_column(dialog: QDialog, said: str, *, spacing: int = 10) -> QVBoxLayout:
    """The column of a dialog that has its window title; `said` is what it is for, `spacing` is in pixels."""
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 20)
    column.setSpacing(spacing)
    title = QLabel(dialog.windowTitle())
    title.setProperty("role", "title")
    column.addWidget(title)
    column.addWidget(muted(said))
    return column


def muted(text: str) -> QLabel:
    """A paragraph in grey."""
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    return label

"""Dialogs: choosing files and folders, and asking once before something is gone. They are opened and left: nobody waits in a loop for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget


def choose_books(parent: QWidget, then: Callable[[Sequence[str]], None]) -> None:
    """Choose files for the library (model files may be among them)."""
    dialog = QFileDialog(parent, QCoreApplication.translate("Choosing", "Add to the library"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    known = QCoreApplication.translate("Choosing", "Books and notes") + " (*.pdf *.md *.markdown *.txt)"
    models = QCoreApplication.translate("Choosing", "Models") + " (*.gguf)"
    everything = QCoreApplication.translate("Choosing", "All files") + " (*)"
    dialog.setNameFilters([known, models, everything])
    _open(dialog, then)


def choose_folder(parent: QWidget, then: Callable[[Sequence[str]], None]) -> None:
    """Choose a folder whose files go into the library."""
    dialog = QFileDialog(parent, QCoreApplication.translate("Choosing", "Add a folder to the library"))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _open(dialog, then)


def choose_model(parent: QWidget, then: Callable[[str], None]) -> None:
    """Choose a model file for the shelf."""
    dialog = QFileDialog(parent, QCoreApplication.translate("Choosing", "Add a model file"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([QCoreApplication.translate("Choosing", "Models") + " (*.gguf)"])
    _open(dialog, lambda paths: then(paths[0]))


def ask_first(parent: QWidget, question: str, detail: str, button: str, act: Callable[[], None]) -> None:
    """Ask whether to do something that can't be undone; `act` is called when the button is pressed."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, "ByteBrain", question, parent=parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(detail)
    yes = box.addButton(button, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.buttonClicked.connect(lambda clicked: act() if clicked is yes else None)
    box.open()


def _open(dialog: QFileDialog, then: Callable[[Sequence[str]], None]) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda paths: then(paths) if paths else None)
    dialog.open()

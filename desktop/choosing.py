"""Dialogs: choosing files and folders, and asking once before something is gone. They are opened and left: nobody waits in a loop for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMessageBox, QWidget

BOOK_SUFFIXES = (
    *(".pdf", ".epub", ".docx", ".odt", ".pptx", ".odp", ".html", ".htm", ".xhtml", ".md", ".markdown", ".rst", ".tex", ".texi", ".ipynb", ".txt"),
    *(".py", ".java", ".c", ".h", ".cpp", ".hpp", ".cs", ".js", ".ts", ".go", ".rs", ".scm", ".rkt", ".hs", ".ml", ".sql", ".sh", ".zip"),
)
"""What the dialog shows at first. Every file can be chosen: what it holds decides."""

LIBRARY_SUFFIX = "bytebrain"


def choose_books(parent: QWidget, then: Callable[[Sequence[str]], None]) -> None:
    """Choose files for the library (model files may be among them)."""
    dialog = QFileDialog(parent, QCoreApplication.translate("Choosing", "Add to the library"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    known = QCoreApplication.translate("Choosing", "Books and notes") + f" ({' '.join(f'*{suffix}' for suffix in BOOK_SUFFIXES)})"
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


def choose_export(parent: QWidget, then: Callable[[str], None]) -> None:
    """Choose the file that a library is written into."""
    dialog = QFileDialog(parent, QCoreApplication.translate("Choosing", "Export the library"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(LIBRARY_SUFFIX)
    dialog.setNameFilters([QCoreApplication.translate("Choosing", "ByteBrain libraries") + f" (*.{LIBRARY_SUFFIX})"])
    dialog.selectFile(f"library.{LIBRARY_SUFFIX}")
    _open(dialog, lambda paths: then(paths[0]))


def choose_import(parent: QWidget, then: Callable[[str], None]) -> None:
    """Choose a file that a library was written into."""
    dialog = QFileDialog(parent, QCoreApplication.translate("Choosing", "Import a library"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    everything = QCoreApplication.translate("Choosing", "All files") + " (*)"
    dialog.setNameFilters([QCoreApplication.translate("Choosing", "ByteBrain libraries") + f" (*.{LIBRARY_SUFFIX})", everything])
    _open(dialog, lambda paths: then(paths[0]))


def choose_pairs(parent: QWidget, then: Callable[[str], None]) -> None:
    """Choose a file of questions and answers."""
    dialog = QFileDialog(parent, QCoreApplication.translate("Choosing", "Import your own answers"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([_pair_files(), QCoreApplication.translate("Choosing", "All files") + " (*)"])
    _open(dialog, lambda paths: then(paths[0]))


def choose_pairs_target(parent: QWidget, then: Callable[[str], None]) -> None:
    """Choose the file that questions and answers are written into."""
    dialog = QFileDialog(parent, QCoreApplication.translate("Choosing", "Export your own answers"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("csv")
    dialog.setNameFilters([_pair_files()])
    dialog.selectFile("answers.csv")
    _open(dialog, lambda paths: then(paths[0]))


def _pair_files() -> str:
    return QCoreApplication.translate("Choosing", "Tables of questions and answers") + " (*.csv *.jsonl)"


def ask_name(parent: QWidget, title: str, question: str, proposal: str, then: Callable[[str], None]) -> None:
    """Ask for a name; an empty one is none."""
    dialog = QInputDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.setTextValue(proposal)
    dialog.textValueSelected.connect(lambda name: then(name.strip()) if name.strip() else None)
    dialog.open()


def ask_password(parent: QWidget, title: str, then: Callable[[str], None]) -> None:
    """Ask for the password of a locked book; it is kept until ByteBrain is closed."""
    dialog = QInputDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle("ByteBrain")
    dialog.setInputMode(QInputDialog.InputMode.TextInput)
    dialog.setTextEchoMode(QLineEdit.EchoMode.Password)
    said = QCoreApplication.translate("Choosing", "The password of “{title}”. It is kept until you close ByteBrain, and never stored.")
    dialog.setLabelText(said.format(title=title))
    dialog.setOkButtonText(QCoreApplication.translate("Choosing", "Unlock"))
    dialog.textValueSelected.connect(lambda password: then(password) if password else None)
    dialog.open()


def _open(dialog: QFileDialog, then: Callable[[Sequence[str]], None]) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda paths: then(paths) if paths else None)
    dialog.open()

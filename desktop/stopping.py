"""Before the reading of a book is stopped: what would be lost, in plain words, and a question that is easy to say no to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QWidget

from desktop.choosing import ask_first
from desktop.library_model import LibraryModel, Row

translate = QCoreApplication.translate


def ask_to_stop(parent: QWidget, library: LibraryModel, key: str, stop: Callable[[str], None]) -> None:
    """Ask whether to stop what works on a row; where nothing does, `stop` is called at once (it puts a refused file away)."""
    row = library.find(key)
    if row is None:
        return
    if not row.can_be_stopped:
        stop(key)
        return
    question = translate("Stopping", "Stop reading “{title}”?").format(title=row.title)
    ask_first(parent, question, what_is_lost(row), translate("Stopping", "Stop reading"), lambda: stop(key))


def what_is_lost(row: Row) -> str:
    """What stopping this one costs; the others in line are read all the same."""
    if _is_read(row):
        return translate("Stopping", "All of it can be searched by words already, and that stays. Only search by meaning is left unfinished.")
    if row.progress is None or not row.progress.done:
        return translate("Stopping", "Nothing of it is read yet. It leaves your library again.")
    number = QLocale().toString
    said = translate("Stopping", "{done} of {total} pages are read and can be searched already. Stopping throws them away, and the book leaves the library.")
    return said.format(done=number(row.progress.done), total=number(row.progress.total))


def _is_read(row: Row) -> bool:
    return row.document is not None and row.document.state in ("searchable", "ready")

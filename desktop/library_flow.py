"""What goes on between the library panel and the engine: adding, stopping, opening, removing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from desktop.at_most import AtMost
from desktop.engine_client import EngineClient
from desktop.library_model import LibraryModel
from engine import messages, wire
from engine.trouble import Notice
from engine.values import DocumentId

OPENED_BY_THE_SYSTEM = frozenset({".pdf", ".epub", ".md", ".markdown", ".txt", ".rst", ".tex", ".html", ".htm", ".docx", ".pptx", ".odt", ".odp", ".ipynb"})
"""Kinds of files that the system's own program shows. Whatever else lies in a library (a script, say) might be run instead."""


TELL_MS = 60
"""Who looks at all rows looks that often at most, though hundreds of files may come at once."""

MUCH_FILES = 100
MUCH_S = 120.0
MUCH_BYTES = 500 * 2**20
"""From here on a person is asked before a folder is taken in: it may have been the wrong one."""


def is_much(estimated: messages.StudyEstimated) -> bool:
    """Whether so much is to be done that it should be asked about first."""
    return estimated.files - estimated.unchanged > MUCH_FILES or estimated.size_bytes > MUCH_BYTES or (estimated.seconds or 0.0) > MUCH_S


class LibraryFlow(QObject):
    """Sends the requests that concern documents and keeps the `LibraryModel` true."""

    noticed = Signal(object, str)
    """engine.trouble.Notice and its kind (info, warning, danger)."""
    model_offered = Signal(str)
    """A path that ends in .gguf was among what was dropped."""
    changed = Signal()
    together = Signal(object)
    """engine.messages.StudyingProgressed: how far all studying is."""
    estimated = Signal(object, object)
    """Files and folders that were dropped, and engine.messages.StudyEstimated: so much work that a person should be asked first."""

    def __init__(self, client: EngineClient, model: LibraryModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._model = model
        self.collection: str | None = None
        """The collection that is on show: what is added goes into it."""
        self._listing: int | None = None
        self._telling = AtMost(TELL_MS, self.changed.emit, self)
        client.library_changed.connect(self._changed_unasked)
        client.happened.connect(lambda happening: self._heard(0, happening))
        for gone in (client.lost, client.gave_up):
            gone.connect(lambda _notice: model.end_request(0))

    @property
    def is_studying(self) -> bool:
        """Whether files are being taken in now."""
        return any(row.request is not None for row in self._model.rows())

    def refresh(self) -> None:
        """Ask for the whole list; an older one that comes late is not shown."""
        number = 0

        def listed(ending: Any) -> None:
            if number == self._listing:
                self._listed(ending)

        number = self._client.send(messages.ListDocuments(), None, listed)
        self._listing = number

    def add(self, paths: Sequence[str]) -> None:
        """Take files and folders into the library; model files go to the shelf."""
        for path in paths:
            if path.lower().endswith(".gguf"):
                self.model_offered.emit(path)
        books = tuple(str(Path(path).resolve()) for path in paths if not path.lower().endswith(".gguf"))
        if any(Path(book).is_dir() for book in books):
            self._client.send(messages.EstimateStudy(books), None, lambda ending: self._estimated(books, ending))
        elif books:
            self._study(books)

    def add_estimated(self, paths: Sequence[str]) -> None:
        """Take in what was estimated and wished for all the same."""
        self._study(tuple(paths))

    def pause(self) -> None:
        """Lay all studying down for now."""
        self._client.send(messages.PauseStudying(), None, self._tell)

    def resume(self) -> None:
        """Go on with studying."""
        self._client.send(messages.ResumeStudying(), None, self._tell)

    def unlock(self, key: str, password: str) -> None:
        """Try a password on a locked document: the right one lets it be read."""
        row = self._model.find(key)
        if row is None:
            return
        if row.document is None:
            self._study((row.key,), (password,))
        else:
            self._client.send(messages.Unlock(row.document.document, password), None, lambda ending: self._unlocked(key, ending))

    def study_again(self, key: str) -> None:
        """Go on with a document that was left half read."""
        row = self._model.find(key)
        if row is not None and row.document is not None:
            self._study((row.document.path,))

    def stop(self, key: str) -> None:
        """Stop what works on a row; a refused file that never became a document is put away."""
        row = self._model.find(key)
        if row is None:
            return
        if row.document is not None:
            self._client.send(messages.LeaveOut((row.document.document,)), None, self._left_out)
        elif row.request and row.can_be_stopped:
            self._client.cancel(row.request)  # the engine has not looked at it yet, and nothing else came with it
        elif not row.is_waiting:
            self._model.forget(key)
            self._telling.want()

    def remove(self, key: str) -> None:
        """Forget a document and all that came from it."""
        row = self._model.find(key)
        if row is not None and row.document is None:
            self.stop(key)
            return
        self._client.send(messages.Remove((key,)), None, self._removed)

    def open_original(self, key: str) -> None:
        """Show the original file in the system's own program."""
        self._client.send(messages.LocateOriginal(DocumentId(key)), None, self._located)

    # ---- what comes back --------------------------------------------------------------------------------------------

    def _estimated(self, paths: tuple[str, ...], ending: Any) -> None:
        """Much is asked about before it is begun; little is just done, and so is what nobody could estimate."""
        if isinstance(ending, messages.StudyEstimated) and is_much(ending):
            self.estimated.emit(paths, ending)
        else:
            self._study(paths)

    def _unlocked(self, key: str, ending: Any) -> None:
        if isinstance(ending, messages.Unlocked):
            self.study_again(key)
        else:
            self._tell(ending)

    def _left_out(self, ending: Any) -> None:
        if isinstance(ending, messages.LeftOut):
            self.refresh()
        else:
            self._tell(ending)

    def _study(self, paths: tuple[str, ...], passwords: tuple[str, ...] = ()) -> None:
        number = 0

        def heard(happening: Any) -> None:
            self._heard(number, happening)

        def ended(ending: Any) -> None:
            self._model.end_request(number)
            self._tell_end(ending)
            self.refresh()

        number = self._client.send(messages.Study(paths, self.collection, passwords), heard, ended)
        known = {row.document.path for row in self._model.rows() if row.document is not None}
        self._model.wait(number, (path for path in paths if path not in known), can_be_cancelled=len(paths) == 1)
        self._model.wait_again(number, paths)
        self._telling.want()

    def _heard(self, number: int, happening: Any) -> None:
        if isinstance(happening, messages.Accepted):
            self._model.accept(number, happening)
        elif isinstance(happening, messages.Progressed):
            self._model.advance(number, happening)
        elif isinstance(happening, messages.Searchable):
            self._model.mark_searchable(number, happening)
        elif isinstance(happening, messages.DocumentStudied):
            self._model.finish(happening)
        elif isinstance(happening, messages.StudyingProgressed):
            self.together.emit(happening)
            return
        self._telling.want()

    def _tell_end(self, ending: Any) -> None:
        if isinstance(ending, wire.Failed):
            self.noticed.emit(ending.notice, "danger" if ending.bug else "warning")
        elif isinstance(ending, messages.Studied) and ending.unchanged and not ending.ready and not ending.refused:
            said = self.tr("These files are already in your library.") if ending.unchanged > 1 else self.tr("This file is already in your library.")
            self.noticed.emit(Notice("nothing-new", said, self.tr("You can ask about it right away.")), "info")

    def _listed(self, ending: Any) -> None:
        if isinstance(ending, messages.Documents):
            self._model.set_documents(ending.documents)
            self._telling.want()
        else:
            self._tell(ending)

    def _changed_unasked(self, told: messages.LibraryChanged) -> None:
        self._model.change(told.documents, told.removed)
        self._telling.want()

    def _removed(self, ending: Any) -> None:
        if isinstance(ending, messages.Removed):
            for key in ending.removed:
                self._model.forget(key)
            self._telling.want()
        else:
            self._tell(ending)

    def _located(self, ending: Any) -> None:
        if not isinstance(ending, messages.OriginalLocated):
            self._tell(ending)
            return
        file = Path(ending.path)
        shown = file if file.suffix.lower() in OPENED_BY_THE_SYSTEM else file.parent
        if not file.is_file():
            self._warn("original-gone", self.tr("The original file is no longer there."), self.tr("Add the book again from where it is now."))
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(shown))):
            self._warn("no-viewer", self.tr("No program on this computer opens this file."), self.tr("The file is {path}.").format(path=file))

    def _warn(self, code: str, sentence: str, remedy: str) -> None:
        self.noticed.emit(Notice(code, sentence, remedy), "warning")

    def _tell(self, ending: Any) -> None:
        if isinstance(ending, wire.Failed):
            self.noticed.emit(ending.notice, "danger" if ending.bug else "warning")

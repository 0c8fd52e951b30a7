"""What goes on between the window and a library that lives: collections, watched folders, taking it along as one file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.engine_client import EngineClient
from engine import messages, wire
from engine.trouble import Notice
from engine.values import DocumentId

if TYPE_CHECKING:
    from desktop.watched_dialog import WatchedDialog


class LivingFlow(QObject):
    """Sends the requests that concern the library as a whole."""

    noticed = Signal(object, str)
    """engine.trouble.Notice and its kind (info, warning, danger)."""
    renamed = Signal(str, str)
    """A collection has another name now: the one before, and the new one."""
    changed = Signal()
    """Rows may have changed: the list should be asked for again."""

    def __init__(self, client: EngineClient, window: QWidget) -> None:
        super().__init__(window)
        self._client = client
        self._window = window
        self.watched: WatchedDialog | None = None

    # ---- collections ------------------------------------------------------------------------------------------------

    def collect(self, document: str, collection: str) -> None:
        """Put a document into a collection."""
        self._client.send(messages.Collect((DocumentId(document),), collection), None, self._collected)

    def uncollect(self, document: str, collection: str) -> None:
        """Take a document out of a collection."""
        self._client.send(messages.Uncollect((DocumentId(document),), collection), None, self._collected)

    def collect_in_new(self, document: str) -> None:
        """Put a document into a collection that is named now."""
        from desktop.choosing import ask_name

        ask_name(self._window, self.tr("New collection"), self.tr("What is it called?"), "", lambda name: self.collect(document, name))

    def rename(self, collection: str) -> None:
        """Give a collection another name."""

        def named(name: str) -> None:
            def ended(ending: Any) -> None:
                if isinstance(ending, messages.Collections):
                    self.renamed.emit(collection, name)
                self._collected(ending)

            self._client.send(messages.RenameCollection(collection, name), None, ended)

        from desktop.choosing import ask_name

        ask_name(self._window, self.tr("Rename the collection"), self.tr("What shall “{name}” be called?").format(name=collection), collection, named)

    def forget(self, collection: str) -> None:
        """Ask once, then forget a collection; its books stay."""

        def forget() -> None:
            self._client.send(messages.ForgetCollection(collection), None, self._collected)

        question = self.tr("Forget the collection “{name}”?").format(name=collection)
        from desktop.choosing import ask_first

        ask_first(self._window, question, self.tr("Its books stay in your library."), self.tr("Forget"), forget)

    def _collected(self, ending: Any) -> None:
        if isinstance(ending, messages.Collections):
            self.changed.emit()
        else:
            self._tell(ending)

    # ---- watched folders --------------------------------------------------------------------------------------------

    def show_watched(self) -> None:
        """Show the watched folders."""
        if self.watched is None:
            from desktop.watched_dialog import WatchedDialog

            self.watched = WatchedDialog(self._window)
            self.watched.watch_wanted.connect(self.choose_watched)
            self.watched.unwatch_wanted.connect(lambda path: self._client.send(messages.UnwatchFolder(path), None, self._watched))
        self.watched.open()
        self._client.send(messages.ListWatchedFolders(), None, self._watched)

    def choose_watched(self) -> None:
        """Let the student choose a folder to watch."""
        from desktop.choosing import choose_folder

        choose_folder(self._window, self.watch)

    def watch(self, paths: Sequence[str]) -> None:
        """Watch the first of these folders."""
        self._client.send(messages.WatchFolder(str(Path(paths[0]).resolve())), None, self._watched)

    def _watched(self, ending: Any) -> None:
        if isinstance(ending, messages.WatchedFolders):
            if self.watched is not None:
                self.watched.show_folders(ending.folders)
        else:
            self._tell(ending)

    # ---- export and import ------------------------------------------------------------------------------------------

    def choose_export(self) -> None:
        """Let the student choose where the library is written to."""
        from desktop.choosing import choose_export

        choose_export(self._window, self.export_to)

    def choose_import(self) -> None:
        """Let the student choose an exported library."""
        from desktop.choosing import choose_import

        choose_import(self._window, self.import_from)

    def export_to(self, path: str) -> None:
        """Write the library into a file."""
        self._transfer(messages.ExportLibrary(path), self.tr("Exporting the library"), self._exported)

    def import_from(self, path: str) -> None:
        """Take in what a file holds."""
        self._transfer(messages.ImportLibrary(path), self.tr("Importing a library"), self._imported)

    def _transfer(self, request: Any, title: str, ended: Callable[[Any], None]) -> None:
        """Send a request that moves many bytes; a dialog shows how far it is and stops it."""
        from desktop.transfer_dialog import TransferDialog

        dialog = TransferDialog(self._window, title)

        def heard(happening: Any) -> None:
            if isinstance(happening, messages.Transferred):
                dialog.show_progress(happening)

        def over(ending: Any) -> None:
            dialog.end()
            ended(ending)

        number = self._client.send(request, heard, over)
        dialog.stop_wanted.connect(lambda: self._client.cancel(number))

    def _exported(self, ending: Any) -> None:
        if not isinstance(ending, messages.LibraryExported):
            self._tell(ending)
            return
        size = QLocale().formattedDataSize(ending.size_bytes, 0, QLocale.DataSizeFormat.DataSizeSIFormat)
        said = self.tr("Your library is in {file} ({size}).").format(file=Path(ending.path).name, size=size)
        self.noticed.emit(Notice("exported", said, self.tr("Import it in another ByteBrain, or keep it as a backup.")), "info")

    def _imported(self, ending: Any) -> None:
        self.changed.emit()  # what was taken in before it was stopped stays
        if not isinstance(ending, messages.LibraryImported):
            self._tell(ending)
            return
        number = QLocale().toString
        said = self.tr("{new} documents came in, {old} were there already.").format(new=number(ending.documents), old=number(ending.unchanged))
        self.noticed.emit(Notice("imported", said, self.tr("You can ask about them right away.")), "info")

    def _tell(self, ending: Any) -> None:
        if isinstance(ending, wire.Failed):
            self.noticed.emit(ending.notice, "danger" if ending.bug else "warning")

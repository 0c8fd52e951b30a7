"""What the window asks a person before it does something: which files, which password, and whether something may go."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.choosing import ask_first, ask_password, choose_books, choose_folder
from desktop.estimates import much_to_read
from desktop.library_flow import LibraryFlow
from desktop.library_model import LibraryModel
from desktop.page_flow import PageFlow
from desktop.question_flow import QuestionFlow
from desktop.stopping import ask_to_stop
from engine.messages import StudyEstimated


class Confirming(QObject):
    """Asks, and hands the answer to the flow that acts on it."""

    def __init__(self, window: QWidget, *, library: LibraryModel, library_flow: LibraryFlow, pages: PageFlow, questions: QuestionFlow) -> None:
        super().__init__(window)
        self._window = window
        self._library = library
        self._library_flow = library_flow
        self._pages = pages
        self._questions = questions

    def choose_files(self) -> None:
        """Let the student choose files to add."""
        choose_books(self._window, self._library_flow.add)

    def choose_folder(self) -> None:
        """Let the student choose a folder to add."""
        choose_folder(self._window, self._library_flow.add)

    def adding(self, paths: Sequence[str], estimated: StudyEstimated) -> None:
        """So much is to be read that a person is asked first."""
        question, detail = much_to_read(estimated)
        ask_first(self._window, question, detail, self.tr("Add"), lambda: self._library_flow.add_estimated(paths))

    def removing(self, key: str) -> None:
        """Ask once, then remove a document; a file that never became one is put away without a question."""
        row = self._library.find(key)
        if row is None:
            return
        if row.document is None:
            self._library_flow.remove(key)
            return
        text = self.tr("Remove “{title}” from the library?").format(title=row.title)
        ask_first(self._window, text, self.tr("Your own file stays where it is."), self.tr("Remove"), lambda: self._library_flow.remove(key))

    def stopping(self, key: str) -> None:
        """Ask once, then stop reading a book."""
        ask_to_stop(self._window, self._library, key, self._library_flow.stop)

    def forgetting(self, conversation: str) -> None:
        """Ask once, then forget a conversation."""
        text, detail = self.tr("Forget this conversation?"), self.tr("It can't be brought back.")
        ask_first(self._window, text, detail, self.tr("Forget"), lambda: self._questions.forget(conversation))

    def password_to_read(self, key: str) -> None:
        """Ask for the password of a locked book, and read it."""
        row = self._library.find(key)
        if row is not None:
            ask_password(self._window, row.title, lambda password: self._library_flow.unlock(key, password))

    def password_to_see(self, document: str) -> None:
        """Ask for the password of a locked book whose page is wanted, and draw it."""
        row = self._library.find(document)
        if row is not None:
            ask_password(self._window, row.title, lambda password: self._pages.unlock(document, password))

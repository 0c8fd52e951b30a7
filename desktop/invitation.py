"""What an empty conversation says: how the library stands, honestly, and what can be asked of it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.library_model import LibraryModel

SAMPLE_QUESTIONS = ("What is a red-black tree?", "What is the load factor of a hash table?", "How does breadth-first search work?")
"""Offered while there is nothing but the sample book: it answers each of them. They are in its language, whatever the window speaks."""


class Invitation(NamedTuple):
    """A title, a sentence, and questions to click on."""

    title: str
    text: str
    questions: tuple[str, ...] = ()


def invitation(library: LibraryModel) -> Invitation:
    """What fits the library as it is now."""
    translate, number = QCoreApplication.translate, QLocale().toString
    seen, total = library.pages_seen()
    documents = library.documents()
    is_studying = any(row.request is not None for row in library.rows())
    if is_studying and seen < total:
        text = translate("Invitation", "Your books are being read: {seen} of {total} pages seen so far. You can ask already.")
        return Invitation(translate("Invitation", "Ask while it reads"), text.format(seen=number(seen), total=number(total)))
    if any(not document.sample for document in documents):
        text = translate("Invitation", "Every sentence of an answer shows the page that it comes from. Nothing leaves this computer.")
        return Invitation(translate("Invitation", "What would you like to understand?"), text)
    if documents:
        text = translate("Invitation", "Drop a textbook anywhere on this window. Or try the sample book first:")
        return Invitation(translate("Invitation", "Ask your textbooks"), text, SAMPLE_QUESTIONS)
    if any(not row.is_refused for row in library.rows()):
        text = translate("Invitation", "You can ask as soon as the first pages are read.")
        return Invitation(translate("Invitation", "Your library is being prepared"), text)
    text = translate("Invitation", "Drop a textbook anywhere on this window, or press Ctrl+O to choose one.")
    return Invitation(translate("Invitation", "Your library is empty"), text)

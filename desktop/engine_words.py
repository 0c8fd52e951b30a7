"""What the engine says of trouble, in the language of the window.

The engine speaks English, to scripts as well as to people. Where the window speaks another language and a code is known
here, a general sentence stands for the engine's exact one; whatever is not known is shown as it came.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from engine.trouble import Notice


def QT_TRANSLATE_NOOP(context: str, source: str) -> str:  # noqa: N802, ARG001 — the name by which the program that gathers texts knows them
    """A text that is translated when it is shown, not now."""
    return source


_FRESH_COPY = QT_TRANSLATE_NOOP("EngineWords", "Get a fresh copy of the file and add that.")
_SAVE_AS_PDF = QT_TRANSLATE_NOOP("EngineWords", "Save or convert it as a PDF, EPUB, Word or text file and add that.")
_SPLIT = QT_TRANSLATE_NOOP("EngineWords", "Split it into smaller files.")
_WITHOUT_PASSWORD = QT_TRANSLATE_NOOP("EngineWords", "Save a copy without the password and add that.")
_MAKE_ROOM = QT_TRANSLATE_NOOP("EngineWords", "Make room on the disk, then try again. Nothing in your library is lost.")
_CHECK_FILE = QT_TRANSLATE_NOOP("EngineWords", "Check that the file is there and that you may read it.")
_ADD_AGAIN = QT_TRANSLATE_NOOP("EngineWords", "Add the file again.")
_OPEN_ORIGINAL = QT_TRANSLATE_NOOP("EngineWords", "Open the original in another program.")

_NOTICES: dict[str, tuple[str, str]] = {
    "encrypted": (
        QT_TRANSLATE_NOOP("EngineWords", "It is locked with a password."),
        QT_TRANSLATE_NOOP("EngineWords", "Enter the password to read it."),
    ),
    "encrypted-office": (QT_TRANSLATE_NOOP("EngineWords", "This document is locked with a password."), _WITHOUT_PASSWORD),
    "encrypted-archive": (QT_TRANSLATE_NOOP("EngineWords", "This archive is locked with a password."), _WITHOUT_PASSWORD),
    "protected": (
        QT_TRANSLATE_NOOP("EngineWords", "It is protected against copying (DRM): its pages are encrypted."),
        QT_TRANSLATE_NOOP("EngineWords", "Add an edition without copy protection."),
    ),
    "damaged": (QT_TRANSLATE_NOOP("EngineWords", "The file is damaged and can't be read."), _FRESH_COPY),
    "empty": (QT_TRANSLATE_NOOP("EngineWords", "There is no text in this file."), QT_TRANSLATE_NOOP("EngineWords", "Choose a file with text in it.")),
    "unknown-kind": (QT_TRANSLATE_NOOP("EngineWords", "ByteBrain can't read files of this kind."), _SAVE_AS_PDF),
    "unreadable-kind": (QT_TRANSLATE_NOOP("EngineWords", "ByteBrain can't read files of this kind."), _SAVE_AS_PDF),
    "not-a-pdf": (
        QT_TRANSLATE_NOOP("EngineWords", "This is no PDF, although its name says so."),
        QT_TRANSLATE_NOOP("EngineWords", "Download it again, or give its name the right ending and add it."),
    ),
    "not-a-file": (QT_TRANSLATE_NOOP("EngineWords", "This is no file."), QT_TRANSLATE_NOOP("EngineWords", "Choose a file.")),
    "is-a-model": (
        QT_TRANSLATE_NOOP("EngineWords", "This is a language model and no document."),
        QT_TRANSLATE_NOOP("EngineWords", "Drop it on the window to put it on the shelf of models."),
    ),
    "generated": (
        QT_TRANSLATE_NOOP("EngineWords", "This source code was made by a program, not for reading."),
        QT_TRANSLATE_NOOP("EngineWords", "Add the source that it was made from."),
    ),
    "too-large": (QT_TRANSLATE_NOOP("EngineWords", "The file is larger than ByteBrain reads."), _SPLIT),
    "entity-bomb": (QT_TRANSLATE_NOOP("EngineWords", "The file unfolds into more and more text, which no honest document does."), _FRESH_COPY),
    "no-pages": (QT_TRANSLATE_NOOP("EngineWords", "This PDF has no pages."), _FRESH_COPY),
    "poison": (
        QT_TRANSLATE_NOOP("EngineWords", "It made the reader crash twice, so it is left out."),
        QT_TRANSLATE_NOOP("EngineWords", "The file may be damaged: save it again with another program."),
    ),
    "page-poison": (QT_TRANSLATE_NOOP("EngineWords", "This page can't be drawn: it made the reader crash."), _OPEN_ORIGINAL),
    "page-not-drawn": (QT_TRANSLATE_NOOP("EngineWords", "This page could not be drawn."), _OPEN_ORIGINAL),
    "copy-gone": (QT_TRANSLATE_NOOP("EngineWords", "The library's copy of this document is gone."), _ADD_AGAIN),
    "missing": (QT_TRANSLATE_NOOP("EngineWords", "The file is no longer there."), _CHECK_FILE),
    "unreadable": (QT_TRANSLATE_NOOP("EngineWords", "The file could not be opened."), _CHECK_FILE),
    "disk-full": (QT_TRANSLATE_NOOP("EngineWords", "The disk is full."), _MAKE_ROOM),
    "home-unwritable": (
        QT_TRANSLATE_NOOP("EngineWords", "ByteBrain can't write to its folder."),
        QT_TRANSLATE_NOOP("EngineWords", "Check its permissions, or make room there."),
    ),
    "home-held": (
        QT_TRANSLATE_NOOP("EngineWords", "This library is in use by another ByteBrain program."),
        QT_TRANSLATE_NOOP("EngineWords", "Close it first. Searching and asking work beside it."),
    ),
    "collection-name": (QT_TRANSLATE_NOOP("EngineWords", "A collection can't be called that."), QT_TRANSLATE_NOOP("EngineWords", "Choose another name.")),
    "pair-too-long": (
        QT_TRANSLATE_NOOP("EngineWords", "A question can have 1,000 characters and 20 wordings, an answer 20,000 characters."),
        QT_TRANSLATE_NOOP("EngineWords", "Make it shorter."),
    ),
    "pairs-too-many": (
        QT_TRANSLATE_NOOP("EngineWords", "There would be too many answers of your own."),
        QT_TRANSLATE_NOOP("EngineWords", "Forget some first."),
    ),
    "pairs-unreadable": (
        QT_TRANSLATE_NOOP("EngineWords", "This file can't be read as a table of questions and answers; nothing was taken in."),
        QT_TRANSLATE_NOOP("EngineWords", "Give it the columns question and answer, and fill in both in every line."),
    ),
    "rules-too-long": (
        QT_TRANSLATE_NOOP("EngineWords", "Instructions can have 800 characters, a template 2,000: the model reads them with every question."),
        QT_TRANSLATE_NOOP("EngineWords", "Make it shorter."),
    ),
    "template-unknown": (
        QT_TRANSLATE_NOOP("EngineWords", "Something in braces in the template stands for nothing."),
        QT_TRANSLATE_NOOP("EngineWords", "Use {question}, {passages} and {instructions}."),
    ),
    "template-missing": (
        QT_TRANSLATE_NOOP("EngineWords", "The template must have {question} and {passages}."),
        QT_TRANSLATE_NOOP("EngineWords", "Write them where they belong."),
    ),
    "no-folder": (
        QT_TRANSLATE_NOOP("EngineWords", "There is no such folder."),
        QT_TRANSLATE_NOOP("EngineWords", "Check the name, or connect its drive."),
    ),
    "export-damaged": (
        QT_TRANSLATE_NOOP("EngineWords", "The exported library is damaged."),
        QT_TRANSLATE_NOOP("EngineWords", "Copy it again from where it was made, or export the library again."),
    ),
}

_ALL_PICTURES = QT_TRANSLATE_NOOP("EngineWords", "All pages are pictures without text, so nothing in it can be searched yet.")
_SOME_PICTURES = QT_TRANSLATE_NOOP("EngineWords", "{some} of {all} pages are pictures without text: {which}.")
_DEADLY = QT_TRANSLATE_NOOP("EngineWords", "Pages {which} could not be read: they made the reader crash.")
_HIDDEN = QT_TRANSLATE_NOOP("EngineWords", "Pages with text that can't be seen there, which was left out: {which}.")
_HIDDEN_SOMEWHERE = QT_TRANSLATE_NOOP("EngineWords", "It holds text that can't be seen when it is opened; that was left out.")
_GONE = QT_TRANSLATE_NOOP("EngineWords", "Its file is no longer in {folder}; the library keeps its copy.")
_PAUSED = QT_TRANSLATE_NOOP("EngineWords", "You paused it.")
_BATTERY = QT_TRANSLATE_NOOP("EngineWords", "The laptop runs on battery.")
_SENTENCES: tuple[tuple[str, str], ...] = (
    (re.escape(_ALL_PICTURES), _ALL_PICTURES),
    (r"(?P<some>\d+) of (?P<all>\d+) pages are pictures without text: (?P<which>[\d, …]+)\.", _SOME_PICTURES),
    (r"Pages? (?P<which>[\d, …]+) could not be read: (?:it|each) made the reader crash twice\.", _DEADLY),
    (r"Pages? (?P<which>[\d, …]+) holds? text that can't be seen there; it was left out\.", _HIDDEN),
    (re.escape(_HIDDEN_SOMEWHERE), _HIDDEN_SOMEWHERE),
    (r"Its file is no longer in (?P<folder>[^\n]+); the library keeps its copy\.", _GONE),
    (re.escape(_PAUSED), _PAUSED),
    (re.escape(_BATTERY), _BATTERY),
)
"""Sentences that carry no code, as the engine says them, and what is translated."""


def in_window_words(notice: Notice) -> Notice:
    """The notice in the language of the window; as it came where that is English, or where its code is not known."""
    known = words_for(notice.code)
    return notice if known is None else Notice(notice.code, *known)


def words_for(code: str | None) -> tuple[str, str] | None:
    """Sentence and remedy for a code in the language of the window; None where there are none, or the engine's own will do."""
    if code is None or code not in _NOTICES:
        return None
    sentence, remedy = _NOTICES[code]
    said = _translated(sentence)
    return None if said == sentence else (said, _translated(remedy))


def remedy_in_window(code: str | None, remedy: str | None) -> str | None:
    """A remedy as the engine gave it; in the window nobody who has a password needs to hear of the command line."""
    return _translated(_NOTICES["encrypted"][1]) if code == "encrypted" else remedy


def reason_in_window_words(reason: str) -> str:
    """A reason that carries no code, with every sentence that is known translated."""
    for pattern, source in _SENTENCES:
        said = _translated(source)
        if said != source:
            reason = re.sub(pattern, _filling(said), reason)
    return reason.replace("。 ", "。")  # Chinese sentences follow one another without a blank


def _filling(said: str) -> Callable[[re.Match[str]], str]:
    return lambda match: said.format(**match.groupdict())


def _translated(source: str) -> str:
    return QCoreApplication.translate("EngineWords", source)

"""What goes on between a clicked citation, the page beside the chat and the engine that has it drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from desktop.engine_client import EngineClient
from desktop.engine_words import in_window_words
from engine import messages, wire
from engine.trouble import Notice
from engine.values import Box, Citation, DocumentId, Passage, Place

if TYPE_CHECKING:
    from desktop.page_view import PageView

PIXELS_PER_POINT = 1.5
"""How sharp a page is first drawn, times the pixel ratio of the screen: 108 dpi, which fits a page into the pane."""


class _Stand(NamedTuple):
    """Where a quote stands: the number of its part, the place in it, and the title of the section around it."""

    sheet: int
    place: Place | None
    section: str


class PageFlow(QObject):
    """Shows one citation or passage at a time; an earlier page that comes late is not shown."""

    locked = Signal(str)
    """The id of a document whose page can't be drawn without its password; `unlock` goes on."""

    def __init__(self, client: EngineClient, open_pane: Callable[[], PageView], pages_of: Callable[[str], int | None], parent: QObject | None = None) -> None:
        """`open_pane` makes the pane (the first time), shows it and returns it; `pages_of` tells how many pages a document has."""
        super().__init__(parent)
        self._client = client
        self._open_pane = open_pane
        self._pages_of = pages_of
        self._latest = 0
        self._boxes: tuple[Box, ...] = ()
        self._quote = ""
        self._title = ""
        self._shown: _Stand | None = None
        """Where the quote stands in what has no pages."""
        self._denied: messages.DrawPage | None = None
        """What could not be drawn for want of a password."""

    @property
    def is_waiting(self) -> bool:
        """Whether a page is on its way."""
        return bool(self._latest)

    def show_citation(self, citation: Citation, passages: Sequence[Passage]) -> None:
        """Show what a citation quotes. `passages` tell in which part it stands where a document has no pages."""
        sheet = sheet_of(citation, passages)
        same = (passage for passage in passages if passage.document == citation.document and passage.sheet == sheet)
        section = next((passage.section[-1] for passage in same if passage.section and citation.quote in passage.text), "")
        self._show(citation, citation.quote, _Stand(sheet, citation.place, section))

    def show_passage(self, passage: Passage) -> None:
        """Show a whole passage where it stands."""
        self._show(passage, passage.text, _Stand(passage.sheet, passage.place, passage.section[-1] if passage.section else ""))

    def show_page(self, document: str, page: int, pixels_per_point: float) -> None:
        """Another page of the same document, or the same one sharper."""
        self._send(messages.DrawPage(DocumentId(document), page, pixels_per_point))

    def show_part(self, document: str, sheet: int) -> None:
        """Another part of the same document."""
        self._send(messages.ReadPart(DocumentId(document), sheet))

    def unlock(self, document: str, password: str) -> None:
        """Try a password on a document whose page was denied, and draw that page again."""

        def unlocked(ending: Any) -> None:
            if isinstance(ending, messages.Unlocked) and self._denied is not None and self._denied.document == document:
                self._send(self._denied)
            elif isinstance(ending, wire.Failed):
                self._open_pane().fail(self._in_window_words(ending.notice))

        self._client.send(messages.Unlock(DocumentId(document), password), None, unlocked)

    def forget(self) -> None:
        """The pane was closed: what is still being drawn is not wanted."""
        if self._latest:
            self._client.cancel(self._latest)
        self._latest = 0
        self._denied = None

    def _show(self, shown: Citation | Passage, quote: str, stand: _Stand) -> None:
        pane = self._open_pane()
        self._boxes, self._quote, self._title, self._shown = shown.boxes, quote, shown.title, stand
        if shown.page is not None:
            pane.show_waiting(shown.title, shown.page_label or str(shown.page))
            sharpness = PIXELS_PER_POINT * pane.devicePixelRatioF()
            self._send(messages.DrawPage(shown.document, shown.page, sharpness))
        else:
            pane.show_waiting(shown.title, "")
            self._send(messages.ReadPart(shown.document, stand.sheet))

    def _send(self, request: messages.DrawPage | messages.ReadPart) -> None:
        self.forget()
        number = 0

        def ended(ending: Any) -> None:
            if number != self._latest:
                return
            self._latest = 0
            pane = self._open_pane()
            if isinstance(ending, messages.PageDrawn):
                pane.show_page(ending, self._boxes, self._quote)
                pane.set_page_count(self._pages_of(ending.document))
            elif isinstance(ending, messages.PartRead):
                self._show_part(pane, ending)
            elif isinstance(ending, wire.Failed):
                pane.fail(self._in_window_words(ending.notice))
                if ending.notice.code == "encrypted" and isinstance(request, messages.DrawPage):
                    self._denied = request
                    self.locked.emit(request.document)

        number = self._client.send(request, None, ended)
        self._latest = number

    def _show_part(self, pane: PageView, part: messages.PartRead) -> None:
        """The part of the quote says where exactly it stands; its neighbours say it for themselves."""
        stand = self._shown
        if stand is not None and part.sheet == stand.sheet:
            pane.show_text(part, self._quote, stand.place, self._title, stand.section)
        else:
            pane.show_text(part, "", None, self._title, "")

    def _in_window_words(self, notice: Notice) -> Notice:
        """A removed document has an id for the engine, and for the command line a command; here it has a name and a place to drop it."""
        if notice.code != "no-document":
            return in_window_words(notice)
        said = self.tr("This document is no longer in your library."), self.tr("Add it again to open its pages.")
        return Notice(notice.code, *said)


def sheet_of(citation: Citation, passages: Sequence[Passage]) -> int:
    """The stored part that a citation stands in: that of the passage it was taken from; 1 where no passage says it."""
    same = [passage for passage in passages if passage.document == citation.document and passage.page == citation.page]
    for passage in same:
        if citation.quote in passage.text:
            return passage.sheet
    return next((passage.sheet for passage in same if passage.place == citation.place), 1)

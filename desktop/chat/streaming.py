"""An answer on its way: pieces are collected and drawn at most every few dozen milliseconds, and only the tail anew."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desktop.chat.answer_text import AnswerText
from desktop.chat.markdown_blocks import open_fence, split_blocks
from desktop.chat.markdown_tree import parse_markdown

REPAINT_EVERY_MS = 40
"""25 times a second: text that flows for the eye, at a few percent of a core."""

_LONGEST_COLOURED_TAIL = 4_000
"""Characters of unfinished code that are still coloured each time."""


class StreamedAnswer(QObject):
    """Collects the pieces of an answer and draws them into an `AnswerText`.

    `blocks_frozen` and `tails_drawn` count what was drawn, `characters_drawn` how much of it.
    """

    def __init__(self, text: AnswerText, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._tail = ""
        self._pending: list[str] = []
        self._received: list[str] = []
        self.blocks_frozen = 0
        self.tails_drawn = 0
        self.characters_drawn = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REPAINT_EVERY_MS)
        self._timer.timeout.connect(self.flush)

    @property
    def received(self) -> str:
        """All that came so far."""
        return "".join(self._received)

    def add(self, piece: str) -> None:
        """Take the next piece; it is drawn with others that come in the same moment."""
        self._pending.append(piece)
        self._received.append(piece)
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Draw what has come since the last time."""
        self._timer.stop()
        if not self._pending:
            return
        finished, self._tail = split_blocks(self._tail + "".join(self._pending))
        self._pending.clear()
        if finished:
            text = "".join(finished)
            self._text.freeze([block for source in finished for block in parse_markdown(source)])
            self.blocks_frozen += len(finished)
            self.characters_drawn += len(text)
        coloured = len(self._tail) <= _LONGEST_COLOURED_TAIL or not open_fence(self._tail)
        self._text.show_tail(parse_markdown(self._tail), coloured=coloured)
        self.tails_drawn += 1
        self.characters_drawn += len(self._tail)

    def stop(self) -> None:
        """Draw nothing more."""
        self._timer.stop()
        self._pending.clear()

    def draw_again(self) -> None:
        """Draw all that came, in the colours that the text has now."""
        text = self.received
        self._tail = ""
        self._pending = [text] if text else []
        self._text.show_blocks(())
        self.flush()

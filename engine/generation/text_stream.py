"""From the bytes of tokens to text that can be shown: whole characters only, and nothing of a stop string."""

from __future__ import annotations

import codecs
from collections.abc import Sequence


class TextStream:
    """Takes the bytes of one token after another and gives out the text that is certain.

    A character that is not whole yet is held back, and so is text that may turn out to begin a stop string. Each token
    costs time in proportion to its own length, not to the answer's.
    """

    def __init__(self, stops: Sequence[str]) -> None:
        self._stops = tuple(stop for stop in stops if stop)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self.stopped = False
        """Whether a stop string was met; from then on nothing comes out."""

    def feed(self, piece: bytes) -> str:
        """The text that became certain with this token."""
        if self.stopped:
            return ""
        text = self._held + self._decoder.decode(piece)
        found = [at for at in (text.find(stop) for stop in self._stops) if at >= 0]
        if found:
            self.stopped = True
            self._held = ""
            return text[: min(found)]
        certain = len(text) - _length_held(text, self._stops)
        self._held = text[certain:]
        return text[:certain]

    def finish(self) -> str:
        """What was held back for a stop string that never came. Half a character is dropped."""
        rest, self._held = self._held, ""
        return rest


def _length_held(text: str, stops: Sequence[str]) -> int:
    """Length of the longest end of `text` that begins a stop string."""
    for length in range(min(len(text), max((len(stop) for stop in stops), default=1) - 1), 0, -1):
        if any(stop.startswith(text[-length:]) for stop in stops):
            return length
    return 0

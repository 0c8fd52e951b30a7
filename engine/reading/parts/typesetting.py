"""How the text of office documents is set, and a paragraph gathered run by run. Word and OpenDocument share it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from engine.reading.parts.markup import Node
from engine.reading.parts.symbol_fonts import scripted

_MONOSPACED = re.compile(
    r"courier|consolas|mono|menlo|monaco|inconsolata|typewriter|lucida console|source code|fira code|andale|cmtt|terminal|fixedsys|sfmono", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Look:
    """How text is set; None: not said here."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    underlined: bool | None = None
    font: str | None = None
    size: float | None = None
    raised: str | None = None
    """"^" raised, "_" lowered, "" neither."""

    def over(self, below: Look) -> Look:
        """This look, and where it says nothing the one below."""
        return Look(
            below.bold if self.bold is None else self.bold,
            below.italic if self.italic is None else self.italic,
            below.hidden if self.hidden is None else self.hidden,
            below.underlined if self.underlined is None else self.underlined,
            self.font or below.font,
            self.size or below.size,
            below.raised if self.raised is None else self.raised,
        )

    @property
    def monospaced(self) -> bool:
        """Whether all its letters are equally wide."""
        return is_monospaced(self.font)


@dataclass(slots=True)
class Line:
    """What a paragraph says, run by run, and what hangs on it."""

    text: str = ""
    emphasis: list[tuple[int, int]] = field(default_factory=list)
    visible: int = 0
    """Characters that are no spaces; of them `monospaced`, `strong` and (in points, weighed) `size_total`."""
    monospaced: int = 0
    strong: int = 0
    size_total: float = 0.0
    formula: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Kind ("footnote" or "endnote") and id of the notes that it refers to. Their numbers are no part of the text: they would stick to its words."""
    boxes: list[Node] = field(default_factory=list)
    drawings: list[Node] = field(default_factory=list)

    _script: str = ""
    _script_look: Look = field(default_factory=lambda: Look())

    def add(self, text: str, look: Look, *, formula: bool = False) -> None:
        """Text at the end, set in this way. What is raised or lowered waits until all of it is there."""
        if look.raised and text:
            if self._script and self._script_look.raised != look.raised:
                self.settle()
            self._script += text
            self._script_look = look
            return
        self.settle()
        self._append(text, look, formula=formula)

    def settle(self) -> None:
        """Put what was raised or lowered into the line."""
        if self._script:
            text, self._script = self._script, ""
            self._append(scripted(self.text, text, self._script_look.raised or ""), self._script_look)

    def _append(self, text: str, look: Look, *, formula: bool = False) -> None:
        start = len(self.text)
        self.text += text
        said = len("".join(text.split()))
        self.visible += said
        self.size_total += said * (look.size or 0.0)
        self.monospaced += said if look.monospaced else 0
        self.strong += said if look.bold or look.underlined else 0
        self.formula += said if formula else 0
        if said and (look.bold or look.italic) and not look.monospaced and not formula:
            self.emphasis.append((start, len(self.text)))


def is_monospaced(font: str | None) -> bool:
    """Whether a font's name says that its letters are equally wide."""
    return bool(font and _MONOSPACED.search(font))

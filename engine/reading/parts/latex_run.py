"""The paragraph that a LaTeX reader is putting together, and the environments that it is in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_CJK_BREAK = re.compile(rf"(?<=[{_CJK}])[ \t]*\n\s*(?=[{_CJK}])")


@dataclass(slots=True)
class Run:
    """The paragraph that is being put together: spaces are single from the beginning, so that places in it stay."""

    emphasis: list[tuple[int, int]] = field(default_factory=list)
    first: int = -1
    last: int = -1
    written: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, begin: int, end: int) -> None:
        """Go on with text that was made from the characters `[begin, end)` of the source."""
        said = re.sub(r"\s+", " ", _CJK_BREAK.sub("", text))
        if said.startswith(" ") and (not self.length or self.written[-1].endswith(" ")):
            said = said[1:]
        if said:
            self.written.append(said)
            self.length += len(said)
            if said != " ":
                self.first = begin if self.first < 0 else self.first
                self.last = max(self.last, end)


@dataclass(slots=True)
class Environment:
    """An environment that is open; `mark` counts the pieces before it, `count` its items."""

    name: str
    kind: str
    mark: int = 0
    count: int = 0

"""The source of a LaTeX document as a reader goes through it: braces that belong together, arguments, ends of environments, lines.

Everything here takes time in proportion to the text, however it is nested or left open.
"""

from __future__ import annotations

import re
from bisect import bisect_right

_BRACES = re.compile(r"\\.|%[^\n]*|[{}]", re.DOTALL)
_GAP = re.compile(r"[ \t]*(?:%[^\n]*)?(?:\n[ \t]*)?(?:%[^\n]*\n[ \t]*)*")
_LONGEST_OPTION = 2000


class Source:
    """A text with its pairs of braces found once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._closing: dict[int, int] = {}
        self._patience = 2_000_000  # characters that may be looked at in vain for the end of options
        self._endless: dict[str, int] = {}
        opened: list[int] = []
        for match in _BRACES.finditer(text):
            if match[0] == "{":
                opened.append(match.start())
            elif match[0] == "}" and opened:
                self._closing[opened.pop()] = match.start()

    def line_at(self, offset: int) -> int:
        """The line, from 1, of a character."""
        return bisect_right(self._line_starts, offset)

    def closing(self, offset: int) -> int | None:
        """Where the group that opens at `offset` closes, or None where no group does."""
        return self._closing.get(offset)

    def argument(self, offset: int) -> tuple[int, int, int] | None:
        """Begin and end of the argument in braces that follows, and where to go on; None where there is none."""
        gap = _GAP.match(self.text, offset)
        begin = gap.end() if gap else offset
        end = self._closing.get(begin)
        return None if end is None else (begin + 1, end, end + 1)

    def option(self, offset: int) -> tuple[int, int, int] | None:
        """The same for an argument in brackets."""
        begin = offset
        while begin < len(self.text) and self.text[begin] in " \t":
            begin += 1
        if not self.text.startswith("[", begin):
            return None
        longest = _LONGEST_OPTION if self._patience > 0 else 80
        at, last, depth = begin + 1, min(len(self.text), begin + longest), 1
        while at < last:
            character = self.text[at]
            if character == "{":
                at = self._closing.get(at, at)
            elif character == "[":
                depth += 1
            elif character == "]":
                depth -= 1
                if not depth:
                    return begin + 1, at, at + 1
            elif character == "\\" or (character == "\n" and self.text[at + 1 : at + 2] == "\n"):
                at += 1 if character == "\\" else _LONGEST_OPTION
            at += 1
        self._patience -= longest
        return None

    def after_options(self, offset: int) -> int:
        """Where to go on after all arguments in brackets, and those in angles that slides have."""
        while True:
            option = self.option(offset)
            overlay = re.compile(r"<[^<>\n]{1,40}>").match(self.text, offset) if option is None else None
            if option is None and overlay is None:
                return offset
            offset = option[2] if option is not None else overlay.end() if overlay else offset

    def after_arguments(self, offset: int, count: int) -> int:
        """Where to go on after so many arguments (fewer where there are fewer) and the options among them."""
        for _ in range(count):
            offset = self.after_options(offset)
            found = self.argument(offset)
            if found is None:
                return offset
            offset = found[2]
        return offset

    def find(self, mark: str, offset: int) -> int | None:
        """Where a mark comes next, or None. One that comes no more is looked for once."""
        if self._endless.get(mark, len(self.text)) <= offset:
            return None
        found = self.text.find(mark, offset)
        if found < 0:
            self._endless[mark] = offset
        return found if found >= 0 else None

    def end_of(self, environment: str, offset: int, *, nested: bool = False, closed_by: str | None = None) -> tuple[int, int] | None:
        """Where the `\\end` of an environment begins and ends, or None. An environment that never ends is looked for once.

        `closed_by` is the document's own command for that end.
        """
        if closed_by is not None:
            own = re.compile(rf"\\(?:{closed_by}(?![A-Za-z])|end\s*\{{{re.escape(environment)}\}})").search(self.text, offset)
            return own.span() if own else None
        if self._endless.get(environment, len(self.text)) <= offset:
            return None
        marks = re.compile(rf"\\(begin|end)\s*\{{{re.escape(environment)}\}}") if nested else re.compile(rf"\\(end)\s*\{{{re.escape(environment)}\}}")
        depth = 1
        for match in marks.finditer(self.text, offset):
            depth += 1 if match[1] == "begin" else -1
            if not depth:
                return match.start(), match.end()
        self._endless[environment] = offset
        return None

"""The text of one block while it is being read: white space collapsed, emphasis and links as ranges. Pure."""

from __future__ import annotations

import re

Link = tuple[int, int, str]
"""The characters `[start, end)` of a text and where they lead."""

_SPACE = re.compile(r"[ \t\n\r\f]+")


class Inline:
    """A block's text as it grows."""

    __slots__ = ("_links", "_open_emphasis", "_open_links", "_said", "_spaced", "emphasis", "length")

    def __init__(self) -> None:
        self._said: list[str] = []
        self._spaced = True
        self._open_emphasis: list[int] = []
        self._open_links: list[tuple[int, str]] = []
        self._links: list[Link] = []
        self.emphasis: list[tuple[int, int]] = []
        self.length = 0

    @property
    def text(self) -> str:
        """What was said so far, without white space at its ends."""
        return "".join(self._said).rstrip()

    @property
    def blank(self) -> bool:
        """Whether nothing was said yet."""
        return self.length == 0

    @property
    def links(self) -> tuple[Link, ...]:
        """The links in order, each without white space at its end."""
        return tuple(self._links)

    def say(self, text: str) -> None:
        """Add text; runs of white space become one space."""
        text = _SPACE.sub(" ", text)
        if self._spaced:
            text = text.lstrip(" ")
        if text:
            self._said.append(text)
            self.length += len(text)
            self._spaced = text.endswith(" ")

    def emphasise(self) -> None:
        """Emphasis begins."""
        self._open_emphasis.append(self.length)

    def calm(self) -> None:
        """Emphasis ends, if there is some."""
        if self._open_emphasis:
            start = self._open_emphasis.pop()
            if self.length > start:
                self.emphasis.append((start, self.length))

    def whole_is_emphasised(self) -> None:
        """All so far is a term that is explained in what follows."""
        self.emphasis = [(0, self.length)]

    def link(self, href: str) -> None:
        """A link begins."""
        self._open_links.append((self.length, href))

    def continued(self) -> Inline:
        """What follows this block: links that are open here end and go on there."""
        following = Inline()
        for _, href in self._open_links:
            following.link(href)
        while self._open_links:
            self.unlink()
        return following

    def unlink(self) -> None:
        """A link ends, if there is one."""
        if self._open_links:
            start, href = self._open_links.pop()
            end = self.length - (1 if self._spaced and self.length > start else 0)
            if end > start:
                self._links.append((start, end, href))

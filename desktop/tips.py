"""Tool tips of untrusted text. Qt takes a tip that looks like HTML for HTML, and titles come out of other people's files."""

from __future__ import annotations

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})
"""As `html.escape` does it; importing that, with all names of all letters, would cost the start of the window 2 ms."""


def escaped(untrusted_text: str) -> str:
    """Text as HTML that shows it as it is."""
    return untrusted_text.translate(_ESCAPES)


def tip(*untrusted_lines: str) -> str:
    """A tool tip that shows these lines as they are; empty ones are left out."""
    return "<qt>" + "<br>".join(escaped(line) for text in untrusted_lines for line in text.splitlines() if line) + "</qt>"

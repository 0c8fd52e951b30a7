"""Tool tips of untrusted text. Qt takes a tip that looks like HTML for HTML, and titles come out of other people's files."""

from __future__ import annotations

import html


def tip(*untrusted_lines: str) -> str:
    """A tool tip that shows these lines as they are; empty ones are left out."""
    return "<qt>" + "<br>".join(html.escape(line) for text in untrusted_lines for line in text.splitlines() if line) + "</qt>"

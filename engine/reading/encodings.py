"""Bytes to text: which encoding a file is in, and what of its characters can be seen.

What a reader of the file can't see (control characters, zero-width marks, text hidden in tags) doesn't survive; what a script
needs (joiners, right-to-left letters in the order in which they are read) does.
"""

from __future__ import annotations

import re
from pathlib import Path

from engine.trouble import DocumentRefused

_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_text(path: Path, name: str) -> str:
    """The whole text of a file with `\\n` line ends and without what can't be seen.

    Raises:
        DocumentRefused: it is no text after all, or can't be read.
    """
    try:
        text = decode(path.read_bytes(), whole=True)
    except OSError as error:
        raise unreadable(name, error) from error
    if text is None:
        raise DocumentRefused("unknown-kind", f"“{name}” is of a kind that ByteBrain can't read.", "Add it as a PDF, Markdown or plain text file.")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return re.sub(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]", "", text)


def decode(untrusted: bytes, *, whole: bool) -> str | None:
    """The bytes as text (UTF-8, UTF-16 with a byte order mark, else Windows Latin), or None where they are none.

    Unless `whole`, a character that is cut at the end is forgiven.
    """
    if untrusted.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return untrusted[: len(untrusted) // 2 * 2].decode("utf-16", "strict" if whole else "ignore")
        except UnicodeDecodeError:
            return None
    if len(_BINARY.findall(untrusted)) > len(untrusted) // 2000:
        return None
    for cut in range(1 if whole else 4):
        try:
            return untrusted[: len(untrusted) - cut].decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
    text = untrusted.decode("cp1252", "replace")
    letters = sum(map(str.isalpha, text)) + sum(map(str.isspace, text))
    return text if letters > 0.6 * len(text) and text.count("\ufffd") <= len(text) // 1000 else None


def unreadable(name: str, error: OSError) -> DocumentRefused:
    """The refusal of a file that can't be opened."""
    return DocumentRefused(
        "unreadable", f"“{name}” could not be opened: {error.strerror or 'unknown error'}.", "Check that the file is there and that you may read it."
    )

"""What a file is, by its content; its name only decides between kinds of text.

A document that was opened is a `Book`, whatever its kind: PDF, Markdown and plain text today, others beside them later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Literal, Protocol

from engine.cancellation import Cancellation
from engine.reading.messages import OutlineEntry, PageRead
from engine.trouble import DocumentRefused

Kind = Literal["pdf", "markdown", "text"]

MAX_TEXT_BYTES = 32 * 2**20
"""A text file beyond this is a log or a dump, no reading matter."""

_HEAD_BYTES = 64 * 1024
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mdx"})
_MARKDOWN_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
_MARKDOWN_ELSE = re.compile(r"^(?:```|~~~)|\[[^\]\n]+\]\([^)\n]+\)|\*\*[^*\n]+\*\*", re.MULTILINE)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Book(Protocol):
    """An opened document. `paged` says whether its pages are real ones or parts made for reading."""

    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def pages(self) -> int: ...
    @property
    def paged(self) -> bool: ...
    @property
    def outline(self) -> tuple[OutlineEntry, ...]: ...

    def read(self, first_page: int, cancellation: Cancellation) -> Iterator[PageRead]:
        """Pages from `first_page` on, in order.

        Raises:
            Stopped: the cancellation was set.
        """
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


def kind_of(path: Path, name: str) -> Kind:
    """The kind of a file; `name` is what a person calls it.

    Raises:
        DocumentRefused: missing, not a file, empty, not a PDF although its name says so, or of a kind that can't be read.
    """
    head, size = _head(path, name)
    suffix = PurePath(name).suffix.lower()
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"GGUF"):
        raise DocumentRefused(
            "is-a-model", f"“{name}” is a language model and no document.", "Drop it on the window, or put it on the shelf with `bytebrain models add`."
        )
    text = decode(head, whole=len(head) == size)
    if suffix == ".pdf":
        # Headers are lost or follow after junk in PDFs that can still be repaired; a text that mentions no object is none.
        if text is None or " obj" in text:
            return "pdf"
        raise DocumentRefused(
            "not-a-pdf", f"“{name}” is plain text and not a PDF, although its name says so.", "Give its name the ending .txt and add it again."
        )
    if text is None:
        raise DocumentRefused("unknown-kind", f"“{name}” is of a kind that ByteBrain can't read.", "Add it as a PDF, Markdown or plain text file.")
    if not text.strip():
        raise DocumentRefused("empty", f"“{name}” is empty.", "Choose a file with text in it.")
    if size > MAX_TEXT_BYTES:
        raise DocumentRefused(
            "too-large", f"“{name}” is a text file of {size // 2**20} MB, which is more than ByteBrain reads.", "Split it into smaller files."
        )
    if suffix in _MARKDOWN_SUFFIXES or (suffix == "" and _MARKDOWN_HEADING.search(text) and _MARKDOWN_ELSE.search(text)):
        return "markdown"
    return "text"


def read_text(path: Path, name: str) -> str:
    """The whole text of a file with `\\n` line ends and without what can't be seen.

    Raises:
        DocumentRefused: it is no text after all, or can't be read.
    """
    try:
        text = decode(path.read_bytes(), whole=True)
    except OSError as error:
        raise _unreadable(name, error) from error
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


def stem_of(name: str) -> str:
    """A title from a file's name."""
    return " ".join(PurePath(name).stem.replace("_", " ").split()) or name


def _head(path: Path, name: str) -> tuple[bytes, int]:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            size = file.seek(0, 2)
    except OSError as error:
        raise _unreadable(name, error) from error
    if not head:
        raise DocumentRefused("empty", f"“{name}” is empty.", "Choose a file with text in it.")
    return head, size


def _unreadable(name: str, error: OSError) -> DocumentRefused:
    return DocumentRefused(
        "unreadable", f"“{name}” could not be opened: {error.strerror or 'unknown error'}.", "Check that the file is there and that you may read it."
    )

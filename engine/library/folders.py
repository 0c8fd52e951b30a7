"""A folder of linked web pages as one document: which pages belong to it, and packed so that the same pages are always the same bytes.

Only links are looked for here, by their spelling and without a parser: pages are untrusted, and reading them is the reader's work.
"""

from __future__ import annotations

import html
import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import unquote

PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht"})
INDEX_NAMES = ("index.html", "index.htm", "index.xhtml", "index.xht")

FEWEST_PAGES = 3
"""So many other pages an index page must lead to; with fewer, each is a document of its own."""

MOST_PAGES = 20_000
MOST_BYTES = 512 * 2**20
"""Pages beyond these are left to be documents of their own: the largest manuals have some thousands, of 100 MB together."""

LARGEST_PAGE_BYTES = 64 * 2**20
_LINK = re.compile(
    rb"<(?:a|area|i?frame|link)\s(?:[^<>]{0,2000}?[\s\"'])?(?:href|src)\s*=\s*(?:\"([^\"<>]{1,1000})\"|'([^'<>]{1,1000})'|([^\s\"'<>]{1,1000}))", re.IGNORECASE
)
_SCHEME = re.compile(r"[a-zA-Z][\w+.-]*:|//|/")
_SENDS_ON = re.compile(rb"<meta\s[^<>]{0,200}http-equiv\s*=\s*[\"']?refresh\b[^<>]{0,500}url\s*=", re.IGNORECASE)
_HEAD_BYTES = 8192
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def linked_pages(folder: Path) -> tuple[str, ...]:
    """The pages of a folder that its index page leads to, directly or in turn, as paths from the folder on, sorted; none where it is no such folder.

    Links are followed within the folder only, and through no link of the file system that leads out of it.

    Raises:
        OSError: the folder can't be looked through.
    """
    index = _index_page(folder)
    if index is None:
        return ()
    root = folder.resolve()
    found: dict[str, None] = {index: None}
    left_bytes = MOST_BYTES
    for page in (waiting := [index]):
        content = _content(folder / page)
        left_bytes -= len(content)
        for target in _targets(content, page):
            if target not in found and len(found) < MOST_PAGES and left_bytes > 0 and _is_page_in(root, folder / target):
                found[target] = None
                waiting.append(target)
    return tuple(sorted(found)) if len(found) > FEWEST_PAGES else ()


def is_signpost(page: Path) -> bool:
    """Whether a page only sends its visitors on to another one, as books leave behind where their pages were renamed."""
    try:
        with page.open("rb") as file:
            return _SENDS_ON.search(file.read(_HEAD_BYTES)) is not None
    except OSError:
        return False


def pack(pages: Iterable[tuple[str, bytes]], file: BinaryIO) -> None:
    """Write pages (name and content, in order) into a zip without dates and uncompressed, so that equal pages make equal bytes.

    Raises:
        OSError: the zip can't be written.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for page, content in pages:
            entry = zipfile.ZipInfo(page, _LONG_AGO)
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)


def all_pages(folder: Path) -> Iterator[os.DirEntry[str]]:
    """The files below a folder that are web pages by their names, linked or not, hidden ones left out; in no order.

    Raises:
        OSError: the folder can't be looked through.
    """
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                elif PurePosixPath(entry.name).suffix.lower() in PAGE_SUFFIXES:
                    yield entry


def _index_page(folder: Path) -> str | None:
    """The folder's index page as it is spelled there."""
    with os.scandir(folder) as entries:
        names = {entry.name.lower(): entry.name for entry in entries if entry.name.lower() in INDEX_NAMES and entry.is_file()}
    return next((names[name] for name in INDEX_NAMES if name in names), None)


def _targets(content: bytes, page: str) -> Sequence[str]:
    """The pages that a page's links name, in order, as paths from the folder on."""
    base = PurePosixPath(page).parent
    targets: dict[str, None] = {}
    for link in _LINK.finditer(content):
        reference = html.unescape((link[1] or link[2] or link[3]).decode("utf-8", "replace")).strip()
        path = unquote(reference.split("#", 1)[0].split("?", 1)[0])
        if not path or _SCHEME.match(path) or PurePosixPath(path).suffix.lower() not in PAGE_SUFFIXES:
            continue
        target = os.path.normpath(base / path).replace(os.sep, "/")
        if not target.startswith(("..", "/")) and not any(part.startswith(".") for part in target.split("/")):
            targets[target] = None
    return list(targets)


def _is_page_in(root: Path, path: Path) -> bool:
    try:
        return path.is_file() and path.resolve().is_relative_to(root)
    except (OSError, ValueError, RuntimeError):  # a name that can't be one; links in a circle
        return False


def _content(path: Path) -> bytes:
    """The bytes of a page, or none where it can't be read: then nothing is known of its links."""
    try:
        if path.stat().st_size > LARGEST_PAGE_BYTES:
            return b""
        return path.read_bytes()
    except OSError:
        return b""

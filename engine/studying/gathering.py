"""Which files a person meant: paths and folders become a list of files, each missing one a notice.

A folder whose index page leads to other pages in it is one document (`engine.library.folders`); whatever else lies in it stays a document of its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from engine.library.folders import INDEX_NAMES, PAGE_SUFFIXES, is_signpost, linked_pages
from engine.reading.kinds import DOCUMENT_SUFFIXES_NOT_READ, READABLE_SUFFIXES, looks_generated
from engine.trouble import Notice

_PICKED = READABLE_SUFFIXES | DOCUMENT_SUFFIXES_NOT_READ
"""What is picked from a folder, by its name. What would be expected to be read and can't be is told so."""

_SCRIPTS = frozenset({".js", ".mjs"})
"""Beside linked pages these are what makes the pages move, and no text to study."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """One file to read, or a folder of linked pages with the names of these `pages`, or why there is none."""

    path: Path
    notice: Notice | None = None
    pages: tuple[str, ...] = ()

    @property
    def size_bytes(self) -> int:
        """How much there is to read; nothing where it is gone meanwhile."""
        return sum(_size(self.path / page) for page in self.pages) if self.pages else _size(self.path)

    @property
    def suffix(self) -> str:
        """The ending of its name that tells its kind best."""
        return ".html" if self.pages else self.path.suffix.lower()


def gather_files(paths: Sequence[str], *, links: Callable[[Path], tuple[str, ...]] = linked_pages, home: Path | None = None) -> Iterator[Gathered]:
    """Every file that the paths name, folders walked in a stable order, each file once. `links` tells the linked pages of a folder.

    What a folder holds of ByteBrain's own `home` is passed over: its copies of the books are no books of the student's.
    """
    seen: set[Path] = set()
    for given in paths:
        path = Path(given)
        try:
            path = _as_it_stands_or_below_the_users_home(path).resolve()
            found = _below(path, links) if path.is_dir() else iter((Gathered(path),))
            something = False
            for gathered in found:
                if home is not None and gathered.path != path and gathered.path.is_relative_to(home):
                    continue
                something = True
                if gathered.path not in seen:
                    seen.add(gathered.path)
                    yield gathered if gathered.pages else _looked_at(gathered.path)
        # ValueError: a zero byte in the name; RuntimeError: links that lead in a circle.
        except (OSError, ValueError, RuntimeError) as error:
            why = getattr(error, "strerror", None) or str(error)
            remedy = "Check that the drive is there and that you may read it."
            yield Gathered(_nameable(path), Notice("unreadable", f"{_nameable(path).name} can't be opened: {why}.", remedy))
            continue
        if not something:
            remedy = "Choose a folder with documents in it: PDF, EPUB, Word, slides, web pages, Markdown or text."
            yield Gathered(_nameable(path), Notice("nothing-readable", f"The folder {path.name} holds no file that ByteBrain can read.", remedy))


def _as_it_stands_or_below_the_users_home(path: Path) -> Path:
    """A shell writes `~` out; where there is none between, we do. But a file may really be called `~$thesis.docx`.

    Raises:
        RuntimeError: it names the home of a user that there isn't.
    """
    return path if path.exists() or path.parts[:1] != ("~",) else path.expanduser()


def _nameable(path: Path) -> Path:
    """The path as it can be shown: bytes of its name that are no text become question marks."""
    return Path(os.fsencode(path).decode("utf-8", "replace"))


def _looked_at(file: Path) -> Gathered:
    if _nameable(file) != file:
        file = _nameable(file)
        remedy = "Rename the file, then add it again."
        return Gathered(file, Notice("unnameable", f"The name of {file.name} holds bytes that are no text, so it can't be kept.", remedy))
    try:
        size_bytes = file.stat().st_size
    except FileNotFoundError:
        return Gathered(file, Notice("missing", f"There is no file {file}.", "Check the name, or drag the file in again."))
    except OSError as error:
        return Gathered(file, Notice("unreadable", f"{file.name} can't be opened: {error.strerror}.", "Check that you may read it."))
    if not file.is_file():
        return Gathered(file, Notice("not-a-file", f"{file.name} is not a file.", "Choose a document."))
    if size_bytes == 0:
        return Gathered(file, Notice("empty", f"{file.name} is empty.", "Download or copy it again."))
    return Gathered(file)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _below(folder: Path, links: Callable[[Path], tuple[str, ...]]) -> Iterator[Gathered]:
    """What is to be read below a folder, in the order of names. A folder is looked through when its turn comes, not before.

    Raises:
        OSError: the folder itself can't be looked through. One below it that can't is passed over.
    """
    linked: set[Path] = set()
    books: list[Path] = []
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if path is folder or (path.is_dir() and not path.is_symlink()):
            try:
                names = sorted((entry.name for entry in path.iterdir()), reverse=True)
            except OSError:
                if path is folder:
                    raise
                continue
            waiting += [path / name for name in names if not name.startswith(".") and not looks_generated(PurePath(name, "file"))]
            pages = _linked(path, names, linked, links)
            if pages:
                linked.update(path / page for page in pages)
                books.append(path)
                yield Gathered(path.resolve(), pages=pages)
        elif path in linked or (any(path.is_relative_to(book) for book in books) and _stands_beside_a_book(path)):
            continue
        elif path.suffix.lower() in _PICKED and not looks_generated(path.relative_to(folder)) and path.is_file():
            yield Gathered(path.resolve())


def _stands_beside_a_book(path: Path) -> bool:
    """Whether a file among linked pages is only there for them: a script, or a page that sends its visitors on."""
    suffix = path.suffix.lower()
    return suffix in _SCRIPTS or (suffix in PAGE_SUFFIXES and is_signpost(path))


def _linked(folder: Path, names: Sequence[str], linked: Collection[Path], links: Callable[[Path], tuple[str, ...]]) -> tuple[str, ...]:
    """The pages that are one document, if the folder has an index page which belongs to no such document yet."""
    index = [folder / name for name in names if name.lower() in INDEX_NAMES]
    if not index or any(page in linked for page in index) or _nameable(folder) != folder:
        return ()
    try:
        return links(folder)
    except OSError:
        return ()

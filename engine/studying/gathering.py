"""Which files a person meant: paths and folders become a list of files, each missing one a notice."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.trouble import Notice

READABLE_SUFFIXES = frozenset({".pdf", ".txt", ".text", ".md", ".markdown"})
"""What is picked from a folder. A file that is named one by one is always tried: content decides its kind, not its name."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """One file to read, or why there is none."""

    path: Path
    notice: Notice | None = None


def gather_files(paths: Sequence[str]) -> Iterator[Gathered]:
    """Every file that the paths name, folders walked in a stable order, each file once."""
    seen: set[Path] = set()
    for given in paths:
        path = Path(given)
        try:
            path = _as_it_stands_or_below_the_users_home(path).resolve()
            is_folder = path.is_dir()
            found = list(_files_below(path)) if is_folder else [path]
        # ValueError: a zero byte in the name; RuntimeError: links that lead in a circle.
        except (OSError, ValueError, RuntimeError) as error:
            why = getattr(error, "strerror", None) or str(error)
            remedy = "Check that the drive is there and that you may read it."
            yield Gathered(_nameable(path), Notice("unreadable", f"{_nameable(path).name} can't be opened: {why}.", remedy))
            continue
        if is_folder and not found:
            remedy = "Choose a folder with PDF, text or Markdown files in it."
            yield Gathered(_nameable(path), Notice("nothing-readable", f"The folder {path.name} holds no file that ByteBrain can read.", remedy))
        for file in found:
            if file in seen:
                continue
            seen.add(file)
            yield _looked_at(file)


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


def _files_below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.suffix.lower() in READABLE_SUFFIXES and path.is_file():
            yield path.resolve()

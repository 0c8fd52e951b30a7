"""Which files a person meant: paths and folders become a list of files, each missing one a notice."""

from __future__ import annotations

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
        path = Path(given).expanduser()
        try:
            path = path.resolve()
            found = list(_files_below(path)) if path.is_dir() else [path]
        except OSError as error:
            yield Gathered(
                path, Notice("unreadable", f"{path.name} can't be opened: {error.strerror}.", "Check that the drive is there and that you may read it.")
            )
            continue
        if path.is_dir() and not found:
            remedy = "Choose a folder with PDF, text or Markdown files in it."
            yield Gathered(path, Notice("nothing-readable", f"The folder {path.name} holds no file that ByteBrain can read.", remedy))
        for file in found:
            if file in seen:
                continue
            seen.add(file)
            yield _looked_at(file)


def _looked_at(file: Path) -> Gathered:
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
            yield path

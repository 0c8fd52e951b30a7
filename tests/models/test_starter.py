"""Starter models: found without importing their packages, and only when every byte is the one that we know."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

import pytest

from models import CheckedHashes, ShelfTrouble, Starter, find_starter

WEIGHTS = b"weights" * 1000
STARTER = Starter(name="small", package="small_starter", file="model/small.gguf", size_bytes=len(WEIGHTS), sha256=hashlib.sha256(WEIGHTS).hexdigest())


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A directory for installed packages, with one that must not be imported."""
    package = tmp_path / "site" / STARTER.package
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('imported')")
    (package / STARTER.file).write_bytes(WEIGHTS)
    return package.parent


def test_a_starter_is_found_without_importing_its_package(site: Path) -> None:
    assert find_starter(STARTER, hashes=CheckedHashes(None), search_path=[str(site)]) == site / "small_starter" / "model" / "small.gguf"
    assert STARTER.package not in sys.modules


def test_a_starter_in_a_share_comes_first(site: Path, tmp_path: Path) -> None:
    share = tmp_path / "share"
    (share / "models").mkdir(parents=True)
    (share / "models" / "small.gguf").write_bytes(WEIGHTS)
    assert find_starter(STARTER, hashes=CheckedHashes(None), shares=(share,), search_path=[str(site)]) == share / "models" / "small.gguf"


def test_a_starter_that_is_not_installed_is_none(tmp_path: Path) -> None:
    assert find_starter(STARTER, hashes=CheckedHashes(None), shares=(tmp_path,), search_path=[str(tmp_path)]) is None


@pytest.mark.parametrize("content", [WEIGHTS[:-1], WEIGHTS[:-1] + b"S"], ids=["shorter", "one other byte"])
def test_a_starter_with_other_bytes_is_refused(site: Path, content: bytes) -> None:
    (site / "small_starter" / STARTER.file).write_bytes(content)
    with pytest.raises(ShelfTrouble) as caught:
        find_starter(STARTER, hashes=CheckedHashes(None), search_path=[str(site)])
    assert caught.value.code == "starter-damaged"


def test_a_hash_is_computed_once_and_again_when_the_file_changes(tmp_path: Path) -> None:
    file, cache = tmp_path / "weights", tmp_path / "home" / "hashes.json"
    file.write_bytes(b"one")
    os.utime(file, ns=(1000, 1000))
    digest = CheckedHashes(cache).sha256_of(file)
    assert digest == hashlib.sha256(b"one").hexdigest()
    file.write_bytes(b"two")
    os.utime(file, ns=(1000, 1000))
    assert CheckedHashes(cache).sha256_of(file) == digest, "same size and time: remembered"
    os.utime(file, ns=(2000, 2000))
    assert CheckedHashes(cache).sha256_of(file) == hashlib.sha256(b"two").hexdigest()
    assert list(json.loads(cache.read_text())) == [str(file)]


def test_a_cache_that_can_t_be_written_still_hashes(tmp_path: Path) -> None:
    file = tmp_path / "weights"
    file.write_bytes(b"one")
    assert CheckedHashes(file / "below-a-file.json").sha256_of(file) == hashlib.sha256(b"one").hexdigest()

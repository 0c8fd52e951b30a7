"""The starter embedder, in both forms, loaded once for all tests of this room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.embedding.onnx_adapter import OnnxEmbedder
from engine.embedding.port import Embedder
from engine.embedding.sentence_transformers_adapter import SentenceTransformersEmbedder
from models import EMBEDDER, CheckedHashes, Shelf, find_starter


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory that set-up exported the starter to."""
    directory = Shelf(folder=tmp_path_factory.mktemp("shelf")).embedder_directory()
    assert directory is not None, "the starter embedder was not exported: run `make setup`"
    return directory


@pytest.fixture(scope="session")
def source() -> Path:
    """The sentence-transformers directory that the starter package brought."""
    weights = find_starter(EMBEDDER, hashes=CheckedHashes(None))
    assert weights is not None, "the starter package is not installed: run `make setup`"
    return weights.parent


@pytest.fixture(scope="session")
def onnx_embedder(exported: Path) -> Iterator[OnnxEmbedder]:
    with OnnxEmbedder.load(exported, threads=1) as embedder:
        yield embedder


@pytest.fixture(scope="session")
def torch_embedder(source: Path) -> Iterator[SentenceTransformersEmbedder]:
    embedder = SentenceTransformersEmbedder.load(source, threads=1)
    yield embedder
    embedder.close()


@pytest.fixture(params=["onnx", "sentence-transformers"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    """Each of the two adapters in turn."""
    name = {"onnx": "onnx_embedder", "sentence-transformers": "torch_embedder"}[request.param]
    loaded: Embedder = request.getfixturevalue(name)
    return loaded

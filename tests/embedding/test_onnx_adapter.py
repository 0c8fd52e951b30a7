"""The light embedder: the same vectors from one thread or several, and no file that isn't the exported one."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from engine.embedding.exported import DESCRIPTION, MODEL, TOKENIZER, read_description
from engine.embedding.onnx_adapter import OnnxEmbedder
from engine.trouble import ModelTrouble

pytestmark = pytest.mark.real


def test_two_threads_give_the_very_same_vectors_as_one(exported: Path, onnx_embedder: OnnxEmbedder) -> None:
    texts = [f"Chapter {number}: " + "trees and heaps " * (number % 7) for number in range(73)]
    with OnnxEmbedder.load(exported, threads=2) as two:
        assert np.array_equal(two.embed(texts), onnx_embedder.embed(texts))


def test_the_same_text_always_has_the_very_same_vector(onnx_embedder: OnnxEmbedder) -> None:
    alone = onnx_embedder.embed(("virtual memory",))[0]
    crowd = onnx_embedder.embed([*(f"text {number} " * number for number in range(40)), "virtual memory"])[-1]
    assert np.array_equal(alone, crowd)


@pytest.mark.parametrize("name", [MODEL, TOKENIZER])
def test_a_changed_file_is_not_loaded(exported: Path, tmp_path: Path, name: str) -> None:
    changed = shutil.copytree(exported, tmp_path / "embedder")
    with (changed / name).open("r+b") as file:
        file.seek(1000)
        file.write(b"\xff")
    with pytest.raises(ModelTrouble, match="not the one that was exported"):
        OnnxEmbedder.load(changed, threads=1)


@pytest.mark.parametrize("content", [b"", b"{}", b"not json", b'{"name": "x"}', b"\xff" * 70000])
def test_a_description_that_is_none_is_refused(exported: Path, tmp_path: Path, content: bytes) -> None:
    changed = shutil.copytree(exported, tmp_path / "embedder")
    (changed / DESCRIPTION).write_bytes(content)
    with pytest.raises(ModelTrouble, match="can't be read"):
        OnnxEmbedder.load(changed, threads=1)


def test_a_missing_embedder_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelTrouble) as caught:
        OnnxEmbedder.load(tmp_path / "nowhere", threads=1)
    assert caught.value.notice.code == "embedder-missing"


def test_the_name_of_the_vectors_tells_model_precision_and_recipe(exported: Path) -> None:
    assert read_description(exported).embedder == "all-minilm-l6-v2/onnx-int8.2/53aa5117"

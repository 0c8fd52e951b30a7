"""The full embedder opens weights and tables only: no pickles, no code of a model's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.embedding.sentence_transformers_adapter import SentenceTransformersEmbedder, weights_of
from engine.trouble import ModelTrouble

OWN_MODULES = [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """What the outside of a sound model looks like."""
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')
    (tmp_path / "modules.json").write_text(json.dumps(OWN_MODULES))
    (tmp_path / "1_Pooling").mkdir()
    return tmp_path


def test_a_sound_model_is_let_in(directory: Path) -> None:
    assert weights_of(directory) == directory / "model.safetensors"


def test_a_model_without_safetensors_is_refused(directory: Path) -> None:
    (directory / "model.safetensors").rename(directory / "pytorch_model.bin")
    with pytest.raises(ModelTrouble) as caught:
        SentenceTransformersEmbedder.load(directory, threads=1)
    assert caught.value.notice.code == "embedder-missing"


def test_a_pickle_in_a_part_of_the_model_is_refused(directory: Path) -> None:
    (directory / "2_Dense").mkdir()
    (directory / "2_Dense" / "pytorch_model.bin").write_bytes(b"pickle")
    with pytest.raises(ModelTrouble, match="2_Dense"):
        weights_of(directory)


def test_a_model_with_code_of_its_own_is_refused(directory: Path) -> None:
    (directory / "config.json").write_text('{"auto_map": {"AutoModel": "modeling.Model"}}')
    with pytest.raises(ModelTrouble, match="code of its own"):
        weights_of(directory)


@pytest.mark.parametrize("modules", [[{"type": "os.system"}], ["x"], {"type": "x"}, [{"idx": 0}]])
def test_a_model_with_foreign_parts_is_refused(directory: Path, modules: object) -> None:
    (directory / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(ModelTrouble, match="code of its own"):
        weights_of(directory)


@pytest.mark.parametrize("name", ["config.json", "modules.json"])
def test_tables_that_are_none_are_refused(directory: Path, name: str) -> None:
    (directory / name).write_text("{")
    with pytest.raises(ModelTrouble, match="can't be read"):
        weights_of(directory)

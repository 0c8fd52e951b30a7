"""Exporting: whole or not at all, near enough to the original or not at all, and not twice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.embedding.export import export, is_up_to_date, main, mean_cosine
from engine.embedding.exported import DESCRIPTION, MODEL, check_files, read_description
from engine.embedding.onnx_adapter import OnnxEmbedder
from engine.trouble import ModelTrouble


def test_the_mean_cosine_is_one_for_equal_and_zero_for_orthogonal_rows() -> None:
    rows = np.eye(4, dtype=np.float32)
    assert mean_cosine(rows, rows) == 1.0
    assert mean_cosine(rows, rows[::-1]) == 0.0


@pytest.mark.real
def test_an_export_is_near_its_original_and_done_once(source: Path, exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "made" / "all-minilm-l6-v2"
    description = export(source, target)
    assert description == read_description(target)
    check_files(target, description)
    assert description.cosine_to_source >= 0.98
    assert description.embedder == read_description(exported).embedder
    assert description.languages == ("en",)
    assert [path.name for path in target.parent.iterdir()] == [target.name], "something temporary was left"
    with OnnxEmbedder.load(target, threads=1) as embedder:
        assert embedder.embed(("a heap",)).shape == (1, 384)
    capsys.readouterr()
    assert main([str(source), str(target)]) == 0
    assert "up to date" in capsys.readouterr().out
    (target / MODEL).write_bytes(b"torn")
    assert not is_up_to_date(source, target)


@pytest.mark.real
def test_an_export_that_differs_too_much_is_not_published(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "embedder"
    with pytest.raises(ModelTrouble, match="differs too much"):
        export(source, target, min_cosine=1.01)
    assert list(tmp_path.iterdir()) == []


def test_a_directory_without_a_model_is_one_sentence_and_status_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), str(tmp_path / "target")]) == 1
    assert "no model.safetensors" in capsys.readouterr().err
    assert not (tmp_path / "target" / DESCRIPTION).exists()

"""Which embedder does whole books: only what was measured here, for the export that is here."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from engine.embedding.choice import Candidate, Measurement, machine_key, write_measurement
from engine.embedding.exported import read_description
from engine.home import Home
from engine.shelving import Shelving

pytestmark = pytest.mark.real


@pytest.fixture
def shelving(tmp_path: Path) -> Shelving:
    """A shelf over a copy of the export, beside which nothing was measured."""
    shelving = Shelving(home=Home(tmp_path / "home"))
    assert shelving.exported_embedder is not None
    shelving.exported_embedder = shutil.copytree(shelving.exported_embedder, tmp_path / "embedders" / "all-minilm-l6-v2")
    return shelving


def measured(shelving: Shelving) -> Measurement:
    """A measurement in which a graphics card won."""
    assert shelving.exported_embedder is not None
    light = read_description(shelving.exported_embedder).embedder
    candidates = (
        Candidate("onnx", "int8", light, 384, 256, 100.0, 0.992),
        Candidate("sentence-transformers", "float16", "model/torch-float16/0", 384, 256, 3000.0, 0.999),
    )
    return Measurement(machine_key(), light, candidates)


def test_without_a_measurement_the_light_one_does_all(shelving: Shelving) -> None:
    assert shelving.embedder().bulk is None
    assert shelving.measured_embedders() is None


def test_what_won_here_does_whole_books_and_questions_stay_with_the_light_one(shelving: Shelving) -> None:
    assert shelving.exported_embedder is not None
    write_measurement(shelving.exported_embedder, measured(shelving))
    embedder = shelving.embedder()
    assert embedder.directory == shelving.exported_embedder
    assert embedder.backend == "onnx"
    assert embedder.bulk is not None
    assert embedder.bulk[1].precision == "float16"


@pytest.mark.parametrize("change", [{"machine": "another processor"}, {"light": "all-minilm-l6-v2/onnx-int8.1/53aa5117"}])
def test_a_measurement_of_another_machine_or_export_counts_as_none(shelving: Shelving, change: dict[str, str]) -> None:
    assert shelving.exported_embedder is not None
    write_measurement(shelving.exported_embedder, msgspec.structs.replace(measured(shelving), **change))
    assert shelving.embedder().bulk is None
    assert shelving.measured_embedders() is None

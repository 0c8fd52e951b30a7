"""Choosing a backend: the fastest that is near enough, the light one in doubt, and nothing that was measured elsewhere."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from engine.embedding.choice import Candidate, Measurement, choose, machine_key, read_measurement, write_measurement
from engine.embedding.choosing import built_in_texts, measure
from engine.embedding.pieces import WordPieces

LIGHT = Candidate("onnx", "int8", "m/onnx-int8.2/0", 384, 256, 100.0, 0.992)


def torch(precision: str, speed: float, cosine: float = 1.0) -> Candidate:
    return msgspec.convert(
        {**msgspec.to_builtins(LIGHT), "backend": "sentence-transformers", "precision": precision, "chunks_per_second": speed, "cosine": cosine}, Candidate
    )


def test_the_fastest_backend_is_chosen() -> None:
    gpu = torch("float16", 2000.0, 0.9999)
    assert choose([LIGHT, gpu]) == gpu
    assert choose([LIGHT, torch("bfloat16", 35.0), torch("float32", 20.0)]) == LIGHT


def test_a_backend_that_is_hardly_faster_than_the_light_one_is_not_worth_its_weight() -> None:
    assert choose([LIGHT, torch("bfloat16", 124.0)]) == LIGHT
    assert choose([LIGHT, better := torch("bfloat16", 126.0)]) == better


def test_what_is_too_far_from_float32_is_no_candidate() -> None:
    assert choose([LIGHT, torch("float16", 2000.0, 0.979)]) == LIGHT
    assert choose([msgspec.structs.replace(LIGHT, cosine=0.5), slow := torch("float32", 20.0)]) == slow
    assert choose([]) is None


def test_a_measurement_is_remembered_and_knows_its_machine(tmp_path: Path) -> None:
    exported = tmp_path / "model"
    assert read_measurement(exported) is None
    here = Measurement(machine_key(), LIGHT.embedder, (LIGHT,))
    write_measurement(exported, here)
    assert read_measurement(exported) == here
    assert here.is_of_this_machine()
    assert not msgspec.structs.replace(here, machine="another processor, 64 cores").is_of_this_machine()
    (tmp_path / "model.measured.json").write_bytes(b"\xff{")
    assert read_measurement(exported) is None


@pytest.mark.real
def test_the_built_in_texts_are_as_long_as_chunks(exported: Path) -> None:
    lengths = [WordPieces.load(exported).count(text) for text in built_in_texts()]
    assert max(lengths) <= 254
    assert 100 <= sum(lengths) / len(lengths) <= 200


@pytest.mark.real
def test_every_backend_of_this_machine_is_measured_and_near_to_float32(source: Path, exported: Path) -> None:
    measurement = measure(source, exported, threads=1, round_s=0.0)
    assert {candidate.precision for candidate in measurement.candidates} >= {"int8"}
    assert len(measurement.candidates) >= 2
    assert all(candidate.cosine >= 0.98 for candidate in measurement.candidates)
    assert all(candidate.chunks_per_second > 0 for candidate in measurement.candidates)
    assert measurement.light == measurement.candidates[0].embedder
    assert {candidate.embedder.partition("/")[0] for candidate in measurement.candidates} == {"all-minilm-l6-v2"}

"""Which of the embedder's backends does the bulk of the work on this machine: what was measured at set-up, and what follows from it.

The light export always answers questions. Another backend takes its place for whole books only where it was measured to be
clearly faster on this very machine and near enough to float32. In the bundle there is nothing to choose from.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

MEASURED = "measured.json"
MAX_MEASURED_BYTES = 2**16

MIN_COSINE = 0.98
"""Below this mean cosine to float32 on the built-in texts a backend is no candidate."""

WORTH_IT = 1.25
"""A heavier backend costs seconds of import and a second process: it must be so many times as fast as the light one."""

Precision = Literal["int8", "float32", "bfloat16", "float16"]


class Candidate(msgspec.Struct, frozen=True):
    """A backend that was measured: the name of its vectors, its speed on chunks of usual lengths, its mean cosine to float32."""

    backend: Literal["onnx", "sentence-transformers"]
    precision: Precision
    embedder: str
    dimensions: int
    max_pieces: int
    chunks_per_second: float
    cosine: float


class Measurement(msgspec.Struct, frozen=True):
    """What was measured, and on what: `light` is the name of the export whose rivals these are."""

    machine: str
    light: str
    candidates: tuple[Candidate, ...]

    def is_of_this_machine(self) -> bool:
        """Whether it was measured on this processor, with these libraries."""
        return self.machine == machine_key()


def machine_key() -> str:
    """What a measurement depends on: the processor, how many there are, and the versions of what computes."""
    import importlib.metadata  # some 10 ms, which the engine's start need not pay

    parts = [processor_name(), f"{os.cpu_count()} cores"]
    for name in ("onnxruntime", "torch", "sentence-transformers"):
        try:
            parts.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return ", ".join(parts)


def processor_name() -> str:
    """The processor as the system calls it."""
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def read_measurement(exported: Path) -> Measurement | None:
    """What was measured for an exported embedder, on whatever machine; None where nothing was."""
    path = exported.with_name(f"{exported.name}.{MEASURED}")
    try:
        with path.open("rb") as file:
            untrusted_bytes = file.read(MAX_MEASURED_BYTES)
        return msgspec.json.decode(untrusted_bytes, type=Measurement)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def write_measurement(exported: Path, measurement: Measurement) -> None:
    """Keep it beside the export, which may be replaced as a whole.

    Raises:
        OSError: it can't be written.
    """
    target = exported.with_name(f"{exported.name}.{MEASURED}")
    temporary = target.with_suffix(".new")
    temporary.write_bytes(msgspec.json.format(msgspec.json.encode(measurement), indent=2) + b"\n")
    temporary.replace(target)


def choose(candidates: Sequence[Candidate]) -> Candidate | None:
    """The backend for whole books: the fastest that is near enough to float32, and the light one unless it is clearly beaten. Pure."""
    near = [candidate for candidate in candidates if candidate.cosine >= MIN_COSINE]
    if not near:
        return None
    fastest = max(near, key=lambda candidate: candidate.chunks_per_second)
    light = next((candidate for candidate in near if candidate.backend == "onnx"), None)
    if light is not None and fastest.chunks_per_second < WORTH_IT * light.chunks_per_second:
        return light
    return fastest

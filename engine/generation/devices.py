"""Where a model runs, decided from what llama.cpp reports: all of it on one GPU that has the memory, else on the CPU.

Nothing in between: a model that spills out of the GPU's memory is slower by a factor of nine (RTX 4070 Laptop).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from engine.generation.messages import Device

MARGIN_BYTES = 2**30
"""Left free for compute buffers and the desktop; llama.cpp's own fitting leaves as much."""

F16_BYTES = 2


@dataclass(frozen=True, slots=True)
class Placement:
    """`gpu` takes all layers; None: the CPU does. `reason` says why not the GPU."""

    gpu: Device | None
    reason: str = ""


def place_model(devices: Sequence[Device], *, model_bytes: int, kv_bytes: int, gpu: Literal["auto", "off"]) -> Placement:
    """Choose the GPU with most free memory if the weights, the KV cache and a margin fit; discrete GPUs before integrated ones."""
    if gpu == "off":
        return Placement(None, "the GPU is switched off")
    found = [device for device in devices if device.kind in ("gpu", "integrated-gpu")]
    if not found:
        return Placement(None, "no GPU was found")
    needed = model_bytes + kv_bytes + MARGIN_BYTES
    best = max(found, key=lambda device: (device.free_bytes >= needed, device.kind == "gpu", device.free_bytes))
    if best.free_bytes < needed:
        return Placement(None, f"the GPU {best.description} has {_gigabytes(best.free_bytes)} free and the model needs {_gigabytes(needed)}")
    return Placement(best)


def after_gpu_failure(gpu: Device) -> Placement:
    """The CPU, because this GPU said no when the model was really loaded."""
    return Placement(None, f"the GPU {gpu.description} could not load the model")


def kv_bytes(*, layers: int, kv_heads: int, head_size: int, context_tokens: int) -> int:
    """Bytes of the KV cache at f16: a key and a value per layer, head and token."""
    return 2 * F16_BYTES * layers * kv_heads * head_size * context_tokens


def describe(placement: Placement, *, threads: int) -> str:
    """A plain sentence part for people: "on the GPU …" or "on the CPU with 2 threads: no GPU was found"."""
    if placement.gpu is not None:
        return f"on the GPU {placement.gpu.description}"
    counted = "1 thread" if threads == 1 else f"{threads} threads"
    return f"on the CPU with {counted}: {placement.reason}"


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB"

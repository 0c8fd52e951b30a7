"""Where a model goes, for machines that are made up."""

from __future__ import annotations

from typing import Literal

from engine.generation.devices import MARGIN_BYTES, after_gpu_failure, describe, kv_bytes, place_model
from engine.generation.messages import Device

GB = 10**9


def device(kind: Literal["cpu", "gpu", "integrated-gpu"], description: str, free_bytes: int) -> Device:
    return Device(name=description[:5], description=description, kind=kind, free_bytes=free_bytes, total_bytes=free_bytes + GB)


CPU = device("cpu", "Some CPU", 30 * GB)
SMALL = device("gpu", "GeForce Small", 3 * GB)
LARGE = device("gpu", "GeForce Large", 12 * GB)
SHARED = device("integrated-gpu", "Shared Graphics", 14 * GB)


def test_without_a_gpu_the_cpu_computes_and_says_so() -> None:
    placement = place_model([CPU], model_bytes=GB, kv_bytes=0, gpu="auto")
    assert placement.gpu is None
    assert describe(placement, threads=2) == "on the CPU with 2 threads: no GPU was found"


def test_a_gpu_with_enough_free_memory_takes_all_layers() -> None:
    placement = place_model([CPU, SMALL, LARGE], model_bytes=5 * GB, kv_bytes=GB, gpu="auto")
    assert placement.gpu is LARGE
    assert describe(placement, threads=1) == "on the GPU GeForce Large"


def test_a_gpu_that_is_too_full_is_named_with_what_it_has_and_what_is_needed() -> None:
    placement = place_model([SMALL, CPU], model_bytes=5 * GB, kv_bytes=GB, gpu="auto")
    assert describe(placement, threads=1) == "on the CPU with 1 thread: the GPU GeForce Small has 3.0 GB free and the model needs 7.1 GB"


def test_the_margin_and_the_cache_count_to_the_last_byte() -> None:
    exact = device("gpu", "Exact", 2 * GB + MARGIN_BYTES)
    assert place_model([exact], model_bytes=GB, kv_bytes=GB, gpu="auto").gpu is exact
    assert place_model([exact], model_bytes=GB, kv_bytes=GB + 1, gpu="auto").gpu is None


def test_a_discrete_gpu_comes_before_an_integrated_one_if_the_model_fits() -> None:
    assert place_model([SHARED, LARGE], model_bytes=GB, kv_bytes=0, gpu="auto").gpu is LARGE
    assert place_model([SHARED, SMALL], model_bytes=8 * GB, kv_bytes=0, gpu="auto").gpu is SHARED


def test_a_gpu_that_is_switched_off_is_left_alone() -> None:
    assert describe(place_model([LARGE], model_bytes=GB, kv_bytes=0, gpu="off"), threads=4) == "on the CPU with 4 threads: the GPU is switched off"


def test_a_gpu_that_fails_at_loading_is_named() -> None:
    assert describe(after_gpu_failure(LARGE), threads=4) == "on the CPU with 4 threads: the GPU GeForce Large could not load the model"


def test_the_cache_holds_a_key_and_a_value_of_two_bytes_per_layer_head_and_token() -> None:
    # Llama-3.1-8B: 32 layers, 8 key-value heads of 128: 128 KiB per token.
    assert kv_bytes(layers=32, kv_heads=8, head_size=128, context_tokens=1) == 128 * 1024

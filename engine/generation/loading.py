"""Loading a GGUF file into a model that can write, and saying plainly why it can't be done.

The file is untrusted: its magic is looked at here, everything else is left to llama.cpp in this disposable process.
"""

from __future__ import annotations

import ctypes
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.cancellation import Cancellation
from engine.generation.llama import BATCH_TOKENS, LoadedModel, Shape
from engine.generation.messages import Device
from engine.generation.runtime import Runtime
from engine.trouble import ModelTrouble

SPLIT_NONE = 0
"""enum llama_split_mode: the whole model on one device."""

LOAD_PLAINLY = 0
"""enum llama_load_mode and llama_lazy_mode: no memory map, nothing on demand."""

ALL_LAYERS = -1
CHOOSE_ANOTHER = "Choose another model on the shelf, or add the file again."


def check_file(path: Path) -> int:
    """Size of the model file in bytes, after a first look at it.

    Raises:
        ModelTrouble: it is missing, unreadable or no GGUF file.
    """
    try:
        with open(path, "rb") as handle:
            magic = handle.read(4)
            size = os.fstat(handle.fileno()).st_size
    except FileNotFoundError:
        raise ModelTrouble("model-missing", f"The model file {path} is not there.", CHOOSE_ANOTHER) from None
    except OSError as error:
        raise ModelTrouble("model-unreadable", f"The model file {path} can't be read: {error.strerror}.", CHOOSE_ANOTHER) from error
    if magic != b"GGUF":
        raise ModelTrouble("model-damaged", f"{path.name} is no GGUF model file.", CHOOSE_ANOTHER)
    return size


def read_shape(runtime: Runtime, path: Path) -> Shape:
    """What the header says, without loading weights.

    Raises:
        ModelTrouble: llama.cpp can't read it.
    """
    parameters = runtime.api.llama_model_default_params()
    parameters.no_alloc = True  # vocab_only would leave these numbers out, and asking for them then aborts the process
    parameters.load_mode = parameters.lazy_mode = LOAD_PLAINLY  # no_alloc together with mmap aborts it, too
    devices = runtime.pointers_to(())
    parameters.devices = ctypes.cast(devices, ctypes.c_void_p)
    runtime.log.errors.clear()
    model = runtime.api.llama_model_load_from_file(os.fsencode(path), parameters)
    if not model:
        raise _why_not_loaded(runtime, path)
    try:
        return shape_of(runtime.api, model)
    finally:
        runtime.api.llama_model_free(model)


def shape_of(api: Any, model: Any) -> Shape:
    """The numbers that the KV cache's size depends on."""
    architecture = _metadata(api, model, "general.architecture")
    stated = _metadata(api, model, f"{architecture}.attention.key_length")
    heads = max(1, api.llama_model_n_head(model))
    return Shape(
        layers=api.llama_model_n_layer(model),
        kv_heads=api.llama_model_n_head_kv(model),
        head_size=int(stated) if stated.isdecimal() else api.llama_model_n_embd(model) // heads,
        trained_context=api.llama_model_n_ctx_train(model),
    )


def load_model(runtime: Runtime, path: Path, *, context_tokens: int, gpu: Device | None, threads: int, cancellation: Cancellation) -> LoadedModel:
    """Load the weights (all on `gpu`, or all on the CPU) and make a context of at most `context_tokens`.

    Raises:
        ModelTrouble: damaged, unknown, no model that writes, or too large for the memory.
        Stopped: somebody pressed stop.
    """
    api = runtime.api
    check_file(path)
    parameters = api.llama_model_default_params()
    chosen: Sequence[Device] = () if gpu is None else (gpu,)
    devices = runtime.pointers_to(chosen)
    parameters.devices = ctypes.cast(devices, ctypes.c_void_p)
    parameters.n_gpu_layers = ALL_LAYERS if gpu is not None else 0
    parameters.split_mode = SPLIT_NONE if gpu is not None else parameters.split_mode
    parameters.main_gpu = 0
    parameters.progress_callback = api.llama_progress_callback(lambda _done, _data: not cancellation.cancelled)
    runtime.log.errors.clear()
    model = api.llama_model_load_from_file(os.fsencode(path), parameters)
    if not model:
        cancellation.raise_if_cancelled()
        raise _why_not_loaded(runtime, path)
    try:
        context = _make_context(runtime, model, path.name, context_tokens=context_tokens, gpu=gpu, threads=threads)
    except ModelTrouble:
        api.llama_model_free(model)
        raise
    return LoadedModel(runtime=runtime, model=model, context=context, name=path.stem, on_gpu=gpu is not None)


def _make_context(runtime: Runtime, model: Any, name: str, *, context_tokens: int, gpu: Device | None, threads: int) -> Any:
    api = runtime.api
    if api.llama_model_has_encoder(model) or not api.llama_model_has_decoder(model) or api.llama_model_is_diffusion(model):
        raise _no_writer(name)
    parameters = api.llama_context_default_params()
    parameters.n_ctx = min(context_tokens, api.llama_model_n_ctx_train(model) or context_tokens)
    parameters.n_batch = BATCH_TOKENS
    parameters.n_ubatch = BATCH_TOKENS
    parameters.n_threads = parameters.n_threads_batch = threads
    parameters.offload_kqv = parameters.op_offload = gpu is not None
    parameters.no_perf = True
    context = api.llama_init_from_model(model, parameters)
    if not context:
        raise ModelTrouble("model-too-large", f"There is not enough free memory for {name}.", "Choose a smaller model, or close other programs.")
    if not api.llama_get_causal_attn(context) or not api.llama_get_memory(context):
        api.llama_free(context)
        raise _no_writer(name)
    return context


def _no_writer(name: str) -> ModelTrouble:
    return ModelTrouble("model-writes-not", f"{name} is no model that writes answers.", "Choose a chat model on the shelf.")


def _why_not_loaded(runtime: Runtime, path: Path) -> ModelTrouble:
    """The trouble behind llama.cpp's last errors."""
    said = " ".join(runtime.log.errors)
    unknown = re.search(r"unknown model architecture: '([^']{1,60})'", said)
    if unknown:
        return ModelTrouble("model-unknown", f"{path.name} is of the kind “{unknown[1]}”, which this version does not know.", "Choose another model.")
    if re.search(r"(failed|unable) to allocate|out of memory", said, re.IGNORECASE):
        return ModelTrouble("model-too-large", f"There is not enough free memory for {path.name}.", "Choose a smaller model, or close other programs.")
    return ModelTrouble("model-damaged", f"The model file {path.name} is damaged or not complete.", CHOOSE_ANOTHER)


def _metadata(api: Any, model: Any, key: str) -> str:
    """A value of the header as text; empty where there is none."""
    value = ctypes.create_string_buffer(256)
    length = api.llama_model_meta_val_str(model, key.encode(), value, len(value))
    return value.value.decode("utf-8", "replace") if length >= 0 else ""

"""The generator: one model at a time, loaded, asked and replaced by requests."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from engine.cancellation import Cancellation
from engine.generation.chat_template import ChatTemplate
from engine.generation.devices import Placement, after_gpu_failure, describe, place_model
from engine.generation.llama import LoadedModel
from engine.generation.loading import check_file, load_model, read_shape
from engine.generation.messages import (
    CountTokens,
    Devices,
    Generate,
    ListDevices,
    LoadModel,
    ModelLoaded,
    TokensCounted,
)
from engine.generation.runtime import Runtime
from engine.generation.threads import available_cores, candidate_counts, measure
from engine.generation.writing import write_on
from engine.trouble import ModelTrouble

WRITING_BUDGET_S = 0.6
READING_BUDGET_S = 0.7
READING_SAMPLE_TOKENS = 32
"""Enough for the batched way of computing; the starter takes 0.15 s for them on one core."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A model that can be asked, with the template that came with it."""

    model: LoadedModel
    template: ChatTemplate


class Generator:
    """Answers the generator child's requests; `handle` gives each one's happenings and its ending."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._ready: _Ready | None = None

    def handle(self, request: Any, cancellation: Cancellation) -> Iterator[Any]:
        """Happenings and ending of one request.

        Raises:
            Trouble: it can't be done.
            Stopped: somebody pressed stop.
        """
        match request:
            case LoadModel():
                yield self._load(request, cancellation)
            case Generate():
                ready = self._loaded()
                messages = [msgspec.structs.replace(message, content=ready.model.disarm(message.content)) for message in request.messages]
                rendered = ready.template.render(messages)
                prompt = ready.model.tokenize_prompt(rendered.text)
                yield from write_on(ready.model, prompt, request, stops=(*request.stops, *rendered.stops), cancellation=cancellation)
            case CountTokens(texts=texts):
                model = self._loaded().model
                yield TokensCounted(tuple(len(model.tokenize(text, special=False)) for text in texts))
            case ListDevices():
                runtime = self._runtime
                yield Devices(devices=runtime.devices(), cpu_features=runtime.cpu_features(), backend=runtime.backend)
            case _:
                raise TypeError(f"no request of the generator: {type(request).__name__}")

    def close(self) -> None:
        """Give the model's memory back."""
        ready, self._ready = self._ready, None
        if ready is not None:
            ready.model.close()

    def _loaded(self) -> _Ready:
        if self._ready is None:
            raise ModelTrouble("no-model", "No model is loaded.", "Choose a model on the shelf.")
        return self._ready

    def _load(self, request: LoadModel, cancellation: Cancellation) -> ModelLoaded:
        self.close()
        path = Path(request.path)
        size = check_file(path)
        physical, hardware = available_cores()
        placement = self._place(request, path, size)
        options: dict[str, Any] = {"context_tokens": request.context_tokens, "threads": physical, "cancellation": cancellation}
        try:
            model = load_model(self._runtime, path, gpu=placement.gpu, **options)
        except ModelTrouble:
            if placement.gpu is None:
                raise
            placement = after_gpu_failure(placement.gpu)
            model = load_model(self._runtime, path, gpu=None, **options)
        try:
            writing, reading = request.threads, request.threads_reading
            if placement.gpu is not None:
                writing, reading = writing or 1, reading or 1  # the GPU computes; more threads would only spin
            writing = min(writing, hardware) if writing else _fastest_writing(model, candidate_counts(physical, hardware), cancellation)
            reading = min(reading, hardware) if reading else _fastest_reading(model, writing, physical, cancellation)
        except BaseException:
            model.close()
            raise
        model.set_threads(writing=writing, reading=reading)
        self._ready = _Ready(model, ChatTemplate(model.chat_template, bos=model.bos, eos=model.eos))
        return ModelLoaded(
            context_tokens=model.context_tokens,
            layers_on_gpu=model.layers if placement.gpu is not None else 0,
            threads=writing,
            device=describe(placement, threads=writing),
            threads_reading=reading,
        )

    def _place(self, request: LoadModel, path: Path, size: int) -> Placement:
        devices = self._runtime.devices()
        cache = 0
        if request.gpu == "auto" and any(device.kind in ("gpu", "integrated-gpu") for device in devices):
            shape = read_shape(self._runtime, path)
            cache = shape.kv_bytes(min(request.context_tokens, shape.trained_context or request.context_tokens))
        return place_model(devices, model_bytes=size, kv_bytes=cache, gpu=request.gpu)


def _fastest_writing(model: LoadedModel, candidates: tuple[int, ...], cancellation: Cancellation) -> int:
    """The thread count that writes single tokens fastest."""
    token = model.tokenize("the", special=False)[:1]
    model.read(token, lambda: cancellation.cancelled)  # brings the weights into memory, which would spoil the first timing
    best = measure(_reading(model, token, cancellation), candidates, rounds=2, steps=4, uncounted=1, budget_s=WRITING_BUDGET_S)
    model.forget_all()
    return best


def _fastest_reading(model: LoadedModel, writing: int, physical: int, cancellation: Cancellation) -> int:
    """The thread count that reads a prompt fastest: all physical cores, unless as many as for writing do better."""
    tokens = (model.tokenize("the cat sat on the mat ", special=False) * READING_SAMPLE_TOKENS)[:READING_SAMPLE_TOKENS]
    candidates = tuple(dict.fromkeys((physical, writing)))
    best = measure(_reading(model, tokens, cancellation), candidates, rounds=2, steps=1, uncounted=0, budget_s=READING_BUDGET_S)
    model.forget_all()
    return best


def _reading(model: LoadedModel, tokens: list[int], cancellation: Cancellation) -> Callable[[int, float], bool]:
    """A step to be timed: read these tokens with so many threads, unless it takes longer than the patience given."""

    def step(threads: int, patience_s: float) -> bool:
        cancellation.raise_if_cancelled()
        model.set_threads(writing=threads, reading=threads)
        model.forget_all()
        deadline = time.monotonic() + patience_s
        return model.read(tokens, lambda: cancellation.cancelled or time.monotonic() > deadline)

    return step

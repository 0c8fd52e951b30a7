"""The engine's side of the generator child: which model is loaded, how it runs, and its stream of text."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import msgspec

from engine.cancellation import Cancellation
from engine.children import Child
from engine.generation.messages import ChatMessage, CountTokens, Devices, Generate, ListDevices, LoadModel, ModelLoaded
from engine.machine import Machine, Threads
from engine.trouble import ChildDied, Trouble
from engine.values import ModelRow

CONTEXT_TOKENS = 4096
"""Room for the passages and the answer; a longer context costs memory that a laptop lacks."""

SILENCE_S = 300.0
"""Loading a large model from a slow disk is silent; reading a prompt reports every batch."""

GeneratorState = Literal["missing", "idle", "loading", "ready", "failed"]


class Generator:
    """One loaded model in a child process; loaded again after a death or when another model is chosen."""

    def __init__(self, *, child: Child, machine: Machine) -> None:
        self._child = child
        self._machine = machine
        self._loading = threading.Lock()
        self._model: ModelRow | None = None
        self._loaded: ModelLoaded | None = None
        self._loaded_at_start = 0
        self._is_loading = False
        self._failure: Trouble | None = None

    @property
    def state(self) -> GeneratorState:
        """How the generator stands (the shelf knows whether a model is missing)."""
        if self._is_loading:
            return "loading"
        if self._failure is not None:
            return "failed"
        return "ready" if self._still_loaded() else "idle"

    @property
    def detail(self) -> str:
        """A plain sentence: where the model runs, or why it does not."""
        if self._failure is not None:
            return self._failure.notice.sentence
        if self._loaded is not None and self._model is not None:
            return f"{self._model.name} runs {self._loaded.device}."
        return "The model is loaded with the first question."

    def is_ready_for(self, model: ModelRow) -> bool:
        """Whether this model answers without loading first."""
        return self._still_loaded() and self._model is not None and self._model.sha256 == model.sha256

    def load(self, model: ModelRow, *, cancellation: Cancellation | None = None) -> ModelLoaded:
        """Load the model unless it is loaded; waits for a load that is under way.

        Raises:
            Trouble: it can't be loaded, or the child died.
        """
        with self._loading:
            if self.is_ready_for(model):
                assert self._loaded is not None
                return self._loaded
            self._is_loading = True
            self._failure = None
            try:
                loaded = self._load(model, cancellation)
            except Trouble as trouble:
                self._failure = trouble
                self._loaded = None
                raise
            finally:
                self._is_loading = False
            self._machine.remember_threads(model.sha256, Threads(loaded.threads, loaded.threads_reading))
            self._model, self._loaded, self._loaded_at_start = model, loaded, self._child.starts
            return loaded

    def _load(self, model: ModelRow, cancellation: Cancellation | None) -> ModelLoaded:
        """Load in the child. A GPU that runs out of memory can kill the child: then once more, without the GPU."""
        known = self._machine.threads_for(model.sha256)
        wanted = LoadModel(
            model.path,
            min(CONTEXT_TOKENS, model.context_tokens or CONTEXT_TOKENS),
            threads=None if known is None else known.writing,
            threads_reading=None if known is None else known.reading,
        )
        try:
            loaded: ModelLoaded = self._child.ask_once(wanted, cancellation=cancellation, silence_s=SILENCE_S)
        except ChildDied:
            loaded = self._child.ask_once(msgspec.structs.replace(wanted, gpu="off"), cancellation=cancellation, silence_s=SILENCE_S)
        return loaded

    def generate(self, messages: Sequence[ChatMessage], *, max_tokens: int, cancellation: Cancellation) -> Iterator[Any]:
        """Write on: PromptBeingRead, TextWritten …, Generated. The model must be loaded.

        Raises:
            Stopped: cancelled.
            Trouble: the child died or the prompt does not fit.
        """
        # An answer that quotes repeats words on purpose: a penalty would push the model away from the passages.
        request = Generate(tuple(messages), max_tokens=max_tokens, repeat_penalty=1.0)
        return self._child.ask(request, cancellation=cancellation, silence_s=SILENCE_S)

    def count_tokens(self, texts: Sequence[str]) -> tuple[int, ...]:
        """Tokens of each text for the loaded model.

        Raises:
            Trouble: no model is loaded, or the child died.
        """
        counts: tuple[int, ...] = self._child.ask_once(CountTokens(tuple(texts)), silence_s=SILENCE_S).counts
        return counts

    def devices(self) -> Devices:
        """What llama.cpp sees on this machine.

        Raises:
            Trouble: the child can't be started or died.
        """
        devices: Devices = self._child.ask_once(ListDevices(), silence_s=SILENCE_S)
        return devices

    def _still_loaded(self) -> bool:
        return self._loaded is not None and self._child.pid is not None and self._child.starts == self._loaded_at_start

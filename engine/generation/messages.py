"""What the engine and the generator child say to each other."""

from __future__ import annotations

from typing import Literal

import msgspec

from engine.wire import Cancel, Cancelled, Failed, Hello

PROTOCOL = 1


class LoadModel(msgspec.Struct, frozen=True, tag=True):
    """Load a GGUF file. Ending: ModelLoaded.

    `threads` None: measure (a short decode with each candidate count) and report the choice; `threads_reading` likewise
    for reading prompts, where more threads often pay. `gpu` "auto": all layers go to the GPU when llama.cpp reports one
    with enough free memory, none otherwise.
    """

    path: str
    context_tokens: int
    threads: int | None = None
    gpu: Literal["auto", "off"] = "auto"
    threads_reading: int | None = None


class ChatMessage(msgspec.Struct, frozen=True):
    """One message of a chat prompt."""

    role: Literal["system", "user", "assistant"]
    content: str


class Generate(msgspec.Struct, frozen=True, tag=True):
    """Write on. Happenings: PromptBeingRead, TextWritten. Ending: Generated.

    The messages are rendered with the model's own chat template. `temperature` 0 is greedy. `stops` end the text and
    are not part of it.
    """

    messages: tuple[ChatMessage, ...]
    max_tokens: int
    temperature: float = 0.0
    repeat_penalty: float = 1.1
    seed: int = 1
    stops: tuple[str, ...] = ()


class CountTokens(msgspec.Struct, frozen=True, tag=True):
    """How many tokens each text has for the loaded model. Ending: TokensCounted."""

    texts: tuple[str, ...]


class ListDevices(msgspec.Struct, frozen=True, tag=True):
    """What llama.cpp sees on this machine. Works without a model. Ending: Devices."""


Request = LoadModel | Generate | CountTokens | ListDevices | Cancel


class ModelLoaded(msgspec.Struct, frozen=True, tag=True):
    """`device` is a plain sentence for people: "on the GPU NVIDIA …" or "on the CPU with 2 threads"."""

    context_tokens: int
    layers_on_gpu: int
    threads: int
    device: str
    threads_reading: int = 0


class PromptBeingRead(msgspec.Struct, frozen=True, tag=True):
    tokens_done: int
    tokens_total: int


class TextWritten(msgspec.Struct, frozen=True, tag=True):
    text: str


class Generated(msgspec.Struct, frozen=True, tag=True):
    text: str
    finish: Literal["end", "length", "stop"]
    tokens_prompt: int
    tokens_prompt_reused: int
    tokens_answer: int
    seconds_to_first_token: float
    tokens_per_second: float


class TokensCounted(msgspec.Struct, frozen=True, tag=True):
    counts: tuple[int, ...]


class Device(msgspec.Struct, frozen=True):
    """One device as llama.cpp reports it."""

    name: str
    description: str
    kind: Literal["cpu", "gpu", "integrated-gpu", "accelerator"]
    free_bytes: int
    total_bytes: int


class Devices(msgspec.Struct, frozen=True, tag=True):
    devices: tuple[Device, ...]
    cpu_features: tuple[str, ...]
    backend: str
    """Which CPU variant of llama.cpp was chosen at run time."""


Report = Hello | ModelLoaded | PromptBeingRead | TextWritten | Generated | TokensCounted | Devices | Failed | Cancelled

ENDINGS = (ModelLoaded, Generated, TokensCounted, Devices, Failed, Cancelled)

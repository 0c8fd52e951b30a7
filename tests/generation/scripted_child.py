"""A generator child that speaks the real protocol and says what its script says: no model, no waiting.

Started like the real one: `command = (sys.executable, "-P", str(path of this file), script_json)`. The script is a JSON
object, all of it optional:

    answers      [{"when": regex, "say": text, "then": what}, …] tried in order on the last user message (the dot matches
                 line ends); `say` may use the match's groups (\\1, \\g<name>)
    otherwise    the text for everything else ("I do not know.")
    refuse       {"code", "sentence", "remedy"}: LoadModel fails with this notice
    context_tokens  the largest context that LoadModel grants (8192)
    record       a file: every request is appended to it as a line of JSON

What happens `then`, after the text: "end" (the default), "die" (the process ends at once, as by kill -9), "abort" (as by a
failed assertion in C++), "stall" (nothing more until the request is cancelled). A token is a word with the white space
before it.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import msgspec

from engine.cancellation import Cancellation
from engine.generation.messages import (
    PROTOCOL,
    ChatMessage,
    CountTokens,
    Device,
    Devices,
    Generate,
    Generated,
    ListDevices,
    LoadModel,
    ModelLoaded,
    PromptBeingRead,
    Request,
    TextWritten,
    TokensCounted,
)
from engine.serving import serve
from engine.trouble import ModelTrouble, Notice

PIECE_TOKENS = 64


class Line(msgspec.Struct, frozen=True):
    """One answer of the script."""

    when: str
    say: str
    then: Literal["end", "die", "abort", "stall"] = "end"


class Script(msgspec.Struct, frozen=True):
    """How this child behaves."""

    answers: tuple[Line, ...] = ()
    otherwise: str = "I do not know."
    refuse: Notice | None = None
    context_tokens: int = 8192
    record: str | None = None


def tokens_of(text: str) -> list[str]:
    """Words with the white space before them; what is left at the end is one more."""
    return re.findall(r"\s*\S+|\s+$", text)


def answer_to(script: Script, messages: Sequence[ChatMessage]) -> Line:
    """The line of the script that fits the last user message, with its groups filled in."""
    asked = next((message.content for message in reversed(messages) if message.role == "user"), "")
    for line in script.answers:
        match = re.search(line.when, asked, re.DOTALL)
        if match:
            return Line(line.when, match.expand(line.say), line.then)
    return Line("", script.otherwise)


class ScriptedGenerator:
    """Remembers whether a model is loaded and what was read last."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._context_tokens: int | None = None
        self._read: list[str] = []

    def handle(self, request: Any, cancellation: Cancellation) -> Iterator[Any]:
        """Happenings and ending of one request."""
        if self._script.record is not None:
            with open(self._script.record, "ab") as record:
                record.write(msgspec.json.encode(request) + b"\n")
        match request:
            case LoadModel():
                yield self._load(request)
            case Generate():
                yield from self._generate(request, cancellation)
            case CountTokens(texts=texts):
                self._loaded()
                yield TokensCounted(tuple(len(tokens_of(text)) for text in texts))
            case ListDevices():
                device = Device(name="CPU", description="a scripted CPU", kind="cpu", free_bytes=8 * 2**30, total_bytes=16 * 2**30)
                yield Devices(devices=(device,), cpu_features=("AVX2",), backend="scripted")

    def _load(self, request: LoadModel) -> ModelLoaded:
        self._context_tokens = None
        self._read = []
        if self._script.refuse is not None:
            raise ModelTrouble(self._script.refuse.code, self._script.refuse.sentence, self._script.refuse.remedy)
        path = Path(request.path)
        if not path.exists():
            raise ModelTrouble("model-missing", f"The model file {path} is not there.", "Choose another model.")
        if path.read_bytes()[:4] != b"GGUF":
            raise ModelTrouble("model-damaged", f"{path.name} is no GGUF model file.", "Choose another model.")
        self._context_tokens = min(request.context_tokens, self._script.context_tokens)
        threads = request.threads or 1
        return ModelLoaded(self._context_tokens, 0, threads, f"on the CPU with {threads} threads: no GPU was found", request.threads_reading or threads)

    def _loaded(self) -> int:
        if self._context_tokens is None:
            raise ModelTrouble("no-model", "No model is loaded.", "Choose a model on the shelf.")
        return self._context_tokens

    def _generate(self, request: Generate, cancellation: Cancellation) -> Iterator[Any]:
        context = self._loaded()
        line = answer_to(self._script, request.messages)
        prompt = [token for message in request.messages for token in (f"<{message.role}>", *tokens_of(message.content))]
        if len(prompt) >= context:
            raise ModelTrouble("prompt-too-long", f"The prompt has {len(prompt)} tokens, and the model reads fewer than {context}.", "Ask about less at once.")
        reused = next((index for index, pair in enumerate(zip(self._read, prompt, strict=False)) if pair[0] != pair[1]), min(len(self._read), len(prompt)))
        reused = min(reused, len(prompt) - 1)
        for done in (*range(reused, len(prompt), PIECE_TOKENS), len(prompt)):
            cancellation.raise_if_cancelled()
            yield PromptBeingRead(done, len(prompt))
        self._read = prompt
        text = line.say
        stopped_at = min((at for at in (text.find(stop) for stop in request.stops if stop) if at >= 0), default=None)
        tokens = tokens_of(text if stopped_at is None else text[:stopped_at])
        for token in tokens[: request.max_tokens]:
            cancellation.raise_if_cancelled()
            yield TextWritten(token)
        yield from _then(line.then, cancellation)
        finish: Literal["end", "length", "stop"] = "length" if len(tokens) > request.max_tokens else "end" if stopped_at is None else "stop"
        written = tokens[: request.max_tokens]
        yield Generated("".join(written), finish, len(prompt), reused, len(written), 0.01, 100.0)


def _then(what: str, cancellation: Cancellation) -> Iterator[Any]:
    """What the script wants after the text."""
    if what == "die":
        os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    if what == "abort":
        os.abort()
    if what == "stall":
        stopped = threading.Event()
        with cancellation.telling(stopped.set):
            stopped.wait()
        cancellation.raise_if_cancelled()
    yield from ()


def prepare() -> Callable[[Any, Cancellation], Iterator[Any]]:
    """Read the script that the command line gives."""
    raw = sys.argv[1] if len(sys.argv) > 1 else "{}"
    return ScriptedGenerator(msgspec.json.decode(raw, type=Script)).handle


if __name__ == "__main__":
    serve(role="generator", protocol=PROTOCOL, accepts=Request, prepare=prepare)

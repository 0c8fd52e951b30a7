"""The loop that answers one request: read the prompt in pieces, then choose, show and read on, token by token."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from engine.cancellation import Cancellation
from engine.generation.llama import LoadedModel
from engine.generation.messages import Generate, Generated, PromptBeingRead, TextWritten
from engine.generation.text_stream import TextStream
from engine.trouble import ModelTrouble, Stopped


def write_on(
    model: LoadedModel,
    prompt: Sequence[int],
    request: Generate,
    *,
    stops: Sequence[str],
    cancellation: Cancellation,
    clock: Callable[[], float] = time.perf_counter,
) -> Iterator[PromptBeingRead | TextWritten | Generated]:
    """Happenings of the answer to a prompt of tokens, and its ending.

    Raises:
        ModelTrouble: the prompt is too long, or the model can't go on.
        Stopped: somebody pressed stop; the model can be used again at once.
    """
    started = clock()
    if not prompt or len(prompt) >= model.context_tokens:
        raise ModelTrouble(
            "prompt-too-long",
            f"The prompt has {len(prompt):,} tokens, and {model.name} reads fewer than {model.context_tokens:,}.",
            "Ask about less at once, or choose a model with a larger context window.",
        )
    reused = model.keep_prefix(prompt)
    yield from _read_prompt(model, prompt, reused, cancellation)
    stream = TextStream(stops)
    shown: list[str] = []
    written = 0
    first_at = last_at = started
    finish: Literal["end", "length", "stop"] = "length"
    room = min(request.max_tokens, model.context_tokens - len(prompt))
    with model.sampling(temperature=request.temperature, repeat_penalty=request.repeat_penalty, seed=request.seed) as choose:
        while written < room:
            cancellation.raise_if_cancelled()
            token = choose()
            last_at = clock()
            first_at = last_at if written == 0 else first_at
            if model.ends(token):
                finish = "end"
                break
            written += 1
            text = stream.feed(model.piece(token))
            if text:
                shown.append(text)
                yield TextWritten(text)
            if stream.stopped:
                finish = "stop"
                break
            if written < room:
                model.read_one(token)
    rest = stream.finish()
    if rest:
        shown.append(rest)
        yield TextWritten(rest)
    yield Generated(
        text="".join(shown),
        finish=finish,
        tokens_prompt=len(prompt),
        tokens_prompt_reused=reused,
        tokens_answer=written,
        seconds_to_first_token=first_at - started,
        tokens_per_second=(written - 1) / (last_at - first_at) if written > 1 and last_at > first_at else 0.0,
    )


def _read_prompt(model: LoadedModel, prompt: Sequence[int], reused: int, cancellation: Cancellation) -> Iterator[PromptBeingRead]:
    done = reused
    yield PromptBeingRead(done, len(prompt))
    while done < len(prompt):
        cancellation.raise_if_cancelled()
        tokens = prompt[done : done + model.piece_tokens]
        if not model.read(tokens, lambda: cancellation.cancelled):
            raise Stopped
        done += len(tokens)
        yield PromptBeingRead(done, len(prompt))

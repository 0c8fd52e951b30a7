"""One loaded model with its context: tokens in, tokens out, and a memory of what it has read.

The thin edge over llama.cpp's low-level calls. It keeps account of which tokens lie in the KV cache, so that a prompt
that begins like the last one is read from where they part.
"""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from engine.generation.devices import kv_bytes
from engine.generation.runtime import Runtime
from engine.trouble import ModelTrouble

BATCH_TOKENS = 512
"""Most tokens that are read in one call."""

CPU_PIECE_TOKENS = 64
"""How much of a prompt is read at once on the CPU: as fast as larger pieces (210 tokens/s on one core from 64 up, 150 below),
and often enough for a progress bar."""

PENALTY_TOKENS = 64
"""How far back the repeat penalty looks. Only at written tokens: a prompt's words are there to be quoted."""

TOP_K, TOP_P, MIN_P = 40, 0.95, 0.05
"""llama.cpp's own defaults for sampling with a temperature."""

DECODE_ABORTED = 2


@dataclass(frozen=True, slots=True)
class Shape:
    """What a model's header says about its size."""

    layers: int
    kv_heads: int
    head_size: int
    trained_context: int

    def kv_bytes(self, context_tokens: int) -> int:
        """Bytes of the KV cache for a context of so many tokens."""
        return kv_bytes(layers=self.layers, kv_heads=self.kv_heads, head_size=self.head_size, context_tokens=context_tokens)


class LoadedModel:
    """A model that can read and write. Belongs to one thread; `close` gives its memory back."""

    def __init__(self, *, runtime: Runtime, model: Any, context: Any, name: str, on_gpu: bool) -> None:
        """Use `load_model`."""
        self._api = runtime.api
        self._model = model
        self._context = context
        self._vocabulary = self._api.llama_model_get_vocab(model)
        self._memory = self._api.llama_get_memory(context)
        self._read: list[int] = []
        self._piece = ctypes.create_string_buffer(256)
        self._no_abort = self._api.ggml_abort_callback()
        self.name = name
        self.piece_tokens = BATCH_TOKENS if on_gpu else CPU_PIECE_TOKENS
        self.context_tokens: int = self._api.llama_n_ctx(context)
        self.layers: int = self._api.llama_model_n_layer(model)

    # ---- text and tokens

    @property
    def chat_template(self) -> str | None:
        """The source of the template that came with the model. Untrusted."""
        untrusted: bytes | None = self._api.llama_model_chat_template(self._model, None)
        return untrusted.decode("utf-8", "replace") if untrusted else None

    @property
    def bos(self) -> str:
        """The text of the token that begins a sequence; empty where there is none."""
        return self._control_text(self._api.llama_vocab_bos(self._vocabulary))

    @property
    def eos(self) -> str:
        """The text of the token that ends a sequence; empty where there is none."""
        return self._control_text(self._api.llama_vocab_eos(self._vocabulary))

    def tokenize(self, text: str, *, special: bool) -> list[int]:
        """Token numbers of a text; with `special`, control tokens written out in it are recognised."""
        raw = text.encode("utf-8", "replace")
        size = len(raw) + 16  # a token is at least a byte; a few may be put in front
        while True:
            tokens = (self._api.llama_token * size)()
            count = self._api.llama_tokenize(self._vocabulary, raw, len(raw), tokens, size, False, special)
            if count >= 0:
                return list(tokens[:count])
            size = -count

    def tokenize_prompt(self, text: str) -> list[int]:
        """Token numbers of a rendered prompt, with the beginning-of-sequence token exactly once where the model wants it."""
        tokens = self.tokenize(text, special=True)
        bos = self._api.llama_vocab_bos(self._vocabulary)
        if self._api.llama_vocab_get_add_bos(self._vocabulary) and tokens[:1] != [bos]:
            tokens.insert(0, bos)
        return tokens

    def disarm(self, text: str) -> str:
        """The text without control tokens: a book that says `<|im_end|>` must not end the message that quotes it."""
        for token in {token for token in self.tokenize(text, special=True) if self._is_control(token)}:
            control = self._control_text(token)
            text = text.replace(control, f"{control[:1]} {control[1:]}") if control else text
        return text

    def piece(self, token: int) -> bytes:
        """The bytes of one token; control tokens have none. Characters may be split between tokens."""
        count = self._api.llama_token_to_piece(self._vocabulary, token, self._piece, len(self._piece), 0, False)
        if count < 0:
            self._piece = ctypes.create_string_buffer(-count)
            count = self._api.llama_token_to_piece(self._vocabulary, token, self._piece, len(self._piece), 0, False)
        return self._piece.raw[:count]

    def ends(self, token: int) -> bool:
        """Whether the model says with this token that it is done."""
        return bool(self._api.llama_vocab_is_eog(self._vocabulary, token))

    # ---- reading and writing

    def keep_prefix(self, tokens: Sequence[int]) -> int:
        """Keep what the KV cache has in common with these tokens and forget the rest; how many tokens need no reading.

        The last token is always read again, because the next one is predicted from it. Whole pieces are kept, so that
        every token is computed in the same company as without the cache: rounding differs between batches, and the same
        question must not be answered in other words because of what was asked before it.
        """
        kept = min(length_in_common(self._read, tokens), max(len(tokens) - 1, 0)) // self.piece_tokens * self.piece_tokens
        removed = self._api.llama_memory_seq_rm(self._memory, 0, kept, -1)
        # Recurrent models can't forget a part; and only what is really there counts.
        if not removed or self._api.llama_memory_seq_pos_max(self._memory, 0) != kept - 1:
            kept = 0
            self._api.llama_memory_clear(self._memory, True)
        self._read = list(tokens[:kept])
        return kept

    def read(self, tokens: Sequence[int], stopped: Callable[[], bool]) -> bool:
        """Read at most `BATCH_TOKENS` tokens on; False when `stopped` said so in the middle (heard on the CPU only).

        After that, `keep_prefix` comes first.

        Raises:
            ModelTrouble: the model can't go on.
        """
        # Asked at every step of the computation: too dear for single tokens (0.4 ms of 12), nothing for hundreds.
        abort = self._api.ggml_abort_callback(lambda _data: stopped())
        self._api.llama_set_abort_callback(self._context, abort, None)
        try:
            return self._decode(tokens)
        finally:
            self._api.llama_set_abort_callback(self._context, self._no_abort, None)

    def read_one(self, token: int) -> None:
        """Read one token on, the one just written.

        Raises:
            ModelTrouble: the model can't go on.
        """
        self._decode((token,))

    def _decode(self, tokens: Sequence[int]) -> bool:
        array = (self._api.llama_token * len(tokens))(*tokens)
        status = self._api.llama_decode(self._context, self._api.llama_batch_get_one(array, len(tokens)))
        if status == DECODE_ABORTED:
            return False
        if status != 0:
            raise ModelTrouble("model-failed", f"The model {self.name} could not go on (llama.cpp says {status}).", "Try again, or choose another model.")
        self._read.extend(tokens)
        return True

    @contextlib.contextmanager
    def sampling(self, *, temperature: float, repeat_penalty: float, seed: int) -> Iterator[Callable[[], int]]:
        """A function that chooses the next token from what was read last. Temperature 0 takes the likeliest."""
        api = self._api
        chain = api.llama_sampler_chain_init(api.llama_sampler_chain_default_params())
        try:
            if repeat_penalty > 0 and repeat_penalty != 1.0:
                api.llama_sampler_chain_add(
                    chain, api.llama_sampler_init_penalties(api.llama_vocab_n_tokens(self._vocabulary), PENALTY_TOKENS, repeat_penalty, 0.0, 0.0)
                )
            if temperature <= 0:
                api.llama_sampler_chain_add(chain, api.llama_sampler_init_greedy())
            else:
                for sampler in (
                    api.llama_sampler_init_top_k(TOP_K),
                    api.llama_sampler_init_top_p(TOP_P, 1),
                    api.llama_sampler_init_min_p(MIN_P, 1),
                    api.llama_sampler_init_temp(temperature),
                    api.llama_sampler_init_dist(seed & 0xFFFFFFFF),
                ):
                    api.llama_sampler_chain_add(chain, sampler)
            yield lambda: int(api.llama_sampler_sample(chain, self._context, -1))
        finally:
            api.llama_sampler_free(chain)

    def set_threads(self, *, writing: int, reading: int) -> None:
        """How many threads compute single tokens, and how many whole batches."""
        self._api.llama_set_n_threads(self._context, writing, reading)

    def forget_all(self) -> None:
        """Empty the KV cache."""
        self._api.llama_memory_clear(self._memory, True)
        self._read = []

    def close(self) -> None:
        """Give the memory back; the model can't be used afterwards."""
        if self._context is not None:
            self._api.llama_free(self._context)
            self._api.llama_model_free(self._model)
            self._context = self._model = None

    def _is_control(self, token: int) -> bool:
        return bool(self._api.llama_vocab_is_control(self._vocabulary, token)) or self.ends(token)

    def _control_text(self, token: int) -> str:
        if token < 0:
            return ""
        text: bytes = self._api.llama_vocab_get_text(self._vocabulary, token)
        return text.decode("utf-8", "replace")


def length_in_common(first: Sequence[int], second: Sequence[int]) -> int:
    """How many tokens two sequences share from the beginning."""
    for index, (a, b) in enumerate(zip(first, second, strict=False)):
        if a != b:
            return index
    return min(len(first), len(second))

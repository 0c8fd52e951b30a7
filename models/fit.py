"""How much memory a model needs, estimated from its header. Pure arithmetic; llama.cpp's own figures are the yardstick."""

from __future__ import annotations

from dataclasses import dataclass

from models.gguf import GgufSummary

KV_BYTES_PER_NUMBER = 2
"""float16, llama.cpp's default for keys and values."""

TOKENS_PER_STEP = 512
"""llama.cpp's n_ubatch: how many tokens of a prompt go through the graph at once."""

RUNTIME_BYTES = 64 * 2**20
"""The process itself, its libraries, and the tables of the tokenizer."""


@dataclass(frozen=True, slots=True)
class MemoryNeed:
    """All in bytes."""

    weights_bytes: int
    kv_bytes: int
    compute_bytes: int

    @property
    def total_bytes(self) -> int:
        """What the generator's process grows to."""
        return self.weights_bytes + self.kv_bytes + self.compute_bytes + RUNTIME_BYTES


def kv_bytes_per_token(summary: GgufSummary) -> int:
    """Bytes of the KV cache per token: blocks × KV heads × (key + value length) × 2; 0 where the header doesn't say."""
    if summary.blocks is None or summary.kv_heads is None or summary.key_length is None or summary.value_length is None:
        return 0
    return summary.blocks * summary.kv_heads * (summary.key_length + summary.value_length) * KV_BYTES_PER_NUMBER


def memory_need(summary: GgufSummary, *, context_tokens: int) -> MemoryNeed:
    """What the model needs for a context of so many tokens.

    The compute buffer is led by its widest step: the logits (vocabulary), with two rows of the embedding's width beside. For
    SmolLM2-135M at 4,096 tokens this is what llama.cpp 0.3.36 states: 92.1 + 90.0 + 98.25 MiB.
    """
    width = (summary.vocabulary or 0) + 2 * (summary.embedding_length or 0)
    return MemoryNeed(
        weights_bytes=summary.weights_bytes,
        kv_bytes=kv_bytes_per_token(summary) * context_tokens,
        compute_bytes=4 * TOKENS_PER_STEP * width,
    )

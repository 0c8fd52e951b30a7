"""A GGUF writer of our own: small model files of every kind, sound or broken on purpose."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from models.weight_kinds import WEIGHT_KINDS

KIND_NUMBERS = {kind.name: number for number, kind in WEIGHT_KINDS.items()}
Value = str | int | float | bool | Sequence[str] | Sequence[int] | Sequence[float]


def packed_text(text: str | bytes) -> bytes:
    """A GGUF string: its length, then its bytes."""
    raw = text.encode() if isinstance(text, str) else text
    return struct.pack("<Q", len(raw)) + raw


def packed_value(value: Value) -> bytes:
    """An entry's kind and value."""
    if isinstance(value, bool):
        return struct.pack("<IB", 7, value)
    if isinstance(value, int):
        return struct.pack("<II", 4, value)
    if isinstance(value, float):
        return struct.pack("<If", 6, value)
    if isinstance(value, str):
        return struct.pack("<I", 8) + packed_text(value)
    if all(isinstance(item, str) for item in value):
        return struct.pack("<IIQ", 9, 8, len(value)) + b"".join(packed_text(str(item)) for item in value)
    form, kind = ("i", 5) if all(isinstance(item, int) for item in value) else ("f", 6)
    return struct.pack(f"<IIQ{len(value)}{form}", 9, kind, len(value), *value)


@dataclass(frozen=True)
class Gguf:
    """What goes into a file. `raw_entries` are appended as they are and counted as one each."""

    entries: Mapping[str, Value]
    tensors: Mapping[str, tuple[tuple[int, ...], str]]
    version: int = 3
    alignment: int = 32
    raw_entries: Sequence[bytes] = ()
    offsets: Mapping[str, int] = field(default_factory=dict)

    def write(self, path: Path) -> Path:
        """Write the file; weights are a fixed pattern of small numbers."""
        header = bytearray(b"GGUF" + struct.pack("<IQQ", self.version, len(self.tensors), len(self.entries) + len(self.raw_entries)))
        for key, value in self.entries.items():
            header += packed_text(key) + packed_value(value)
        for raw in self.raw_entries:
            header += raw
        data = bytearray()
        for name, (shape, kind_name) in self.tensors.items():
            kind = WEIGHT_KINDS[KIND_NUMBERS[kind_name]]
            header += packed_text(name) + struct.pack(f"<I{len(shape)}Q", len(shape), *shape)
            header += struct.pack("<IQ", KIND_NUMBERS[kind_name], self.offsets.get(name, len(data)))
            weights = 1
            for length in shape:
                weights *= length
            data += weights_of(kind_name, weights // kind.block_weights * kind.block_bytes)
            data += bytes(-len(data) % self.alignment)
        path.write_bytes(bytes(header) + bytes(-len(header) % self.alignment) + bytes(data))
        return path


def weights_of(kind: str, size_bytes: int) -> bytes:
    """Small finite numbers in float32; zeros in every other kind."""
    if kind != "F32":
        return bytes(size_bytes)
    return b"".join(struct.pack("<f", ((index * 7919) % 64 - 32) / 512) for index in range(64)) * (size_bytes // 256) + bytes(size_bytes % 256)


WORDS = ("<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), "▁", "▁the", "▁a", "▁tree")


def tiny_llama(*, kind: str = "Q8_0", **changes: Value) -> Gguf:
    """A whole model of the llama architecture that llama.cpp loads: one block, width 256; what it writes is no sense."""
    width, feed, vocabulary = 256, 256, len(WORDS)
    entries: dict[str, Value] = {
        "general.architecture": "llama",
        "general.name": "Tiny Llama",
        "general.file_type": 7,
        "llama.context_length": 512,
        "llama.embedding_length": width,
        "llama.block_count": 1,
        "llama.feed_forward_length": feed,
        "llama.attention.head_count": 4,
        "llama.attention.head_count_kv": 2,
        "llama.attention.layer_norm_rms_epsilon": 1e-5,
        "llama.rope.dimension_count": 64,
        "tokenizer.ggml.model": "llama",
        "tokenizer.ggml.tokens": WORDS,
        "tokenizer.ggml.scores": tuple(-float(index) for index in range(vocabulary)),
        "tokenizer.ggml.token_type": (2, 3, 3, *((6,) * 256), 1, 1, 1, 1),
        "tokenizer.ggml.bos_token_id": 1,
        "tokenizer.ggml.eos_token_id": 2,
        "tokenizer.chat_template": "{% for message in messages %}{{ message.content }}{% endfor %}",
        **changes,
    }
    matrices = {"attn_q": (width, width), "attn_k": (width, width // 2), "attn_v": (width, width // 2), "attn_output": (width, width)}
    matrices |= {"ffn_gate": (width, feed), "ffn_up": (width, feed), "ffn_down": (feed, width)}
    tensors: dict[str, tuple[tuple[int, ...], str]] = {"token_embd.weight": ((width, vocabulary), kind), "output_norm.weight": ((width,), "F32")}
    tensors |= {f"blk.0.{name}.weight": (shape, kind) for name, shape in matrices.items()}
    tensors |= {"blk.0.attn_norm.weight": ((width,), "F32"), "blk.0.ffn_norm.weight": ((width,), "F32")}
    return Gguf(entries, tensors)


@pytest.fixture
def make_gguf() -> type[Gguf]:
    """The writer itself, for files with anything in them."""
    return Gguf


@pytest.fixture
def make_llama() -> Callable[..., Gguf]:
    """Makes a tiny llama; keyword arguments can't have dots, so pass entries as `**{"general.name": …}`."""
    return tiny_llama

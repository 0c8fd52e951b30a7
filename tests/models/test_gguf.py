"""Headers of GGUF files: read when sound, refused with a sentence when not, and never believed."""

from __future__ import annotations

import os
import struct
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models import GENERATOR, CheckedHashes, ShelfTrouble, find_starter
from models.gguf import MAX_ENTRIES, MAX_TENSORS, read_header, summarize
from models.weight_kinds import WEIGHT_KINDS


def text(raw: bytes) -> bytes:
    return struct.pack("<Q", len(raw)) + raw


def header(*, tensors: int = 0, entries: int = 0, version: int = 3, body: bytes = b"", magic: bytes = b"GGUF") -> bytes:
    return magic + struct.pack("<IQQ", version, tensors, entries) + body


def tensor(name: bytes = b"t", shape: tuple[int, ...] = (32,), kind: int = 0, offset: int = 0) -> bytes:
    return text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, kind, offset)


def array(kind: int, length: int, body: bytes = b"") -> bytes:
    return text(b"a") + struct.pack("<IIQ", 9, kind, length) + body


HOSTILE = {
    "no magic": header(magic=b"GGML"),
    "an old version": header(version=1),
    "a big-endian file": header(version=3 << 24),
    "a huge number of tensors": header(tensors=2**63),
    "a huge number of entries": header(entries=2**63),
    "one tensor too many": header(tensors=MAX_TENSORS + 1),
    "one entry too many": header(entries=MAX_ENTRIES + 1),
    "no weights": header(),
    "a huge key": header(entries=1, body=struct.pack("<Q", 2**64 - 1) + b"x" * 64),
    "a huge text": header(entries=1, body=text(b"k") + struct.pack("<IQ", 8, 2**40) + b"x" * 64),
    "a text that is none": header(entries=1, body=text(b"k") + struct.pack("<I", 8) + text(b"\xff\xfe") + bytes(64)),
    "an unknown kind of entry": header(entries=1, body=text(b"k") + struct.pack("<I", 13) + bytes(64)),
    "a huge array of numbers": header(entries=1, body=array(10, 2**61) + bytes(64)),
    "a huge array of texts": header(entries=1, body=array(8, 2**61, struct.pack("<Q", 2**63)) + bytes(64)),
    "a huge array of arrays": header(entries=1, body=array(9, 2**61) + bytes(64)),
    "deep arrays": header(entries=1, body=array(9, 1, struct.pack("<IQ", 9, 1) * 100_000)),
    "an array of an unknown kind": header(entries=1, body=array(77, 1) + bytes(64)),
    "an entry twice": header(entries=2, body=(text(b"k") + struct.pack("<II", 4, 1)) * 2 + bytes(64)),
    "an impossible alignment": header(tensors=1, entries=1, body=text(b"general.alignment") + struct.pack("<II", 4, 33) + tensor() + bytes(4096)),
    "no alignment at all": header(tensors=1, entries=1, body=text(b"general.alignment") + struct.pack("<II", 4, 0) + tensor() + bytes(4096)),
    "too many dimensions": header(tensors=1, body=tensor(shape=(1,) * 5) + bytes(4096)),
    "a dimension of zero": header(tensors=1, body=tensor(shape=(0,)) + bytes(4096)),
    "dimensions that overflow": header(tensors=1, body=tensor(shape=(2**32, 2**32, 2**32)) + bytes(4096)),
    "an offset that overflows": header(tensors=1, body=tensor(offset=2**64 - 32) + bytes(4096)),
    "an unknown kind of weights": header(tensors=1, body=tensor(kind=4) + bytes(4096)),
    "rows that don't fit into blocks": header(tensors=1, body=tensor(shape=(33,), kind=2) + bytes(4096)),
    "a tensor twice": header(tensors=2, body=tensor() + tensor(offset=128) + bytes(4096)),
    "tensors that overlap": header(tensors=2, body=tensor(b"t") + tensor(b"u", offset=64) + bytes(4096)),
    "a tensor beyond the end": header(tensors=1, body=tensor(offset=2**20) + bytes(4096)),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_header_is_refused_quickly_and_without_memory(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "hostile.gguf"
    path.write_bytes(content)
    tracemalloc.start()
    started = time.monotonic()
    with pytest.raises(ShelfTrouble) as caught:
        read_header(path)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.monotonic() - started < 2.0
    assert peak_bytes < 16 * 2**20
    assert caught.value.sentence.startswith("The file hostile.gguf")
    assert caught.value.remedy


def test_a_sound_model_is_read(tmp_path: Path, make_llama: Callable[..., Any]) -> None:
    path = make_llama().write(tmp_path / "tiny.gguf")
    found = read_header(path)
    summary = summarize(found)
    assert (summary.architecture, summary.name, summary.quantization) == ("llama", "Tiny Llama", "Q8_0")
    assert (summary.context_tokens, summary.blocks, summary.embedding_length) == (512, 1, 256)
    assert (summary.heads, summary.kv_heads, summary.key_length, summary.value_length) == (4, 2, 64, 64)
    assert (summary.vocabulary, summary.tokenizer, summary.has_chat_template, summary.parts) == (263, "llama", True, 1)
    assert summary.parameters == sum(tensor.weights for tensor in found.tensors) == 263 * 256 + 3 * 256 + 6 * 256 * 256
    assert found.promised_bytes <= summary.file_bytes == path.stat().st_size
    assert found.tensors[0].shape == (256, 263)


@pytest.mark.parametrize("version", [2, 3])
def test_versions_two_and_three_are_known(tmp_path: Path, make_gguf: type[Any], version: int) -> None:
    path = make_gguf({"general.architecture": "llama"}, {"t": ((64,), "F16")}, version=version).write(tmp_path / "t.gguf")
    assert read_header(path).version == version


def test_a_model_cut_anywhere_is_refused(tmp_path: Path, make_llama: Callable[..., Any]) -> None:
    whole = make_llama().write(tmp_path / "whole.gguf").read_bytes()
    cut = tmp_path / "cut.gguf"
    for length in (*range(0, 12_000, 64), *range(12_000, len(whole) - 4096, 8192), len(whole) - 64):
        cut.write_bytes(whole[:length])
        with pytest.raises(ShelfTrouble) as caught:
            read_header(cut)
        assert caught.value.code in {"model-empty", "model-cut-short", "model-unknown"}


def test_a_model_cut_in_half_is_told_with_both_sizes(tmp_path: Path, make_llama: Callable[..., Any]) -> None:
    path = make_llama().write(tmp_path / "half.gguf")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ShelfTrouble) as caught:
        read_header(path)
    assert caught.value.sentence == "The file half.gguf ends after 0.2 MB, but its header promises 0.5 MB."
    assert caught.value.remedy == "Download it again."


def test_names_from_a_header_are_made_printable(tmp_path: Path, make_llama: Callable[..., Any]) -> None:
    path = make_llama(**{"general.name": "A\x1b[31m\n\u202ered  name" + "x" * 500}).write(tmp_path / "t.gguf")
    name = summarize(read_header(path)).name
    assert name is not None
    assert name.startswith("A [31m red name")
    assert len(name) <= 200


def test_numbers_that_are_none_are_unknown(tmp_path: Path, make_llama: Callable[..., Any]) -> None:
    summary = summarize(read_header(make_llama(**{"llama.context_length": "many", "llama.block_count": True}).write(tmp_path / "t.gguf")))
    assert summary.context_tokens is None
    assert summary.blocks is None


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.gguf"
    os.mkfifo(pipe)
    for path in (tmp_path / "nothing.gguf", tmp_path, pipe):
        with pytest.raises(ShelfTrouble) as caught:
            read_header(path)
        assert caught.value.code == "model-missing"


@pytest.mark.real
def test_the_starter_s_long_vocabulary_is_stepped_over_quickly() -> None:
    path = find_starter(GENERATOR, hashes=CheckedHashes(None))
    assert path is not None
    started = time.monotonic()
    summary = summarize(read_header(path))
    assert time.monotonic() - started < 2.0
    assert (summary.architecture, summary.parameters, summary.quantization, summary.vocabulary) == ("llama", 134_515_008, "Q4_1", 49_152)
    assert summary.file_bytes == GENERATOR.size_bytes


@pytest.mark.real
def test_block_sizes_are_those_of_the_installed_llama_cpp() -> None:
    import ctypes
    import importlib.util

    found = importlib.util.find_spec("llama_cpp")
    assert found is not None
    assert found.submodule_search_locations is not None
    library = next(path for path in Path(found.submodule_search_locations[0], "lib").iterdir() if "ggml-base" in path.name)
    ggml = ctypes.CDLL(str(library))
    ggml.ggml_blck_size.restype = ctypes.c_int64
    ggml.ggml_type_size.restype = ctypes.c_size_t
    for number, kind in WEIGHT_KINDS.items():
        assert (kind.block_weights, kind.block_bytes) == (ggml.ggml_blck_size(number), ggml.ggml_type_size(number)), kind.name

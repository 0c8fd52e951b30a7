"""What is known about models: their languages by name, their need of memory by arithmetic."""

from __future__ import annotations

import dataclasses

import pytest

from models import GgufSummary, kv_bytes_per_token, languages_of, memory_need

SMOLLM2 = GgufSummary(
    architecture="llama",
    name="SmolLM2 135M",
    quantization="Q4_1",
    parameters=134_515_008,
    file_bytes=98_362_432,
    weights_bytes=96_576_768,
    context_tokens=8192,
    blocks=30,
    embedding_length=576,
    heads=9,
    kv_heads=3,
    key_length=64,
    value_length=64,
    vocabulary=49_152,
    tokenizer="gpt2",
    has_chat_template=True,
    parts=1,
)


@pytest.mark.parametrize(
    ("name", "known", "unknown"),
    [
        ("smollm2-135m-instruct-q4_1", {"en"}, {"zh", "de"}),
        ("SmolLM3-3B-Q4_K_M", {"en", "fr"}, {"zh"}),
        ("qwen2.5-7b-instruct-q4_k_m", {"en", "zh", "ar"}, {"sw"}),
        ("Meta-Llama-3.1-8B-Instruct", {"en", "de", "hi"}, {"zh"}),
        ("Meta-Llama-3-8B-Instruct", {"en"}, {"de", "zh"}),
        ("DeepSeek-R1-Distill-Qwen-1.5B", {"en", "zh"}, {"fr"}),
        ("all-MiniLM-L6-v2", {"en"}, {"zh"}),
        ("paraphrase-multilingual-MiniLM-L12-v2", {"en", "zh", "de"}, set()),
        ("bge-small-zh-v1.5", {"zh"}, {"en"}),
    ],
)
def test_a_name_tells_the_languages(name: str, known: set[str], unknown: set[str]) -> None:
    languages = set(languages_of(name=name))
    assert known <= languages
    assert not unknown & languages


def test_nothing_is_known_about_an_unknown_name_unless_its_architecture_tells() -> None:
    assert languages_of(name="my-model") == ()
    assert languages_of(name="my-model", architecture="llama") == ()
    assert "zh" in languages_of(name="my-model", architecture="qwen2")


def test_the_estimate_is_what_llama_cpp_states_for_the_starter() -> None:
    need = memory_need(SMOLLM2, context_tokens=4096)
    assert need.weights_bytes / 2**20 == pytest.approx(92.10, abs=0.01)
    assert need.kv_bytes / 2**20 == pytest.approx(90.00, abs=0.01)
    assert need.compute_bytes / 2**20 == pytest.approx(98.25, abs=0.01)
    assert need.total_bytes > need.weights_bytes + need.kv_bytes + need.compute_bytes


@pytest.mark.parametrize(("blocks", "kv_heads", "length", "kib"), [(28, 2, 128, 28), (28, 4, 128, 56), (32, 8, 128, 128)])
def test_the_kv_cache_per_token_is_that_of_known_models(blocks: int, kv_heads: int, length: int, kib: int) -> None:
    """Qwen2.5-1.5B, Qwen2.5-7B, Llama-3.1-8B."""
    summary = dataclasses.replace(SMOLLM2, blocks=blocks, kv_heads=kv_heads, key_length=length, value_length=length)
    assert kv_bytes_per_token(summary) == kib * 1024


def test_a_header_that_says_nothing_needs_its_weights() -> None:
    silent = dataclasses.replace(SMOLLM2, blocks=None, vocabulary=None, embedding_length=None)
    need = memory_need(silent, context_tokens=4096)
    assert (need.kv_bytes, need.compute_bytes) == (0, 0)
    assert need.weights_bytes == SMOLLM2.weights_bytes

"""What is known about families of models, as a table: the languages that their makers say they handle.

A model that doesn't know a question's language should not be asked to answer in it, and an embedder that doesn't know
it must not take part in a search. Nothing is known about what is not in the table, and that is said by an empty tuple.
"""

from __future__ import annotations

import re

# Main languages only, as ISO 639-1 codes; from the model cards of their makers.
_QWEN2 = ("en", "zh", "fr", "es", "pt", "de", "it", "ru", "ja", "ko", "vi", "th", "ar")
_QWEN3 = (*_QWEN2, "nl", "pl", "cs", "sv", "da", "fi", "uk", "ro", "hu", "el", "tr", "he", "fa", "hi", "bn", "id", "ms")
_GEMMA3 = (*_QWEN3, "bg", "hr", "sk", "sl", "sr", "lt", "lv", "et", "ca", "ta", "te", "ur", "sw")
_LLAMA3 = ("en", "de", "fr", "it", "pt", "hi", "es", "th")
_E5 = (*_GEMMA3, "mk", "sq", "hy", "ka", "mn", "my", "ne", "gl", "eu")

_LANGUAGES: dict[str, tuple[str, ...]] = {
    # generators
    "smollm2": ("en",),
    "smollm3": ("en", "fr", "es", "de", "it", "pt"),
    "tinyllama": ("en",),
    "qwen2": _QWEN2,
    "qwen2-5": _QWEN2,
    "qwen3": _QWEN3,
    "deepseek-r1-distill": ("en", "zh"),
    "llama-3": ("en",),
    "llama-3-1": _LLAMA3,
    "llama-3-2": _LLAMA3,
    "llama-3-3": _LLAMA3,
    "meta-llama-3-1": _LLAMA3,
    "mistral-7b": ("en",),
    "mistral-nemo": ("en", "fr", "de", "es", "it", "pt", "zh", "ja", "ko", "ar", "hi"),
    "mistral-small": ("en", "fr", "de", "es", "it", "pt", "zh", "ja", "ko"),
    "gemma-2": ("en",),
    "gemma-3": _GEMMA3,
    "phi-3": ("en",),
    "phi-3-5": ("en", "ar", "zh", "cs", "da", "nl", "fi", "fr", "de", "he", "hu", "it", "ja", "ko", "no", "pl", "pt", "ru", "es", "sv", "th", "tr", "uk"),
    "phi-4": ("en",),
    "granite-3": ("en", "de", "es", "fr", "ja", "pt", "ar", "cs", "it", "ko", "nl", "zh"),
    "yi-1-5": ("en", "zh"),
    "internlm2": ("en", "zh"),
    "glm-4": ("en", "zh"),
    # embedders
    "all-minilm": ("en",),
    "all-mpnet": ("en",),
    "paraphrase-multilingual": _GEMMA3,
    "bge-small-en": ("en",),
    "bge-base-en": ("en",),
    "bge-large-en": ("en",),
    "bge-small-zh": ("zh",),
    "bge-base-zh": ("zh",),
    "bge-large-zh": ("zh",),
    "bge-m3": _E5,
    "e5-small": ("en",),
    "e5-base": ("en",),
    "e5-large": ("en",),
    "multilingual-e5": _E5,
    "gte-small": ("en",),
    "nomic-embed-text": ("en",),
}

_ARCHITECTURES: dict[str, tuple[str, ...]] = {"qwen2": _QWEN2, "qwen3": _QWEN3, "qwen3moe": _QWEN3, "gemma3": _GEMMA3}
"""Where the architecture alone tells the family; "llama" and "bert" don't."""


def languages_of(*, name: str, architecture: str | None = None) -> tuple[str, ...]:
    """The languages (ISO 639-1) that a model of this name handles; empty where nothing is known.

    The longest family that the name contains wins, so "Qwen2.5-7B" is not taken for "qwen2", nor a distilled
    DeepSeek for the Qwen that it was made from.
    """
    plain = "-" + re.sub(r"[^a-z0-9]+", "-", name.lower()) + "-"
    families = [family for family in _LANGUAGES if f"-{family}" in plain]
    if families:
        return _LANGUAGES[max(families, key=len)]
    return _ARCHITECTURES.get(architecture or "", ())

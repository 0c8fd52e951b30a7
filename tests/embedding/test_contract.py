"""What every embedder promises, whichever library serves it."""

from __future__ import annotations

import numpy as np
import pytest

from engine.cancellation import Cancellation
from engine.embedding.onnx_adapter import OnnxEmbedder
from engine.embedding.port import Embedder
from engine.embedding.sentence_transformers_adapter import SentenceTransformersEmbedder
from engine.trouble import Stopped

pytestmark = pytest.mark.real

TEXTS = (
    "A red-black tree is a binary search tree whose nodes are coloured.",
    "Bread rises because yeast makes gas.",
    "",
    "def insert(tree, key):\n    return Node(key) if tree is None else tree",
    "红黑树是一种自平衡二叉查找树。",
    "O(n log n)",
)
LONG_TEXT = "The scheduler chooses the process that has waited longest. " * 3000


def test_a_vector_has_the_stated_dimensions_and_unit_length(embedder: Embedder) -> None:
    vectors = embedder.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimensions) == (6, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_vectors_come_in_the_order_of_their_texts(embedder: Embedder) -> None:
    forwards, backwards = embedder.embed(TEXTS), embedder.embed(TEXTS[::-1])
    assert np.allclose(forwards, backwards[::-1], atol=1e-5)


def test_a_text_has_the_same_vector_alone_and_in_company(embedder: Embedder) -> None:
    company = embedder.embed((*TEXTS, LONG_TEXT))
    for text, vector in zip(TEXTS, company, strict=False):
        assert np.allclose(embedder.embed((text,))[0], vector, atol=1e-5)


def test_texts_of_one_meaning_are_nearer_than_others(embedder: Embedder) -> None:
    tree, bread, question = embedder.embed((TEXTS[0], TEXTS[1], "What is a red-black tree?"))
    assert question @ tree > 0.6 > 0.3 > question @ bread


def test_what_is_too_long_is_cut_at_the_limit(embedder: Embedder) -> None:
    assert embedder.max_pieces == 256
    words = LONG_TEXT.split()
    whole, beginning, less = embedder.embed((LONG_TEXT, " ".join(words[:400]), " ".join(words[:60])))
    assert np.allclose(whole, beginning, atol=1e-5)
    assert not np.allclose(whole, less, atol=1e-3)


def test_no_text_has_no_vector_and_the_empty_text_has_one(embedder: Embedder) -> None:
    assert embedder.embed(()).shape == (0, 384)
    assert np.isfinite(embedder.embed(("", " \n\t", "\x00"))).all()


def test_a_cancelled_request_stops(embedder: Embedder) -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Stopped):
        embedder.embed(TEXTS, cancellation=cancellation)


def test_both_embedders_mean_the_same(onnx_embedder: OnnxEmbedder, torch_embedder: SentenceTransformersEmbedder) -> None:
    texts = (*TEXTS, LONG_TEXT)
    cosines = (onnx_embedder.embed(texts) * torch_embedder.embed(texts)).sum(axis=1)
    assert cosines.mean() >= 0.98
    assert cosines.min() >= 0.96


def test_vectors_of_the_two_are_kept_under_different_names(onnx_embedder: OnnxEmbedder, torch_embedder: SentenceTransformersEmbedder) -> None:
    assert onnx_embedder.embedder.startswith("all-minilm-l6-v2/onnx-int8")
    assert "torch-float" in torch_embedder.embedder

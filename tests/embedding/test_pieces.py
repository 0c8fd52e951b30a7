"""Word pieces: counted as the embedder counts them, estimated from above where there is no embedder."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from engine.embedding.exported import TOKENIZER
from engine.embedding.pieces import WordPieces, estimate_pieces, load_piece_counter
from engine.trouble import ModelTrouble

TEXTS = (
    "A binary search tree keeps its keys in order, so that a lookup walks one path from the root to a leaf.",
    "def quicksort(xs):\n    if len(xs) <= 1:\n        return xs\n    pivot = xs[0]\n    return quicksort([x for x in xs[1:] if x < pivot]) + [pivot]",
    "T(n) = 2·T(n/2) + Θ(n), so T(n) = Θ(n log n); for n = 1024 that is 10 × 1024 steps.",
    "红黑树是一种自平衡二叉查找树,典型用途是实现关联数组。",
    "Tree rotations (left, right) keep the height of a red-black tree below 2·log₂(n + 1).",
    "",
)


@pytest.mark.real
@pytest.mark.parametrize("text", [*TEXTS, " ".join(TEXTS) * 20])
def test_counting_is_the_tokenizer_s_own_count(exported: Path, text: str) -> None:
    tokenizer = Tokenizer.from_file(str(exported / TOKENIZER))
    tokenizer.no_truncation()
    assert WordPieces.load(exported).count(text) == len(tokenizer.encode(text).ids) - 2


@pytest.mark.real
@pytest.mark.parametrize("text", TEXTS)
def test_the_estimate_is_never_below_the_count(exported: Path, text: str) -> None:
    real = WordPieces.load(exported).count(text)
    assert real <= estimate_pieces(text) <= 2 * real


def test_a_chinese_character_is_estimated_as_one_piece() -> None:
    assert estimate_pieces("自平衡二叉查找树") == 8


@pytest.mark.real
def test_without_a_sound_embedder_pieces_are_estimated(exported: Path, tmp_path: Path) -> None:
    assert load_piece_counter(None) is estimate_pieces
    assert load_piece_counter(tmp_path) is estimate_pieces
    changed = shutil.copytree(exported, tmp_path / "embedder")
    (changed / TOKENIZER).write_text(json.dumps({}))
    with pytest.raises(ModelTrouble, match="not the one"):
        WordPieces.load(changed)
    assert load_piece_counter(changed) is estimate_pieces
    assert load_piece_counter(exported)("red-black") == 3


@pytest.mark.real
def test_counting_brings_no_giant_along(exported: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from engine.embedding.pieces import WordPieces;"
        f"WordPieces.load(Path({str(exported)!r})).count('x');"
        "print([name for name in ('torch', 'numpy', 'huggingface_hub', 'transformers', 'onnxruntime') if name in sys.modules])"
    )
    done = subprocess.run((sys.executable, "-P", "-c", program), capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

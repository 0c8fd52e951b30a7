"""Exporting an embedder for the CPU: sentence-transformers in, ONNX int8 out, so that neither start-up nor bundle pays for torch.

    python -P -m engine.embedding.export SOURCE_DIR TARGET_DIR

Pooling and normalisation go into the graph (`graph.py`), which onnxruntime fuses further while loading; fusing before
quantisation was slower (77 against 68 chunks/s of 187 word pieces on one thread: the fused QAttention is the slower kernel).
What else was tried and is not done stands in docs/decisions/0011-the-fastest-embedder.md. Weights are quantised per channel (cosine to
float32 .994; .934 per tensor) and to 7 of 8 bits (.992): on CPUs without VNNI the products of full 8-bit weights saturate
in 16 bits, and a bundle made on one machine must give the same vectors on another.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from engine.embedding.exported import DESCRIPTION, MODEL, RECIPE, TOKENIZER, ExportDescription, check_files, read_description, sha256_of
from engine.embedding.graph import write_graph
from engine.embedding.onnx_adapter import OnnxEmbedder
from engine.embedding.privacy import forbid_telemetry
from engine.embedding.sentence_transformers_adapter import load_sentence_transformer, weights_of
from engine.trouble import ModelTrouble, Trouble
from models import languages_of

if TYPE_CHECKING:
    import numpy

MIN_COSINE = 0.98
"""Below this mean cosine to the original an export is refused; the starter reaches .992."""

SENTENCES = (
    "A hash table stores keys in buckets; with a good hash function a lookup takes constant time on average.",
    "What is a red-black tree?",
    "A red-black tree is a binary search tree in which every node is coloured so that no path is more than twice as long as another.",
    "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)",
    "for (int i = 0; i < n; ++i) { sum += a[i] * b[i]; }",
    "The scheduler picks the process with the smallest virtual runtime and lets it run until its time slice is used up.",
    "Deadlock needs four conditions at once: mutual exclusion, hold and wait, no preemption, and circular wait.",
    "T(n) = 2 T(n/2) + O(n) is solved by T(n) = O(n log n).",
    "virtual memory",
    "Two transactions conflict when they touch the same row and at least one of them writes it.",
    "The pumping lemma shows that the language of balanced parentheses is not regular.",
    "TCP slows down when packets are lost, because a lost packet is taken as a sign of congestion.",
    "A monad wraps a value together with a way to chain computations that may fail, hold state or do input and output.",
    "SELECT name, COUNT(*) FROM enrolment GROUP BY name HAVING COUNT(*) > 3;",
    "Gradient descent follows the slope of the loss downhill; a learning rate that is too large makes it diverge.",
    "The compiler turns source text into tokens, tokens into a syntax tree, and the tree into instructions.",
)


def is_up_to_date(source: Path, target: Path, *, max_pieces: int | None = None) -> bool:
    """Whether `target` holds a whole export of `source` by the present recipe. Loads no torch."""
    try:
        description = read_description(target)
        check_files(target, description)
    except ModelTrouble:
        return False
    wanted = (RECIPE, sha256_of(weights_of(source)), max_pieces or description.max_pieces)
    return (description.recipe, description.source_sha256, description.max_pieces) == wanted


def export(source: Path, target: Path, *, name: str | None = None, max_pieces: int | None = None, min_cosine: float = MIN_COSINE) -> ExportDescription:
    """Export the sentence-transformers model in `source` to the directory `target`, replacing what was there.

    `max_pieces` None: as many as the model states. The target appears whole or not at all.

    Raises:
        ModelTrouble: no such model, or the export differs too much from the original.
    """
    model = load_sentence_transformer(source)
    if max_pieces is not None:
        model.max_seq_length = max_pieces
    target.parent.mkdir(parents=True, exist_ok=True)
    name = name or target.name
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as temporary:
        made = Path(temporary) / "made"
        made.mkdir()
        _write_tokenizer(source / TOKENIZER, made / TOKENIZER, int(model.max_seq_length))
        float32 = Path(temporary) / "float32.onnx"
        write_graph(model, float32)
        _quantize(float32, made / MODEL)
        description = ExportDescription(
            name=name,
            backend="onnx",
            precision="int8",
            recipe=RECIPE,
            dimensions=int(model.get_embedding_dimension()),
            max_pieces=int(model.max_seq_length),
            languages=languages_of(name=name),
            source_sha256=sha256_of(weights_of(source)),
            model_sha256=sha256_of(made / MODEL),
            tokenizer_sha256=sha256_of(made / TOKENIZER),
            cosine_to_source=0.0,
        )
        _write_description(made, description)
        cosine = mean_cosine(_embed_with_export(made), model.encode(list(SENTENCES), normalize_embeddings=True, show_progress_bar=False))
        if cosine < min_cosine:
            raise ModelTrouble(
                "export-differs",
                f"The exported embedder differs too much from its original (cosine {cosine:.3f}, wanted {min_cosine}).",
                "Use the sentence-transformers backend for this model.",
            )
        description = msgspec.structs.replace(description, cosine_to_source=round(cosine, 5))
        _write_description(made, description)
        _publish(made, target, Path(temporary))
    return description


def mean_cosine(left: numpy.ndarray[Any, Any], right: numpy.ndarray[Any, Any]) -> float:
    """Mean cosine similarity of the rows of two arrays of unit vectors, each (count, dimensions)."""
    return float((left * right).sum(axis=1).mean())


def _write_tokenizer(source: Path, target: Path, max_pieces: int) -> None:
    """The starter's tokenizer.json cuts at 128 and pads everything to 128: both are wrong for the model."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(source))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_pieces)
    tokenizer.save(str(target), pretty=False)


def _quantize(source: Path, target: Path) -> None:
    import onnx

    forbid_telemetry()
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # It advises, through the root logger, to run the fusions that we measured to be slower.
    advice = logging.Filter()
    advice.filter = lambda record: "pre-processing before quantization" not in record.getMessage()  # type: ignore[method-assign]
    root = logging.getLogger()
    root.addFilter(advice)
    try:
        quantize_dynamic(
            source,
            target,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    finally:
        root.removeFilter(advice)


def _embed_with_export(directory: Path) -> numpy.ndarray[Any, Any]:
    with OnnxEmbedder.load(directory, threads=1) as embedder:
        return embedder.embed(SENTENCES)


def _write_description(directory: Path, description: ExportDescription) -> None:
    (directory / DESCRIPTION).write_bytes(msgspec.json.format(msgspec.json.encode(description), indent=2) + b"\n")


def _publish(made: Path, target: Path, temporary: Path) -> None:
    """Put the finished directory in its place; a rename can't replace a directory that has files, so the old one steps aside."""
    for file in made.iterdir():
        with file.open("rb") as handle:
            os.fsync(handle.fileno())
    if target.exists():
        target.rename(temporary / "old")
    made.rename(target)


def main(arguments: list[str]) -> int:
    """Export unless it is done already; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -P -m engine.embedding.export", description="Export a sentence-transformers model to ONNX int8.")
    parser.add_argument("source", type=Path, help="directory of a sentence-transformers model")
    parser.add_argument("target", type=Path, help="directory to make; its name becomes the embedder's name")
    parser.add_argument("--max-pieces", type=int, help="longest input in word pieces (default: what the model states)")
    chosen = parser.parse_args(arguments)
    target: Path = chosen.target.absolute()
    started = time.monotonic()
    try:
        if is_up_to_date(chosen.source, target, max_pieces=chosen.max_pieces):
            sys.stdout.write(f"{target.name} is up to date.\n")
            return 0
        description = export(chosen.source, target, max_pieces=chosen.max_pieces)
    except Trouble as trouble:
        sys.stderr.write(f"{trouble.notice.sentence} {trouble.notice.remedy}\n")
        return 1
    size_mb = sum(file.stat().st_size for file in target.iterdir()) / 1e6
    sys.stdout.write(
        f"Exported {description.embedder}: {size_mb:.0f} MB, cosine to the original {description.cosine_to_source}, {time.monotonic() - started:.0f} s.\n"
    )
    return 0


if __name__ == "__main__":
    os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
    sys.exit(main(sys.argv[1:]))

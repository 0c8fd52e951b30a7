"""Measuring the embedder's backends on this machine, once at set-up, in a few seconds:

    python -P -m engine.embedding.choosing SOURCE EXPORTED

The candidates are the int8 export on onnxruntime and the original on torch: bfloat16 and float32 on the processor, float16
on a CUDA device where torch sees one. They take turns, so that what else the machine does meets them all.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from engine.embedding.choice import Candidate, Measurement, Precision, choose, machine_key, write_measurement
from engine.embedding.export import SENTENCES, mean_cosine
from engine.embedding.exported import read_description
from engine.embedding.onnx_adapter import OnnxEmbedder
from engine.embedding.port import Embedder
from engine.embedding.sentence_transformers_adapter import SentenceTransformersEmbedder, usable_precisions
from engine.trouble import Trouble

ROUNDS = 3
ROUND_S = 0.6
"""How long a candidate works in each round, at least one group of texts."""

SENTENCES_PER_TEXT = (3, 9, 7, 10, 5, 8, 10, 1)
"""The built-in texts are joined of so many sentences: 30 to 230 word pieces, 160 in the mean, like the chunks of textbooks."""

MAX_THREADS = 4


def built_in_texts() -> list[str]:
    """Texts of the lengths that chunks have. Pure."""
    doubled = SENTENCES + SENTENCES
    return [" ".join(doubled[start : start + count]) for start, count in enumerate(SENTENCES_PER_TEXT)]


def measure(source: Path, exported: Path, *, threads: int, round_s: float = ROUND_S) -> Measurement:
    """Measure every backend that runs here, the published model against its export.

    Raises:
        ModelTrouble: one of the two is missing or damaged.
    """
    texts = built_in_texts()
    name = read_description(exported).name
    loaded: list[tuple[Precision, Embedder]] = [("int8", OnnxEmbedder.load(exported, threads=threads))]
    for_torch = usable_precisions()
    loaded += [(precision, SentenceTransformersEmbedder.load(source, threads=threads, precision=precision, name=name)) for precision in for_torch]
    try:
        reference = SentenceTransformersEmbedder.load(source, threads=threads, precision="float32").embed(texts)
        cosines = [mean_cosine(embedder.embed(texts), reference) for _, embedder in loaded]
        best = [0.0] * len(loaded)
        for _ in range(ROUNDS):
            for place, (_, embedder) in enumerate(loaded):
                best[place] = max(best[place], _chunks_per_second(embedder, texts, round_s))
        candidates = tuple(
            Candidate(
                backend="onnx" if isinstance(embedder, OnnxEmbedder) else "sentence-transformers",
                precision=precision,
                embedder=embedder.embedder,
                dimensions=embedder.dimensions,
                max_pieces=embedder.max_pieces,
                chunks_per_second=round(speed, 1),
                cosine=round(cosine, 5),
            )
            for (precision, embedder), speed, cosine in zip(loaded, best, cosines, strict=True)
        )
        return Measurement(machine=machine_key(), light=loaded[0][1].embedder, candidates=candidates)
    finally:
        for _, embedder in loaded:
            embedder.close()


def _chunks_per_second(embedder: Embedder, texts: Sequence[str], round_s: float) -> float:
    began = time.monotonic()
    done, spent = 0, 0.0
    while done == 0 or spent < round_s:
        embedder.embed(texts)
        done, spent = done + len(texts), time.monotonic() - began
    return done / spent


def main(arguments: list[str]) -> int:
    """Measure and keep what was measured; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -P -m engine.embedding.choosing", description="Measure the embedder's backends on this machine.")
    parser.add_argument("source", type=Path, help="directory of the published sentence-transformers model")
    parser.add_argument("exported", type=Path, help="directory of its export")
    chosen = parser.parse_args(arguments)
    exported: Path = chosen.exported.absolute()
    try:
        measurement = measure(chosen.source, exported, threads=min(MAX_THREADS, os.cpu_count() or 1))
        write_measurement(exported, measurement)
    except Trouble as trouble:
        sys.stderr.write(f"{trouble.notice.sentence} {trouble.notice.remedy}\n")
        return 1
    best = choose(measurement.candidates)
    for candidate in measurement.candidates:
        mark = "  <- does the bulk of the work" if candidate == best else ""
        sys.stdout.write(f"{candidate.embedder:44s} {candidate.chunks_per_second:8.1f} chunks/s, cosine to float32 {candidate.cosine:.4f}{mark}\n")
    return 0


if __name__ == "__main__":
    # Read by tokenizers and by the hub's client: no thread pool that was not given, and nothing is looked up.
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
    sys.exit(main(sys.argv[1:]))

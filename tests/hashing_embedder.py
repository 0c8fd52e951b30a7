"""A real embedder child without a model: a text's vector counts its words, hashed. Alike words, alike vectors.

Run as `python hashing_embedder.py [--die-on WORD] [--name NAME]`.
"""

from __future__ import annotations

import argparse
import array
import hashlib
import math
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from engine.cancellation import Cancellation
from engine.embedding import messages as m
from engine.serving import serve

DIMENSIONS = 64


def vector_of(text: str) -> array.array[float]:
    """A unit vector of hashed words."""
    vector = array.array("f", bytes(4 * DIMENSIONS))
    for word in re.findall(r"\w+", text.lower()):
        digest = hashlib.sha256(word.encode()).digest()
        vector[digest[0] % DIMENSIONS] += 1.0 if digest[1] % 2 else -1.0
    length = math.sqrt(sum(x * x for x in vector)) or 1.0
    return array.array("f", (x / length for x in vector)) if any(vector) else array.array("f", [1.0] + [0.0] * (DIMENSIONS - 1))


def handle(request: m.LoadEmbedder | m.Embed, cancellation: Cancellation) -> Iterator[m.EmbedderLoaded | m.Embedded]:
    if isinstance(request, m.LoadEmbedder):
        yield m.EmbedderLoaded(arguments.name, DIMENSIONS, 254)
        return
    if arguments.die_on and any(arguments.die_on in text for text in request.texts):
        os.abort()
    if arguments.hold_at and any(arguments.hold_at[0] in text for text in request.texts):
        Path(arguments.hold_at[1]).touch()
        while not Path(arguments.hold_at[2]).exists():
            cancellation.raise_if_cancelled()
            time.sleep(0.001)
    if arguments.log:
        with open(arguments.log, "a", encoding="utf-8") as log:
            log.writelines(text.replace("\n", " ") + "\n" for text in request.texts)
    vectors = b"".join(vector_of(text).tobytes() for text in request.texts)
    yield m.Embedded(vectors, len(request.texts), DIMENSIONS)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--die-on", default="")
    parser.add_argument("--name", default="hashing")
    parser.add_argument("--log", default="")
    parser.add_argument("--hold-at", nargs=3, default=())
    arguments = parser.parse_args()
    sys.stdout.flush()
    serve(role="embedder", protocol=m.PROTOCOL, accepts=m.Request, prepare=lambda: handle)

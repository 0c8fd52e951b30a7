"""An exported embedder on disk: `model.onnx`, `tokenizer.json`, and `embedder.json`, which says what they are.

The files come from a disk that others write to as well: what `embedder.json` says is checked before it is believed.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from engine.trouble import ModelTrouble

RECIPE = 2
"""Counts up when the way of exporting changes its vectors: part of the embedder's name, so old vectors are never mixed in."""

DESCRIPTION = "embedder.json"
MODEL = "model.onnx"
TOKENIZER = "tokenizer.json"

IDS, MASK, VECTOR = "input_ids", "attention_mask", "embedding"
"""Names of the graph's inputs and its output; a graph for one text alone has no mask."""

MAX_DESCRIPTION_BYTES = 2**16

Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
EXPORT_AGAIN = "Export the embedder again: python -P -m engine.embedding.export SOURCE TARGET."


class ExportDescription(msgspec.Struct, frozen=True):
    """What an exported embedder is. `max_pieces` counts word pieces with both special tokens.

    `cosine_to_source` is the mean cosine similarity with the float32 original on the built-in sentences.
    """

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    backend: Literal["onnx"]
    precision: Literal["int8"]
    recipe: int
    dimensions: Annotated[int, msgspec.Meta(ge=1, le=16384)]
    max_pieces: Annotated[int, msgspec.Meta(ge=8, le=131072)]
    languages: tuple[str, ...]
    source_sha256: Sha256
    model_sha256: Sha256
    tokenizer_sha256: Sha256
    cosine_to_source: float

    @property
    def embedder(self) -> str:
        """The name that vectors are kept under: model, backend, precision, recipe and the source's first digits."""
        return f"{self.name}/{self.backend}-{self.precision}.{self.recipe}/{self.source_sha256[:8]}"


def sha256_of(path: Path) -> str:
    """sha256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_description(directory: Path) -> ExportDescription:
    """Read `embedder.json` of an exported embedder. Does not look at the other files.

    Raises:
        ModelTrouble: there is none, or it isn't one of ours.
    """
    try:
        with (directory / DESCRIPTION).open("rb") as file:
            untrusted_bytes = file.read(MAX_DESCRIPTION_BYTES + 1)
    except OSError as error:
        raise ModelTrouble("embedder-missing", f"There is no exported embedder in {directory}.", EXPORT_AGAIN) from error
    try:
        if len(untrusted_bytes) > MAX_DESCRIPTION_BYTES:
            raise msgspec.ValidationError("too long")
        return msgspec.json.decode(untrusted_bytes, type=ExportDescription)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ModelTrouble("embedder-damaged", f"The description of the embedder in {directory} can't be read.", EXPORT_AGAIN) from error


def check_files(directory: Path, description: ExportDescription) -> None:
    """Make sure that the model and the tokenizer are the files that the description was written for.

    Raises:
        ModelTrouble: one is missing or differs.
    """
    for name, promised in ((MODEL, description.model_sha256), (TOKENIZER, description.tokenizer_sha256)):
        try:
            found = sha256_of(directory / name)
        except OSError as error:
            raise ModelTrouble("embedder-missing", f"The file {name} of the embedder {description.name} is missing.", EXPORT_AGAIN) from error
        if found != promised:
            raise ModelTrouble("embedder-damaged", f"The file {name} of the embedder {description.name} is not the one that was exported.", EXPORT_AGAIN)

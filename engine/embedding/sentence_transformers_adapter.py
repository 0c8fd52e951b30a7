"""The full embedder: sentence-transformers on torch, for GPUs and for models that have no export.

Only safetensors are opened, no code of a model is run, and nothing is fetched: a model is weights and tables, only ever.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from engine.cancellation import Cancellation
from engine.embedding.exported import sha256_of
from engine.trouble import ModelTrouble

if TYPE_CHECKING:
    import numpy

TEXTS_PER_ROUND = 256
"""sentence-transformers sorts by length within a call and makes batches of its own; between calls a cancel is heard."""

TorchPrecision = Literal["float32", "bfloat16", "float16"]

MAX_CONFIG_BYTES = 2**20
PICKLES = frozenset({".bin", ".ckpt", ".pickle", ".pkl", ".pt", ".pth"})
OTHER_MODEL = "Choose an embedder with safetensors weights and no code of its own."


def weights_of(directory: Path) -> Path:
    """The safetensors file of a sentence-transformers directory that is safe to open.

    Raises:
        ModelTrouble: there is none, or loading the directory would open pickles or run code.
    """
    weights = directory / "model.safetensors"
    if not weights.is_file():
        raise ModelTrouble("embedder-missing", f"There is no model.safetensors in {directory}.", "Give the directory of a sentence-transformers model.")
    for part in (directory, *(entry for entry in directory.iterdir() if entry.is_dir())):
        if not (part / "model.safetensors").exists() and any(file.suffix in PICKLES for file in part.iterdir()):
            raise ModelTrouble("embedder-unsafe", f"The part {part.name} of the embedder in {directory} has weights that can hide code.", OTHER_MODEL)
    if _states_code(directory / "config.json") or _has_foreign_modules(directory / "modules.json"):
        raise ModelTrouble("embedder-unsafe", f"The embedder in {directory} wants to run code of its own.", OTHER_MODEL)
    return weights


def load_sentence_transformer(
    directory: Path, *, device: str = "cpu", precision: TorchPrecision = "float32", attention: Literal["eager", "sdpa"] = "eager"
) -> Any:
    """Load a directory with torch. `attention` eager can be traced for an export, sdpa is the faster one.

    Raises:
        ModelTrouble: no safe model, or sentence-transformers is not installed.
    """
    weights_of(directory)
    try:
        import sentence_transformers
        import torch
        import tqdm
        import transformers
    except ImportError as error:
        raise ModelTrouble(
            "backend-missing", "This embedder needs sentence-transformers, which is not installed.", "Install the extra: pip install 'bytebrain[torch]'."
        ) from error
    # Nobody sees the libraries' progress bars; without this each of them starts a thread that watches bars.
    transformers.utils.logging.disable_progress_bar()
    tqdm.tqdm.monitor_interval = 0
    return sentence_transformers.SentenceTransformer(
        str(directory),
        device=device,
        local_files_only=True,
        trust_remote_code=False,
        model_kwargs={"use_safetensors": True, "attn_implementation": attention, "dtype": getattr(torch, precision)},
    )


def usable_precisions() -> tuple[TorchPrecision, ...]:
    """In which precisions torch may serve a model here: float16 where it sees a GPU, else the two that a processor computes in; none without torch."""
    try:
        import torch
    except ImportError:
        return ()
    return ("float16",) if torch.cuda.is_available() else ("bfloat16", "float32")


class SentenceTransformersEmbedder:
    """A sentence-transformers model, loaded."""

    def __init__(self, *, model: Any, embedder: str) -> None:
        """Use `load`."""
        self._model = model
        self._embedder = embedder

    @classmethod
    def load(cls, directory: Path, *, threads: int, precision: TorchPrecision | None = None, name: str | None = None) -> SentenceTransformersEmbedder:
        """Load a model on the GPU in float16 where torch has one, else on the CPU with so many threads, in float32 unless told otherwise.

        `name` is the model's; without it the directory's.

        Raises:
            ModelTrouble: missing, unsafe, or sentence-transformers is not installed.
        """
        digest = sha256_of(weights_of(directory))
        try:
            import torch
        except ImportError:
            on_gpu = False
        else:
            on_gpu = torch.cuda.is_available() and precision in (None, "float16")
            torch.set_num_threads(threads)
        chosen: TorchPrecision = precision or ("float16" if on_gpu else "float32")
        model = load_sentence_transformer(directory, device="cuda" if on_gpu else "cpu", precision=chosen, attention="sdpa")
        return cls(model=model, embedder=f"{name or directory.name}/torch-{chosen}/{digest[:8]}")

    @property
    def embedder(self) -> str:
        """The name that vectors are kept under."""
        return self._embedder

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension())

    @property
    def max_pieces(self) -> int:
        """Longest input in word pieces, both special tokens included."""
        return int(self._model.max_seq_length)

    def embed(self, texts: Sequence[str], *, cancellation: Cancellation | None = None) -> numpy.ndarray[Any, Any]:
        """See `Embedder.embed`."""
        import numpy

        cancellation = cancellation or Cancellation()
        vectors = numpy.empty((len(texts), self.dimensions), dtype=numpy.float32)
        for start in range(0, len(texts), TEXTS_PER_ROUND):
            cancellation.raise_if_cancelled()
            round_of_texts = list(texts[start : start + TEXTS_PER_ROUND])
            tensor = self._model.encode(round_of_texts, show_progress_bar=False, convert_to_tensor=True)
            rows = numpy.asarray(tensor.float().cpu().numpy())  # in float32 first: numpy knows no bfloat16
            # float16 leaves lengths of 1 ± 5e-4: scaled in float32, whatever the model's own last module did.
            vectors[start : start + len(rows)] = rows / numpy.linalg.norm(rows, axis=1, keepdims=True)
        return vectors

    def close(self) -> None:
        """Let go of the weights."""
        self._model = None


def _states_code(config: Path) -> bool:
    """Whether a config names code of the model's own."""
    return "auto_map" in _json_object(config)


def _has_foreign_modules(modules: Path) -> bool:
    """Whether a part of the model is of a kind that is not sentence-transformers' own."""
    if not modules.exists():
        return False
    entries = _json_object(modules, "modules")["modules"]
    if not isinstance(entries, list):
        return True
    kinds = [str(entry.get("type")) if isinstance(entry, dict) else "" for entry in entries]
    return not all(kind.startswith("sentence_transformers.") for kind in kinds)


def _json_object(path: Path, wrap: str | None = None) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            value = json.loads(file.read(MAX_CONFIG_BYTES))
    except (OSError, ValueError) as error:
        raise ModelTrouble("embedder-damaged", f"The file {path.name} of the embedder in {path.parent} can't be read.", "Download the model again.") from error
    if wrap is not None:
        return {wrap: value}
    if not isinstance(value, dict):
        raise ModelTrouble("embedder-damaged", f"The file {path.name} of the embedder in {path.parent} is not as expected.", "Download the model again.")
    return value

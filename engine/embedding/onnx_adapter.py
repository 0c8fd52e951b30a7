"""The light embedder: onnxruntime and tokenizers serve an exported directory on the CPU, without torch.

Each text goes through the graph by itself, never padded, because int8 activations are scaled over everything that is in
one run: in a batch of 16 the same text came out at a cosine of .990 to itself alone, and slower (61 against 75 chunks/s
of 187 word pieces, one thread). Alone, a text always has the same vector. Several threads take a text each (134 chunks/s
with two; one session with two inner threads: 106).
"""

from __future__ import annotations

import concurrent.futures
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from engine.cancellation import Cancellation
from engine.embedding.exported import EXPORT_AGAIN, MODEL, TOKENIZER, ExportDescription, check_files, read_description
from engine.embedding.privacy import forbid_telemetry
from engine.trouble import ModelTrouble

if TYPE_CHECKING:
    import numpy
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

CHARACTERS_PER_PIECE = 64
"""Text beyond this many characters per word piece of the limit is not even tokenised: ordinary text has 2 to 6."""

TEXTS_PER_ROUND = 64
"""Texts are tokenised and run in rounds of so many; a cancel is heard between texts, so this bounds memory only."""


class OnnxEmbedder:
    """An exported embedder, loaded."""

    def __init__(self, *, description: ExportDescription, session: InferenceSession, tokenizer: Tokenizer, threads: int) -> None:
        """Use `load`. The tokenizer is used from the calling thread only, the session from `threads` threads."""
        self._description = description
        self._session = session
        self._tokenizer = tokenizer
        self._workers = concurrent.futures.ThreadPoolExecutor(threads, thread_name_prefix="embedder") if threads > 1 else None

    @classmethod
    def load(cls, directory: Path, *, threads: int) -> OnnxEmbedder:
        """Load an exported directory, whose files must be those that its description states.

        Raises:
            ModelTrouble: missing, damaged, or not loadable.
        """
        description = read_description(directory)
        check_files(directory, description)
        forbid_telemetry()
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        # Every text has its own length: planning memory for a length that doesn't come back is waste.
        options.enable_mem_pattern = False
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        try:
            session = onnxruntime.InferenceSession(str(directory / MODEL), options, providers=["CPUExecutionProvider"])
            tokenizer = Tokenizer.from_file(str(directory / TOKENIZER))
        except Exception as error:  # both libraries raise bare kinds of their own; the file is at fault
            raise ModelTrouble("embedder-damaged", f"The embedder {description.name} can't be loaded: {error}.", EXPORT_AGAIN) from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(description.max_pieces)
        return cls(description=description, session=session, tokenizer=tokenizer, threads=threads)

    @property
    def embedder(self) -> str:
        """The name that vectors are kept under."""
        return self._description.embedder

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._description.dimensions

    @property
    def max_pieces(self) -> int:
        """Longest input in word pieces, both special tokens included."""
        return self._description.max_pieces

    def embed(self, texts: Sequence[str], *, cancellation: Cancellation | None = None) -> numpy.ndarray[Any, Any]:
        """See `Embedder.embed`."""
        import numpy

        cancellation = cancellation or Cancellation()
        vectors = numpy.empty((len(texts), self.dimensions), dtype=numpy.float32)
        limit = CHARACTERS_PER_PIECE * self.max_pieces

        def embed_one(row: int, pieces: Sequence[int]) -> None:
            cancellation.raise_if_cancelled()
            ids = numpy.array([pieces], dtype=numpy.int64)
            vectors[row] = self._session.run(["embedding"], {"input_ids": ids, "attention_mask": numpy.ones_like(ids)})[0][0]

        for start in range(0, len(texts), TEXTS_PER_ROUND):
            round_of_texts = [text[:limit] for text in texts[start : start + TEXTS_PER_ROUND]]
            pieces = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(round_of_texts)]
            rows = range(start, start + len(pieces))
            if self._workers is None or len(pieces) == 1:
                for row, ids in zip(rows, pieces, strict=True):
                    embed_one(row, ids)
            else:
                # The longest go first, so that no thread is left with a long one at the end of the round.
                work = sorted(zip(rows, pieces, strict=True), key=lambda item: -len(item[1]))
                for done in [self._workers.submit(embed_one, row, ids) for row, ids in work]:
                    done.result()
        return vectors

    def close(self) -> None:
        """End the threads."""
        if self._workers is not None:
            self._workers.shutdown(cancel_futures=True)

    def __enter__(self) -> OnnxEmbedder:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

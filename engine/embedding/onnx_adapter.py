"""The light embedder: onnxruntime and tokenizers serve an exported directory on the CPU, without torch.

Each text goes through the graph by itself, never padded, because int8 activations are scaled over everything that is in
one run: in a batch of 16 the same text came out at a cosine of .990 to itself alone, and slower (61 against 75 chunks/s
of 187 word pieces, one thread; larger products gain 3 % at most). Alone, a text always has the same vector. Several threads
share one session and take a text each, tokenising included (two sessions: the same speed, twice the weights; one session
with two inner threads: a fifth slower).
"""

from __future__ import annotations

import concurrent.futures
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from engine.cancellation import Cancellation
from engine.embedding.exported import EXPORT_AGAIN, IDS, MASK, MODEL, TOKENIZER, VECTOR, ExportDescription, check_files, read_description
from engine.embedding.privacy import forbid_telemetry
from engine.trouble import ModelTrouble

if TYPE_CHECKING:
    import numpy
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

CHARACTERS_PER_PIECE = 64
"""Text beyond this many characters per word piece of the limit is not even tokenised: ordinary text has 2 to 6."""


class OnnxEmbedder:
    """An exported embedder, loaded."""

    def __init__(self, *, description: ExportDescription, session: InferenceSession, tokenizer: Tokenizer, threads: int) -> None:
        """Use `load`. Tokenizer and session are used from `threads` threads at once; both let go of the interpreter's lock."""
        self._description = description
        self._session = session
        self._wants_mask = len(session.get_inputs()) > 1
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

        def embed_one(row: int) -> None:
            cancellation.raise_if_cancelled()
            ids = numpy.array([self._tokenizer.encode(texts[row][:limit]).ids], dtype=numpy.int64)
            feed = {IDS: ids, MASK: numpy.ones_like(ids)} if self._wants_mask else {IDS: ids}
            vectors[row] = self._session.run([VECTOR], feed)[0][0]

        if self._workers is None or len(texts) == 1:
            for row in range(len(texts)):
                embed_one(row)
            return vectors
        # The longest go first, so that no thread is left with a long one at the end.
        longest_first = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        for done in [self._workers.submit(embed_one, row) for row in longest_first]:
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

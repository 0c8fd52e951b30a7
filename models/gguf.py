"""The header of a GGUF file, read with bounds of our own: the file comes from the network and is believed in nothing.

Malformed files have overflowed llama.cpp's own loader again and again, so a file is refused here, in Python, before that
loader sees it. Nothing is allocated because the header says so: counts and lengths are compared with what is left of the
file and of the limits first, and long arrays (a tokenizer's words) are stepped over. The format is described in ggml's
docs/gguf.md.
"""

from __future__ import annotations

import stat
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from models.trouble import ShelfTrouble
from models.weight_kinds import MIXTURES, WEIGHT_KINDS

MAX_HEADER_BYTES = 64 * 2**20
"""The largest vocabularies of today (262,144 words with merges) make headers of about 16 MB."""

MAX_ENTRIES = 4096
MAX_TENSORS = 65_536
MAX_KEY_BYTES = 1024
MAX_TEXT_BYTES = 2**20
MAX_DEPTH = 3
MAX_DIMENSIONS = 4
MAX_WEIGHTS = 2**48
MAX_ALIGNMENT = 2**16
DEFAULT_ALIGNMENT = 32
READ_BYTES = 2**20

_TEXT, _ARRAY, _BOOL = 8, 9, 7
_SCALARS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<B", 10: "<Q", 11: "<q", 12: "<d"}

Scalar = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor's entry: `offset` counts from the start of the data section, both in bytes."""

    name: str
    shape: tuple[int, ...]
    kind: str
    offset: int
    size_bytes: int

    @property
    def weights(self) -> int:
        """How many numbers it holds."""
        count = 1
        for length in self.shape:
            count *= length
        return count


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """A whole header. `array_lengths` has the lengths of arrays, whose content is stepped over."""

    version: int
    entries: dict[str, Scalar]
    array_lengths: dict[str, int]
    tensors: tuple[Tensor, ...]
    data_start: int
    file_bytes: int

    @property
    def promised_bytes(self) -> int:
        """How long the file must be for all its tensors to lie in it."""
        return self.data_start + max((tensor.offset + tensor.size_bytes for tensor in self.tensors), default=0)


@dataclass(frozen=True, slots=True)
class GgufSummary:
    """What a model file is, for people and for estimates. None where the header doesn't say."""

    architecture: str
    name: str | None
    quantization: str
    parameters: int
    file_bytes: int
    weights_bytes: int
    context_tokens: int | None
    blocks: int | None
    embedding_length: int | None
    heads: int | None
    kv_heads: int | None
    key_length: int | None
    value_length: int | None
    vocabulary: int | None
    tokenizer: str | None
    has_chat_template: bool
    parts: int


def read_header(path: Path) -> GgufHeader:
    """Read and check the header of a GGUF file.

    Raises:
        ShelfTrouble: missing, unreadable, no GGUF, damaged, cut short, or of a kind that we don't know.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited on for ever
            raise ShelfTrouble("model-missing", f"{path} is not a file.", "Choose a file that ends in .gguf.")
        with path.open("rb") as file:
            return _read(file, path.name)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ShelfTrouble("model-missing", f"There is no file {path}.", "Check the path.") from error
    except OSError as error:
        raise ShelfTrouble("model-unreadable", f"The file {path.name} can't be read: {error.strerror}.", "Check its permissions.") from error


def summarize(header: GgufHeader) -> GgufSummary:
    """The header's telling entries."""
    architecture = _text(header, "general.architecture") or "unknown"

    def number(key: str) -> int | None:
        value = header.entries.get(f"{architecture}.{key}")
        return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31 else None

    bytes_by_kind: dict[str, int] = {}
    for tensor in header.tensors:
        bytes_by_kind[tensor.kind] = bytes_by_kind.get(tensor.kind, 0) + tensor.size_bytes
    mixture = header.entries.get("general.file_type")
    stated = MIXTURES.get(mixture) if isinstance(mixture, int) else None
    embedding, heads = number("embedding_length"), number("attention.head_count")
    head_length = embedding // heads if embedding is not None and heads is not None else None
    parts = header.entries.get("split.count")
    return GgufSummary(
        architecture=architecture,
        name=_text(header, "general.name"),
        quantization=stated or max(bytes_by_kind, key=lambda kind: bytes_by_kind[kind]),
        parameters=sum(tensor.weights for tensor in header.tensors),
        file_bytes=header.file_bytes,
        weights_bytes=sum(bytes_by_kind.values()),
        context_tokens=number("context_length"),
        blocks=number("block_count"),
        embedding_length=embedding,
        heads=heads,
        kv_heads=number("attention.head_count_kv") or heads,
        key_length=number("attention.key_length") or head_length,
        value_length=number("attention.value_length") or head_length,
        vocabulary=header.array_lengths.get("tokenizer.ggml.tokens"),
        tokenizer=_text(header, "tokenizer.ggml.model"),
        has_chat_template=isinstance(header.entries.get("tokenizer.chat_template"), str),
        parts=parts if isinstance(parts, int) and parts > 1 else 1,
    )


def _text(header: GgufHeader, key: str) -> str | None:
    """A short text for people: printable, one line."""
    value = header.entries.get(key)
    if not isinstance(value, str):
        return None
    return " ".join("".join(character if character.isprintable() else " " for character in value[:200]).split()) or None


class _Cursor:
    """Walks through the header; reads on from the file as it goes, and never further than the limits."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._buffer = bytearray()
        self.name = name
        self.position = 0
        self.file_bytes = file.seek(0, 2)
        file.seek(0)

    def damaged(self, what: str) -> ShelfTrouble:
        return ShelfTrouble("model-damaged", f"The file {self.name} is no sound model file: {what}.", "Download it again, or choose another model.")

    def need(self, count: int) -> int:
        """Make sure that `count` bytes follow; returns where they start and steps over them."""
        start, end = self.position, self.position + count
        if end > self.file_bytes:
            if end > MAX_HEADER_BYTES:
                raise self.damaged("a length in its header is larger than the file")
            raise ShelfTrouble(
                "model-cut-short", f"The file {self.name} ends after {_megabytes(self.file_bytes)}, in the middle of its header.", "Download it again."
            )
        if end > MAX_HEADER_BYTES:
            raise self.damaged(f"its header is longer than {MAX_HEADER_BYTES // 2**20} MiB")
        while len(self._buffer) < end:
            more = self._file.read(max(READ_BYTES, end - len(self._buffer)))
            if not more:
                raise self.damaged("it shrank while it was read")
            self._buffer += more
        self.position = end
        return start

    def number(self, form: str) -> int:
        return int(struct.unpack_from(form, self._buffer, self.need(struct.calcsize(form)))[0])

    def scalar(self, kind: int) -> Scalar:
        form = _SCALARS[kind]
        value: int | float = struct.unpack_from(form, self._buffer, self.need(struct.calcsize(form)))[0]
        return bool(value) if kind == _BOOL else value

    def text(self, limit: int, what: str) -> str:
        length = self.number("<Q")
        if length > limit:
            raise self.damaged(f"{what} is {length} bytes long")
        start = self.need(length)
        try:
            return self._buffer[start : start + length].decode("utf-8")
        except UnicodeDecodeError as error:
            raise self.damaged(f"{what} is not text") from error

    def skip_texts(self, count: int) -> None:
        """Step over texts; a quarter of a million of them is usual, so this loop is lean."""
        unpack = struct.Struct("<Q").unpack_from
        buffered = 0
        position = self.position
        for _ in range(count):
            if position + 8 > buffered:
                self.position = position
                self.need(8)
                buffered = len(self._buffer)
            position += 8 + unpack(self._buffer, position)[0]
            if position > buffered:
                self.need(position - self.position)
                buffered = len(self._buffer)
        self.position = position


def _read(file: BinaryIO, name: str) -> GgufHeader:
    cursor = _Cursor(file, name)
    if cursor.file_bytes == 0:
        raise ShelfTrouble("model-empty", f"The file {name} is empty.", "Download it again.")
    if cursor.file_bytes < 4 or cursor.number("<I") != int.from_bytes(b"GGUF", "little"):
        raise ShelfTrouble("model-unknown", f"The file {name} is not a GGUF model.", "Choose a file that ends in .gguf.")
    version = cursor.number("<I")
    if version not in (2, 3):
        raise ShelfTrouble("model-unknown", f"The file {name} has GGUF version {version}, and only 2 and 3 are known.", "Choose a newer file of this model.")
    tensor_count, entry_count = cursor.number("<Q"), cursor.number("<Q")
    if tensor_count > MAX_TENSORS or entry_count > MAX_ENTRIES:
        raise cursor.damaged(f"its header promises {tensor_count} tensors and {entry_count} entries")
    entries: dict[str, Scalar] = {}
    array_lengths: dict[str, int] = {}
    for _ in range(entry_count):
        key = cursor.text(MAX_KEY_BYTES, "the name of an entry")
        if key in entries or key in array_lengths:
            raise cursor.damaged("an entry of its header is there twice")
        kind = cursor.number("<I")
        if kind == _ARRAY:
            array_lengths[key] = _skip_array(cursor, depth=1)
        elif kind == _TEXT:
            entries[key] = cursor.text(MAX_TEXT_BYTES, "an entry of its header")
        elif kind in _SCALARS:
            entries[key] = cursor.scalar(kind)
        else:
            raise cursor.damaged("an entry of its header is of an unknown kind")
    tensors = tuple(_read_tensor(cursor) for _ in range(tensor_count))
    header = GgufHeader(version, entries, array_lengths, tensors, _data_start(cursor, entries), cursor.file_bytes)
    _check_places(cursor, header)
    return header


def _skip_array(cursor: _Cursor, *, depth: int) -> int:
    """Step over an array; returns its length."""
    if depth > MAX_DEPTH:
        raise cursor.damaged("arrays in its header are nested too deeply")
    kind, length = cursor.number("<I"), cursor.number("<Q")
    if kind in _SCALARS:
        cursor.need(length * struct.calcsize(_SCALARS[kind]))
    elif kind == _TEXT:
        cursor.skip_texts(length)
    elif kind == _ARRAY:
        for _ in range(length):
            _skip_array(cursor, depth=depth + 1)
    else:
        raise cursor.damaged("an array in its header is of an unknown kind")
    return length


def _read_tensor(cursor: _Cursor) -> Tensor:
    name = cursor.text(MAX_KEY_BYTES, "the name of a tensor")
    dimensions = cursor.number("<I")
    if dimensions > MAX_DIMENSIONS:
        raise cursor.damaged(f"a tensor has {dimensions} dimensions")
    shape = tuple(cursor.number("<Q") for _ in range(dimensions))
    weights = 1
    for length in shape:
        weights *= length
        if not 0 < weights <= MAX_WEIGHTS:
            raise cursor.damaged("a tensor has an impossible size")
    number = cursor.number("<I")
    kind = WEIGHT_KINDS.get(number)
    if kind is None:
        raise ShelfTrouble("model-unknown", f"The file {cursor.name} has weights of an unknown kind (number {number}).", "Choose its Q4_K_M file instead.")
    if (shape[0] if shape else 1) % kind.block_weights:
        raise cursor.damaged(f"a tensor's rows don't divide into blocks of {kind.name}")
    return Tensor(name, shape, kind.name, cursor.number("<Q"), weights // kind.block_weights * kind.block_bytes)


def _data_start(cursor: _Cursor, entries: dict[str, Scalar]) -> int:
    alignment = entries.get("general.alignment", DEFAULT_ALIGNMENT)
    if not isinstance(alignment, int) or not 8 <= alignment <= MAX_ALIGNMENT or alignment & (alignment - 1):
        raise cursor.damaged("its alignment is impossible")
    return -(-cursor.position // alignment) * alignment


def _check_places(cursor: _Cursor, header: GgufHeader) -> None:
    """Every tensor lies in the file, and no two share a byte."""
    if not header.tensors:
        raise cursor.damaged("it has no weights")
    if len({tensor.name for tensor in header.tensors}) < len(header.tensors):
        raise cursor.damaged("a tensor is there twice")
    end = 0
    for tensor in sorted(header.tensors, key=lambda tensor: tensor.offset):
        if tensor.offset < end:
            raise cursor.damaged("two of its tensors overlap")
        end = tensor.offset + tensor.size_bytes
    if end > 2 * MAX_WEIGHTS:
        raise cursor.damaged("a tensor lies at an impossible place")
    if header.promised_bytes > header.file_bytes:
        raise ShelfTrouble(
            "model-cut-short",
            f"The file {cursor.name} ends after {_megabytes(header.file_bytes)}, but its header promises {_megabytes(header.promised_bytes)}.",
            "Download it again.",
        )


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:,.1f} MB" if size_bytes < 10_000_000 else f"{size_bytes / 1e6:,.0f} MB"

"""Pairs as a file: CSV for spreadsheets, JSONL for programs. What is read is untrusted and named by its line where it is wrong.

CSV has the columns `question`, `answer`, `collection` and `wordings` (further wordings, a line each, in one cell), in any
order, told by its first row; without such a row the first three columns are taken for question, answer and collection. Commas,
semicolons and tabs are understood, as different spreadsheets write them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from engine.reading.encodings import decode
from engine.trouble import Trouble
from engine.values import Pair, PairId

LARGEST_FILE_BYTES = 32 * 2**20
COLUMNS = ("question", "answer", "collection", "wordings")
_REQUIRED = ("question", "answer")
_DELIMITERS = ",;\t"


class PairLine(msgspec.Struct, omit_defaults=True):
    """A line of a JSONL file."""

    question: str
    answer: str
    collection: str | None = None
    wordings: tuple[str, ...] = ()


def is_jsonl(path: Path) -> bool:
    """Whether a file of this name holds JSON, a line each."""
    return path.suffix.casefold() in (".jsonl", ".ndjson", ".json")


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """The pairs of a file, without ids.

    Raises:
        Trouble: it can't be read, is no text, or a line of it is no pair.
    """
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise Trouble("pairs-unreadable", f"{path.name} is larger than {LARGEST_FILE_BYTES >> 20} MB.", "Split it into smaller files.")
        text = decode(path.read_bytes(), whole=True)
    except OSError as error:
        raise Trouble("unreadable", f"{path} can't be opened: {error.strerror or error}.", "Check the name, and that you may read it.") from error
    if text is None:
        raise Trouble("pairs-unreadable", f"{path.name} is no text.", "Save it as CSV (UTF-8) or JSONL.")
    found = tuple(_from_jsonl(path.name, text) if is_jsonl(path) else _from_csv(path.name, text))
    if not found:
        raise Trouble("pairs-unreadable", f"There is no question in {path.name}.", "Give it the columns question and answer.")
    return found


def written(pairs: Sequence[Pair], *, jsonl: bool) -> bytes:
    """The content of a file with these pairs. CSV begins with a byte order mark: some spreadsheets know UTF-8 by nothing else."""
    if jsonl:
        lines = (PairLine(pair.questions[0], pair.answer, pair.collection, pair.questions[1:]) for pair in pairs)
        return b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(COLUMNS)
    table.writerows((pair.questions[0], pair.answer, pair.collection or "", "\n".join(pair.questions[1:])) for pair in pairs)
    return text.getvalue().encode("utf-8-sig")


def _from_jsonl(name: str, text: str) -> Iterator[Pair]:
    # Not `splitlines`: a JSON string may hold U+2028 as it is, which ends no line of the file.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            told = msgspec.json.decode(line, type=PairLine)
        except msgspec.MsgspecError as error:
            raise _bad_line(name, number, f"is no question with its answer ({error})") from error
        yield _pair(name, number, told.question, told.answer, told.collection, told.wordings)


def _from_csv(name: str, text: str) -> Iterator[Pair]:
    delimiter = _delimiter_of(text)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    places: dict[str, int] | None = None
    try:
        for row in table:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if places is None:
                named = {cell.casefold(): place for place, cell in enumerate(cells)}
                if all(column in named for column in _REQUIRED):
                    places = {column: named[column] for column in COLUMNS if column in named}
                    continue
                if not {*_REQUIRED}.isdisjoint(named):
                    lacking = next(column for column in _REQUIRED if column not in named)
                    raise _bad_line(name, table.line_num, f"names the columns, but {lacking} is not among them")
                places = dict(zip(COLUMNS[:3], range(3), strict=True))
            value = {column: cells[place] if place < len(cells) else "" for column, place in places.items()}
            wordings = tuple(value.get("wordings", "").splitlines())
            yield _pair(name, table.line_num, value["question"], value["answer"], value.get("collection") or None, wordings)
    except csv.Error as error:
        raise _bad_line(name, table.line_num, f"can't be understood ({error})") from error


def _delimiter_of(text: str) -> str:
    """What parts the cells: what makes the first row name the columns, else what makes most cells of it."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def fitness(delimiter: str) -> tuple[bool, int]:
        try:
            cells = [cell.strip().casefold() for cell in next(csv.reader([first], delimiter=delimiter), [])]
        except csv.Error:
            return False, 0
        return all(column in cells for column in _REQUIRED), len(cells)

    return max(_DELIMITERS, key=fitness)


def _pair(name: str, number: int, question: str, answer: str, collection: str | None, wordings: Sequence[str]) -> Pair:
    if not question.strip() or not answer.strip():
        raise _bad_line(name, number, f"has no {'answer' if question.strip() else 'question'}")
    return Pair(PairId(""), (question, *wordings), answer, collection)


def _bad_line(name: str, number: int, why: str) -> Trouble:
    return Trouble("pairs-unreadable", f"Line {number} of {name} {why}.", "Mend it and import the file again; nothing was taken in.")

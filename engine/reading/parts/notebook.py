"""Jupyter notebooks (formats 3 and 4): a part per cell. Markdown is read as in Markdown files, code and what it printed as code.

Pictures and HTML among the outputs are left out; long outputs are cut with a count of what is missing.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from engine.reading.encodings import clean_text, decode, unreadable
from engine.reading.kinds import stem_of
from engine.reading.messages import Block, OutlineEntry, PageRead
from engine.reading.parts.markdown import markdown_parts
from engine.reading.parts.text import Parts
from engine.trouble import DocumentRefused
from engine.values import Place

MAX_CELLS = 20_000
OUTPUT_LINES = 40
OUTPUT_CHARACTERS = 4000
"""What is kept of one output; the rest is counted."""

CELL_CHARACTERS = 100_000
_TERMINAL_COLOURS = re.compile(r"\x1b\[[0-9;?]{0,20}[A-Za-z]|\x1b\][^\x07]{0,200}\x07")

_Text = str | list[str]


class _Output(msgspec.Struct, frozen=True):
    output_type: str = ""
    text: _Text | None = None
    data: dict[str, object] | None = None
    traceback: list[str] | None = None
    ename: str | None = None
    evalue: str | None = None


class _Cell(msgspec.Struct, frozen=True):
    cell_type: str = ""
    source: _Text = ""
    input: _Text = ""
    outputs: list[_Output] = []
    level: int = 1


class _Worksheet(msgspec.Struct, frozen=True):
    cells: list[_Cell] = []


class _Notebook(msgspec.Struct, frozen=True):
    cells: list[_Cell] = []
    worksheets: list[_Worksheet] = []


def open_notebook(path: Path, name: str) -> Parts:
    """A notebook.

    Raises:
        DocumentRefused: it is no notebook after all, nothing is written in it, or it can't be read.
    """
    try:
        text = decode(path.read_bytes(), whole=True)
    except OSError as error:
        raise unreadable(name, error) from error
    try:
        notebook = msgspec.json.decode((text or "").encode("utf-8", "replace"), type=_Notebook, strict=False)
    except (msgspec.DecodeError, RecursionError) as error:
        raise DocumentRefused(
            "damaged", f"“{name}” is a notebook, but what is in it can't be read.", "Open it in Jupyter, save it once more and add it again."
        ) from error
    cells = [*notebook.cells, *(cell for sheet in notebook.worksheets for cell in sheet.cells)][:MAX_CELLS]
    parts: list[PageRead] = []
    outline: list[OutlineEntry] = []
    for number, cell in enumerate(cells, start=1):
        shown, headings = _read_cell(cell, len(parts) + 1, Place("cell", number, number))
        parts += shown
        outline += headings
    if not any(part.kind == "text" for part in parts):
        raise DocumentRefused("empty", f"“{name}” is a notebook without anything written in it.", "Choose a notebook with text or code in it.")
    title = next((entry.title for entry in outline if entry.level == 1), stem_of(name))
    return Parts("notebook", title, tuple(outline), tuple(parts))


def _read_cell(cell: _Cell, number: int, place: Place) -> tuple[list[PageRead], list[OutlineEntry]]:
    """The parts of a cell (several where a Markdown cell has several headings) and its headings."""
    source = clean_text(_joined(cell.source) or _joined(cell.input))[:CELL_CHARACTERS].strip("\n")
    if cell.cell_type in ("markdown", "heading", "raw"):
        if cell.cell_type == "heading":
            source = f"{'#' * min(max(cell.level, 1), 6)} {source}"
        outline, parts, _ = markdown_parts(source.split("\n"))
        shown = [msgspec.structs.replace(part, number=number + index, place=place) for index, part in enumerate(parts)]
        return shown, [OutlineEntry(entry.level, entry.title, entry.page + number - 1) for entry in outline]
    texts = [source] if source.strip() else []
    texts += [f"Output:\n{said}" for output in cell.outputs[:50] if (said := _shown(output))]
    blocks: list[Block] = []
    at = 0
    for text in texts:
        blocks.append(Block("code", at, at + len(text)))
        at += len(text) + 2
    kind = "text" if texts else "blank"
    return [PageRead(number, None, 0.0, 0.0, kind, "\n\n".join(texts), tuple(blocks), (), (), place)], []  # type: ignore[arg-type]


def _shown(output: _Output) -> str:
    """What an output says as text, cut where it is long."""
    if output.traceback or output.ename:
        # The last lines of a traceback name the error; the calls before it are those of libraries.
        text = f"{output.ename}: {output.evalue}" if output.ename else _joined((output.traceback or [])[-1:])
    else:
        plain = (output.data or {}).get("text/plain")
        text = _joined(output.text) or (_joined(plain) if isinstance(plain, (str, list)) else "")
        if re.fullmatch(r"\s*<[\w.]+ (?:object )?(?:at 0x[0-9a-f]+|size [^>]*)[^>]*>\s*", text[:300]):
            return ""  # "<Figure size 640x480 with 1 Axes>" stands for a picture
    lines = clean_text(_TERMINAL_COLOURS.sub("", text[: 40 * OUTPUT_CHARACTERS])).strip("\n").split("\n")
    kept = "\n".join(line.rstrip() for line in lines[:OUTPUT_LINES])[:OUTPUT_CHARACTERS]
    missing = len(lines) - kept.count("\n") - 1
    cut = missing > 0 or len(text) > 40 * OUTPUT_CHARACTERS or len(kept) == OUTPUT_CHARACTERS
    return f"{kept}\n… ({missing} more lines)" if missing > 0 else f"{kept} …" if cut else kept


def _joined(text: object) -> str:
    if isinstance(text, str):
        return text
    return "".join(row for row in text if isinstance(row, str)) if isinstance(text, list) else ""

"""Notebooks become a part per cell; what code printed is kept to a bounded length."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.reading.parts.notebook import OUTPUT_LINES, open_notebook
from engine.reading.parts.text import Parts
from engine.trouble import DocumentRefused


def opened(folder: Path, content: dict[str, Any] | str) -> Parts:
    path = folder / "notes.ipynb"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return open_notebook(path, "my_notes.ipynb")


def code(source: str | list[str], *outputs: dict[str, Any]) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "outputs": list(outputs), "metadata": {}}


def markdown(source: str | list[str]) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source}


def test_every_cell_is_a_part_and_headings_are_the_outline(tmp_path: Path) -> None:
    cells = [
        markdown(["# Trees\n", "A *tree*.\n", "## Depth\n", "How deep."]),
        code(["x = 1\n", "x"], {"output_type": "execute_result", "data": {"text/plain": ["1"]}}),
    ]
    book = opened(tmp_path, {"nbformat": 4, "cells": cells})
    assert (book.kind, book.title) == ("notebook", "Trees")
    assert [(entry.level, entry.title, entry.page) for entry in book.outline] == [(1, "Trees", 1), (2, "Depth", 2)]
    assert [(part.number, part.place.kind, part.place.from_, part.text) for part in book.parts if part.place] == [
        (1, "cell", 1, "# Trees\nA *tree*."),
        (2, "cell", 1, "## Depth\nHow deep."),
        (3, "cell", 2, "x = 1\nx\n\nOutput:\n1"),
    ]
    assert [(block.kind, book.parts[2].text[block.start : block.end]) for block in book.parts[2].blocks] == [("code", "x = 1\nx"), ("code", "Output:\n1")]


def test_outputs_are_cut_with_a_count_and_only_text_is_kept(tmp_path: Path) -> None:
    long = {"output_type": "stream", "text": "".join(f"{number}\n" for number in range(1000))}
    picture = {"output_type": "display_data", "data": {"image/png": "iVBOR", "text/plain": "<Figure size 640x480 with 1 Axes>", "text/html": "<b>no</b>"}}
    error = {"output_type": "error", "ename": "KeyError", "evalue": "'a'", "traceback": ["\x1b[31m---", "in lib"]}
    texts = opened(tmp_path, {"cells": [code("f()", long, picture, error)], "nbformat": 4}).parts[0].text.split("\n\n")
    assert len(texts) == 3
    assert texts[1].splitlines()[-1] == f"… ({1000 - OUTPUT_LINES} more lines)"
    assert texts[2] == "Output:\nKeyError: 'a'"


def test_the_format_before_is_read_too(tmp_path: Path) -> None:
    cells = [{"cell_type": "heading", "level": 2, "source": ["Old"]}, {"cell_type": "code", "input": ["y = 2"], "outputs": []}]
    book = opened(tmp_path, {"nbformat": 3, "worksheets": [{"cells": cells}]})
    assert [part.text for part in book.parts] == ["## Old", "y = 2"]


@pytest.mark.parametrize("broken", ['{"cells": [{"cell_type": "code"', "[" * 50_000, '{"cells": 3}'], ids=range(3))
def test_a_broken_notebook_is_refused_with_a_remedy(tmp_path: Path, broken: str) -> None:
    with pytest.raises(DocumentRefused) as caught:
        opened(tmp_path, broken)
    assert (caught.value.notice.code, bool(caught.value.notice.remedy)) == ("damaged", True)


def test_an_empty_notebook_is_refused_as_empty(tmp_path: Path) -> None:
    with pytest.raises(DocumentRefused) as caught:
        opened(tmp_path, {"cells": [code("")], "nbformat": 4})
    assert caught.value.notice.code == "empty"

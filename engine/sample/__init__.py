"""The sample book: a short textbook on data structures, so that a fresh library can answer its first question.

`data-structures.md` is the source, `data-structures.pdf` what ships; `python -m engine.sample.build` makes the one from
the other, byte for byte the same each time. The book is licensed CC BY-SA 4.0.
"""

from __future__ import annotations

from pathlib import Path

SAMPLE_BOOK = Path(__file__).parent / "data-structures.pdf"
"""The bundled book."""

SAMPLE_BOOK_TITLE = "A Small Book of Data Structures"

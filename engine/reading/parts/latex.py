"""LaTeX sources without their commands: sections, paragraphs, theorems, code, formulas, tables, captions and footnotes.

Every file is a document of its own: what it would include is not followed.
"""

from __future__ import annotations

import re
from pathlib import Path

from engine.reading.encodings import read_text
from engine.reading.kinds import stem_of
from engine.reading.parts.latex_macros import DEFINING, Definitions, define
from engine.reading.parts.latex_reader import Reader
from engine.reading.parts.latex_source import Source
from engine.reading.parts.lined import lined_book
from engine.reading.parts.text import Parts

_BEGIN_DOCUMENT = re.compile(r"^[^%\n]*?\\begin\s*\{document\}", re.MULTILINE)
_END_DOCUMENT = re.compile(r"^[^%\n]*?(\\end\s*\{document\})", re.MULTILINE)
_PREAMBLE = re.compile(rf"%[^\n]*|\\({'|'.join(sorted(DEFINING))})\b")


def open_latex(path: Path, name: str) -> Parts:
    """A LaTeX source file.

    Raises:
        DocumentRefused: it can't be read as text.
    """
    source = Source(read_text(path, name))
    known = Definitions()
    first = _BEGIN_DOCUMENT.search(source.text)
    begin, end = 0, len(source.text)
    if first is not None:
        begin = first.end()
        for match in _PREAMBLE.finditer(source.text, 0, first.start()):
            if match[1]:
                define(source, match[1], match.end(), known)
        last = _END_DOCUMENT.search(source.text, begin)
        end = last.start(1) if last else end
    reader = Reader(source, known)
    reader.read(begin, end)
    pieces = reader.finish()
    headings = [piece.piece for piece in pieces if piece.piece.level]
    stated = reader.plain(known.title) if known.title else ""
    only = headings[0].text if headings and (len(headings) == 1 or headings[0].level < min(h.level for h in headings[1:])) else ""
    return lined_book("latex", stated or only or stem_of(name), pieces)

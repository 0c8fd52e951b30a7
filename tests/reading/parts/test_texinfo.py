"""Texinfo becomes chapters, paragraphs and examples without commands; every passage knows its lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.reading.parts.texinfo import open_texinfo
from engine.reading.parts.text import Parts

BOOK = """\
\\input texinfo
@settitle Programs, 2e
@macro newterm{term}
@cindex \\term\\
@dfn{\\term\\}
@end macro
@node Top
@chapter Building @code{lambda}
@anchor{here}

@c never read
A @newterm{closure} is @emph{not}@footnote{Or is it?

Yes.} magic; see @ref{Figure 1.1} and @math{n \\leq 2}.
@cindex closure

@lisp
(define (f x)
  @dots{} x@{@})
@end lisp

@ifinfo
f(n) ~ n
@end ifinfo
@tex
\\[ f(n) \\sim n \\]
@end tex

@enumerate
@item
First.
@item Second.
@end enumerate

@table @code
@item car
The first part.
@end table

@float
@ifinfo
The tree, for the screen.
@end ifinfo
@iftex
@caption{The tree, for print.}
@end iftex
@end float
@section Trees @dots{}
@deffn Procedure depth tree
Counts.
@end deffn
@bye
never read
"""


def opened(folder: Path, text: str) -> Parts:
    path = folder / "notes.texi"
    path.write_text(text, encoding="utf-8")
    return open_texinfo(path, "my_notes.texi")


def test_a_book_is_read_without_its_commands_and_with_its_lines(tmp_path: Path) -> None:
    book = opened(tmp_path, BOOK)
    assert (book.kind, book.title) == ("texinfo", "Programs, 2e")
    assert [(entry.level, entry.title, entry.page) for entry in book.outline] == [(1, "Building lambda", 1), (2, "Trees …", 2)]
    assert [(block.kind, part.text[block.start : block.end], lines) for part in book.parts for block, lines in zip(part.blocks, part.lines, strict=True)] == [
        ("heading", "Building lambda", (8, 8)),
        ("prose", "A closure is not magic; see Figure 1.1 and n ≤ 2.", (12, 14)),
        ("footnote", "Or is it? Yes.", (12, 14)),
        ("code", "(define (f x)\n  … x{})", (18, 19)),
        ("formula", "f(n) \\sim n", (25, 27)),
        ("prose", "1. First.", (30, 31)),
        ("prose", "2. Second.", (32, 32)),
        ("prose", "car: The first part.", (36, 37)),
        ("prose", "The tree, for the screen.", (42, 42)),
        ("heading", "Trees …", (48, 48)),
        ("code", "Procedure depth tree", (49, 49)),
        ("prose", "Counts.", (50, 50)),
    ]
    assert [book.parts[0].text[start:end] for start, end in book.parts[0].emphasis] == ["closure", "not"]


@pytest.mark.parametrize("hostile", ["@code{" * 3000, "{\n" * 5000, "@lisp\n" * 3000, "@table @code\n@item a\n" * 2000, "@" * 5000, "}" * 5000], ids=range(6))
def test_hostile_books_come_to_an_end(tmp_path: Path, hostile: str) -> None:
    assert opened(tmp_path, hostile).parts

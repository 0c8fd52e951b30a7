"""reStructuredText becomes sections, paragraphs and blocks without marks; every passage knows its lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.reading.parts.rst import open_rst
from engine.reading.parts.text import Parts

PAGE = """\
.. _routing:

Routing
=======

A *router* forwards :term:`packets <packet>`; see :ref:`the forwarding
chapter <forwarding>` and ``ip route``. [#f]_

.. A comment that nobody should read.

.. note:: Tables are
   small.

   And fast.

Code
----

An example::

    x = 1

      y = 2

.. code-block:: python
   :linenos:
   :caption: A loop

   for hop in path:
       print(hop)

.. toctree::

   intro

.. unknown:: with arguments

   Kept as content.

- first
  item

- second

  #. nested

cost
    What a path takes.

+------+-------+
| hop  | cost  |
+======+=======+
| a    | 1     |
|      | more  |
+------+-------+

.. figure:: net.png
   :scale: 50

   The network.

.. math:: a = b

.. [#f] A footnote
   of two lines.
"""


def opened(folder: Path, text: str) -> Parts:
    path = folder / "notes.rst"
    path.write_text(text, encoding="utf-8")
    return open_rst(path, "my_notes.rst")


def pieces(book: Parts) -> list[tuple[str, str, tuple[int, int]]]:
    return [(block.kind, part.text[block.start : block.end], lines) for part in book.parts for block, lines in zip(part.blocks, part.lines, strict=True)]


def test_a_page_is_read_without_its_marks_and_with_its_lines(tmp_path: Path) -> None:
    book = opened(tmp_path, PAGE)
    assert (book.kind, book.title) == ("rst", "Routing")
    assert [(entry.level, entry.title, entry.page) for entry in book.outline] == [(1, "Routing", 1), (2, "Code", 2)]
    assert pieces(book) == [
        ("heading", "Routing", (3, 4)),
        ("prose", "A router forwards packets; see the forwarding chapter and ip route. [f]", (6, 7)),
        ("prose", "Note: Tables are small.", (11, 12)),
        ("prose", "And fast.", (14, 14)),
        ("heading", "Code", (16, 17)),
        ("prose", "An example:", (19, 19)),
        ("code", "x = 1\n\n  y = 2", (21, 23)),
        ("code", "for hop in path:\n    print(hop)", (29, 30)),
        ("caption", "A loop", (25, 25)),
        ("prose", "with arguments", (36, 36)),
        ("prose", "Kept as content.", (38, 38)),
        ("prose", "• first item", (40, 41)),
        ("prose", "• second", (43, 43)),
        ("prose", "  #. nested", (45, 45)),
        ("prose", "cost: What a path takes.", (47, 48)),
        ("table", "hop | cost\na | 1 more", (50, 55)),
        ("caption", "The network.", (60, 60)),
        ("formula", "a = b", (62, 62)),
        ("footnote", "[f] A footnote of two lines.", (64, 65)),
    ]
    assert [book.parts[0].text[start:end] for start, end in book.parts[0].emphasis] == ["router", "packets"]


def test_files_that_a_page_names_are_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    book = opened(
        tmp_path, f"Text.\n\n.. include:: {secret}\n\n.. literalinclude:: {secret}\n\n.. csv-table::\n   :file: {secret}\n\n.. raw:: html\n   :file: {secret}\n"
    )
    assert [text for _, text, _ in pieces(book)] == ["Text."]


def test_definitions_of_sphinx_keep_signature_and_text(tmp_path: Path) -> None:
    found = pieces(opened(tmp_path, ".. py:function:: depth(tree)\n\n   The depth of a tree.\n\n   :param tree: any tree\n"))
    assert [(kind, text) for kind, text, _ in found] == [("code", "depth(tree)"), ("prose", "The depth of a tree."), ("prose", "param tree: any tree")]


@pytest.mark.parametrize(
    "hostile",
    [
        "".join("   " * depth + ".. note::\n\n" for depth in range(200)),
        "".join("  " * depth + "- a\n" for depth in range(300)),
        "a\n=\n" * 3000,
        ":a:`" * 5000,
        "|a|" * 5000,
        "*a " * 5000,
        "+-+\n" * 3000,
        "== ==\n" * 3000,
        "``" * 5001,
    ],
    ids=range(9),
)
def test_hostile_pages_come_to_an_end(tmp_path: Path, hostile: str) -> None:
    assert opened(tmp_path, hostile).parts

"""Every chunk gets its vector, and equal texts are embedded once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.messages import DocumentStudied

pytestmark = pytest.mark.real

OpenDesk = Callable[..., Any]
Scripted = Callable[..., tuple[str, ...]]

ASKED = "texts.log"


@pytest.fixture
def desk(open_desk: OpenDesk, scripted_reader: Scripted, tmp_path: Path) -> Any:
    return open_desk(reader=scripted_reader(), embedder=("--log", str(tmp_path / ASKED)))


def write(path: Path, *pages: str) -> Path:
    path.write_text("\f".join(pages))
    return path


def asked(tmp_path: Path) -> list[str]:
    """Every text that the embedder was asked for."""
    log = tmp_path / ASKED
    return log.read_text().splitlines() if log.exists() else []


def vectors(desk: Any) -> list[tuple[str, bytes]]:
    with desk.library.database.reading() as connection:
        rows = connection.execute(
            """SELECT substr(p.text, c.start + 1, c."end" - c.start), v.vector
               FROM vectors v JOIN chunks c ON c.id = v.chunk JOIN pages p ON p.document = c.document AND p.number = c.page ORDER BY c.id"""
        )
        return list(rows)


def test_a_second_edition_is_embedded_only_where_it_differs(desk: Any, tmp_path: Path) -> None:
    pages = [f"Page {number} tells how a tree keeps its {number} leaves in order." for number in range(1, 41)]
    desk.study(write(tmp_path / "first.txt", *pages))
    assert len(asked(tmp_path)) == 40
    changed = ["This is the second edition.", *pages[1:30], "A new page about heaps stands here.", *pages[31:]]
    (studied,) = [each for each in desk.study(write(tmp_path / "second.txt", *changed)) if isinstance(each, DocumentStudied)]
    assert (studied.state, studied.chunks) == ("ready", 40)
    assert len(asked(tmp_path)) == 42
    held = vectors(desk)
    assert len(held) == 80
    assert len({text for text, _ in held}) == len({*held}) == 42  # the same text has the same vector, and no other
    assert desk.library.verify() == ((), ())


def test_equal_texts_of_one_batch_are_embedded_once_and_each_keeps_its_vector(desk: Any, tmp_path: Path) -> None:
    exercise = "Write a program that prints the tree."
    desk.study(write(tmp_path / "exercises.txt", exercise, "How many leaves has it?", exercise, exercise))
    assert len(asked(tmp_path)) == 2
    texts = [text for text, _ in vectors(desk)]
    assert texts == [exercise, "How many leaves has it?", exercise, exercise]
    assert len(set(vectors(desk))) == 2


def test_a_removed_book_takes_its_vectors_along_and_the_other_edition_keeps_its_own(desk: Any, tmp_path: Path) -> None:
    pages = [f"Page {number} tells how a tree keeps its leaves." for number in range(1, 4)]
    desk.study(write(tmp_path / "first.txt", *pages))
    desk.study(write(tmp_path / "second.txt", *pages, "An epilogue."))
    first = next(row.document for row in desk.library.documents() if row.title == "first")
    desk.library.remove([first])
    assert len(vectors(desk)) == 4
    assert desk.library.verify() == ((), ())


def test_a_damaged_vector_is_not_passed_on(desk: Any, tmp_path: Path) -> None:
    desk.study(write(tmp_path / "first.txt", "A tree keeps its leaves in order."))
    with desk.library.database.transaction() as connection:
        connection.execute("UPDATE vectors SET vector = zeroblob(length(vector))")
    desk.study(write(tmp_path / "second.txt", "A tree keeps its leaves in order.", "And more."))
    assert len(asked(tmp_path)) == 3

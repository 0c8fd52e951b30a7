"""Pictures of the real window for the documentation: `python -m desktop.screenshots --out docs/screenshots`.

The window is driven through its scenes by the signals that a student's clicks would send, with the real engine or with a
scripted one, and each scene is written as a PNG. Under Xvfb (`xvfb-run -a`) the fonts are those of a desktop.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from PySide6.QtCore import QEventLoop, QRectF, Qt, QTimer
from PySide6.QtGui import QFont, QPageSize, QPainter, QPdfWriter

from desktop.app import make_application, make_window
from desktop.engine_client import EngineClient, engine_command
from desktop.library_model import fraction_done
from desktop.main_window import MainWindow

WIDTH_PX, HEIGHT_PX = 1360, 860
PATIENCE_S = 240
"""How long a scene may take to come about (a real model on a slow machine)."""

QUESTION = "What is a red-black tree?"
CHINESE_QUESTION = "什么是红黑树？"
CHINESE_NOTES = """# 平衡查找树

## 红黑树

红黑树是一种自平衡的二叉查找树。每个结点上增加一个存储位来表示结点的颜色，颜色可以是红色或黑色。
根结点是黑色的。红结点的两个孩子都是黑色的。从任一结点到其所有后代叶结点的路径上，黑结点的数目相同。
由于这些约束，没有一条路径会比其他路径长出两倍，因此树是近似平衡的，查找的时间为 O(log n)。

## 跳表

跳表是一种随机化的数据结构，用多层有序链表来加速查找，平均查找时间同样是 O(log n)。
"""

SCRIPTED_BOOKS = ("broken/Scanned lecture notes", "Elementary Algorithms", "huge/Structure and Interpretation of Computer Programs")
"""What the scripted engine is given: it refuses what is broken and is long about what is huge."""

ENOUGH_CHARACTERS = 90
"""Of an answer on its way, so that it looks like one."""

ENOUGH_PROGRESS = 0.06
"""Of a book being read, so that its bar can be seen."""

LONG_BOOKS = (("Lecture notes on algorithms", 640), ("Exercises with solutions", 180))
"""Title and pages of what is read while the picture of reading is taken."""


PYTHON_NOTEBOOK = (
    ("markdown", "# Heaps in Python\n\nA heap is a binary tree in which no child is smaller than its parent, so the smallest item is always at the root."),
    ("markdown", "## Keeping a heap in a list\n\nThe children of the item at index i stand at 2i + 1 and 2i + 2. No pointers are needed."),
    ("code", "import heapq\n\n\ndef smallest(items, count):\n    heap = list(items)\n    heapq.heapify(heap)  # linear time\n"
             "    return [heapq.heappop(heap) for _ in range(count)]"),
)  # fmt: skip
"""Kind and text of the cells of a notebook that stands beside the books."""

PART_QUESTION = "At which index do the children of the item at index i stand?"
COLLECTION = "Term 3"


class SceneMissed(Exception):
    """A scene did not come about in time."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The window under the camera."""

    window: MainWindow
    client: EngineClient
    folder: Path
    out: Path
    is_scripted: bool

    def wait(self, what: str, until: Callable[[], bool], seconds: float = PATIENCE_S) -> None:
        """Let the window live until a condition holds.

        Raises:
            SceneMissed: it did not hold in time.
        """
        loop, look, end = QEventLoop(), QTimer(), QTimer()
        look.timeout.connect(lambda: loop.quit() if until() else None)
        end.setSingleShot(True)
        end.timeout.connect(lambda: loop.exit(1))
        look.start(20)
        end.start(round(seconds * 1000))
        if loop.exec() != 0:
            raise SceneMissed(what)

    def rest(self, milliseconds: int = 400) -> None:
        """Let everything that is on its way be painted."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def shoot(self, name: str) -> None:
        """Write the window as a picture."""
        self.rest()
        file = self.out / f"{name}.png"
        if not self.window.grab().save(str(file)):
            raise SceneMissed(f"{file} could not be written")
        sys.stderr.write(f"{file}\n")

    def make_books(self) -> list[str]:
        """Books to be read, where none were named."""
        if self.is_scripted:
            return [f"/books/{path}.pdf" for path in SCRIPTED_BOOKS]
        return [str(write_long_book(self.folder / f"{title}.pdf", pages)) for title, pages in LONG_BOOKS]

    def add(self, *files: Path) -> None:
        """Take files in, and wait until they are read."""
        before = self.window.library.rows()
        self.window.library_flow.add([str(file) for file in files])
        self.wait("the files", lambda: len(self.window.library.rows()) > len(before) and not self.window.library_flow.is_studying)

    def ask(self, question: str) -> None:
        """Ask, and wait for the whole answer."""
        before = len(self.window.questions.answers)
        self.window.chat.asked.emit(question)
        self.wait(f"the answer to {question}", lambda: len(self.window.questions.answers) > before)

    def click_first_citation(self) -> None:
        """Click the first citation of the latest answer, and wait for its page."""
        answer = self.window.questions.answers[-1]
        if not answer.citations:
            raise SceneMissed(f"{answer.question} was answered without a citation: {answer.answer}")
        self.window.chat.citation_clicked.emit(answer.citations[0])
        self.wait("the page", lambda: not self.window.pages.is_waiting)


def write_long_book(file: Path, pages: int) -> Path:
    """A PDF with many pages of text, so that there is something to watch being read."""
    writer = QPdfWriter(str(file))
    writer.setTitle(file.stem)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    writer.setResolution(72)
    painter = QPainter(writer)
    painter.setFont(QFont("Noto Serif", 9))
    for page in range(1, pages + 1):
        if page > 1:
            writer.newPage()
        lines = [f"{page}. Problem {page}", ""]
        lines += [f"Step {page}.{step}: compare key {step * page % 97} with key {step + page}, and go on with the larger half." for step in range(1, 20)]
        painter.drawText(QRectF(20, 20, 340, 500), int(Qt.TextFlag.TextWordWrap), "\n".join(lines))
    painter.end()
    return file


def write_notebook(file: Path) -> Path:
    """A notebook of a few cells."""
    ran = {"outputs": [], "execution_count": 1}
    cells = [{"cell_type": kind, "metadata": {}, "source": text} | (ran if kind == "code" else {}) for kind, text in PYTHON_NOTEBOOK]
    file.write_bytes(msgspec.json.encode({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}))
    return file


def write_other_kinds(folder: Path) -> list[Path]:
    """Files of several kinds, one of which can't be read."""
    page = folder / "Graphs and networks.html"
    body = "<h1>Graphs</h1><p>A graph is a set of nodes and a set of edges.</p>"
    page.write_text(f"<html><head><title>Graphs and networks</title></head><body>{body}</body></html>", encoding="utf-8")
    old = folder / "Exam of last year.doc"
    old.write_bytes(b"{\\rtf1 an old word processor's file}")
    return [page, write_notebook(folder / "Heaps in Python.ipynb"), old]


def shoot_all(stage: Stage, books: Sequence[str], wanted: Callable[[str], bool]) -> None:
    """Go through the scenes."""
    window = stage.window
    stage.wait("the library", lambda: any(row.document is not None and row.document.state == "ready" for row in window.library.rows()))
    stage.wait("the engine's state", lambda: "…" not in window.sidebar.status.whole_text)
    if wanted("empty"):
        stage.shoot("empty")
    if wanted("answering") or wanted("citation") or wanted("dark"):
        shoot_answers(stage, wanted)
    if wanted("chinese"):
        shoot_chinese(stage)
    if wanted("parts") and not stage.is_scripted:
        shoot_parts(stage)
    if wanted("indexing"):  # last, because the sample book takes no part in searches once there are others
        shoot_indexing(stage, books)
    if wanted("hit-test"):
        shoot_hit_test(stage)
    if wanted("models"):
        window.models.open()
        stage.wait("the shelf", lambda: bool(window.models.dialog.cards))
        stage.rest()
        window.models.dialog.grab().save(str(stage.out / "models.png"))
        window.models.dialog.accept()


def shoot_indexing(stage: Stage, books: Sequence[str]) -> None:
    """A book is read: pages, speed and time left."""
    window = stage.window
    window.begin_new()
    if not stage.is_scripted:
        stage.add(*write_other_kinds(stage.folder))
        for row in window.library.rows():
            if row.document is not None and row.title in ("Heaps in Python", "Graphs and networks"):
                window.living.collect(row.key, COLLECTION)
        stage.wait("the collection", lambda: window.library.collections() == (COLLECTION,))
    window.sidebar.lists.setSizes([170, 640])
    window.library_flow.add(books)
    stage.wait("progress", lambda: any((fraction_done(row) or 0) > ENOUGH_PROGRESS for row in window.library.rows()))
    stage.shoot("indexing")
    for row in window.library.rows():
        window.library_flow.stop(row.key)
    stage.wait("the stop", lambda: not window.library_flow.is_studying)


def shoot_parts(stage: Stage) -> None:
    """An answer from a notebook: the cell that it comes from."""
    window = stage.window
    window.begin_new()
    stage.add(write_notebook(stage.folder / "Heaps in Python.ipynb"))
    stage.ask(PART_QUESTION)
    stage.click_first_citation()
    stage.shoot("parts")
    window.escape()


def shoot_answers(stage: Stage, wanted: Callable[[str], bool]) -> None:
    """An answer on its way, the same with a citation open, and that in the dark."""
    window = stage.window
    window.chat.asked.emit(QUESTION)
    stage.wait("the first words", lambda: window.questions.written > ENOUGH_CHARACTERS or not window.questions.is_answering)
    if wanted("answering"):
        stage.shoot("answering")
    if stage.is_scripted:  # which holds still until it is stopped
        window.questions.stop()
        window.begin_new()
        window.chat.asked.emit(QUESTION)
    stage.wait("the answer", lambda: not window.questions.is_answering and bool(window.questions.answers))
    stage.click_first_citation()
    if wanted("citation"):
        stage.shoot("citation")
    if wanted("dark"):
        window.choose_scheme("dark")
        stage.shoot("dark")
        window.choose_scheme("light")
    window.escape()


def shoot_hit_test(stage: Stage) -> None:
    """A question under test."""
    stage.window.hit_test.open()
    dialog = stage.window.hit_test.dialog
    if dialog is None:
        raise SceneMissed("the dialog of the hit test")
    dialog.question.setText(QUESTION)
    dialog.button.click()
    stage.wait("the test", dialog.button.isEnabled)
    stage.rest()
    dialog.grab().save(str(stage.out / "hit-test.png"))
    dialog.accept()


def shoot_chinese(stage: Stage) -> None:
    """A Chinese question on Chinese notes."""
    window = stage.window
    notes = stage.folder / "数据结构笔记.md"
    notes.write_text(CHINESE_NOTES, encoding="utf-8")
    window.library_flow.add([str(notes)])
    stage.wait("the notes", lambda: any(row.title and row.document is not None and row.document.path == str(notes) for row in window.library.rows()))
    stage.wait("the notes read", lambda: not window.library_flow.is_studying)
    window.begin_new()
    stage.ask(CHINESE_QUESTION)
    stage.click_first_citation()
    stage.shoot("chinese")


def main() -> int:
    """Take the pictures; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m desktop.screenshots", description="Pictures of the real window for the documentation.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--engine", choices=("real", "scripted"), default="real")
    parser.add_argument("--scene", action="append", choices=("empty", "indexing", "answering", "citation", "dark", "chinese", "models", "parts", "hit-test"))
    parser.add_argument("--book", action="append", default=[], help="a book to show being read (real engine)")
    parser.add_argument("--language", default="en", choices=("en", "zh_CN"), help="what the window speaks")
    parser.add_argument("--scale", default="2", help="device pixels per pixel")
    chosen = parser.parse_args()
    os.environ.setdefault("QT_SCALE_FACTOR", chosen.scale)
    chosen.out.mkdir(parents=True, exist_ok=True)
    application = make_application(chosen.language)
    with tempfile.TemporaryDirectory(prefix="bytebrain-pictures-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        client = EngineClient(command=scripted_command(home) if chosen.engine == "scripted" else engine_command(home), log=home / "logs" / "engine.log")
        window = make_window(home=home, client=client)
        window.choose_scheme("light")
        window.first_frame.connect(client.start)
        window.resize(WIDTH_PX, HEIGHT_PX)
        window.show()
        try:
            stage = Stage(window, client, Path(folder), chosen.out, chosen.engine == "scripted")
            books = [str(Path(book).resolve()) for book in chosen.book]
            shoot_all(stage, books or stage.make_books(), lambda scene: not chosen.scene or scene in chosen.scene)
        except SceneMissed as missed:
            sys.stderr.write(f"This did not come about: {missed}\n")
            return 1
        finally:
            window.close()
            application.processEvents()
    return 0


def scripted_command(home: Path) -> tuple[str, ...]:
    """The scripted engine of the tests (in a source checkout)."""
    script = Path(__file__).resolve().parents[1] / "tests" / "desktop" / "scripted_engine.py"
    return (sys.executable, str(script), "--home", str(home), "--scene", "photo")


if __name__ == "__main__":
    sys.exit(main())

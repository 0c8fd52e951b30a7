"""A program that adds books to a home and can be killed: `adding_process.py HOME BOOK…` prints what is said, a line each.

With `--full SIZE` the home is a small disk of its own (made in a namespace of this process): the books are added until it is
full, then the disk is made larger and they are added again; what came of each is printed as JSON.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from engine.cancellation import Cancellation
from engine.children import Child, Nursery
from engine.embedding import messages as embedding
from engine.embedding.pieces import estimate_pieces
from engine.home import Home
from engine.library.library import Library
from engine.meaning import Meaning
from engine.messages import DocumentStudied
from engine.reading import messages as reading
from engine.studying.study import Studying
from engine.trouble import Trouble

TESTS = Path(__file__).parent.parent
ROOMY = "64m"


def add(home: Path, books: list[str], *, show: bool) -> list[DocumentStudied]:
    """Study the books as `bytebrain add` does, with a reader and an embedder that need no models."""
    library, nursery = Library.open(Home(home), writable=True), Nursery()
    command = (sys.executable, "-P")
    reader = Child(
        role="reader",
        command=(*command, str(TESTS / "studying" / "scripted_reader.py")),
        nursery=nursery,
        protocol=reading.PROTOCOL,
        accepts=reading.Report,
        endings=reading.ENDINGS,
    )
    embedder = Child(
        role="embedder",
        command=(*command, str(TESTS / "hashing_embedder.py")),
        nursery=nursery,
        protocol=embedding.PROTOCOL,
        accepts=embedding.Report,
        endings=embedding.ENDINGS,
    )
    meaning = Meaning(child=embedder, directory=home, backend="onnx", threads=1, languages=("en",))
    studying = Studying(library=library, reader=reader, meaning=meaning, count_pieces=estimate_pieces)
    outcome: list[DocumentStudied] = []
    try:
        for said in studying.study(books, cancellation=Cancellation()):
            if show:
                sys.stdout.write(type(said).__name__ + "\n")
                sys.stdout.flush()
            if isinstance(said, DocumentStudied):
                outcome.append(said)
        if meaning.state == "ready":
            library.index("hashing").prepare(lambda: False)
    finally:
        for child in (reader, embedder):
            child.close()
        nursery.close()
        library.close()
    return outcome


def attempt(home: Path, books: list[str]) -> dict[str, Any]:
    """What came of adding, and what `verify` says then."""
    try:
        codes = [studied.code or studied.state for studied in add(home, books, show=False)]
    except Trouble as trouble:
        codes = [trouble.notice.code]
    try:
        with Library.open(Home(home), writable=False) as library:
            problems, rows = library.verify()[0], [row.pages_read for row in library.documents()]
    except Trouble as trouble:
        problems, rows = (trouble.notice.code,), []
    return {"codes": codes, "problems": problems, "pages": rows}


def fill(home: Path, books: list[str], size: str) -> None:
    """Add to a disk that is too small, then to a roomy one."""
    mount = ("mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(home))
    subprocess.run(mount, check=True)
    full = attempt(home, books)
    subprocess.run(("mount", "-o", f"remount,size={ROOMY}", str(home)), check=True)
    sys.stdout.write(json.dumps({"full": full, "roomy": attempt(home, books)}) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("books", nargs="+")
    parser.add_argument("--full", metavar="SIZE")
    arguments = parser.parse_args()
    if arguments.full:
        fill(arguments.home, arguments.books, arguments.full)
    else:
        add(arguments.home, arguments.books, show=True)

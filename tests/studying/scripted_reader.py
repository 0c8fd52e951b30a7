"""A real reader child without MuPDF: a document is a text whose pages are parted by form feeds. Misbehaves when told to.

Run as `python scripted_reader.py [--die-at PAGE …] [--survey]`. A text that begins with "LOCKED secret" wants that password.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from engine.cancellation import Cancellation
from engine.reading import messages as m
from engine.serving import serve
from engine.trouble import DocumentRefused


def handle(request: m.ReadDocument, cancellation: Cancellation) -> Iterator[m.Report]:
    pages = Path(request.path).read_text(encoding="utf-8").split("\f")
    first, _, password = pages[0].partition(" ")
    if first == "LOCKED" and password.strip() not in request.passwords:
        raise DocumentRefused("encrypted", "It is locked.", "Give its password.")
    yield m.DocumentOpened("pdf", Path(request.name).stem, len(pages), True, ())
    if arguments.survey and arguments.die_at:
        os.abort()  # as a reader does that looks through the whole document before it gives the first page out
    pictures: list[int] = []
    for number in range(request.first_page, len(pages) + 1):
        cancellation.raise_if_cancelled()
        if number in arguments.die_at and "deadly" in request.name:
            os.abort()
        text = pages[number - 1].strip()
        if text == "PICTURE":
            pictures.append(number)
            text = "recognised" if request.recognise else ""
        yield m.PageRead(number, str(number), 595.0, 842.0, "text", text, (m.Block("prose", 0, len(text)),) if text else (), ())
    yield m.DocumentRead(len(pages), tuple(pictures))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--die-at", type=int, nargs="*", default=[])
    parser.add_argument("--survey", action="store_true")
    arguments = parser.parse_args()
    sys.stdout.flush()
    serve(role="reader", protocol=m.PROTOCOL, accepts=m.Request, prepare=lambda: handle)

"""A small real child for the tests of supervision: says back what it is told, and misbehaves when told to."""

from __future__ import annotations

import argparse
import os
import sys
import threading
from collections.abc import Iterator

import msgspec

from engine.cancellation import Cancellation
from engine.serving import serve
from engine.trouble import Trouble
from engine.wire import Cancel, Cancelled, Failed, Hello


class Say(msgspec.Struct, frozen=True, tag=True):
    text: str
    times: int = 0


class Whispered(msgspec.Struct, frozen=True, tag=True):
    text: str


class Said(msgspec.Struct, frozen=True, tag=True):
    text: str


Request = Say | Cancel
Report = Hello | Whispered | Said | Failed | Cancelled


def handle(request: Say, cancellation: Cancellation) -> Iterator[Whispered | Said]:
    if request.text == "die":
        os.abort()
    if request.text == "bug":
        raise ZeroDivisionError("a bug")
    if request.text == "trouble":
        raise Trouble("echo-trouble", "The echo is hoarse.", "Drink something.")
    if request.text == "sleep":
        threading.Event().wait()
    if request.text == "mute":
        os.closerange(3, 20)  # the duplicate of descriptor 1 is among them
        threading.Event().wait()
    if request.text == "printing":
        print('{"id": 1, "body": "not a message"}')
        os.write(1, b"raw bytes on descriptor one\n")
    while request.text == "forever":
        cancellation.raise_if_cancelled()
        yield Whispered("…")
        threading.Event().wait(0.001)
    for _ in range(request.times):
        yield Whispered(request.text)
    yield Said(request.text)


if __name__ == "__main__":
    sys.path.insert(0, os.getcwd())
    parser = argparse.ArgumentParser()
    parser.add_argument("--protocol", type=int, default=1)
    serve(role="echo", protocol=parser.parse_args().protocol, accepts=Request, prepare=lambda: handle)

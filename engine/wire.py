"""The wire between two processes: JSON lines over a pair of pipes, each line one envelope.

A process that speaks on the wire claims it first: file descriptor 1 is duplicated for messages and then pointed at
stderr, *before* any heavy import, so that stray prints of C libraries can't tear a message. The end of stdin means that
the parent is gone.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from typing import Any, BinaryIO, Generic, TypeVar

import msgspec

from engine.trouble import Notice

MAX_LINE_BYTES = 64 * 2**20
"""Longer lines than this are torn or hostile: no message of ours comes near (the largest is a dense page, under 1 MiB)."""

Body = TypeVar("Body")


class Envelope(msgspec.Struct, Generic[Body], frozen=True):
    """One line: the request's number (0: unasked) and what is said about it."""

    id: int
    body: Body


class Hello(msgspec.Struct, frozen=True, tag=True):
    """The first line that a child says: who it is and which version of the protocol it speaks."""

    role: str
    protocol: int


class Cancel(msgspec.Struct, frozen=True, tag=True):
    """Stop the request of this number. Has no ending of its own: the stopped request ends with Cancelled."""

    request: int


class Failed(msgspec.Struct, frozen=True, tag=True):
    """The request could not be done. `bug` is set where it is our fault and not the world's."""

    notice: Notice
    bug: bool = False


class Cancelled(msgspec.Struct, frozen=True, tag=True):
    """The request was stopped by a person."""


class WireBroken(Exception):
    """What came over the wire is no message: too long, no JSON, or of no known kind."""


class Wire:
    """Both ends of a pair of pipes. Sending is safe from any thread; receiving belongs to one."""

    def __init__(self, incoming: BinaryIO, outgoing: BinaryIO, *, accepts: Any) -> None:
        """`accepts` is the union of message types that may come in."""
        self._incoming = incoming
        self._outgoing = outgoing
        self._decoder: msgspec.json.Decoder[Envelope[Any]] = msgspec.json.Decoder(Envelope[accepts])
        self._encoder = msgspec.json.Encoder()
        self._sending = threading.Lock()

    @classmethod
    def claim(cls, *, accepts: Any) -> Wire:
        """Take stdin and stdout of this process for messages; from here on, prints go to stderr."""
        incoming = os.fdopen(os.dup(0), "rb", buffering=2**16)
        outgoing = os.fdopen(os.dup(1), "wb", buffering=0)
        os.dup2(2, 1)
        with open(os.devnull, "rb") as nothing:
            os.dup2(nothing.fileno(), 0)
        sys.stdout = sys.stderr
        return cls(incoming, outgoing, accepts=accepts)

    def send(self, number: int, body: Any) -> None:
        """Write one envelope.

        Raises:
            OSError: the other side is gone.
        """
        line = self._encoder.encode(Envelope(id=number, body=body)) + b"\n"
        with self._sending:
            view = memoryview(line)
            while view:
                written = self._outgoing.write(view)
                view = view[written or 0 :]
            self._outgoing.flush()

    def receive(self) -> Iterator[Envelope[Any]]:
        """Every envelope that comes in, until the other side closes.

        Raises:
            WireBroken: a line that is no message.
        """
        while line := self._incoming.readline(MAX_LINE_BYTES):
            if not line.endswith(b"\n"):
                if len(line) >= MAX_LINE_BYTES:
                    raise WireBroken(f"a line of more than {MAX_LINE_BYTES} bytes")
                return  # torn by the death of the writer
            try:
                yield self._decoder.decode(line)
            except (msgspec.DecodeError, msgspec.ValidationError) as error:
                raise WireBroken(str(error)) from error

    def close(self) -> None:
        """Close the sending side; the other process sees its stdin end."""
        with self._sending:
            self._outgoing.close()

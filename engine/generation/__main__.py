"""The generator child: `python -P -m engine.generation` speaks engine.generation.messages on its standard handles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from engine.cancellation import Cancellation
from engine.generation.messages import PROTOCOL, Request
from engine.serving import serve


def prepare() -> Callable[[Any, Cancellation], Iterator[Any]]:
    """Open llama.cpp; done when the first request has come, after the wire is claimed."""
    from engine.generation.generator import Generator
    from engine.generation.runtime import Runtime

    return Generator(Runtime.open()).handle


def main() -> None:
    """Serve until the parent closes the pipe."""
    serve(role="generator", protocol=PROTOCOL, accepts=Request, prepare=prepare, niceness=0)


if __name__ == "__main__":
    main()

"""The self-test: every native part is imported, every child started and killed, and one real question answered.

It is the proof that an installation, above all a frozen one, is whole. It works in a home of its own choosing (the
command line passes the one it was given) and needs no network.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from engine import messages as m
from engine.trouble import Trouble
from engine.values import Check, Document, Scope

if TYPE_CHECKING:
    from engine.brain import Brain
    from engine.cancellation import Cancellation

QUESTION = "What is a red-black tree?"


def steps(brain: Brain, cancellation: Cancellation) -> Iterator[Check]:
    """Every step; a step that fails says why and the rest is still tried."""
    tried: tuple[tuple[str, Callable[[Brain, Cancellation], str]], ...] = (
        ("native parts", _import_native_parts),
        ("read a PDF", _read_sample),
        ("embed", _embed),
        ("load the model", _load_model),
        ("draw a page", _draw),
        ("answer with a citation", _answer),
        ("kill and restart each child", _kill_each_child),
        ("verify the library", _verify),
    )
    for name, step in tried:
        began = time.monotonic()
        try:
            detail = step(brain, cancellation)
        except (Trouble, ImportError, AssertionError, OSError) as error:
            remedy = error.notice.remedy if isinstance(error, Trouble) else "Install ByteBrain again."
            yield Check(name, False, str(error) or type(error).__name__, remedy)
        else:
            yield Check(name, True, f"{detail} ({time.monotonic() - began:.1f} s)")


def _import_native_parts(brain: Brain, _cancellation: Cancellation) -> str:
    """Those of this process; the children import theirs in the next steps."""
    import sqlite3

    from engine.embedding.pieces import load_piece_counter
    from engine.library.vector_index import try_native

    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    connection.close()
    count = load_piece_counter(brain.shelving.exported_embedder)
    assert count("red-black tree") >= 3, "the word-piece counter does not count"
    try_native()
    devices = brain.generator.devices()
    return f"SQLite {sqlite3.sqlite_version} with FTS5, hnswlib, tokenizers, llama.cpp with {devices.backend}"


def _read_sample(brain: Brain, cancellation: Cancellation) -> str:
    for _ in brain.handle(m.StudySample(), cancellation):
        pass
    sample = _sample(brain)
    assert sample.state == "ready", f"the sample book is {sample.state}: {sample.reason}"
    return f"{sample.pages} pages, {sample.chunks} chunks"


def _sample(brain: Brain) -> Document:
    samples = [document for document in brain.documents() if document.sample]
    assert samples, "the sample book is missing"
    return samples[0]


def _embed(brain: Brain, cancellation: Cancellation) -> str:
    embedded = brain.meaning.embed(["a red-black tree", "a hash table"], cancellation=cancellation)
    assert len(embedded.vectors) == 2 * 4 * embedded.dimensions, "vectors of the wrong size"
    return f"{embedded.dimensions} dimensions"


def _load_model(brain: Brain, cancellation: Cancellation) -> str:
    model = brain.shelving.chosen_generator()
    assert model is not None, "there is no model on the shelf"
    brain.generator.load(model, cancellation=cancellation)
    return brain.generator.detail


def _draw(brain: Brain, cancellation: Cancellation) -> str:
    drawn = brain.ask_once(m.DrawPage(_sample(brain).document, 1), m.PageDrawn, cancellation)
    return f"{drawn.picture.width} × {drawn.picture.height} pixels"


def _answer(brain: Brain, cancellation: Cancellation) -> str:
    sample = _sample(brain)  # asked of it alone: whatever else the library holds, an installation is whole or not
    answer = brain.ask_once(m.Ask(QUESTION, within=(Scope(sample.document),), max_tokens=80, own_answers=False), m.Answered, cancellation).answer
    assert not answer.refused, "the question was refused"
    assert answer.citations, "the answer has no citation"
    return f"by {answer.origin}, {len(answer.citations)} citations, the first on page {answer.citations[0].page}"


def _kill_each_child(brain: Brain, cancellation: Cancellation) -> str:
    for child in brain.children.values():
        before = child.start()
        child.kill()
        assert child.pid is None, f"the {child.role} did not die"
        assert child.start() > before, f"the {child.role} did not start again"
    return _answer(brain, cancellation)


def _verify(brain: Brain, _cancellation: Cancellation) -> str:
    problems, _ = brain.library.verify(repair=False)
    assert not problems, "; ".join(problems[:3])
    return "sound"

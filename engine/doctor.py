"""What this machine offers and what is wrong, each with a remedy."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.embedding.choice import choose
from engine.power import SystemPower
from engine.reading.messages import Examine, Examined
from engine.reading.pdf.recognition import how_to_get_it
from engine.trouble import Trouble
from engine.values import Check

if TYPE_CHECKING:
    from engine.brain import Brain

ROOM_WANTED_BYTES = 2 * 2**30
"""A shelf of ten textbooks with its index takes about 200 MB; models take the rest."""

NAMED_PACKAGES = ("llama-cpp-python", "onnxruntime", "pymupdf", "hnswlib", "tokenizers", "PySide6-Essentials")


def examine(brain: Brain) -> Iterator[Check]:
    """Every check, in the order in which a person would look."""
    yield Check("versions", True, versions())
    yield _disk(brain)
    yield _power()
    yield from _devices(brain)
    yield from _reader(brain)
    yield _embedder(brain)
    yield _backend(brain)
    yield _generator(brain)
    for trouble in brain.shelving.troubles():
        yield Check("shelf", False, trouble.notice.sentence, trouble.notice.remedy)
    yield _library(brain)


def versions() -> str:
    """Versions of what matters in a report."""
    parts = [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}", platform.platform(terse=True)]
    for name in ("bytebrain", *NAMED_PACKAGES):
        try:
            parts.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue  # a bundle carries no metadata of some packages
    return ", ".join(parts)


def _disk(brain: Brain) -> Check:
    free = shutil.disk_usage(brain.home.root).free
    writable = os.access(brain.home.root, os.W_OK)
    if not writable:
        return Check("disk", False, f"{brain.home.root} can't be written.", "Choose another folder with --home.")
    remedy = None if free >= ROOM_WANTED_BYTES else "Make room: books and models need some."
    return Check("disk", remedy is None, f"{free / 1e9:.1f} GB free at {brain.home.root}", remedy)


def _power() -> Check:
    """Never wrong, but good to know: whether studying could pause on battery, and who keeps the machine awake."""
    power = SystemPower()
    supply = {True: "on battery", False: "on mains", None: "no battery"}[power.on_battery()]
    keeper = power.keeper()
    awake = f"kept awake while studying by {keeper}" if keeper is not None else "nothing here can keep it awake while studying"
    return Check("power", True, f"{supply}; {awake}")


def _devices(brain: Brain) -> Iterator[Check]:
    try:
        devices = brain.generator.devices()
    except Trouble as trouble:
        yield Check("llama.cpp", False, trouble.notice.sentence, trouble.notice.remedy)
        return
    yield Check("CPU", True, f"{os.cpu_count()} processors, {devices.backend}; {', '.join(devices.cpu_features) or 'no special features'}")
    gpus = [device for device in devices.devices if device.kind in {"gpu", "integrated-gpu"}]
    if not gpus:
        yield Check("GPU", True, "llama.cpp sees no GPU: answers come from the CPU.")
    for gpu in gpus:
        yield Check("GPU", True, f"{gpu.description}: {gpu.free_bytes / 1e9:.1f} of {gpu.total_bytes / 1e9:.1f} GB free")


def _reader(brain: Brain) -> Iterator[Check]:
    """What the reader may and can do here; nothing of it is needed for reading what is text."""
    try:
        examined: Examined = brain.children["reader"].ask_once(Examine())
    except Trouble as trouble:
        yield Check("reader", False, trouble.notice.sentence, trouble.notice.remedy)
        return
    yield Check("reader", True, f"confined: {', '.join(examined.protections) or 'this system offers no protection'}")
    if examined.folder is None:
        yield Check("text recognition", True, "no data found: pages that are pictures stay pictures", how_to_get_it())
    else:
        yield Check("text recognition", True, f"{', '.join(examined.languages)} in {examined.folder}")


def _embedder(brain: Brain) -> Check:
    try:
        loaded = brain.meaning.load()
    except Trouble as trouble:
        return Check("embedder", False, trouble.notice.sentence, trouble.notice.remedy)
    return Check("embedder", True, f"{loaded.embedder}, {loaded.dimensions} dimensions, {loaded.max_pieces} word pieces")


def _backend(brain: Brain) -> Check:
    """Which of the embedder's backends does the bulk of the work, and by which measurement."""
    name = "embedder for whole books"
    measurement = brain.shelving.measured_embedders()
    if measurement is None:
        return Check(name, True, "the light one; nothing was measured on this machine (`make setup` does where torch is installed)")
    chosen = choose(measurement.candidates)
    speeds = ", ".join(f"{one.precision} {one.chunks_per_second:.0f} chunks/s (cosine {one.cosine:.3f})" for one in measurement.candidates)
    return Check(name, True, f"{'the light one' if chosen is None else chosen.embedder}; measured on {measurement.machine}: {speeds}")


def _generator(brain: Brain) -> Check:
    model = brain.shelving.chosen_generator()
    if model is None:
        return Check("model", False, "There is no model on the shelf: answers are quoted from your books.", "Install the starter models or add a GGUF file.")
    try:
        brain.generator.load(model)
    except Trouble as trouble:
        return Check("model", False, trouble.notice.sentence, trouble.notice.remedy)
    return Check("model", True, brain.generator.detail)


def _library(brain: Brain) -> Check:
    problems, _ = brain.library.verify(repair=False)
    if problems:
        return Check("library", False, f"{len(problems)} problems, the first: {problems[0]}", "Run `bytebrain verify --repair`.")
    documents = brain.library.documents()
    return Check("library", True, f"{len(documents)} documents, {sum(document.pages for document in documents)} pages, sound")

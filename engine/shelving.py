"""The engine's side of the shelf: its models as values of the engine, its troubles as troubles of the engine."""

from __future__ import annotations

import dataclasses
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from engine.embedding.choice import Candidate, Measurement, choose, read_measurement
from engine.embedding.exported import read_description
from engine.generator import CONTEXT_TOKENS
from engine.home import Home
from engine.meaning import Backend
from engine.trouble import ModelTrouble
from engine.values import ModelRow
from models import EMBEDDER, Shelf, ShelfTrouble, ShelvedModel, languages_of, memory_need


class Embedder(msgspec.Struct, frozen=True):
    """Where an embedder lies (None: nowhere), what loads it, and the languages that it knows."""

    directory: Path | None
    backend: Backend
    languages: tuple[str, ...]
    bulk: tuple[Path, Candidate] | None = None
    """What was measured to be faster for whole books than the light export, and the directory of its weights."""


class Shelving:
    """The models that one home may use."""

    def __init__(self, *, home: Home) -> None:
        self._shelf = Shelf(folder=home.models)
        self.exported_embedder = self._shelf.embedder_directory()
        """The embedder that set-up exported, or None where it did not."""

    def embedder(self) -> Embedder:
        """The embedder to use: the light export where there is one, else the published weights where torch can load them."""
        if self.exported_embedder is not None:
            return Embedder(self.exported_embedder, "onnx", self._shelf.embedder_languages(), self._faster_for_books())
        source = self.embedder_source()
        if source is not None and importlib.util.find_spec("sentence_transformers") is not None:
            return Embedder(source, "sentence-transformers", languages_of(name=EMBEDDER.name))
        return Embedder(None, "onnx", ())

    def measured_embedders(self) -> Measurement | None:
        """What set-up measured of the embedder's backends; None where it measured nothing, or on another machine or export."""
        measurement = self._measured()
        return measurement if measurement is not None and measurement.is_of_this_machine() else None

    def _measured(self) -> Measurement | None:
        if self.exported_embedder is None:
            return None
        measurement = read_measurement(self.exported_embedder)
        try:
            return measurement if measurement is not None and measurement.light == read_description(self.exported_embedder).embedder else None
        except ModelTrouble:
            return None

    def _faster_for_books(self) -> tuple[Path, Candidate] | None:
        measurement = self._measured()
        chosen = None if measurement is None else choose(measurement.candidates)
        if measurement is None or chosen is None or chosen.backend == "onnx":
            return None
        if not measurement.is_of_this_machine() or importlib.util.find_spec("sentence_transformers") is None:
            return None
        source = self.embedder_source()
        return None if source is None else (source, chosen)

    def embedder_source(self) -> Path | None:
        """The embedder's directory as it was published, or None where only the export is here.

        Raises:
            ModelTrouble: it isn't the one that we know.
        """
        with plain_troubles():
            return self._shelf.embedder_source()

    def rows(self) -> tuple[ModelRow, ...]:
        """Every sound model, generators first, the chosen one marked."""
        with plain_troubles():
            return tuple(_row(model) for model in self._shelf.models())

    def troubles(self) -> tuple[ModelTrouble, ...]:
        """What is wrong with files that should be on the shelf."""
        return tuple(ModelTrouble(trouble.code, trouble.sentence, trouble.remedy) for trouble in self._shelf.troubles())

    def chosen_generator(self) -> ModelRow | None:
        """The model that answers, or None when there is none."""
        with plain_troubles():
            model = self._shelf.chosen_generator()
        return None if model is None else _row(model)

    def add(self, path: Path) -> ModelRow:
        """Check a GGUF file and put a copy of it on the shelf.

        Raises:
            ModelTrouble: it is damaged, no model that can write, or there is no room for it.
        """
        with plain_troubles():
            return _row(self._shelf.add(path))

    def choose(self, name: str) -> None:
        """Answer with this model from now on.

        Raises:
            ModelTrouble: there is no such model.
        """
        with plain_troubles():
            self._shelf.choose(name)


def inspect_model(home: Home, path: Path) -> dict[str, Any]:
    """What a GGUF file is and how much memory it needs with our usual context, by name.

    Raises:
        ModelTrouble: it is no sound GGUF file.
    """
    with plain_troubles():
        summary = Shelf(folder=home.models).inspect(path)
    context_tokens = min(CONTEXT_TOKENS, summary.context_tokens or CONTEXT_TOKENS)
    need = memory_need(summary, context_tokens=context_tokens)
    return {**dataclasses.asdict(summary), "memory_bytes": need.total_bytes, "memory_context_tokens": context_tokens}


@contextmanager
def plain_troubles() -> Iterator[None]:
    """Raise the shelf's troubles as the engine's."""
    try:
        yield
    except ShelfTrouble as trouble:
        raise ModelTrouble(trouble.code, trouble.sentence, trouble.remedy) from trouble


def _row(model: ShelvedModel) -> ModelRow:
    return ModelRow(
        name=model.name,
        kind=model.kind,
        path=str(model.path),
        size_bytes=model.size_bytes,
        sha256=model.sha256,
        source=model.source,
        quantization=model.quantization,
        architecture=model.architecture,
        parameters=model.parameters,
        context_tokens=model.context_tokens,
        languages=model.languages,
        chosen=model.chosen,
    )

"""The shelf: which models there are, putting another one there, and which of them answers.

Starter models are used where they lie; models that a person adds are copied below the home, each with a sidecar in JSON
that says what it is (a cache: without it the file is looked at again). One program at a time writes; others may look.
"""

from __future__ import annotations

import dataclasses
import re
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from models.catalogue import languages_of
from models.checked import CheckedHashes, read_json, write_json
from models.copying import copy_whole, remove_leftovers
from models.gguf import GgufSummary, read_header, summarize
from models.starter import EMBEDDER, GENERATOR, find_starter
from models.trouble import ShelfTrouble

NOT_GENERATORS = frozenset({"bert", "modern-bert", "nomic-bert", "nomic-bert-moe", "jina-bert-v2", "jina-bert-v3", "neo-bert", "eurobert", "clip", "t5encoder"})
"""Architectures that embed or see, but can't write."""


@dataclass(frozen=True, slots=True)
class ShelvedModel:
    """One model on the shelf. An embedder's `path` is its directory. `added_at` is in seconds since 1970, 0 for starters."""

    name: str
    kind: Literal["generator", "embedder"]
    path: Path
    size_bytes: int
    sha256: str
    source: Literal["starter", "added"]
    quantization: str | None = None
    architecture: str | None = None
    parameters: int | None = None
    context_tokens: int | None = None
    languages: tuple[str, ...] = ()
    chosen: bool = False
    added_at: float = 0.0


def default_shares() -> tuple[Path, ...]:
    """Where set-up (or the bundle) puts what it made: `<prefix>/share/bytebrain`."""
    return (Path(getattr(sys, "_MEIPASS", sys.prefix)) / "share" / "bytebrain",)


class Shelf:
    """The models of one home, with the starters."""

    def __init__(self, *, folder: Path, shares: Sequence[Path] | None = None, search_path: Sequence[str] | None = None) -> None:
        """`folder` is where added models live. `shares` None: `default_shares()`; `search_path` None: `sys.path`."""
        self._folder = folder
        self._shares = default_shares() if shares is None else tuple(shares)
        self._search_path = search_path
        self._hashes = CheckedHashes(folder / "hashes.json")
        self._choice = folder / "chosen.json"

    def models(self) -> tuple[ShelvedModel, ...]:
        """Every sound model, generators first, the chosen one marked. Damaged ones are in `troubles`."""
        return self._look()[0]

    def troubles(self) -> tuple[ShelfTrouble, ...]:
        """What is wrong with files that should have been on the shelf."""
        return self._look()[1]

    def chosen_generator(self) -> ShelvedModel | None:
        """The model that answers: the one that a person chose, else the one added last, else the starter."""
        return next((model for model in self.models() if model.kind == "generator" and model.chosen), None)

    def embedder_directory(self, name: str = EMBEDDER.name) -> Path | None:
        """The exported directory of an embedder; None where there is none."""
        for share in (*self._shares, self._folder):
            candidate = share / "embedders" / name
            if (candidate / "embedder.json").is_file():
                return candidate
        return None

    def embedder_source(self) -> Path | None:
        """The directory of the starter embedder as it was published (safetensors), for a machine without its export.

        Raises:
            ShelfTrouble: it is there, but it isn't the one that we know.
        """
        weights = find_starter(EMBEDDER, hashes=self._hashes, shares=self._shares, search_path=self._search_path)
        return None if weights is None else weights.parent

    def embedder_languages(self, name: str = EMBEDDER.name) -> tuple[str, ...]:
        """The languages that an embedder handles (ISO 639-1); empty where nothing is known."""
        directory = self.embedder_directory(name)
        return () if directory is None else _stated_languages(read_json(directory / "embedder.json"), name)

    def inspect(self, path: Path) -> GgufSummary:
        """What a GGUF file is. Nothing is loaded or kept.

        Raises:
            ShelfTrouble: it is no sound GGUF file.
        """
        return summarize(read_header(path))

    def add(self, path: Path) -> ShelvedModel:
        """Check a GGUF file and put a copy of it on the shelf. A model that is there already is returned as it is.

        Raises:
            ShelfTrouble: it is no sound model that can write, or there is no room for it.
        """
        self._check(path)
        with self._writing():
            self._folder.mkdir(parents=True, exist_ok=True)
            remove_leftovers(self._folder)
        with copy_whole(path, self._folder) as copied:
            twin = next((model for model in self.models() if model.sha256 == copied.sha256), None)
            if twin is not None:
                return twin
            summary = self._check(copied.path, shown_as=path.name)  # the copy counts: the original may change while it is read
            target = self._free_name(path.stem)
            with self._writing():
                copied.path.replace(target)
        return self._remember(target, summary, copied.sha256)

    def choose(self, name: str) -> ShelvedModel:
        """Answer with this model from now on.

        Raises:
            ShelfTrouble: no such generator, or the choice can't be written down.
        """
        model = self._generator(name)
        with self._writing():
            write_json(self._choice, {"generator": model.name})
        return dataclasses.replace(model, chosen=True)

    def remove(self, name: str) -> None:
        """Delete a model that a person added.

        Raises:
            ShelfTrouble: no such model, it is a starter, or it can't be deleted.
        """
        model = self._generator(name)
        if model.source == "starter":
            raise ShelfTrouble("model-is-starter", f"{name} came with ByteBrain and can't be removed.", "Choose another model instead.")
        with self._writing():
            model.path.unlink(missing_ok=True)
            _sidecar_of(model.path).unlink(missing_ok=True)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            sentence = f"The shelf in {self._folder} can't be written: {error.strerror}."
            raise ShelfTrouble("shelf-unwritable", sentence, "Make room there, or check its permissions.") from error

    def _generator(self, name: str) -> ShelvedModel:
        for model in self.models():
            if model.kind == "generator" and model.name == name:
                return model
        known = ", ".join(model.name for model in self.models() if model.kind == "generator") or "none"
        raise ShelfTrouble("model-unknown-name", f"There is no model called {name} on the shelf.", f"Choose one of these: {known}.")

    def _check(self, path: Path, *, shown_as: str | None = None) -> GgufSummary:
        summary = summarize(read_header(path))
        name = shown_as or path.name
        if summary.parts > 1:
            raise ShelfTrouble("model-in-parts", f"The file {name} is one of {summary.parts} parts.", "Join them into one file with llama-gguf-split.")
        if summary.architecture in NOT_GENERATORS:
            raise ShelfTrouble("model-cannot-write", f"The file {name} is a model that can't write ({summary.architecture}).", "Choose a chat model.")
        return summary

    def _look(self) -> tuple[tuple[ShelvedModel, ...], tuple[ShelfTrouble, ...]]:
        generators: list[ShelvedModel] = []
        troubles: list[ShelfTrouble] = []
        for path in sorted(self._folder.glob("*.gguf")):
            try:
                generators.append(self._added(path))
            except ShelfTrouble as trouble:
                troubles.append(trouble)
        generators.sort(key=lambda model: (-model.added_at, model.name))
        try:
            generators.extend(self._starter())
        except ShelfTrouble as trouble:
            troubles.append(trouble)
        wanted = read_json(self._choice).get("generator")
        answering = next((model.name for model in generators if model.name == wanted), generators[0].name if generators else None)
        marked = [dataclasses.replace(model, chosen=model.name == answering) for model in generators]
        return (*marked, *self._embedders()), tuple(troubles)

    def _starter(self) -> list[ShelvedModel]:
        path = find_starter(GENERATOR, hashes=self._hashes, shares=self._shares, search_path=self._search_path)
        if path is None:
            return []
        # Its bytes are the ones we know, so what its header says is known as well.
        return [
            ShelvedModel(
                name=GENERATOR.name,
                kind="generator",
                path=path,
                size_bytes=GENERATOR.size_bytes,
                sha256=GENERATOR.sha256,
                source="starter",
                quantization="Q4_1",
                architecture="llama",
                parameters=134_515_008,
                context_tokens=8192,
                languages=languages_of(name=GENERATOR.name),
            )
        ]

    def _added(self, path: Path) -> ShelvedModel:
        """A file below the home, from its sidecar; looked at again where that is missing or doesn't fit."""
        model = _from_sidecar(path)
        if model is not None:
            return model
        summary = self._check(path)
        try:
            return self._remember(path, summary, self._hashes.sha256_of(path))
        except OSError as error:
            raise ShelfTrouble("model-unreadable", f"The file {path.name} can't be read: {error.strerror}.", "Check its permissions.") from error

    def _remember(self, path: Path, summary: GgufSummary, sha256: str) -> ShelvedModel:
        state = path.stat()
        languages = languages_of(name=path.stem, architecture=summary.architecture) or languages_of(name=summary.name or "")
        facts: dict[str, Any] = {
            "size_bytes": state.st_size,
            "sha256": sha256,
            "quantization": summary.quantization,
            "architecture": summary.architecture,
            "parameters": summary.parameters,
            "context_tokens": summary.context_tokens,
            "languages": languages,
            "added_at": time.time(),
        }
        try:
            write_json(_sidecar_of(path), {**facts, "mtime_ns": state.st_mtime_ns})
        except OSError:
            return _model(path, facts)  # beside another program's writing, or without room: it is looked at again next time
        return _model(path, facts)

    def _free_name(self, stem: str) -> Path:
        plain = re.sub(r"[^a-z0-9._]+", "-", stem.lower()).strip("-.")[:100] or "model"
        taken = {GENERATOR.name, *(path.stem for path in self._folder.glob("*.gguf"))}
        name, number = plain, 1
        while name in taken:
            number += 1
            name = f"{plain}-{number}"
        return self._folder / f"{name}.gguf"

    def _embedders(self) -> list[ShelvedModel]:
        found: dict[str, ShelvedModel] = {}
        for place in (*self._shares, self._folder):
            for description in sorted(place.glob("embedders/*/embedder.json")):
                directory, stated = description.parent, read_json(description)
                digest = stated.get("model_sha256")
                if directory.name in found or not isinstance(digest, str):
                    continue
                found[directory.name] = ShelvedModel(
                    name=directory.name,
                    kind="embedder",
                    path=directory,
                    size_bytes=sum(file.stat().st_size for file in directory.iterdir() if file.is_file()),
                    sha256=digest,
                    source="added" if place == self._folder else "starter",
                    quantization=str(stated.get("precision") or "") or None,
                    context_tokens=stated["max_pieces"] if isinstance(stated.get("max_pieces"), int) else None,
                    languages=_stated_languages(stated, directory.name),
                    chosen=directory.name == EMBEDDER.name,
                )
        return list(found.values())


def _stated_languages(stated: dict[str, Any], name: str) -> tuple[str, ...]:
    languages = stated.get("languages")
    if isinstance(languages, list) and languages and all(isinstance(language, str) for language in languages):
        return tuple(languages)
    return languages_of(name=name)


def _sidecar_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def _from_sidecar(path: Path) -> ShelvedModel | None:
    """The model as its sidecar describes it; None where that is missing, damaged, or of another state of the file."""
    facts = read_json(_sidecar_of(path))
    try:
        state = path.stat()
        if (facts["size_bytes"], facts["mtime_ns"]) != (state.st_size, state.st_mtime_ns):
            return None
        return _model(path, facts)
    except (KeyError, TypeError, ValueError, OSError):
        return None


def _model(path: Path, facts: dict[str, Any]) -> ShelvedModel:
    return ShelvedModel(
        name=path.stem,
        kind="generator",
        path=path,
        size_bytes=int(facts["size_bytes"]),
        sha256=str(facts["sha256"]),
        source="added",
        quantization=str(facts["quantization"]),
        architecture=str(facts["architecture"]),
        parameters=int(facts["parameters"]),
        context_tokens=None if facts["context_tokens"] is None else int(facts["context_tokens"]),
        languages=tuple(str(language) for language in facts["languages"]),
        added_at=float(facts["added_at"]),
    )

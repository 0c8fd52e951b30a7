"""The shelf: what is on it, what gets on it, and which model answers."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models import Shelf, ShelfTrouble


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "models"


@pytest.fixture
def shelf(folder: Path, tmp_path: Path) -> Shelf:
    """A shelf without starters."""
    return Shelf(folder=folder, shares=(tmp_path / "share",), search_path=[])


@pytest.fixture
def llama(tmp_path: Path, make_llama: Callable[..., Any]) -> Path:
    downloads = tmp_path / "Downloads"
    downloads.mkdir()
    written: Path = make_llama().write(downloads / "Qwen2.5 Tiny (Q8_0).gguf")
    return written


def test_an_empty_shelf_has_no_model(shelf: Shelf) -> None:
    assert shelf.models() == ()
    assert shelf.chosen_generator() is None
    assert shelf.embedder_directory() is None
    assert shelf.embedder_languages() == ()


def test_a_model_is_copied_and_described(shelf: Shelf, folder: Path, llama: Path) -> None:
    added = shelf.add(llama)
    assert added.path == folder / "qwen2.5-tiny-q8_0.gguf"
    assert added.path.read_bytes() == llama.read_bytes()
    assert added.sha256 == hashlib.sha256(llama.read_bytes()).hexdigest()
    assert (added.kind, added.source, added.quantization, added.architecture) == ("generator", "added", "Q8_0", "llama")
    assert (added.parameters, added.context_tokens) == (461_312, 512)
    assert "zh" in added.languages
    llama.unlink()
    assert shelf.chosen_generator() == Shelf(folder=folder, shares=(), search_path=[]).chosen_generator()
    assert shelf.models()[0].path == added.path


def test_the_same_model_under_another_name_is_not_kept_twice(shelf: Shelf, folder: Path, llama: Path) -> None:
    first = shelf.add(llama)
    second = shelf.add(llama.rename(llama.with_name("other.gguf")))
    assert second.name == first.name
    assert len(list(folder.glob("*.gguf"))) == 1


def test_another_model_of_the_same_name_gets_a_number(shelf: Shelf, llama: Path, make_llama: Callable[..., Any]) -> None:
    shelf.add(llama)
    make_llama(**{"general.name": "Other"}).write(llama)
    assert shelf.add(llama).name == "qwen2.5-tiny-q8_0-2"


def test_the_model_added_last_answers_until_a_person_chooses(shelf: Shelf, folder: Path, llama: Path, make_llama: Callable[..., Any]) -> None:
    first = shelf.add(llama)
    second = shelf.add(make_llama(**{"general.name": "Second"}).write(llama.with_name("second.gguf")))
    assert [(model.name, model.chosen) for model in shelf.models()] == [(second.name, True), (first.name, False)]
    assert shelf.choose(first.name).chosen
    again = Shelf(folder=folder, shares=(), search_path=[]).chosen_generator()
    assert again is not None
    assert again.name == first.name


def test_a_choice_that_is_gone_is_no_choice(shelf: Shelf, llama: Path, make_llama: Callable[..., Any]) -> None:
    first = shelf.add(llama)
    shelf.choose(first.name)
    second = shelf.add(make_llama(**{"general.name": "Second"}).write(llama.with_name("second.gguf")))
    shelf.remove(first.name)
    chosen = shelf.chosen_generator()
    assert chosen is not None
    assert chosen.name == second.name
    assert not first.path.exists()


def test_an_unknown_name_is_told_with_those_that_are_known(shelf: Shelf, llama: Path) -> None:
    shelf.add(llama)
    for refused in (shelf.choose, shelf.remove):
        with pytest.raises(ShelfTrouble) as caught:
            refused("gpt-5")
        assert "gpt-5" in caught.value.sentence
        assert "qwen2.5-tiny-q8_0" in caught.value.remedy


def test_a_model_that_is_refused_leaves_nothing_behind(shelf: Shelf, folder: Path, llama: Path) -> None:
    llama.write_bytes(llama.read_bytes()[:200_000])
    with pytest.raises(ShelfTrouble) as caught:
        shelf.add(llama)
    assert caught.value.code == "model-cut-short"
    assert list(folder.glob("*")) == []


@pytest.mark.parametrize(
    ("entries", "code"),
    [({"general.architecture": "bert"}, "model-cannot-write"), ({"split.count": 3}, "model-in-parts")],
)
def test_what_can_t_answer_is_refused(shelf: Shelf, llama: Path, make_llama: Callable[..., Any], entries: dict[str, Any], code: str) -> None:
    with pytest.raises(ShelfTrouble) as caught:
        shelf.add(make_llama(**entries).write(llama))
    assert caught.value.code == code


def test_a_missing_file_and_a_folder_are_refused(shelf: Shelf, tmp_path: Path) -> None:
    for path in (tmp_path / "none.gguf", tmp_path):
        with pytest.raises(ShelfTrouble, match=r"no file|not a file"):
            shelf.add(path)


def test_a_file_laid_into_the_folder_by_hand_is_found(shelf: Shelf, folder: Path, llama: Path) -> None:
    folder.mkdir(parents=True)
    by_hand = llama.rename(folder / "by-hand.gguf")
    found = shelf.chosen_generator()
    assert found is not None
    assert found.name == "by-hand"
    assert found.sha256 == hashlib.sha256(by_hand.read_bytes()).hexdigest()


def test_a_file_that_changed_under_its_description_is_looked_at_again(shelf: Shelf, llama: Path, make_llama: Callable[..., Any]) -> None:
    added = shelf.add(llama)
    make_llama(**{"llama.context_length": 1024}).write(added.path)
    os.utime(added.path, ns=(1, 1))
    found = shelf.models()[0]
    assert found.context_tokens == 1024
    assert found.sha256 != added.sha256


def test_a_model_that_was_damaged_later_is_a_trouble_and_not_on_the_shelf(shelf: Shelf, llama: Path) -> None:
    added = shelf.add(llama)
    added.path.write_bytes(b"GGUF")
    assert shelf.models() == ()
    assert [trouble.code for trouble in shelf.troubles()] == ["model-cut-short"]


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"size_bytes": "x"}', b"\xff\xfe"])
def test_a_damaged_sidecar_or_choice_costs_nothing(shelf: Shelf, folder: Path, llama: Path, content: bytes) -> None:
    added = shelf.add(llama)
    for name in (f"{added.path.name}.json", "chosen.json", "hashes.json"):
        (folder / name).write_bytes(content)
    found = Shelf(folder=folder, shares=(), search_path=[]).chosen_generator()
    assert found is not None
    assert (found.name, found.sha256) == (added.name, added.sha256)


def test_what_a_killed_copy_left_is_cleared_away(shelf: Shelf, folder: Path, llama: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "tmpabc.part").write_bytes(b"half")
    shelf.add(llama)
    assert list(folder.glob("*.part")) == []


def test_exported_embedders_are_found_in_shares_and_below_the_home(shelf: Shelf, folder: Path, tmp_path: Path) -> None:
    for place, name in ((tmp_path / "share", "all-minilm-l6-v2"), (folder, "bge-m3")):
        directory = place / "embedders" / name
        directory.mkdir(parents=True)
        (directory / "embedder.json").write_text('{"model_sha256": "%s", "max_pieces": 256, "precision": "int8"}' % ("0" * 64))
    assert [(model.name, model.source, model.chosen) for model in shelf.models()] == [("all-minilm-l6-v2", "starter", True), ("bge-m3", "added", False)]
    assert shelf.embedder_directory() == tmp_path / "share" / "embedders" / "all-minilm-l6-v2"
    assert shelf.embedder_directory("bge-m3") == folder / "embedders" / "bge-m3"
    assert shelf.embedder_languages() == ("en",)
    assert "zh" in shelf.embedder_languages("bge-m3")


def test_a_shelf_that_can_t_be_written_is_told(tmp_path: Path, llama: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ShelfTrouble) as caught:
        Shelf(folder=tmp_path / "file" / "models", shares=(), search_path=[]).add(llama)
    assert caught.value.code == "shelf-unwritable"


def test_inspecting_keeps_nothing(shelf: Shelf, folder: Path, llama: Path) -> None:
    assert shelf.inspect(llama).architecture == "llama"
    assert not folder.exists()


@pytest.mark.real
def test_the_starters_are_on_every_shelf(folder: Path, llama: Path) -> None:
    shelf = Shelf(folder=folder)
    assert [(model.name, model.kind, model.source, model.chosen) for model in shelf.models()] == [
        ("smollm2-135m-instruct-q4_1", "generator", "starter", True),
        ("all-minilm-l6-v2", "embedder", "starter", True),
    ]
    assert shelf.troubles() == ()
    starter = shelf.models()[0]
    seen = shelf.inspect(starter.path)
    assert (starter.parameters, starter.context_tokens, starter.quantization) == (seen.parameters, seen.context_tokens, seen.quantization)
    with pytest.raises(ShelfTrouble, match="came with ByteBrain"):
        shelf.remove(starter.name)
    added = shelf.add(llama)
    assert [model.name for model in shelf.models() if model.chosen and model.kind == "generator"] == [added.name]
    assert shelf.choose(starter.name).chosen

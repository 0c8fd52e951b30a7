"""Where the window stood: kept across starts, and never a reason to fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.window_state import WindowState, load_state, save_state, state_file


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    state = WindowState("AdnQ", (292, 800), (280, 420), 500, "dark")
    assert save_state(state_file(tmp_path), state)
    assert load_state(state_file(tmp_path)) == state
    assert [file.name for file in tmp_path.iterdir()] == ["window_state.json"]


@pytest.mark.parametrize("content", [b"", b"{", b'{"scheme": "pink"}', b'{"panes": "wide"}', b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    state_file(tmp_path).write_bytes(content)
    assert load_state(state_file(tmp_path)) == WindowState()


def test_what_a_later_version_adds_is_passed_over(tmp_path: Path) -> None:
    state_file(tmp_path).write_text('{"scheme": "dark", "zoom": 2}')
    assert load_state(state_file(tmp_path)).scheme == "dark"


def test_a_place_that_cannot_be_written_loses_only_the_state(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert not save_state(state_file(blocked), WindowState())

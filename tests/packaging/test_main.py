"""Where `bytebrain` leads: the command line or the window."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import main

COMMANDS = frozenset({"add", "ask", "models", "self-test"})


@pytest.mark.parametrize("words", [["ask", "What is a heap?"], ["--help"], ["--version"], ["-h"], ["models"], ["self-test"], ["serach"]])
def test_commands_options_and_mistyped_commands_go_to_the_command_line(words: list[str]) -> None:
    assert not main.wants_window(words, COMMANDS)


def test_nothing_and_files_go_to_the_window(tmp_path: Path) -> None:
    book = tmp_path / "book"
    book.touch()
    assert main.wants_window([], COMMANDS)
    assert main.wants_window([str(book)], COMMANDS)
    assert main.wants_window(["missing.pdf"], COMMANDS), "the window says that it is missing"


@pytest.mark.parametrize(
    ("arguments", "home", "words"),
    [
        (["--home", "H", "ask", "q"], "H", ("ask", "q")),
        (["ask", "q", "--home=H"], "H", ("ask", "q")),
        (["book.pdf", "--home", "H"], "H", ("book.pdf",)),
        (["--home", "A", "--home", "B"], "B", ()),
        (["ask", "--", "--home", "H"], None, ("ask", "--", "--home", "H")),
        (["ask", "--home"], None, ("ask", "--home")),
        ([], None, ()),
    ],
)
def test_the_home_may_be_named_before_or_after(arguments: list[str], home: str | None, words: tuple[str, ...]) -> None:
    assert main.split_home(arguments) == (home, words)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_without_a_display_it_says_so_in_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main.main([]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("There is no display here")
    assert len(said.err.splitlines()) == 1

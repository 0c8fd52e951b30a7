"""What a person sees while compilers and pip talk."""

from __future__ import annotations

import io
import threading
import time

import progress
import pytest


@pytest.mark.parametrize(
    ("line", "percent"),
    [
        ("  [123/382] /usr/bin/g++ -DGGML_AVX2 -c ops.cpp", 32),
        ("  [382/382] Linking CXX shared library bin/libllama.so", 100),
        ("[  7%] Building CXX object ggml/src/ggml.cpp.o", 7),
        ("[100%] Built target llama", 100),
        ("  -- Found Threads: TRUE", None),
        ("  [3/0] odd", None),
        ("warning: array[12] is never read", None),
    ],
)
def test_a_build_line_of_ninja_or_make_tells_how_far_it_is(line: str, percent: int | None) -> None:
    assert progress.build_percent(line) == percent


@pytest.mark.parametrize(
    ("line", "activity"),
    [
        ("Collecting torch==2.13.0", "looking for torch"),
        ("  Downloading numpy-2.4.6-cp311-cp311-manylinux_x86_64.whl (16.6 MB)", "downloading numpy"),
        ("Collecting sentence-transformers==6.2.0 (from bytebrain==0.1.0)", "looking for sentence-transformers"),
        ("Installing collected packages: mpmath, typing-extensions, sympy", "unpacking"),
        ("Requirement already satisfied: jinja2 in ./.venv/lib", None),
    ],
)
def test_a_line_of_pip_tells_what_it_is_busy_with(line: str, activity: str | None) -> None:
    assert progress.pip_activity(line) == activity


@pytest.mark.parametrize(("seconds", "words"), [(0.42, "0.4 s"), (12.3, "12 s"), (428.0, "7 min 08 s")])
def test_durations_read_as_people_say_them(seconds: float, words: str) -> None:
    assert progress.in_words(seconds) == words


def test_without_a_terminal_a_step_is_two_plain_lines_and_no_flood() -> None:
    stream = io.StringIO()
    line = progress.StepLine("Building", stream)
    for percent in range(100):
        line.update(f"{percent} %")
    line.done()
    said = stream.getvalue().splitlines()
    assert len(said) == 2
    assert said[0] == "  · Building …"
    assert said[1].startswith("  ✓ Building")
    assert "\x1b" not in stream.getvalue()


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_the_line_lives() -> None:
    stream = Terminal()
    line = progress.StepLine("Building", stream)
    line.update("41 %")
    deadline = time.monotonic() + 10
    while "Building — 41 %" not in stream.getvalue() and time.monotonic() < deadline:
        threading.Event().wait(0.05)
    line.failed()
    assert "Building — 41 %" in stream.getvalue()
    assert "✗ Building" in stream.getvalue()

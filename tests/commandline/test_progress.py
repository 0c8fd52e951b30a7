"""What is said about long work on a terminal: before it, and while it is laid down."""

from __future__ import annotations

import pytest

from engine.commandline.progress import PauseTeller, StudyProgress, duration, estimate_as_text, is_big, round_to_two_digits
from engine.messages import Accepted, DocumentStudied, EngineState, Progressed, StudyEstimated, StudyingProgressed
from engine.values import Document, DocumentId


def estimate(files: int = 1, unchanged: int = 0, size_bytes: int = 0, seconds: float | None = None) -> StudyEstimated:
    return StudyEstimated(files, unchanged, size_bytes, {".pdf": files}, size_bytes // 10_000, seconds)


@pytest.mark.parametrize(
    ("estimated", "big"),
    [(estimate(3), False), (estimate(201), True), (estimate(500, unchanged=400), False), (estimate(1, size_bytes=201_000_000), True)],
)
def test_only_what_is_big_and_new_is_announced(estimated: StudyEstimated, big: bool) -> None:
    assert is_big(estimated) is big


def test_an_announcement_reads_as_a_sentence() -> None:
    assert estimate_as_text(StudyEstimated(312, 20, 1_234_000_000, {".pdf": 300, ".epub": 12}, 28_123, 2400.0)) == (
        "312 files (300 .pdf, 12 .epub; 20 of them unchanged), 1,234 MB to read, some 28,000 pages, about 40 minutes."
    )
    assert estimate_as_text(estimate(2, size_bytes=10_000)) == "2 files (2 .pdf), 0 MB to read, some 1 page."


@pytest.mark.parametrize(("seconds", "said"), [(0.2, "2 seconds"), (80, "80 seconds"), (600, "10 minutes"), (7200, "2.0 hours")])
def test_lengths_of_time_are_told_for_people(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_a_guess_does_not_look_like_a_count() -> None:
    assert [round_to_two_digits(number) for number in (7, 93, 128, 28_123)] == [7, 93, 130, 28_000]


def test_a_pause_and_its_end_are_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    teller = PauseTeller()
    for because in (None, "The laptop runs on battery.", "The laptop runs on battery.", None):
        teller(EngineState("home", None, "ready", "idle", None, "", paused_because=because))
    said = capsys.readouterr()
    assert said.out == ""
    assert "".join(said.err.split()).count("paused") == 1 + "pause_on_battery".count("paused")
    assert said.err.count("goes on") == 1


def test_bars_move_without_a_terminal_too(capsys: pytest.CaptureFixture[str]) -> None:
    document = Document(DocumentId("d" * 64), "trees", "/trees.pdf", "queued")
    with StudyProgress(quiet=False) as progress:
        progress.accepted(Accepted("/trees.pdf", document))
        progress.progressed(Progressed(document.document, "reading", 1, 2, "pages", 1.0, 1.0))
        progress.together(StudyingProgressed(0, 2, 1, 4, 1.0, 3.0))
        progress.together(StudyingProgressed(1, 2, 2, 4, 1.0, 2.0))
        progress.studied(DocumentStudied("/trees.pdf", document.document, "ready", None, None, 2, 2, 1.0))
    assert capsys.readouterr().out == ""

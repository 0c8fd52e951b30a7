"""All books together: what is said while they are taken in, and the button that pauses and goes on."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.estimates import much_to_read
from desktop.library_model import LibraryModel
from desktop.sidebar import Sidebar
from desktop.studying_bar import StudyingBar
from desktop.theme import light
from engine.messages import EngineState, StudyEstimated, StudyingProgressed


def state(studying: str = "running", because: str | None = None) -> EngineState:
    return EngineState("/h", None, "ready", "ready", None, "", studying, because)  # type: ignore[arg-type]


@pytest.fixture
def bar(qtbot: QtBot) -> StudyingBar:
    bar = StudyingBar(light())
    qtbot.addWidget(bar)
    return bar


def test_the_bar_is_there_only_while_books_are_taken_in(bar: StudyingBar) -> None:
    assert bar.isHidden()
    bar.show_state(state())
    assert not bar.isHidden()
    assert bar.said.text() == "Taking books in…"
    bar.show_state(state("idle"))
    assert bar.isHidden()


def test_it_says_how_many_books_how_fast_and_how_long(bar: StudyingBar) -> None:
    bar.show_state(state())
    bar.show_progress(StudyingProgressed(3, 12, 600, 2400, 41.4, 300.0))
    assert bar.said.text() == "3 of 12 books · 41 pages/s · 5 min left"
    assert bar.bar.value() == 250


def test_a_pause_says_why_and_the_button_goes_on(bar: StudyingBar, qtbot: QtBot) -> None:
    bar.show_state(state())
    with qtbot.waitSignal(bar.pause_wanted):
        qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    bar.show_progress(StudyingProgressed(3, 12, 600, 2400, 41.4, 300.0))
    bar.show_state(state("paused", "The laptop runs on battery."))
    assert bar.said.text() == "Paused: The laptop runs on battery · 3 of 12 books"
    assert bar.button.accessibleName() == "Go on reading"
    with qtbot.waitSignal(bar.resume_wanted):
        qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)


def test_a_big_folder_is_told_in_files_kinds_size_pages_and_time(qapp: object) -> None:
    question, detail = much_to_read(StudyEstimated(262, 22, 480_000_000, {".pdf": 200, ".docx": 40}, 72_000, 1500.0))
    assert question == "Add 240 files to the library?"
    assert detail.startswith("200 PDF, 40 DOCX\n458 MB, some 72000 pages: about 25 minutes on this computer.\n22 more are in the library already.")


def test_the_foot_says_that_passages_are_renewed(qtbot: QtBot) -> None:
    sidebar = Sidebar(LibraryModel(), light(), "light")
    qtbot.addWidget(sidebar)
    sidebar.show_state(msgspec.structs.replace(state("idle"), chunks_to_renew=1200))
    assert sidebar.status.whole_text.replace(",", "") == "Renewing 1200 passages in the background"
    sidebar.show_state(state("idle"))
    assert sidebar.status.whole_text == "Ready"

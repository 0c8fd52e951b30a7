"""The panes side by side: nothing covers anything, down to the smallest window."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.panes import SIDEBAR_PX, Panes

SMALLEST_PX = 760


class Three:
    """Panes of plain widgets, shown."""

    def __init__(self, qtbot: QtBot, width: int) -> None:
        self.side, self.middle, self.page = QWidget(), QWidget(), QWidget()
        self.side.setMinimumWidth(240)
        self.panes = Panes(self.side, self.middle)
        qtbot.addWidget(self.panes)
        self.panes.resize(width, 520)
        self.panes.show()
        qtbot.waitExposed(self.panes)
        self.panes.setSizes([SIDEBAR_PX, width - SIDEBAR_PX])
        self.panes.add_page(self.page)

    @property
    def lie_apart(self) -> bool:
        shown = [pane.geometry() for pane in (self.side, self.middle, self.page) if pane.isVisible()]
        return all(left.right() < right.left() for left, right in pairwise(shown)) and shown[-1].right() < self.panes.width()


@pytest.mark.parametrize("width", [SMALLEST_PX, 800, 960, 1320])
def test_an_open_page_covers_nothing_and_ends_inside_the_window(qtbot: QtBot, width: int) -> None:
    three = Three(qtbot, width)
    three.panes.show_page()
    assert three.page.isVisible()
    assert three.middle.isVisible()
    assert three.lie_apart
    assert three.side.isVisible() == (width >= 960)


def test_the_sidebar_comes_back_with_its_width_when_the_page_is_closed(qtbot: QtBot) -> None:
    three = Three(qtbot, SMALLEST_PX)
    three.panes.setSizes([260, SMALLEST_PX - 260])
    before = three.side.width()
    three.panes.show_page()
    assert three.panes.widths[0] == before
    three.panes.hide_page()
    assert three.side.isVisible()
    assert three.side.width() == before


def test_a_window_that_grows_or_shrinks_takes_the_sidebar_along(qtbot: QtBot) -> None:
    three = Three(qtbot, 1320)
    three.panes.show_page()
    wide = three.panes.page_px
    three.panes.resize(SMALLEST_PX, 520)
    assert not three.side.isVisible()
    assert three.lie_apart
    three.panes.resize(1320, 520)
    assert three.side.isVisible()
    assert three.lie_apart
    assert wide is not None
    assert three.panes.page_px is not None

"""What looks at every row is done at once, and then at most every so often."""

from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.at_most import AtMost


def test_the_first_wish_is_done_at_once_and_the_rest_together(qtbot: QtBot) -> None:
    done: list[int] = []
    owner = QObject()
    often = AtMost(30, lambda: done.append(1), owner)
    often.want()
    assert len(done) == 1
    for _ in range(500):
        often.want()
    assert len(done) == 1
    qtbot.waitUntil(lambda: len(done) == 2)

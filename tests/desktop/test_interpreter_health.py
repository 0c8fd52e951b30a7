"""PySide6 6.12.0 gives back the reference to None of every void call once too often; Python 3.11 then dies at random.

Thousands of void calls must leave the reference count of None where it was, give or take what other code holds.
"""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QWidget

CALLS = 5_000
SLACK = 200
"""What the interpreter itself may take or give back meanwhile; a lost reference per call would show as thousands."""


class Speaker(QObject):
    """Something with a signal."""

    said = Signal(str)


@pytest.mark.usefixtures("qapp")
def test_void_calls_leave_none_alone() -> None:
    widget, label, speaker = QWidget(), QLabel(), Speaker()
    speaker.said.connect(label.setText)
    before = sys.getrefcount(None)
    for at in range(CALLS):
        widget.resize(100 + at % 7, 100)
        widget.setToolTip("")
        widget.update()
        label.setText(str(at % 3))
        speaker.said.emit("x")
    assert abs(sys.getrefcount(None) - before) < SLACK

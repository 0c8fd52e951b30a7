"""The settings' dialog: a line for each choice of the engine's table, kept as soon as it is changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QSpinBox
from pytestqt.qtbot import QtBot

Open = Callable[..., Any]


def opened_dialog(qtbot: QtBot, opened: Any) -> Any:
    opened.window.sidebar.settings_wanted.emit()
    qtbot.waitUntil(lambda: opened.window.settings.dialog is not None and opened.window.settings.dialog.isVisible())
    return opened.window.settings.dialog


def test_every_setting_has_an_editor_of_its_kind_but_those_with_a_place_of_their_own(qtbot: QtBot, open_window: Open) -> None:
    dialog = opened_dialog(qtbot, open_window())
    assert {name: type(editor) for name, editor in dialog.editors.items()} == {"pause_on_battery": QCheckBox, "passages": QSpinBox}
    assert dialog.editors["pause_on_battery"].text() == "Pause reading on battery"
    assert dialog.editors["passages"].accessibleName() == "Passages a model reads"


def test_a_change_is_kept_by_the_engine(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    dialog = opened_dialog(qtbot, opened)
    dialog.editors["pause_on_battery"].click()
    dialog.close()
    dialog = opened_dialog(qtbot, opened)
    assert dialog.editors["pause_on_battery"].isChecked()


def test_what_can_not_be_kept_is_said_and_shown_as_it_was(qtbot: QtBot, open_window: Open) -> None:
    opened = open_window()
    dialog = opened_dialog(qtbot, opened)
    dialog.editors["passages"].setValue(9)
    qtbot.waitUntil(lambda: [bar.notice.code for bar in opened.window.notices.shown()] == ["home-unwritable"])
    qtbot.waitUntil(lambda: dialog.editors["passages"].value() == 6)

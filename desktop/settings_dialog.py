"""The student's choices as a dialog: one line for each setting of the engine's table, kept as soon as it is changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QLabel, QSpinBox, QVBoxLayout, QWidget

from engine.values import Setting

translate = QCoreApplication.translate

SHOWN_ELSEWHERE = frozenset({"language"})
"""What has a place of its own in the window."""


def words_of(setting: Setting) -> tuple[str, str]:
    """Title and help in the language of the window; what it has no words for is shown in the engine's."""
    known = {
        "pause_on_battery": (
            translate("Settings", "Pause reading on battery"),
            translate("Settings", "While the laptop runs on battery no book is read; it goes on by itself when the charger is back."),
        ),
        "keep_awake": (
            translate("Settings", "Stay awake while books are read"),
            translate("Settings", "The computer does not go to sleep by itself meanwhile. Closing the lid still works."),
        ),
        "recognise_text": (
            translate("Settings", "Recognise text in scans"),
            translate("Settings", "Pages that are pictures can be searched then. It takes seconds a page."),
        ),
        "strictness": (
            translate("Settings", "When to answer"),
            translate("Settings", "How much your documents must say about a question before it is answered."),
        ),
    }
    return known.get(setting.name, (setting.title, setting.help))


def words_of_choice(name: str, choice: str) -> str:
    """One choice of a setting in the language of the window."""
    known = {
        ("strictness", "lenient"): translate("Settings", "Lenient: answers more often"),
        ("strictness", "normal"): translate("Settings", "Normal"),
        ("strictness", "strict"): translate("Settings", "Strict: refuses more often"),
    }
    return known.get((name, choice), choice)


class SettingsDialog(QDialog):
    """Shows the settings; every change is a signal with a name and a value."""

    changed = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumWidth(440)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(4)
        title = QLabel(self.tr("Settings"))
        title.setProperty("role", "title")
        self._column.addWidget(title)
        self._column.addSpacing(8)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self._column.addLayout(self._rows)
        self._column.addSpacing(12)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self._column.addWidget(buttons)
        self.editors: dict[str, QWidget] = {}

    def show_settings(self, settings: Sequence[Setting]) -> None:
        """Show these settings with their values."""
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.editors = {}
        for setting in settings:
            if setting.name in SHOWN_ELSEWHERE:
                continue
            title, explanation = words_of(setting)
            editor = self._editor(setting, title)
            editor.setAccessibleName(title)
            editor.setAccessibleDescription(explanation)
            said = QLabel(explanation)
            said.setProperty("role", "muted")
            said.setWordWrap(True)
            said.setContentsMargins(0, 0, 0, 10)
            if not isinstance(editor, QCheckBox):
                self._rows.addWidget(QLabel(title))
            self._rows.addWidget(editor)
            self._rows.addWidget(said)
            self.editors[setting.name] = editor

    def _editor(self, setting: Setting, title: str) -> QWidget:
        """What a value of its kind is changed with."""
        name = setting.name
        if isinstance(setting.value, bool):
            box = QCheckBox(title)
            box.setChecked(setting.value)
            box.toggled.connect(lambda on: self.changed.emit(name, on))
            return box
        if isinstance(setting.value, int):
            number = QSpinBox()
            number.setRange(setting.lowest if setting.lowest is not None else 0, setting.highest if setting.highest is not None else 2**31 - 1)
            number.setValue(setting.value)
            number.valueChanged.connect(lambda value: self.changed.emit(name, value))
            return number
        choices = QComboBox()
        for choice in setting.choices:
            choices.addItem(words_of_choice(name, choice), choice)
        choices.setCurrentIndex(choices.findData(setting.value))
        choices.currentIndexChanged.connect(lambda place: self.changed.emit(name, choices.itemData(place)))
        return choices

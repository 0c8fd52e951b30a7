"""How the model is told to answer: instructions and the wording of the prompt, for the whole library or one collection."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QWidget

from desktop.dialog_column import begin_column, muted
from desktop.engine_words import in_window_words
from engine.messages import HouseRules
from engine.trouble import Notice
from engine.values import Rules


class RulesDialog(QDialog):
    """Shows the rules of the library or of one collection; `kept` carries what they shall be."""

    kept = Signal(object)
    """engine.values.Rules"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._told = HouseRules((), "")
        self.setWindowTitle(self.tr("How to answer"))
        self.resize(620, 600)
        column = begin_column(
            self, self.tr("The language model reads this with every question, so keep it short. Every sentence is still checked against your books."), spacing=6
        )
        column.addSpacing(6)
        self.where = QComboBox()
        self.where.setAccessibleName(self.tr("For"))
        self.where.currentIndexChanged.connect(self._show_chosen)
        column.addWidget(self.where)
        column.addSpacing(6)
        label = QLabel(self.tr("&Instructions"))
        self.instructions = QPlainTextEdit()
        self.instructions.setAccessibleName(self.tr("Instructions"))
        self.instructions.setPlaceholderText(self.tr("Answer in bullet points. Use the notation of lecture 3."))
        self.instructions.setTabChangesFocus(True)
        label.setBuddy(self.instructions)
        column.addWidget(label)
        column.addWidget(self.instructions, 1)
        column.addSpacing(6)
        self.own_template = QCheckBox(self.tr("Word the whole prompt myself"))
        self.own_template.toggled.connect(self._toggle_template)
        column.addWidget(self.own_template)
        column.addWidget(muted(self.tr("{question} and {passages} must stand in it; {instructions} may.")))
        self.template = QPlainTextEdit()
        self.template.setAccessibleName(self.tr("The wording of the prompt"))
        self.template.setTabChangesFocus(True)
        column.addWidget(self.template, 2)
        self.trouble = QLabel()
        self.trouble.setProperty("role", "error")
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        column.addWidget(self.trouble)
        column.addSpacing(6)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.reset_button = QPushButton(self.tr("Reset to the built-in"))
        self.reset_button.setAutoDefault(False)
        self.reset_button.clicked.connect(self._reset)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.keep_button = QPushButton(self.tr("Keep"))
        self.keep_button.setProperty("kind", "primary")
        self.keep_button.setDefault(True)
        self.keep_button.clicked.connect(self._keep)
        row.addWidget(self.reset_button)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.keep_button)
        return row

    def show_rules(self, told: HouseRules, collections: Sequence[str], chosen: str | None) -> None:
        """Show what is chosen for a collection (None: for the library)."""
        self._told = told
        self.where.blockSignals(True)
        self.where.clear()
        self.where.addItem(self.tr("The whole library"), None)
        for name in collections:
            self.where.addItem(self.tr("Collection: {name}").format(name=name), name)
        self.where.setCurrentIndex(max(0, self.where.findData(chosen)))
        self.where.blockSignals(False)
        self._show_chosen()

    def show_trouble(self, notice: Notice) -> None:
        """Why it could not be kept; what was written stays."""
        said = in_window_words(notice)
        self.trouble.setText(f"{said.sentence} {said.remedy}".strip().replace("。 ", "。"))
        self.trouble.show()
        self.keep_button.setEnabled(True)

    def _show_chosen(self) -> None:
        collection = self.where.currentData()
        rules = next((rules for rules in self._told.rules if rules.collection == collection), Rules(collection))
        self.instructions.setPlainText(rules.instructions)
        self.own_template.setChecked(bool(rules.template))
        self.template.setPlainText(rules.template or self._built_in())
        self.template.setEnabled(bool(rules.template))
        self.trouble.hide()
        self.keep_button.setEnabled(True)

    def _built_in(self) -> str:
        """What holds where nothing is chosen here: for a collection the library's wording."""
        of_library = next((rules.template for rules in self._told.rules if rules.collection is None), "")
        return of_library if self.where.currentData() is not None and of_library else self._told.built_in

    def _toggle_template(self, on: bool) -> None:
        self.template.setEnabled(on)
        if not on:
            self.template.setPlainText(self._built_in())

    def _reset(self) -> None:
        self.own_template.setChecked(False)
        self._toggle_template(False)
        self.instructions.clear()

    def _keep(self) -> None:
        self.keep_button.setEnabled(False)
        template = self.template.toPlainText() if self.own_template.isChecked() else ""
        self.kept.emit(Rules(self.where.currentData(), self.instructions.toPlainText(), template))

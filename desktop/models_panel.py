"""The shelf: which models are there, which one answers, and how another one is put there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from engine.values import ModelRow


class ModelCard(QFrame):
    """One model: its name, what is known of it, and the button that chooses it."""

    chosen = Signal(str)

    def __init__(self, model: ModelRow) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setProperty("chosen", model.chosen and model.kind == "generator")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        name = QLabel(model.name)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setProperty("role", "name")
        facts = QLabel(self._facts(model))
        facts.setTextFormat(Qt.TextFormat.PlainText)
        facts.setProperty("role", "muted")
        facts.setWordWrap(True)
        words.addWidget(name)
        words.addWidget(facts)
        row.addLayout(words, 1)
        self.button: QPushButton | None = None
        if model.kind == "embedder":
            role = QLabel(self.tr("Finds passages by meaning"))
            role.setProperty("role", "muted")
            row.addWidget(role)
        elif model.chosen:
            answers = QLabel(self.tr("Answers now"))
            answers.setProperty("role", "success")
            row.addWidget(answers)
        else:
            self.button = QPushButton(self.tr("Use"))
            self.button.setAccessibleName(self.tr("Answer with {model}").format(model=model.name))
            self.button.clicked.connect(lambda: self.chosen.emit(model.name))
            row.addWidget(self.button)

    def _facts(self, model: ModelRow) -> str:
        parts = [QLocale().formattedDataSize(model.size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)]
        if model.parameters:
            parts.append(self.tr("{count} M parameters").format(count=QLocale().toString(round(model.parameters / 1e6))))
        if model.quantization:
            parts.append(model.quantization)
        if model.context_tokens and model.kind == "generator":
            parts.append(self.tr("{count} tokens of context").format(count=QLocale().toString(model.context_tokens)))
        if model.languages:
            known = {"en": self.tr("English"), "zh": self.tr("Chinese")}
            names = (known.get(code[:2]) or QLocale.languageToString(QLocale(code).language()) for code in model.languages)
            parts.append(self.tr(", ").join(names))
        parts.append(self.tr("came with ByteBrain") if model.source == "starter" else self.tr("added by you"))
        return " · ".join(parts)


class ModelsDialog(QDialog):
    """The shelf as a window of its own."""

    model_chosen = Signal(str)
    add_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Models"))
        self.resize(620, 440)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        title = QLabel(self.tr("Models"))
        title.setProperty("role", "title")
        column.addWidget(title)
        self.detail = QLabel()
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setProperty("role", "muted")
        self.detail.setWordWrap(True)
        column.addWidget(self.detail)
        area = QScrollArea()
        area.setWidgetResizable(True)
        self._rows = QWidget()
        self._rows.setObjectName("rows")
        self._cards = QVBoxLayout(self._rows)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(8)
        self._cards.addStretch(1)
        area.setWidget(self._rows)
        column.addWidget(area, 1)
        foot = QHBoxLayout()
        hint = QLabel(self.tr("You can also drop a .gguf file anywhere on the window."))
        hint.setProperty("role", "muted")
        foot.addWidget(hint, 1)
        self.add_button = QPushButton(self.tr("Add a model file…"))
        self.add_button.clicked.connect(self.add_wanted)
        done = QPushButton(self.tr("Done"))
        done.setProperty("kind", "primary")
        done.setDefault(True)
        done.clicked.connect(self.accept)
        foot.addWidget(self.add_button)
        foot.addWidget(done)
        column.addLayout(foot)
        self.cards: list[ModelCard] = []

    def show_models(self, models: Sequence[ModelRow]) -> None:
        """Show the shelf: those that answer first."""
        for card in self.cards:
            self._cards.removeWidget(card)
            card.deleteLater()
        self.cards = [ModelCard(model) for model in sorted(models, key=lambda model: (model.kind != "generator", not model.chosen, model.name))]
        for at, card in enumerate(self.cards):
            card.chosen.connect(self.model_chosen)
            self._cards.insertWidget(at, card)

    def show_detail(self, sentence: str) -> None:
        """The engine's own sentence about what runs where."""
        self.detail.setText(sentence)

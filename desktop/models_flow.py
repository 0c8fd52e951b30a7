"""What goes on between the shelf of models and the engine: list, add, choose."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.engine_client import EngineClient
from engine import messages, wire
from engine.trouble import Notice
from engine.values import ModelRow


class ModelsFlow(QObject):
    """Owns the dialog of the shelf, which is made when it is first opened."""

    noticed = Signal(object, str)
    """engine.trouble.Notice and its kind (info, warning, danger)."""
    offered_to_use = Signal(object, str)
    """A model was put on the shelf: a notice that says so, and its name."""

    def __init__(self, client: EngineClient, window: QWidget) -> None:
        super().__init__(window)
        self._client = client
        self._window = window
        self._detail = ""
        self._dialog: Any = None

    @property
    def dialog(self) -> Any:
        """The shelf's dialog (desktop.models_panel.ModelsDialog)."""
        if self._dialog is None:
            from desktop.models_panel import ModelsDialog

            self._dialog = ModelsDialog(self._window)
            self._dialog.model_chosen.connect(self.choose)
            self._dialog.add_wanted.connect(self.choose_file)
        return self._dialog

    def open(self) -> None:
        """Show the shelf."""
        self.dialog.show_detail(self._detail)
        self.dialog.open()
        self._client.send(messages.ListModels(), None, self._listed)

    def show_detail(self, sentence: str) -> None:
        """The engine's own sentence about what runs where."""
        self._detail = sentence
        if self._dialog is not None:
            self._dialog.show_detail(sentence)

    def add(self, path: str) -> None:
        """Put a GGUF file on the shelf."""
        self._client.send(messages.AddModel(path), None, self._added)

    def choose(self, name: str) -> None:
        """Answer with this model from now on."""
        self._client.send(messages.ChooseModel(name), None, self._listed)

    def choose_file(self) -> None:
        """Let the student choose a model file."""
        from desktop.choosing import choose_model

        choose_model(self._window, self.add)

    def _listed(self, ending: Any) -> None:
        if isinstance(ending, messages.Models):
            if self._dialog is not None:
                self._dialog.show_models(ending.models)
        else:
            self._tell(ending)

    def _added(self, ending: Any) -> None:
        if not isinstance(ending, messages.ModelAdded):
            self._tell(ending)
            return
        model: ModelRow = ending.model
        said = self.tr("{model} is on the shelf.").format(model=model.name)
        self.offered_to_use.emit(Notice("model-added", said, self.tr("It can answer from now on if you like.")), model.name)
        self._client.send(messages.ListModels(), None, self._listed)

    def _tell(self, ending: Any) -> None:
        if isinstance(ending, wire.Failed):
            self.noticed.emit(ending.notice, "danger" if ending.bug else "warning")

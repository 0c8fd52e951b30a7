"""What goes on between the dialog of settings and the engine, which keeps the choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.engine_client import EngineClient
from engine import messages, wire
from engine.values import SettingValue

if TYPE_CHECKING:
    from desktop.settings_dialog import SettingsDialog


class SettingsFlow(QObject):
    """Owns the dialog, which is made when it is first opened; the engine keeps the choices."""

    noticed = Signal(object, str)
    """engine.trouble.Notice and its kind (info, warning, danger)."""

    def __init__(self, client: EngineClient, window: QWidget) -> None:
        super().__init__(window)
        self._client = client
        self._window = window
        self.dialog: SettingsDialog | None = None

    def open(self) -> None:
        """Show the settings as they are now."""
        if self.dialog is None:
            from desktop.settings_dialog import SettingsDialog

            self.dialog = SettingsDialog(self._window)
            self.dialog.changed.connect(self.change)
        self._client.send(messages.ListSettings(), None, self._listed)

    def change(self, name: str, value: SettingValue) -> None:
        """Keep a choice."""
        self._client.send(messages.ChangeSetting(name, value), None, self._kept)

    def _listed(self, ending: Any) -> None:
        if isinstance(ending, messages.Settings) and self.dialog is not None:
            self.dialog.show_settings(ending.settings)
            self.dialog.open()
        else:
            self._tell(ending)

    def _kept(self, ending: Any) -> None:
        if isinstance(ending, wire.Failed):
            self._tell(ending)
            self._client.send(messages.ListSettings(), None, self._listed)  # the dialog shows again what is so

    def _tell(self, ending: Any) -> None:
        if isinstance(ending, wire.Failed):
            self.noticed.emit(ending.notice, "danger" if ending.bug else "warning")

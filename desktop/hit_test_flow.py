"""What goes on between the hit test's dialog and the engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.engine_client import EngineClient
from desktop.engine_words import in_window_words
from engine import messages, wire
from engine.values import Scope

if TYPE_CHECKING:
    from desktop.hit_test_dialog import HitTestDialog


class HitTestFlow(QObject):
    """Owns the dialog, which is made when it is first opened; an earlier test that comes late is not shown."""

    passage_chosen = Signal(object)
    """engine.values.Passage whose page is wanted."""

    def __init__(self, client: EngineClient, scopes: Callable[[], tuple[Scope, ...]], window: QWidget) -> None:
        """`scopes` tells what a question is asked of at this moment."""
        super().__init__(window)
        self._client = client
        self._scopes = scopes
        self._window = window
        self._latest = 0
        self.dialog: HitTestDialog | None = None

    def open(self) -> None:
        """Show the dialog, beside which the window stays in use."""
        if self.dialog is None:
            from desktop.hit_test_dialog import HitTestDialog

            self.dialog = HitTestDialog(self._window)
            self.dialog.test_wanted.connect(self.test)
            self.dialog.passage_chosen.connect(self.passage_chosen)
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.question.setFocus()
        self.dialog.question.selectAll()

    def test(self, question: str) -> None:
        """Test a question, of what is chosen in the window."""
        if self._latest:
            self._client.cancel(self._latest)
        number = 0

        def ended(ending: Any) -> None:
            if number == self._latest:
                self._latest = 0
                self._show(ending)

        number = self._client.send(messages.HitTest(question, within=self._scopes()), None, ended)
        self._latest = number
        if self.dialog is not None:
            self.dialog.show_waiting()

    def _show(self, ending: Any) -> None:
        if self.dialog is None:
            return
        if isinstance(ending, messages.HitTested):
            self.dialog.show_tested(ending)
        elif isinstance(ending, wire.Failed):
            notice = in_window_words(ending.notice)
            self.dialog.show_trouble(notice.sentence, notice.remedy)

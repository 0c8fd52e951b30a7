"""What goes on between a formula below an answer and the engine that has it drawn. What can't be drawn is not shown, and not spoken of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.engine_client import EngineClient
from engine import messages
from engine.trouble import Trouble

if TYPE_CHECKING:
    from desktop.chat.formulas import FormulaPicture


class FormulaFlow(QObject):
    """Draws the formulas that come into sight."""

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client

    def draw(self, picture: FormulaPicture) -> None:
        """Have one formula drawn. Its conversation may be left before it comes."""
        page, *clip = picture.box
        request = messages.DrawPage(picture.document, page, picture.pixels_per_point, (clip[0], clip[1], clip[2], clip[3]))

        def ended(ending: Any) -> None:
            from shiboken6 import isValid

            from desktop.page_picture import load_picture

            if not isValid(picture):
                return
            try:
                image = load_picture(ending.picture) if isinstance(ending, messages.PageDrawn) else None
            except Trouble:
                image = None
            if image is None:
                picture.fail()
            else:
                picture.show_picture(image)

        self._client.send(request, None, ended)

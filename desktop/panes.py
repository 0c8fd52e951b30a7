"""The three panes side by side: the sidebar, the chat and the page. Where they don't all fit, the sidebar gives way while a page is open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

SIDEBAR_PX = 292
MIDDLE_LEAST_PX = 380
PAGE_LEAST_PX = 320
PAGE_SHARE = 0.46
"""How much of the room beside the sidebar a page gets when it is first opened."""


class Panes(QSplitter):
    """Shows the page beside the chat, and always with its whole header: no pane ever lies over another."""

    def __init__(self, side: QWidget, middle: QWidget, *, page_px: int | None = None) -> None:
        """`page_px`: how wide the page was when it was last shown."""
        super().__init__(Qt.Orientation.Horizontal)
        self._side, self._middle = side, middle
        self._page: QWidget | None = None
        self._side_px = SIDEBAR_PX
        self._page_px = page_px
        self._is_page_open = self._is_side_away = False
        middle.setMinimumWidth(MIDDLE_LEAST_PX)
        self.setChildrenCollapsible(False)
        self.addWidget(side)
        self.addWidget(middle)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)

    @property
    def widths(self) -> tuple[int, int]:
        """How wide the sidebar is when it is shown, and what is beside it."""
        side = self._side_now()
        return side, self.width() - side

    @property
    def page_px(self) -> int | None:
        """How wide the page is where there is room for everything, or was when it was last shown; None if it never was."""
        if self._is_page_open and not self._is_side_away and self.sizes()[2]:
            return self.sizes()[2]
        return self._page_px

    def add_page(self, page: QWidget) -> None:
        """Take in the pane of the page, not shown yet."""
        page.setMinimumWidth(PAGE_LEAST_PX)
        page.hide()
        self._page = page
        self.addWidget(page)

    def show_page(self) -> None:
        """Show the page, as wide as it was."""
        if self._page is not None and not self._is_page_open:
            self._side_px = self._side_now()
            self._is_page_open = True
            self._page.show()
            self._make_room()
            self._divide()

    def hide_page(self) -> None:
        """Give the page's room back."""
        if self._page is not None and self._is_page_open:
            self._page_px = self.page_px
            self._is_page_open = False
            self._page.hide()
            self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Another width may have room for the sidebar, or none."""
        self._make_room()
        super().resizeEvent(event)

    def _side_now(self) -> int:
        return self._side_px if self._is_side_away else self.sizes()[0] or self._side_px

    def _make_room(self) -> None:
        """Show the sidebar where everything fits beside it."""
        needed = self._side.minimumWidth() + MIDDLE_LEAST_PX + PAGE_LEAST_PX + 2 * self.handleWidth()
        must_go = self._is_page_open and self.width() < needed
        if must_go == self._is_side_away:
            return
        self._side_px = self._side_now()
        self._is_side_away = must_go
        self._side.setVisible(not must_go)
        self._divide()

    def _divide(self) -> None:
        """Give the sidebar and the page the widths they had, as far as the chat keeps its least."""
        if not self._is_page_open:
            self.setSizes([self._side_px, self.width() - self._side_px])
            return
        least = MIDDLE_LEAST_PX + 2 * self.handleWidth()
        side = 0 if self._is_side_away else min(self._side_px, self.width() - least - PAGE_LEAST_PX)
        room = self.width() - side
        page = max(PAGE_LEAST_PX, min(self._page_px or round(room * PAGE_SHARE), room - least))
        self.setSizes([side, room - page, page])

"""The page beside the chat: where a citation stands, with its words highlighted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from desktop.chat.glyphs import Name, glyph
from desktop.chat.look import chat_stylesheet
from desktop.chat.shortened_label import ShortenedLabel
from desktop.chat.wording import part_heading, where_exactly, where_printed
from desktop.highlights import highlight_rectangles
from desktop.page_canvas import PageCanvas
from desktop.page_picture import load_picture
from desktop.part_text import PartText
from desktop.theme import Theme, light
from engine.messages import PageDrawn, PartRead
from engine.trouble import Notice, Trouble
from engine.values import Box, Place

_ZOOM_STEP = 1.25
_SMALLEST, _LARGEST = 0.4, 5.0
"""Device-independent pixels per point."""
_SHARPEST = 8.0
"""Device pixels per point that are asked for at most: 576 dpi."""
_MARGIN_PX = 16
_SETTLED_AFTER_MS = 150
"""A page is asked for anew only when the size has stopped changing."""


class PageView(QWidget):
    """Shows one page (or part) at a time. It draws nothing itself: what it wants drawn, it says."""

    closed = Signal()
    page_wanted = Signal(str, int, float)
    """Document id, page, device pixels per point."""
    part_wanted = Signal(str, int)
    """Document id, number of the part."""
    open_original_wanted = Signal(str)
    """Document id."""

    def __init__(self, parent: QWidget | None = None, *, theme: Theme | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageView")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme or light()
        self._drawn: PageDrawn | None = None
        self._part: PartRead | None = None
        self._document: str | None = None
        self._pages: int | None = None
        self._zoom: float | None = None  # None: as wide as the view
        self._asked_for: tuple[str, int, float] | None = None
        self._is_turning = False
        """Whether another page than the one on show was asked for."""
        self._buttons: dict[QToolButton, Name] = {}
        self._build()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_AFTER_MS)
        self._settled.timeout.connect(self._ask_for_sharper)
        self.set_theme(self._theme)
        self._refresh_buttons()

    # ---- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.title = ShortenedLabel(self)
        self.title.setObjectName("pageTitle")
        self.label = ShortenedLabel(self)
        self.label.setObjectName("pageLabel")
        self.previous_button = self._button("previous", self.tr("Previous page (Left)"), lambda: self._turn(-1))
        self.next_button = self._button("next", self.tr("Next page (Right)"), lambda: self._turn(1))
        self.zoom_out_button = self._button("zoom-out", self.tr("Smaller (−)"), lambda: self._zoom_by(1 / _ZOOM_STEP))
        self.zoom_in_button = self._button("zoom-in", self.tr("Larger (+)"), lambda: self._zoom_by(_ZOOM_STEP))
        self.fit_button = self._button("fit", self.tr("Fit the width (0)"), self._fit_width)
        self.open_button = self._button("open", self.tr("Open the original file"), self._open_original)
        self.close_button = self._button("close", self.tr("Close (Esc)"), self.closed.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        self.canvas = PageCanvas(self._theme)
        self.scroller = QScrollArea(self)
        self.scroller.setObjectName("pageScroll")
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.scroller.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else fitting the width could flicker
        self._sheet = QWidget()
        self._sheet.setObjectName("pageSheet")
        around = QVBoxLayout(self._sheet)
        around.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        around.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        around.addWidget(self.canvas)
        self.scroller.setWidget(self._sheet)
        self.scroller.viewport().installEventFilter(self)
        self.text = PartText(self._theme, self)
        self.notice = QLabel(self)
        self.notice.setObjectName("pageNotice")
        self.notice.setTextFormat(Qt.TextFormat.PlainText)
        self.notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.notice.setWordWrap(True)
        self.notice.setMargin(32)
        self.stack = QStackedWidget(self)
        for widget in (self.notice, self.scroller, self.text):
            self.stack.addWidget(widget)
        column.addWidget(self.stack, 1)

    def _header(self) -> QWidget:
        header = QWidget(self)
        header.setObjectName("pageHeader")
        header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(header)
        row.setContentsMargins(16, 10, 10, 10)
        row.setSpacing(2)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.title)
        names.addWidget(self.label)
        row.addLayout(names, 1)
        row.addSpacing(8)
        for button in self._buttons:
            row.addWidget(button)
            if button in (self.next_button, self.fit_button):
                row.addSpacing(8)
        return header

    def _button(self, name: Name, tip: str, press: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setIconSize(QSize(18, 18))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(press)
        self._buttons[button] = name
        return button

    # ---- showing ---------------------------------------------------------------------------------------------------

    def show_waiting(self, title: str, page_label: str) -> None:
        """A page is being fetched; its label is the number printed on it ("" if there is none)."""
        self._drawn = None
        self._part = None
        self._document = None
        self._pages = None
        self._asked_for = None
        self._is_turning = False
        self.canvas.clear()
        self._name(title, where_printed(page_label) if page_label else "")
        self._say(self.tr("Opening the page…") if page_label else self.tr("Opening the text…"))
        self._refresh_buttons()

    def show_page(self, drawn: PageDrawn, boxes: Sequence[Box], quote: str) -> None:
        """Show a drawn page with the boxes of it highlighted, the first one in sight. `quote` is what they say."""
        try:
            image = load_picture(drawn.picture)
        except Trouble as trouble:
            self.fail(trouble.notice)
            return
        self._is_turning = False
        same_page = self._drawn is not None and (self._drawn.document, self._drawn.page) == (drawn.document, drawn.page)
        self._drawn, self._part, self._document = drawn, None, drawn.document
        picture = drawn.picture
        rectangles = highlight_rectangles(
            boxes, page=drawn.page, pixels_per_point=picture.pixels_per_point, width=image.width(), height=image.height()
        )  # fmt: skip
        self.canvas.show_picture(image, rectangles)
        self.canvas.setAccessibleDescription(self.tr("Highlighted: {quote}").format(quote=quote) if rectangles and quote else "")
        self.label.show_text(where_exactly(drawn.page, drawn.page_label))
        self.stack.setCurrentWidget(self.scroller)
        self._lay_out()
        if not same_page:
            self._show_first_highlight()
        self._refresh_buttons()

    def show_text(self, part: PartRead, quote: str, place: Place | None, title: str, section: str = "") -> None:
        """Show the text of what has no pages, with the quote marked. `place` and `section` say where it stands, as far as they are known."""
        self._drawn, self._part, self._document = None, part, part.document
        self._is_turning = False
        named = section or part.section or ""
        self._name(title, part_heading(place or part.place, named if named != title else None))
        self.stack.setCurrentWidget(self.text)  # first: what is hidden can't be scrolled to the quote
        self.text.show_part(part, quote, place)
        self._refresh_buttons()

    def fail(self, notice: Notice) -> None:
        """The page can't be shown: why, and what to do. If it was only wanted sharper, it stays as it is."""
        if self._drawn is not None and not self._is_turning and self.stack.currentWidget() is self.scroller:
            return
        if self._part is not None and self._is_turning:
            self._part = None
        self._is_turning = False
        self._asked_for = None
        self._say(f"{notice.sentence}\n{notice.remedy}")
        self._refresh_buttons()

    def set_page_count(self, pages: int | None) -> None:
        """How many pages the document has, so that the last one has no next; None if unknown."""
        self._pages = pages
        self._refresh_buttons()

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in another theme's colours (the page itself stays paper)."""
        self._theme = theme
        self.setStyleSheet(chat_stylesheet(theme))
        self.canvas.set_theme(theme)
        self.text.set_theme(theme)
        for button, name in self._buttons.items():
            button.setIcon(glyph(name, theme.text, disabled=theme.border_strong))

    def _name(self, title: str, label: str) -> None:
        self.title.show_text(title)
        self.label.show_text(label)

    def _say(self, sentence: str) -> None:
        self.notice.setText(sentence)
        self.stack.setCurrentWidget(self.notice)

    def _refresh_buttons(self) -> None:
        shown = self._drawn is not None and self.stack.currentWidget() is self.scroller
        for button in (self.zoom_in_button, self.zoom_out_button, self.fit_button):
            button.setEnabled(shown)
        at, last = self._stands_at()
        self.previous_button.setEnabled(at is not None and at > 1)
        self.next_button.setEnabled(at is not None and (last is None or at < last))
        self.open_button.setEnabled(self._document is not None)
        if self._part is not None:
            tips = self.tr("Previous part (Alt+Left)"), self.tr("Next part (Alt+Right)")
        else:
            tips = self.tr("Previous page (Left)"), self.tr("Next page (Right)")
        for button, tip in zip((self.previous_button, self.next_button), tips, strict=True):
            button.setToolTip(tip)
            button.setAccessibleName(tip)

    def _stands_at(self) -> tuple[int | None, int | None]:
        """Which page or part is on show, and which is the last one, as far as they are known."""
        if self._part is not None:
            return self._part.sheet, self._part.parts or self._part.sheet
        return (self._drawn.page, self._pages) if self._drawn is not None else (None, None)

    # ---- size ------------------------------------------------------------------------------------------------------

    def _scale(self) -> float:
        """Device-independent pixels per point in which the page is shown now."""
        assert self._drawn is not None
        if self._zoom is not None:
            return self._zoom
        room = self.scroller.viewport().width() - 2 * _MARGIN_PX
        return min(_LARGEST, max(_SMALLEST, room / max(1.0, self._page_width())))

    def _page_width(self) -> float:
        assert self._drawn is not None
        return self._drawn.picture.width / self._drawn.picture.pixels_per_point

    def _lay_out(self) -> None:
        if self._drawn is None:
            return
        picture, scale = self._drawn.picture, self._scale()
        points = (picture.width / picture.pixels_per_point, picture.height / picture.pixels_per_point)
        self.canvas.set_page_size(QSize(max(1, round(points[0] * scale)), max(1, round(points[1] * scale))))
        self._sheet.adjustSize()
        self._settled.start()

    def _ask_for_sharper(self) -> None:
        """Ask for the page in the sharpness that it is shown in, if the picture at hand is clearly coarser."""
        if self._drawn is None or self._is_turning or self.stack.currentWidget() is not self.scroller:
            return
        wanted = round(min(_SHARPEST, self._scale() * self.devicePixelRatioF()), 2)
        asked_for = (self._drawn.document, self._drawn.page, wanted)
        if wanted > self._drawn.picture.pixels_per_point * 1.1 and asked_for != self._asked_for:
            self._asked_for = asked_for
            self.page_wanted.emit(*asked_for)

    def _zoom_by(self, factor: float) -> None:
        if self._drawn is not None:
            self._zoom = min(_LARGEST, max(_SMALLEST, self._scale() * factor))
            self._keep_centre(self._lay_out)

    def _fit_width(self) -> None:
        if self._drawn is not None:
            self._zoom = None
            self._keep_centre(self._lay_out)

    def _keep_centre(self, change: Callable[[], None]) -> None:
        """What is in the middle of the view stays there while the page changes its size."""
        bar = self.scroller.verticalScrollBar()
        middle = (bar.value() + self.scroller.viewport().height() / 2) / max(1, self._sheet.height())
        change()
        bar.setValue(round(middle * self._sheet.height() - self.scroller.viewport().height() / 2))

    def _show_first_highlight(self) -> None:
        bars = (self.scroller.horizontalScrollBar(), self.scroller.verticalScrollBar())
        if not self.canvas.rectangles:
            for bar in bars:
                bar.setValue(0)
            return
        first = self.canvas.shown(self.canvas.rectangles[0])
        view = self.scroller.viewport()
        bars[0].setValue(round(first.center().x() + _MARGIN_PX - view.width() / 2))
        bars[1].setValue(round(first.top() + _MARGIN_PX - view.height() / 3))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """A view that changes its width changes the page with it."""
        if isinstance(event, QResizeEvent) and self._zoom is None and event.oldSize().width() != event.size().width():
            self._keep_centre(self._lay_out)
        return super().eventFilter(watched, event)

    # ---- keys and buttons ------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Escape closes, arrows turn pages, plus, minus and zero change the size."""
        match event.key():
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case Qt.Key.Key_Left if self.previous_button.isEnabled():
                self._turn(-1)
            case Qt.Key.Key_Right if self.next_button.isEnabled():
                self._turn(1)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._zoom_by(_ZOOM_STEP)
            case Qt.Key.Key_Minus:
                self._zoom_by(1 / _ZOOM_STEP)
            case Qt.Key.Key_0:
                self._fit_width()
            case _:
                super().keyPressEvent(event)

    def _turn(self, by: int) -> None:
        at, _ = self._stands_at()
        if at is None or at + by < 1:
            return
        self._is_turning = True
        if self._part is not None:
            self.part_wanted.emit(self._part.document, at + by)
        elif self._drawn is not None:
            self.page_wanted.emit(self._drawn.document, at + by, self._drawn.picture.pixels_per_point)

    def _open_original(self) -> None:
        if self._document is not None:
            self.open_original_wanted.emit(self._document)

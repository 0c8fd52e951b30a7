"""Where a question is written: it grows with its lines, Enter sends it, Shift+Enter begins a new line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop.chat.glyphs import glyph
from desktop.theme import Theme

_MOST_LINES = 8
_LONGEST_QUESTION = 4_000
"""Characters; the engine refuses what is longer."""
_LONGEST_TEXT = 100_000
"""Characters that the field takes: a book in the clipboard must not hold up the window. None of it can be asked, which is said."""


class QuestionEdit(QPlainTextEdit):
    """A text field as tall as its text, up to eight lines."""

    sent = Signal()
    focus_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.setAcceptDrops(False)  # a dropped file is for the library, which takes it anywhere in the window
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Enter sends; with Shift it begins a line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.sent.emit()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 — Qt's name
        """The frame around lights up."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 — Qt's name
        """The frame around goes dim."""
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Another font needs another height."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        lines = max(1, round(self.document().size().height()))  # a plain-text document measures its height in lines
        shown = min(lines, _MOST_LINES)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * shown + 8)
        wanted = Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > _MOST_LINES else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(wanted)


class Composer(QFrame):
    """The field, the scope below it, and a button that sends, or stops while an answer runs."""

    asked = Signal(str)
    stop_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("composer")
        self._theme = theme
        self._running = False
        self._unavailable: str | None = None
        self.edit = QuestionEdit(self)
        self.edit.setPlaceholderText(self.tr("Ask your library…"))
        self.edit.setAccessibleName(self.tr("Question"))
        self.button = QPushButton(self)
        self.button.setObjectName("send")
        self.button.setIconSize(QSize(18, 18))
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.reason = QLabel(self)
        self.reason.setTextFormat(Qt.TextFormat.PlainText)
        self.reason.setProperty("role", "state")
        self.too_long = QLabel(self)
        self.too_long.setTextFormat(Qt.TextFormat.PlainText)
        self.too_long.setProperty("role", "state")
        self.too_long.setWordWrap(True)
        self.too_long.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 10, 10)
        column.setSpacing(6)
        column.addWidget(self.edit)
        column.addWidget(self.too_long)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self.reason)
        self._row.addStretch(1)
        self._row.addWidget(self.button)
        column.addLayout(self._row)
        self.edit.sent.connect(self._send)
        self.edit.textChanged.connect(self._text_changed)
        self.edit.focus_changed.connect(self._light_up)
        self.button.clicked.connect(self._press)
        self._refresh()

    def set_running(self, running: bool) -> None:
        """While an answer runs the button stops it; a next question can be written meanwhile."""
        self._running = running
        self._refresh()

    def set_unavailable(self, reason: str | None) -> None:
        """Why nothing can be asked now, shown instead of the invitation; None: it can."""
        self._unavailable = reason
        self._refresh()

    def set_scope_widget(self, widget: QWidget) -> None:
        """What the question is asked of, at the left below the field."""
        self._row.insertWidget(0, widget)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        self._theme = theme
        self._refresh()

    def _press(self) -> None:
        if self._running:
            self.stop_pressed.emit()
        else:
            self._send()

    def _send(self) -> None:
        question = self.edit.toPlainText().strip()
        if question and len(question) <= _LONGEST_QUESTION and not self._running and self._unavailable is None:
            self.edit.clear()
            self.asked.emit(question)

    def _text_changed(self) -> None:
        if len(self.edit.toPlainText()) > _LONGEST_TEXT:
            self.edit.setPlainText(self.edit.toPlainText()[:_LONGEST_TEXT])
            return
        self._refresh()

    def _say_too_long(self, length: int) -> None:
        if length > _LONGEST_QUESTION:
            number = QLocale().toString
            said = self.tr("A question can have {most} characters; this text has {count}. Shorten it to ask.")
            self.too_long.setText(said.format(most=number(_LONGEST_QUESTION), count=number(length)))
        self.too_long.setVisible(length > _LONGEST_QUESTION)

    def _refresh(self) -> None:
        length = len(self.edit.toPlainText().strip())
        can_be_asked = 0 < length <= _LONGEST_QUESTION and self._unavailable is None
        self._say_too_long(length)
        self.edit.setReadOnly(self._unavailable is not None)
        self.reason.setText(self._unavailable or "")
        self.reason.setVisible(self._unavailable is not None)
        self.button.setEnabled(self._running or can_be_asked)
        self.button.setIcon(glyph("stop" if self._running else "send", self._theme.accent_text, disabled=self._theme.text_muted))
        name = self.tr("Stop the answer") if self._running else self.tr("Ask (Enter)")
        self.button.setToolTip(name)
        self.button.setAccessibleName(name)

    def _light_up(self, focused: bool) -> None:
        self.setProperty("focused", focused)
        self.style().unpolish(self)
        self.style().polish(self)

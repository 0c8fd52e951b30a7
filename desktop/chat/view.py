"""The conversation: the transcript with its questions and answers, and the field for the next question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMessageBox, QPushButton, QVBoxLayout, QWidget

from desktop.chat.composer import Composer
from desktop.chat.look import chat_stylesheet
from desktop.chat.transcript import SIDE_PX, Transcript
from desktop.theme import Theme, light
from engine import messages, trouble, values

if TYPE_CHECKING:
    from desktop.chat.exchange import Exchange

TURNS_AT_ONCE = 10
"""How many turns of a stored conversation are drawn at once; the earlier ones wait for a click. A turn with code, a table and
three citations costs some 25 ms."""
_ADDRESS_LINE = 72
"""Characters of a link in one line of the question whether to open it."""


class ChatView(QWidget):
    """Shows a conversation and takes questions. It knows nothing of the engine: what happens is told to it, what is wished it says."""

    asked = Signal(str)
    """The question that was written."""
    stop_pressed = Signal()
    asked_of_all = Signal(str)
    """A question that was refused for a part of the library and is to be asked of all of it."""
    asked_of_model = Signal(str)
    """A question that was refused and is to be answered by the model alone."""
    asked_of_books = Signal(str)
    """A question that the student answered himself and that the books are to answer."""
    pair_wanted = Signal(object)
    """The engine.values.MatchedPair that is to be changed."""
    keep_wanted = Signal(object)
    """The engine.values.Answer that the student wants to make his own."""
    citation_clicked = Signal(object)
    """engine.values.Citation"""
    passage_clicked = Signal(object)
    """engine.values.Passage"""
    formula_wanted = Signal(object)
    """A `FormulaPicture` that came into sight and is to be drawn."""

    def __init__(self, parent: QWidget | None = None, *, theme: Theme | None = None) -> None:
        super().__init__(parent)
        self._theme = theme or light()
        self._exchanges: list[Exchange] = []
        self._current: Exchange | None = None
        self._of_a_part = False
        self._earlier: list[values.Turn] = []
        self._build()
        self.set_theme(self._theme)

    # ---- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.composer = Composer(self._theme, self)
        self.composer.asked.connect(self.asked)
        self.composer.stop_pressed.connect(self.stop_pressed)
        self.transcript = Transcript(self._theme, self)
        self.earlier_button = QPushButton(self)
        self.earlier_button.setObjectName("quiet")
        self.earlier_button.clicked.connect(self._show_earlier)
        self.earlier_button.hide()
        self.transcript.column.addWidget(self.earlier_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.placeholder = _Placeholder(self)
        self.placeholder.chosen.connect(self._ask_suggestion)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.placeholder, 1)
        column.addWidget(self.transcript, 1)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(SIDE_PX, 4, SIDE_PX, 20)
        bottom.addStretch(1)
        bottom.addWidget(self.composer, 10_000)
        bottom.addStretch(1)
        column.addLayout(bottom)
        self.setFocusProxy(self.composer.edit)
        self._show_placeholder(True)

    # ---- the conversation ------------------------------------------------------------------------------------------

    def show_turns(self, turns: Sequence[values.Turn]) -> None:
        """Show a stored conversation, at its end."""
        self.clear()
        self._earlier = list(turns[:-TURNS_AT_ONCE])
        for turn in turns[-TURNS_AT_ONCE:]:
            exchange = self._add(turn.answer.question)
            exchange.card.finish(turn.answer, of_a_part=bool(turn.scope))
        self._show_placeholder(not turns)
        self._offer_earlier()
        self.transcript.follow()

    def begin_question(self, question: str, of_a_part: bool = False) -> None:
        """A question was asked (of a part of the library only, or of all of it): show it with an empty answer, and offer to stop."""
        self._show_placeholder(False)
        self._of_a_part = of_a_part
        self._current = self._add(question)
        self._current.card.show_state(self.tr("Searching your library…"))
        self.composer.set_running(True)
        self.transcript.follow()

    def _ask_suggestion(self, question: str) -> None:
        self.composer.edit.setFocus()  # before the clicked button goes: the focus would jump to whatever is next in the window
        self.asked.emit(question)

    def show_sources(self, found: messages.PassagesFound) -> None:
        """The passages that the answer will be written from, before its first word."""
        if self._current is not None:
            self._current.card.show_sources(found)

    def show_state(self, sentence: str, done: int | None = None, total: int | None = None) -> None:
        """What is being done for the answer now, with how much of it is done where that is known."""
        if self._current is not None:
            self._current.card.show_state(sentence, done, total)

    def append_text(self, text: str) -> None:
        """The next piece of the answer."""
        if self._current is not None:
            self._current.card.append_text(text)

    def finish(self, answer: values.Answer) -> None:
        """The proven answer, in place of what was streamed."""
        was_following = self.transcript.is_following
        if (exchange := self._end()) is not None:
            exchange.card.finish(answer, of_a_part=self._of_a_part)
            if was_following:
                self.transcript.show_beginning(exchange)

    def fail(self, notice: trouble.Notice) -> None:
        """The question ended in trouble."""
        if (exchange := self._end()) is not None:
            exchange.card.fail(notice)

    def cancelled(self) -> None:
        """The question was stopped."""
        if (exchange := self._end()) is not None:
            exchange.card.cancelled()

    def clear(self) -> None:
        """An empty conversation."""
        self._end()
        self.transcript.follow()
        for exchange in self._exchanges:
            self.transcript.column.removeWidget(exchange)
            exchange.hide()
            exchange.deleteLater()
        self._exchanges = []
        self._earlier = []
        self._offer_earlier()
        self._show_placeholder(True)

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The questions and answers that are drawn, in order."""
        return tuple(self._exchanges)

    def _end(self) -> Exchange | None:
        ended, self._current = self._current, None
        self.composer.set_running(False)
        return ended

    def _add(self, question: str, *, at_top: bool = False) -> Exchange:
        from desktop.chat.exchange import Exchange  # 28 ms that the first frame need not wait for

        exchange = Exchange(question, self._theme, self.transcript.page)
        exchange.card.citation_clicked.connect(self.citation_clicked)
        exchange.card.passage_clicked.connect(self.passage_clicked)
        exchange.card.formula_wanted.connect(self.formula_wanted)
        exchange.card.link_pressed.connect(self._ask_before_opening)
        exchange.card.everything_wanted.connect(lambda: self.asked_of_all.emit(question))
        exchange.card.model_wanted.connect(lambda: self.asked_of_model.emit(question))
        exchange.card.books_wanted.connect(lambda: self.asked_of_books.emit(question))
        exchange.card.pair_wanted.connect(self.pair_wanted)
        exchange.card.keep_wanted.connect(self.keep_wanted)
        exchange.card.text.caret_moved.connect(lambda caret, text=exchange.card.text: self.transcript.show_area(text, caret))
        if at_top:
            self.transcript.column.insertWidget(1, exchange)
            self._exchanges.insert(0, exchange)
        else:
            self.transcript.column.addWidget(exchange)
            self._exchanges.append(exchange)
        return exchange

    def _show_earlier(self) -> None:
        turns, self._earlier = self._earlier[-TURNS_AT_ONCE:], self._earlier[:-TURNS_AT_ONCE]
        with self.transcript.reading_place_kept():
            for turn in reversed(turns):
                self._add(turn.answer.question, at_top=True).card.finish(turn.answer, of_a_part=bool(turn.scope))
        self._offer_earlier()

    def _offer_earlier(self) -> None:
        self.earlier_button.setText(self.tr("Show earlier questions ({count})").format(count=len(self._earlier)))
        self.earlier_button.setVisible(bool(self._earlier))

    # ---- around it -------------------------------------------------------------------------------------------------

    def set_scope_widget(self, widget: QWidget) -> None:
        """What a question is asked of; it stands in the composer."""
        self.composer.set_scope_widget(widget)

    def set_unavailable(self, reason: str | None) -> None:
        """Why nothing can be asked now (shown in the composer); None: it can."""
        self.composer.set_unavailable(reason)

    def set_placeholder(self, title: str, text: str) -> None:
        """What an empty conversation says."""
        self.placeholder.title.setText(title)
        self.placeholder.text.setText(text)

    def set_suggestions(self, questions: Sequence[str]) -> None:
        """Questions that an empty conversation offers; a click asks one."""
        self.placeholder.show_suggestions(questions)

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in another theme's colours."""
        self._theme = theme
        self.setStyleSheet(chat_stylesheet(theme))
        self.composer.set_theme(theme)
        self.composer.setMaximumWidth(theme.reading_width_px)
        self.transcript.set_theme(theme)
        for exchange in self._exchanges:
            exchange.set_theme(theme)

    def _show_placeholder(self, shown: bool) -> None:
        self.placeholder.setVisible(shown)
        self.transcript.setVisible(not shown)

    def _ask_before_opening(self, untrusted_address: str) -> None:
        """An answer may link anywhere, and what a link carries away is in its address: show it all, and open it only on a yes."""
        from desktop.chat.markdown_tree import safe_address

        address = safe_address(untrusted_address)
        if address is None:
            return
        question = QMessageBox(self)
        question.setObjectName("openLink")
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.setIcon(QMessageBox.Icon.Question)
        question.setTextFormat(Qt.TextFormat.PlainText)
        question.setWindowTitle(self.tr("Open a web page?"))
        question.setText(self.tr("This link leaves ByteBrain and opens in your browser."))
        question.setInformativeText(_in_lines(address))
        go = question.addButton(self.tr("Open"), QMessageBox.ButtonRole.AcceptRole)
        stay = question.addButton(QMessageBox.StandardButton.Cancel)
        question.setDefaultButton(stay)
        question.setEscapeButton(stay)
        go.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(address)))
        question.open()


def _in_lines(address: str) -> str:
    """A long address broken into lines, so that all of it is seen."""
    return "\n".join(address[start : start + _ADDRESS_LINE] for start in range(0, len(address), _ADDRESS_LINE))


class _Placeholder(QWidget):
    """What an empty conversation says, in the middle, and the questions that it offers."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.suggestions: list[QPushButton] = []
        self.title, self.text = QLabel(self), QLabel(self)
        self.title.setObjectName("placeholderTitle")
        self.text.setObjectName("placeholderText")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.addStretch(2)
        for label in (self.title, self.text):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(12)
        self._offered = QVBoxLayout()
        self._offered.setSpacing(8)
        column.addLayout(self._offered)
        column.addStretch(3)

    def show_suggestions(self, questions: Sequence[str]) -> None:
        """Offer these questions, one below the other."""
        for button in self.suggestions:
            self._offered.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.suggestions = []
        for question in questions:
            button = QPushButton(question.replace("&", "&&"), self)
            button.setObjectName("source")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _checked=False, question=question: self.chosen.emit(question))
            self._offered.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            self.suggestions.append(button)

"""One answer, from "searching" over the growing text to the proven answer with its sources, or to an honest no."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.chat import copying
from desktop.chat.answer_text import AnswerText
from desktop.chat.fold import Fold
from desktop.chat.glyphs import Name, glyph
from desktop.chat.own_answer_bar import OwnAnswerBar
from desktop.chat.proof_marks import answer_blocks
from desktop.chat.shortened_label import ShortenedLabel
from desktop.chat.sources import CitationList, SourceChips
from desktop.chat.streaming import StreamedAnswer
from desktop.chat.thin_bar import ThinBar
from desktop.chat.wording import (
    Use,
    answered_by,
    cost_sentence,
    left_out_sentence,
    of_citation,
    reading_sentence,
    searched_for_sentence,
    sources_sentence,
    tool_tip,
)
from desktop.engine_words import in_window_words
from desktop.theme import Theme
from engine import messages, trouble, values

_COPIED_FOR_MS = 1_500


class AnswerCard(QFrame):
    """Shows what is known of one answer at each moment. Nothing in it can reach out; clicks are signals."""

    citation_clicked = Signal(object)
    passage_clicked = Signal(object)
    formula_wanted = Signal(object)
    link_pressed = Signal(str)
    everything_wanted = Signal()
    """What was refused for a part of the library is to be asked of all of it."""
    model_wanted = Signal()
    """What was refused is to be answered by the model alone, marked as such."""
    books_wanted = Signal()
    """What the student answered himself is to be asked of the books."""
    pair_wanted = Signal(object)
    """The engine.values.MatchedPair that is to be changed."""
    keep_wanted = Signal(object)
    """The engine.values.Answer that the student wants to make his own."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.answer: values.Answer | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.space_px)
        self._build_waiting()
        self._build_answer()
        self._build_proof()
        self._build_footer()
        shortcut = QShortcut(QKeySequence("Ctrl+Shift+C"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.copy_as_text)

    # ---- building --------------------------------------------------------------------------------------------------

    def _build_waiting(self) -> None:
        self.searched_for = _label("state")
        self.searched_for.hide()
        self._column.addWidget(self.searched_for)
        self.chips = SourceChips(self)
        self.chips.passage_clicked.connect(self.passage_clicked)
        self.sources_fold = Fold(self._theme, self.chips, self)
        self.sources_fold.hide()
        self.state = _label("state")
        self.bar = ThinBar(self._theme, self)
        self.bar.setMaximumWidth(260)
        for widget in (self.sources_fold, self.chips, self.state, self.bar):
            self._column.addWidget(widget)
        self.state.hide()
        self.bar.hide()

    def _build_answer(self) -> None:
        self.text = AnswerText(self._theme, self)
        self.text.citation_pressed.connect(self._open_citation)
        self.text.link_pressed.connect(self.link_pressed)
        self.stream = StreamedAnswer(self.text, self)
        self._notice = QFrame(self)
        inside = QVBoxLayout(self._notice)
        inside.setContentsMargins(16, 14, 16, 14)
        inside.setSpacing(4)
        self.sentence, self.remedy = _label("sentence"), _label("remedy")
        inside.addWidget(self.sentence)
        inside.addWidget(self.remedy)
        self.ask_all_button = QPushButton(self.tr("Ask all books"), self._notice)
        self.ask_all_button.setObjectName("source")
        self.ask_all_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.ask_all_button.clicked.connect(lambda: self.everything_wanted.emit())
        self.ask_all_button.hide()
        self.ask_model_button = QPushButton(self.tr("Let the model answer by itself"), self._notice)
        self.ask_model_button.setToolTip(self.tr("From its own knowledge, not from your documents: it may be wrong"))
        self.ask_model_button.setObjectName("source")
        self.ask_model_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.ask_model_button.clicked.connect(lambda: self.model_wanted.emit())
        self.ask_model_button.hide()
        inside.addSpacing(6)
        ways_on = QHBoxLayout()
        ways_on.setSpacing(8)
        for button in (self.ask_all_button, self.ask_model_button):
            ways_on.addWidget(button)
        ways_on.addStretch(1)
        inside.addLayout(ways_on)
        self._notice.hide()
        self.provisional = _label("state")
        self.provisional.hide()
        self.own = OwnAnswerBar(self)
        self.own.books_wanted.connect(self.books_wanted)
        self.own.edit_wanted.connect(self.pair_wanted)
        self.beyond = _label("beyond")
        self.beyond.setText(self.tr("From the model's own knowledge, not from your documents"))
        self.beyond.hide()
        for widget in (self.own, self.provisional, self.beyond, self.text, self._notice):
            self._column.addWidget(widget)

    def _build_proof(self) -> None:
        self.note = _label("note")
        self.left_out = _label("leftOut")
        self.left_out_fold = Fold(self._theme, self.left_out, self)
        self._citations_heading = _label("sourcesHeading")
        self._citations_heading.setText(self.tr("Sources"))
        self.citations = CitationList(self._theme, self)
        self.citations.citation_clicked.connect(self.citation_clicked)
        self.citations.formula_wanted.connect(self.formula_wanted)
        for widget in (self.note, self.left_out_fold, self.left_out, self._citations_heading, self.citations):
            widget.hide()
            self._column.addWidget(widget)

    def _build_footer(self) -> None:
        self._footer = QWidget(self)
        row = QHBoxLayout(self._footer)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.copy_button = self._quiet(self.tr("Copy"), self.tr("Copy with citations (Ctrl+Shift+C)"))
        self.copy_button.clicked.connect(self.copy_as_text)
        self.copy_markdown_button = self._quiet(self.tr("Copy as Markdown"), self.tr("Copy as Markdown, with citations"))
        self.copy_markdown_button.clicked.connect(self.copy_as_markdown)
        self.keep_button = self._quiet(self.tr("Keep as my answer…"), self.tr("Change this answer, and get it whenever you ask the same"), "write")
        self.keep_button.clicked.connect(lambda: self.keep_wanted.emit(self.answer))
        self.cost = ShortenedLabel()
        self.cost.setProperty("role", "state")
        self.cost.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.copy_button)
        row.addWidget(self.copy_markdown_button)
        row.addWidget(self.keep_button)
        row.addWidget(self.cost, 1)
        self._footer.hide()
        self._column.addWidget(self._footer)

    def _quiet(self, text: str, tip: str, sign: Name = "copy") -> QPushButton:
        button = QPushButton(text, self._footer)
        button.setObjectName("quiet")
        button.setIcon(glyph(sign, self._theme.text_muted, 14))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        return button

    # ---- while it comes --------------------------------------------------------------------------------------------

    def show_state(self, sentence: str, done: int | None = None, total: int | None = None) -> None:
        """What is being done until the first word, or between the lines of a long answer; the bar glides while `done` is unknown."""
        if self.stream.received:
            for widget in (self.bar, self.state):  # where the next lines will come, not above all those that are there
                self._column.removeWidget(widget)
                self._column.insertWidget(self._column.indexOf(self.text) + 1, widget)
        self.state.setText(sentence)
        self.state.show()
        self.bar.set_progress(done, total)
        self.bar.show()

    def show_sources(self, found: messages.PassagesFound) -> None:
        """The passages, before the first word."""
        self._show_searched_for(found.searched_for)
        self.chips.show_passages(found.passages)
        self.sources_fold.setText(reading_sentence(found))
        self.sources_fold.show()
        self.sources_fold.setChecked(bool(found.passages))

    def _show_searched_for(self, question: str | None) -> None:
        """What a follow-up was taken to mean, so that a wrong guess is seen."""
        self.searched_for.setText(searched_for_sentence(question) if question else "")
        self.searched_for.setVisible(bool(question))

    def append_text(self, text: str) -> None:
        """The next piece of the answer, unproven yet."""
        self._hide_state()
        if not self.text.is_provisional:
            self.text.set_provisional(True)
            self.provisional.setText(self.tr("Being written. Each sentence is checked against your books before it counts."))
            self.provisional.show()
        self.stream.add(text)

    def _hide_state(self) -> None:
        self.state.hide()
        self.bar.hide()

    # ---- endings ---------------------------------------------------------------------------------------------------

    def finish(self, answer: values.Answer, *, of_a_part: bool = False) -> None:
        """The proven answer in place of what was streamed. `of_a_part`: not all of the library was asked."""
        self.answer = answer
        self._end()
        self._show_searched_for(answer.searched_for)
        self.text.set_provisional(False)
        self.provisional.hide()
        if answer.refused:
            self._show_refusal(answer, of_a_part)
        else:
            self._show_answer(answer)
        self._show_cost(answer)

    def fail(self, notice: trouble.Notice) -> None:
        """The question ended in trouble: what happened, and what to do."""
        notice = in_window_words(notice)
        self._end()
        self._dress_notice("failed")
        self.sentence.setText(notice.sentence)
        self.remedy.setText(notice.remedy)
        self.remedy.setVisible(bool(notice.remedy))
        self._notice.show()
        self._warn_of_unproven()

    def cancelled(self) -> None:
        """Somebody pressed stop."""
        self._end()
        stopped = self.tr("Stopped.")
        if not self._warn_of_unproven(stopped):
            self.state.setText(stopped)
            self.state.show()

    def _end(self) -> None:
        self.stream.flush()
        self.stream.stop()
        self._hide_state()

    def _dress_notice(self, name: str) -> None:
        self._notice.setObjectName(name)
        for widget in (self._notice, self.sentence, self.remedy):  # a style sheet looks at names only when polishing
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def _warn_of_unproven(self, reason: str = "") -> bool:
        """Whether something was written, which then stays, with a warning."""
        self.sources_fold.setChecked(False)
        written = bool(self.stream.received.strip())
        self.provisional.setVisible(written)
        if written:
            self.provisional.setText(self.tr("Not checked"))
            unproven = self.tr("What was written so far has not been checked against your library.")
            self.note.setText(self.tr("{first} {second}").format(first=reason, second=unproven) if reason else unproven)
            self.note.show()
        return written

    def _show_answer(self, answer: values.Answer) -> None:
        self.text.set_tips({citation.number: tool_tip(of_citation(citation), f"“{citation.quote}”") for citation in answer.citations})
        self.text.show_blocks(answer_blocks(answer))
        statuses = {sentence.status for sentence in answer.sentences}
        by_itself = answer.pair is None and "general" in statuses and "supported" not in statuses
        self.beyond.setVisible(by_itself)
        self._show_passages(answer, "nearest" if by_itself else "read", unfolded=False)
        if answer.pair is not None:
            self.own.show_pair(answer.pair)
        said_generally = answer.pair is None and "general" in statuses and not by_itself
        general = self.tr("Underlined in dots: the model's general knowledge, which no passage in your library bears.")
        notes = [line for line in (answer.note, general if said_generally else None) if line]
        self.note.setText("\n".join(notes))
        self.note.setVisible(bool(notes))
        left_out = [sentence.text for sentence in answer.sentences if sentence.status == "unsupported"]
        self.left_out_fold.setText(left_out_sentence(len(left_out)))
        self.left_out_fold.setVisible(bool(left_out))
        self.left_out.setText("\n".join(f"– {text}" for text in left_out))
        self.citations.show_citations(answer.citations, answer.passages)
        self.citations.setVisible(bool(answer.citations))
        self._citations_heading.setVisible(bool(answer.citations))

    def _show_refusal(self, answer: values.Answer, of_a_part: bool) -> None:
        self.text.show_blocks(())
        self._dress_notice("refused")
        self.sentence.setText(self.tr("Not in the part that you asked") if of_a_part else self.tr("Not in your library"))
        # A greeting returned says all; so does a long answer that can't be given: which book, which chapter is missing.
        says_all = answer.origin == "greeting" or answer.layout == "outline"
        self.ask_all_button.setVisible(of_a_part and not says_all)
        self.ask_model_button.setVisible(not says_all)
        self.remedy.setText(answer.answer or answer.note or self.tr("No passage answers this question, so ByteBrain doesn't either."))
        if says_all:
            self.sentence.setText(answer.answer)
        self.remedy.setVisible(not says_all)
        self._notice.show()
        note = answer.note if answer.answer else None
        self.note.setText(note or "")
        self.note.setVisible(bool(note))
        self._column.removeWidget(self.sources_fold)
        self._column.removeWidget(self.chips)
        below = self._column.indexOf(self._notice) + 1
        self._column.insertWidget(below, self.sources_fold)
        self._column.insertWidget(below + 1, self.chips)
        self._show_passages(answer, "nearest", unfolded=True)

    def _show_passages(self, answer: values.Answer, use: Use, *, unfolded: bool) -> None:
        self.chips.show_passages(answer.passages)
        self.sources_fold.setText(sources_sentence(answer.passages, use))
        self.sources_fold.setVisible(bool(answer.passages))
        self.sources_fold.setChecked(unfolded and bool(answer.passages))

    def _show_cost(self, answer: values.Answer) -> None:
        who, cost = answered_by(answer), cost_sentence(answer)
        self.cost.show_text(who or cost, cost if who else "")
        for button in (self.copy_button, self.copy_markdown_button):
            button.setVisible(not answer.refused)
        self.keep_button.setVisible(answer.pair is None and answer.origin != "greeting")
        if answer.refused:
            self.keep_button.setText(self.tr("Answer it myself…"))
        self._footer.show()

    def _open_citation(self, number: int) -> None:
        if self.answer is not None:
            for citation in self.answer.citations:
                if citation.number == number:
                    self.citation_clicked.emit(citation)

    # ---- copying ---------------------------------------------------------------------------------------------------

    def copy_as_text(self) -> None:
        """Put the answer with its citations on the clipboard."""
        if self.answer is not None:
            QGuiApplication.clipboard().setText(copying.as_text(self.answer))
            self._say_copied(self.copy_button)

    def copy_as_markdown(self) -> None:
        """Put the answer as Markdown with its citations on the clipboard."""
        if self.answer is not None:
            QGuiApplication.clipboard().setText(copying.as_markdown(self.answer))
            self._say_copied(self.copy_markdown_button)

    def _say_copied(self, button: QPushButton) -> None:
        button.setIcon(glyph("check", self._theme.success, 14))
        QTimer.singleShot(_COPIED_FOR_MS, button, lambda: button.setIcon(glyph("copy", self._theme.text_muted, 14)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 — Qt's name
        """Copying, by the right mouse button or the menu key."""
        self._context_menu(event.globalPos())

    def _context_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.text.textCursor().hasSelection():
            menu.addAction(self.tr("Copy selection"), self.text.copy)
        if self.answer is not None and not self.answer.refused:
            menu.addAction(self.tr("Copy answer with citations"), self.copy_as_text)
            menu.addAction(self.tr("Copy as Markdown"), self.copy_as_markdown)
        if not self.text.document().isEmpty():
            menu.addAction(self.tr("Select all"), self.text.selectAll)
        if not menu.isEmpty():
            menu.popup(at)

    # ---- look ------------------------------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Draw everything in another theme's colours."""
        self._theme = theme
        self.bar.set_theme(theme)
        self.text.set_theme(theme)
        self.citations.set_theme(theme)
        for fold in (self.sources_fold, self.left_out_fold):
            fold.set_theme(theme)
        for button in (self.copy_button, self.copy_markdown_button):
            button.setIcon(glyph("copy", theme.text_muted, 14))
        self.keep_button.setIcon(glyph("write", theme.text_muted, 14))
        if self.answer is not None and not self.answer.refused:
            self.text.show_blocks(answer_blocks(self.answer))
        elif self.answer is None:
            self.stream.draw_again()


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label

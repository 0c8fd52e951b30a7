"""What goes on between the chat, the list of conversations and the engine: ask, stop, open, forget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.engine_client import EngineClient
from engine import messages, wire
from engine.values import Answer, ConversationId, ConversationSummary, Passage, Scope

if TYPE_CHECKING:
    from desktop.chat.view import ChatView


EARLIER_QUESTIONS = 12
"""How many earlier questions go with a new one; the engine looks at no more."""


class QuestionFlow(QObject):
    """One conversation is open at a time, and at most one question of it is being answered."""

    noticed = Signal(object, str)
    """engine.trouble.Notice and its kind (info, warning, danger)."""
    listed = Signal(object)
    """The conversations, after they changed: a tuple of ConversationSummary."""
    opened = Signal(object)
    """The id of the open conversation (None: a new one)."""
    scope_restored = Signal(object)
    """The scope of the last question of a conversation that was opened; none for a new one."""

    def __init__(
        self,
        client: EngineClient,
        chat: ChatView,
        scopes: Callable[[], Sequence[Scope]],
        pages_seen: Callable[[], tuple[int, int]],
        parent: QObject | None = None,
    ) -> None:
        """`scopes` tells what is chosen in the scope picker, `pages_seen` how many pages can be searched and how many there are."""
        super().__init__(parent)
        self._client = client
        self._chat = chat
        self._scopes = scopes
        self._pages_seen = pages_seen
        self._asked: int | None = None
        self._opening: int | None = None
        self._listing: int | None = None
        self._written = 0
        self.conversation: ConversationId | None = None
        self.answers: list[Answer] = []
        """The answers of the open conversation, in order."""
        self._questions: list[str] = []
        """Its questions, those that were stopped or went wrong among them: a follow-up goes on from what a person sees."""
        chat.asked.connect(self.ask)
        chat.asked_of_all.connect(self.ask_all)
        chat.asked_of_model.connect(lambda question: self.ask(question, mode="open"))
        chat.asked_of_books.connect(lambda question: self.ask(question, own_answers=False))
        chat.stop_pressed.connect(self.stop)

    @property
    def is_answering(self) -> bool:
        """Whether a question waits for its ending."""
        return self._asked is not None

    @property
    def written(self) -> int:
        """How many characters of an answer the running question (or the last one) has got."""
        return self._written

    def passages(self) -> tuple[Passage, ...]:
        """Every passage that the answers of the open conversation were made from: what a citation without page points into."""
        return tuple(passage for answer in self.answers for passage in answer.passages)

    def refresh(self) -> None:
        """Ask for the list of conversations. The engine answers several requests at a time: an older list that comes late is not shown."""
        number = 0

        def listed(ending: Any) -> None:
            if number == self._listing:
                self._listed(ending)

        number = self._client.send(messages.ListConversations(), None, listed)
        self._listing = number

    def ask(self, question: str, *, own_answers: bool = True, mode: Literal["strict", "open"] = "strict") -> None:
        """Ask in the open conversation (a first question opens one); without `own_answers` the books answer in any case.

        In `open` mode the model answers from its own knowledge what the books don't say.
        """
        self._leave_question()
        scopes = tuple(self._scopes())
        self._chat.begin_question(question, bool(scopes))
        self._written = 0
        number = 0

        def heard(happening: Any) -> None:
            if number == self._asked:
                self._heard(happening)

        def ended(ending: Any) -> None:
            if number == self._asked:
                self._asked = None
                self._ended(ending)
            elif isinstance(ending, messages.Answered):
                self.refresh()

        history = tuple(self._questions[-EARLIER_QUESTIONS:])
        self._questions.append(question)
        request = messages.Ask(question, within=scopes, mode=mode, conversation=self.conversation, remember=True, history=history, own_answers=own_answers)
        number = self._client.send(request, heard, ended)
        self._asked = number

    def ask_all(self, question: str) -> None:
        """Ask the whole library from now on, this question first."""
        self.scope_restored.emit(())
        self.ask(question)

    def stop(self) -> None:
        """Stop the question that is being answered."""
        if self._asked is not None:
            self._client.cancel(self._asked)

    def begin_new(self) -> None:
        """Leave the open conversation for a new one."""
        self._leave_question()
        self._opening = None
        self.conversation = None
        self.answers.clear()
        self._questions.clear()
        self._chat.clear()
        self.opened.emit(None)
        self.scope_restored.emit(())

    def open(self, conversation: str) -> None:
        """Show a stored conversation."""
        if conversation == self.conversation:
            return
        self._leave_question()
        number = 0

        def opened(ending: Any) -> None:
            self._opened(number, ending)

        number = self._client.send(messages.OpenConversation(ConversationId(conversation)), None, opened)
        self._opening = number

    def forget(self, conversation: str) -> None:
        """Forget a stored conversation for good."""
        self._client.send(messages.ForgetConversation(ConversationId(conversation)), None, self._forgotten)

    # ---- what comes back --------------------------------------------------------------------------------------------

    def _leave_question(self) -> None:
        """Nobody looks at the running question any longer: stop it, so that the next one need not wait."""
        if self._asked is not None:
            number, self._asked = self._asked, None
            self._client.cancel(number)
            self._chat.cancelled()

    def _heard(self, happening: Any) -> None:
        if isinstance(happening, messages.PassagesFound):
            seen, total = self._pages_seen()  # the library's own count, so that two counts are never on show at once
            self._chat.show_sources(msgspec.structs.replace(happening, pages_seen=seen, pages_total=total))
        elif isinstance(happening, messages.ModelLoading):
            self._chat.show_state(self.tr("Loading {model}…").format(model=happening.model))
        elif isinstance(happening, messages.PassagesBeingRead):
            self._chat.show_state(self.tr("Reading the passages…"), happening.tokens_done, happening.tokens_total)
        elif isinstance(happening, messages.SurveyProgressed):
            reading = self.tr("Section {number} of {total}: {section}")
            said = reading.format(number=happening.done + 1, total=happening.total, section=happening.section or happening.title)
            self._chat.show_state(said, happening.done, happening.total)
        elif isinstance(happening, messages.Wrote):
            self._written += len(happening.text)
            self._chat.append_text(happening.text)

    def _ended(self, ending: Any) -> None:
        if isinstance(ending, messages.Answered):
            self.answers.append(ending.answer)
            self._chat.finish(ending.answer)
            if ending.conversation is not None and ending.conversation != self.conversation:
                self.conversation = ending.conversation
                self.opened.emit(self.conversation)
            self.refresh()
        elif isinstance(ending, wire.Cancelled):
            self._chat.cancelled()
        elif isinstance(ending, wire.Failed):
            self._chat.fail(ending.notice)

    def _listed(self, ending: Any) -> None:
        if isinstance(ending, messages.Conversations):
            summaries: tuple[ConversationSummary, ...] = ending.conversations
            self.listed.emit(summaries)
        else:
            self._tell(ending)

    def _opened(self, number: int, ending: Any) -> None:
        if number != self._opening:
            return  # another one was opened, or a new one begun, in the meantime
        self._opening = None
        if not isinstance(ending, messages.ConversationOpened):
            self._tell(ending)
            return
        self._leave_question()
        self.conversation = ending.conversation
        self.answers = [turn.answer for turn in ending.turns]
        self._questions = [answer.question for answer in self.answers]
        self._chat.show_turns(ending.turns)
        self.opened.emit(self.conversation)
        self.scope_restored.emit(ending.turns[-1].scope if ending.turns else ())

    def _forgotten(self, ending: Any) -> None:
        if isinstance(ending, messages.ConversationForgotten):
            if ending.conversation == self.conversation:
                self.begin_new()
            self.refresh()
        else:
            self._tell(ending)

    def _tell(self, ending: Any) -> None:
        if isinstance(ending, wire.Failed):
            self.noticed.emit(ending.notice, "danger" if ending.bug else "warning")

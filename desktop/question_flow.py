"""What goes on between the chat, the list of conversations and the engine: ask, stop, open, forget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.engine_client import EngineClient
from engine import messages, wire
from engine.values import ConversationId, ConversationSummary, Passage, Scope

if TYPE_CHECKING:
    from desktop.chat.view import ChatView


class QuestionFlow(QObject):
    """One conversation is open at a time, and at most one question of it is being answered."""

    noticed = Signal(object, str)
    """engine.trouble.Notice and its kind (info, warning, danger)."""
    listed = Signal(object)
    """The conversations, after they changed: a tuple of ConversationSummary."""
    opened = Signal(object)
    """The id of the open conversation (None: a new one)."""
    scope_restored = Signal(object)
    """The scope of the last question of a conversation that was opened."""

    def __init__(self, client: EngineClient, chat: ChatView, scopes: Callable[[], Sequence[Scope]], parent: QObject | None = None) -> None:
        """`scopes` tells what is chosen in the scope picker."""
        super().__init__(parent)
        self._client = client
        self._chat = chat
        self._scopes = scopes
        self._asked: int | None = None
        self._opening: int | None = None
        self.conversation: ConversationId | None = None
        self._passages: list[Passage] = []
        chat.asked.connect(self.ask)
        chat.stop_pressed.connect(self.stop)

    @property
    def is_answering(self) -> bool:
        """Whether a question waits for its ending."""
        return self._asked is not None

    def passages(self) -> tuple[Passage, ...]:
        """Every passage that the open conversation was shown: what a citation without page points into."""
        return tuple(self._passages)

    def refresh(self) -> None:
        """Ask for the list of conversations."""
        self._client.send(messages.ListConversations(), None, self._listed)

    def ask(self, question: str) -> None:
        """Ask in the open conversation (a first question opens one)."""
        self._leave_question()
        self._chat.begin_question(question)
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

        request = messages.Ask(question, within=tuple(self._scopes()), conversation=self.conversation, remember=True)
        number = self._client.send(request, heard, ended)
        self._asked = number

    def stop(self) -> None:
        """Stop the question that is being answered."""
        if self._asked is not None:
            self._client.cancel(self._asked)

    def begin_new(self) -> None:
        """Leave the open conversation for a new one."""
        self._leave_question()
        self._opening = None
        self.conversation = None
        self._passages.clear()
        self._chat.clear()
        self.opened.emit(None)

    def open(self, conversation: str) -> None:
        """Show a stored conversation."""
        if conversation == self.conversation:
            return
        self._leave_question()
        self._opening = self._client.send(messages.OpenConversation(ConversationId(conversation)), None, self._opened)

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
            self._passages += happening.passages
            self._chat.show_sources(happening)
        elif isinstance(happening, messages.ModelLoading):
            self._chat.show_state(self.tr("Loading {model}…").format(model=happening.model))
        elif isinstance(happening, messages.PassagesBeingRead):
            self._chat.show_state(self.tr("Reading the passages…"), happening.tokens_done, happening.tokens_total)
        elif isinstance(happening, messages.Wrote):
            self._chat.append_text(happening.text)

    def _ended(self, ending: Any) -> None:
        if isinstance(ending, messages.Answered):
            self._passages += ending.answer.passages
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

    def _opened(self, ending: Any) -> None:
        if not isinstance(ending, messages.ConversationOpened):
            self._tell(ending)
            return
        self._leave_question()
        self.conversation = ending.conversation
        self._passages = [passage for turn in ending.turns for passage in turn.answer.passages]
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

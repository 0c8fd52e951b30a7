"""A question between the conversation and the engine: what is heard on the way is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

from desktop.chat.view import ChatView
from desktop.question_flow import QuestionFlow
from engine import messages
from engine.values import Answer


class Line:
    """Takes requests, and lets a test say what comes back."""

    def __init__(self) -> None:
        self.requests: list[Any] = []
        self.cancelled: list[int] = []
        self.heard: Callable[[Any], None] = lambda _: None
        self.ended: Callable[[Any], None] = lambda _: None

    def send(self, request: Any, heard: Any, ended: Any) -> int:
        """Remember who wants to hear of it."""
        self.requests.append(request)
        if isinstance(request, messages.Ask):
            self.heard, self.ended = heard, ended
        return len(self.requests)

    def cancel(self, number: int) -> None:
        """Remember what was stopped."""
        self.cancelled.append(number)


def test_a_long_answer_says_which_section_is_read_until_it_is_there(qtbot: QtBot) -> None:
    view, line = ChatView(), Line()
    qtbot.addWidget(view)
    view.show()
    flow = QuestionFlow(line, view, lambda: (), lambda: (0, 0))  # type: ignore[arg-type]
    flow.ask("summarise chapter 3")
    card = view.exchanges[0].card
    line.heard(messages.SurveyProgressed(0, 2, "3.1 Trees", "Data Structures"))
    assert card.state.text() == "Section 1 of 2: 3.1 Trees"
    line.heard(messages.Wrote("# Data Structures, 3 Trees\n\n## 3.1 Trees\n- A tree has nodes.\n"))
    line.heard(messages.SurveyProgressed(1, 2, "", "Data Structures"))
    assert card.state.text() == "Section 2 of 2: Data Structures"
    assert card.bar.share == 0.5
    flow.stop()
    assert line.cancelled
    text = "# Data Structures, 3 Trees\n\n## 3.1 Trees\n- A tree has nodes."
    line.ended(messages.Answered(Answer("summarise chapter 3", False, text, (), (), (), None, "passages", layout="outline"), None))
    assert not card.state.isVisibleTo(view)
    assert "3.1 Trees" in card.text.toPlainText()
    assert "##" not in card.text.toPlainText()

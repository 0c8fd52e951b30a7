"""The student's own wording of the prompt, and his instructions in it."""

from __future__ import annotations

import pytest

from engine.answering.prompt import compose_messages
from engine.answering.templates import BUILT_IN, check_template, fill_template
from engine.trouble import Trouble
from engine.values import Passage, Rules


def count_words(text: str) -> int:
    return len(text.split())


def composed(passages: tuple[Passage, ...], *, language: str = "en", budget: int = 2000, quoting: bool = False, **rules: str) -> list[str]:
    messages = compose_messages("What is a stack?", passages, language=language, budget_tokens=budget, count=count_words, quoting=quoting, rules=Rules(**rules))
    return [message.content for message in messages]


def test_the_built_in_template_is_a_sound_one() -> None:
    check_template(BUILT_IN)


@pytest.mark.parametrize(("template", "says"), [("{passages}", "no {question}"), ("{question}", "no {passages}"), ("{question} {passages} {foo}", "{foo}")])
def test_a_template_that_can_not_be_filled_is_refused_in_plain_words(template: str, says: str) -> None:
    with pytest.raises(Trouble) as refused:
        check_template(template)
    assert says in refused.value.notice.sentence


def test_other_braces_are_only_braces() -> None:
    template = 'Answer {question} from {passages} as JSON like {"answer": "…"} or {}.'
    check_template(template)
    assert fill_template(template, question="Q", passages="P", instructions="") == 'Answer Q from P as JSON like {"answer": "…"} or {}.'


def test_what_is_filled_in_is_not_filled_in_again() -> None:
    assert fill_template("{question}|{passages}", question="{passages}", passages="{question}", instructions="") == "{passages}|{question}"


def test_instructions_without_a_place_stand_first() -> None:
    assert fill_template("{passages} {question}", question="Q", passages="P", instructions="In bullet points.") == "In bullet points.\n\nP Q"


def test_instructions_come_beside_the_built_in_wording(passages: tuple[Passage, ...]) -> None:
    for quoting in (False, True):
        plain, told = composed(passages, quoting=quoting), composed(passages, quoting=quoting, instructions="In bullet points.")
        assert told == [f"{plain[0]}\nIn bullet points.", plain[1]]
    assert composed((), instructions="In bullet points.")[0].endswith("\nIn bullet points.")


def test_a_template_takes_the_place_of_the_whole_wording(passages: tuple[Passage, ...]) -> None:
    (told,) = composed(passages, template="Read.\n{passages}\nNow: {question} ({instructions})", instructions="Be brief.")
    assert told.startswith("Read.\n<passage 1>")
    assert told.endswith("Now: What is a stack? (Be brief.)")


def test_long_rules_cost_passages_but_leave_them_half_of_the_budget(passages: tuple[Passage, ...]) -> None:
    texts = [" ".join(composed(passages, budget=400, instructions="word " * length)) for length in (1, 100, 5000)]
    kept = [text.count("</passage>") for text in texts]
    assert kept[0] > kept[1] >= kept[2] > 0


def test_a_language_without_a_table_is_answered_in_that_language(passages: tuple[Passage, ...]) -> None:
    assert "Answer in the language of the question." in composed(passages, language="other:latin")[0]
    assert "Answer in the language of the question." in composed((), language="other:cyrillic")[0]
    assert "language of the question" not in composed(passages)[0]

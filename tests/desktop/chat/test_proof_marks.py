"""Citation marks find their sentences, whatever the Markdown did to them."""

from __future__ import annotations

import pytest

from desktop.chat.markdown_tree import Block, parse_markdown
from desktop.chat.proof_marks import Span, locate_quote, locate_sentences, mark_sentences
from engine.values import Sentence


def supported(text: str, *citations: int) -> Sentence:
    return Sentence(text, "supported", citations)


def marked(answer: str, *sentences: Sentence) -> str:
    """The answer's text with marks as {1}, blocks parted by "|"."""

    def text_of(block: Block) -> str:
        if block.kind == "code":
            return block.text
        cells = [cell for row in block.rows for cell in row] if block.kind == "table" else [block.runs]
        return "|".join("".join("{" + ",".join(map(str, run.cites)) + "}" if run.cites else run.text for run in cell) for cell in cells)

    return "|".join(text_of(block) for block in mark_sentences(parse_markdown(answer), sentences))


@pytest.mark.parametrize(
    ("answer", "sentence", "expected"),
    [
        ("A tree is **balanced**. More.", "A tree is balanced.", "A tree is balanced.{1} More."),
        ("A tree is **balanced.** More.", "A tree is balanced.", "A tree is balanced.{1} More."),
        ("A tree\nis balanced. More.", "A tree is  balanced.", "A tree is balanced.{1} More."),
        ("Use `push`. Then pop.", "Use `push`.", "Use push.{1} Then pop."),
        ("1. First step.\n2. Second.", "1. First step.", "First step.{1}|Second."),
        ("红黑树是平衡的。插入很快。", "红黑树是平衡的。", "红黑树是平衡的。{1}插入很快。"),
        ("He said “it grows.” Then left.", "He said “it grows.”", "He said “it grows.”{1} Then left."),
        ("| a | b |\n|---|---|\n| one fact | two |", "one fact", "a|b|one fact{1}|two"),
        ("x [the notes](https://a.example) end. y", "x [the notes](https://a.example) end.", "x the notes end.{1} y"),
    ],
)
def test_a_mark_stands_behind_its_sentence(answer: str, sentence: str, expected: str) -> None:
    assert marked(answer, supported(sentence, 1)) == expected


def test_a_mark_inside_code_stands_after_the_block() -> None:
    assert marked("```\nx = 1\n```\nAfter.", supported("x = 1", 1)) == "x = 1|{1}|After."


def test_a_sentence_that_is_not_there_leaves_the_others_alone() -> None:
    assert marked("One. Two. Three.", supported("One.", 1), supported("Missing.", 2), supported("Three.", 3)) == "One.{1} Two. Three.{3}"


def test_the_same_sentence_twice_gets_each_its_own_mark() -> None:
    assert marked("It grows. It grows.", supported("It grows.", 1), supported("It grows.", 2)) == "It grows.{1} It grows.{2}"


def test_a_short_sentence_is_not_found_inside_a_word() -> None:
    assert marked("This is it. Is.", supported("Is.", 1)) in ("This is it. Is.{1}", "This is{1} it. Is.")
    assert locate_sentences("Thesis is.", [supported("sis", 1)]) == (None,)


def test_an_unsupported_sentence_is_not_looked_for() -> None:
    assert locate_sentences("One. Two.", [Sentence("One.", "unsupported", (1,))]) == (None,)


def test_general_sentences_are_told_apart() -> None:
    (block,) = mark_sentences(parse_markdown("One. Two **is** so."), [supported("One.", 1), Sentence("Two is so.", "general")])
    assert "".join(run.text for run in block.runs if run.general) == "Two is so."


def test_sentences_of_signs_only_are_survived() -> None:
    assert locate_sentences("→", [supported("→", 1), supported("", 2)]) == (None, None)


def test_a_quote_is_found_across_line_breaks() -> None:
    text = "line one of\nthe quoted text, here"
    assert locate_quote(text, "one of the quoted  text") == Span(5, text.index(" here"))
    assert locate_quote(text, "quoted") == Span(16, 22)
    assert locate_quote(text, "absent") is None
    assert locate_quote(text, "") is None

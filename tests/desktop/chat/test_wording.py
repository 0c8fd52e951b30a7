"""The sentences under questions and answers."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from desktop.chat.wording import answered_by, cost_sentence, left_out_sentence, reading_sentence, tool_tip, where, where_exactly
from engine.messages import PassagesFound
from engine.values import Answer, Place, Timings


def test_places_by_what_is_known() -> None:
    assert where(39, "27", None) == "p. 27"
    assert where(39, None, None) == "page 39"
    assert where(None, None, Place("lines", 10, 20)) == "lines 10–20"
    assert where(None, None, Place("slide", 3, 3)) == "slide 3"
    assert where(None, None, None) == ""


def test_both_page_numbers_where_they_differ() -> None:
    assert where_exactly(39, "27") == "p. 27 · PDF page 39"
    assert where_exactly(39, "39") == "p. 39"
    assert where_exactly(39, None) == "PDF page 39"


def test_what_has_not_been_seen_is_said(found: PassagesFound) -> None:
    assert reading_sentence(found) == "Reading 3 passages from 2 documents; 120 of 400 pages could be searched when you asked"
    assert reading_sentence(msgspec.structs.replace(found, pages_seen=400)) == "Reading 3 passages from 2 documents"
    assert reading_sentence(msgspec.structs.replace(found, passages=(), pages_seen=400)) == "No passage found"


def test_one_is_not_many() -> None:
    assert left_out_sentence(1) == "1 sentence was left out because no passage bears it"
    assert left_out_sentence(2) == "2 sentences were left out because no passage bears them"


def test_costs_leave_out_what_is_unknown(make_answer: Callable[..., Answer]) -> None:
    assert cost_sentence(make_answer()) == "1.2 s to the first word · 180 tokens at 35/s"
    assert cost_sentence(make_answer(origin="passages", timings=Timings(seconds_search=0.05))) == "found in 0.05 s"
    assert cost_sentence(make_answer(origin="none", model=None, timings=Timings())) == ""


def test_whose_words_an_answer_is(make_answer: Callable[..., Answer]) -> None:
    assert answered_by(make_answer()) == "SmolLM2-135M"
    assert answered_by(make_answer(origin="passages", model=None)) == "Quoted from your library"
    assert answered_by(make_answer(origin="none", model=None)) == ""


def test_a_tool_tip_shows_html_as_text() -> None:
    assert tool_tip("<img src=x>", "<b>quote</b>") == "<qt><b>&lt;img src=x&gt;</b><br>&lt;b&gt;quote&lt;/b&gt;</qt>"

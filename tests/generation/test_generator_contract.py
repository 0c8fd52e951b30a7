"""What every generator child keeps: the scripted one, which other tests rely on, and the real one with the starter model."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from engine.cancellation import Cancellation
from engine.generation.messages import (
    ENDINGS,
    ChatMessage,
    CountTokens,
    Devices,
    Generate,
    Generated,
    ListDevices,
    LoadModel,
    PromptBeingRead,
    TextWritten,
)
from engine.trouble import ChildDied, Stopped, Trouble

PASSAGE = "A heap is a complete binary tree in which no parent is greater than its children. The least element stands at the root. "


def chat(question: str, **options: Any) -> Generate:
    return Generate((ChatMessage("user", question),), **{"max_tokens": 24, **options})


def test_a_request_has_happenings_in_order_and_exactly_one_ending(bench: Any) -> None:
    bench.load()
    reports = list(bench.child.ask(chat("Say hello.")))
    kinds = [type(report) for report in reports]
    assert [kind for kind in kinds if kind in ENDINGS] == [Generated]
    assert kinds[-1] is Generated
    first_text = kinds.index(TextWritten)
    assert set(kinds[:first_text]) == {PromptBeingRead}
    assert PromptBeingRead not in kinds[first_text:]
    read = [report for report in reports if isinstance(report, PromptBeingRead)]
    assert [report.tokens_done for report in read] == sorted(report.tokens_done for report in read)
    assert read[-1].tokens_done == read[-1].tokens_total


def test_the_pieces_make_up_the_text_and_the_counts_are_sane(bench: Any) -> None:
    bench.load()
    reports = list(bench.child.ask(chat(bench.long_question)))
    ending = reports[-1]
    assert "".join(report.text for report in reports if isinstance(report, TextWritten)) == ending.text
    assert ending.finish == "length"
    assert ending.tokens_answer == 24
    assert 0 <= ending.tokens_prompt_reused < ending.tokens_prompt < 100
    assert ending.seconds_to_first_token > 0
    assert ending.tokens_per_second > 0


def test_a_stop_string_ends_the_text_and_is_not_part_of_it(bench: Any) -> None:
    bench.load()
    reports = list(bench.child.ask(chat(bench.long_question, stops=("never in the text", bench.stop_word))))
    assert reports[-1].finish == "stop"
    assert bench.stop_word not in reports[-1].text
    assert reports[-1].text.strip()
    assert "".join(report.text for report in reports if isinstance(report, TextWritten)) == reports[-1].text


def test_cancelling_stops_the_answer_and_the_next_request_works(bench: Any) -> None:
    bench.load()
    cancellation = Cancellation()

    def stop_after_three_words() -> None:
        written = 0
        for report in bench.child.ask(chat(bench.endless_question, max_tokens=900), cancellation=cancellation):
            written += isinstance(report, TextWritten)
            if written == 3:
                cancellation.cancel()

    with pytest.raises(Stopped):
        stop_after_three_words()
    assert bench.child.starts == 1
    assert bench.child.ask_once(chat("Say hello.")).text


def test_a_prompt_that_begins_like_the_last_one_is_not_read_again(bench: Any) -> None:
    bench.load()
    first = bench.child.ask_once(chat(PASSAGE * 8 + "What is a heap?", max_tokens=1))
    second = bench.child.ask_once(chat(PASSAGE * 8 + "Where is the least element?", max_tokens=1))
    assert first.tokens_prompt_reused < 64
    assert second.tokens_prompt_reused > second.tokens_prompt / 2


def test_a_prompt_longer_than_the_context_is_refused_with_a_remedy(bench: Any) -> None:
    bench.load(context_tokens=256)
    with pytest.raises(Trouble) as caught:
        bench.child.ask_once(chat(PASSAGE * 20))
    assert caught.value.notice.code == "prompt-too-long"
    assert caught.value.notice.remedy
    assert bench.child.ask_once(chat("Say hello.")).text


def test_tokens_are_counted_text_by_text(bench: Any) -> None:
    bench.load()
    nothing, one, many = bench.child.ask_once(CountTokens(("", "heap", PASSAGE))).counts
    assert nothing == 0
    assert one >= 1
    assert many > 15


def test_without_a_model_a_question_is_refused_and_devices_are_listed(bench: Any) -> None:
    with pytest.raises(Trouble) as caught:
        bench.child.ask_once(chat("Say hello."))
    assert caught.value.notice.code == "no-model"
    devices = bench.child.ask_once(ListDevices())
    assert isinstance(devices, Devices)
    assert any(device.kind == "cpu" and device.total_bytes > 0 for device in devices.devices)
    assert devices.backend


def test_a_missing_or_foreign_model_file_is_refused_and_the_child_lives(bench: Any, tmp_path: Path) -> None:
    foreign = tmp_path / "letter.gguf"
    foreign.write_text("Dear Sir or Madam")
    for path, code in ((tmp_path / "nowhere.gguf", "model-missing"), (foreign, "model-damaged")):
        with pytest.raises(Trouble) as caught:
            bench.child.ask_once(LoadModel(str(path), 512))
        assert caught.value.notice.code == code
    assert bench.child.starts == 1
    assert bench.load().context_tokens == 1024


def test_killed_in_mid_answer_the_request_ends_and_a_fresh_child_answers_the_next(bench: Any) -> None:
    bench.load()

    def kill_at_the_first_word() -> None:
        for report in bench.child.ask(chat(bench.endless_question, max_tokens=900)):
            if isinstance(report, TextWritten) and bench.child.pid is not None:
                os.kill(bench.child.pid, signal.SIGKILL)

    with pytest.raises(ChildDied):
        kill_at_the_first_word()
    bench.load()
    assert bench.child.starts == 2
    assert bench.child.ask_once(chat("Say hello.")).text

"""The engine's sentences in the language of the window."""

from __future__ import annotations

import pytest

from desktop.engine_words import in_window_words, reason_in_window_words, words_for
from desktop.library_model import LibraryModel, Row
from engine.studying.reading_lane import reason_for_gaps
from engine.trouble import Notice

LOCKED = Notice("encrypted", "“exam.pdf” needs a password.", "Give its password.")


def test_in_english_the_engine_is_heard_as_it_speaks() -> None:
    assert in_window_words(LOCKED) == LOCKED
    assert words_for("encrypted") is None
    assert reason_in_window_words("You paused it.") == "You paused it."


@pytest.mark.usefixtures("chinese")
def test_known_codes_are_said_in_chinese_and_unknown_ones_as_they_came() -> None:
    assert in_window_words(LOCKED) == Notice("encrypted", "文件受密码保护。", "输入密码即可阅读。")
    unknown = Notice("of-tomorrow", "Something new.", "Wait.")
    assert in_window_words(unknown) == unknown
    assert words_for(None) is None


@pytest.mark.usefixtures("chinese")
def test_the_reasons_that_the_engine_gives_without_a_code_are_known_too() -> None:
    gaps = reason_for_gaps([6, 7], [3], 20)
    assert gaps is not None
    assert reason_in_window_words(gaps) == "共 20 页，其中 2 页是没有文字的图片：6, 7。第 3 页无法读取：阅读程序因此崩溃。"
    hidden = [reason_for_gaps([], [], 9, hidden=[2, 5]), reason_for_gaps([], [], 9, hidden=[2], paged=False)]
    assert [reason_in_window_words(said or "") for said in hidden] == ["第 2, 5 页含有看不见的文字，已略去。", "其中含有打开后看不见的文字，已略去。"]
    every = reason_for_gaps([1, 2], [], 2)
    assert every is not None
    assert reason_in_window_words(every) == "所有页面都是没有文字的图片，暂时无法搜索其内容。"


@pytest.mark.usefixtures("chinese")
def test_a_refused_row_says_why_and_what_to_do_in_chinese(qapp: object) -> None:
    model = LibraryModel()
    assert (
        model.line(Row("/a.doc", "a.doc", None, reason="“a.doc” is damaged.", remedy="Copy it again.", code="damaged"))
        == "文件已损坏，无法读取。请重新获取该文件后再添加。"
    )

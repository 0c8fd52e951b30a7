"""The window speaks English and Simplified Chinese: which of them when, and how it is chosen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.chat.view import ChatView
from desktop.chat.wording import cost_sentence, left_out_sentence, number_text, reading_sentence, where, where_exactly
from desktop.language import language_for, load_choice, save_choice, settings_file
from engine.messages import PassagesFound
from engine.values import Answer, DocumentId, Passage, Place, Sentence, Timings

ROOT = Path(__file__).resolve().parents[2]
CHINESE_ENVIRONMENT = {"LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"}
ENGLISH_ENVIRONMENT = {"LANG": "en_GB.UTF-8", "LC_ALL": "en_GB.UTF-8", "LANGUAGE": "en_GB"}


def start_window(home: Path, environment: dict[str, str]) -> str:
    """What a button of a freshly started window says, a standard one of Qt, and how a number is written."""
    code = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QLocale
from desktop.app import make_application, make_window
from desktop.engine_client import EngineClient
from desktop.language import load_choice
home = Path({str(home)!r})
make_application(load_choice(home))
window = make_window(home=home, client=EngineClient(command=("/nonexistent",), log=None))
said = (window.sidebar.conversations.new_button.text(), QCoreApplication.translate("QPlatformTheme", "Cancel"), QLocale().toString(12345))
sys.stdout.buffer.write("|".join(said).encode())
"""
    done = subprocess.run(
        (sys.executable, "-P", "-c", code), capture_output=True, timeout=60, check=False, env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment}
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_the_window_speaks_what_the_system_speaks(tmp_path: Path) -> None:
    assert start_window(tmp_path, CHINESE_ENVIRONMENT) == "新对话|取消|12,345"
    assert start_window(tmp_path, ENGLISH_ENVIRONMENT) == "New conversation|Cancel|12,345"
    assert start_window(tmp_path, {"LANG": "C", "LC_ALL": "C", "LANGUAGE": ""}) == "New conversation|Cancel|12,345"


def test_what_was_chosen_counts_for_more_than_the_system(tmp_path: Path) -> None:
    save_choice(tmp_path, "zh_CN")
    assert start_window(tmp_path, ENGLISH_ENVIRONMENT).startswith("新对话|取消")
    save_choice(tmp_path, "en")
    assert start_window(tmp_path, CHINESE_ENVIRONMENT).startswith("New conversation|Cancel")


@pytest.mark.parametrize(
    ("preferred", "spoken"),
    [
        (["zh-Hans-CN", "zh-CN", "zh-Hans", "zh"], "zh_CN"),
        (["zh_SG"], "zh_CN"),
        (["de-DE", "de", "zh-Hans-CN", "en-US"], "zh_CN"),
        (["de-DE", "de", "en-US", "zh-Hans-CN"], "en"),
        (["zh-Hant-TW", "zh-TW", "zh-Hant", "zh"], "en"),
        (["zh-Hant-CN"], "en"),
        (["fr-FR"], "en"),
        (["C"], "en"),
        ([], "en"),
    ],
)
def test_the_first_language_that_is_known_is_spoken(preferred: list[str], spoken: str) -> None:
    assert language_for("system", preferred) == spoken
    assert language_for("en", preferred) == "en"
    assert language_for("zh_CN", preferred) == "zh_CN"


# ---- the choice ----------------------------------------------------------------------------------------------------


def test_a_choice_is_kept_beside_other_settings(tmp_path: Path) -> None:
    assert load_choice(tmp_path) == "system"
    settings_file(tmp_path).write_text('{"later": [1], "language": "en"}')
    assert load_choice(tmp_path) == "en"
    assert save_choice(tmp_path, "zh_CN")
    assert json.loads(settings_file(tmp_path).read_text()) == {"later": [1], "language": "zh_CN"}
    assert [file.name for file in tmp_path.iterdir()] == ["settings.json"]


@pytest.mark.parametrize("content", [b"", b"{", b'{"language": "xx"}', b'{"language": ["en"]}', b'{"language": 3}', b"[1]", b"\xff\xfe", b"[" * 100_000])
def test_damaged_settings_mean_the_language_of_the_system(tmp_path: Path, content: bytes) -> None:
    settings_file(tmp_path).write_bytes(content)
    assert load_choice(tmp_path) == "system"


def test_the_menu_offers_the_languages_and_says_when_it_takes_effect(open_window: Callable[..., Any], tmp_path: Path) -> None:
    save_choice(tmp_path / "home", "en")
    opened = open_window("bare")
    actions = {action.text(): action for action in opened.window.sidebar.look_button.menu().actions()}
    assert actions["English"].isChecked()
    actions["简体中文"].trigger()
    assert load_choice(opened.home) == "zh_CN"
    (bar,) = (bar for bar in opened.window.notices.shown() if bar.notice.code == "language")
    assert "next start" in bar.notice.sentence
    assert actions["简体中文"].isChecked()
    assert not actions["English"].isChecked()
    actions["English"].trigger()
    assert load_choice(opened.home) == "en"
    assert opened.window.notices.shown() == ()


def test_a_choice_that_cannot_be_kept_is_said(open_window: Callable[..., Any]) -> None:
    opened = open_window("bare")
    settings_file(opened.home).mkdir()
    opened.window.choose_language("en")
    (bar,) = (bar for bar in opened.window.notices.shown() if bar.notice.code == "language")
    assert "could not be kept" in bar.notice.sentence


# ---- Chinese -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("chinese")
def test_the_whole_window_is_chinese(open_window: Callable[..., Any]) -> None:
    window = open_window("sample").window
    texts = [label.text() for label in window.findChildren(QLabel)]
    assert [text for text in texts if text.isascii() and len(text) > 2 and text != "ByteBrain"] == []
    assert {"对话", "书库", "松开即可添加到书库"} <= set(texts)
    assert window.scope.text() == "全部书籍"


@pytest.mark.usefixtures("chinese")
def test_places_and_counts_are_chinese() -> None:
    passage = Passage(1, DocumentId("a" * 64), "/a.pdf", "算法导论", 39, "27", (), "红黑树", 0.5, ())
    found = PassagesFound((passage, passage), answerable=True, confidence=0.8, pages_seen=1_200, pages_total=4_000)
    assert reading_sentence(found) == "正在阅读 1 份文档中的 2 个段落；提问时可搜索 1,200 / 4,000 页"
    assert where(39, "xii", None) == "第 xii 页"
    assert where(None, None, Place("lines", 10, 20)) == "第 10–20 行"
    assert where_exactly(39, "27") == "第 27 页 · PDF 第 39 页"
    assert left_out_sentence(2) == "2 句话因没有段落佐证而略去"
    assert number_text(1234.5, 1) == "1,234.5"


@pytest.mark.usefixtures("chinese")
def test_an_answer_is_surrounded_by_chinese(qtbot: QtBot) -> None:
    timings = Timings(seconds_to_first_token=1.23, tokens_answer=180, tokens_per_second=35.2)
    sentences = (Sentence("它是平衡的。", "general"), Sentence("它是红色的。", "unsupported"))
    answer = Answer("什么是红黑树？", False, "它是平衡的。", sentences, (), (), "SmolLM2", "model", timings=timings)
    assert cost_sentence(answer) == "1.2 秒后开始作答 · 180 个词元，每秒 35 个"
    view = ChatView()
    qtbot.addWidget(view)
    assert view.composer.edit.placeholderText() == "向书库提问…"
    view.begin_question(answer.question)
    card = view.exchanges[0].card
    assert card.state.text() == "正在搜索书库…"
    view.finish(answer)
    assert card.beyond.text() == "来自模型自身的知识，而非您的文档"
    assert not card.beyond.isHidden()
    assert card.left_out_fold.text() == "1 句话因没有段落佐证而略去"
    assert (card.copy_button.text(), card.cost.text()) == ("复制", "SmolLM2")

"""What is said to a program that talks, told apart from what is asked of books."""

from __future__ import annotations

import pytest

from engine.finding.small_talk import SmallTalk, is_small_talk, kind_of


@pytest.mark.parametrize(
    "said",
    [
        "hello",
        "Hello there!",
        "Hi, how are you?",
        "How are you doing today?",
        "Thank you!",
        "great, thanks a lot",
        "who are you",
        "Guten Tag",
        "Danke!",
        "привет",
        "你好",
        "你好！",
        "谢谢你",
        "你今天怎么样？",
        "你好，你是谁？",
        "再见",
        "ok",
        "bye",
        "tell me a joke",
    ],
)
def test_greetings_thanks_and_partings_are_small_talk(said: str) -> None:
    assert is_small_talk(said)


@pytest.mark.parametrize(
    "asked",
    [
        "hello world",
        "hello world program",
        "thank you letter",
        "what can you do with a stack?",
        "what are you supposed to do with a heap",
        "nice",
        "great circle",
        "yo-yo",
        "help",
        "hash",
        "你好世界程序",
        "好的排序算法",
        "",
        "?",
        "how are you able to sort without comparing",
    ],
)
def test_what_may_stand_in_a_book_is_a_question(asked: str) -> None:
    assert not is_small_talk(asked)


def test_a_long_message_is_no_small_talk_and_costs_nothing() -> None:
    assert not is_small_talk("hello " * 50_000)
    assert not is_small_talk("ok, " * 19 + "x")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("hello", "greeting"),
        ("How are you today?", "greeting"),
        ("thx", "thanks"),
        ("ok, thanks a lot!", "thanks"),
        ("ok", "agreement"),
        ("Never mind.", "agreement"),
        ("thanks, bye", "thanks"),
        ("see you tomorrow", "parting"),
        ("Hi, who are you?", "about"),
        ("谢谢！", "thanks"),
        ("再见", "parting"),
        ("好的", "agreement"),
        ("你好，你是谁？", "about"),
        ("你好", "greeting"),
    ],
)
def test_thanks_and_partings_are_told_from_greetings(said: str, kind: SmallTalk) -> None:
    assert is_small_talk(said)
    assert kind_of(said) == kind

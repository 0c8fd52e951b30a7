"""The one door for trouble: calm, one bar per kind of trouble, with a remedy that may be a button."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.notices import MOST, Notices
from desktop.theme import dark, light
from engine.trouble import Notice


@pytest.fixture
def notices(qtbot: QtBot) -> Notices:
    made = Notices(light())
    qtbot.addWidget(made)
    return made


def notice(code: str, sentence: str = "The disk is full.") -> Notice:
    return Notice(code, sentence, "Make room and try again.")


def test_a_notice_shows_its_sentence_and_its_remedy_as_plain_text(notices: Notices) -> None:
    notices.show_notice(notice("disk-full", "<b>x</b> & <img src=file:///etc/passwd>"))
    texts = [label.text() for label in notices.findChildren(QLabel) if label.text()]
    assert texts == ["<b>x</b> & <img src=file:///etc/passwd>", "Make room and try again."]
    assert all(label.textFormat().name == "PlainText" for label in notices.findChildren(QLabel) if label.text())


def test_the_same_trouble_is_told_once(notices: Notices) -> None:
    notices.show_notice(notice("disk-full"))
    notices.show_notice(notice("disk-full", "The disk is still full."))
    assert [bar.notice.sentence for bar in notices.shown()] == ["The disk is still full."]


def test_never_more_than_a_calm_number(notices: Notices) -> None:
    for at in range(MOST + 2):
        notices.show_notice(notice(f"n{at}"))
    assert [bar.notice.code for bar in notices.shown()] == ["n4", "n3", "n2"]


def test_its_button_does_the_remedy_and_takes_it_away(notices: Notices) -> None:
    done: list[str] = []
    notices.show_notice(notice("engine-stopped"), kind="danger", button="Start again", act=lambda: done.append("started"))
    button = notices.shown()[0].button
    assert button is not None
    button.click()
    assert done == ["started"]
    assert notices.shown() == ()
    assert notices.isHidden()


def test_a_change_of_look_keeps_what_is_shown(notices: Notices) -> None:
    notices.show_notice(notice("disk-full"), kind="info")
    notices.set_theme(dark())
    assert len(notices.shown()) == 1

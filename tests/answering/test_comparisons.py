"""An answer to a comparison without a model: a sentence for each side, then one that names them all."""

from __future__ import annotations

from collections.abc import Callable

from engine.answering.extract import best_sentences
from engine.values import Passage

Make = Callable[..., Passage]


def quoted(question: str, *passages: Passage) -> list[str]:
    return [passages[index].text[start:end] for index, start, end in best_sentences(question, passages)]


def test_each_side_has_its_sentence_and_what_compares_them_comes_last(make_passage: Make) -> None:
    said = quoted(
        "What is the difference between paging and segmentation?",
        make_passage(0, "Paging is a scheme that divides memory into frames of equal size. Frames are small.", "Paging"),
        make_passage(1, "Segmentation is a scheme that divides memory into parts of different sizes. Parts have names.", "Segmentation"),
        make_passage(2, "Unlike segmentation, paging leaves no holes between the parts of memory that are in use.", "Memory"),
    )
    assert said == [
        "Paging is a scheme that divides memory into frames of equal size.",
        "Segmentation is a scheme that divides memory into parts of different sizes.",
        "Unlike segmentation, paging leaves no holes between the parts of memory that are in use.",
    ]


def test_sentences_of_one_passage_stand_in_its_order(make_passage: Make) -> None:
    text = "A queue is a collection that serves the oldest item first. A stack is a collection that serves the newest item first."
    assert quoted("stack vs queue", make_passage(0, text)) == [
        "A queue is a collection that serves the oldest item first.",
        "A stack is a collection that serves the newest item first.",
    ]


def test_a_chinese_comparison_is_answered_alike(make_passage: Make) -> None:
    said = quoted(
        "栈和队列有什么区别？",
        make_passage(0, "栈是一种后进先出的线性数据结构。栈有两种基本操作。"),
        make_passage(1, "队列是一种先进先出的线性数据结构。队列常用于打印任务。"),
    )
    assert said[:2] == ["栈是一种后进先出的线性数据结构。", "队列是一种先进先出的线性数据结构。"]


def test_where_one_side_has_no_sentence_the_question_is_answered_as_a_whole(make_passage: Make) -> None:
    said = quoted("stack vs queue", make_passage(0, "A stack is a collection that serves the newest item first."))
    assert said == ["A stack is a collection that serves the newest item first."]

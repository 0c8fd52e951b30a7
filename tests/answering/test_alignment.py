"""A sentence laid over its source: whole phrases may move, but no word may take another's place."""

from __future__ import annotations

import pytest

from engine.answering.alignment import objection, tile
from engine.answering.wording import concepts, row_of

HARMLESS = (
    ("On a single processor, training took 2 hours.", "Training took two hours on a single processor."),
    ("Breadth-first search uses a queue, and depth-first search uses a stack.", "Depth-first search uses a stack and breadth-first search uses a queue."),
    ("Servers and printers use queues.", "Printers and servers use queues."),
    ("Every segment is kept by the sender.", "The sender keeps every segment."),
    ("A producer places items in the buffer.", "A producer puts items into the buffer."),
    ("The method removed 1000 records.", "The method removed 1,000 records."),
    ("Merge sort is not in place, and it requires memory.", "Merge sort is not in place and needs memory."),
    ("平衡树的高度最多为 1.44 log n。", "平衡树的高度不超过 1.44 log n。"),
    ("ARP协议将IP地址解析为MAC地址。", "ARP协议把IP地址解析为MAC地址。"),
)
HARMFUL = (
    ("Depth-first search uses a queue.", "Depth-first search uses a stack and breadth-first search uses a queue."),
    ("The server sends a segment to the client.", "The client sends a segment to the server."),
    ("A primary key refers to the foreign key of a table.", "A foreign key refers to the primary key of a table."),
    ("Precision rose from 0.93 to 0.81.", "Precision rose from 0.81 to 0.93."),
    ("All libraries switch to insertion sort.", "Many libraries switch to insertion sort."),
    ("A subclass must override the methods.", "A subclass may override the methods."),
    ("The loop ends unless the flag is set.", "The loop ends if the flag is set."),
    ("The table is locked after the page is read.", "The table is locked before the page is read."),
    ("The head moves one cell to the left and to the right.", "The head moves one cell to the left or to the right."),
    ("The level prevents repeatable reads but allows dirty reads.", "The level prevents dirty reads but allows repeatable reads."),
    ("A lookup takes n log n steps.", "A lookup takes log n steps."),
    ("The table has 2^n rows.", "The table has n^2 rows."),
    ("B trees store records in the leaves.", "B+ trees store records in the leaves."),
    ("The box has a height and a slant.", "The box has a height and a width."),
    ("创建进程的开销小于创建线程的开销。", "创建线程的开销小于创建进程的开销。"),
    ("交换机根据IP地址转发分组。", "交换机根据MAC地址转发帧，路由器根据IP地址转发分组。"),
    ("有n个顶点的生成树恰好有n条边。", "有n个顶点的生成树恰好有n-1条边。"),
)


@pytest.mark.parametrize(("sentence", "source"), HARMLESS)
def test_what_only_moves_or_is_put_otherwise_speaks_against_nothing(sentence: str, source: str) -> None:
    assert objection(sentence, source) is None


@pytest.mark.parametrize(("sentence", "source"), HARMFUL)
def test_what_is_exchanged_speaks_against_a_sentence(sentence: str, source: str) -> None:
    assert objection(sentence, source) is not None


def test_a_row_is_covered_with_the_longest_common_runs() -> None:
    said, there = row_of("red trees need rotations and memory").words, row_of("memory is cheap, and red trees need rotations").words
    runs = [[said[one.said + k].key for k in range(one.length)] for one in tile(said, there)]
    assert runs[0][:2] == ["red", "tre"]
    assert all(said[one.said].key == there[one.there].key for one in tile(said, there))


def test_synonyms_irregular_forms_and_numbers_share_a_key() -> None:
    assert concepts("it took three vertices") == concepts("it takes 3 nodes")
    assert concepts("storage is required") != concepts("storage is forbidden")
    assert concepts("采用两个栈") == concepts("使用二个栈")


def test_a_statement_knows_what_it_is_about() -> None:
    row = row_of("A compiler translates programs, whereas an interpreter executes them, and needs no linker.")
    assert [sorted(subject) for subject in row.subjects] == [["compiler"], ["interpreter"]]
    assert row_of("In the worst case it takes long.").subjects == (frozenset(),) or not row_of("It takes long.").subjects[0]

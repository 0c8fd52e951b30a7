"""Which questions want a long answer, and of what; all others are ordinary ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.surveying.wanted import Wanted, recognise

SURVEYS = {
    "summarise chapter 3": Wanted("summary", "3", "chapter"),
    "Please summarize section 2.4.": Wanted("summary", "2.4", "section"),
    "Can you summarise SICP chapter three for me?": Wanted("summary", "3", "chapter", book="SICP"),
    "give me a short overview of this book": Wanted("summary"),
    "give me an overview of Hailperin's book": Wanted("summary", book="Hailperin"),
    "What is chapter 5 about?": Wanted("summary", "5", "chapter"),
    "what does section 3.2 discuss?": Wanted("summary", "3.2", "section"),
    "summarise chapter 7 of the operating systems book": Wanted("summary", "7", "chapter", book="operating systems"),
    "summarise the chapter on deadlocks": Wanted("summary", part="chapter", titled="deadlocks"),
    "summarise this chapter": Wanted("summary", part="chapter", here=True),
    "summarise part II": Wanted("summary", "II", "part"),
    "summarise the third chapter": Wanted("summary", "3", "chapter"),
    "Summarise SICP": Wanted("summary", named="SICP"),
    "list every algorithm in this book with its running time": Wanted("algorithms", timed=True),
    "list all sorting algorithms in this book": Wanted("algorithms", about="sorting"),
    "list every algorithm in Elementary Algorithms with its running time": Wanted("algorithms", named="Elementary Algorithms", timed=True),
    "list all definitions in chapter 2": Wanted("definitions", "2", "chapter"),
    "what data structures does this book cover?": Wanted("structures"),
    "list all theorems": Wanted("theorems"),
    "all terms in bold of chapter 4 with definitions": Wanted("terms", "4", "chapter"),
    "总结第三章": Wanted("summary", "3", "chapter"),
    "请总结第3.2节的主要内容": Wanted("summary", "3.2", "section"),
    "概括这本书": Wanted("summary"),
    "第十二章讲了什么？": Wanted("summary", "12", "chapter"),
    "总结一下《算法导论》第3章": Wanted("summary", "3", "chapter", book="算法导论"),
    "本章讲了什么": Wanted("summary", part="chapter", here=True),
    "列出本书所有算法及其时间复杂度": Wanted("algorithms", timed=True),
    "这本书介绍了哪些数据结构？": Wanted("structures"),
    "列出第二章的所有定义": Wanted("definitions", "2", "chapter"),
}

ORDINARY = (
    "What is a stack?",
    "What is virtual memory?",
    "How does merge sort work?",
    "Why is chapter 3 important?",
    "What does chapter 3 say about mutexes?",
    "What is the difference between a stack and a queue?",
    "List the advantages of monitors.",
    "List scheduling algorithms",
    "Which algorithm is used for page replacement?",
    "What sorting algorithms are stable?",
    "What is the running time of merge sort?",
    "Define deadlock",
    "Summarise this",
    "What is the theorem of Cook about?",
    "Which data structure is used by the scheduler?",
    "What algorithms were known to the Babylonians?",
    "In which chapter is recursion explained?",
    "Summarise how and why the two threads wait for each other",
    "Who wrote the book that covers 12 centuries?",
    "什么是栈？",
    "红黑树和AVL树有什么区别？",
    "为什么快速排序的平均时间复杂度是O(n log n)？",
    "第三章的作者是谁？",
    "哪些算法是稳定的？",
)


@pytest.mark.parametrize("question", SURVEYS)
def test_a_long_answer_is_recognised(question: str) -> None:
    assert recognise(question) == SURVEYS[question]


@pytest.mark.parametrize("question", ORDINARY)
def test_an_ordinary_question_stays_one(question: str) -> None:
    assert recognise(question) is None


def test_no_natural_question_of_ours_is_taken_for_a_survey() -> None:
    files = sorted((Path(__file__).parents[2] / "docs" / "quality").glob("natural-questions*.jsonl"))
    questions = [json.loads(line)["question"] for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(questions) >= 100
    assert [question for question in questions if recognise(question)] == []

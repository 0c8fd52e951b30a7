"""When two questions ask the same: what is exact, what is near, and what never is."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from engine.answering.own_answers import MEANS_THE_SAME, alike, read_wording
from engine.embedding.onnx_adapter import OnnxEmbedder
from models import Shelf


class Labelled(msgspec.Struct, frozen=True):
    """Two questions, and whether one answer does for both. By `dev` the rules were written, `held-out` was looked at once, `fresh` never."""

    asked: str
    stored: str
    same: bool
    part: str


LABELLED = tuple(msgspec.json.decode(line, type=Labelled) for line in Path(__file__).with_name("questions_alike.jsonl").read_bytes().splitlines())


def likeness(asked: str, stored: str) -> str:
    return alike(read_wording(asked), read_wording(stored))


@pytest.mark.parametrize("part", ["dev", "held-out", "fresh"])
def test_without_any_embedder_no_other_question_is_taken_for_the_same_and_most_paraphrases_are(part: str) -> None:
    rows = [row for row in LABELLED if row.part == part]
    taken = [row for row in rows if likeness(row.asked, row.stored) in ("exact", "near")]
    assert [row for row in taken if not row.same] == []
    assert len(taken) >= 0.7 * sum(row.same for row in rows)


@pytest.mark.real
def test_with_the_starter_embedder_more_paraphrases_are_found_and_still_no_other_question(tmp_path: Path) -> None:
    directory = Shelf(folder=tmp_path).embedder_directory()
    assert directory is not None, "the starter embedder was not exported: run `make setup`"
    unsure = [row for row in LABELLED if likeness(row.asked, row.stored) == "perhaps"]
    with OnnxEmbedder.load(directory, threads=1) as embedder:
        cosines = [float(embedder.embed([row.asked])[0] @ embedder.embed([row.stored])[0]) for row in unsure]
    taken = [row for row, cosine in zip(unsure, cosines, strict=True) if cosine >= MEANS_THE_SAME]
    assert taken
    assert [row for row in taken if not row.same] == []


@pytest.mark.parametrize(
    ("asked", "stored"),
    [
        ("what is a STACK", "What is a stack?"),
        ("Please, what's a stack?", "What is a stack?"),
        ("Hi! Can you tell me what is a stack, please?", "What is a stack?"),
        ("什么是栈", "什么是栈？"),
        ("请问ＴＣＰ是什么？", "TCP是什么"),
        ("¿Qué es una pila?", "qué es una pila"),
    ],
)
def test_case_punctuation_politeness_and_the_width_of_characters_do_not_matter(asked: str, stored: str) -> None:
    assert likeness(asked, stored) == "exact"


@pytest.mark.parametrize(
    ("asked", "stored"),
    [
        ("What is C++?", "What is C#?"),
        ("What is the deadline of assignment 3?", "What is the deadline of assignment 2?"),
        ("When is the third assignment due?", "When is assignment 2 due?"),
        ("Is quicksort not stable?", "Is quicksort stable?"),
        ("Who is Alan Turing?", "Who is Alonzo Church?"),
        ("When is the exam?", "Where is the exam?"),
        ("How do I convert decimal to binary?", "How do I convert binary to decimal?"),
        ("Does the kernel call the driver?", "Does the driver call the kernel?"),
        ("What does malloc do?", "What does free do?"),
        ("作业三什么时候截止？", "作业2什么时候截止？"),
        ("How many bytes are in a bit?", "How many bits are in a byte?"),
        ("What is the key of a value?", "What is the value of a key?"),
        ("How is the encoder of the input made?", "How is the input of the encoder made?"),
        ("Do we have class next week?", "Do we have class this week?"),
        ("When was the exam last year?", "When was the exam this year?"),
        ("¿Qué es una cola?", "¿Qué es una pila?"),
        ("", "What is a stack?"),
        ("?", "?!"),
    ],
)
def test_one_number_name_negation_or_side_makes_another_question(asked: str, stored: str) -> None:
    assert likeness(asked, stored) == "no"
    assert likeness(stored, asked) == "no"


def test_in_a_language_whose_negations_are_not_known_only_the_same_words_are_the_same() -> None:
    assert likeness("¿Qué es una pila de datos?", "¿Qué es una pila?") == "no"
    assert likeness("Was ist ein Stapel?", "Was ist denn ein Stapel?") == "no"

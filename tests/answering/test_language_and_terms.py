"""Languages by script, and what a sentence is about: stems, numbers, names, negations."""

from __future__ import annotations

import pytest

from engine.answering import terms
from engine.answering.language import SAME_SCRIPT, guess_language, knows, trust_in
from engine.answering.phrases import note_for, refusal


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What is a red-black tree?", "en"),
        ("AVL tree", "en"),
        ("Why is Θ(n log n) optimal for λ?", "en"),
        ("什么是红黑树？", "zh"),
        ("什么是 B-tree 和 red-black tree？", "zh"),
        ("赤黒木とは何ですか？", "other:kana"),
        ("Что такое красно-чёрное дерево?", "other:cyrillic"),
        ("ما هي الشجرة الحمراء السوداء؟", "other:arabic"),
        ("레드-블랙 트리란 무엇입니까?", "other:hangul"),
        ("Was ist ein Rot-Schwarz-Baum und wie wird der Baum gedreht?", "other:latin"),
        ("Wann wurde die Börse gegründet?", "other:latin"),
        ("Wer gewann die Wahl?", "other:latin"),
        ("¿Dónde nació Ratzel?", "other:latin"),
        ("Qui a découvert la structure ?", "other:latin"),
        ("Gödel numbering", "en"),
        ("Who was Schrödinger, and what is his cat?", "en"),
        ("Is a in an array on the heap?", "en"),
        ("Was war in the Hall of Fame?", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_question_is_guessed(question: str, language: str) -> None:
    assert guess_language(question) == language


def test_who_knows_a_language() -> None:
    assert knows(("en",), "en")
    assert not knows(("en",), "zh")
    assert not knows(("en",), "other:latin")
    assert knows(("en", "zh"), "zh")
    assert knows((), "zh")


def test_an_embedder_is_trusted_in_what_it_knows_a_little_in_its_script_and_not_at_all_in_others() -> None:
    assert trust_in(("en",), "en") == 1.0
    assert trust_in(("en",), "other:latin") == SAME_SCRIPT
    assert trust_in(("en",), "zh") == trust_in(("en",), "other:cyrillic") == 0.0
    assert trust_in(("en", "ru"), "other:cyrillic") == 1.0
    assert trust_in(("en", "de"), "other:latin") == 1.0
    assert trust_in(("zh",), "other:latin") == 0.0
    assert trust_in((), "other:arabic") == 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("trees", "tree"),
        ("sorted", "sorts"),
        ("storing", "stores"),
        ("queries", "query"),
        ("insertion", "inserted"),
        ("amortised", "amortized"),
        ("colour", "color"),
        ("copies", "copied"),
        ("tree's", "tree"),
        ("mapped", "maps"),
    ],
)
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert terms.stem(one) == terms.stem(other)


@pytest.mark.parametrize(("one", "other"), [("stack", "stable"), ("sort", "short"), ("process", "processor"), ("class", "clause"), ("hash", "has")])
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert terms.stem(one) != terms.stem(other)


def test_numbers_orders_and_counts_are_found() -> None:
    assert terms.numbers("It is 3.14, 10^6 or 50% of 2n") >= {"3.14", "106", "50", "2n"}
    assert terms.orders_of_growth("O(n log n), O( n^2 ) and O(n²)") == {"o(nlogn)", "o(n2)"}
    assert terms.counted("two trees and three lists") == {"2", "3"}
    assert terms.counted("the one that is left") == set()


def test_negations_names_and_identifiers_are_found() -> None:
    assert terms.negations("It is not so and can't be, without doubt") == 3
    assert terms.negations("它不是稳定的，没有顺序") == 2
    assert terms.names("Trees by Landis and Adelson-Velsky exist") == {"landis", "adelson-velsky"}
    assert terms.identifiers("Use `items` or list.append, my_name and myName()") == {"items", "list.append", "my_name", "myname"}
    assert terms.identifiers("e.g. 3.14") == set()


def test_chinese_becomes_pairs_of_characters() -> None:
    assert terms.content_terms("什么是红黑树？") == ["红黑", "黑树"]


def test_fixed_sentences_fall_back_to_english() -> None:
    assert note_for("weak", "other:cyrillic") == note_for("weak", "en")
    assert refusal("other:cyrillic", nearest=None, scoped=False) == refusal("en", nearest=None, scoped=False)
    assert refusal("en", nearest=None, scoped=True) != refusal("en", nearest=None, scoped=False)

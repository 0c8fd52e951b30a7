"""What the keyword index sees of texts, and what it is asked."""

from __future__ import annotations

import pytest

from engine.library.keywords import Stems, all_of, any_of
from engine.library.question import Term, read_question
from engine.library.shadow import encode_symbol, index_symbols, index_text, query_text


def test_cjk_runs_become_overlapping_pairs_and_a_last_single() -> None:
    assert index_text("红黑树 is a tree").split() == ["红黑", "黑树", "树", "is", "a", "tree"]
    assert query_text("红黑树").split() == ["红黑", "黑树"]
    assert index_text("树").split() == query_text("树").split() == ["树"]


def test_ligatures_and_full_width_letters_are_the_same_words() -> None:
    assert index_text("ﬁle ＡＢＣ") == "file ABC"


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("(call/cc f)", "call/cc"),
        ("(set! x 5)", "set!"),
        ("(null? list)", "null?"),
        ("\\hbox{\\vbox", "\\vbox"),
        ("def __init__(self):", "__init__"),
        ("os.path.join(a)", "os.path.join"),
        ("see `list-tail`, which", "list-tail"),
        ("#,@ is unquote", "#,@"),
    ],
)
def test_identifiers_are_indexed_as_they_are_typed(text: str, symbol: str) -> None:
    assert encode_symbol(symbol) in index_symbols(text).split()


def test_the_end_of_a_sentence_is_no_symbol() -> None:
    assert index_symbols("This is the end. Really (yes).") == ""


@pytest.mark.parametrize(
    ("asked", "subject"),
    [
        ("What is a red-black tree?", "red-black tree"),
        ("How does quicksort work?", "quicksort"),
        ("I don't understand tail recursion, please help", "tail recursion"),
        ("why do we need virtual memory", "virtual memory"),
        ("Can you tell me about call/cc?", "call/cc"),
        ("Explain paging.", "paging"),
        ("null?", "null?"),
        ("What is null??", "null?"),
        ("什么是红黑树？", "红黑树"),
        ("红黑树是什么？", "红黑树"),
        ("what", "what"),
    ],
)
def test_question_forms_are_taken_off(asked: str, subject: str) -> None:
    assert read_question(asked).subject == subject


def test_function_words_are_dropped_unless_nothing_else_is_left() -> None:
    assert [term.text for term in read_question("What is the difference between a stack and a queue?").terms] == ["difference", "stack", "queue"]
    assert [term.text for term in read_question("if").terms] == ["if"]
    assert [term.text for term in read_question("Dijkstra's algorithm").terms] == ["Dijkstra", "algorithm"]
    assert read_question("  \0 ").terms == ()


def test_common_words_are_left_out_where_rarer_ones_exist() -> None:
    terms = [Term(name, f'"{name}"', (name,)) for name in ("the", "stack", "zebra")]
    assert any_of(terms, [9_000, 100, 0], 10_000) == '"stack"'
    assert any_of(terms, [900, 100, 0], 1_000) == '"stack" OR "the"'
    assert any_of(terms[:1], [9_000], 10_000) == '"the"'
    assert any_of(terms, [0, 0, 0], 10_000) is None
    assert all_of(terms, [9_000, 100, 0]) == '"the" AND "stack"'


def test_common_words_are_looked_for_as_long_as_they_cost_little() -> None:
    terms = read_question("sorting of parallel portable systems").terms
    assert any_of(terms, [300, 40, 5, 900], 3_000) == '"portable" OR "parallel" OR "sorting" OR "systems"'
    assert any_of(terms, [9_000, 1_000, 50, 90_000], 100_000) == '"portable" OR "parallel"'
    assert any_of(terms, [60_000, 50_000, 0, 90_000], 100_000) == '"parallel" OR "sorting"'


def test_stems_are_those_of_the_index() -> None:
    stems = Stems()
    assert stems.of(["Searching", "naïve", "red-black"]) == {"Searching": ("search",), "naïve": ("naiv",), "red-black": ("red", "black")}
    stems.close()


def test_a_short_plural_in_ies_is_also_looked_up_in_ie() -> None:
    (term,) = read_question("What are tries?").terms
    assert term.expression == '("tries" OR "trie")'

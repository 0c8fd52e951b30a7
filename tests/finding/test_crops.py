"""Formulas that their text does not carry are named by their boxes."""

from __future__ import annotations

from collections.abc import Sequence

from engine.finding.crops import crops_of, is_legible
from engine.reading.messages import Block, Word


def laid_out(*words: tuple[str, float, float]) -> tuple[str, list[Word]]:
    """The text and the words (10 points high, 5 wide a letter) at these left and top edges."""
    text, boxes = "", []
    for word, x, y in words:
        text += " " if text else ""
        boxes.append(Word(len(text), len(text) + len(word), x, y, x + 5 * len(word), y + 10))
        text += word
    return text, boxes


LINE = (("T(n)", 100.0, 50.0), ("=", 125.0, 50.0), ("2T(n/2)", 135.0, 50.0), ("+", 175.0, 50.0), ("n", 185.0, 50.0))
FRACTION = (("x", 100.0, 50.0), ("=", 110.0, 50.0), ("-b", 130.0, 43.0), ("2a", 130.0, 56.0))


def crops(words: Sequence[tuple[str, float, float]], *, start: int = 0, end: int | None = None, kind: str = "formula") -> tuple[object, ...]:
    text, boxes = laid_out(*words)
    return crops_of(7, text, [Block(kind, 0, len(text))], boxes, start, len(text) if end is None else end)  # type: ignore[arg-type]


def test_a_formula_on_one_line_or_on_several_needs_no_picture() -> None:
    assert crops(LINE) == ()
    assert is_legible(*laid_out(*LINE, *((word, x, y + 20) for word, x, y in LINE)))


def test_a_fraction_is_shown_with_a_margin() -> None:
    assert crops(FRACTION) == ((7, 97.0, 40.0, 143.0, 69.0),)


def test_exponents_and_indices_lose_their_place_in_the_text() -> None:
    assert not is_legible(*laid_out(("x", 100, 50), ("2", 106, 46), ("+", 115, 50), ("y", 125, 50), ("2", 131, 46)))


def test_signs_without_a_known_meaning_are_noise() -> None:
    assert not is_legible(*laid_out(("\uf8e0\uf8e1", 100, 50), ("=", 115, 50)))


def test_only_formulas_within_the_passage_count() -> None:
    assert crops(FRACTION, start=2) == ()
    assert crops(FRACTION, end=5) == ()
    assert crops(FRACTION, kind="prose") == ()


def test_parts_that_stand_close_are_one_picture() -> None:
    text, words = laid_out(*FRACTION, *((word, x, y + 30) for word, x, y in FRACTION))
    half = text.index("x", 1)
    blocks = [Block("formula", 0, half - 1), Block("formula", half, len(text))]
    assert crops_of(7, text, blocks, words, 0, len(text)) == ((7, 97.0, 40.0, 143.0, 99.0),)


def test_what_stands_beside_an_illegible_part_is_on_the_picture_too() -> None:
    text, words = laid_out(("f(x)", 60, 50), ("=", 90, 50), *FRACTION)
    half = text.index("x = -b")
    assert crops_of(7, text, [Block("formula", 0, half - 1), Block("formula", half, len(text))], words, 0, len(text)) == ((7, 57.0, 40.0, 143.0, 69.0),)


def test_a_formula_in_many_pieces_is_shown() -> None:
    text, words = laid_out(("lim", 100, 50), ("f(x)", 120, 50), ("n", 145, 50))
    blocks = [Block("formula", word.start, word.end) for word in words]
    assert crops_of(7, text, blocks, words, 0, len(text)) == ((7, 97.0, 47.0, 153.0, 63.0),)

"""Text that runs from right to left comes in the order in which it is spoken."""

from __future__ import annotations

from engine.reading.pdf.direction import in_reading_order, mostly_right_to_left, pieces_of, seen_in_a_mirror, spoken
from engine.reading.pdf.printed import PrintedWord

WIDTH = 600.0


def words_of(*placed: tuple[str, float]) -> list[PrintedWord]:
    """Words of 20 points each at these left edges."""
    return [PrintedWord(text, x, 100.0, x + 20.0, 110.0, 10.0, 0, False) for text, x in placed]


def texts(words: list[PrintedWord]) -> list[str]:
    return [word.text for word in words]


def test_a_word_that_is_written_as_it_is_seen_is_turned_round() -> None:
    assert spoken("םולש", ascending=True) == "שלום"
    assert spoken("שלום", ascending=False) == "שלום"
    assert spoken(",םלוע", ascending=True) == "עולם,"


def test_numbers_and_latin_letters_in_a_word_keep_their_order() -> None:
    assert spoken("2024-ב", ascending=True) == "ב-2024"
    assert spoken("Python-ב", ascending=True) == "ב-Python"
    assert spoken("word", ascending=True) == "word"


def test_points_stay_on_their_letters() -> None:
    assert spoken("מָלש", ascending=True) == "שלמָ"


def test_presentation_forms_become_the_letters_that_one_types() -> None:
    assert spoken("ﻣﺮﺣﺒﺎ", ascending=False) == "مرحبا"
    assert spoken("ﻻ", ascending=True) == "لا"


def test_brackets_open_before_they_close() -> None:
    assert texts(in_reading_order(words_of((")טובה(", 100), ("(מאוד)", 60)), mirrored=False)) == ["(טובה)", "(מאוד)"]


def test_in_the_mirror_words_run_on_and_what_runs_from_left_to_right_is_turned_round() -> None:
    line = words_of(("שלום", 540), ("עולם", 510), ("15", 400), ("–", 425), ("12", 450), ("מבחן", 360), ("New", 250), ("York", 280), ("סוף", 200))
    mirrored = [seen_in_a_mirror(word, WIDTH) for word in line]
    assert texts(in_reading_order(mirrored, mirrored=True)) == ["שלום", "עולם", "12", "–", "15", "מבחן", "New", "York", "סוף"]
    assert seen_in_a_mirror(mirrored[0], WIDTH) == line[0]


def test_a_latin_line_of_a_mirrored_page_is_read_from_the_left() -> None:
    line = [
        seen_in_a_mirror(word, WIDTH)
        for word in words_of(("An", 72), ("English", 100), ("line", 130), ("with", 160), ("עולם", 190), ("שלום", 220), ("inside", 250))
    ]
    assert texts(in_reading_order(line, mirrored=True)) == ["An", "English", "line", "with", "שלום", "עולם", "inside"]


def test_where_a_space_was_lost_a_word_is_cut() -> None:
    assert pieces_of("במדבר123", [78, 70, 64, 57, 50, 115, 123, 130], 12.0) == [(0, 5), (5, 8)]


def test_a_quotation_within_a_latin_line_is_turned_round_alone() -> None:
    line = words_of(("He", 72), ("said", 100), ("עולם", 130), ("שלום", 160), ("aloud", 190))
    assert texts(in_reading_order(line, mirrored=False)) == ["He", "said", "שלום", "עולם", "aloud"]


def test_words_that_touch_are_glued_and_latin_lines_are_left_alone() -> None:
    latin = words_of(("a", 72), ("b", 92))
    assert in_reading_order(latin, mirrored=False) == latin
    touching = in_reading_order([seen_in_a_mirror(word, WIDTH) for word in words_of(("שלום", 540), (".", 520))], mirrored=True)
    assert [word.glued for word in touching] == [False, True]


def test_most_letters_decide_about_a_page() -> None:
    assert mostly_right_to_left(["שלום עולם", "x = 1"])
    assert not mostly_right_to_left(["the word שלום", "1234"])
    assert not mostly_right_to_left([])

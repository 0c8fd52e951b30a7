"""Only whole characters come out of the stream, and nothing of a stop string."""

from __future__ import annotations

import pytest

from engine.generation.text_stream import TextStream


def flow(pieces: list[bytes], *stops: str) -> tuple[list[str], bool]:
    stream = TextStream(stops)
    shown = [stream.feed(piece) for piece in pieces]
    return [*shown, stream.finish()], stream.stopped


def test_a_character_that_is_split_between_tokens_comes_out_whole() -> None:
    heap = "堆".encode()
    assert flow([heap[:1], heap[1:2], heap[2:] + b"!"]) == (["", "", "堆!", ""], False)


def test_half_a_character_at_the_end_is_dropped() -> None:
    assert flow([b"ok", "é".encode()[:1]]) == (["ok", "", ""], False)


def test_bytes_that_are_no_text_become_replacement_characters() -> None:
    assert "".join(flow([b"a\xff", b"b"])[0]) == "a\ufffdb"


def test_text_before_a_stop_string_comes_out_and_the_rest_does_not() -> None:
    assert flow([b"Yes. ", b"Question: no", b" more"], "Question:") == (["Yes. ", "", "", ""], True)


def test_what_may_begin_a_stop_string_is_held_back_until_it_is_known() -> None:
    assert flow([b"a <|", b"im", b"_end|>x"], "<|im_end|>") == (["a ", "", "", ""], True)
    assert flow([b"a <|", b"im", b"possible"], "<|im_end|>") == (["a ", "", "<|impossible", ""], False)


def test_what_was_held_back_comes_out_at_the_end() -> None:
    assert flow([b"1 <", b"|"], "<|im_end|>") == (["1 ", "", "<|"], False)


def test_the_stop_string_that_comes_first_counts() -> None:
    assert flow([b"one two three"], "three", "two") == (["one ", ""], True)


def test_a_stop_string_that_overlaps_itself_is_found() -> None:
    assert flow([b"a", b"a", b"a", b"b"], "aab") == (["", "", "a", "", ""], True)


@pytest.mark.parametrize("stops", [(), ("",)])
def test_without_stop_strings_nothing_is_held_back(stops: tuple[str, ...]) -> None:
    assert flow([b"at once", b" and on"], *stops) == (["at once", " and on", ""], False)

"""Boxes in points become rectangles in pixels, one for each line of the quote."""

from __future__ import annotations

from desktop.highlights import Rectangle, highlight_rectangles, merge_lines
from engine.values import Box


def test_words_of_a_line_become_one_rectangle_in_pixels() -> None:
    boxes: list[Box] = [(3, 100, 200, 130, 210), (3, 133, 200, 160, 211), (3, 72, 214, 90, 224)]
    assert highlight_rectangles(boxes, page=3, pixels_per_point=2, width=1000, height=1000, padding_points=0) == (
        Rectangle(200, 400, 320, 422),
        Rectangle(144, 428, 180, 448),
    )


def test_columns_are_not_joined() -> None:
    boxes: list[Box] = [(1, 72, 100, 280, 110), (1, 320, 100, 540, 110)]
    assert len(highlight_rectangles(boxes, page=1, pixels_per_point=1, width=600, height=800)) == 2


def test_lines_that_touch_are_not_joined() -> None:
    boxes: list[Box] = [(1, 72, 100, 280, 112), (1, 72, 111, 280, 123)]
    assert len(highlight_rectangles(boxes, page=1, pixels_per_point=1, width=600, height=800)) == 2


def test_a_word_in_the_middle_joins_its_neighbours_in_any_order() -> None:
    left, middle, right = Rectangle(0, 0, 10, 10), Rectangle(12, 1, 20, 9), Rectangle(22, 0, 30, 10)
    for order in ((left, right, middle), (middle, right, left), (right, left, middle)):
        assert merge_lines(order) == (Rectangle(0, 0, 30, 10),)


def test_other_pages_empty_boxes_and_what_lies_outside_are_left_out() -> None:
    boxes: list[Box] = [(2, 0, 0, 10, 10), (1, 50, 50, 50, 60), (1, 700, 10, 800, 20), (1, 590, 10, 700, 20)]
    assert highlight_rectangles(boxes, page=1, pixels_per_point=1, width=600, height=800, padding_points=0) == (Rectangle(590, 10, 600, 20),)


def test_no_boxes_no_rectangles() -> None:
    assert highlight_rectangles([], page=1, pixels_per_point=1, width=600, height=800) == ()

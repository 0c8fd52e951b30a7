"""Vectors in memory: grown, thinned out, and never changed under a reader's hands."""

from __future__ import annotations

import numpy
import pytest

from engine.library.vector_rows import VectorRows


@pytest.fixture
def rows() -> VectorRows:
    rows = VectorRows()
    for first in range(0, 50, 10):
        numbers = numpy.arange(first, first + 10)
        rows.append(numbers, numpy.repeat(numbers[:, None], 3, axis=1).astype("<f4"))
    return rows


def test_rows_come_in_the_order_of_appending(rows: VectorRows) -> None:
    assert rows.ids.tolist() == list(range(50))
    assert rows.matrix[:, 2].tolist() == list(range(50))


def test_a_view_taken_before_appending_stays_as_it_was(rows: VectorRows) -> None:
    ids, matrix = rows.ids, rows.matrix
    rows.append(numpy.array([99]), numpy.full((1, 3), 99, dtype="<f4"))
    assert len(ids) == len(matrix) == 50
    assert ids.tolist() == list(range(50))
    assert len(rows) == 51


def test_only_what_the_mask_names_is_kept(rows: VectorRows) -> None:
    rows.keep(rows.ids % 2 == 0)
    assert rows.ids.tolist() == list(range(0, 50, 2))
    assert rows.matrix[:, 0].tolist() == list(range(0, 50, 2))


def test_the_first_rows_can_be_dropped(rows: VectorRows) -> None:
    rows.drop_first(48)
    rows.append(numpy.array([7]), numpy.full((1, 3), 7, dtype="<f4"))
    assert rows.ids.tolist() == [48, 49, 7]


def test_room_grows_by_a_quarter_and_not_with_every_row(rows: VectorRows) -> None:
    bases = set()
    for number in range(200):
        rows.append(numpy.array([number]), numpy.zeros((1, 3), dtype="<f4"))
        bases.add(id(rows.matrix.base))
    assert len(bases) < 12


def test_room_that_was_reserved_is_filled_without_moving(rows: VectorRows) -> None:
    rows.reserve(200, 3)
    base = rows.matrix.base
    rows.append(numpy.arange(150), numpy.zeros((150, 3), dtype="<f4"))
    assert rows.matrix.base is base
    assert rows.ids[:50].tolist() == list(range(50))

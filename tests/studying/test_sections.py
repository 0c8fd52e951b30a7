"""From an outline to sections, and from a place to its section."""

from __future__ import annotations

from math import inf

from engine.reading.messages import OutlineEntry
from engine.studying.sections import SectionFinder, section_tree

OUTLINE = (
    OutlineEntry(1, "Trees", 3, 80.0),
    OutlineEntry(2, "Balance", 5, 300.0),
    OutlineEntry(3, "Rotations", 5, 500.0),
    OutlineEntry(2, "Splaying", 8, None),
    OutlineEntry(1, "Heaps", 11, 80.0),
)


def test_sections_reach_to_where_the_next_one_of_their_level_begins() -> None:
    assert [(section.number, section.level, section.title, section.first_page, section.last_page) for section in section_tree(OUTLINE, 20)] == [
        (1, 1, "Trees", 3, 11),
        (2, 2, "Balance", 5, 7),
        (3, 3, "Rotations", 5, 7),
        (4, 2, "Splaying", 8, 11),
        (5, 1, "Heaps", 11, 20),
    ]


def test_a_place_lies_in_the_last_section_that_begins_before_it() -> None:
    finder = SectionFinder(OUTLINE, section_tree(OUTLINE, 20))
    assert finder.at(2, 700.0) == (None, ())
    assert finder.at(3, 79.0) == (1, ("Trees",))
    assert finder.at(5, 200.0) == (1, ("Trees",))
    assert finder.at(5, 300.0) == (2, ("Trees", "Balance"))
    assert finder.at(7, 10.0) == (3, ("Trees", "Balance", "Rotations"))
    assert finder.at(8, 10.0) == (4, ("Trees", "Splaying"))
    assert finder.at(19, None) == (5, ("Heaps",))


def test_the_start_of_a_page_lies_in_the_section_that_goes_on() -> None:
    section_of = SectionFinder(OUTLINE, section_tree(OUTLINE, 20)).on_page(5)
    assert section_of(-inf) == (1, ("Trees",))
    assert section_of(None) == (3, ("Trees", "Balance", "Rotations"))


def test_an_outline_out_of_order_or_empty_is_borne() -> None:
    muddled = (OutlineEntry(2, "Second", 9, 10.0), OutlineEntry(1, "First", 2, 10.0), OutlineEntry(1, "Beyond", 99, None))
    sections = section_tree(muddled, 10)
    assert all(section.first_page <= section.last_page for section in sections)
    assert SectionFinder(muddled, sections).at(4, 0.0) == (2, ("First",))
    assert section_tree((), 5) == ()
    assert SectionFinder((), ()).at(1, 0.0) == (None, ())

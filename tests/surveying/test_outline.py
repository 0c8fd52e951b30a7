"""The numbers of chapters: from titles, from the headings on pages, from the sections below, and counted where there are none."""

from __future__ import annotations

from engine.surveying.outline import Outline, make_outline, split_label
from engine.values import Section


def sections(*rows: tuple[int, str]) -> list[Section]:
    return [Section(number, level, title, number, number) for number, (level, title) in enumerate(rows, 1)]


def headings(outline: Outline) -> list[str]:
    return [entry.heading for entry in outline.entries]


def test_numbers_in_titles_are_labels() -> None:
    outline = make_outline(sections((1, "1 Stacks"), (2, "1.1 Arrays"), (1, "Chapter 2: Queues"), (1, "第三章 树"), (2, "3.1 红黑树")), {})
    assert [entry.label for entry in outline.entries] == ["1", "1.1", "2", "3", "3.1"]
    assert headings(outline) == ["1 Stacks", "1.1 Arrays", "2 Queues", "3 树", "3.1 红黑树"]


def test_numbers_are_read_from_the_page_where_the_outline_leaves_them_out() -> None:
    outline = make_outline(
        sections((1, "Threads"), (2, "Introduction"), (2, "Switching Between Threads")),
        {1: ("Chapter 2", "Threads"), 2: ("2.1 Introduction",), 3: ("2.4 Switching between threads",)},
    )
    assert headings(outline) == ["2 Threads", "2.1 Introduction", "2.4 Switching Between Threads"]


def test_a_chapter_has_the_number_that_its_sections_begin_with() -> None:
    outline = make_outline(sections((1, "Preface"), (1, "State"), (2, "Assignment"), (2, "Streams")), {3: ("3.1 Assignment",), 4: ("3.5 Streams",)})
    found = outline.labelled("3", "chapter")
    assert found is not None
    assert found.title == "State"


def test_chapters_of_parts_are_chapters_and_prefaces_are_none() -> None:
    outline = make_outline(
        sections((1, "Preface"), (1, "I Trees"), (2, "1 Search trees"), (2, "2 Heaps"), (1, "II Graphs"), (2, "3 Paths"), (1, "Index")),
        {2: ("Part I", "Trees")},
    )
    assert [entry.heading for entry in outline.chapters()] == ["1 Search trees", "2 Heaps", "3 Paths"]
    part = outline.labelled("2", "part")
    assert part is None or part.title == "Graphs"
    first = outline.labelled("I", "part")
    assert first is not None
    assert first.title == "Trees"


def test_where_nothing_is_numbered_chapters_are_counted_without_what_stands_around_them() -> None:
    outline = make_outline(sections((1, "Foreword"), (1, "Stacks"), (2, "Uses"), (1, "Queues"), (1, "References")), {})
    assert outline.counted
    found = outline.labelled("2", "chapter")
    assert found is not None
    assert found.heading == "Queues"
    assert found.numbered == "2 Queues"


def test_a_title_on_the_first_level_alone_is_no_chapter() -> None:
    outline = make_outline(sections((1, "Heaps, a short course"), (2, "Definition"), (2, "Insertion")), {})
    assert [entry.title for entry in outline.chapters()] == ["Definition", "Insertion"]


def test_letters_are_labels_only_where_the_page_or_the_word_says_so() -> None:
    assert split_label("Appendix A Notation") == ("A", "appendix", "Notation")
    assert split_label("Hash tables") == (None, "", "Hash tables")
    assert make_outline(sections((1, "Stacks"), (1, "Queues")), {}).entries[0].title == "Stacks"


def test_a_part_is_found_by_all_words_of_its_title() -> None:
    outline = make_outline(sections((1, "Synchronization and Deadlocks"), (2, "Deadlock"), (1, "Files")), {})
    assert [entry.title for entry in outline.about("deadlocks")] == ["Deadlock"]
    assert [entry.title for entry in outline.about("synchronization")] == ["Synchronization and Deadlocks"]
    assert outline.about("networks") == ()

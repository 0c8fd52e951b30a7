"""A folder of linked web pages is one book: its pages in the order of the contents, each page's headings below it."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.reading.opening import open_book
from engine.reading.parts.site import open_site
from engine.reading.parts.text import Parts
from engine.studying.sections import SectionFinder, section_tree
from engine.trouble import DocumentRefused


def opened(tmp_path: Path, pages: Mapping[str, str | bytes]) -> Parts:
    path = tmp_path / "notes.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in pages.items():
            archive.writestr(name, content)
    return open_site(path, "notes")


def outline(book: Parts) -> list[tuple[int, str]]:
    return [(entry.level, entry.title) for entry in book.outline]


CONTENTS = (
    '<title>Algorithms</title><h1>Algorithms</h1><p>Lecture notes.</p><div class="toc"><ul><li><a href="sorting.html">Sorting</a>'
    '<ul><li><a href="sub/merge.html">Merge sort</a></li><li><a href="sub/heap.html#top">Heap sort</a></li></ul></li>'
    '<li><a href="graphs.html">Graphs</a></li></ul></div>'
)
PAGES = {
    "graphs.html": "<h1>Graphs</h1><p>Nodes and edges.</p><h2>Trees</h2><p>No cycles.</p>",
    "index.html": CONTENTS,
    "sorting.html": '<nav><a href="index.html">Up</a></nav><h1>Sorting</h1><p>See <a href="graphs.html">graphs</a>.</p>',
    "sub/heap.html": '<h2 id="top">Heap sort</h2><p>With a heap.</p>',
    "sub/merge.html": '<title>Merge sort</title><p>Divide. <a href="../appendix.html">More</a></p>',
    "appendix.html": "<h1>Appendix</h1><p>Rest.</p>",
    "lonely.html": "<h1>Lonely</h1><p>Nobody leads here.</p>",
}


def test_pages_follow_the_contents_and_stand_at_their_depth(tmp_path: Path) -> None:
    book = opened(tmp_path, PAGES)
    assert (book.kind, book.title, book.paged) == ("site", "Algorithms", False)
    assert outline(book) == [
        (1, "Algorithms"),
        (1, "Sorting"),
        (2, "Merge sort"),
        (2, "Appendix"),
        (2, "Heap sort"),
        (1, "Graphs"),
        (2, "Trees"),
        (1, "Lonely"),
    ]
    assert [part.kind for part in book.parts][:2] == ["text", "contents"]
    assert [part.number for part in book.parts] == list(range(1, book.pages + 1))


def test_links_that_go_in_circles_and_out_of_the_folder_end_nowhere(tmp_path: Path) -> None:
    pages = {
        "index.html": '<h1>Round</h1><p><a href="a.html">on</a> or <a href="../../etc/passwd.html">out</a></p>',
        "a.html": '<h1>A</h1><p>Go <a href="b.html">on</a>.</p>',
        "b.html": '<h1>B</h1><p>Go <a href="a.html">back</a> or <a href="index.html">home</a>.</p>',
    }
    assert outline(opened(tmp_path, pages)) == [(1, "Round"), (1, "A"), (1, "B")]


def test_a_page_that_can_not_be_read_does_not_cost_the_others(tmp_path: Path) -> None:
    pages = {"index.html": '<h1>Two</h1><a href="bad.html">one</a>', "bad.html": bytes(range(256)) * 40, "good.html": "<h1>Good</h1><p>Text.</p>"}
    assert outline(opened(tmp_path, pages)) == [(1, "Two"), (1, "Good")]


def test_the_index_leads_to_parts_of_other_pages(tmp_path: Path) -> None:
    pages = {
        "index.html": '<h1>Book</h1><ul class="contents"><li><a href="a.html">A</a><li><a href="b.html">B</a><li><a href="terms.html">Index</a></ul>',
        "a.html": '<h1>A</h1><p>x</p><h2>A1</h2><p>about <a id="heap"></a><em>heaps</em></p>',
        "b.html": "<h1>B</h1><p>y</p>",
        "terms.html": '<h1>Index</h1><table class="index-cp"><tr><td><a href="a.html#heap">heap</a>:</td><td><a href="a.html">1</a></td></tr>'
        '<tr><td><a href="b.html">list</a>:</td><td><a href="b.html">2</a></td></tr></table>',
    }
    book = opened(tmp_path, pages)
    entries = {entry.term: [book.parts[page - 1].text for page in entry.pages] for entry in book.index}
    assert entries == {"heap": ["A1\n\nabout heaps"], "list": ["B\n\ny"]}


def test_a_zip_of_pages_that_a_person_drops_is_a_site(tmp_path: Path) -> None:
    opened(tmp_path, PAGES)
    assert open_book(tmp_path / "notes.zip", "notes.zip").kind == "site"


def test_a_zip_without_a_page_that_can_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentRefused):
        opened(tmp_path, {"index.html": bytes(range(256)) * 40})


def test_every_part_lies_in_the_section_of_its_page_and_heading(tmp_path: Path) -> None:
    book = opened(tmp_path, PAGES)
    finder = SectionFinder(book.outline, section_tree(book.outline, book.pages))
    found = {part.text.split("\n")[-1]: finder.at(part.number, None) for part in book.parts if part.kind == "text"}
    assert {text: path for text, (_, path) in found.items()} == {
        "Lecture notes.": ("Algorithms",),
        "See graphs.": ("Sorting",),
        "Divide. More": ("Sorting", "Merge sort"),
        "Rest.": ("Sorting", "Appendix"),
        "With a heap.": ("Sorting", "Heap sort"),
        "Nodes and edges.": ("Graphs",),
        "No cycles.": ("Graphs", "Trees"),
        "Nobody leads here.": ("Lonely",),
    }
    assert all(part.place is not None and part.place.from_ == finder.at(part.number, None)[0] for part in book.parts)


def test_only_the_main_part_of_pages_is_read_and_what_programs_add_is_left_out(tmp_path: Path) -> None:
    frame = '<div id="help"><h2>Keyboard shortcuts</h2></div><h1 class="menu-title">Notes</h1><main>{}</main>'.format
    pages = {
        "index.html": "<title>Introduction - Notes</title>"
        + frame('<h1 id="i">Introduction</h1><p>Welcome to these notes.</p>')
        + '<iframe src="toc.html"></iframe>',
        "intro.html": frame('<h1 id="i">Introduction</h1><p>Welcome to these notes.</p>'),
        "toc.html": '<ol><li><a href="intro.html">Introduction</a></li><li>❱ <a href="b.html">B</a><ol><li><a href="a.html">A</a></li></ol></li></ol>',
        "a.html": frame("<h2>A</h2><p>first words of it</p>"),
        "b.html": frame("<h2>B</h2><p>other words of it</p><h2>Summary</h2><p>That was B.</p>"),
        "print.html": frame("<h1>Introduction</h1><p>first words of it, other words of it</p>"),
    }
    book = opened(tmp_path, pages)
    assert book.title == "Notes"
    assert outline(book) == [(1, "Introduction"), (1, "Contents"), (1, "B"), (2, "Summary"), (2, "A")]

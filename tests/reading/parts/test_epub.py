"""EPUB books: read in their order, with the chapters of their contents and the sections of their headings; what can't be read says why."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.reading.opening import open_book
from engine.reading.parts.epub import open_epub
from engine.reading.parts.text import Parts
from engine.trouble import DocumentRefused

CONTAINER = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
XHTML = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'


def page(body: str) -> str:
    return f'<?xml version="1.0" encoding="utf-8"?><html {XHTML}><head><title>page</title></head><body>{body}</body></html>'


def package(spine: str, *, more: str = "", title: str = "A Book") -> str:
    """A package document whose pages are the words of `spine`."""
    names = spine.split()
    items = "".join(f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(names))
    refs = "".join(f'<itemref idref="i{n}"/>' for n in range(len(names)))
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title></metadata><manifest>{items}{more}</manifest><spine>{refs}</spine></package>"
    )


def epub(tmp_path: Path, entries: Mapping[str, str | bytes], *, container: str = CONTAINER) -> Path:
    path = tmp_path / "book.epub"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", container)
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def opened(tmp_path: Path, entries: Mapping[str, str | bytes]) -> Parts:
    return open_epub(epub(tmp_path, entries), "book.epub")


def outline(book: Parts) -> list[tuple[int, str, int]]:
    return [(entry.level, entry.title, entry.page) for entry in book.outline]


def texts(book: Parts) -> list[str]:
    return [part.text for part in book.parts]


NAV = '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'


def nav(items: str) -> str:
    return page(f'<nav epub:type="toc"><h1>Contents</h1><ol>{items}</ol></nav><nav epub:type="page-list"><ol><li><a href="a.xhtml">7</a></li></ol></nav>')


def test_pages_are_read_in_the_order_of_the_spine_under_the_books_title(tmp_path: Path) -> None:
    entries = {"OPS/a.xhtml": page("<h1>A</h1><p>one</p>"), "OPS/b.xhtml": page("<h1>B</h1><p>two</p>"), "OPS/book.opf": package("b.xhtml a.xhtml")}
    book = opened(tmp_path, entries)
    assert (book.kind, book.title, book.paged) == ("epub", "A Book", False)
    assert texts(book) == ["B\n\ntwo", "A\n\none"]
    assert outline(book) == [(1, "B", 1), (1, "A", 2)]


def test_chapters_are_called_as_in_the_contents_and_have_the_sections_of_their_headings(tmp_path: Path) -> None:
    entries = {
        "OPS/a.xhtml": page("<p>Chapter 1</p><h1>Trees</h1><p>one</p><h2>Leaves</h2><p>two</p>"),
        "OPS/b.xhtml": page('<h1 id="g">Graphs</h1><p>three</p><h1>Edges</h1><p>four</p>'),
        "OPS/nav.xhtml": nav('<li><a href="a.xhtml">1 Trees</a></li><li><span>Part II</span><ol><li><a href="b.xhtml#g">2 Graphs</a></li></ol></li>'),
        "OPS/book.opf": package("a.xhtml b.xhtml", more=NAV),
    }
    assert outline(opened(tmp_path, entries)) == [(1, "1 Trees", 1), (2, "Leaves", 2), (2, "2 Graphs", 3), (3, "Edges", 4)]


def test_sections_that_only_the_contents_name_begin_where_they_point(tmp_path: Path) -> None:
    entries = {
        "OPS/a.xhtml": page('<p class="big">One</p><p>first</p><p class="big"><a id="two"/>Two</p><p>second</p>'),
        "OPS/toc.ncx": '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>One</text></navLabel><content src="a.xhtml"/>'
        '<navPoint><navLabel><text>Two</text></navLabel><content src="a.xhtml#two"/></navPoint></navPoint></navMap></ncx>',
        "OPS/book.opf": package("a.xhtml", more='<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'),
    }
    book = opened(tmp_path, entries)
    assert outline(book) == [(1, "One", 1), (2, "Two", 2)]
    assert texts(book) == ["One\n\nfirst", "Two\n\nsecond"]


def test_a_chapter_in_several_files_goes_on_in_its_section(tmp_path: Path) -> None:
    entries = {
        "OPS/a.xhtml": page("<h1>One</h1><p>begins</p>"),
        "OPS/a2.xhtml": page("<p>goes on</p>"),
        "OPS/nav.xhtml": nav('<li><a href="a.xhtml">One</a></li>'),
        "OPS/book.opf": package("a.xhtml a2.xhtml", more=NAV),
    }
    book = opened(tmp_path, entries)
    assert texts(book) == ["One\n\nbegins\n\ngoes on"]


def test_contents_and_index_are_kept_but_marked(tmp_path: Path) -> None:
    entries = {
        "OPS/nav.xhtml": nav('<li><a href="a.xhtml">Heaps</a></li>'),
        "OPS/a.xhtml": page('<h1>Heaps</h1><p>text</p><h2 id="s">Sifting</h2><p>text</p>'),
        "OPS/x.xhtml": page('<section epub:type="index"><h1>Index</h1><ul><li>sift, <a href="a.xhtml#s">12</a></li></ul></section>'),
        "OPS/book.opf": package("nav.xhtml a.xhtml x.xhtml", more=NAV),
    }
    book = opened(tmp_path, entries)
    assert [part.kind for part in book.parts] == ["contents", "text", "text", "index"]
    assert [(entry.term, entry.pages) for entry in book.index] == [("sift", (3,))]


def test_pages_that_are_missing_or_broken_do_not_cost_the_others(tmp_path: Path) -> None:
    entries = {"OPS/b.xhtml": page("<p>there</p>"), "OPS/c.xhtml": "<p>torn <b>markup", "OPS/book.opf": package("gone.xhtml b.xhtml c.xhtml")}
    assert texts(opened(tmp_path, entries)) == ["there\n\ntorn markup"]


def test_names_with_other_letters_and_percent_signs_are_found(tmp_path: Path) -> None:
    entries = {"OPS/Text/Kapitel Ä.xhtml": page("<p>found</p>"), "OPS/book.opf": package("text/kapitel%20%C3%84.xhtml")}
    assert texts(opened(tmp_path, entries)) == ["found"]


def test_a_book_without_container_spine_or_contents_is_read_in_the_order_of_its_list(tmp_path: Path) -> None:
    manifest = '<package><manifest><item id="p" href="p.html" media-type="text/html"/><item id="q" href="q.html" media-type="text/html"/></manifest></package>'
    path = epub(tmp_path, {"book.opf": manifest, "q.html": "<p>second", "p.html": "<p>first"}, container="<torn")
    book = open_epub(path, "book.epub")
    assert texts(book) == ["first\n\nsecond"]
    assert book.title == "book"


def test_names_that_climb_out_of_the_book_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("<p>secret")
    entries = {"OPS/a.xhtml": page("<p>mine</p>"), "OPS/book.opf": package("../../secret.html a.xhtml")}
    assert texts(opened(tmp_path, entries)) == ["mine"]


ENCRYPTED = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
    '<enc:EncryptionMethod Algorithm="{}"/><enc:CipherData><enc:CipherReference URI="{}"/></enc:CipherData></enc:EncryptedData></encryption>'
)


def test_a_protected_book_is_refused_with_the_reason(tmp_path: Path) -> None:
    entries = {
        "OPS/a.xhtml": b"\x8b\x00cipher",
        "OPS/book.opf": package("a.xhtml"),
        "META-INF/encryption.xml": ENCRYPTED.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OPS/a.xhtml"),
    }
    with pytest.raises(DocumentRefused) as refused:
        opened(tmp_path, entries)
    assert refused.value.notice.code == "protected"
    assert "protected against copying" in refused.value.notice.sentence


def test_a_book_whose_fonts_are_scrambled_is_read(tmp_path: Path) -> None:
    entries = {
        "OPS/a.xhtml": page("<p>open</p>"),
        "OPS/book.opf": package("a.xhtml"),
        "META-INF/encryption.xml": ENCRYPTED.format("http://www.idpf.org/2008/embedding", "OPS/font.otf"),
    }
    assert texts(opened(tmp_path, entries)) == ["open"]


def test_a_book_of_nothing_that_can_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentRefused) as refused:
        opened(tmp_path, {"OPS/book.opf": package("gone.xhtml")})
    assert refused.value.notice.code == "damaged"
    with pytest.raises(DocumentRefused) as refused:
        opened(tmp_path, {"notes.txt": "no package"})
    assert "which pages belong" in refused.value.notice.sentence


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OPS/book.opf", package("a.xhtml"))
        archive.writestr("OPS/a.xhtml", b"<p>" + b" " * (20 * 2**20))
    with pytest.raises(DocumentRefused) as refused:
        open_epub(path, "book.epub")
    assert refused.value.notice.code == "too-large"


def test_the_kind_is_told_by_the_content(tmp_path: Path) -> None:
    path = epub(tmp_path, {"OPS/a.xhtml": page("<p>text</p>"), "OPS/book.opf": package("a.xhtml")})
    renamed = path.rename(tmp_path / "book.zip")
    assert open_book(renamed, "book.zip").kind == "epub"

"""Containers are opened with bounds, and what is wrong with one is told truly."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path

import pytest

from engine.reading.parts import archive
from engine.reading.parts.archive import open_archive, target_of
from engine.trouble import DocumentRefused


def made(folder: Path, entries: dict[str, bytes]) -> Path:
    path = folder / "box.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return path


def refusal(path: Path, entry: str = "a.xml") -> str:
    with pytest.raises(DocumentRefused) as raised, open_archive(path, "box.zip") as box:
        box.read(entry)
    return raised.value.notice.code


def test_entries_are_found_in_any_case_and_with_any_slashes(tmp_path: Path) -> None:
    path = made(tmp_path, {"word\\document.xml": b"<a/>", "folder/": b""})
    with open_archive(path, "box.zip") as box:
        assert box.names == ("word/document.xml",)
        assert box.read("Word/Document.xml") == b"<a/>"
        assert box.find("nowhere.xml") is None
        assert box.find(None) is None


def test_a_missing_entry_is_named(tmp_path: Path) -> None:
    path = made(tmp_path, {"b.xml": b"<b/>"})
    with pytest.raises(DocumentRefused, match=r"“a\.xml” is missing"), open_archive(path, "box.zip") as box:
        box.read("a.xml")


def test_what_is_no_container_and_what_is_cut_off_is_damaged(tmp_path: Path) -> None:
    path = made(tmp_path, {"a.xml": b"<a/>" * 5000})
    path.write_bytes(path.read_bytes()[:60])
    assert refusal(path) == "damaged"
    path.write_bytes(b"PK\x03\x04 and no more")
    assert refusal(path) == "damaged"


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    path = made(tmp_path, {"a.xml": bytes(range(256)) * 50})
    content = bytearray(path.read_bytes())
    content[60] ^= 0xFF
    path.write_bytes(content)
    assert refusal(path) == "damaged"


def test_an_entry_made_to_fill_a_memory_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = made(tmp_path, {"a.xml": b"\0" * (archive.RATIO_FROM_BYTES + 1), "b.xml": b"<b/>"})
    assert refusal(path) == "too-large"
    with open_archive(path, "box.zip") as box:
        assert box.read("b.xml") == b"<b/>"


def test_an_entry_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path: Path) -> None:
    path = made(tmp_path, {"a.xml": b"x" * 100_000})
    content = path.read_bytes()
    path.write_bytes(content.replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    assert refusal(path) == "damaged"


def test_reading_the_same_entry_again_and_again_meets_a_limit(tmp_path: Path) -> None:
    path = made(tmp_path, {"a.xml": b"x" * 100})
    with open_archive(path, "box.zip", max_total_bytes=250) as box:
        assert len(box.read("a.xml") + box.read("a.xml")) == 200
        with pytest.raises(DocumentRefused, match="unpacks to more"):
            box.read("a.xml")


def test_an_encrypted_entry_says_so(tmp_path: Path) -> None:
    path = made(tmp_path, {"a.xml": b"<a/>"})
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    path.write_bytes(content)
    assert refusal(path) == "encrypted-archive"


def test_of_two_entries_with_one_name_the_first_counts(tmp_path: Path) -> None:
    path = tmp_path / "box.zip"
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as file:
        warnings.simplefilter("ignore")
        file.writestr("a.xml", b"first")
        file.writestr("a.xml", b"second")
    with open_archive(path, "box.zip") as box:
        assert box.read("a.xml") == b"first"


@pytest.mark.parametrize(
    ("base", "reference", "target"),
    [
        ("word/document.xml", "media/image1.png", "word/media/image1.png"),
        ("ppt/slides/slide1.xml", "../notesSlides/notesSlide1.xml", "ppt/notesSlides/notesSlide1.xml"),
        ("ppt/presentation.xml", "/ppt/slides/slide1.xml", "ppt/slides/slide1.xml"),
        ("OEBPS/a.xhtml", "Chapter%201.xhtml#top", "OEBPS/Chapter 1.xhtml"),
        ("word/document.xml", "../../../etc/passwd", None),
        ("word/document.xml", "file:///etc/passwd", None),
        ("word/document.xml", "//host/share", None),
        ("word/document.xml", "https://example.org/a", None),
        ("a.xhtml", "#here", None),
    ],
)
def test_a_reference_stays_in_the_archive(base: str, reference: str, target: str | None) -> None:
    assert target_of(base, reference) == target

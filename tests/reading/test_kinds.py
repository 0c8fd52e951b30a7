"""What a file is, by its content."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.reading.encodings import decode, read_text
from engine.reading.kinds import MAX_TEXT_BYTES, kind_of
from engine.trouble import DocumentRefused


def refusal(path: Path) -> str:
    with pytest.raises(DocumentRefused) as caught:
        kind_of(path, path.name)
    assert path.name in caught.value.notice.sentence
    assert caught.value.notice.remedy
    return caught.value.notice.code


def saved(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_pdf_is_known_by_its_header_whatever_its_name(tmp_path: Path) -> None:
    assert kind_of(saved(tmp_path, "notes.txt", b"junk\n%PDF-1.7\n\x00\x01"), "notes.txt") == "pdf"


def test_a_text_file_named_pdf_is_refused_with_a_clear_sentence(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path, "notes.pdf", "These are only notes.")) == "not-a-pdf"


def test_a_pdf_that_lost_its_header_is_still_tried_as_one(tmp_path: Path) -> None:
    assert kind_of(saved(tmp_path, "torn.pdf", b"1 0 obj\n<< /Type /Catalog >>\nendobj\n"), "torn.pdf") == "pdf"


def test_empty_missing_binary_and_huge_files_are_refused(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path, "empty.md", b"")) == "empty"
    assert refusal(saved(tmp_path, "blank.txt", b" \n\n")) == "empty"
    assert refusal(tmp_path / "missing.pdf") == "unreadable"
    assert refusal(tmp_path) == "unreadable"
    assert refusal(saved(tmp_path, "program.txt", bytes(range(256)) * 40)) == "unknown-kind"
    huge = saved(tmp_path, "log.txt", b"line\n")
    with huge.open("r+b") as file:
        file.write(b"line\n" * 20_000)
        file.truncate(MAX_TEXT_BYTES + 1)
    assert refusal(huge) == "too-large"


def test_markdown_is_known_by_its_suffix_and_without_one_by_its_marks(tmp_path: Path) -> None:
    assert kind_of(saved(tmp_path, "a.md", "Just words."), "a.md") == "markdown"
    assert kind_of(saved(tmp_path, "README", "# Title\n\nSee [this](x)."), "README") == "markdown"
    assert kind_of(saved(tmp_path, "a.txt", "# Title\n\nSee [this](x)."), "a.txt") == "text"


def test_text_is_decoded_as_utf_8_utf_16_or_windows_latin() -> None:
    assert decode("naïve “trees” 树".encode(), whole=True) == "naïve “trees” 树"
    assert decode("\ufefftrees 树".encode("utf-16-le"), whole=True) == "trees 树"
    assert decode("naïve “trees”".encode("cp1252"), whole=True) == "naïve “trees”"
    assert decode("树".encode()[:2], whole=False) == ""
    assert decode(b"\x00\x01\x02" * 50, whole=True) is None


def test_line_ends_become_one_kind_and_invisible_characters_go(tmp_path: Path) -> None:
    assert read_text(saved(tmp_path, "a.txt", b"one\r\ntwo\rthree\x0c\x7f\xe2\x80\x8bfour"), "a.txt") == "one\ntwo\nthree four"


def test_a_model_is_no_document_and_its_remedy_says_where_it_belongs(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path, "model.gguf", b"GGUF\x03\x00\x00\x00")) == "is-a-model"

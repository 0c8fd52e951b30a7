"""What a file is, by its content."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePath

import pytest

from engine.reading.encodings import read_text
from engine.reading.kinds import DOCUMENT_SUFFIXES_NOT_READ, MAX_TEXT_BYTES, READABLE_SUFFIXES, kind_of, looks_generated
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


def test_line_ends_become_one_kind_and_invisible_characters_go(tmp_path: Path) -> None:
    assert read_text(saved(tmp_path, "a.txt", b"one\r\ntwo\rthree\x0c\x7f\xe2\x80\x8bfour"), "a.txt") == "one\ntwo\nthree four"


def test_a_model_is_no_document_and_its_remedy_says_where_it_belongs(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path, "model.gguf", b"GGUF\x03\x00\x00\x00")) == "is-a-model"


OLE2_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(folder: Path, name: str, **entries: str) -> Path:
    """A zip with these entries; `__` in a name stands for a slash, `_DOT_` for a dot."""
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for entry, content in entries.items():
            archive.writestr(entry.replace("__", "/").replace("_DOT_", "."), content)
    return path


def office(main: str) -> str:
    embedded = '<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>'
    return f'<Types>{embedded}<Override ContentType="application/vnd.openxmlformats-officedocument.{main}.main+xml"/></Types>'


def test_containers_are_known_by_what_is_in_them_whatever_their_name(tmp_path: Path) -> None:
    kinds = {
        "book.ePub": ("epub", {"mimetype": "application/epub+zip"}),
        "book.zip": ("epub", {"META-INF__container_DOT_xml": "<container/>"}),
        "letter.doc": ("docx", {"[Content_Types]_DOT_xml": office("wordprocessingml.document")}),
        "talk.docx": ("pptx", {"[Content_Types]_DOT_xml": office("presentationml.presentation")}),
        "talk.odp": ("odp", {"mimetype": "application/vnd.oasis.opendocument.presentation"}),
        "text.bin": ("odt", {"mimetype": "application/vnd.oasis.opendocument.text-template"}),
        "site.zip": ("site", {"site__index_DOT_html": "<p>Hello"}),
    }
    for name, (kind, entries) in kinds.items():
        assert kind_of(zipped(tmp_path, name, **entries), name) == kind


@pytest.mark.parametrize(
    ("entries", "what"),
    [
        ({"[Content_Types]_DOT_xml": office("spreadsheetml.sheet")}, "a spreadsheet"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "a spreadsheet"),
        ({"mimetype": "application/hwp+zip"}, "a Hangul file"),
        ({"FixedDocSeq.fdseq": "", "[Content_Types]_DOT_xml": "<Types/>"}, "an XPS file"),
        ({"Index__Document_DOT_iwa": ""}, "a Pages, Keynote or Numbers file"),
        ({"archive__data_DOT_pkl": ""}, "a file of model weights"),
        ({"a_DOT_jpg": "", "b_DOT_png": ""}, "an archive of pictures"),
        ({"a_DOT_pdf": ""}, "an archive"),
    ],
)
def test_other_containers_are_refused_by_their_name(tmp_path: Path, entries: dict[str, str], what: str) -> None:
    path = zipped(tmp_path, "file.zip", **entries)
    with pytest.raises(DocumentRefused) as caught:
        kind_of(path, path.name)
    assert caught.value.notice.sentence == f"“file.zip” is {what}."
    assert caught.value.notice.remedy


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (OLE2_HEAD + bytes(600) + "WordDocument\0".encode("utf-16-le"), "an old Word file"),
        (OLE2_HEAD + bytes(600) + "PowerPoint Document\0".encode("utf-16-le"), "an old PowerPoint file"),
        (OLE2_HEAD + bytes(600) + "Workbook\0".encode("utf-16-le"), "a spreadsheet"),
        (OLE2_HEAD + bytes(600), "an old Office file"),
        (b"{\\rtf1 Hello}", "an RTF file"),
        (bytes(60) + b"BOOKMOBI" + bytes(9), "a Kindle book"),
        (b"AT&TFORM\0\0\0\0DJVU", "a DjVu file"),
        (b"%!PS-Adobe-3.0\n", "a PostScript file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a picture"),
        (b"\xff\xd8\xff\xe0\0\0", "a picture"),
        (b"RIFF\0\0\0\0WAVEfmt \0\0", "a sound recording"),
        (b"\0\0\0\x20ftypisom\0\0\0\0", "a video"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "a compressed file"),
        (b"Rar!\x1a\x07\x01\0\0\0", "an archive"),
        (b"\x7fELF\x02\x01\x01\0\0\0", "a program"),
        (b"SQLite format 3\0", "a database"),
        (b'<?xml version="1.0"?>\n<FictionBook xmlns="x"/>', "a FictionBook"),
        (b'<?xml version="1.0"?>\n<svg xmlns="x"/>', "a picture"),
        (b"From: <saved>\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n--x", "a web page saved as one file (MHTML)"),
    ],
)
def test_kinds_that_can_not_be_read_are_named_with_a_remedy(tmp_path: Path, content: bytes, what: str) -> None:
    path = saved(tmp_path, "file.bin", content)
    with pytest.raises(DocumentRefused) as caught:
        kind_of(path, path.name)
    assert caught.value.notice.sentence == f"“file.bin” is {what}."
    assert caught.value.notice.remedy


def test_an_office_file_with_a_password_says_so(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path, "a.docx", OLE2_HEAD + bytes(600) + "EncryptedPackage\0".encode("utf-16-le"))) == "encrypted-office"


def test_a_document_that_is_nothing_inside_is_damaged(tmp_path: Path) -> None:
    assert refusal(saved(tmp_path, "a.docx", bytes(range(256)) * 20)) == "damaged"
    assert refusal(saved(tmp_path, "a.zip", b"PK\x03\x04 torn")) == "damaged"
    assert kind_of(saved(tmp_path, "a.epub", b"PK\x03\x04 torn"), "a.epub") == "epub"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("page.txt", "\n<!DOCTYPE html>\n<p>Hello", "html"),
        ("page.doc", "<?xml version='1.0'?><!-- saved --><html xmlns='x'>", "html"),
        ("page.htm", "Hello <b>there", "html"),
        ("notes.md", "<div>\n# Title", "markdown"),
        ("nb.txt", '{"cells": [{"cell_type": "code", "source": []}], "nbformat": 4}', "notebook"),
        ("nb.ipynb", '{"metadata": {}}', "notebook"),
        ("data.json", '{"cells": 3}', "text"),
        ("a.tex", "Just words.", "latex"),
        ("a.txt", "% remark\n\\documentclass{article}\n", "latex"),
        ("a", "\\chapter{A}\n\\section{B}\n\\begin{quote}\n", "latex"),
        ("a.tex", "\\input texinfo\n@chapter A\n", "texinfo"),
        ("a.txt", "@node A\n@chapter A\n@section B\n", "texinfo"),
        ("a.rst", "Words.", "rst"),
        ("a.txt", "Title\n=====\n\n.. note:: a\n\n.. code-block:: c\n", "rst"),
        ("a.py", "print(1)", "code"),
        ("run", "#!/usr/bin/env python3\n", "code"),
        ("a.js", "<!doctype html>", "code"),
        ("a.txt", "MZ is how programs begin, ID3 how songs do.", "text"),
        ("a.txt", "A PDF begins with %PDF-1.7 and so on.", "text"),
    ],
)
def test_texts_are_known_by_their_beginning_and_then_by_their_suffix(tmp_path: Path, name: str, content: str, kind: str) -> None:
    assert kind_of(saved(tmp_path, name, content), name) == kind


def test_folders_are_walked_for_what_people_study_and_not_for_what_programs_made() -> None:
    assert {".pdf", ".epub", ".docx", ".pptx", ".odp", ".html", ".md", ".rst", ".tex", ".ipynb", ".txt", ".py", ".lean"} <= READABLE_SUFFIXES
    assert READABLE_SUFFIXES.isdisjoint(DOCUMENT_SUFFIXES_NOT_READ)
    assert [looks_generated(PurePath(path)) for path in ("a/jquery.min.js", "node_modules/a.js", "b_pb2.py", "src/main.py")] == [True, True, True, False]

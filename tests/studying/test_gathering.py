"""Which files a person meant: names are strange, and no name may cost the others their turn."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.studying.gathering import gather_files

TEXT = "A stack is last in, first out.\n"


def test_a_file_whose_name_begins_with_a_tilde_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("~$notes.txt").write_text(TEXT)
    (found,) = gather_files(["~$notes.txt"])
    assert (found.path, found.notice) == (tmp_path / "~$notes.txt", None)


def test_a_tilde_that_no_shell_wrote_out_is_the_users_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "notes.txt").write_text(TEXT)
    (found,) = gather_files(["~/notes.txt"])
    assert (found.path, found.notice) == (tmp_path / "notes.txt", None)


def test_a_name_that_is_no_text_is_refused_with_a_sentence_and_the_rest_is_found(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(TEXT)
    (tmp_path / "notes.txt").write_text(TEXT)
    strange, plain = gather_files([str(tmp_path)])
    assert strange.notice is not None
    assert strange.notice.sentence.encode()
    assert str(strange.path).encode()
    assert plain.notice is None


def test_links_in_a_circle_and_zero_bytes_are_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "notes.txt").write_text(TEXT)
    found = list(gather_files([str(tmp_path / "a"), str(tmp_path / "zero\0byte"), str(tmp_path / "notes.txt")]))
    assert [each.notice is None for each in found] == [False, False, True]


def test_a_file_and_a_link_to_it_in_a_folder_are_one_file(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(TEXT)
    (tmp_path / "the same.txt").symlink_to(tmp_path / "notes.txt")
    (found,) = gather_files([str(tmp_path)])
    assert found.path == tmp_path / "notes.txt"


def linked(folder: Path, *pages: str) -> Path:
    """A folder whose index page leads to these pages."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text("".join(f'<a href="{page}">{page}</a>' for page in pages))
    for page in pages:
        (folder / page).parent.mkdir(exist_ok=True)
        (folder / page).write_text(f"<h1>{page}</h1><p>{TEXT}</p>")
    return folder


def test_a_folder_whose_index_page_leads_to_others_is_one_document_and_the_rest_stays_apart(tmp_path: Path) -> None:
    folder = linked(tmp_path / "course" / "manual", "a.html", "b.html", "deep/c.html")
    (folder / "paper.pdf").write_bytes(b"%PDF-1.4")
    (folder / "unlinked.html").write_text("<p>alone</p>")
    (tmp_path / "course" / "notes.txt").write_text(TEXT)
    found = list(gather_files([str(tmp_path)]))
    assert [each.path for each in found] == [folder, folder / "paper.pdf", folder / "unlinked.html", tmp_path / "course" / "notes.txt"]
    assert found[0].pages == ("a.html", "b.html", "deep/c.html", "index.html")
    assert found[0].size_bytes > 4 * len(TEXT)


def test_scripts_and_pages_that_only_send_on_are_left_where_a_book_is(tmp_path: Path) -> None:
    folder = linked(tmp_path / "book", "a.html", "b.html", "c.html")
    (folder / "old.html").write_text('<html><head><meta http-equiv="refresh" content="0; URL=a.html"></head><body>This page has moved.</body></html>')
    (folder / "book-1f3a.js").write_text("var pages = 3;")
    (folder / "example.py").write_text("print(1)")
    assert [each.path.name for each in gather_files([str(folder)])] == ["book", "example.py"]


def test_pages_that_lead_to_each_other_in_turn_belong_together(tmp_path: Path) -> None:
    folder = linked(tmp_path / "chain", "1.html")
    (folder / "1.html").write_text('<A class="next" HREF=2.html#top>on</A>')
    (folder / "2.html").write_text("<a title='on' href='./3%2Ehtml?x=1'>on</a>")
    (folder / "3.html").write_text('<a href="https://example.org/4.html">out</a> <a href="../5.html">up</a>')
    (tmp_path / "5.html").write_text("<p>outside</p>")
    assert [(each.path.name, len(each.pages)) for each in gather_files([str(tmp_path)])] == [("5.html", 0), ("chain", 4)]


def test_an_index_page_that_leads_to_few_others_makes_no_book(tmp_path: Path) -> None:
    folder = linked(tmp_path / "few", "a.html", "b.html")
    assert [each.path.name for each in gather_files([str(folder)])] == ["a.html", "b.html", "index.html"]


def test_an_index_page_within_a_book_makes_no_second_one(tmp_path: Path) -> None:
    folder = linked(tmp_path / "book", "part/index.html", "part/a.html", "part/b.html", "part/c.html")
    linked(folder / "part", "a.html", "b.html", "c.html")
    assert [(each.path, len(each.pages)) for each in gather_files([str(folder)])] == [(folder, 5)]


def test_a_page_outside_of_the_folder_is_no_part_of_it_even_by_a_link_of_the_file_system(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("<p>secret</p>")
    folder = linked(tmp_path / "book", "a.html", "b.html", "c.html")
    (folder / "index.html").write_text("".join(f'<a href="{page}">x</a>' for page in ("a.html", "b.html", "c.html", "way/../out.html", "out.html")))
    (folder / "out.html").symlink_to(tmp_path / "secret.html")
    assert next(iter(gather_files([str(folder)]))).pages == ("a.html", "b.html", "c.html", "index.html")


def test_hidden_files_and_what_programs_installed_are_passed_over(tmp_path: Path) -> None:
    for name in (".git/a.txt", "node_modules/lib/readme.md", "__pycache__/b.txt", ".hidden.txt", "src/app.min.js", "src/main.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(TEXT)
    assert [each.path.name for each in gather_files([str(tmp_path)])] == ["main.py"]


def test_a_folder_is_looked_through_only_when_its_turn_comes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.txt").write_text(TEXT)
    walk = gather_files([str(tmp_path)])
    assert next(walk).path == tmp_path / "a" / "1.txt"
    (tmp_path / "b" / "2.txt").write_text(TEXT)
    assert [each.path.name for each in walk] == ["1.txt", "2.txt"]


def test_a_folder_with_nothing_to_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"\0")
    (found,) = gather_files([str(tmp_path)])
    assert found.notice is not None
    assert found.notice.code == "nothing-readable"


def test_the_copies_of_the_library_itself_are_passed_over_in_a_folder(tmp_path: Path) -> None:
    home = tmp_path / "home" / "library"
    home.mkdir(parents=True)
    (home / "copy.pdf").write_text("%PDF-1.7")
    (tmp_path / "notes.txt").write_text("mine")
    assert [each.path.name for each in gather_files([str(tmp_path)], home=tmp_path / "home")] == ["notes.txt"]
    (alone,) = gather_files([str(tmp_path / "home")], home=tmp_path / "home")
    assert alone.notice is not None
    assert alone.notice.code == "nothing-readable"
